"""Writes documents and their facts into the ledger: what is new, what is known, what is no longer said."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.document import Document
from extract.fact import Fact
from kg import decisions, identities, origins, sentences, told
from kg.entries import now, stored
from kg.ledger import Change, Ledger


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it was read: its facts, the bytes it was read from, and the address it was read at.

    An address (a URL, or the absolute path of a file) tells versions of one source from different sources.
    """

    document: Document
    facts: Sequence[Fact]
    original: bytes
    address: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a reading changed: facts by kind, and how many were new, known already, or are closed by it."""

    source: str
    kinds: dict[str, int]
    new: int
    known: int
    closed: int
    changed: bool


def record(ledger: Ledger, run: int, reading: Reading) -> Recorded:
    """Records a reading in one transaction; the same reading twice changes nothing. Raises LedgerError."""
    with ledger.change(run, f"add {reading.document.name}") as change:
        source = _source(change, reading)
        facts = merged(reading.facts, source)
        changed = _keep_document(change, source, reading) | _keep_finding(change, source, reading)
        if not _shown(change, source, reading.document):
            return Recorded(source, {}, 0, 0, 0, changed=False)
        kept = keep_facts(change, source, (reading.document, facts))
        if changed or kept.altered:
            change.connection.execute("UPDATE source SET change = ? WHERE id = ?", (change.number, source))
        if kept.altered:
            identities.keep_participants(ledger, change, source, kept.shown)
    kinds = Counter(fact.kind for fact in kept.shown.values())
    return Recorded(
        source, dict(sorted(kinds.items())), kept.new, kept.known, kept.closed, changed=changed or kept.altered
    )


def merged(facts: Iterable[Fact], source: str) -> dict[str, Fact]:
    """The facts by id; where two have one id, the surer one with the spans of both."""
    found: dict[str, Fact] = {}
    for fact in sorted(facts, key=lambda fact: (-fact.confidence, fact.evidence.start, fact.rule)):
        first = found.setdefault(fact.id(source), fact)
        if first is not fact:
            spans = {*first.mentions, fact.evidence, *fact.mentions} - {first.evidence}
            found[fact.id(source)] = replace(first, mentions=tuple(sorted(spans)))
    return found


def _source(change: Change, reading: Reading) -> str:
    """The source of a reading: who owns its text already, else the source of its address, else a new one.

    Another file that shows the same source keeps it: then the changed one is a source of its own.
    """
    db, address = change.connection, reading.address
    owner = db.execute("SELECT source FROM document WHERE id = ?", (reading.document.id,)).fetchone()
    alone = (
        "SELECT source FROM address AS here WHERE address = ? AND NOT EXISTS "
        "(SELECT 1 FROM address WHERE source = here.source AND address <> here.address)"
    )
    known = owner or db.execute(alone, (address,)).fetchone()
    return str(known[0]) if known else reading.document.id


def _keep_document(change: Change, source: str, reading: Reading) -> bool:
    """Makes the document the current one of its source, unless it is so or is but a copy of an older version."""
    db, document = change.connection, reading.document
    current = db.execute("SELECT document FROM source WHERE id = ? AND withdrawn IS NULL", (source,)).fetchone()
    owner = db.execute("SELECT source FROM document WHERE id = ?", (document.id,)).fetchone()
    place = db.execute("SELECT source FROM address WHERE address = ?", (reading.address,)).fetchone()
    if current and (current[0] == document.id or (owner and place != owner)):
        return False
    query = "REPLACE INTO source (id, document, change, origin) VALUES (?, ?, ?, ?)"
    db.execute(query, (source, document.id, change.number, document.id))
    if not owner:
        values = (document.id, source, document.text, zlib.compress(reading.original), now(), change.run)
        db.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)", values)
        spans = sentences.split(document.text)
        key = document.id  # a hash of the whole text, so taken once
        rows = [(document.text[start:end], key, start) for start, end in spans]
        db.executemany("INSERT INTO sentence (text, document, start) VALUES (?, ?, ?)", rows)
        wordings = {
            (key, each.left, each.right, each.how, each.quote) for text, _, _ in rows for each in told.found(text)
        }
        db.executemany("INSERT INTO told VALUES (?, ?, ?, ?, ?)", sorted(wordings))
        origins.note(change, key, document.text)
    origins.settle(change, [document.id, *(current or ())])
    return True


def _shown(change: Change, source: str, document: Document) -> bool:
    row = change.connection.execute("SELECT document FROM source WHERE id = ?", (source,)).fetchone()
    return bool(row[0] == document.id)


def _keep_finding(change: Change, source: str, reading: Reading) -> bool:
    db, found = change.connection, reading.document
    db.execute("REPLACE INTO address VALUES (?, ?)", (reading.address, source))
    values = (found.id, found.name, found.title, found.publisher, found.published, found.media_type, change.run)
    columns = "(document, name, title, publisher, published, media_type, run)"
    new = db.execute(f"INSERT OR IGNORE INTO finding {columns} VALUES (?, ?, ?, ?, ?, ?, ?)", values).rowcount > 0  # noqa: S608 - constants
    again = (
        "UPDATE finding SET gone = NULL WHERE gone IS NOT NULL AND document = ? AND name = ? AND title = ? "
        "AND publisher IS ? AND published IS ? AND media_type = ?"
    )
    return new or db.execute(again, values[:-1]).rowcount > 0


@dataclass(frozen=True, slots=True)
class Kept:
    """The facts of a source as they are shown, how many are new, known and closed, and whether any has changed."""

    shown: dict[str, Fact]
    new: int
    known: int
    closed: int
    altered: bool


def keep_facts(change: Change, source: str, read: tuple[Document, dict[str, Fact]]) -> Kept:
    """Keeps what was read in a document, by id, as what the source says now, as decisions leave it."""
    db, (document, facts) = change.connection, read
    rows = db.execute("SELECT * FROM decision WHERE source = ? AND undone IS NULL ORDER BY id", (source,)).fetchall()
    shown = decisions.applied(facts, [decisions.from_row(row[1:8]) for row in rows], document.text).shown
    held = dict(db.execute("SELECT id, record FROM fact WHERE source = ? AND closed IS NULL", (source,)).fetchall())
    records = {key: stored(fact, source, document.id, key) for key, fact in shown.items()}
    differing = {
        key: (fact.kind, record)
        for key, fact in facts.items()
        if (record := stored(fact, source, document.id, key)) != records.get(key)
    }
    if held == records:
        _keep_extracted(change, source, document.id, differing)
        return Kept(shown, 0, len(records), 0, altered=False)
    altered = [(change.number, key) for key in sorted(held) if records.get(key) != held[key]]
    db.executemany("INSERT INTO past SELECT id, source, record, opened, ? FROM fact WHERE id = ?", altered)
    gone = [(change.number, key) for key in sorted(held.keys() - records.keys())]
    db.executemany("UPDATE fact SET closed = ? WHERE id = ?", gone)
    _open(change, source, document.id, {key: (shown[key].kind, records[key]) for key in sorted(records)})
    _keep_extracted(change, source, document.id, differing)
    new = len(records.keys() - held.keys())
    return Kept(shown, new, len(records) - new, len(gone), altered=True)


def _open(change: Change, source: str, page: str, records: Mapping[str, tuple[str, str]]) -> None:
    change.connection.executemany(
        "INSERT INTO fact (id, source, document, kind, record, first_run, last_run, opened) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document, "
        "last_run = excluded.last_run, record = excluded.record, closed = NULL, opened = "
        "iif(fact.closed IS NULL AND fact.record = excluded.record, fact.opened, excluded.opened)",
        [
            (key, source, page, kind, record, change.run, change.run, change.number)
            for key, (kind, record) in records.items()
        ],
    )


def _keep_extracted(change: Change, source: str, page: str, differing: Mapping[str, tuple[str, str]]) -> None:
    """Keeps what was read, by kind and record, where a decision has made another thing of it or hides it."""
    db = change.connection
    query = "SELECT id, extracted FROM fact WHERE source = ? AND extracted IS NOT NULL"
    if dict(db.execute(query, (source,)).fetchall()) == {key: record for key, (_, record) in differing.items()}:
        return
    db.execute("UPDATE fact SET extracted = NULL WHERE source = ?", (source,))
    db.executemany(
        "INSERT INTO fact (id, source, document, kind, record, extracted, first_run, last_run, opened, closed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET extracted = excluded.extracted",
        [
            (key, source, page, kind, record, record, change.run, change.run, change.number, change.number)
            for key, (kind, record) in differing.items()
        ],
    )
