"""The processes that answer queries, forked so that each is made in milliseconds and those of one version share it.

The first has imported all that is needed, its children hold one version each, and their children answer queries and
are ended at their limits. The first runs as `python -m kg.prefork HOME LIMITS`; its standard input is a socket that
brings the others.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg import sandbox, store, worker
from kg.home import Home
from kg.worker import Limits
from ontology.errors import KgError

#: Where the processes of a version have its graph: read from disk, which is at hand at once, or held in memory.
Place = Literal["disk", "memory"]

#: How much more a graph takes in memory than its snapshot on disk.
_GROWTH = 2.5
_PLACES: dict[bytes, Place] = {b"d": "disk", b"m": "memory"}
_LOOK = 0.5  # seconds after which a process notices that its parent has died


def command(home: Home, limits: Limits) -> list[str]:
    """The command that starts the first process."""
    values = {name: getattr(limits, name) for name in limits.__slots__}
    return [sys.executable, "-P", "-m", "kg.prefork", str(home.path), json.dumps(values)]


def ask(control: socket.socket, end: socket.socket, place: Place = "disk") -> None:
    """Have a process forked that talks through that end of a pair of sockets, which is closed here."""
    code = next(code for code, each in _PLACES.items() if each == place)
    socket.send_fds(control, [code], [end.fileno()])
    end.close()


def fits(path: Path, limits: Limits) -> bool:
    """Whether the graph of that snapshot may be held in memory."""
    size = sum(each.stat().st_size for each in path.iterdir())
    return size * _GROWTH <= limits.hold * worker.MEGABYTE


def main(home: Home, limits: Limits) -> None:
    """Fork a process that opens the current version for every socket that comes in."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how children ended: the system clears them away
    with socket.socket(fileno=0) as control:
        _fork_for_each(control, lambda end, place: _hold(home, limits, (end, place)))


def _fork_for_each(control: socket.socket, life: Callable[[socket.socket, Place], None]) -> None:
    """Fork a process that lives that life for every socket that comes in, until the control closes."""
    gc.collect()
    gc.freeze()  # or else collecting would write to, and so copy, the memory that is shared
    while True:
        try:
            code, handles, _, _ = socket.recv_fds(control, 1, 1)
        except ConnectionResetError:
            return
        if not handles:
            return
        with socket.socket(fileno=handles[0]) as end:
            if os.fork() == 0:
                control.close()
                with suppress(BrokenPipeError):  # who asked has left meanwhile
                    life(end, _PLACES[code])
                os._exit(0)


def _hold(home: Home, limits: Limits, asked: tuple[socket.socket, Place]) -> None:
    """Take the current version, say which it is, or why there is none, and fork processes that query it."""
    control, place = asked
    try:
        version = store.current(home)
        graph = version.path / "graph"
        held = _loaded(graph) if place == "memory" else None
    except (KgError, OSError, ValueError, SyntaxError) as error:
        control.sendall(worker.packed({"error": f"the graph cannot be read: {error}"}))
        return
    control.sendall(worker.packed({"version": version.number}))
    parent = os.getpid()
    _fork_for_each(control, lambda end, _: _query(held, graph, (parent, home.base, limits), end))


def _loaded(graph: Path) -> ox.Store:
    """The graph in memory; another process reads the snapshot, as its threads would not outlive a fork."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _dump(graph, writing)
    os.close(writing)
    held = ox.Store()
    with open(reading, "rb") as stream:
        held.bulk_load(stream, format=ox.RdfFormat.N_QUADS, lenient=True)
    if os.waitpid(child, 0)[1] != 0:
        raise OSError(f"{graph} is damaged; `kg build` makes it anew")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    return held


def _dump(graph: Path, pipe: int) -> None:
    with open(pipe, "wb") as stream:
        try:
            ox.Store.read_only(str(graph)).dump(stream, ox.RdfFormat.N_QUADS)
        except (OSError, ValueError, RuntimeError):
            os._exit(1)
    os._exit(0)


def _query(held: ox.Store | None, path: Path, served: tuple[int, str, Limits], end: socket.socket) -> None:
    """Answer queries, shut off from everything but the graph and the socket."""
    parent, base, limits = served
    try:
        graph = held if held is not None else ox.Store.read_only(str(path))
    except (OSError, ValueError, RuntimeError) as error:  # a damaged snapshot is the last of them
        end.sendall(worker.packed({"error": f"{path}: the graph cannot be read: {error}; `kg build` makes it anew"}))
        return
    end.sendall(worker.packed({"pid": os.getpid()}))
    sandbox.limit_memory(limits.memory)
    sandbox.shut("reading" if held is None else "none")
    _end_with(parent)
    worker.serve(graph, base, limits.answer, end.fileno())


def _end_with(parent: int) -> None:
    """End this process once its parent has ended, also in the middle of a query."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    main(Home(Path(sys.argv[1])), Limits(**json.loads(sys.argv[2])))
