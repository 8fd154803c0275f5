"""Lets only those in who show the token; /health is open, so that a watchdog needs none."""

from __future__ import annotations

import base64
import binascii
import hmac
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from kg import replies

OPEN = ("/health",)
_TOLD = "this endpoint needs its token: `Authorization: Bearer TOKEN`, or the token as the password of any user"


class Guarded:
    """The application behind a token, sent as a bearer or, as spreadsheets and browsers do, as a password."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app, self._token = app, token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or ask for the token."""
        if scope["type"] != "http" or scope["path"] in OPEN or self._knows(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        challenge = {"WWW-Authenticate": 'Basic realm="kg", charset="UTF-8"'}
        await replies.problem(HTTPStatus.UNAUTHORIZED, _TOLD, challenge)(scope, receive, send)

    def _knows(self, headers: Headers) -> bool:
        scheme, _, value = headers.get("authorization", "").partition(" ")
        shown = value.strip().encode("latin-1")  # which is how the bytes of a header were read
        if scheme.lower() == "basic":
            try:
                shown = base64.b64decode(shown, validate=True).partition(b":")[2]
            except binascii.Error:
                return False
        return scheme.lower() in ("basic", "bearer") and hmac.compare_digest(shown, self._token)
