from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from samples import fact, fill, reading
from starlette.testclient import TestClient

from extract.document import Document
from kg import changes, cli, endpoint, moments, store
from kg.changes import Change
from kg.home import Home
from kg.ledger import Ledger
from kg.moments import UnknownMomentError
from kg.record import Reading
from kg.worker import Limits


def deal(name: str, words: str, published: str, **more: Any) -> Reading:
    """A document that tells of one acquisition in these words."""
    document = Document(name, words, name, published=published)
    return reading(document, [fact(document, "acquisition", {"acquirer": "Alba", "target": "Brindle"}, **more)])


def size(name: str, value: str, said: str) -> Reading:
    document = Document(name, f"The garden robot market was worth {said} in 2030.", name)
    roles = {"market": "Garden Robot Market"}
    return reading(document, [fact(document, "market_size", roles, value=(value, "USD"), date="2030")])


def since(home: Home, number: int | None = None) -> list[Change]:
    with Ledger(home.ledger) as ledger:
        return changes.between(ledger, moments.moment(ledger, None) if number is None else number)


def told(found: list[Change]) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in found]


PLANNED = deal(
    "a.txt", "Alba will buy Brindle for USD 90 million.", "2031-03-01", status="planned", value=("90", "USD")
)
CLOSED = deal("b.txt", "Alba has bought Brindle.", "2031-06-02", date="2031-06-01")


def test_a_deal_is_new_then_changes_its_status_and_is_told_again(empty_home: Home) -> None:
    """The most important first, with the words of the document that show it."""
    fill(empty_home, [PLANNED])
    assert told(since(empty_home)) == [
        ("deal", "Alba acquires Brindle (planned, USD 90)"),
        ("player", "Alba, in: Alba acquires Brindle"),
        ("player", "Brindle, in: Alba acquires Brindle"),
    ]
    fill(empty_home, [CLOSED])
    found = since(empty_home)
    assert told(found) == [
        ("status", "Alba acquires Brindle (2031-06-01, USD 90): planned, now asserted"),
        ("told", "Alba acquires Brindle (2031-06-01, USD 90)"),
    ]
    assert (found[0].quote, found[0].document) == ("Alba has bought Brindle.", "b.txt")


def test_a_figure_of_a_changed_page_is_one_change(empty_home: Home) -> None:
    """Not one that goes and another that comes."""
    fill(empty_home, [size("r.txt", "1350000000", "USD 1.35 billion")])
    fill(empty_home, [size("r.txt", "1500000000", "USD 1.5 billion")])
    assert told(since(empty_home)) == [
        ("figure", "market size: Garden Robot Market 1500000000 USD (was 1350000000 USD)")
    ]


def test_what_a_page_says_no_more_is_told(empty_home: Home) -> None:
    """A deal that is gone is named with the reason."""
    fill(empty_home, [PLANNED])
    fill(empty_home, [size("a.txt", "1", "USD 1")])
    assert ("gone", "Alba acquires Brindle (planned, USD 90): its document does not say it any more") in told(
        since(empty_home)
    )


def test_moments_are_runs_and_dates(empty_home: Home) -> None:
    """After a run by its number, from a date on; anything else is refused."""
    fill(empty_home, [PLANNED])
    fill(empty_home, [CLOSED])
    with Ledger(empty_home.ledger) as ledger:
        last = ledger.row("SELECT max(id) FROM run")[0]
        assert moments.moment(ledger, str(last)) == ledger.number()
        assert moments.moment(ledger, "2020-01-01") == 0
        assert moments.moment(ledger, "2999-01-01") == ledger.number()
        for wrong in ("99999", "last week", "2031-13-01"):
            with pytest.raises(UnknownMomentError, match=wrong):
                moments.moment(ledger, wrong)


def kg(home: Home, *args: str) -> Result:
    return CliRunner().invoke(cli.main, ["--home", str(home.path), *args], catch_exceptions=False)


def test_changes_are_text_markdown_and_json(empty_home: Home) -> None:
    """All three tell the same; in Markdown what a document says cannot become markup."""
    fill(empty_home, [deal("a.txt", "Alba will buy *Brindle* <b>soon</b>.", "2031-03-01", status="planned")])
    text = kg(empty_home, "changes").output
    assert text.startswith("New deals\n  Alba acquires Brindle (planned)\n")
    marked = kg(empty_home, "changes", "--since", "2020-01-01", "--format", "markdown").output
    assert "## New deals\n\n- Alba acquires Brindle (planned)\n  > Alba will buy \\*Brindle\\* \\<b\\>soon" in marked
    records = [json.loads(line) for line in kg(empty_home, "changes", "--format", "json").output.splitlines()]
    assert [each["kind"] for each in records] == ["deal", "player", "player"]


