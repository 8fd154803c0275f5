"""Takes a document's contribution out of what is shown; the record keeps it, as past."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from kg import identities, origins, record, registry
from kg.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A source that was taken out with so many facts, or (`whole` false) one of its places, while others show it."""

    source: str
    place: str
    facts: int
    whole: bool


def withdraw(ledger: Ledger, run: int, named: str) -> list[Withdrawn]:
    """Takes out the document of that id, name, path or address: what others also say stays.

    Where a text was found in several places and one of them is named, only that one is taken out.
    Raises UnknownSourceError where no document is meant.
    """
    return [_withdraw(ledger, run, source, named) for source in registry.sources(ledger, named)]


def _withdraw(ledger: Ledger, run: int, source: str, named: str) -> Withdrawn:
    with ledger.change(run, f"withdraw {named}") as change:
        db = change.connection
        (document,) = ledger.row("SELECT document FROM source WHERE id = ?", (source,))
        places = [row[0] for row in ledger.rows("SELECT address FROM address WHERE source = ? ORDER BY 1", (source,))]
        if named in places and len(places) > 1:
            db.execute("DELETE FROM address WHERE address = ?", (named,))
            name = named if "://" in named else PurePath(named).name
            if not any(PurePath(each).name == name for each in places if each != named):
                query = "UPDATE finding SET gone = ? WHERE document = ? AND name = ? AND gone IS NULL"
                db.execute(query, (change.number, document, name))
            db.execute("UPDATE source SET change = ? WHERE id = ?", (change.number, source))
            return Withdrawn(source, named, 0, whole=False)
        kept = record.keep_facts(change, source, (ledger.source(source).document, {}))
        identities.keep_participants(ledger, change, source, {})
        db.execute("DELETE FROM address WHERE source = ?", (source,))
        db.execute("UPDATE finding SET gone = ? WHERE document = ? AND gone IS NULL", (change.number, document))
        db.execute("UPDATE source SET change = ?, withdrawn = ? WHERE id = ?", (change.number, change.number, source))
        origins.settle(change, [document])
        return Withdrawn(source, ", ".join(places) or source, kept.closed, whole=True)
