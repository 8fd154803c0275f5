"""Fetches over HTTP, politely and warily: what is private, endless or dressed up ends in one clear line."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from ontology.errors import KgError

AGENT = "kg"
_MOVED = (301, 302, 303, 307, 308)
_REDIRECTS = 5
_ROBOTS_BYTES = 512_000
_LONGEST_DELAY = 30.0
_CHUNK = 65536
_TRANSLATED = tuple(ipaddress.IPv6Network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2001::/32"))


class FetchError(KgError):
    """An address that was not fetched; the message names it and says why."""


class NotModifiedError(KgError):
    """An address that holds what it held when it was fetched last."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How is fetched: `allow` names hosts, addresses or networks that may be private, `timeout` is for an answer.

    `delay` is the least time between two requests to one host, both in seconds.
    """

    allow: tuple[str, ...] = ()
    timeout: float = 20.0
    delay: float = 1.0
    max_bytes: int = 20_000_000
    contact: str = ""

    @property
    def agent(self) -> str:
        """The user agent, which names us and, where it is set, whom to write to."""
        return f"{AGENT}/0.1 (reads press releases{f'; {self.contact}' if self.contact else ''})"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: `address` after redirects, `body` decompressed, and what to ask with the next time."""

    address: str
    media_type: str
    charset: str | None
    body: bytes = field(repr=False)
    etag: str | None = None
    modified: str | None = None


class Fetcher:
    """Fetches, remembering robots.txt of each host and when it was asked last."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self._robots: dict[str, RobotFileParser] = {}
        self._asked: dict[str, float] = {}

    def get(self, address: str, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What the address holds; raises NotModifiedError where that is known, and FetchError where it is refused."""
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in known.items() if value}
        at = address
        for _ in range(_REDIRECTS + 1):
            self._permit(at)
            answer = self._request(at, headers, self.manners.max_bytes)
            if answer.status == 304:
                raise NotModifiedError(f"{address}: has not changed")
            if answer.status not in _MOVED:
                return _whole(address, at, answer)
            at = _next(at, answer)
        raise FetchError(f"{address}: leads on more than {_REDIRECTS} times")

    def _permit(self, address: str) -> None:
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(site)
        if not self._robots[site].can_fetch(AGENT, address):
            raise FetchError(f"{address}: robots.txt of {parts.netloc} does not let us")

    def _read_robots(self, site: str) -> RobotFileParser:
        robots, at = RobotFileParser(), f"{site}/robots.txt"
        for _ in range(_REDIRECTS + 1):
            answer = self._request(at, {}, _ROBOTS_BYTES, pause=False)
            if answer.status not in _MOVED:
                break
            at = _next(at, answer)
        if answer.status >= 500:
            robots.parse(["User-agent: *", "Disallow: /"])  # who cannot tell may not want us
        else:
            robots.parse(answer.body.decode("utf-8", "replace").splitlines() if answer.status < 300 else [])
        return robots

    def _request(self, address: str, headers: Mapping[str, str], limit: int, *, pause: bool = True) -> _Answer:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(f"{address}: only http and https are fetched")
        site = f"{parts.scheme}://{parts.netloc}"
        if pause:
            self._wait(site)
        try:
            return _ask(address, {"User-Agent": self.manners.agent, **headers}, self.manners, limit)
        finally:
            self._asked[site] = time.monotonic()

    def _wait(self, site: str) -> None:
        told = self._robots[site].crawl_delay(AGENT) if site in self._robots else None
        delay = max(self.manners.delay, min(float(told or 0), _LONGEST_DELAY))
        left = self._asked.get(site, -delay) + delay - time.monotonic()
        if left > 0:
            time.sleep(left)


def post(address: str, body: bytes, manners: Manners) -> None:
    """Sends JSON to an address, as warily as is fetched; raises FetchError where it is not taken."""
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        raise FetchError(f"{address}: only http and https are sent to")
    headers = {"User-Agent": manners.agent, "Content-Type": "application/json"}
    answer = _ask(address, headers, manners, manners.max_bytes, body=body)
    if not 200 <= answer.status < 300:
        raise FetchError(f"{address}: the server says {answer.status} {http.client.responses.get(answer.status, '')}")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Message
    body: bytes


def _next(at: str, answer: _Answer) -> str:
    return urljoin(at, answer.headers.get("Location", ""))


def _whole(asked: str, at: str, answer: _Answer) -> Fetched:
    if not 200 <= answer.status < 300:
        raise FetchError(f"{asked}: the server says {answer.status} {http.client.responses.get(answer.status, '')}")
    headers = answer.headers
    return Fetched(
        at,
        headers.get_content_type() if headers.get("Content-Type") else "",
        headers.get_content_charset(),
        answer.body,
        headers.get("ETag"),
        headers.get("Last-Modified"),
    )


