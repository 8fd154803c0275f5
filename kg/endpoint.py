"""The read-only SPARQL endpoint over the published graph; facts come in as documents, not here."""

from __future__ import annotations

import contextlib
import functools
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from http import HTTPStatus

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from kg import access, replies
from kg.handlers import Handlers
from kg.home import Home
from kg.metrics import Metrics
from kg.protocol import ProtocolError
from kg.worker import Limits
from ontology.errors import KgError

#: How long answers may still take after the order to stop, in seconds.
GRACE = 2

_READING = ("GET", "HEAD")
_ASKING = (*_READING, "POST")
_ALL = (*_ASKING, "PUT", "DELETE", "PATCH")
_CORS = Middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_methods=_ASKING,
    allow_headers=["*"],
    expose_headers=["KG-Version", "ETag", "Retry-After"],
)

_Handler = Callable[[Request], Awaitable[Response]]


class EndpointError(KgError):
    """An address that the endpoint cannot listen on."""


def app(home: Home, limits: Limits, token: str | None = None) -> Starlette:
    """The endpoint of a home as an ASGI application; its query processes live as long as it runs.

    With a `token`, only who shows it is answered, /health apart.
    """
    handlers = Handlers(home, limits)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        handlers.pool.start()
        yield
        await handlers.pool.stop()

    return Starlette(
        routes=[
            Route(path, _counted(handler, handlers.metrics), methods=methods)
            for path, handler, methods in _routes(handlers)
        ],
        middleware=[_CORS, *([Middleware(access.Guarded, token=token)] if token else [])],
        exception_handlers={HTTPException: _unknown, Exception: _broken},
        lifespan=lifespan,
    )


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


def _routes(handlers: Handlers) -> list[tuple[str, _Handler, Sequence[str]]]:
    return [
        ("/", handlers.start, _READING),
        ("/sparql", handlers.sparql, _ASKING),
        ("/sparql/", handlers.sparql, _ASKING),
        ("/graph-store", handlers.graph_store, _ALL),
        ("/graph-store/{path:path}", handlers.graph_store, _ALL),
        ("/queries", handlers.questions, _READING),
        ("/queries/{name}", handlers.question, _READING),
        ("/editor", handlers.editor, _READING),
        ("/yasgui/{name}", handlers.script, _READING),
        ("/style.css", handlers.style, _READING),
        ("/ontology", handlers.ontology, _READING),
        ("/ontology/regions", handlers.regions, _READING),
        ("/changes.atom", handlers.changed, _READING),
        ("/health", handlers.health, _READING),
        ("/metrics", handlers.figures, _READING),
        ("/{path:path}", handlers.resource, _READING),
    ]


def _counted(handler: _Handler, metrics: Metrics) -> _Handler:
    """The handler with its errors as problems, counted and timed."""

    @functools.wraps(handler)
    async def counted(request: Request) -> Response:
        started = time.perf_counter()
        response = await _answered(handler, request)
        metrics.count(handler.__name__, response.status_code, time.perf_counter() - started)
        return response

    return counted


async def _answered(handler: _Handler, request: Request) -> Response:
    try:
        return await handler(request)
    except ProtocolError as error:
        return replies.problem(error.status, str(error))
    except ClientDisconnect:
        return Response(status_code=499)  # nobody reads it; the figures do


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


async def _broken(_: Request, __: Exception) -> Response:
    """What is our own fault; the traceback goes to the log."""
    return replies.problem(HTTPStatus.INTERNAL_SERVER_ERROR, "this is an error of the endpoint: its log tells more")


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette calls it for no other
    told = f"{request.method} {request.url.path}: queries go to /sparql, by GET or POST"
    return replies.problem(error.status_code, told, error.headers)
