from __future__ import annotations

import pytest

from extract.fact import Fact
from tests.extract.tables import Read, cases


def shown(fact: Fact) -> str:
    return f"{fact.kind} {fact.status} {fact.date or '-'}: {', '.join(p.name for p in fact.participants)}"


@pytest.mark.parametrize(("text", "expected"), cases("states.txt"))
def test_states_of_a_sentence(told: Read, text: str, expected: list[str]) -> None:
    """Each way of telling of a parent or a head office gives it with status, date and both sides."""
    found = [fact for fact in told(text, published="2032-03-09") if fact.kind in ("subsidiary", "headquarters")]
    assert [shown(fact) for fact in found] == expected
