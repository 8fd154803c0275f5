from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import adding
import pytest
from samples import fact, fill, gold, reading, sample

from extract.document import Document
from kg import ingest, store
from kg.home import Home
from kg.identity import Judgement
from kg.judgements import judge
from kg.ledger import Ledger
from kg.record import Reading
from ontology.errors import KgError

TEXT = "Orvane Inc. acquired Tessaly Labs in May 2031. Brindle launched the Lumeo Reader."
DOCUMENT = Document("news.txt", TEXT, "News")
BOUGHT = fact(
    DOCUMENT, "acquisition", {"acquirer": "Orvane Inc.", "target": "Tessaly Labs"}, quote=TEXT[:46], date="2031-05"
)
LAUNCHED = fact(DOCUMENT, "launch", {"company": "Brindle", "product": "Lumeo Reader"}, quote=TEXT[47:])


def version(home: Home) -> int:
    with store.current(home) as found:
        return found.number


def quads(home: Home) -> set[str]:
    with store.current(home) as found:
        return {str(quad) for quad in found.store()}


def test_what_a_document_brings_is_told_by_kind(empty_home: Home) -> None:
    """The outcome counts facts by kind and says that they are new."""
    recorded = fill(empty_home, [reading(DOCUMENT, [BOUGHT, LAUNCHED])])[0].recorded
    assert recorded is not None
    assert (recorded.kinds, recorded.new, recorded.known, recorded.closed) == (
        {"acquisition": 1, "launch": 1},
        2,
        0,
        0,
    )


def test_the_same_document_twice_changes_nothing_and_says_so(empty_home: Home) -> None:
    """No new version is published, no quad differs, and the outcome is not `changed`."""
    fill(empty_home, [reading(DOCUMENT, [BOUGHT, LAUNCHED])])
    before = version(empty_home), quads(empty_home)
    recorded = fill(empty_home, [reading(DOCUMENT, [BOUGHT, LAUNCHED])])[0].recorded
    assert recorded is not None
    assert (recorded.changed, recorded.new, recorded.known) == (False, 0, 2)
    assert (version(empty_home), quads(empty_home)) == before


def test_the_same_text_in_another_file_is_the_same_document(empty_home: Home) -> None:
    """It is not doubled; only its further name is noted."""
    copy = replace(DOCUMENT, name="copy.txt")
    fill(empty_home, [reading(DOCUMENT, [BOUGHT]), reading(copy, [BOUGHT])])
    with Ledger(empty_home.ledger) as ledger:
        assert [ledger.source(each).names for each in ledger.sources()] == [("copy.txt", "news.txt")]


def test_a_changed_file_is_a_new_version_of_its_source(empty_home: Home) -> None:
    """Facts that it no longer states are closed and leave the graph; those it still states stay the same facts."""
    fill(empty_home, [reading(DOCUMENT, [BOUGHT, LAUNCHED])])
    edited = Document("news.txt", "Correction: " + TEXT[:46], "News")
    bought = fact(
        edited, "acquisition", {"acquirer": "Orvane Inc.", "target": "Tessaly Labs"}, quote=TEXT[:46], date="2031-05"
    )
    recorded = fill(empty_home, [reading(edited, [bought])])[0].recorded
    assert recorded is not None
    assert (recorded.new, recorded.known, recorded.closed) == (0, 1, 1)
    assert not any("Lumeo Reader" in quad for quad in quads(empty_home))
    with Ledger(empty_home.ledger) as ledger:
        assert (ledger.counts()["facts"], ledger.counts()["closed"]) == (1, 1)


def test_a_file_that_returns_to_its_old_text_reopens_its_facts(empty_home: Home) -> None:
    """The source shows what its file says now, whatever it said in between."""
    first = quads_after(empty_home, reading(DOCUMENT, [BOUGHT, LAUNCHED]))
    other = Document("news.txt", "Withdrawn: nothing. Brindle launched the Lumeo Reader.", "News")
    fill(empty_home, [reading(other, [fact(other, "launch", {"company": "Brindle"}, quote="Brindle launched")])])
    assert quads_after(empty_home, reading(DOCUMENT, [BOUGHT, LAUNCHED])) == first


def quads_after(home: Home, each: Reading) -> set[str]:
    fill(home, [each])
    return {quad for quad in quads(home) if "ledgerNumber" not in quad}


def test_one_of_two_files_with_one_text_changes_alone(empty_home: Home) -> None:
    """The other file still says what it said, so its facts stay in the graph."""
    fill(empty_home, [reading(DOCUMENT, [BOUGHT]), reading(replace(DOCUMENT, name="copy.txt"), [BOUGHT])])
    other = Document("copy.txt", "Brindle launched the Lumeo Reader again.", "News")
    fill(empty_home, [reading(other, [fact(other, "launch", {"company": "Brindle"})])])
    with Ledger(empty_home.ledger) as ledger:
        assert sorted(kind.kind for each in ledger.sources() for kind in ledger.source(each).facts.values()) == [
            "acquisition",
            "launch",
        ]


