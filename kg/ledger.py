"""The record: one SQLite file of sources, documents, facts, names, judgements, runs and problems; makes no RDF."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from extract.document import Document
from extract.fact import Fact, from_record, to_record
from kg.home import Home
from kg.identity import Entity, Judgement, Reference, Use
from ontology.errors import KgError

_NEVER = "9999"  # sorts behind every date
_WAIT = 120.0  # seconds that a process waits for the others' transactions


class LedgerError(KgError):
    """A record that cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it stands: its current document, the files or addresses it came from, and its open facts by id.

    `first_seen` is the time (ISO 8601, UTC) at which the document was recorded.
    """

    id: str
    document: Document
    names: tuple[str, ...]
    first_seen: str
    facts: dict[str, Fact] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """A fact that is kept in the ledger but not shown in the graph, and why."""

    source: str
    document: str
    fact: str
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """An open fact as its record, with its source and the document's date; players are roles and entity paths."""

    fact: str
    source: str
    record: dict[str, Any] = field(repr=False)
    published: str | None
    players: frozenset[tuple[str, str]]


@dataclass(slots=True)
class Change:
    """One transaction: all that is written within it stands in the ledger under one number, or nothing of it does."""

    connection: sqlite3.Connection
    run: int
    what: str
    _number: int | None = None

    @property
    def number(self) -> int:
        """The change's number, taken when it is first asked for: a transaction that asks for none changes nothing."""
        if self._number is None:
            row = self.connection.execute("INSERT INTO change (run, what) VALUES (?, ?)", (self.run, self.what))
            self._number = int(row.lastrowid or 0)
        return self._number


