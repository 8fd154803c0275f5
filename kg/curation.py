"""The log of decisions in the ledger: adds to it, takes back, finds what is left over, and exports it as gold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.fact import Fact, to_record
from kg import decisions, identities, record
from kg.decisions import Applied, Decision, DecisionError
from kg.entries import now
from kg.ledger import Change, Ledger

_COLUMNS = "source, fact, verdict, kind, quote, parties, patch"


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision with who made it, when (xsd:dateTime), why, and under which number of change."""

    decision: Decision
    who: str
    at: str
    why: str
    change: int


def log(ledger: Ledger) -> list[Entry]:
    """All decisions that stand, in order."""
    rows = ledger.rows(
        f"SELECT {_COLUMNS}, who, at, why, change FROM decision WHERE undone IS NULL ORDER BY id"  # noqa: S608 - constants
    )
    return [Entry(decisions.from_row(row), *row[7:]) for row in rows]


def find(ledger: Ledger, text: str) -> tuple[str, str, Fact]:
    """Id, source and fact, as it was read, of an id, its beginning (six letters or more), or its IRI.

    Raises DecisionError where there is none or more than one.
    """
    key = text.rpartition("/")[2]
    rows = ledger.rows(
        "SELECT id, source FROM fact WHERE substr(id, 1, ?) = ? AND (closed IS NULL OR extracted IS NOT NULL)",
        (max(len(key), 6), key),
    )
    if len(rows) != 1:
        what = "there is no such fact" if not rows else f"{len(rows)} facts begin so; give more letters"
        raise DecisionError(f"{text}: {what}; `kg facts` prints the ids")
    fact, source = rows[0]
    return fact, source, ledger.extracted(source)[fact]


def decide(ledger: Ledger, run: int, decision: Decision, *, who: str, why: str) -> int:
    """Adds a decision to the log; the graph's source changes with it. The number of the change."""
    with ledger.change(run, f"{decision.verdict} {decision.fact}") as change:
        change.connection.execute(
            f"INSERT INTO decision ({_COLUMNS}, who, at, why, change) "  # noqa: S608 - constants
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*decisions.to_row(decision), who, now(), why, change.number),
        )
        _apply(ledger, change, [decision.source])
        return change.number


def undo(ledger: Ledger, run: int, number: int) -> list[Decision]:
    """Takes back the decisions that were made under that number of change, and gives them."""
    with ledger.change(run, f"undo {number}") as change:
        gone = [entry.decision for entry in log(ledger) if entry.change == number]
        if gone:
            query = "UPDATE decision SET undone = ? WHERE change = ? AND undone IS NULL"
            change.connection.execute(query, (change.number, number))
            _apply(ledger, change, [each.source for each in gone])
        return gone


def _apply(ledger: Ledger, change: Change, sources: Iterable[str]) -> None:
    for source in sorted(each for each in set(sources) if not ledger.withdrawn(each)):
        document = ledger.source(source).document
        kept = record.keep_facts(change, source, (document, ledger.extracted(source)))
        if kept.altered:
            identities.keep_participants(ledger, change, source, kept.shown)
            change.connection.execute("UPDATE source SET change = ? WHERE id = ?", (change.number, source))


def orphans(ledger: Ledger) -> list[Entry]:
    """The decisions whose fact was not found again when its document was read anew."""
    entries = log(ledger)
    sources = [each for each in {entry.decision.source for entry in entries} if not ledger.withdrawn(each)]
    lost = {id(each) for source in sources for each in _applied(ledger, source, entries).orphans}
    return [entry for entry in entries if id(entry.decision) in lost]


def _applied(ledger: Ledger, source: str, entries: Iterable[Entry]) -> Applied:
    of_source = [entry.decision for entry in entries if entry.decision.source == source]
    return decisions.applied(ledger.extracted(source), of_source, ledger.source(source).document.text)


def export(ledger: Ledger, folder: Path) -> Iterator[tuple[Path, int, int]]:
    """Writes what was decided as gold: for each document its text, facts found right, and as traps those found wrong.

    Gives for each the path of the text and the numbers of both. Raises DecisionError where it cannot be written.
    """
    entries = log(ledger)
    for source in sorted(s for s in {entry.decision.source for entry in entries} if not ledger.withdrawn(s)):
        held, work = ledger.source(source), _applied(ledger, source, entries)
        text = folder / f"{Path(held.document.name).stem}-{source[:8]}.txt"
        read = ledger.extracted(source)
        right, wrong = list[dict[str, object]](), list[dict[str, object]]()
        for key, decision in work.decided.items():
            why = next(entry.why for entry in reversed(entries) if entry.decision is decision)
            made = to_record(work.shown.get(key, read[key]), text.name, source) | {"why": why or decision.verdict}
            for name in ("id", "confidence", "rule", "signals", "mentions", "antecedents"):
                made.pop(name, None)
            (wrong if decision.verdict == "reject" else right).append(made)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            text.write_text(held.document.text, "utf-8", newline="")
            _write(text.with_suffix(".facts.jsonl"), right)
            _write(text.with_suffix(".traps.jsonl"), wrong)
        except OSError as error:
            raise DecisionError(f"{folder}: cannot be written ({error.strerror})") from error
        yield text, len(right), len(wrong)


def _write(path: Path, records: Iterable[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), "utf-8")
