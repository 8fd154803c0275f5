from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import adding
import pytest
from samples import fact, gold, reading, sample

from extract.document import Document
from kg import home, registry
from kg.home import Home
from kg.ledger import Ledger, LedgerError
from kg.record import record


def test_a_full_disk_leaves_the_ledger_as_it_was(empty_home: Home) -> None:
    """What cannot be written whole is not written at all, and the message says so."""
    with Ledger(empty_home.ledger) as ledger:
        record(ledger, ledger.run("add"), adding.document(0))
        before = ledger.counts()
        pages = ledger.row("PRAGMA page_count")[0]
        ledger.connection.execute(f"PRAGMA max_page_count = {pages}")
        page = Document("long.txt", "Alba and Brindle partner. " + "They said more. " * 20_000, "Long")
        facts = [fact(page, "partnership", {"partner": ("Alba", "Brindle")}, quote="Alba and Brindle partner.")]
        with pytest.raises(LedgerError, match="full"):
            record(ledger, 1, reading(page, facts))
        assert ledger.counts() == before
        ledger.connection.execute("PRAGMA max_page_count = 1000000")
        assert record(ledger, 1, reading(page, facts)).new == 1


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    """It is not overwritten."""
    place = home.make(tmp_path / "home")
    place.ledger.write_text("something else altogether, and long enough to be looked at", "utf-8")
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger(place.ledger)
    assert place.ledger.read_text("utf-8").startswith("something else")


def test_facts_come_back_as_they_went_in(empty_home: Home) -> None:
    """Nothing of a fact is lost in the record: spans, figures to the last digit and as written, lists, mentions."""
    page = Document("r.txt", "USD 12.30 or 12.3 dollars for Alba and Brindle.", "R")
    made = fact(
        page, "partnership", {"partner": ("Alba", "Brindle")}, date="2031-05", product=("A", "B"), term="3 years"
    )
    quantity = fact(page, "partnership", {}, value=("12.300000000000000001", "USD")).quantity
    assert quantity
    whole = replace(made, quantity=replace(quantity, text="USD 12.30"), mentions=(page.span(13, 25),))
    with Ledger(empty_home.ledger) as ledger:
        record(ledger, ledger.run("add"), reading(page, [whole]))
        (held,) = ledger.source(ledger.sources()[0]).facts.values()
    assert held == whole
    assert held.quantity
    assert held.quantity.value == Decimal("12.300000000000000001")


def test_documents_keep_their_bytes_and_what_each_finder_said(empty_home: Home) -> None:
    """The earliest date wins, whichever finder came first, and a better reader can read the bytes again."""
    page = Document("a.txt", "Alba and Brindle partner.", "A", "Wire", "2031-05-14")
    facts = [fact(page, "partnership", {"partner": ("Alba", "Brindle")})]
    with Ledger(empty_home.ledger) as ledger:
        run = ledger.run("add")
        record(ledger, run, reading(page, facts, b"<html>Alba"))
        record(ledger, run, reading(replace(page, name="b.txt", publisher="Post", published="2031-05-12"), facts))
        source = ledger.source(ledger.sources()[0])
        assert (source.document.published, source.document.publisher) == ("2031-05-12", "Post")
        assert source.names == ("a.txt", "b.txt")
        assert list(ledger.originals()) == [(source.document, "a.txt", b"<html>Alba")]


def test_the_sample_comes_back_whole(sample_home: Home) -> None:
    """Every gold fact of the sample is recorded as it was annotated."""
    with Ledger(sample_home.ledger) as ledger:
        for path in sample():
            expected = gold(path)
            source = ledger.current(expected.document.id)
            assert source
            held = ledger.source(source).facts
            assert sorted(held) == sorted({each.id(source) for each in expected.facts})


def test_older_documents_are_found_by_the_phrases_they_hold(empty_home: Home) -> None:
    """Words in a row, whatever their case and ending; quotation marks do no harm."""
    with Ledger(empty_home.ledger) as ledger:
        record(ledger, ledger.run("add"), adding.document(0))
        assert len(registry.holding(ledger, ["Garden robot"])) == 1
        assert len(registry.holding(ledger, ["GARDEN ROBOT MARK"])) == 1
        assert registry.holding(ledger, ["robot garden", "kitchen"]) == set()


def test_two_ledgers_of_one_home_see_each_others_changes(empty_home: Home) -> None:
    """Several processes may read and write it; a snapshot stays at its moment."""
    with Ledger(empty_home.ledger) as one, Ledger(empty_home.ledger) as other:
        with one.snapshot():
            assert one.number() == 0
            record(other, other.run("add"), adding.document(0))
            assert one.number() == 0
        assert one.number() == 1


def test_a_ledger_that_someone_else_holds_is_waited_for(empty_home: Home) -> None:
    """It says that it is locked, instead of losing what was to be written, when the wait is over."""
    with Ledger(empty_home.ledger) as one, Ledger(empty_home.ledger) as other:
        other.connection.execute("PRAGMA busy_timeout = 50")
        with one.change(1, "long"), pytest.raises(LedgerError, match="locked"):
            record(other, 1, adding.document(0))
        assert record(other, 1, adding.document(0)).changed
