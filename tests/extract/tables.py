"""Case tables: a text on a line of its own, then a line "    = ..." for each fact that it is to give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from extract.fact import Fact

Read = Callable[..., list[Fact]]
Case = tuple[str, list[str]]


def cases(file: str) -> list[Case]:
    """The texts of a table with the lines of what they give; lines that begin with "#" are headings."""
    found: list[Case] = []
    for line in (Path(__file__).parent / file).read_text("utf-8").splitlines():
        if line.startswith("    = "):
            found[-1][1].append(line.removeprefix("    = "))
        elif line and not line.startswith("#"):
            found.append((line, []))
    return found


def shown(fact: Fact) -> str:
    """An event on one line: kind, status, date, amount, and who takes part in which role."""
    money = f"{int(fact.quantity.value)} {fact.quantity.unit}" if fact.quantity else "-"
    people = "; ".join(f"{p.role} {p.name}" for p in fact.participants)
    return f"{fact.kind} {fact.status} {fact.date or '-'} {money}: {people}"
