from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from extract import events
from extract.document import Document
from extract.passage import Context, Passage
from tests.extract.tables import Read, cases, shown


@pytest.mark.parametrize(("text", "expected"), cases("deals.txt"))
def test_deals(told: Read, text: str, expected: list[str]) -> None:
    """Each construction in which people tell of deals is read, and nothing else is made of it."""
    assert [shown(fact) for fact in told(text)] == expected


@pytest.mark.parametrize(("text", "expected"), cases("events.txt"))
def test_events_of_a_sentence(told: Read, text: str, expected: list[str]) -> None:
    """Each way of telling an event gives it with its kind, status, date, amount and roles, and nothing else."""
    assert [shown(fact) for fact in told(text)] == expected


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("In May 2031, Orvane signed a five-year supply agreement with Volterix.", "term", "5 years"),
        ("In May 2031, Brindle Robotics raised $5 million in Series B funding.", "round", "Series B"),
        ("In May 2031, Orvane acquired a 75% stake in Flexura.", "stake", "75%"),
        ("In May 2031, Orvane acquired a majority stake in Flexura.", "stake", "majority"),
        ("In May 2031, Quillon Health launched a viewer for small clinics.", "product", "viewer for small clinics"),
        ("In May 2031, Orvane opened a second plant in Linz.", "facility", "second plant in Linz"),
        ("In May 2031, Orvane and Flexura announced a strategic partnership.", "type", "strategic"),
        ("In May 2031, Ostrava Steel closed its wire mill in Brno.", "subject", "wire mill"),
        ("In May 2031, Orvane named Ilse Farrow as chief financial officer.", "title", "chief financial officer"),
        ("In May 2031, Orvane acquired Flexura for at least $9 million.", "minimum", True),
    ],
)
def test_attributes(told: Read, text: str, name: str, value: object) -> None:
    """What the sentence says beyond roles, date and money stands in the attributes of the guide."""
    assert told(text)[0].attributes.get(name) == value


def test_restated_event_is_one_fact(told: Read) -> None:
    """An agreement told again as collaboration and partnership is one fact with further mentions."""
    facts = told(
        "In March 2031, Falkenau, a maker of drives, secured a five-year agreement with Deutsche Küstenbahn. This "
        "collaboration involves Deutsche Küstenbahn using the drives of Falkenau in its locomotives. The agreement "
        "underlines the demand for drives. This partnership enables Deutsche Küstenbahn to run longer trains."
    )
    assert [shown(fact) for fact in facts] == [
        "contract asserted 2031-03 -: supplier Falkenau; customer Deutsche Küstenbahn"
    ]
    assert len(facts[0].mentions) == 3


def test_event_of_two_paragraphs_is_one_fact(told: Read) -> None:
    """A deal told in the headline and in the text is one fact, the richest first statement with a mention."""
    facts = told(
        "Orvane to acquire Flexura for $650 million.",
        "Orvane today said it has agreed to acquire Flexura. The deal is expected to close in the third quarter.",
        published="2031-05-14",
    )
    assert [(fact.kind, fact.status, len(fact.mentions)) for fact in facts] == [("acquisition", "planned", 1)]
    assert facts[0].quantity is not None
    assert int(facts[0].quantity.value) == 650_000_000


def test_later_sentence_gives_price_and_closing(told: Read) -> None:
    """Price and expected closing of a later sentence belong to the deal, which is then planned, not done."""
    (fact,) = told(
        "In May 2031, Orvane announced the acquisition of Flexura. Orvane paid EUR 40 million. The transaction is "
        "subject to regulatory approval and is expected to close in the third quarter of 2031."
    )
    assert (fact.status, fact.attributes["expected_close"]) == ("planned", "2031-Q3")
    assert fact.quantity is not None
    assert fact.quantity.unit == "EUR"


def test_pronouns_stand_for_the_company_before(told: Read) -> None:
    """A noun like "the start-up" stands for the company that was last spoken of."""
    facts = told(
        "In July 2031, Myceta raised USD 34 million. The Copenhagen-based start-up will open a plant in Lund."
    )
    assert [shown(fact) for fact in facts] == [
        "investment asserted 2031-07 34000000 USD: investee Myceta",
        "expansion planned 2031-07 -: company Myceta; location Lund",
        "headquarters asserted - -: company Myceta; location Copenhagen",
    ]


def test_rumour_that_is_denied(told: Read) -> None:
    """A report that a later sentence denies is a denied event."""
    facts = told(
        "The daily Kystbladet reported on Sunday that Orvane was in talks to buy Flexura.",
        "Orvane denies the report.",
    )
    assert [(fact.kind, fact.status) for fact in facts] == [("acquisition", "denied")]


def test_listed_names_are_used_in_full(told: Read) -> None:
    """A short form stands for the one player that begins with it; a lower-case brand is known from the list."""
    facts = told("In May 2031, rindle acquired Skogsby Sensorik.", companies=("rindle", "Skogsby Sensorik AB"))
    assert [shown(fact) for fact in facts] == [
        "acquisition asserted 2031-05 -: acquirer rindle; target Skogsby Sensorik AB"
    ]


def test_boilerplate_tells_no_events(passage: Callable[..., Passage]) -> None:
    """The description of a company gives its head office, but a launch told there is no news."""
    text = "Orvane, headquartered in Ghent, launched FlexBase in 2009."
    facts = events.find([passage(text, section="boilerplate")], Context(Document("test.txt", text)))
    assert [fact.kind for fact in facts] == ["headquarters"]


@pytest.mark.parametrize(("text", "_expected"), cases("events.txt")[:40])
def test_evidence_stands_in_the_document(told: Read, text: str, _expected: list[str]) -> None:
    """Evidence and mentions are quotes of the document at their offsets, wherever the passage stands."""
    before = "A line that says nothing."
    document = f"{before}\n{text}"
    for fact in told(before, text):
        for span in (fact.evidence, *fact.mentions):
            assert document[span.start : span.end] == span.quote
            assert span.start > len(before)


def test_who_speaks_in_a_release(told: Read) -> None:
    """In a release "we" and "the Company" are whom it defines as the Company."""
    facts = told(
        'Orvane plc ("Orvane" or the "Company") reports on its year.',
        "The Company has acquired Flexura. On 3 May 2031 we opened a depot in Ghent.",
        "The Board of Orvane has agreed to buy Lumeo GmbH.",
    )
    assert [shown(fact) for fact in facts] == [
        "acquisition asserted - -: acquirer Orvane plc; target Flexura",
        "expansion asserted 2031-05-03 -: company Orvane plc; location Ghent",
        "acquisition planned - -: acquirer Orvane plc; target Lumeo GmbH",
    ]


def test_place_of_a_dateline_acts_in_nothing(told: Read) -> None:
    """Who acts behind a dateline is the company, not the town of the agency."""
    (fact,) = told("GHENT, May 14, 2031 (PRESSLINE) -- Orvane has acquired Flexura.", published="2031-05-14")
    assert [p.name for p in fact.participants] == ["Orvane", "Flexura"]


def test_heading_gives_the_date(passage: Callable[..., Passage]) -> None:
    """A paragraph below a heading that is only a date has that date, unless it tells one itself."""
    texts = ("Orvane acquired Flexura.", "In May 2031, Orvane acquired Flexura.")
    found = []
    for text in texts:
        dated = replace(passage(text), date="2031-07")
        found += [fact.date for fact in events.find([dated], Context(Document("test.txt", text)))]
    assert found == ["2031-07", "2031-05"]
