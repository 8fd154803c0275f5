from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from webserver import Site, reply, serving

from kg import fetch, inputs, syndication
from kg.fetch import Fetcher, FetchError, Manners, NotModifiedError
from kg.inputs import InputError
from kg.syndication import Item, UnreadableFeedError

HERE = Manners(allow=("127.0.0.1",), delay=0.0, timeout=5.0, max_bytes=100_000)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def test_a_page_comes_with_type_charset_and_what_to_ask_next_time(site: Site) -> None:
    """The next time, a page that has not changed is not sent again; we say who we are."""
    site.pages["/a"] = ("text/html; charset=latin-1", "Käse".encode("latin-1"))
    fetcher = Fetcher(Manners(allow=("127.0.0.0/8",), delay=0.0, contact="mail@example.org"))
    found = fetcher.get(site.at("/a"))
    assert (found.media_type, found.charset, found.body) == ("text/html", "latin-1", "Käse".encode("latin-1"))
    with pytest.raises(NotModifiedError):
        fetcher.get(site.at("/a"), found.etag)
    assert site.asked[-1][1]["user-agent"].startswith("kg/0.1 (reads press releases; mail@example.org")
    assert site.paths().count("/robots.txt") == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest",
        "http://[::1]/", "http://[fe80::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://2130706433/",
        "http://100.64.0.1/", "http://224.0.0.1/", "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(address: str) -> None:
    """However they are written; the message says how to allow them."""
    with pytest.raises(FetchError, match=r"is a private address; `allow` in feeds\.toml"):
        Fetcher(Manners()).get(address)


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1/", "http:///x", "data:,x"]
)
def test_only_the_web_is_fetched(address: str) -> None:
    """Nor is a file of this machine."""
    with pytest.raises(FetchError, match="only http and https"):
        Fetcher(HERE).get(address)


def test_redirects_are_followed_and_checked_again(site: Site) -> None:
    """A page must not lead into a private network, round in circles, or out of the web."""
    site.pages["/old"] = lambda request: reply(request, b"", "text/plain", 301, Location="/new")
    site.pages["/new"] = ("text/plain", b"here")
    assert Fetcher(HERE).get(site.at("/old")).body == b"here"
    for target, why in (
        ("http://10.0.0.1/x", "private"),
        ("file:///etc/passwd", "only http"),
        ("/in", "more than 5"),
    ):
        site.pages["/in"] = lambda request, to=target: reply(request, b"", "text/plain", 302, Location=to)
        with pytest.raises(FetchError, match=why):
            Fetcher(HERE).get(site.at("/in"))


