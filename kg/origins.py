"""Keeps in the ledger which documents are copies of one story: they are all read, but their origins count as one."""

from __future__ import annotations

from collections.abc import Iterable

from kg import nearness
from kg.ledger import Change


def note(change: Change, document: str, text: str) -> None:
    """Notes a new document with those that it is a copy of."""
    db, own = change.connection, nearness.shingles(text)
    keys = nearness.bands(own)
    near = {
        row[0] for key in keys for row in db.execute("SELECT document FROM band WHERE key = ?", (key,)).fetchall()
    }
    for other in sorted(near):
        (theirs,) = db.execute("SELECT text FROM document WHERE id = ?", (other,)).fetchone()
        if nearness.are_alike(own, nearness.shingles(theirs)):
            pairs = [(document, other), (other, document)]
            db.executemany("INSERT OR IGNORE INTO copy (document, other) VALUES (?, ?)", pairs)
    db.executemany("INSERT INTO band (key, document) VALUES (?, ?)", [(key, document) for key in keys])


def settle(change: Change, documents: Iterable[str]) -> None:
    """Decides anew the origin of the sources that show these documents, copies of them, or copies of copies.

    It is the smallest id among the documents that are shown and connected, whatever order they came in.
    """
    db = change.connection
    ahead = set(documents)
    ahead |= {row[0] for each in set(ahead) for row in db.execute(_COPIES, (each,)).fetchall()}
    while ahead:
        connected = _connected(change, ahead.pop())
        ahead -= connected
        for each in connected:
            db.execute(
                "UPDATE source SET origin = ?, change = ? WHERE document = ? AND withdrawn IS NULL AND origin <> ?",
                (min(connected), change.number, each, min(connected)),
            )


_COPIES = (
    "SELECT other FROM copy JOIN source ON source.document = other AND withdrawn IS NULL WHERE copy.document = ?"
)


def _connected(change: Change, document: str) -> set[str]:
    """The documents that are shown and connected to one that is shown, if it is, by being copies."""
    shown = "SELECT document FROM source WHERE document = ? AND withdrawn IS NULL"
    found = {row[0] for row in change.connection.execute(shown, (document,)).fetchall()}
    ahead = list(found)
    while ahead:
        for (other,) in change.connection.execute(_COPIES, (ahead.pop(),)).fetchall():
            if other not in found:
                found.add(other)
                ahead.append(other)
    return found
