"""The live store, which one writer at a time opens, and the published versions, which all read; knows no facts."""

from __future__ import annotations

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import locks
from kg.graph import Names, term, typed
from kg.home import Home
from kg.remote import Remote
from ontology.errors import KgError

_TRIES = 100


class NothingPublishedError(KgError):
    """A home without a published version."""


class Version:
    """A published version, locked until it is closed: graph, search index and network of one moment."""

    def __init__(self, path: Path, lock: int, remote: Remote | None = None) -> None:
        self.path, self._remote = path, remote
        self.number = int(path.name)
        self._lock: int | None = lock

    @property
    def search(self) -> Path:
        """The search index, to be read with `kg.search`; made for the first who asks."""
        from kg import search

        return self._derived("names.sqlite", search.write)

    @property
    def network(self) -> Path:
        """The network of entities and events, to be read with `kg.network`; made for the first who asks."""
        from kg import network  # brings in networkx, which queries do not need

        return self._derived("network.json", network.write)

    @cached_property
    def info(self) -> dict[str, object]:
        """`change`: the ledger's number it shows; `published`: when, as xsd:dateTime."""
        found: dict[str, object] = json.loads((self.path / "version.json").read_text("utf-8"))
        return found

    def store(self) -> Store:
        """The graph, to be read: that of this version, or of the server that the home names."""
        # What readers use of a store, a server has too.
        return self._store if self._remote is None else cast("Store", self._remote)

    def embedded(self) -> Store:
        """The graph of this version, opened for reading."""
        return self._store

    @cached_property
    def _store(self) -> Store:
        return Store.read_only(str(self.path / "graph"))

    def _derived(self, name: str, write: Callable[[Store, Path], None]) -> Path:
        """A file that follows from the graph, whole or not there; of several who ask at once one makes it."""
        path = self.path / name
        if not path.exists():
            with locks.exclusive(self.path / f"{name}.lock"):
                if not path.exists():
                    making = self.path / f".making-{name}"
                    making.unlink(missing_ok=True)
                    write(self.embedded(), making)
                    os.replace(making, path)
        return path

    def close(self) -> None:
        """Lets go of the version; its store must not be used any more."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Version:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def current(home: Home) -> Version:
    """The newest published version; raises NothingPublishedError where there is none."""
    for _ in range(_TRIES):
        number = pointer(home)
        if number is None:
            raise NothingPublishedError(f"{home.path}: nothing is published yet; `kg add FILE` or `kg build` does it")
        path = home.versions / str(number)
        try:
            return Version(path, locks.shared(path / "lock"), remote(home))
        except FileNotFoundError:
            continue  # a newer one was published meanwhile, and this one removed
    raise NothingPublishedError(f"{home.path}: the published version is gone; `kg build` makes it anew")


def remote(home: Home) -> Remote | None:
    """The server that the home names for its graph, None where the published versions are read."""
    settings = home.store
    if not settings:
        return None
    found = Remote.at(settings["query"], settings.get("headers"))
    return replace(found, updates=settings.get("update", found.updates), graphs=settings.get("graphs", ""))


def pointer(home: Home) -> int | None:
    """The number of the newest published version, None where there is none."""
    try:
        return int((home.versions / "current").read_text("utf-8"))
    except FileNotFoundError:
        return None


class Live:
    """The live store of a home, to be had from `writing` only."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.names = Names(home.base)
        self.store = Store(str(home.live))

    @property
    def number(self) -> int:
        """The change of the ledger up to which the store shows it; 0 for an empty store."""
        found = self.store.quads_for_pattern(None, term("ledgerNumber"), None, self.names.at("graph/state"))
        return max((int(quad.object.value) for quad in found if isinstance(quad.object, Literal)), default=0)

    def update(
        self, drop: Iterable[NamedNode], delete: Iterable[Quad], insert: Iterable[Quad], number: int | None
    ) -> None:
        """One atomic step: whole graphs dropped, quads deleted, quads inserted, `number` kept with them if given."""
        steps = [f"DROP SILENT GRAPH {graph}" for graph in drop]
        inserted = list(insert)
        if number is not None:
            steps.append(f"DROP SILENT GRAPH {self.names.at('graph/state')}")
            inserted.append(self._state(number))
        steps += [f"DELETE DATA {{ {_lines(delete)} }}", f"INSERT DATA {{ {_lines(inserted)} }}"]
        self.store.update(" ;\n".join(steps))

    def close(self) -> None:
        """Closes the store, which happens when nothing refers to it any more."""
        del self.store

    def _state(self, number: int) -> Quad:
        return Quad(
            self.names.at(""), term("ledgerNumber"), typed(str(number), "integer"), self.names.at("graph/state")
        )


@contextmanager
def writing(home: Home, *, anew: bool = False) -> Iterator[Live]:
    """The live store, for this process alone; waits for another writer to end. `anew` empties it first."""
    with locks.exclusive(home.path / "writer.lock"):
        if anew and home.live.exists():
            shutil.rmtree(home.live)
        live = Live(home)
        try:
            yield live
        finally:
            live.close()


def _lines(quads: Iterable[Quad]) -> str:
    triples: defaultdict[str, list[str]] = defaultdict(list)
    for quad in quads:
        triples[str(quad.graph_name)].append(str(quad.triple))
    return "\n".join(f"GRAPH {graph} {{ {' .'.join(lines)} }}" for graph, lines in triples.items())
