"""The explorer in a real browser: its server process, and a page that fails on errors and on requests elsewhere."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, ViewportSize, sync_playwright

ROOT = Path(__file__).parents[3]
SCREENSHOTS = ROOT / "dist" / "screenshots"
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
WAIT = 20_000

#: Streamlit looks for its own address by trial when a page other than the first is opened.
_PROBES = ("/_stcore/health", "/_stcore/host-config")


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The explorer of a home as a process of its own; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    environment = {**os.environ, "KG_HOME": str(home)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _await(address)
            yield address
        finally:
            process.terminate()


def _await(address: str) -> None:
    for _ in range(200):
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310 # our own process
                return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(f"the explorer did not start at {address}")


@contextmanager
def browsing() -> Iterator[BrowserContext]:
    """A browser that finds no host but this machine, and that keeps what it has loaded from page to page."""
    options = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=options) as browser,
        browser.new_context() as context,
    ):
        yield context


@dataclass
class Visit:
    """A page of the explorer, and what went wrong on it."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    @property
    def canvas(self) -> Locator:
        return self.page.locator("[data-drawn]")

    def drawing(self, script: str, *values: Any) -> Any:
        """The result of a JavaScript function of the cytoscape instance and of the values."""
        self.canvas.wait_for(timeout=WAIT)
        return self.canvas.evaluate(f"(element, values) => ({script})(element.drawing.cy, ...values)", list(values))

    def place(self, id_: str) -> tuple[float, float]:
        """Where a node or edge is on the screen."""
        at = self.drawing(
            "(cy, id) => { const e = cy.getElementById(id); const p = e.isNode() ? e.renderedPosition() :"
            " e.renderedMidpoint(); const box = cy.container().getBoundingClientRect();"
            " return [box.x + p.x, box.y + p.y]; }",
            id_,
        )
        return at[0], at[1]

    def state(self) -> dict[str, Any]:
        """Zoom, pan and the position of each node."""
        found: dict[str, Any] = self.drawing(
            "(cy) => ({zoom: cy.zoom(), pan: cy.pan(),"
            " nodes: Object.fromEntries(cy.nodes().map((n) => [n.id(), n.position()]))})"
        )
        return found

    def screenshot(self, name: str) -> None:
        """Kept as build output, to be looked at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


@contextmanager
def visiting(
    browser: BrowserContext, address: str, *, width: int = 1440, height: int = 1000, dark: bool = False
) -> Iterator[Visit]:
    """A visit on a page of its own; when it ends, no error may have been logged and nothing asked of another host."""
    with browser.new_page() as page:
        visit = Visit(page, address)

        def logged(message: ConsoleMessage) -> None:
            probe = str(message.location.get("url", "")).endswith(_PROBES)
            if message.type in ("error", "warning") and not probe:
                visit.complaints.append(f"{message.type}: {message.text}")

        def asked(request: Request) -> None:
            if not request.url.startswith((address, "data:", "blob:")):
                visit.complaints.append(f"asked for {request.url}")

        page.set_viewport_size(ViewportSize(width=width, height=height))
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.on("console", logged)
        page.on("pageerror", lambda error: visit.complaints.append(f"exception: {error}"))
        browser.on("request", asked)  # those of windows that a page opens, too
        try:
            yield visit
        finally:
            browser.remove_listener("request", asked)

        assert visit.complaints == []
