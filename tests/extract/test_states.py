from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.fact import Fact

Read = Callable[..., list[Fact]]
Case = tuple[str, list[str]]


def cases() -> list[Case]:
    found: list[Case] = []
    for line in (Path(__file__).parent / "states.txt").read_text("utf-8").splitlines():
        if line.startswith("    = "):
            found[-1][1].append(line.removeprefix("    = "))
        elif line and not line.startswith("#"):
            found.append((line, []))
    return found


def shown(fact: Fact) -> str:
    return f"{fact.kind} {fact.status} {fact.date or '-'}: {', '.join(p.name for p in fact.participants)}"


@pytest.mark.parametrize(("text", "expected"), cases())
def test_states_of_a_sentence(told: Read, text: str, expected: list[str]) -> None:
    """Each way of telling of a parent or a head office gives it with status, date and both sides."""
    found = [fact for fact in told(text, published="2032-03-09") if fact.kind in ("subsidiary", "headquarters")]
    assert [shown(fact) for fact in found] == expected
