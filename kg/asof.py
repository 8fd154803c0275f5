"""The graph as it was known at an earlier time: a copy of the record, taken back to then, and projected."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from kg import identities, locks, moments, origins, projection, store
from kg.home import Home
from kg.ledger import Ledger
from kg.store import Version

_KEPT = 3  # earlier states that stay to be asked again


@contextmanager
def version(home: Home, date: str) -> Iterator[Version]:
    """The graph as it was known at the end of a date, or at a time; made where nobody has asked for it yet.

    Raises UnknownMomentError where the date is none, and NothingPublishedError where nothing was known then.
    """
    when = moments.time(date, end=True)
    with Ledger(home.ledger) as ledger:
        number = moments.before(ledger, when)
    with locks.exclusive(home.path / "asof.lock"):
        then = Home(home.path / "asof" / str(number))
        if not (then.versions / "current").exists():
            _make(home, then, number)
        then.path.touch()
        for old in sorted(then.path.parent.iterdir(), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
            shutil.rmtree(old)
        found = store.current(then)
    with found:
        yield found


def _make(home: Home, then: Home, number: int) -> None:
    shutil.rmtree(then.path, ignore_errors=True)
    then.path.mkdir(parents=True)
    shutil.copy(home.settings, then.settings)
    with closing(sqlite3.connect(home.ledger)) as source, closing(sqlite3.connect(then.ledger)) as copy:
        source.backup(copy)
    with Ledger(then.ledger) as ledger:
        take_back(ledger, number)
    projection.catch_up(then)


def take_back(ledger: Ledger, number: int) -> None:
    """Leaves in a ledger what it showed at a change, and nothing that came later; of what was past then, nothing."""
    with ledger.change(1, "take back") as change:
        for statement in _STATEMENTS:
            change.connection.execute(statement, {"at": number})
    with ledger.change(1, "take back") as change:
        change.connection.execute("DELETE FROM participant")
        change.connection.execute("DELETE FROM identity")
        for source in ledger.sources():
            identities.keep_participants(ledger, change, source, ledger.source(source).facts)
        origins.settle(change, [row[0] for row in ledger.rows("SELECT document FROM source")])
        change.connection.execute("UPDATE source SET change = ?", (change.number,))


#: The record of a fact that stood then but was altered or closed later is in `past`; its document is named in it.
_STATEMENTS = (
    "UPDATE fact SET closed = NULL, opened = past.opened, record = past.record FROM past "
    "WHERE past.fact = fact.id AND past.opened <= :at AND past.closed > :at",
    "UPDATE fact SET closed = NULL WHERE closed > :at AND opened <= :at",
    "DELETE FROM fact WHERE closed IS NOT NULL OR opened > :at",
    "DELETE FROM past",
    "DELETE FROM problem",
    "UPDATE fact SET document = record ->> '$.doc'",
    "DELETE FROM finding WHERE run > (SELECT max(run) FROM change WHERE number <= :at) "
    "AND document IN (SELECT id FROM document WHERE run <= (SELECT max(run) FROM change WHERE number <= :at))",
    "UPDATE finding SET gone = NULL WHERE gone > :at",
    "DELETE FROM import WHERE change > :at",
    "UPDATE import SET gone = NULL WHERE gone > :at",
    "DELETE FROM source WHERE id NOT IN (SELECT source FROM fact)",
    "UPDATE source SET withdrawn = NULL, document = (SELECT document FROM fact WHERE source = source.id LIMIT 1)",
    "UPDATE fact SET extracted = NULL",
    "DELETE FROM decision",
    "DELETE FROM judgement WHERE change > :at",
    "UPDATE judgement SET undone = NULL WHERE undone > :at",
)
