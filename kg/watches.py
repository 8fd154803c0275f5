"""Saved questions that are asked again at each refresh: new rows are reported, and sent where someone listens."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg import fetch, query, store
from kg.entries import now
from kg.fetch import Manners
from kg.home import Home
from kg.ledger import Ledger
from kg.query import Question
from ontology.errors import KgError


class WatchError(KgError):
    """A watch that cannot be used, or whose question cannot be asked."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A question with its parameters; `webhook` is an address that new rows are sent to."""

    name: str
    question: Question
    params: Mapping[str, str]
    webhook: str | None = None

    @property
    def key(self) -> str:
        """What its rows are remembered under: another question or parameter begins anew."""
        told = json.dumps([self.question.text, sorted(self.params.items())])
        return sha256(told.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class News:
    """The rows that a watch gives for the first time, or why it could not be asked or sent."""

    name: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    error: str | None = None


def read(home: Home) -> list[Watch]:
    """The watches of a home's `watches.toml`, none where there is no such file; raises WatchError."""
    path = home.path / "watches.toml"
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WatchError(f"{path}: cannot be read as TOML ({error})") from error
    if unknown := told.keys() - {"watch"}:
        raise WatchError(f"{path}: there is no setting {sorted(unknown)[0]!r}; there is [[watch]]")
    return [_watch(path, at, each) for at, each in enumerate(told.get("watch", []), 1)]


def _watch(path: Path, at: int, told: Mapping[str, Any]) -> Watch:
    where = f"{path}: watch {at}"
    known = {"name": str, "question": str, "params": dict, "webhook": str}
    wrong = [name for name, value in told.items() if name not in known or not isinstance(value, known[name])]
    if wrong or not {"name", "question"} <= told.keys():
        why = f"{wrong[0]!r} is none of {', '.join(known)}" if wrong else "needs name and question"
        raise WatchError(f"{where}: {why}")
    asked = told["question"]
    try:
        question = query.get(asked) if asked in query.names() else _of_file(path.parent / asked)
        params = {name: str(value) for name, value in told.get("params", {}).items()}
        query.bind(question, params)
    except (KgError, OSError, UnicodeDecodeError) as error:
        raise WatchError(f"{where}: {error}") from error
    return Watch(told["name"], question, params, told.get("webhook"))


def _of_file(path: Path) -> Question:
    return query.parse(path.name, path.read_text("utf-8"))


def news(home: Home, watches: Iterable[Watch], manners: Manners) -> Iterator[News]:
    """What each watch has that it did not have before, if it has something; the first time it only remembers.

    A watch that fails is told and stops none of the others; what could not be sent is sent the next time.
    """
    with Ledger(home.ledger) as ledger, store.current(home) as version:
        for watch in watches:
            try:
                table = query.table(query.run(version, query.bind(watch.question, watch.params)))
                known = ledger.watched(watch.key)
                new = [row for row in dict.fromkeys(table.rows) if known is not None and json.dumps(row) not in known]
                found = News(watch.name, table.columns, tuple(new))
                if new and watch.webhook:
                    _send(watch.webhook, found, manners)
                ledger.note_watched(watch.key, [json.dumps(row) for row in table.rows], now())
            except KgError as error:
                yield News(watch.name, error=str(error))
                continue
            if new:
                yield found


def record(found: News) -> dict[str, Any]:
    """The news as a JSON-ready record: the rows by the names of their columns."""
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    return {"watch": found.name, "rows": rows} | ({"error": found.error} if found.error else {})


def _send(address: str, found: News, manners: Manners) -> None:
    fetch.post(address, json.dumps(record(found), ensure_ascii=False).encode(), manners)