def test_a_name_that_is_private_the_second_time_is_not_reached(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address that was checked is the one that is connected to: each request asks for it once."""
    answers = {"rebinding.example": iter(["127.0.0.1"] + ["10.9.9.9"] * 9)}
    real, asked = socket.getaddrinfo, list[str]()

    def resolve(host: Any, *args: Any, **more: Any) -> Any:
        asked.append(host)
        return real(next(answers[host]) if host in answers else host, *args, **more)

    monkeypatch.setattr(fetch.socket, "getaddrinfo", resolve)
    with pytest.raises(FetchError, match=r"10\.9\.9\.9 is a private address"):
        Fetcher(HERE).get(f"http://rebinding.example:{site.port}/a")
    assert site.paths() == ["/robots.txt"]
    assert asked.count("rebinding.example") == 2


def drip(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/plain")
    request.end_headers()
    while True:
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.05)


def flood(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/plain")
    request.end_headers()
    while True:
        request.wfile.write(b"x" * 65536)


def bomb(request: BaseHTTPRequestHandler) -> None:
    reply(request, gzip.compress(b"\0" * 50_000_000), "text/plain", Content_Encoding="gzip")


def cut(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"half of it")


BAD = {
    "an endless body": (flood, "more than the 0.1 MB"),
    "a body that drips": (drip, "took longer than 1 s"),
    "a compression bomb": (bomb, "more than the 0.1 MB"),
    "broken compression": (
        lambda r: reply(r, b"not gzip", "text/plain", Content_Encoding="gzip"),
        "compression is broken",
    ),
    "half of a compressed body": (
        lambda r: reply(r, gzip.compress(b"x" * 9000)[:30], "text/plain", Content_Encoding="gzip"),
        "ended before it was whole",
    ),
    "a compression nobody asked for": (lambda r: reply(r, b"x", "text/plain", Content_Encoding="br"), "'br'"),
    "half a body": (cut, "ended before it was whole"),
    "an error": (lambda r: reply(r, b"", "text/plain", 500), "the server says 500"),
    "no HTTP at all": (lambda r: r.wfile.write(b"\0\1\2 hello\r\n\r\n"), "cannot be fetched"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_bad_ends_in_a_clear_line(site: Site, case: str) -> None:
    """It names the address and what is wrong, and costs neither memory nor time without end."""
    answer, message = BAD[case]
    site.pages["/bad"] = answer
    site.pages["/robots.txt"] = ("text/plain", b"")
    with pytest.raises(FetchError, match=message) as raised:
        Fetcher(Manners(allow=("127.0.0.1",), delay=0.0, timeout=1.0, max_bytes=100_000)).get(site.at("/bad"))
    assert site.at("/bad") in str(raised.value)


def test_deflate_is_read(site: Site) -> None:
    """As is gzip."""
    site.pages["/d"] = lambda r: reply(r, zlib.compress(b"deflated"), "text/plain", Content_Encoding="deflate")
    site.pages["/g"] = lambda r: reply(r, gzip.compress(b"zipped" * 9000), "text/plain", Content_Encoding="gzip")
    assert Fetcher(HERE).get(site.at("/d")).body == b"deflated"
    assert Fetcher(HERE).get(site.at("/g")).body == b"zipped" * 9000


def test_robots_are_obeyed(site: Site) -> None:
    """What they do not let us read is not asked for, also where they have moved; where they fail, nothing is."""
    site.pages["/robots.txt"] = ("text/plain", b"User-agent: kg\nDisallow: /private/\n\nUser-agent: *\nDisallow: /\n")
    site.pages["/open"] = site.pages["/private/x"] = ("text/plain", b"text")
    assert Fetcher(HERE).get(site.at("/open")).body == b"text"
    with pytest.raises(FetchError, match=r"robots\.txt of 127\.0\.0\.1:\d+ does not let us"):
        Fetcher(HERE).get(site.at("/private/x"))
    assert "/private/x" not in site.paths()
    site.pages["/rules"] = site.pages["/robots.txt"]
    site.pages["/robots.txt"] = lambda request: reply(request, b"", "text/plain", 301, Location="/rules")
    with pytest.raises(FetchError, match="does not let us"):
        Fetcher(HERE).get(site.at("/private/x"))
    site.pages["/robots.txt"] = lambda request: reply(request, b"", "text/plain", 503)
    with pytest.raises(FetchError, match="does not let us"):
        Fetcher(HERE).get(site.at("/open"))


def test_a_host_is_not_asked_too_often(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pause is the longer of our own and the one that its robots.txt wishes for."""
    waits = list[float]()
    monkeypatch.setattr(fetch.time, "sleep", waits.append)
    site.pages["/robots.txt"] = ("text/plain", b"User-agent: *\nCrawl-delay: 7\n")
    site.pages["/a"] = ("text/plain", b"text")
    fetcher = Fetcher(Manners(allow=("127.0.0.1",), delay=2.0))
    for _ in range(3):
        fetcher.get(site.at("/a"))
    assert len(waits) == 3
    assert all(6 < wait <= 7 for wait in waits)


X = "http://x.example"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><link>http://x.example/</link>
<item><link>/one?utm_source=feed#top</link><pubDate>Wed, 14 May 2031 23:30:00 -0500</pubDate></item>
<item><guid>http://x.example/two</guid></item><item><link>mailto:me</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="/self"/>
<entry><link rel="self" href="/no"/><link href="/one"/>
<published>2031-05-14T08:00:00Z</published><updated>2031-06-01T00:00:00Z</updated></entry></feed>"""
MAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>http://x.example/one</loc><lastmod>2031</lastmod></url>
</urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>/m.xml</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            RSS,
            [
                Item("http://x.example/one", "2031-05-15", "Wed, 14 May 2031 23:30:00 -0500"),
                Item("http://x.example/two"),
            ],
        ),
        (ATOM, [Item("http://x.example/one", "2031-05-14", "2031-06-01T00:00:00Z")]),
        (MAP, [Item("http://x.example/one", None, "2031")]),
        (INDEX, [Item("http://x.example/m.xml", nested=True)]),
    ],
)
def test_feeds_and_sitemaps_name_pages(raw: bytes, expected: list[Item]) -> None:
    """With the date and the mark of its version that they give a page."""
    assert syndication.items(raw, "http://x.example/feed") == expected


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<rss><item><link>&b;</link></item></rss>"""


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (LAUGHS, "declares entities of its own"),
        (b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>', "declares entities of its own"),
        (b"<html><body/></html>", "neither RSS nor Atom nor a sitemap, but <html>"),
        (b"", "no readable XML"),
        (b"{}", "no readable XML"),
    ],
)
def test_what_is_no_feed_is_refused(raw: bytes, message: str) -> None:
    """Entity bombs and files of this machine come to nothing."""
    with pytest.raises(UnreadableFeedError, match=message):
        syndication.items(raw, "http://x.example/feed")


@pytest.mark.parametrize(
    ("media_type", "charset", "raw", "message"),
    [
        ("image/png", None, b"x", "image/png is not a format that is read"),
        ("application/pdf", None, b"<html>", "is said to be application/pdf, but is none"),
        ("text/html", None, b"%PDF-1.7", "is said to be text/html, but is a PDF"),
        ("text/plain", "utf-8", b"\xff\xfe", "is not in utf-8, as the server says"),
        ("text/plain", "klingon", b"x", "is not in klingon"),
        ("", None, b"x", "no media type"),
    ],
)
def test_what_is_not_what_it_is_said_to_be_is_refused(
    media_type: str, charset: str | None, raw: bytes, message: str
) -> None:
    """The message says what the server said."""
    with pytest.raises(InputError, match=message):
        inputs.suffix(media_type, charset, "http://x.example/a", raw)


def test_a_mail_is_a_document() -> None:
    """Its subject is the title, its sender the publisher, its date the date; of its parts the text is read."""
    mail = (
        "From: Quillon Press <press@quillon.example>\nSubject: =?utf-8?q?K=C3=A4ufe?=\n"
        "Date: Wed, 14 May 2031 08:00:00 +0200\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: text/plain; charset=utf-8\n\n"
        "Quillon Robotics has bought Brindle.\n--b\nContent-Type: application/octet-stream\n\nxx\n--b--\n"
    )
    document = inputs.read(mail.encode(), "a.eml")
    assert (document.title, document.publisher, document.published) == ("Käufe", "Quillon Press", "2031-05-14")
    assert document.text.strip() == "Quillon Robotics has bought Brindle."
    with pytest.raises(InputError, match="holds no text"):
        inputs.read(b"Subject: x\nContent-Type: image/png\n\nxx", "a.eml")
