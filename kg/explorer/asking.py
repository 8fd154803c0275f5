"""Foreign queries in the worker pool of the endpoint, with its limits, from the pages; and answers as tables."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import streamlit as st

from kg.home import Home
from kg.pool import answering
from kg.worker import Failure, Limits, Task

#: Less than the endpoint's own limits: a page shows no millions of rows, and others wait for it.
LIMITS = Limits(seconds=20.0, memory=1024, answer=16 << 20, workers=2, queue=16, hold=0)
_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"


@dataclass(frozen=True, slots=True)
class Answer:
    """A table of texts, empty where nothing is bound; `graph` tells whether its rows are triples."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    graph: bool = False


class _Asker:
    """The pool with the event loop that it lives in, in a thread of its own."""

    def __init__(self, home: Home) -> None:
        self._loop = asyncio.new_event_loop()
        self._turns = answering(home, LIMITS)
        threading.Thread(target=self._loop.run_forever, daemon=True, name="queries").start()
        self._loop.call_soon_threadsafe(self._turns.start)

    def ask(self, text: str) -> Answer | Failure:
        reply = asyncio.run_coroutine_threadsafe(self._turns.run(Task(text, _ACCEPT)), self._loop).result()
        return reply if isinstance(reply, Failure) else read(reply.media_type, reply.body)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._turns.stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)


def ask(home: Home, text: str) -> Answer | Failure:
    """The answer of a SPARQL query on the current version, or why there is none."""
    return _asker(str(home.path), home).ask(text)


@st.cache_resource(max_entries=2, show_spinner=False, on_release=_Asker.stop)
def _asker(path: str, _home: Home) -> _Asker:  # noqa: ARG001 # the path is what the cache goes by
    return _Asker(_home)


def read(media_type: str, body: bytes) -> Answer:
    """An answer as it came over the wire."""
    if "n-triples" in media_type:
        triples = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        rows = [tuple(_text(term) for term in (t.subject, t.predicate, t.object)) for t in triples]
        return Answer(("subject", "predicate", "object"), tuple(sorted(rows)), graph=True)
    found = json.loads(body)
    if "boolean" in found:
        return Answer(("answer",), (("yes" if found["boolean"] else "no",),))
    columns = tuple(found["head"]["vars"])
    return Answer(columns, tuple(_row(binding, columns) for binding in found["results"]["bindings"]))


def _row(binding: dict[str, dict[str, str]], columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(binding[name]["value"] if name in binding else "" for name in columns)


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def numbers(answer: Answer) -> Iterator[str]:
    """The columns that hold numbers only."""
    for at, name in enumerate(answer.columns):
        cells = [row[at] for row in answer.rows if row[at]]
        if cells and all(map(_is_number, cells)):
            yield name


def _is_number(cell: str) -> bool:
    try:
        return abs(float(cell)) < float("inf")
    except ValueError:
        return False
