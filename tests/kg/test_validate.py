from __future__ import annotations

from dataclasses import replace

import pytest
from samples import fact, fill, reading

from extract.document import Document
from extract.fact import Fact, Participant
from kg import store
from kg.home import Home
from kg.ledger import Ledger

TEXT = "Orvane acquired Tessaly Labs in May 2031."
DOCUMENT = Document("news.txt", TEXT, "News")
GOOD = fact(DOCUMENT, "acquisition", {"acquirer": "Orvane", "target": "Tessaly Labs"}, date="2031-05")
MARKET = {"market": "Garden Robot Market"}

BAD = {
    "no target": (fact(DOCUMENT, "acquisition", {"acquirer": "Orvane"}), "target"),
    "one partner": (fact(DOCUMENT, "partnership", {"partner": "Orvane"}), "partner"),
    "neither supplier nor customer": (
        fact(DOCUMENT, "contract", {"region": "Europe"}),
        "Neither a supplier nor a customer",
    ),
    "two markets": (fact(DOCUMENT, "player", {"market": ("A Market", "B Market"), "company": "Orvane"}), "market"),
    "a product that buys": (
        fact(DOCUMENT, "acquisition", {"acquirer": "Lens", "target": "T"}, types={"Lens": "Product"}),
        "acquirer",
    ),
    "an unknown type": (
        fact(DOCUMENT, "acquisition", {"acquirer": "Moon", "target": "T"}, types={"Moon": "Planet"}),
        "acquirer",
    ),
    "a size without a figure": (fact(DOCUMENT, "market_size", MARKET, date="2031"), "value"),
    "a size without a year": (fact(DOCUMENT, "market_size", MARKET, value=("1", "USD")), "date"),
    "a date that is none": (replace(GOOD, date="2031-13-45"), "date"),
    "a quarter as a date": (replace(GOOD, date="2031-Q3"), "date"),
    "more than certain": (replace(GOOD, confidence=1.5), "confidence"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_fact_that_breaks_a_shape_is_left_out_kept_and_listed(empty_home: Home, case: str) -> None:
    """The rest of its document is published; the fact stays in the ledger with a reason that names what is wrong."""
    bad, what = BAD[case]
    other = replace(bad, evidence=DOCUMENT.span(0, 6))  # of another id than the good one
    fill(empty_home, [reading(DOCUMENT, [GOOD, other])])
    with Ledger(empty_home.ledger) as ledger:
        (source,) = ledger.sources()
        (problem,) = ledger.problems()
        assert (problem.document, problem.fact) == ("news.txt", other.id(source))
        assert what in problem.reason
        assert ledger.counts()["facts"] == 2
    with store.current(empty_home) as version:
        shown = " ".join(map(str, version.store()))
    assert f"fact/{GOOD.id(source)}" in shown
    assert f"fact/{other.id(source)}" not in shown


def test_a_problem_that_is_mended_is_listed_no_more(empty_home: Home) -> None:
    """Problems are those of the last projection."""
    fill(empty_home, [reading(DOCUMENT, [BAD["no target"][0]])])
    fill(empty_home, [reading(Document("news.txt", TEXT + " ", "News"), [GOOD])])
    with Ledger(empty_home.ledger) as ledger:
        assert ledger.problems() == []


def test_a_type_that_another_document_gives_does_not_break_a_fact(empty_home: Home) -> None:
    """Where most documents call a body a company, the one that calls it a publisher is still valid."""
    for name, kind in (("a.txt", "Company"), ("b.txt", "Company"), ("c.txt", "Publisher")):
        document = Document(name, f"{name}: Orvane acquired Tessaly Labs.", name)
        roles = {"acquirer": "Orvane", "target": "Tessaly Labs"}
        fill(empty_home, [reading(document, [fact(document, "acquisition", roles, types={"Orvane": kind})])])
    with Ledger(empty_home.ledger) as ledger:
        assert ledger.problems() == []


def test_the_sample_is_valid(sample_home: Home) -> None:
    """No fact of the annotated sample breaks a shape."""
    with Ledger(sample_home.ledger) as ledger:
        assert ledger.problems() == []


def test_a_fact_has_evidence_or_is_none() -> None:
    """What cannot be shown with its words is refused where it is made."""
    with pytest.raises(Exception, match="span"):
        Fact("player", (Participant("Orvane", "company", "Company"),), DOCUMENT.span(3, 3), "test", 1.0)
