"""The record: one SQLite file of sources, documents, facts, names, judgements, runs and problems; makes no RDF."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from extract.document import Document
from extract.fact import Fact, from_record
from kg.entries import Problem, Source, merged, now
from kg.home import Home
from kg.identity import Entity, Reference
from ontology.errors import KgError

_FORMAT = 3  # of the tables; an older record lacks columns
_WAIT = 120.0  # seconds that a process waits for the others' transactions


class LedgerError(KgError):
    """A record that cannot be read or written."""


class _OverError(Exception):
    """A rehearsal has come to its end."""


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
        self._rehearsing = False
        try:
            self.connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = FULL")
            made = self.row("SELECT count(*) FROM sqlite_master")[0] == 0
            if not made and self.row("PRAGMA user_version")[0] != _FORMAT:
                raise LedgerError(f"{path}: was made by another version of kg; add the documents to a new home")
            self.connection.execute(f"PRAGMA user_version = {_FORMAT}")
            self.connection.executescript(files("kg").joinpath("ledger.sql").read_text("utf-8"))
        except sqlite3.Error as error:
            raise LedgerError(f"{path}: the ledger cannot be opened ({error})") from error

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def run(self, what: str) -> int:
        """The number of a new run, under which what is seen first and last is noted. Raises LedgerError."""
        with self._transaction(what):
            row = self.connection.execute("INSERT INTO run (started, what) VALUES (?, ?)", (now(), what))
            return int(row.lastrowid or 0)

    @contextmanager
    def change(self, run: int, what: str) -> Iterator[Change]:
        """A transaction, alone among all processes; raises LedgerError where it cannot be written (disk full)."""
        with self._transaction(what):
            yield Change(self.connection, run, what)

    @contextmanager
    def _transaction(self, what: str) -> Iterator[None]:
        if self._rehearsing:
            yield
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self.connection.execute("COMMIT")
        except BaseException as error:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise LedgerError(f"{what}: the ledger cannot be written ({error}); nothing of it was") from error
            raise

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """All that is written within can be read within, and nothing of it stays."""
        with suppress(_OverError), self._transaction("rehearsal"):
            self._rehearsing = True
            try:
                yield
            finally:
                self._rehearsing = False
            raise _OverError

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
        rows = [(source, fact, why) for source, found in problems.items() for fact, why in found.items()]
        with self._transaction("problems"):
            self.connection.executemany("DELETE FROM problem WHERE source = ?", [(source,) for source in problems])
            self.connection.executemany("INSERT INTO problem VALUES (?, ?, ?)", rows)

    def watched(self, watch: str) -> set[str] | None:
        """The rows that a watch has given, None where it was never asked."""
        found = {row[0] for row in self.rows("SELECT row FROM watched WHERE watch = ?", (watch,))}
        return found or None

    def note_watched(self, watch: str, rows: Sequence[str], at: str) -> None:
        """Notes the rows that a watch gives."""
        with self._transaction("watched"):
            values = [(watch, row, at) for row in ["", *rows]]
            self.connection.executemany("INSERT OR IGNORE INTO watched VALUES (?, ?, ?)", values)

    def note_fetched(self, row: tuple[str, str | None, str | None, str | None, str, str]) -> None:
        """Notes of an address its ETag, Last-Modified, mark of its version, what became of it, and when."""
        with self._transaction("fetched"):
            self.connection.execute("REPLACE INTO fetched VALUES (?, ?, ?, ?, ?, ?)", row)

    def number(self) -> int:
        """The number of the last change, 0 where there is none."""
        return int(self.row("SELECT ifnull(max(number), 0) FROM change")[0])

    def touched(self, since: int) -> list[str]:
        """Ids of the sources that look different than they did after change `since`, in order."""
        rows = self.rows(
            "SELECT id FROM source WHERE change > :since UNION SELECT source FROM identity CROSS JOIN participant "
            "ON participant.family = identity.family AND participant.meant = identity.name "  # few names change
            "WHERE identity.change > :since ORDER BY 1",
            {"since": since},
        )
        return [str(row[0]) for row in rows]

    def sources(self) -> list[str]:
        """Ids of all sources that are not withdrawn, in order."""
        return [str(row[0]) for row in self.rows("SELECT id FROM source WHERE withdrawn IS NULL ORDER BY id")]

    def source(self, source: str) -> Source:
        """The source of that id."""
        document, text, seen, origin = self.row(
            "SELECT document.id, text, first_seen, origin FROM source JOIN document ON document.id = source.document "
            "WHERE source.id = ?",
            (source,),
        )
        found = self._findings(document)
        whole = Document(text=text, **merged(found))
        rows = self.rows(
            "SELECT fact.id, record, started FROM fact JOIN run ON run.id = first_run "
            "WHERE source = ? AND closed IS NULL ORDER BY fact.id",
            (source,),
        )
        facts = {key: from_record(json.loads(record), whole) for key, record, _ in rows}
        first = {key: started for key, _, started in rows}
        return Source(source, whole, tuple(sorted({row["name"] for row in found})), seen, facts, first, origin)

    def extracted(self, source: str) -> dict[str, Fact]:
        """The facts of a source as they were read, by id, whatever was decided of them."""
        document, text = self.row(
            "SELECT document.id, text FROM source JOIN document ON document.id = source.document WHERE source.id = ?",
            (source,),
        )
        whole = Document(text=text, **merged(self._findings(document)))
        rows = self.rows(
            "SELECT id, ifnull(extracted, record) FROM fact "
            "WHERE source = ? AND (closed IS NULL OR extracted IS NOT NULL) ORDER BY id",
            (source,),
        )
        return {key: from_record(json.loads(record), whole) for key, record in rows}

    def entities(self, source: str) -> dict[Reference, Entity]:
        """The entity of each name that the open facts of a source use."""
        rows = self.rows("SELECT DISTINCT family, name, key, label, type FROM part WHERE source = ?", (source,))
        return {Reference(family, name): Entity(family, key, label, kind) for family, name, key, label, kind in rows}

    def current(self, document: str) -> str | None:
        """The id of the source that shows this document, None where none does."""
        query = "SELECT id FROM source WHERE document = ? AND withdrawn IS NULL"
        row = self.connection.execute(query, (document,)).fetchone()
        return str(row[0]) if row else None

    def originals(self) -> Iterator[tuple[Document, str, bytes]]:
        """The current document of each source, as all its finders date it, an address of it, and its bytes."""
        query = (
            "SELECT min(address), original FROM source JOIN document ON document.id = source.document "
            "JOIN address ON address.source = source.id WHERE source.id = ?"
        )
        for source in self.sources():
            address, original = self.row(query, (source,))
            yield self.source(source).document, address, zlib.decompress(original)

    def withdrawn(self, source: str) -> bool:
        """Whether the source is withdrawn."""
        return self.row("SELECT withdrawn FROM source WHERE id = ?", (source,))[0] is not None

    def left_out(self, source: str) -> set[str]:
        """The ids of the source's facts that did not validate when it was last projected."""
        return {str(row[0]) for row in self.rows("SELECT fact FROM problem WHERE source = ?", (source,))}

    def problems(self) -> list[Problem]:
        """The facts that did not validate when their source was last projected."""
        rows = self.rows(
            "SELECT problem.source, min(finding.name), problem.fact, reason FROM problem "
            "JOIN source ON source.id = problem.source JOIN finding ON finding.document = source.document "
            "GROUP BY problem.source, problem.fact ORDER BY 2, 3"
        )
        return [Problem(*row) for row in rows]

    def counts(self) -> dict[str, int]:
        """The number of sources, documents, open facts, closed facts, judgements, runs and problems."""
        tables = (
            "source WHERE withdrawn IS NULL",
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
            label: int(self.row(f"SELECT count(*) FROM {table}")[0])  # noqa: S608
            for label, table in zip(labels, tables, strict=True)
        }

    def _findings(self, document: str) -> list[dict[str, Any]]:
        columns = ("name", "title", "publisher", "published", "media_type")
        rows = self.rows(f"SELECT {', '.join(columns)} FROM finding WHERE document = ? AND gone IS NULL", (document,))  # noqa: S608 - constants
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def row(self, query: str, values: Sequence[object] | dict[str, object] = ()) -> tuple[Any, ...]:
        """The first row that a query gives; it gives one."""
        row: tuple[Any, ...] = self.connection.execute(query, values).fetchone()
        return row

    def rows(self, query: str, values: Sequence[object] | dict[str, object] = ()) -> list[tuple[Any, ...]]:
        """All rows that a query gives."""
        with closing(self.connection.execute(query, values)) as cursor:
            return cursor.fetchall()
