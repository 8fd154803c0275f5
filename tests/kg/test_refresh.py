from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from webserver import Site, reply, serving

from kg import cli, feeds, home, overview, store
from kg.feeds import FeedsError
from kg.home import Home
from kg.ledger import Ledger

PAGE = """<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{said}
The two companies have known each other for years, and they say that their customers will hardly notice that anything
has changed.</p></article></body></html>"""
BOUGHT = PAGE.format(title="A deal", said="Orvane Systems Inc has acquired Tessaly Labs Ltd for USD 40 million.")
PARTNERS = PAGE.format(
    title="Partners", said="Quillon Robotics Inc and Brindle Mowers Ltd have announced a partnership."
)
DULL = PAGE.format(title="Weather", said="It rained.")
FEED = """<rss version="2.0"><channel>{items}</channel></rss>"""
ITEM = "<item><link>{link}</link><pubDate>Wed, 14 May 2031 08:00:00 GMT</pubDate></item>"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.pages["/robots.txt"] = ("text/plain", b"")
        found.pages["/bought"] = ("text/html; charset=utf-8", BOUGHT.encode())
        found.pages["/partners"] = ("text/html", PARTNERS.encode())
        found.pages["/dull"] = ("text/html", DULL.encode())
        found.pages["/picture"] = ("image/png", b"\x89PNG")
        yield found


def listed(site: Site, *paths: str) -> None:
    items = "".join(ITEM.format(link=site.at(path)) for path in paths)
    site.pages["/feed"] = ("application/rss+xml", FEED.format(items=items).encode())


def sources(place: Path, *tables: str) -> Home:
    made = home.make(place)
    settings = '[fetch]\nallow = ["127.0.0.1"]\ndelay = 0\ntimeout = 5\n'
    (made.path / "feeds.toml").write_text(settings + "".join(f"[[source]]\n{each}\n" for each in tables), "utf-8")
    return made


def refresh(place: Home, *args: str) -> Result:
    return CliRunner().invoke(cli.main, ["--home", str(place.path), "refresh", *args])


def steps(place: Home) -> dict[str, str]:
    lines = [json.loads(line) for line in refresh(place, "--json").stdout.splitlines()]
    return {each["place"].rpartition("/")[2]: each["what"] for each in lines if "what" in each}


def test_a_feed_is_followed_and_one_bad_page_or_source_stops_nothing(site: Site, tmp_path: Path) -> None:
    """What is new is read with the feed's date, each failure has its line, and the report tells what changed."""
    listed(site, "/bought", "/gone", "/picture", "/dull")
    held = sources(tmp_path / "home", 'feed = "http://127.0.0.1:1/feed"', f'feed = "{site.at("/feed")}"')
    done = refresh(held)
    assert done.exit_code == 0
    assert "1 new, 0 changed, 0 unchanged, 1 without a fact, 3 failed" in done.stdout
    assert "New deals\n  Orvane Systems Inc acquires Tessaly Labs Ltd" in done.stdout
    refused = "127.0.0.1:1/feed: http://127.0.0.1:1/robots.txt: cannot be fetched"
    told = (refused, "/gone: the server says 404", "image/png is not a format")
    assert [line for line in told if line not in done.stderr] == []
    with Ledger(held.ledger) as ledger:
        (source,) = (ledger.source(each) for each in ledger.sources())
    assert (source.names, source.document.published) == ((site.at("/bought"),), "2031-05-14")


def test_what_is_known_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    """Pages of a feed once; a page of its own is asked for with its tag; a changed one is a new version."""
    listed(site, "/bought", "/dull")
    held = sources(tmp_path / "home", f'feed = "{site.at("/feed")}"', f'page = "{site.at("/partners")}"')
    assert steps(held) == {"bought": "new", "dull": "nothing", "partners": "new"}
    site.asked.clear()
    assert steps(held) == {"partners": "unchanged"}
    assert [path for path in site.paths() if path != "/robots.txt"] == ["/feed", "/partners"]
    assert "if-none-match" in site.asked[-1][1]
    edited = PARTNERS.replace("Brindle Mowers Ltd", "Haddock Tools Ltd")
    site.pages["/partners"] = ("text/html", edited.encode())
    assert steps(held) == {"partners": "changed"}
    with Ledger(held.ledger) as ledger:
        assert ledger.counts()["sources"] == 2
    listed(site, "/bought", "/dull", "/partners")
    assert steps(held) == {"partners": "unchanged"}


