from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from payloads import PAYLOADS
from test_plain import Tags

import ontology
from kg.explorer import cards
from kg.explorer.details import Check, Document, Evidence, Fact, Link
from kg.explorer.plain import shown
from kg.network import Entity, Event

DOCUMENT = Document("http://kg.example/document/1", "Garden robots", "Quill Institute", "2031-05", "report.txt")
EVIDENCE = Evidence("e", "Castell bought Brindle", "In May Castell bought Brindle for cash.", 7, 29, DOCUMENT)
FACT = Fact(
    iri="http://kg.example/fact/1",
    kind=ontology.kind("acquisition"),
    label="Castell buys Brindle",
    status="planned",
    confidence=0.8,
    rule="acquire-active",
    signals=("dated", "told again"),
    date="2031-05",
    value=Decimal("95000000"),
    unit="GBP",
    value_text="£95 million",
    players=(("acquirer", "c"), ("target", "b")),
    attributes={"stage": ("announced",)},
    evidence=(EVIDENCE,),
)
NAMES = {"c": Entity("c", "Company", "Castell"), "b": Entity("b", "Company", "Brindle", ("Brindle plc",))}


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (None, "USD", ""),
        ("25200000000", "USD", "USD 25.2 bn"),
        ("1350000000", "EUR", "EUR 1.35 bn"),
        ("340000000", "NOK", "NOK 340 m"),
        ("1234.5", "USD", "USD 1,234.5"),
        ("2.90", "percent", "2.9 %"),
        ("100", "percent", "100 %"),
        ("24", "count", "24"),
        ("1500000", "count", "1.5 m"),
        ("12", "MW", "12 MW"),
        ("-3000000000000", "USD", "USD -3 tn"),
    ],
)
def test_figures_are_written_for_reading(value: str | None, unit: str, expected: str) -> None:
    """Large sums are scaled, percents and counts are not mistaken for sums."""
    assert cards.amount(Decimal(value) if value else None, unit) == expected


def test_the_quote_is_marked_within_its_sentence() -> None:
    """A reader sees which words say so, who is named in them, and where they stand."""
    html = cards.evidence_card(EVIDENCE, ["Castell", "Brindle"])

    assert "<p>In May <mark><b>Castell</b> bought <b>Brindle</b></mark> for cash.</p>" in html
    assert Tags(html).text.endswith("Garden robots · Quill Institute · 2031-05 · characters 7–29")


def test_a_quote_that_its_sentence_lacks_is_shown_itself() -> None:
    """No other words are marked in its place."""
    html = cards.evidence_card(replace(EVIDENCE, sentence="Something else."))

    assert "<p><mark>Castell bought Brindle</mark></p>" in html


def test_a_fact_tells_status_figure_roles_and_origin() -> None:
    """The card of a planned deal says that it is planned, who takes part, and what made the fact."""
    text = Tags(cards.fact_card([FACT], NAMES)).text

    for told in (
        "Acquisition · Castell, Brindle · GBP 95 m",
        "planned",
        "acquirer",
        "written: £95 million",
        "announced",
    ):
        assert told in text
    assert "confidence 0.80 · rule acquire-active · dated · told again" in text


def test_a_fact_shows_where_its_parties_are_named() -> None:
    """Whom the evidence leaves to "it" or "the company" is shown with the sentence that has the name."""
    named = replace(EVIDENCE, quote="Brindle", sentence="Brindle makes hedge robots.")
    assert "Brindle makes hedge robots." not in Tags(cards.fact_card([FACT], NAMES)).text
    assert "Brindle makes hedge robots." in Tags(cards.fact_card([replace(FACT, antecedents=(named,))], NAMES)).text


def test_several_statements_of_one_deal_are_one_card() -> None:
    """Who reads a deal sees what was chosen among its statements, how many sources there are, and what they say."""
    other = replace(EVIDENCE, iri="f", document=replace(DOCUMENT, iri="d2", title="The deal"))
    second = replace(FACT, iri="2", status="asserted", date="2031-06", value=Decimal("97000000"), evidence=(other,))
    event = Event("e", "acquisition", "Castell buys Brindle", "ended", 0.9, "2031-07", ("1", "2"))
    html = cards.fact_card([FACT, second], NAMES, event=event)
    text = Tags(html).text

    assert html.count("<summary>") == 1
    assert "2 sources" in text.split("acquirer")[0]
    assert "ended2031-07" in text
    assert "says asserted, 2031-06, GBP 97 m" in text
    assert "The deal" in text


@pytest.mark.parametrize(
    ("source", "linked"),
    [
        ("https://news.example/castell?a=1&b=2", True),
        ("report.txt", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        (" https://news.example/", False),
    ],
)
def test_only_a_web_address_becomes_a_link(source: str, linked: bool) -> None:
    """The title leads to the document where it came from the web, and nowhere else."""
    html = cards.evidence_card(replace(EVIDENCE, document=replace(DOCUMENT, source=source)))

    assert (
        'href="https://news.example/castell?a=1&amp;b=2" target="_blank" rel="noopener noreferrer"' in html
    ) is linked
    assert ("<a " in html) is linked


def test_other_spellings_of_the_parties_are_emphasised() -> None:
    """Both ends of a relation are marked in the sentence, however it calls them, and no part of another word is."""
    evidence = replace(
        EVIDENCE, sentence="Brindles saw that Castell bought Brindle plc.", quote="Castell bought Brindle"
    )
    html = cards.fact_card([replace(FACT, evidence=(evidence,))], NAMES)

    assert "<p>Brindles saw that <mark><b>Castell</b> bought <b>Brindle</b></mark> plc.</p>" in html


def test_a_stated_fact_has_no_status_badge() -> None:
    """Only what is not simply so is marked."""
    assert cards.status_badge("asserted") == ""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_texts_stay_text_in_every_field(payload: str) -> None:
    """Whatever a document holds, the cards have the elements of a harmless one, no more and no less."""
    document = replace(DOCUMENT, title=payload, publisher=payload, issued=payload)
    evidence = replace(EVIDENCE, quote=payload, sentence=f"Before {payload} after", document=document)
    fact = replace(
        FACT,
        status=payload,
        rule=payload,
        date=payload,
        value_text=payload,
        attributes={payload: (payload,), "label": (payload,)},
        evidence=(evidence,),
    )
    known = {iri: Entity(iri, "Company", payload, (payload,)) for iri in "cb"}
    html = [
        cards.fact_card([fact, replace(fact, status="x")], known),
        cards.force_card(fact, known),
        cards.check_card(Check("c", "agrees", payload, ())),
        cards.link_line(Link("l", "e", "c", payload, payload), known),
        cards.badge(payload),
    ]

    harmless = {"details", "summary", "span", "dl", "dt", "dd", "blockquote", "p", "mark", "footer", "b", "div", "li"}
    assert {tag for part in html for tag in Tags(part).tags} <= harmless
    assert shown(payload, 100).rstrip("…") in " ".join(Tags(html[0]).text.split())
