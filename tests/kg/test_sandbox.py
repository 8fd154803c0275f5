from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import sandbox
from kg.turns import Turns
from kg.worker import Failure, Limits, Task

needs_filter = pytest.mark.skipif(not sandbox.available(), reason="this system or processor has no seccomp filter")

ATTEMPTS = {
    "socket": "socket.socket()",
    "socket pair": "socket.socketpair()",
    "use of a socket that is open": "held.connect(('127.0.0.1', {port}))",
    "fork": "os.fork()",
    "program": "os.execv('/bin/true', ['true'])",
    "signal": "os.kill(os.getppid(), 0)",
    "reading a file": "open(__file__)",
    "writing a file": "open('{file}', 'w')",
    "removing a file": "os.unlink(__file__)",
    "making a directory": "os.mkdir('{file}')",
    "another machine's query": (
        "list(store.query('SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}'))"
    ),
    "loading an address": "store.update('LOAD <http://127.0.0.1:{port}/>')",
    "loading a file": "store.load(path=__file__, format=ox.RdfFormat.TURTLE)",
}
SCRIPT = """
import os, socket
import pyoxigraph as ox
from kg import sandbox

store, held = ox.Store(), socket.socket()
store.update("INSERT DATA {{ <a:a> <a:b> 1 }}")
{shut}
try:
    {attempt}
    print("done")
except OSError as error:
    print("refused" if "ermitted" in str(error) or "ermission" in str(error) else f"failed: {{error}}")
print(len(list(store.query("SELECT * {{ ?s ?p ?o }}"))))
"""


@contextmanager
def listening() -> Iterator[tuple[int, list[bool]]]:
    """A port of this machine, and a list that gets an entry for each connection to it."""
    heard: list[bool] = []

    def listen(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            heard.append(True)
            connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1], heard
        listener.shutdown(socket.SHUT_RDWR)


def ran(script: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "attempt.py"
    path.write_text(script, "utf-8")
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@needs_filter
@pytest.mark.parametrize("name", ATTEMPTS)
def test_the_filter_alone_shuts_every_way_out(name: str, tmp_path: Path) -> None:
    """Without any look at what is asked, nothing gets out, and the graph is still read."""
    with listening() as (port, heard):
        attempt = ATTEMPTS[name].format(port=port, file=tmp_path / "new")
        told = ran(SCRIPT.format(shut="assert sandbox.shut('none')", attempt=attempt), tmp_path)
        assert told[0] != "done"
        assert told[-1] == "1"
        assert heard == []
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["another machine's query", "loading an address"])
def test_what_the_filter_holds_back_would_be_heard_without_it(name: str, tmp_path: Path) -> None:
    """The listener hears what a process does that is not shut."""
    with listening() as (port, heard):
        ran(SCRIPT.format(shut="", attempt=ATTEMPTS[name].format(port=port, file="")), tmp_path)
        assert heard


@needs_filter
def test_a_process_that_reads_from_disk_may_read_and_no_more(tmp_path: Path) -> None:
    """The snapshot's files are opened late, and only for reading."""
    graph = tmp_path / "graph"
    ox.Store(str(graph)).update("INSERT DATA { <a:a> <a:b> 1 }")
    opening = f"store = ox.Store.read_only({str(graph)!r}); assert sandbox.shut('reading')"
    for attempt, expected in (
        ("open(__file__)", "done"),
        (f"open({str(tmp_path / 'new')!r}, 'w')", "refused"),
        ("open(__file__, 'r+')", "refused"),
        ("socket.socket()", "refused"),
    ):
        assert ran(SCRIPT.format(shut=opening, attempt=attempt), tmp_path) == [expected, "1"]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
        "LOAD <http://127.0.0.1:{port}/>",
        "LOAD <file:///etc/passwd>",
        "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    ],
)
def test_the_reading_of_queries_alone_refuses_calls_and_updates(text: str) -> None:
    """No engine sees them, so it does not matter what it would do."""

    class Open(Turns):
        async def _run(self, task: Task) -> Failure:
            return Failure("unavailable", f"an engine was asked {task.text}")

    with listening() as (port, heard):
        reply = asyncio.run(Open(Limits()).run(Task(text.format(port=port), "*/*")))
        assert isinstance(reply, Failure)
        assert (reply.reason, heard) == ("refused", [])


@needs_filter
def test_threads_still_start_and_the_memory_is_bounded(tmp_path: Path) -> None:
    """What a query process needs for itself goes on; what is more than its memory does not."""
    script = SCRIPT.replace("except OSError", "except (OSError, MemoryError)").format(
        shut="import threading; sandbox.limit_memory(200); assert sandbox.shut('none')",
        attempt="each = threading.Thread(target=print, args=('thread',)); each.start(); each.join(); bytes(9**9)",
    )
    assert ran(script, tmp_path)[0] == "thread"
    assert "done" not in ran(script, tmp_path)
