"""A web server of a test's own on this machine, whose pages and manners the test sets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: Answers a request itself.
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """Pages by path: media type and body, or what answers; `asked` holds path and headers of each request."""

    port: int = 0
    pages: dict[str, tuple[str, bytes] | Answer] = field(default_factory=dict)
    posts: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {name.casefold(): value for name, value in self.headers.items()}))
            page = site.pages.get(self.path)
            if page is None:
                reply(self, b"nothing here", "text/plain", 404)
            elif callable(page):
                page(self)
            else:
                reply_known(self, page[1], page[0])

        def do_POST(self) -> None:
            answer = site.posts.get(self.path)
            if answer is None:
                reply(self, b"nothing here", "text/plain", 404)
            else:
                answer(self)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def reply_known(request: BaseHTTPRequestHandler, body: bytes, media_type: str) -> None:
    """The page, or that the asker has it already."""
    tag = f'"{hash(body)}"'
    if request.headers.get("If-None-Match") == tag:
        request.send_response(304)
        request.end_headers()
    else:
        reply(request, body, media_type, ETag=tag)


def reply(request: BaseHTTPRequestHandler, body: bytes, media_type: str, status: int = 200, **headers: str) -> None:
    request.send_response(status)
    for name, value in {"Content-Type": media_type, "Content-Length": str(len(body)), **headers}.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)
