"""What the ledger holds, as values: sources, events, problems, and the record of a fact as it is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from extract.document import Document
from extract.fact import Fact, to_record

_NEVER = "9999"  # sorts behind every date


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it stands: its current document, the files or addresses it came from, and its open facts by id.

    `first_seen` is the time (ISO 8601, UTC) at which the document was recorded, `seen` that of the run in which each
    fact was first read. `origin` is the id of a document that tells the same story, apart from small edits.
    """

    id: str
    document: Document
    names: tuple[str, ...]
    first_seen: str
    facts: dict[str, Fact] = field(repr=False)
    seen: dict[str, str] = field(repr=False)
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A fact that is kept in the ledger but not shown in the graph, and why."""

    source: str
    document: str
    fact: str
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """An open fact as its record, with its source and the document's date; players are roles and entity paths.

    Sources that are copies of one story have one `origin`.
    """

    fact: str
    source: str
    record: dict[str, Any] = field(repr=False)
    published: str | None
    players: frozenset[tuple[str, str]]
    origin: str = ""


def now() -> str:
    """The time as an xsd:dateTime in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def stored(fact: Fact, source: str, document: str, key: str | None = None) -> str:
    """The record of a fact as the ledger keeps it: figures to the last digit and as written.

    `key` is its id, where a decision has altered what its id is made of.
    """
    record = to_record(fact, document, source)
    if key:
        record["id"] = key
    if fact.quantity:
        record |= {"value": str(fact.quantity.value), "value_text": fact.quantity.text}
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def merged(findings: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What the finders say, as one: the earliest date of publication, and the rest from who says it first."""
    rows = sorted(findings, key=lambda row: (row["published"] or _NEVER, row["name"], row["title"]))
    return {column: next((row[column] for row in rows if row[column]), rows[0][column]) for column in rows[0]}
