from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.fact import Fact

Read = Callable[..., list[Fact]]
Case = tuple[str, list[str]]


def cases() -> list[Case]:
    found: list[Case] = []
    for line in (Path(__file__).parent / "appointments.txt").read_text("utf-8").splitlines():
        if line.startswith("    = "):
            found[-1][1].append(line.removeprefix("    = "))
        elif line and not line.startswith("#"):
            found.append((line, []))
    return found


def shown(fact: Fact) -> str:
    roles = {p.role: p.name for p in fact.participants}
    before = f", for {roles['predecessor']}" if "predecessor" in roles else ""
    return f"{fact.status} {fact.date or '-'}: {roles['person']}, {roles['company']}{before}"


@pytest.mark.parametrize(("text", "expected"), cases())
def test_appointments_of_a_sentence(told: Read, text: str, expected: list[str]) -> None:
    """Each way of telling who takes or leaves a post gives it with status, date, person, company, predecessor."""
    found = [fact for fact in told(text, published="2032-03-09") if fact.kind == "appointment"]
    assert [shown(fact) for fact in found] == expected
