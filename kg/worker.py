"""Runs foreign queries in processes of their own, which are ended at their limits; does not speak HTTP."""

from __future__ import annotations

import asyncio
import io
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from kg import guard, negotiation, query, store
from kg.home import Home
from ontology.errors import KgError

if TYPE_CHECKING:
    from typing_extensions import Buffer

#: How long a new process may take to open the graph, in seconds.
STARTUP = 60.0
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


class Pool:
    """Processes that each run one query at a time on the current version; to be used in one event loop."""

    def __init__(self, home: Home, limits: Limits) -> None:
        self._home, self.limits = home, limits
        self._threads = ThreadPoolExecutor(limits.workers, thread_name_prefix="query")
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[_Worker | None] = set()

    def start(self) -> None:
        """Start all processes; they open the graph in the background."""
        for _ in range(self.limits.workers):
            self._release(None)

    def stop(self) -> None:
        """End all processes, also those that still run a query."""
        for worker in self._all:
            if worker:
                worker.end()
        self._threads.shutdown()

    async def run(self, task: Task) -> Answer | Failure:
        """The answer of the task, or why there is none; waits for a free process no longer than a query may run."""
        try:
            worker = await asyncio.wait_for(self._idle.get(), self.limits.seconds)
        except TimeoutError:
            return Failure("busy", f"all {self.limits.workers} query processes are at work: try again in a moment")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, worker.ask, task)
        except asyncio.CancelledError:
            worker.end()
            raise
        finally:
            self._release(worker)

    def _release(self, worker: _Worker | None) -> None:
        if worker is None or worker.ended:
            self._all -= {worker}
            worker = _Worker(self._home, self.limits)
            self._all.add(worker)
        self._idle.put_nowait(worker)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, home: Home, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self._limits = limits
        self._pipe, end = context.Pipe()
        self._process = context.Process(target=_serve, args=(end, home.path, limits), daemon=True, name="kg query")
        self._process.start()
        end.close()
        self._ready = False
        self.ended = False

    def ask(self, task: Task) -> Answer | Failure:
        try:
            if not self._ready and (failure := self._opened()):
                return failure
            self._pipe.send(task)
            if self._pipe.poll(self._limits.seconds):
                reply: Answer | Failure = self._pipe.recv()
                return reply
        except (EOFError, OSError):
            return self._died()
        self.end()
        return Failure("time", f"the query was stopped after {self._limits.seconds:g} seconds: ask for less")

    def end(self) -> None:
        self.ended = True
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _opened(self) -> Failure | None:
        if not self._pipe.poll(STARTUP):
            self.end()
            return Failure("unavailable", f"the graph could not be opened within {STARTUP:g} seconds: try again")
        failure: Failure | None = self._pipe.recv()
        self._ready = failure is None
        if failure:
            self.end()
        return failure

    def _died(self) -> Failure:
        self.end()
        memory = self._limits.memory
        return Failure(
            "memory", f"the query needed more than the {memory} MB of memory that it may use: ask for less"
        )


def _serve(pipe: Connection, path: Path, limits: Limits) -> None:
    """The life of a query process: open the current version, then answer until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    home = Home(path)
    try:
        version = store.current(home)
    except KgError as error:
        pipe.send(Failure("unavailable", str(error)))
        return
    _limit_memory(limits.memory * MEGABYTE)
    pipe.send(None)
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            version = _newest(home, version)
            pipe.send(_answer(version, task, limits))
        except KgError as error:
            pipe.send(Failure("unavailable", str(error)))
        except MemoryError:
            os._exit(1)


def _newest(home: Home, version: store.Version) -> store.Version:
    newest = store.current(home)
    older = newest if newest.number == version.number else version
    older.close()
    return version if older is newest else newest


def _answer(version: store.Version, task: Task, limits: Limits) -> Answer | Failure:
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


def _limit_memory(size: int) -> None:
    if sys.platform != "linux":
        return  # elsewhere the limit on the address space does not hold
    import resource

    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limit = pages * resource.getpagesize() + size
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