def test_files_and_folders_are_sources_too(tmp_path: Path) -> None:
    """Files of any format that is read; what has not changed is not even opened."""
    news = tmp_path / "news"
    (news / "deep").mkdir(parents=True)
    (news / "a.txt").write_text("Orvane Systems Inc has acquired Tessaly Labs Ltd for USD 40 million.", "utf-8")
    said = "Quillon Robotics Inc and Brindle Mowers Ltd have announced a partnership."
    mail = f"From: a@b.example\nSubject: News\n\n{said}\n"
    (news / "deep" / "b.eml").write_text(mail, "utf-8")
    (news / "c.png").write_bytes(b"\x89PNG")
    held = sources(tmp_path / "home", 'folder = "../news"', 'folder = "nowhere"')
    assert steps(held) == {"a.txt": "new", "b.eml": "new", "nowhere": "failed"}
    assert steps(held) == {"nowhere": "failed"}
    (news / "a.txt").write_text("Orvane Systems Inc has acquired Marrowby Labs Ltd for USD 40 million.", "utf-8")
    assert steps(held) == {"a.txt": "changed", "nowhere": "failed"}


def test_a_sitemap_leads_to_pages(site: Site, tmp_path: Path) -> None:
    """Through an index, and only to addresses that match."""
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = f"<sitemapindex {space}><sitemap><loc>{site.at('/m')}</loc></sitemap></sitemapindex>"
    entries = "".join(f"<url><loc>{site.at(path)}</loc></url>" for path in ("/bought", "/dull"))
    site.pages["/index"] = ("application/xml", index.encode())
    site.pages["/m"] = ("application/xml", f"<urlset {space}>{entries}</urlset>".encode())
    held = sources(tmp_path / "home", f'sitemap = "{site.at("/index")}"\nmatch = "/bou"')
    assert steps(held) == {"bought": "new"}


def test_a_source_with_much_is_taken_in_parts(site: Site, tmp_path: Path) -> None:
    """Each refresh takes up to the limit of what is new, until all is taken; a failure is tried again."""
    site.pages["/later"] = lambda request: reply(request, b"", "text/plain", 503)
    listed(site, "/later", "/bought", "/partners")
    held = sources(tmp_path / "home", f'feed = "{site.at("/feed")}"\nlimit = 2')
    assert steps(held) == {"later": "failed", "bought": "new"}
    site.pages["/later"] = ("text/html", DULL.replace("It rained", "It snowed").encode())
    assert steps(held) == {"later": "nothing", "partners": "new"}
    assert steps(held) == {}


def test_a_refresh_that_is_killed_continues_where_it_was(site: Site, tmp_path: Path) -> None:
    """What was acknowledged is kept, what was not is read then, nothing is doubled."""
    listed(site, "/bought", "/partners", "/slow")

    def slow(request: object) -> None:
        time.sleep(30)

    site.pages["/slow"] = slow
    held = sources(tmp_path / "home", f'feed = "{site.at("/feed")}"')
    command = [sys.executable, "-m", "kg.cli", "--home", str(held.path), "refresh"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_for(lambda: "/slow" in site.paths())
        os.kill(process.pid, signal.SIGKILL)
    site.pages["/slow"] = ("text/html", DULL.encode())
    assert steps(held)["slow"] == "nothing"
    kinds = sorted(each["kind"] for each in overview.facts(held))
    assert kinds == ["acquisition", "partnership"]
    assert steps(held) == {}


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="there is no `prlimit` to make a disk full with")
@pytest.mark.parametrize("size", [4096, 60_000, 150_000])
def test_a_refresh_on_a_full_disk_says_so_and_continues_where_it_was(site: Site, tmp_path: Path, size: int) -> None:
    """Wherever it strikes, what is acknowledged is kept; with room again the graph is as if it had never struck."""
    listed(site, "/bought")
    held = sources(tmp_path / "home", f'feed = "{site.at("/feed")}"')
    steps(held)
    listed(site, "/bought", "/partners", "/dull")
    command = ["prlimit", f"--fsize={size}", sys.executable, "-m", "kg.cli", "--home", str(held.path), "refresh"]
    struck = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert struck.returncode != 0
    assert "Error: " in struck.stderr
    assert "Traceback" not in struck.stderr
    assert len(steps(held)) == 2 - struck.stdout.count("new: ") - struck.stdout.count("nothing: ")
    assert steps(held) == {}
    whole = sources(tmp_path / "whole", f'feed = "{site.at("/feed")}"')
    steps(whole)
    assert timeless(held) == timeless(whole)