class Ledger:
    """A connection to the record of a home, to be closed; several processes may hold one each.

    Raises HomeError where no home has been made, and LedgerError where the file is no ledger.
    """

    def __init__(self, path: Path) -> None:
        Home(path.parent).check()
        try:
            self.connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = FULL")
            self.connection.executescript(files("kg").joinpath("ledger.sql").read_text("utf-8"))
        except sqlite3.Error as error:
            raise LedgerError(f"{path}: the ledger cannot be opened ({error})") from error

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def run(self, what: str) -> int:
        """The number of a new run, under which what is seen first and last is noted."""
        row = self.connection.execute("INSERT INTO run (started, what) VALUES (?, ?)", (now(), what))
        return int(row.lastrowid or 0)

    @contextmanager
    def change(self, run: int, what: str) -> Iterator[Change]:
        """A transaction, alone among all processes; raises LedgerError where it cannot be written (disk full)."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise LedgerError(f"{what}: the ledger cannot be written ({error})") from error
        try:
            yield Change(self.connection, run, what)
            self.connection.execute("COMMIT")
        except BaseException as error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise LedgerError(f"{what}: the ledger cannot be written ({error})") from error
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One moment of the ledger for all that is read within, whatever others write meanwhile."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")

    def keep_problems(self, problems: Mapping[str, Mapping[str, str]]) -> None:
        """Notes for each of these sources which of its facts, by id, are left out of the graph, and why."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany("DELETE FROM problem WHERE source = ?", [(source,) for source in problems])
        rows = [(source, fact, why) for source, found in problems.items() for fact, why in found.items()]
        self.connection.executemany("INSERT INTO problem VALUES (?, ?, ?)", rows)
        self.connection.execute("COMMIT")

    def number(self) -> int:
        """The number of the last change, 0 where there is none."""
        return int(self._one("SELECT ifnull(max(number), 0) FROM change")[0])

    def touched(self, since: int) -> list[str]:
        """Ids of the sources that look different than they did after change `since`, in order."""
        rows = self._all(
            "SELECT id FROM source WHERE change > :since UNION SELECT participant.source FROM identity "
            "JOIN participant USING (family, name) WHERE identity.change > :since ORDER BY 1",
            {"since": since},
        )
        return [str(row[0]) for row in rows]

    def sources(self) -> list[str]:
        """Ids of all sources, in order."""
        return [str(row[0]) for row in self._all("SELECT id FROM source ORDER BY id")]

    def source(self, source: str) -> Source:
        """The source of that id."""
        document, text, seen = self._one(
            "SELECT document.id, text, first_seen FROM source JOIN document ON document.id = source.document "
            "WHERE source.id = ?",
            (source,),
        )
        found = self._findings(document)
        whole = Document(text=text, **_merged(found))
        rows = self._all("SELECT id, record FROM fact WHERE source = ? AND closed IS NULL ORDER BY id", (source,))
        facts = {key: from_record(json.loads(record), whole) for key, record in rows}
        return Source(source, whole, tuple(sorted({row["name"] for row in found})), seen, facts)

    def entities(self, source: str) -> dict[Reference, Entity]:
        """The entity of each name that the open facts of a source use."""
        rows = self._all(
            "SELECT DISTINCT family, name, identity.key, identity.label, identity.type FROM participant "
            "JOIN identity USING (family, name) WHERE source = ?",
            (source,),
        )
        return {Reference(family, name): Entity(family, key, label, kind) for family, name, key, label, kind in rows}

    def current(self, document: str) -> str | None:
        """The id of the source that shows this document, None where none does."""
        row = self.connection.execute("SELECT id FROM source WHERE document = ?", (document,)).fetchone()
        return str(row[0]) if row else None

    def originals(self) -> Iterator[tuple[str, str, bytes]]:
        """Name, address and bytes of each source's current document."""
        query = (
            "SELECT min(finding.name), min(address), original FROM source "
            "JOIN document ON document.id = source.document JOIN finding ON finding.document = document.id "
            "JOIN address ON address.source = source.id WHERE source.id = ?"
        )
        for source in self.sources():
            name, address, original = self._one(query, (source,))
            yield name, address, zlib.decompress(original)

    def judgements(self) -> list[Judgement]:
        """The log of judgements; of several on one pair the last stands."""
        rows = self._all("SELECT family, left, right, verdict FROM judgement ORDER BY id")
        last = {
            (family, *sorted((left, right))): Judgement(family, left, right, v) for family, left, right, v in rows
        }
        return [last[pair] for pair in sorted(last)]

    def uses(self, family: str, block: str) -> list[Use]:
        """The uses of all names of a block, over all sources."""
        rows = self._all(
            "SELECT name, type, count(*) FROM participant WHERE family = ? AND block = ? GROUP BY name, type",
            (family, block),
        )
        return [Use(Reference(family, name), kind, count) for name, kind, count in rows]

    def identified(self, family: str, block: str) -> list[tuple[Reference, Entity]]:
        """The names of a block with their entities, as they stand; the key is empty where a name is out of use."""
        rows = self._all(
            "SELECT name, key, label, type FROM identity WHERE family = ? AND block = ? ORDER BY name",
            (family, block),
        )
        return [(Reference(family, name), Entity(family, key, label, kind)) for name, key, label, kind in rows]

    def vocabulary(self, families: Sequence[str], since: int = -1) -> list[tuple[Reference, Entity]]:
        """All names of these families, and of families below them, whose entity has changed after `since`."""
        found = []
        for family in families:
            rows = self._all(
                "SELECT family, name, key, label, type FROM identity "
                "WHERE change > ? AND (family = ? OR family GLOB ?) ORDER BY family, name",
                (since, family, family + "/*"),
            )
            found += [(Reference(f, name), Entity(f, key, label, kind)) for f, name, key, label, kind in rows]
        return found

    def named(self, family: str, key: str) -> tuple[Entity | None, list[tuple[str, str | None, str]]]:
        """An entity, None where no fact names it, and its names, each with a dimension and a fact that uses it."""
        rows = self._all(
            "SELECT label, identity.type, name, dimension, fact FROM identity JOIN participant USING (family, name) "
            "WHERE identity.family = ? AND identity.key = ? ORDER BY name, dimension, fact",
            (family, key),
        )
        entity = Entity(family, key, rows[0][0], rows[0][1]) if rows else None
        return entity, [(name, dimension, fact) for _, _, name, dimension, fact in rows]

    def events(self, entities: Iterable[tuple[str, str]]) -> list[Event]:
        """The open facts in which one of these entities, given by family and key, takes part."""
        query = (
            "SELECT DISTINCT fact.id, fact.source, fact.record, (SELECT min(published) FROM finding "
            "WHERE document = fact.document) FROM identity JOIN participant USING (family, name) "
            "JOIN fact ON fact.id = participant.fact WHERE identity.family = ? AND identity.key = ?"
        )
        rows = {row[0]: row for family, key in entities for row in self._all(query, (family, key))}
        return [
            Event(fact, source, json.loads(record), published, self._players(fact))
            for fact, source, record, published in (rows[key] for key in sorted(rows))
        ]

    def _players(self, fact: str) -> frozenset[tuple[str, str]]:
        query = "SELECT role, family, identity.key FROM participant JOIN identity USING (family, name) WHERE fact = ?"
        return frozenset((role, f"{family}/{key}") for role, family, key in self._all(query, (fact,)))

    def holding(self, phrases: Iterable[str]) -> set[str]:
        """The sources whose current text holds one of these phrases, the last word perhaps with an ending."""
        query = "SELECT DISTINCT source.id FROM sentence JOIN source USING (document) WHERE sentence MATCH ?"
        return {row[0] for phrase in phrases for row in self._all(query, (f'"{phrase}" *',))}

    def _event(self, fact: str, source: str, record: str, published: str | None) -> Event:
        query = "SELECT role, family, identity.key FROM participant JOIN identity USING (family, name) WHERE fact = ?"
        players = frozenset((role, f"{family}/{key}") for role, family, key in self._all(query, (fact,)))
        return Event(fact, source, json.loads(record), published, players)

    def left_out(self, source: str) -> set[str]:
        """The ids of the source's facts that did not validate when it was last projected."""
        return {str(row[0]) for row in self._all("SELECT fact FROM problem WHERE source = ?", (source,))}

    def problems(self) -> list[Problem]:
        """The facts that did not validate when their source was last projected."""
        rows = self._all(
            "SELECT problem.source, min(finding.name), problem.fact, reason FROM problem "
            "JOIN source ON source.id = problem.source JOIN finding ON finding.document = source.document "
            "GROUP BY problem.source, problem.fact ORDER BY 2, 3"
        )
        return [Problem(*row) for row in rows]

    def counts(self) -> dict[str, int]:
        """The number of sources, documents, open facts, closed facts, judgements, runs and problems."""
        tables = (
            "source",
            "document",
            "fact WHERE closed IS NULL",
            "fact WHERE closed > 0",
            "judgement",
            "run",
            "problem",
        )
        labels = ("sources", "documents", "facts", "closed", "judgements", "runs", "problems")
        # Table names are the constants above.
        return {
            label: int(self._one(f"SELECT count(*) FROM {table}")[0])  # noqa: S608
            for label, table in zip(labels, tables, strict=True)
        }

    def sentences(self, text: str) -> list[tuple[str, int, str]]:
        """Document, offset and text of the recorded sentences that hold the words of `text` in a row."""
        phrase = '"' + text.replace('"', '""') + '"'
        rows = self._all("SELECT document, start, text FROM sentence WHERE sentence MATCH ? ORDER BY 1, 2", (phrase,))
        return [(document, int(start), sentence) for document, start, sentence in rows]

    def _findings(self, document: str) -> list[dict[str, Any]]:
        columns = ("name", "title", "publisher", "published", "media_type")
        rows = self._all(f"SELECT {', '.join(columns)} FROM finding WHERE document = ?", (document,))  # noqa: S608 - constants
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def _one(self, query: str, values: Sequence[object] | dict[str, object] = ()) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self.connection.execute(query, values).fetchone()
        return row

    def _all(self, query: str, values: Sequence[object] | dict[str, object] = ()) -> list[tuple[Any, ...]]:
        with closing(self.connection.execute(query, values)) as cursor:
            return cursor.fetchall()


def now() -> str:
    """The time as an xsd:dateTime in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def stored(fact: Fact, source: str, document: str) -> str:
    """The record of a fact as the ledger keeps it: figures to the last digit and as written."""
    record = to_record(fact, document, source)
    if fact.quantity:
        record |= {"value": str(fact.quantity.value), "value_text": fact.quantity.text}
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def _merged(findings: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What the finders say, as one: the earliest date of publication, and the rest from who says it first."""
    rows = sorted(findings, key=lambda row: (row["published"] or _NEVER, row["name"], row["title"]))
    return {column: next((row[column] for row in rows if row[column]), rows[0][column]) for column in rows[0]}
