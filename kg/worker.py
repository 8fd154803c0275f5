"""A process that answers foreign queries, one at a time; who starts and ends it is `kg.pool`."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import signal
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from kg import guard, negotiation, query, store
from kg.home import Home
from kg.store import Version
from ontology.errors import KgError

if TYPE_CHECKING:
    from typing_extensions import Buffer

MEGABYTE = 1 << 20

Reason = Literal["invalid", "format", "size", "time", "memory", "busy", "unavailable"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use: seconds, megabytes of memory, bytes of answer; and how many queries run at a time."""

    seconds: float = 30.0
    memory: int = 2048
    answer: int = 64 * MEGABYTE
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A query, what its answer may look like (an Accept header), and the graphs that the request names."""

    text: str
    accept: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, its media type and the number of the version that gave it."""

    media_type: str
    body: bytes
    version: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer: the kind of reason, and a sentence for whoever asked."""

    reason: Reason
    detail: str


class _TooLargeError(Exception):
    """An answer beyond its limit."""


class _Sink(io.BytesIO):
    """A file that takes no more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Buffer) -> int:
        written = super().write(data)
        if self.tell() > self._limit:
            raise _TooLargeError
        return written


def serve(pipe: Connection, path: Path, limits: Limits) -> None:
    """The life of a query process: open the current version, then answer until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    home, version = Home(path), None
    with contextlib.suppress(KgError, OSError):  # each task looks again, and tells
        version = _newest(home, version, limits)
    pipe.send(None)
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            version = _newest(home, version, limits)
            pipe.send(_answer(version, task, limits))
        except (KgError, OSError) as error:
            pipe.send(Failure("unavailable", str(error)))
        except MemoryError:
            os._exit(1)


def _newest(home: Home, version: Version | None, limits: Limits) -> Version:
    """The version given, as long as no newer one is published; what opening takes is no query's memory."""
    newest = store.current(home)
    if version and version.number == newest.number:
        newest.close()
        return version
    if version:
        version.close()
    _limit_memory(None)
    newest.store()
    _limit_memory(limits.memory * MEGABYTE)
    return newest


def _answer(version: Version, task: Task, limits: Limits) -> Answer | Failure:
    sink = _Sink(limits.answer)
    try:
        media_type = _written(_run(version.store(), task), task.accept, sink)
    except _TooLargeError:
        return Failure("size", f"the answer is larger than {limits.answer} bytes: add LIMIT, or ask for less")
    except (SyntaxError, ValueError) as error:
        return Failure("invalid", str(error))
    except OSError as error:
        return Failure("unavailable", f"the graph cannot be read: {error}")
    if media_type is None:
        return Failure(
            "format", f"the answer cannot be had as {task.accept}: the service description lists the formats"
        )
    return Answer(media_type, sink.getvalue(), version.number)


def _written(found: query.Answer, accept: str, sink: _Sink) -> str | None:
    """Write what was found as the client wants it, and say how; None where it accepts nothing that there is."""
    if isinstance(found, ox.QueryTriples):
        if graph := negotiation.choose(accept, negotiation.GRAPHS):
            found.serialize(sink, graph)
            return negotiation.media_type(graph)
    elif table := negotiation.choose(accept, negotiation.TABLES):
        found.serialize(sink, table)
        return negotiation.media_type(table)
    return None


def _run(graph: ox.Store, task: Task) -> query.Answer:
    if task.default_graphs or task.named_graphs:
        return graph.query(
            task.text,
            default_graph=[ox.NamedNode(iri) for iri in task.default_graphs],
            named_graphs=[ox.NamedNode(iri) for iri in task.named_graphs],
        )
    return graph.query(task.text, use_default_graph_as_union=not guard.names_dataset(task.text))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)


def _limit_memory(more: int | None) -> None:
    """Let the process take no more than so many bytes beyond what it has, or as many as it likes."""
    if sys.platform != "linux":
        return  # elsewhere the limit on the address space does not hold
    import resource

    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limit = resource.RLIM_INFINITY if more is None else pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