def test_a_refresh_whose_network_goes_away_continues_where_it_was(site: Site, tmp_path: Path) -> None:
    """A page that ends too early is told and not stored; the next refresh ends in the graph of one undisturbed."""
    listed(site, "/bought", "/partners")
    whole = sources(tmp_path / "whole", f'feed = "{site.at("/feed")}"')
    steps(whole)
    page = site.pages["/partners"]

    def gone(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", "5000")
        request.end_headers()
        request.wfile.write(PARTNERS.encode()[:200])

    site.pages["/partners"] = gone
    held = sources(tmp_path / "home", f'feed = "{site.at("/feed")}"')
    assert "/partners: ended before it was whole" in refresh(held).stderr
    with Ledger(held.ledger) as ledger:
        assert ledger.counts()["sources"] == 1
    site.pages["/partners"] = page
    assert steps(held) == {"partners": "new"}
    assert timeless(held) == timeless(whole)


def timeless(place: Home) -> list[str]:
    """The published quads without the times at which they were learned."""
    with store.current(place) as version:
        return sorted(str(quad) for quad in version.store() if "firstSeen" not in str(quad.predicate))


def test_watching_takes_a_new_file_at_once_and_tells_once_of_what_fails(tmp_path: Path) -> None:
    """`--watch` goes on until it is ended; a broken file, or a folder that is not there, is not read at each look."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    held = sources(tmp_path / "home", 'folder = "../news"', 'folder = "../missing"')
    command = [sys.executable, "-m", "kg.cli", "--home", str(held.path), "refresh", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline().endswith("2 failed\n")
            time.sleep(3)  # for one look at least
            text = "Orvane Systems Inc has acquired Tessaly Labs Ltd for USD 40 million."
            (tmp_path / "news" / "a.txt").write_text(text, "utf-8")
            assert process.stdout.readline().startswith("new: ")
        finally:
            process.terminate()


def wait_for(done: object) -> None:
    end = time.monotonic() + 60
    while not done():  # type: ignore[operator] # a function without arguments
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[source]]\nfeed = 'ftp://x'\n", "source 1: 'ftp://x' is no address of the web"),
        ("[[source]]\nmatch = 'x'\n", "source 1 needs exactly one of feed, sitemap, page, folder, file"),
        ("[[source]]\npage = 'http://x'\ncolour = 1\n", "'colour' is no setting of it"),
        ("[fetch]\nspeed = 9\n", "has no setting 'speed'"),
        ("[fetch]\nallow = '127.0.0.1'\n", "allow is of the wrong type"),
        ("[watch]\n", "there is no setting 'watch'"),
        ("[[source]\n", "cannot be read as TOML"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(empty_home: Home, text: str, message: str) -> None:
    """The message names the file, the place and what is wrong."""
    (empty_home.path / "feeds.toml").write_text(text, "utf-8")
    with pytest.raises(FeedsError, match=message.replace("[", r"\[")):
        feeds.read(empty_home)
    (empty_home.path / "feeds.toml").unlink()
    with pytest.raises(FeedsError, match="there is none yet"):
        feeds.read(empty_home)
