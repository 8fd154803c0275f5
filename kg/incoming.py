"""What of an HTTP request counts: its query or path, the formats it accepts, and whether its client still waits."""

from __future__ import annotations

import asyncio
import re
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
from starlette.requests import Request

from kg.protocol import Message, ProtocolError

#: The largest body of a request, in bytes, and how long it may take to come in, in seconds.
LARGEST_REQUEST, SLOWEST_REQUEST = 1 << 20, 30


def accept(request: Request) -> str:
    """What formats the client accepts."""
    return ",".join(request.headers.getlist("accept"))


def reading(request: Request) -> Message:
    """A request without its body."""
    return Message(request.url.query, accept(request))


async def message(request: Request) -> Message:
    """A request with its body, if it is a POST; raises ProtocolError where that is too large, or too slow."""
    if request.method != "POST":
        return reading(request)
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_REQUEST):
            async for piece in request.stream():
                body += piece
                if len(body) > LARGEST_REQUEST:
                    raise ProtocolError(413, f"a request may hold {LARGEST_REQUEST} bytes at most")
    except TimeoutError:
        raise ProtocolError(408, f"the request did not come in within {SLOWEST_REQUEST} seconds") from None
    return Message(request.url.query, accept(request), request.headers.get("content-type", ""), bytes(body))


async def gone(request: Request) -> None:
    """Ends once the client has left."""
    while (await request.receive())["type"] != "http.disconnect":
        continue


def raw_path(request: Request) -> str:
    """The path as IRIs have it: letters as they are, other signs as the client has escaped them."""
    raw = bytes(request.scope["raw_path"]).partition(b"?")[0].decode("ascii", "replace")
    return re.sub("(?:%[89A-Fa-f][0-9A-Fa-f])+", lambda escaped: unquote(escaped[0]), raw)


def iri(base: str, path: str) -> str:
    """The IRI that a path stands for, also where the server is reached under the path of the base.

    Raises ProtocolError where it can be none.
    """
    below = urlsplit(base).path
    found = base + (path.removeprefix(below) if path.startswith(below) else path.removeprefix("/"))
    try:
        return ox.NamedNode(found).value
    except ValueError as error:
        raise ProtocolError(HTTPStatus.NOT_FOUND, f"{path}: this is no IRI") from error
