"""HTTP answers: whole, compressed where accepted, with a tag that changes with the version; and problems."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from kg.worker import Failure, Reason

STATUSES: Mapping[Reason, HTTPStatus] = {
    "invalid": HTTPStatus.BAD_REQUEST,
    "refused": HTTPStatus.FORBIDDEN,
    "missing": HTTPStatus.NOT_FOUND,
    "format": HTTPStatus.NOT_ACCEPTABLE,
    "size": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "time": HTTPStatus.GATEWAY_TIMEOUT,
    "memory": HTTPStatus.INSUFFICIENT_STORAGE,
    "busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
}
#: Bodies from this size on are compressed, in bytes, and how hard.
_COMPRESSED, _LEVEL = 1024, 4
_MOST_WAIT = 30


@dataclass(frozen=True, slots=True)
class Body:
    """What is answered; `tag` tells it from others at the same address, empty where it may change at any time."""

    media_type: str
    content: bytes
    tag: str = ""
    version: int = 0


def tag(*parts: object) -> str:
    """An entity tag of all that an answer depends on."""
    return f'W/"{blake2s(repr(parts).encode(), digest_size=12).hexdigest()}"'


def fresh(request: Request, current: str) -> bool:
    """Whether the client has the answer with that tag already."""
    known = [each.strip() for each in request.headers.get("if-none-match", "").split(",")]
    return bool(current) and (current in known or current.removeprefix("W/") in known or known == ["*"])


def unchanged(current: str) -> Response:
    """The answer to a client that has it already."""
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=_caching(current))


async def whole(request: Request, body: Body, **headers: str) -> Response:
    """The answer, as the client wants it."""
    known = {"Content-Type": body.media_type, "X-Content-Type-Options": "nosniff", **_caching(body.tag)}
    known |= {"KG-Version": str(body.version)} if body.version else {}
    known |= {name.replace("_", "-"): value for name, value in headers.items()}
    content = body.content
    if len(content) >= _COMPRESSED and _takes_gzip(request):
        content = await asyncio.to_thread(gzip.compress, content, _LEVEL)
        known["Content-Encoding"] = "gzip"
    return Response(content, headers=known)


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, *, wait: float = 1) -> Response:
    """A problem as RFC 9457 has it; `wait` is how many seconds a client had better wait where the server is busy."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status), "detail": detail}
    known = dict(headers or {})
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        known["Retry-After"] = str(max(1, min(_MOST_WAIT, round(wait))))
    return Response(json.dumps(body), status, known, media_type="application/problem+json")


def failed(failure: Failure, *, wait: float = 1) -> Response:
    """The problem that a query ended with."""
    return problem(STATUSES[failure.reason], failure.detail, wait=wait)


def _caching(current: str) -> dict[str, str]:
    known = {"Vary": "Accept, Accept-Encoding, Authorization", "Cache-Control": "no-cache"}
    return known | ({"ETag": current} if current else {})


def _takes_gzip(request: Request) -> bool:
    accepted = request.headers.get("accept-encoding", "").replace(" ", "").lower().split(",")
    return any(each == "gzip" or (each.startswith("gzip;q=") and each[7:] not in ("0", "0.0")) for each in accepted)
