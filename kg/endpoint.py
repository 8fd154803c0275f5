"""The read-only SPARQL endpoint over the published graph; facts come in as documents, not here."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import re
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from kg import access, description, feed, guard, negotiation, protocol, replies, resource, saved, store, terms
from kg.home import Home
from kg.metrics import MEDIA_TYPE, Metrics
from kg.pool import Forwarding, Pool, Turns
from kg.protocol import Message, ProtocolError
from kg.replies import Body
from kg.worker import Answer, Failure, Limits, Task
from ontology.errors import KgError

#: The largest body of a request, in bytes, and how long it may take to come in, in seconds.
LARGEST_REQUEST, SLOWEST_REQUEST = 1 << 20, 30
#: How long answers may still take after the order to stop, in seconds.
GRACE = 2

_JSON = "application/sparql-results+json"
_HTML = "text/html"
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
}
_EDITOR_HEADERS = _PAGE_HEADERS | {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'"
}
_SCRIPTS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}

_Handler = Callable[[Request], Awaitable[Response]]


class EndpointError(KgError):
    """An address that the endpoint cannot listen on."""


class _UnknownError(KgError):
    """An address with nothing behind it."""


def app(home: Home, limits: Limits, token: str | None = None) -> Starlette:
    """The endpoint of a home as an ASGI application; its query processes live as long as it runs.

    With a `token`, only who shows it is answered, /health apart.
    """
    return _Endpoint(home, limits).application(token)


def serve(
    home: Home, limits: Limits, *, host: str, port: int, token: str | None, announce: Callable[[str], None]
) -> None:
    """Serve the endpoint until the process is told to stop; port 0 takes any free one.

    `announce` is called with the address once it can be connected to. Raises EndpointError where it cannot be had.
    """
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise EndpointError(f"{host}:{port}: {error.strerror}; choose another --host or --port") from error
    # Connections inherit it; else head and body of an answer may lie 40 ms apart, as the client's system waits.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    announce(f"http://{_address(listening)}/")
    config = uvicorn.Config(
        app(home, limits, token), log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE
    )
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


class _Endpoint:
    """What the routes share: the query processes, the figures, and the numbers of the current version."""

    def __init__(self, home: Home, limits: Limits) -> None:
        self.home, self.limits = home, limits
        remote = store.remote(home)
        self.pool: Turns = Pool(home, limits) if remote is None else Forwarding(remote, home.base, limits)
        self.metrics = Metrics(self.pool)
        self._published: tuple[int, str] = (0, "")
        self._numbers: tuple[str, str] = ("", "")

    def application(self, token: str | None) -> Starlette:
        reading, all_methods = ["GET", "HEAD"], ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]
        routes = [
            ("/", self.start, reading),
            ("/sparql", self.sparql, ["GET", "HEAD", "POST"]),
            ("/sparql/", self.sparql, ["GET", "HEAD", "POST"]),
            ("/graph-store", self.graph_store, all_methods),
            ("/graph-store/{path:path}", self.graph_store, all_methods),
            ("/queries", self.questions, reading),
            ("/queries/{name}", self.question, reading),
            ("/editor", self.editor, reading),
            ("/yasgui/{name}", self.script, reading),
            ("/style.css", self.style, reading),
            ("/ontology", self.ontology, reading),
            ("/ontology/regions", self.regions, reading),
            ("/changes.atom", self.changed, reading),
            ("/health", self.health, reading),
            ("/metrics", self.figures, reading),
            ("/{path:path}", self.resource, reading),
        ]
        exposed = ["KG-Version", "ETag", "Retry-After"]
        cors = Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["*"],
            expose_headers=exposed,
        )
        return Starlette(
            routes=[Route(path, self._counted(handler), methods=methods) for path, handler, methods in routes],
            middleware=[cors, *([Middleware(access.Guarded, token=token)] if token else [])],
            exception_handlers={HTTPException: _unknown, Exception: _broken},
            lifespan=self._lifespan,
        )

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        self.pool.start()
        yield
        await self.pool.stop()

    def _counted(self, handler: _Handler) -> _Handler:
        """The handler with its errors as problems, counted and timed."""

        @functools.wraps(handler)
        async def counted(request: Request) -> Response:
            started = time.perf_counter()
            response = await self._answered(handler, request)
            self.metrics.count(handler.__name__, response.status_code, time.perf_counter() - started)
            return response

        return counted

    async def _answered(self, handler: _Handler, request: Request) -> Response:
        try:
            return await handler(request)
        except ProtocolError as error:
            return replies.problem(error.status, str(error))
        except _UnknownError as error:
            return replies.problem(HTTPStatus.NOT_FOUND, str(error))
        except ClientDisconnect:
            return Response(status_code=499)  # nobody reads it; the figures do

    async def sparql(self, request: Request) -> Response:
        if request.method != "POST" and not request.url.query:
            return await self._described(request)
        return await self._asked(request, protocol.task(await _message(request)))

    async def graph_store(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            raise ProtocolError(HTTPStatus.FORBIDDEN, protocol.READ_ONLY)
        path = _raw_path(request).removeprefix("/graph-store").removeprefix("/")
        return await self._asked(request, protocol.graph(_reading(request), self.home.base, path))

    async def questions(self, request: Request) -> Response:
        return _page(saved.page(self.home, str(request.url_for("questions"))))

    async def question(self, request: Request) -> Response:
        name, _, ending = request.path_params["name"].partition(".")
        found = saved.questions(self.home).get(name)
        if found is None:
            raise _UnknownError(f"there is no question {name!r}: /queries lists all")
        if ending == "rq":
            return Response(found.text, media_type="application/sparql-query")
        try:
            task = saved.task(found, ending, request.query_params, _accept(request))
        except KgError as error:
            raise ProtocolError(HTTPStatus.BAD_REQUEST, str(error)) from error
        headers = {"Content_Disposition": f'inline; filename="{name}.{ending}"'} if ending else {}
        return await self._asked(request, task, mark=saved.MARK if ending == "csv" else b"", **headers)

    async def resource(self, request: Request) -> Response:
        iri = _iri(self.home.base, _raw_path(request))
        accepted = negotiation.choose(_accept(request), {**dict.fromkeys(negotiation.GRAPHS, ""), _HTML: _HTML})
        if accepted == _HTML and (shown := await self._shown(request, iri)):
            return shown
        accept = "text/turtle" if accepted == _HTML else _accept(request)
        reply = await self._run(request, Task(resource.description(iri), accept, required=True))
        if isinstance(reply, Failure) and reply.reason == "missing":
            reply = await self._run(request, protocol.graph(Message("", accept), iri, iri))
        if isinstance(reply, Failure) and reply.reason == "missing":
            raise _UnknownError(f"{request.url.path}: nothing is known of it; queries go to /sparql, by GET or POST")
        return await self._replied(request, reply, self._tag(request, "", reply))

    async def _shown(self, request: Request, iri: str) -> Response | None:
        reply = await self._run(request, Task(resource.about(iri), _JSON))
        if isinstance(reply, Failure):
            return replies.failed(reply)
        page = resource.page(iri, self.home.base, reply.body)
        return _page(page) if page else None

    async def ontology(self, request: Request) -> Response:
        offered = {"text/turtle": "", **dict.fromkeys(negotiation.GRAPHS, ""), _HTML: _HTML}
        if negotiation.choose(_accept(request), offered) == _HTML:
            return _page(terms.page())
        return await self._constant(request, *terms.data("ci", _accept(request)))

    async def regions(self, request: Request) -> Response:
        return await self._constant(request, *terms.data("regions", _accept(request)))

    async def start(self, request: Request) -> Response:
        return _page(description.page(str(request.url_for("sparql"))))

    async def editor(self, _: Request) -> Response:
        return HTMLResponse(description.editor(saved.questions(self.home)), headers=_EDITOR_HEADERS)

    async def script(self, request: Request) -> Response:
        name = request.path_params["name"]
        content, media_type = description.script(name), _SCRIPTS.get(name.rpartition(".")[2])
        if content is None or media_type is None:
            raise _UnknownError(f"{request.url.path}: there is no such file")
        return await self._constant(request, media_type, content)

    async def style(self, request: Request) -> Response:
        return await self._constant(request, _SCRIPTS["css"], description.style().encode())

    async def changed(self, request: Request) -> Response:
        if not self.home.ledger.exists():
            return replies.problem(HTTPStatus.SERVICE_UNAVAILABLE, "nothing is recorded yet")
        content = await asyncio.to_thread(feed.atom, self.home, str(request.url))
        tag = replies.tag(content)
        if replies.fresh(request, tag):
            return replies.unchanged(tag)
        return await replies.whole(request, replies.Body("application/atom+xml", content, tag))

    async def health(self, _: Request) -> Response:
        try:
            with store.current(self.home) as version:
                return JSONResponse({"status": "ok", "version": version.number, **version.info})
        except (KgError, OSError) as error:
            return replies.problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error))

    async def figures(self, _: Request) -> Response:
        return Response(self.metrics.text(), headers={"Content-Type": MEDIA_TYPE})

    async def _asked(self, request: Request, task: Task, *, mark: bytes = b"", **headers: str) -> Response:
        """The answer of a task, unless the client has it; `mark` is put before it."""
        known = self._tag(request, task.text)
        if guard.volatile(task.text):
            known = ""
        elif replies.fresh(request, known):
            return replies.unchanged(known)
        reply = await self._run(request, task)
        return await self._replied(
            request, reply, known and self._tag(request, task.text, reply), mark=mark, **headers
        )

    async def _replied(
        self, request: Request, reply: Answer | Failure, tag: str, *, mark: bytes = b"", **headers: str
    ) -> Response:
        if isinstance(reply, Failure):
            return replies.failed(reply, wait=self.limits.seconds / 2 if reply.reason == "busy" else 1)
        return await replies.whole(request, Body(reply.media_type, mark + reply.body, tag, reply.version), **headers)

    async def _run(self, request: Request, task: Task) -> Answer | Failure:
        """The answer of a task, which is given up once nobody waits for it."""
        running = asyncio.ensure_future(self.pool.run(task))
        leaving = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait({running, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                raise ClientDisconnect
            return running.result()
        finally:
            running.cancel()
            leaving.cancel()

    def _tag(self, request: Request, text: str, reply: Answer | Failure | None = None) -> str:
        """The tag of what a request is answered with by the version that gave the reply, else by the current one."""
        number = reply.version if isinstance(reply, Answer) else store.pointer(self.home)
        if number is None or isinstance(self.pool, Forwarding):  # a server does not tell when its graph changes
            return ""
        if self._published[0] != number:
            try:
                with store.current(self.home) as version:
                    self._published = (version.number, str(version.info))
            except (KgError, OSError):
                return ""
        if self._published[0] != number:
            return ""
        return replies.tag(self._published, str(request.url), text, _accept(request))

    async def _constant(self, request: Request, media_type: str, content: bytes) -> Response:
        """What changes with the product only."""
        known = replies.tag(media_type, content)
        if replies.fresh(request, known):
            return replies.unchanged(known)
        return await replies.whole(request, Body(media_type, content, known))

    async def _described(self, request: Request) -> Response:
        address, accept = str(request.url_for("sparql")), _accept(request)
        turtle = description.service(address, self.home, self.limits)
        media_type, body = description.written(turtle + await self._counts(request, address), accept)
        return await replies.whole(request, Body(media_type, body))

    async def _counts(self, request: Request, address: str) -> str:
        """The numbers of the graph; nothing where they cannot be had."""
        key = self._tag(request, "numbers")
        if not key or self._numbers[0] != key:
            classes = await self._run(request, Task(description.CLASSES, _JSON))
            properties = await self._run(request, Task(description.PROPERTIES, _JSON))
            if isinstance(classes, Failure) or isinstance(properties, Failure):
                return ""
            self._numbers = (key, description.numbers(address, classes.body, properties.body))
        return self._numbers[1]


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _accept(request: Request) -> str:
    return ",".join(request.headers.getlist("accept"))


def _reading(request: Request) -> Message:
    return Message(request.url.query, _accept(request))


async def _message(request: Request) -> Message:
    if request.method != "POST":
        return _reading(request)
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_REQUEST):
            async for piece in request.stream():
                body += piece
                if len(body) > LARGEST_REQUEST:
                    raise ProtocolError(413, f"a request may hold {LARGEST_REQUEST} bytes at most")
    except TimeoutError:
        raise ProtocolError(408, f"the request did not come in within {SLOWEST_REQUEST} seconds") from None
    return Message(request.url.query, _accept(request), request.headers.get("content-type", ""), bytes(body))


async def _gone(request: Request) -> None:
    """Ends once the client has left."""
    while (await request.receive())["type"] != "http.disconnect":
        continue


def _raw_path(request: Request) -> str:
    """The path as IRIs have it: letters as they are, other signs as the client has escaped them."""
    raw = bytes(request.scope["raw_path"]).partition(b"?")[0].decode("ascii", "replace")
    return re.sub("(?:%[89A-Fa-f][0-9A-Fa-f])+", lambda escaped: unquote(escaped[0]), raw)


def _iri(base: str, path: str) -> str:
    """The IRI that a path stands for, also where the server is reached under the path of the base."""
    below = urlsplit(base).path
    iri = base + (path.removeprefix(below) if path.startswith(below) else path.removeprefix("/"))
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise _UnknownError(f"{path}: this is no IRI") from error


def _page(html: str) -> Response:
    return HTMLResponse(html, headers=_PAGE_HEADERS | {"Vary": "Accept"})


async def _broken(_: Request, __: Exception) -> Response:
    """What is our own fault; the traceback goes to the log."""
    return replies.problem(HTTPStatus.INTERNAL_SERVER_ERROR, "this is an error of the endpoint: its log tells more")


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette calls it for no other
    told = f"{request.method} {request.url.path}: queries go to /sparql, by GET or POST"
    return replies.problem(error.status_code, told, error.headers)
