from __future__ import annotations

from pathlib import Path

import pytest
import webserver
from payloads import PAYLOADS
from samples import DATA, fill, gold

from kg.explorer import previews
from kg.explorer.previews import PreviewError
from kg.fetch import FetchError
from kg.home import Home
from kg.ledger import Ledger

RELEASE = DATA / "releases" / "rad-ai-series-c.txt"


def test_a_document_is_compared_taken_in_and_taken_back(empty_home: Home) -> None:
    """What it would change is told with its sentences and records nothing; taken in, it can be taken back."""
    fill(empty_home, [gold(DATA / "releases" / "konica-minolta-newvue.txt")])
    path = previews.kept(empty_home, previews.keep(empty_home, "release.txt", RELEASE.read_bytes()))
    assert path is not None
    found = previews.compare(empty_home, path)

    assert {"deal", "player"} <= {each.kind for each in found}
    assert all(each.quote for each in found)
    with Ledger(empty_home.ledger) as ledger:
        assert ledger.counts()["documents"] == 1
    previews.take_in(empty_home, path)
    with Ledger(empty_home.ledger) as ledger:
        assert ledger.counts()["documents"] == 2
    previews.withdraw(empty_home, path)
    with Ledger(empty_home.ledger) as ledger:
        assert ledger.counts()["closed"] > 0


@pytest.mark.parametrize(
    ("name", "data"),
    [("x.exe", b"text"), ("x", b"text"), ("x.txt", b" \n"), ("x.txt", b"a" * (previews.LARGEST + 1))],
    ids=["format", "no format", "empty", "too large"],
)
def test_what_cannot_be_read_is_refused(empty_home: Home, name: str, data: bytes) -> None:
    """The inbox keeps only what may be read."""
    with pytest.raises(PreviewError):
        previews.keep(empty_home, name, data)


def test_a_document_is_fetched_where_that_is_allowed(empty_home: Home) -> None:
    """An address gives its document to the inbox; a private one is refused, and never asked, unless it is allowed."""
    with webserver.serving() as site:
        site.pages["/news/series-c"] = ("text/plain; charset=utf-8", RELEASE.read_bytes())
        with pytest.raises(FetchError, match="private address"):
            previews.fetch(empty_home, site.at("/news/series-c"))
        assert site.asked == []
        (empty_home.path / "feeds.toml").write_text('[fetch]\nallow = ["127.0.0.1"]\ndelay = 0\n', "utf-8")
        name = previews.fetch(empty_home, f" {site.at('/news/series-c')} ")
        with pytest.raises(FetchError, match="404"):
            previews.fetch(empty_home, site.at("/news/nothing"))

    path = previews.kept(empty_home, name)
    assert path is not None
    assert path.name.startswith("series-c-")
    assert path.read_bytes() == RELEASE.read_bytes()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_name_leads_out_of_the_inbox(empty_home: Home, payload: str) -> None:
    """Whatever a file is called, it lies in the inbox; no address reaches anything else."""
    kept = previews.keep(empty_home, f"{payload}.txt", b"text")

    assert Path(kept).name == kept
    assert (previews.folder(empty_home) / kept).is_file()
    assert previews.kept(empty_home, f"../{kept}") is None
    assert previews.kept(empty_home, "../kg.toml") is None
    assert previews.kept(empty_home, "") is None
