"""The read-only SPARQL endpoint over the published graph; facts come in as documents, not here."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from http import HTTPStatus

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from kg import description, protocol, store
from kg.home import Home
from kg.pool import Pool
from kg.protocol import Message, ProtocolError
from kg.worker import Failure, Limits, Reason
from ontology.errors import KgError

#: The largest body of a request, in bytes.
LARGEST_REQUEST = 1 << 20
#: How long answers may still take after the order to stop, in seconds.
GRACE = 2

STATUSES: Mapping[Reason, HTTPStatus] = {
    "invalid": HTTPStatus.BAD_REQUEST,
    "format": HTTPStatus.NOT_ACCEPTABLE,
    "size": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "time": HTTPStatus.GATEWAY_TIMEOUT,
    "memory": HTTPStatus.INSUFFICIENT_STORAGE,
    "busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
}


class EndpointError(KgError):
    """An address that the endpoint cannot listen on."""


def app(home: Home, limits: Limits) -> Starlette:
    """The endpoint of a home as an ASGI application; its query processes live as long as it runs."""
    pool = Pool(home, limits)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        pool.start()
        yield
        pool.stop()

    async def sparql(request: Request) -> Response:
        if request.method in ("GET", "HEAD") and not request.url.query:
            return _described(request, limits)
        reply = await pool.run(protocol.task(await _message(request)))
        if isinstance(reply, Failure):
            return _problem(STATUSES[reply.reason], reply.detail)
        headers = {"Content-Type": reply.media_type, "Vary": "Accept", "KG-Version": str(reply.version)}
        return Response(reply.body, headers=headers)

    async def health(_: Request) -> Response:
        try:
            with store.current(home) as version:
                return JSONResponse({"status": "ok", "version": version.number, **version.info})
        except KgError as error:
            return _problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error))

    async def start(request: Request) -> Response:
        return HTMLResponse(description.page(str(request.url_for("sparql"))), headers=_PAGE_HEADERS)

    return Starlette(
        routes=[
            Route("/", start),
            Route("/sparql", sparql, methods=["GET", "POST"], name="sparql"),
            Route("/health", health),
        ],
        middleware=[
            Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"])
        ],
        exception_handlers={ProtocolError: _refused, HTTPException: _unknown},
        lifespan=lifespan,
    )


def serve(home: Home, limits: Limits, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve the endpoint until the process is told to stop; port 0 takes any free one.

    `announce` is called with the address once it can be connected to. Raises EndpointError where it cannot be had.
    """
    try:
        listening = socket.create_server((host, port))
    except OSError as error:
        raise EndpointError(f"{host}:{port}: {error.strerror}; choose another --host or --port") from error
    announce(f"http://{_address(listening)}/")
    config = uvicorn.Config(app(home, limits), log_level="warning", timeout_graceful_shutdown=GRACE)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


_PAGE_HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"}


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


async def _message(request: Request) -> Message:
    accept = ",".join(request.headers.getlist("accept"))
    if request.method != "POST":
        return Message(request.url.query, accept)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_REQUEST:
            raise ProtocolError(413, f"a request may hold {LARGEST_REQUEST} bytes at most")
    return Message(request.url.query, accept, request.headers.get("content-type", ""), bytes(body))


def _described(request: Request, limits: Limits) -> Response:
    accept = ",".join(request.headers.getlist("accept"))
    media_type, body = description.service(str(request.url_for("sparql")), limits, accept)
    return Response(body, headers={"Content-Type": media_type, "Vary": "Accept"})


def _problem(status: int, detail: str) -> Response:
    """A problem as RFC 9457 has it."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status), "detail": detail}
    headers = {"Retry-After": "1"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return Response(json.dumps(body), status, headers, media_type="application/problem+json")


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProtocolError)  # noqa: S101 - Starlette calls it for no other
    return _problem(error.status, str(error))


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette calls it for no other
    return _problem(error.status_code, f"{request.method} {request.url.path}: queries go to /sparql, by GET or POST")
