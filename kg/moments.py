"""Moments of the ledger: the change that a run's number, a date or a time means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kg.ledger import Ledger
from ontology.errors import KgError


class UnknownMomentError(KgError):
    """A run or date that cannot be told."""


def moment(ledger: Ledger, text: str | None) -> int:
    """The change after which what follows is new: of a run by its number, or of the time before a date.

    None stands for the time before the last run that changed anything. Raises UnknownMomentError.
    """
    if text is None:
        query = "SELECT ifnull(min(number), 1) - 1 FROM change WHERE run = (SELECT max(run) FROM change)"
        return int(ledger.row(query)[0])
    if text.isdigit():
        if not ledger.row("SELECT count(*) FROM run WHERE id = ?", (int(text),))[0]:
            raise UnknownMomentError(f"{text}: there is no run of that number; a date is written as YYYY-MM-DD")
        return int(ledger.row("SELECT ifnull(max(number), 0) FROM change WHERE run <= ?", (int(text),))[0])
    return before(ledger, time(text))


def time(text: str, *, end: bool = False) -> str:
    """A date (YYYY-MM-DD) or time (ISO 8601; UTC unless it says otherwise) as xsd:dateTime in UTC.

    A date is its first second or, with `end`, the first of the day that follows. Raises UnknownMomentError.
    """
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise UnknownMomentError(f"{text}: is neither the number of a run nor a date (YYYY-MM-DD)") from None
    utc = told.replace(tzinfo=told.tzinfo or UTC).astimezone(UTC) + timedelta(
        days=end and len(text) == len("YYYY-MM-DD")
    )
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ")


def before(ledger: Ledger, when: str) -> int:
    """The last change of all runs that began before a time (xsd:dateTime, UTC)."""
    query = "SELECT ifnull(max(number), 0) FROM change JOIN run ON run.id = change.run WHERE started < ?"
    return int(ledger.row(query, (when,))[0])
