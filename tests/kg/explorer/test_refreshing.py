"""A refresh while people and tools are at work: endpoint, explorer and refresh as the processes they are."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import servers
from browsing import CHROMIUM, WAIT, browsing, serving, visiting

from kg import home, store
from kg.home import Home

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: the browser tests need one")

#: Seconds in which a version that is published must be seen.
SEEN = 5.0
FIRST = "Orvane Systems Inc has acquired Tessaly Labs Ltd for USD 40 million."
SECOND = "Orvane Systems Inc and Brindle Mowers Ltd have announced a partnership."
COUNT = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <https://w3id.org/ci-kg#Document> }"
NOTE = "The graph has news."


@pytest.fixture
def place(tmp_path: Path) -> Home:
    """A home that follows a folder and has taken in one release of it."""
    made = home.make(tmp_path / "home")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "first.txt").write_text(FIRST, "utf-8")
    (made.path / "feeds.toml").write_text('[[source]]\nfolder = "../news"\n', "utf-8")
    refreshed(made)
    return made


def refreshed(place: Home) -> None:
    command = [sys.executable, "-m", "kg.cli", "--home", str(place.path), "refresh"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@contextmanager
def asking(client: httpx.Client, answers: list[tuple[int, str]]) -> Iterator[None]:
    """Asks without end how many documents there are, and notes each answer."""
    done = threading.Event()

    def ask() -> None:
        while not done.wait(0.05):
            answer = client.get("/sparql", params={"query": COUNT}, headers={"Accept": "text/csv"})
            answers.append((answer.status_code, answer.text.split()[-1]))

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def published(place: Home, before: int | None) -> float:
    """The moment at which another version than that one is published."""
    end = time.monotonic() + 60
    while store.pointer(place) == before:
        assert time.monotonic() < end
        time.sleep(0.02)
    return time.monotonic()


def test_a_refresh_is_seen_by_the_endpoint_and_the_explorer_that_run(place: Home) -> None:
    """Within five seconds of its publication, with no failed query and no error on the page in between."""
    answers: list[tuple[int, str]] = []
    with (
        servers.serving(place) as (address, _),
        serving(place.path) as explorer,
        httpx.Client(base_url=address, timeout=20) as client,
        browsing() as browser,
        visiting(browser, explorer) as visit,
    ):
        visit.open("/?e=organization/orvane-systems")
        visit.canvas.wait_for(timeout=WAIT)
        assert not visit.page.get_by_text("Brindle Mowers").count()
        (place.path.parent / "news" / "second.txt").write_text(SECOND, "utf-8")
        before = store.pointer(place)
        with asking(client, answers):
            refresh = threading.Thread(target=refreshed, args=(place,))
            refresh.start()
            at = published(place, before)
            visit.page.get_by_text(NOTE).wait_for(timeout=SEEN * 1000)
            time.sleep(max(0.0, at + SEEN - time.monotonic()))
            seen = client.get("/health").json()["version"]
            refresh.join()
        assert seen == store.pointer(place)
        assert answers[-1] == (200, "2")
        assert set(answers) == {(200, "1"), (200, "2")}
        visit.page.get_by_role("button", name="Show them").click()
        visit.page.get_by_text("Brindle Mowers").first.wait_for(timeout=WAIT)
