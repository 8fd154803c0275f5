"""The log of judgements: adds to it, takes back, exchanges it as CSV; what follows from it, `kg.identity` tells."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from kg import consolidated, identities, identity, registry
from kg.entries import now
from kg.identity import VERDICTS, Judgement, Reference
from kg.ledger import Change, Ledger
from ontology.errors import KgError

COLUMNS = ("family", "left", "right", "verdict", "source", "who", "at", "why")
#: Columns that a table may have beside these: identifiers of the left name.
IDENTIFIERS = ("lei", "wikidata", "ticker")


class JudgementError(KgError):
    """A judgement that contradicts those that stand, or a log that cannot be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A judgement with who made it, when (xsd:dateTime), why, and under which number of change."""

    judgement: Judgement
    who: str
    at: str
    why: str
    change: int = 0


def log(ledger: Ledger, *, everything: bool = False) -> list[Entry]:
    """All entries that stand, in order; `everything` gives those that were taken back as well."""
    rows = ledger.rows(
        "SELECT family, left, right, verdict, source, who, at, why, change FROM judgement "
        "WHERE undone IS NULL OR ? ORDER BY id",
        (everything,),
    )
    return [Entry(Judgement(*row[:5]), *row[5:]) for row in rows]


def judge(ledger: Ledger, run: int, judgements: Iterable[Judgement], *, who: str, why: str) -> int:
    """Adds judgements to the log in one change, whose number is given: 0 where all of them stand already.

    Raises JudgementError where one contradicts what else is judged.
    """
    return keep(ledger, run, [Entry(each, who, now(), why) for each in judgements])


def keep(ledger: Ledger, run: int, entries: Iterable[Entry]) -> int:
    """As `judge`, for entries of several people and times."""
    with ledger.change(run, "judge") as change:
        standing = {registry.subject(each): each for each in registry.judgements(ledger)}
        new = [each for each in entries if standing.get(registry.subject(each.judgement)) != each.judgement]
        for entry in new:
            _check(entry.judgement, standing.values())
            standing[registry.subject(entry.judgement)] = entry.judgement
            change.connection.execute(
                "INSERT INTO judgement (family, left, right, verdict, source, who, at, why, change) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*_cells(entry.judgement), entry.who, entry.at, entry.why, change.number),
            )
        _apply(ledger, change, [entry.judgement for entry in new])
        return change.number if new else 0


def undo(ledger: Ledger, run: int, number: int) -> list[Judgement]:
    """Takes back the judgements that were made under that number of change, and gives them."""
    with ledger.change(run, f"undo {number}") as change:
        which = "FROM judgement WHERE change = ? AND undone IS NULL"
        rows = ledger.rows("SELECT family, left, right, verdict, source " + which, (number,))
        gone = [Judgement(*row) for row in rows]
        if gone:
            query = "UPDATE judgement SET undone = ? WHERE change = ? AND undone IS NULL"
            change.connection.execute(query, (change.number, number))
            _apply(ledger, change, gone)
        return gone


def write(entries: Iterable[Entry], file: TextIO) -> None:
    """Writes entries as CSV with the columns `COLUMNS`."""
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for each in entries:
        table.writerow(
            ["" if cell is None else cell for cell in _cells(each.judgement)] + [each.who, each.at, each.why]
        )


def read(file: TextIO, who: str) -> list[Entry]:
    """The entries of a CSV table; raises JudgementError where a line cannot be read.

    Only `family`, `left` and, unless the row gives identifiers, `right` and `verdict` must be filled in.
    """
    table = csv.DictReader(file)
    missing = {"family", "left"} - set(table.fieldnames or ())
    if missing:
        raise JudgementError(
            f"the table has no column {' and no '.join(sorted(missing))}; it needs {', '.join(COLUMNS)}"
        )
    return [entry for row in table for entry in _entries(row, table.line_num, who)]


def _entries(row: dict[str, str | None], line: int, who: str) -> Iterator[Entry]:
    cell = {
        name: (value or "").strip() for name, value in row.items() if isinstance(name, str) and isinstance(value, str)
    }
    told = [(name, cell.get(name, "")) for name in IDENTIFIERS if cell.get(name)]
    made = [Judgement(cell["family"], cell["left"], f"{name}:{value}", "identifier") for name, value in told]
    if cell.get("right") or cell.get("verdict") or not made:
        verdict = cell.get("verdict", "")
        made.append(
            Judgement(cell["family"], cell["left"], cell.get("right", ""), verdict, cell.get("source") or None)
        )
    for each in made:
        if not each.family or not each.left or not each.right or each.verdict not in VERDICTS:
            raise JudgementError(
                f"line {line}: needs family, left, right and one of the verdicts {', '.join(VERDICTS)}"
            )
        yield Entry(each, cell.get("who") or who, cell.get("at") or now(), cell.get("why", ""))


def _cells(judgement: Judgement) -> tuple[str | None, ...]:
    return judgement.family, judgement.left, judgement.right, judgement.verdict, judgement.source


def _check(new: Judgement, standing: Iterable[Judgement]) -> None:
    """Raises JudgementError where people have said that names are one and that they are not."""
    if new.verdict not in ("same", "different"):
        return
    log = [each for each in standing if registry.subject(each) != registry.subject(new)] + [new]
    groups = identity.judged_one(log)
    for each in log:
        pair = {Reference(each.family, each.left), Reference(each.family, each.right)}
        if each.verdict == "different" and any(pair <= group for group in groups):
            what = (
                "are one by what is judged already" if each is new else "would become one, but were judged different"
            )
            raise JudgementError(f"“{each.left}” and “{each.right}” {what}; take that back first (`kg undo`)")


def _apply(ledger: Ledger, change: Change, judgements: list[Judgement]) -> None:
    """Decides anew who is who among the names, and which sources look different, that these judgements touch."""
    blocks = set()
    for each in judgements:
        if each.verdict == "means" and each.source:
            facts = ledger.source(each.source).facts
            identities.keep_participants(ledger, change, each.source, facts)
            change.connection.execute("UPDATE source SET change = ? WHERE id = ?", (change.number, each.source))
        elif each.family == consolidated.FAMILY:
            query = "UPDATE source SET change = ? WHERE id IN (SELECT source FROM fact WHERE id IN (?, ?))"
            change.connection.execute(query, (change.number, each.left, each.right))
        else:
            blocks |= identities.blocks(each)
    identities.identify(ledger, change, blocks)
