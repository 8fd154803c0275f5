from __future__ import annotations

from decimal import Decimal

import pytest
from pyoxigraph import Store
from samples import fact, fill, reading

from extract.document import Document
from kg import home
from kg.explorer import details
from kg.store import current

TEXT = """The garden robot market was worth USD 1.35 billion in 2029. It will be worth USD 1.40 billion in 2030.

In June 2030 Castell Motors agreed to buy Brindle Robotics for GBP 95 million.
"""
BASE = "http://kg.example/"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    document = Document("report.txt", TEXT, "Garden robots", publisher="Quill Institute", published="2031-05")
    sizes = [
        fact(document, "market_size", {"market": "Garden Robot Market"}, value=value, date=date, quote=quote)
        for value, date, quote in [
            (("1350000000", "USD"), "2029", "The garden robot market was worth USD 1.35 billion in 2029"),
            (("1400000000", "USD"), "2030", "It will be worth USD 1.40 billion in 2030"),
        ]
    ]
    deal = fact(
        document,
        "acquisition",
        {"acquirer": "Castell Motors", "target": "Brindle Robotics"},
        quote="Castell Motors agreed to buy Brindle Robotics for GBP 95 million",
        value=("95000000", "GBP"),
        date="2030-06",
        status="planned",
        stage="agreed",
    )
    place = home.make(tmp_path_factory.mktemp("details") / "home", BASE)
    fill(place, [reading(document, [*sizes, deal])])
    with current(place) as version:
        return version.store()


def test_a_fact_comes_with_its_sentence_and_document(store: Store) -> None:
    """Whoever clicks reads the sentence, where it stands, who published it and when."""
    (deal,) = list(details.facts_about(store, BASE + "organization/castell-motors"))
    (evidence,) = deal.evidence

    assert (deal.kind.name, deal.status, deal.date, deal.value, deal.unit) == (
        "acquisition",
        "planned",
        "2030-06",
        Decimal("95000000"),
        "GBP",
    )
    assert deal.attributes == {"stage": ("agreed",)}
    assert deal.player("target") == BASE + "organization/brindle-robotics"
    assert evidence.sentence == "In June 2030 Castell Motors agreed to buy Brindle Robotics for GBP 95 million."
    assert TEXT[evidence.start : evidence.end] == evidence.quote
    assert (evidence.document.title, evidence.document.publisher, evidence.document.issued) == (
        "Garden robots",
        "Quill Institute",
        "2031-05",
    )


def test_the_facts_of_a_market_are_all_that_name_it(store: Store) -> None:
    """A market has its figures, and not the deals that do not name it."""
    found = details.facts_about(store, BASE + "market/garden-robot-market")

    assert sorted(fact.date for fact in found) == ["2029", "2030"]


def test_what_is_no_fact_is_none(store: Store) -> None:
    """An IRI of something else, or of nothing, gives no fact and no error."""
    assert details.fact(store, BASE + "market/garden-robot-market") is None
    assert details.fact(store, BASE + "fact/nothing") is None


def test_documents_are_listed_with_what_they_gave(store: Store) -> None:
    """Every document stands in the list with the number of its facts by kind."""
    ((document, counts),) = details.documents(store)

    assert document.title == "Garden robots"
    assert counts == {"market_size": 2, "acquisition": 1}


def test_of_many_facts_the_latest_come_first(store: Store) -> None:
    """What is cut off is old, and the reader learns how much there is."""
    found, total = details.latest_facts(store, BASE + "market/garden-robot-market", 1)

    assert ([fact.date for fact in found], total) == (["2030"], 2)