def _ask(
    address: str, headers: Mapping[str, str], manners: Manners, limit: int, *, body: bytes | None = None
) -> _Answer:
    """One request, to an address of the host that was checked, ended when it takes too long."""
    parts = urlsplit(address)
    try:
        host, port = str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise FetchError(f"{address}: is no address ({error})") from error
    connection = _connection(
        parts.scheme, host, _permitted(address, host, port, manners.allow), port, manners.timeout
    )
    ended = threading.Event()
    timer = threading.Timer(manners.timeout, lambda: _end(connected, ended))
    timer.daemon = True
    try:
        connection.connect()
        connected = connection.sock  # the response takes it over
        timer.start()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        method = "GET" if body is None else "POST"
        connection.request(method, path, body, headers={"Accept-Encoding": "gzip, deflate", **headers})
        response = connection.getresponse()
        content = b"" if response.status in (304, *_MOVED) else _body(address, response, limit)
        if ended.is_set():
            raise TimeoutError
        return _Answer(response.status, response.headers, content)
    except (OSError, http.client.HTTPException, ValueError) as error:
        slow = ended.is_set() or isinstance(error, TimeoutError)
        why = f"took longer than {manners.timeout:g} s" if slow else f"cannot be fetched ({_said(error)})"
        raise FetchError(f"{address}: {why}") from error
    finally:
        timer.cancel()
        connection.close()


def _said(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def _connection(scheme: str, host: str, ip: str, port: int, timeout: float) -> http.client.HTTPConnection:
    """A connection to that very address: nobody is asked for the host's address again."""
    made: http.client.HTTPConnection
    if scheme == "https":
        made = http.client.HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())
    else:
        made = http.client.HTTPConnection(host, port, timeout=timeout)
    # The only way to let http.client connect elsewhere than to what the host's name gives.
    made._create_connection = lambda _, *args: socket.create_connection((ip, port), *args)  # type: ignore[attr-defined]
    return made


def _end(connected: socket.socket, ended: threading.Event) -> None:
    ended.set()
    with contextlib.suppress(OSError):  # it may have ended by itself
        connected.shutdown(socket.SHUT_RDWR)


def _permitted(address: str, host: str, port: int, allow: tuple[str, ...]) -> str:
    """The first IP address of a host; raises FetchError where one of them is private and not allowed."""
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{address}: the host {host} is not known") from error
    for ip in found:
        if not _is_public(ip) and host not in allow and not any(_within(ip, each) for each in allow):
            raise FetchError(f"{address}: {ip} is a private address; `allow` in feeds.toml lets it be fetched from")
    return found[0]


def _is_public(ip: str) -> bool:
    told = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(told, ipaddress.IPv6Address) and any(told in network for network in _TRANSLATED):
        return False  # what lies behind it is an IPv4 address that nobody has checked
    mapped = getattr(told, "ipv4_mapped", None) or getattr(told, "sixtofour", None)
    return told.is_global and not told.is_multicast and (mapped is None or mapped.is_global)


def _within(ip: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(ip.partition("%")[0]) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False  # a name


def _body(address: str, response: http.client.HTTPResponse, limit: int) -> bytes:
    """The decompressed body; raises FetchError where it is larger than `limit` bytes."""
    body = bytearray()
    for piece in _decompressed(address, response, limit):
        body += piece
        if len(body) > limit:
            raise FetchError(f"{address}: has more than the {limit / 1e6:g} MB that are read")
    return bytes(body)


def _decompressed(address: str, response: http.client.HTTPResponse, limit: int) -> Iterator[bytes]:
    encoding = (response.headers.get("Content-Encoding") or "identity").strip().casefold()
    if encoding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"{address}: is compressed as {encoding!r}, which was not asked for")
    inflate = None if encoding == "identity" else zlib.decompressobj(47 if encoding != "deflate" else 15)
    raw = 0
    while piece := response.read1(_CHUNK):
        raw += len(piece)
        if raw > limit:
            raise FetchError(f"{address}: has more than the {limit / 1e6:g} MB that are read")
        while piece and inflate:
            try:
                yield inflate.decompress(piece, _CHUNK)
            except zlib.error as error:
                raise FetchError(f"{address}: its compression is broken") from error
            piece = inflate.unconsumed_tail
        if piece:
            yield piece
    if response.length or (inflate and raw and not inflate.eof):
        raise FetchError(f"{address}: ended before it was whole")
