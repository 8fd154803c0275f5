"""Answers one foreign query at a time on a graph that is open already; `kg.prefork` makes the process it runs in."""

from __future__ import annotations

import io
import json
import os
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from kg import guard, negotiation, query
from kg.remote import Remote

if TYPE_CHECKING:
    from typing_extensions import Buffer

MEGABYTE = 1 << 20
#: Lengths of head and body, before a message.
LENGTHS = struct.Struct("!IQ")

Reason = Literal["invalid", "refused", "missing", "format", "size", "time", "memory", "busy", "unavailable"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use: seconds, megabytes of memory, bytes of answer; and how many run, and wait, at a time.

    `hold` is how many megabytes a graph may take to be held in memory; larger ones are read from disk.
    """

    seconds: float = 30.0
    memory: int = 2048
    answer: int = 64 * MEGABYTE
    workers: int = 2
    queue: int = 64
    hold: int = 4096


@dataclass(frozen=True, slots=True)
class Task:
    """A query, what its answer may look like (an Accept header), and the graphs that the request names.

    Where the answer is an empty graph, `required` makes that a failure: what was asked for does not exist.
    """

    text: str
    accept: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    required: bool = False


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


_Found = ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]


class _TooLargeError(Exception):
    """An answer beyond its limit."""


class _NothingError(Exception):
    """An empty graph where there must be something."""


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


def packed(head: object, body: bytes = b"") -> bytes:
    """A message to or from a query process: its head as JSON, which runs no code when it is read, and its body."""
    text = json.dumps(head).encode()
    return LENGTHS.pack(len(text), len(body)) + text + body


def asked(task: Task) -> bytes:
    """The message that asks for a task."""
    return packed(asdict(task))


def told(head: bytes, body: bytes, version: int) -> Answer | Failure:
    """What the message of a query process says."""
    found = json.loads(head)
    if "reason" in found:
        return Failure(found["reason"], found["detail"])
    return Answer(found["media_type"], body, version)


def serve(graph: ox.Store, base: str, limit: int, pipe: int) -> None:
    """Answer tasks from the pipe until it closes; each answer has `limit` bytes at most.

    Plain reads and writes, as the process can no longer receive or send on sockets.
    """
    while (lengths := _read(pipe, LENGTHS.size)) is not None:
        text = _read(pipe, LENGTHS.unpack(lengths)[0])
        if text is None:
            return
        found = json.loads(text)
        for graphs in ("default_graphs", "named_graphs"):
            found[graphs] = tuple(found[graphs])
        try:
            reply = answer(graph, Task(**found), base, limit)
        except MemoryError:
            os._exit(1)
        _write(pipe, reply)


def answer(graph: ox.Store | Remote, task: Task, base: str, limit: int) -> bytes:
    """The message that answers a task, or says why it cannot be."""
    sink = _Sink(limit)
    try:
        media_type = _written(_run(graph, task, base), task, sink)
    except _TooLargeError:
        return _failed("size", f"the answer is larger than {limit} bytes: add LIMIT, or ask for less")
    except _NothingError:
        return _failed("missing", "there is no such graph or resource here")
    except (SyntaxError, ValueError) as error:
        return _failed("invalid", str(error))
    except TimeoutError as error:
        return _failed("time", str(error))
    except (OSError, RuntimeError) as error:  # the engine tells of damaged files by the latter
        return _failed("unavailable", f"the graph cannot be read: {error}; `kg build` makes it anew")
    if media_type is None:
        told = f"the answer cannot be had as {task.accept}: the service description lists the formats"
        return _failed("format", told)
    return packed({"media_type": media_type}, sink.getvalue())


def _failed(reason: Reason, detail: str) -> bytes:
    return packed({"reason": reason, "detail": detail})


def _written(found: _Found, task: Task, sink: _Sink) -> str | None:
    """Write what was found as the client wants it, and say how; None where it accepts nothing that there is."""
    if isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
        if table := negotiation.choose(task.accept, negotiation.TABLES):
            found.serialize(sink, table)
            return negotiation.media_type(table)
    elif graph := negotiation.choose(task.accept, negotiation.GRAPHS):
        ox.serialize(_existing(found) if task.required else found, sink, graph, prefixes=query.PREFIXES)
        return negotiation.media_type(graph)
    return None


def _existing(found: Iterator[ox.Triple]) -> Iterator[ox.Triple]:
    first = next(found, None)
    if first is None:
        raise _NothingError
    return chain([first], found)


def _run(graph: ox.Store | Remote, task: Task, base: str) -> _Found:
    if task.default_graphs or task.named_graphs:
        return graph.query(
            task.text,
            base_iri=base,
            default_graph=[ox.NamedNode(iri) for iri in task.default_graphs],
            named_graphs=[ox.NamedNode(iri) for iri in task.named_graphs],
        )
    return graph.query(task.text, base_iri=base, use_default_graph_as_union=not guard.names_dataset(task.text))


def _read(pipe: int, size: int) -> bytes | None:
    """So many bytes, or None where the pipe has closed."""
    pieces = bytearray()
    while len(pieces) < size:
        try:
            piece = os.read(pipe, size - len(pieces))
        except ConnectionResetError:
            return None
        if not piece:
            return None
        pieces += piece
    return bytes(pieces)


def _write(pipe: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(pipe, rest) :]
