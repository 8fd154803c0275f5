"""Killed processes, full and broken disks, clocks that go back: nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import adding
import httpx
import pytest
from samples import fill
from servers import serving

from kg import entries, projection, publish, query, store
from kg import home as homes
from kg.home import Home

CI = "https://w3id.org/ci-kg#"
DOCUMENTS = f"SELECT (COUNT(DISTINCT ?d) AS ?n) {{ ?d a <{CI}Document> }}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PROC = Path("/proc")
needs_proc = pytest.mark.skipif(not PROC.is_dir(), reason="this system lists no processes in /proc")


@pytest.fixture
def place(tmp_path: Path) -> Home:
    home = homes.make(tmp_path / "home")
    fill(home, [adding.document(number) for number in range(3)])
    return home


def counted(client: httpx.Client) -> str:
    answer = client.get("/sparql", params={"query": DOCUMENTS}, headers={"Accept": "text/csv"})
    return answer.text.split()[1] if answer.status_code == 200 else answer.text


def below(process: int) -> Iterator[int]:
    """The processes that a process has started, and theirs, the nearest first."""
    for child in (PROC / f"{process}/task/{process}/children").read_text().split():
        yield int(child)
    for child in (PROC / f"{process}/task/{process}/children").read_text().split():
        yield from below(int(child))


@needs_proc
@pytest.mark.parametrize("which", [0, 1, 2], ids=["the first", "the one of a version", "the one that answers"])
def test_a_query_process_that_is_killed_is_replaced(which: int, place: Home) -> None:
    """Whichever of them it is, the next queries are answered, and right."""
    options = ("--workers", "1", "--hold", "0")
    with serving(place, *options) as (address, server), httpx.Client(base_url=address, timeout=60) as client:
        assert counted(client) == "3"
        processes = list(below(server.pid))
        assert len(processes) == 3
        os.kill(processes[which], signal.SIGKILL)
        time.sleep(1)
        answers = [counted(client) for _ in range(3)]

    assert answers[1:] == ["3", "3"]


@needs_proc
def test_a_server_that_is_killed_serves_again_and_the_writer_goes_on(place: Home) -> None:
    """In the middle of queries and of a refresh; all that was acknowledged is in the next answers."""
    with serving(place) as (address, server), httpx.Client(base_url=address, timeout=60) as client:
        counted(client)
        writer = subprocess.Popen(
            [sys.executable, adding.__file__, str(place.path), "3", "4", "5"], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout
        assert writer.stdout.readline() == "ready\n"
        acknowledged = writer.stdout.readline()
        server.kill()
        writer.kill()
        writer.communicate()
    with serving(place) as (address, _), httpx.Client(base_url=address, timeout=60) as client:
        assert acknowledged == "3.txt\n"
        assert int(counted(client)) >= 4


def damage(home: Home) -> None:
    """Overwrite the data files of the current version."""
    graph = home.versions / str(store.pointer(home)) / "graph"
    for path in [*graph.glob("*.sst"), *graph.glob("MANIFEST*")]:
        os.replace(_garbage(path), path)  # as a new file, because snapshots share theirs with the live store


def _garbage(path: Path) -> Path:
    other = path.with_suffix(".other")
    other.write_bytes(b"\xff" * path.stat().st_size)
    return other


def test_a_damaged_version_is_told_and_built_anew(place: Home) -> None:
    """A server that starts on it says what to do; after that it answers without a restart."""
    damage(place)
    with serving(place) as (address, _), httpx.Client(base_url=address, timeout=60) as client:
        told = client.get("/sparql", params={"query": "ASK {}"})
        assert (told.status_code, "kg build" in told.json()["detail"]) == (503, True)
        projection.catch_up(place, anew=True)
        assert counted(client) == "3"


def test_a_damaged_version_does_not_take_the_last_good_one_from_a_server(place: Home) -> None:
    """What answered before answers on, and the next version is taken up."""
    with serving(place) as (address, _), httpx.Client(base_url=address, timeout=60) as client:
        assert counted(client) == "3"
        fill(place, [adding.document(3)])
        damage(place)
        assert counted(client) == "3"
        fill(place, [adding.document(4)])
        projection.catch_up(place, anew=True)
        assert counted(client) == "5"


FULL = """
import resource, sys
from functools import partial
import adding
from kg import ingest
from kg.home import Home
from ontology.errors import KgError

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
inputs = [(f"{n}.txt", partial(adding.document, n)) for n in range(3, 8)]
try:
    for outcome in ingest.keep(Home(sys.argv[1]), inputs):
        print(outcome.name, flush=True)
except (KgError, OSError) as error:
    sys.exit(f"told: {error}")
"""


@pytest.mark.parametrize("size", [4096, 150_000, 220_000])
def test_a_full_disk_loses_nothing_that_was_acknowledged(size: int, place: Home) -> None:
    """Wherever it strikes, in the ledger or in the store; once there is room the same documents go in."""
    script = FULL.replace("Home(sys.argv[1])", "Home(__import__('pathlib').Path(sys.argv[1]))")
    environment = {**os.environ, "PYTHONPATH": f"{Path(adding.__file__).parent}:{os.environ.get('PYTHONPATH', '')}"}
    command = [sys.executable, "-c", script, str(place.path), str(size)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)
    acknowledged = done.stdout.split()
    projection.catch_up(place)
    with store.current(place) as version:
        titles = " ".join(str(quad) for quad in version.store())
    assert all(f'"{name}"' in titles for name in ["0.txt", "1.txt", "2.txt", *acknowledged])
    fill(place, [adding.document(number) for number in range(8)])
    with store.current(place) as version:
        assert query.table(query.run(version, DOCUMENTS)).rows == (("8",),)


def test_a_clock_that_goes_back_changes_nothing(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Versions follow each other by number: the newest is that of the last change, whatever time it bears."""
    before = store.pointer(place)
    for module in (entries, publish):
        monkeypatch.setattr(module, "now", lambda: "1999-12-31T23:59:59Z")
    fill(place, [adding.document(3)])
    after = store.pointer(place)

    assert before is not None
    assert after is not None
    assert after > before
    with store.current(place) as version:
        assert version.info["published"] == "1999-12-31T23:59:59Z"
        assert '"3.txt"' in " ".join(str(quad) for quad in version.store())