def test_facts_of_one_id_are_one_fact_with_further_mentions(empty_home: Home) -> None:
    """The same thing said twice in the same words is one fact with two mentions."""
    twice = Document("twice.txt", "Orvane buys Tessaly. Again: Orvane buys Tessaly.", "Twice")
    first = fact(twice, "acquisition", {"acquirer": "Orvane", "target": "Tessaly"}, quote="Orvane buys Tessaly.")
    at = twice.text.rindex("Orvane buys Tessaly.")
    fill(empty_home, [reading(twice, [first, replace(first, evidence=twice.span(at, at + 20))])])
    with Ledger(empty_home.ledger) as ledger:
        (held,) = ledger.source(ledger.sources()[0]).facts.values()
    assert (held.evidence.start, [mention.start for mention in held.mentions]) == (0, [at])


def test_an_error_of_one_input_does_not_stop_the_rest(empty_home: Home) -> None:
    """Each input has its outcome, in order; what failed says why."""

    def unreadable() -> Reading:
        raise KgError("broken.pdf: cannot be read")

    good = reading(DOCUMENT, [BOUGHT])
    outcomes = list(
        ingest.keep(empty_home, [("broken.pdf", unreadable), ("news.txt", partial(lambda each: each, good))])
    )
    assert [(outcome.name, outcome.error is None) for outcome in outcomes] == [
        ("broken.pdf", False),
        ("news.txt", True),
    ]
    assert version(empty_home) == 1


def test_an_outcome_is_given_only_once_its_document_is_published(empty_home: Home) -> None:
    """Whoever reads the line finds the document in the graph."""
    for outcome in ingest.keep(empty_home, [("news.txt", lambda: reading(DOCUMENT, [BOUGHT]))]):
        assert outcome.recorded is not None
        assert any(DOCUMENT.id in quad for quad in quads(empty_home))


def test_a_judgement_reprojects_the_sources_it_touches(empty_home: Home) -> None:
    """Two names that are judged the same are one node in all documents, without reading any again."""
    other = Document("other.txt", "OTL bought Marrowby.", "Other")
    fill(
        empty_home,
        [
            reading(DOCUMENT, [BOUGHT]),
            reading(other, [fact(other, "acquisition", {"acquirer": "OTL", "target": "Marrowby"})]),
        ],
    )
    assert any("/organization/otl>" in quad for quad in quads(empty_home))
    with Ledger(empty_home.ledger) as ledger:
        judge(
            ledger,
            ledger.run("judge"),
            [Judgement("organization", "Orvane Inc.", "OTL", "same")],
            who="me",
            why="same seat",
        )
    fill(empty_home, [])
    assert not any("/organization/otl>" in quad for quad in quads(empty_home))


def test_building_anew_gives_the_same_graph(empty_home: Home) -> None:
    """The graph is a function of the ledger: what grew document by document equals what is projected at once."""
    for path in [*sample()[2:5], sample()[-1]]:
        fill(empty_home, [gold(path)])
    grown, before = quads(empty_home), version(empty_home)
    assert list(ingest.build(empty_home)) == []
    assert quads(empty_home) == grown
    assert version(empty_home) == before + 1


def test_a_batch_is_published_seldom(empty_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first document is shown at once, the others wait for the pause to pass or the batch to end."""
    monkeypatch.setattr(ingest, "_PUBLISH_EVERY", 3600.0)
    fill(empty_home, [adding.document(number) for number in range(5)])
    assert version(empty_home) == 2


def test_an_earlier_date_reads_relative_dates_anew(empty_home: Home, tmp_path: Path) -> None:
    """The earliest date of publication wins, and what the text calls last month follows it."""
    body = (
        "<p>Orvane Systems has acquired Tessaly Labs last month. The two companies have known each other for years, "
        "and they say that their customers will hardly notice that anything has changed.</p>"
    )
    page = "<html><head><title>Deal</title>{}</head><body><article><h1>Deal</h1>{}</article></body></html>"
    dates = {"late.html": "2025-06-14", "early.html": "2025-03-14"}
    for name, date in dates.items():
        meta = f'<meta property="article:published_time" content="{date}">'
        (tmp_path / name).write_text(page.format(meta, body), "utf-8")
        (outcome,) = ingest.add(empty_home, [tmp_path / name])
        assert outcome.error is None
    with Ledger(empty_home.ledger) as ledger:
        (source,) = (ledger.source(each) for each in ledger.sources())
    assert source.document.published == "2025-03-14"
    assert {fact.date for fact in source.facts.values() if fact.kind == "acquisition"} == {"2025-02"}
