"""The runs of a ledger: when something was done, what, and how much it changed."""

from __future__ import annotations

from dataclasses import dataclass

from kg.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Run:
    """A run: its number, when it began (xsd:dateTime), what it did, and how many changes it made."""

    number: int
    started: str
    what: str
    changes: int


def runs(ledger: Ledger) -> list[Run]:
    """All runs, the latest first."""
    query = (
        "SELECT run.id, started, run.what, count(change.number) FROM run LEFT JOIN change ON change.run = run.id "
        "GROUP BY run.id ORDER BY run.id DESC"
    )
    return [Run(*row) for row in ledger.rows(query)]


def touched(ledger: Ledger, since: int) -> int:
    """How many facts came or went after a change."""
    query = "SELECT count(*) FROM fact WHERE opened > :since OR closed > :since"
    return int(ledger.row(query, {"since": since})[0])