def test_diff_tells_what_a_release_would_change_and_takes_nothing_in(empty_home: Home, tmp_path: Path) -> None:
    """As `kg changes` would tell it after `kg add`; ledger and graph stay as they are."""
    fill(empty_home, [PLANNED])
    release = tmp_path / "release.txt"
    release.write_text(
        "Orvane Systems Inc has acquired Tessaly Labs Ltd for USD 40 million, the two companies said.\n", "utf-8"
    )
    with Ledger(empty_home.ledger) as ledger, store.current(empty_home) as version:
        before = ledger.counts(), ledger.number(), version.number
    would = kg(empty_home, "diff", str(release)).output
    assert "New deals\n  Orvane Systems Inc acquires Tessaly Labs Ltd" in would
    with Ledger(empty_home.ledger) as ledger, store.current(empty_home) as version:
        assert (ledger.counts(), ledger.number(), version.number) == before
    kg(empty_home, "add", str(release))
    assert kg(empty_home, "changes").output == would


def at(home: Home, *times: str) -> None:
    """Lets the runs of a home have begun at these times."""
    with Ledger(home.ledger) as ledger:
        for run, time in enumerate(times, 1):
            ledger.connection.execute("UPDATE run SET started = ? WHERE id = ?", (time, run))


def exported(home: Home, *args: str) -> set[str]:
    lines = kg(home, "export", "--format", "nquads", *args).output.splitlines()
    return {line for line in lines if "ledgerNumber" not in line and "firstSeen" not in line}


def test_as_of_shows_what_was_known_then(empty_home: Home) -> None:
    """Query and export give the graph of an earlier day, whatever was altered, closed or judged since."""
    states = []
    pages = (PLANNED, size("r.txt", "1350000000", "USD 1.35 billion"), CLOSED, size("r.txt", "15", "USD 15"))
    for page in pages:
        fill(empty_home, [page])
        states.append(exported(empty_home))
    kg(empty_home, "merge", "Alba", "Brindle")
    at(empty_home, *(f"2031-07-0{day}T12:00:00Z" for day in (1, 2, 3, 4, 5)))
    for day, state in enumerate(states, 1):
        assert exported(empty_home, "--as-of", f"2031-07-0{day}") == state
    sizes = "SELECT ?v { ?s a <https://w3id.org/ci-kg#MarketSize> ; <https://w3id.org/ci-kg#value> ?v }"
    query = empty_home.path / "q.rq"
    query.write_text(sizes, "utf-8")
    assert kg(empty_home, "query", str(query), "--as-of", "2031-07-02", "--format", "csv").output.split() == [
        "v",
        "1350000000",
    ]
    assert kg(empty_home, "query", str(query), "--format", "csv").output.split() == ["v", "15"]


def test_the_graph_tells_when_a_fact_was_first_read(empty_home: Home) -> None:
    """SPARQL can ask for learned time; what stays on a changed page keeps the time at which it was first read."""
    fill(empty_home, [PLANNED])
    at(empty_home, "2031-07-01T12:00:00Z")
    again = deal(
        "a.txt", "Alba will buy Brindle for USD 90 million.", "2031-02-01", status="planned", value=("90", "USD")
    )
    fill(empty_home, [again])
    query = empty_home.path / "q.rq"
    query.write_text(
        "SELECT ?t { ?s a <https://w3id.org/ci-kg#Acquisition> ; <https://w3id.org/ci-kg#firstSeen> ?t }", "utf-8"
    )
    assert kg(empty_home, "query", str(query), "--format", "csv").output.split() == ["t", "2031-07-01T12:00:00Z"]


def test_the_feed_tells_run_by_run(empty_home: Home) -> None:
    """Any reader of Atom can follow it; what documents say is shown as text."""
    fill(empty_home, [deal("a.txt", "Alba will buy <script> & Brindle.", "2031-03-01", status="planned")])
    fill(empty_home, [CLOSED])
    with TestClient(endpoint.app(empty_home, Limits(5, 512, 1 << 20, 1))) as client:
        answer = client.get("/changes.atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    space = {"a": "http://www.w3.org/2005/Atom"}
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - we made it
    titles = [str(each.text) for each in feed.findall("a:entry/a:title", space)]
    assert [title.split(";")[0] for title in titles] == ["Deals whose status changed: 1", "New deals: 1"]
    first = str(feed.findall("a:entry/a:content", space)[1].text)
    assert (
        "<li>Alba acquires Brindle (planned)<br/><q>Alba will buy &lt;script&gt; &amp; Brindle.</q> (a.txt)</li>"
        in first
    )
