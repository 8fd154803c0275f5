"""The explorer as its readers meet it: in a headless browser, on a home of any size; see README.md."""

from __future__ import annotations

import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from playwright.sync_api import Browser, Page, sync_playwright
from serving import Server

from kg.explorer.snapshot import Snapshot
from kg.home import Home
from kg.store import current

ROOT = Path(__file__).parents[1]
WAIT = 60_000
#: What each action may take at the median and, where told, at the 95th percentile, in seconds.
TARGETS = {
    "deep link to picture": (2.0, None),
    "click to panel": (0.35, 0.8),
    "expand": (1.0, None),
    "search suggestion": (0.3, None),
    "page change": (1.0, None),
}
_PAGES = ("Deals", "Market", "Dossier", "Query", "Explore")
_DRAWN = "[data-drawn]"


@contextmanager
def explorer(home: Path) -> Iterator[Server]:
    """The explorer of a home in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "KG_HOME": str(home)}, stdout=subprocess.DEVNULL
    ) as it:
        try:
            yield Server(f"http://127.0.0.1:{port}", it.pid)
        finally:
            it.terminate()


@contextmanager
def browsing() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu"]
        with playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options) as browser:
            yield browser


def timed(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def opened(page: Page, address: str, entity: str) -> None:
    page.goto(f"{address}/?e={entity}")
    page.wait_for_selector(_DRAWN, timeout=WAIT)


_CANVAS = "[...document.querySelectorAll('*')].map((e) => e.shadowRoot?.querySelector('[data-drawn]')).find(Boolean)"
#: An entity that the panel does not tell of and that a click reaches: in the picture, below no tool, node or line.
_SOME_NODE = f"""([seed, told]) => {{
  const canvas = {_CANVAS};
  const [cy, box] = [canvas.drawing.cy, canvas.getBoundingClientRect()];
  const reached = (node) => {{
    const at = [box.x + node.renderedPosition().x, box.y + node.renderedPosition().y];
    const above = canvas.getRootNode().elementFromPoint(...at);
    const hit = cy.renderer().findNearestElement(...cy.renderer().projectIntoViewport(...at), true, false);
    return canvas.contains(above) && hit?.same(node);
  }};
  const all = cy.nodes().filter((node) => !node.data("event") && node.data("name") !== told.trim() && reached(node));
  if (all.empty()) return null;
  const node = all[Math.floor(seed * all.length)];
  return {{x: box.x + node.renderedPosition().x, y: box.y + node.renderedPosition().y}};
}}"""
_TITLE = "document.querySelector('.st-key-panel h2')?.innerText"


def click_node(page: Page, chance: random.Random) -> None:
    """Clicks an entity that is drawn, and waits until the panel tells of it."""
    page.wait_for_selector(_DRAWN, timeout=WAIT)
    before = page.evaluate(_TITLE)
    found = page.evaluate(_SOME_NODE, [chance.random(), before])
    if found is None:
        raise RuntimeError(f"{page.url}: no entity but {before!r} can be clicked")
    page.mouse.click(found["x"], found["y"])
    page.wait_for_function(f"(before) => {_TITLE} !== before", arg=before, timeout=WAIT)


def expand(page: Page) -> None:
    """Unfolds the node that is picked, and waits until it is drawn."""
    drawn = page.locator(_DRAWN).get_attribute("data-drawn")
    page.locator("button[data-tool=expand]").click()
    page.wait_for_function(f"(drawn) => {_CANVAS}.dataset.drawn !== drawn", arg=drawn, timeout=WAIT)


def search(page: Page, name: str) -> float:
    """Types the beginning of a name; from the last key to the suggestions for it, in seconds."""
    box = page.get_by_role("combobox").first
    box.click()
    box.press_sequentially(name[:-1], delay=60)
    page.wait_for_timeout(400)

    def last() -> None:
        page.keyboard.type(name[-1])
        page.wait_for_function(
            "(typed) => [...document.querySelectorAll('*')].map((e) => e.shadowRoot?.querySelector('.hits'))"
            ".find(Boolean).dataset.answers === typed",
            arg=name,
            timeout=WAIT,
        )

    taken = timed(last)
    page.keyboard.press("Escape")
    return taken


def change_page(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_url("**/" + ("" if name == "Explore" else name.casefold()) + "*", timeout=WAIT)
    signs = ".stMainBlockContainer :is(.kg-head, .kg-tiles, .kg-sub)"
    page.wait_for_selector(signs, timeout=WAIT)


def alone(browser: Browser, address: str, names: dict[str, str], rounds: int) -> dict[str, list[float]]:
    """The times of one reader on a warm server, action by action."""
    times: dict[str, list[float]] = {name: [] for name in TARGETS}
    chance, entities = random.Random(3), list(names)
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    opened(page, address, entities[0])
    for each in entities[1 : rounds + 1]:
        times["deep link to picture"].append(timed(lambda each=each: opened(page, address, each)))
        page.wait_for_timeout(300)
        for _ in range(2):
            times["click to panel"].append(timed(lambda: click_node(page, chance)))
            page.wait_for_timeout(200)
        times["expand"].append(timed(lambda: expand(page)))
        times["search suggestion"].append(search(page, names[each][:5].strip()))
    for _ in range(max(2, rounds // 4)):
        for name in _PAGES:
            times["page change"].append(timed(lambda name=name: change_page(page, name)))
            page.wait_for_timeout(500)
    page.context.close()
    return times


def together(address: str, entities: list[str], *, readers: int, seconds: float) -> list[float]:
    """The times of clicks of several readers, each with a browser context of its own, acting every ten seconds."""
    times: list[float] = []
    with browsing() as browser:
        pages = [browser.new_context(viewport={"width": 1440, "height": 900}).new_page() for _ in range(readers)]
        for page, entity in zip(pages, entities, strict=False):
            opened(page, address, entity)
        chance, end = random.Random(5), time.monotonic() + seconds
        while time.monotonic() < end:
            for page in pages:
                began = time.monotonic()
                times.append(timed(lambda page=page: click_node(page, chance)))
                time.sleep(max(0.0, 10 / readers - (time.monotonic() - began)))
    return times


def _well_connected(home: Home, count: int) -> dict[str, str]:
    """Companies by their names in addresses, from all over the ranks of how connected they are."""
    with current(home) as version:
        snapshot = Snapshot.read(version, home.base)
        companies = snapshot.of_type("Company")
        click.echo(
            f"{len(snapshot.store):,} triples, {len(snapshot.entities):,} entities, {len(snapshot.events):,} events"
        )
    chosen = companies[: len(companies) // 4 : max(1, len(companies) // 4 // count)]
    return {entity.iri.removeprefix(home.base): entity.label for entity in chosen[:count]}


def _told(name: str, times: list[float], factor: float = 1.0) -> str:
    half, high = statistics.median(times), sorted(times)[int(0.95 * (len(times) - 1))]
    median, late = TARGETS[name]
    good = half <= factor * median and (late is None or high <= factor * late)
    aim = f"{factor * median:g}" + (f" / {factor * late:g}" if late else "")
    return f"{name:24} {half:6.2f} {high:6.2f}   {aim:12} {'ok' if good else 'MISSED'}  ({len(times)})"


@click.command()
@click.argument("home", type=click.Path(path_type=Path, exists=True))
@click.option("--rounds", default=12, show_default=True, help="Entities that are opened.")
@click.option("--readers", default=10, show_default=True, help="Browser contexts that act at a time; 0 for none.")
@click.option("--seconds", default=60.0, show_default=True, help="How long they act.")
def main(home: Path, rounds: int, readers: int, seconds: float) -> None:
    """Time the explorer of HOME in a browser."""
    names = _well_connected(Home(home), rounds + 1)
    with explorer(home) as server:
        with browsing() as browser:
            page = browser.new_page()
            first = timed(lambda: _first(page, server.address, next(iter(names))))
            click.echo(f"first picture after the start: {first:.1f} s")
            page.close()
            times = alone(browser, server.address, names, rounds)
        click.echo(f"{'seconds':24} {'p50':>6} {'p95':>6}   {'aim':12}")
        for name, found in times.items():
            click.echo(_told(name, found))
        click.echo(f"memory of the server: {server.memory()} MB (aim 1200)")
        if readers:
            cpu = os.times()
            found = together(server.address, list(names), readers=readers, seconds=seconds)
            click.echo(f"{readers} readers, each acting every ten seconds:")
            click.echo(_told("click to panel", found, factor=2.0))
            used = os.times().children_user + os.times().children_system - cpu.children_user - cpu.children_system
            click.echo(f"processor time of the browsers: {used:.0f} s; memory of the server: {server.memory()} MB")


def _first(page: Page, address: str, entity: str) -> None:
    for _ in range(200):
        try:
            opened(page, address, entity)
        except Exception as error:  # the server is not up yet
            if "ERR_CONNECTION_REFUSED" not in str(error):
                raise
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    main()
