from __future__ import annotations

import pytest

from extract.fact import Fact
from tests.extract.tables import Read, cases


def shown(fact: Fact) -> str:
    roles = {p.role: p.name for p in fact.participants}
    before = f", for {roles['predecessor']}" if "predecessor" in roles else ""
    return f"{fact.status} {fact.date or '-'}: {roles['person']}, {roles['company']}{before}"


@pytest.mark.parametrize(("text", "expected"), cases("appointments.txt"))
def test_appointments_of_a_sentence(told: Read, text: str, expected: list[str]) -> None:
    """Each way of telling who takes or leaves a post gives it with status, date, person, company, predecessor."""
    found = [fact for fact in told(text, published="2032-03-09") if fact.kind == "appointment"]
    assert [shown(fact) for fact in found] == expected
