from __future__ import annotations

import pytest
from samples import fact, fill, reading

from extract.document import Document
from kg import store
from kg.home import Home
from kg.record import Reading

REPORT_TEXT = "Garden Robot Services Market\nBy type: Mowers, Online, HVAC units, Other\nEurope, US and Norway"
MARKET = "Garden Robot Services Market"


def report() -> Reading:
    page = Document("report.txt", REPORT_TEXT, MARKET)
    facts = [
        fact(page, "segment", {"market": MARKET, "segment": name}, quote=name)
        for name in ("Mowers", "Online", "HVAC units", "Other")
    ]
    facts += [
        fact(
            page,
            "region",
            {"market": MARKET, "region": name},
            quote=name,
            types={"Norway": "Country", "US": "Country"},
        )
        for name in ("Europe", "Norway", "US")
    ]
    return reading(page, facts)


def release(text: str, name: str = "release.txt", **attributes: str) -> Reading:
    page = Document(name, text, "Release")
    partners = {"partner": ("Alba North Europe", "Brindle")}
    return reading(page, [fact(page, "partnership", partners, quote="Alba North Europe and Brindle", **attributes)])


def touched(home: Home) -> dict[str, str]:
    """Label of what the partnership touches to the basis."""
    query = """PREFIX ci: <https://w3id.org/ci-kg#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT DISTINCT ?label ?basis WHERE { ?link ci:event ?e ; ci:touches ?what ; ci:basis ?basis .
    ?e a ci:Partnership . ?what skos:prefLabel ?label }"""
    with store.current(home) as version:
        found = version.store().query(query, use_default_graph_as_union=True)
        return {row["label"].value: row["basis"].value for row in found}


LEAD = (
    "Alba North Europe and Brindle partner on {}, said the two companies, which both make robots for gardens today."
)

CASES = {
    "named where the event is told": (LEAD.format("garden robot mowers"), {"Mowers": "stated", MARKET: "inferred"}),
    "named elsewhere in the release": (
        LEAD.format("robots") + "\nThe first garden robot mower is due in Norway.",
        {"Mowers": "inferred", MARKET: "inferred", "Norway": "inferred"},
    ),
    "the market by its name": (
        LEAD.format("robots for the garden robot services market"),
        {MARKET: "stated"},
    ),
    "a segment in a text about something else": (LEAD.format("mowers of lawns"), {}),
    "a region in a company's name": (LEAD.format("robots"), {}),
    "a region in another name": (LEAD.format("robots of Norway Pumps and Tessaly Europe"), {}),
    "a region as such": (
        LEAD.format("robots in Europe and the United States"),
        {"Europe": "stated", "United States": "stated"},
    ),
    "a currency": (LEAD.format("robots worth US$5 million"), {}),
    "a common word as a segment": (
        LEAD.format("garden robots") + "\nFind it online.",
        {MARKET: "inferred"},
    ),
    "a common word with its market": (
        LEAD.format("garden robots") + "\nMost garden robots are sold online.",
        {MARKET: "inferred", "Online": "inferred"},
    ),
    "an acronym in small letters": (LEAD.format("garden robots and hvac units"), {MARKET: "inferred"}),
    "an acronym": (LEAD.format("garden robots and HVAC units"), {MARKET: "inferred", "HVAC units": "stated"}),
    "the rest of the segments": (LEAD.format("other garden robots"), {MARKET: "inferred"}),
}


@pytest.mark.parametrize("case", CASES)
def test_an_event_touches_what_its_text_means(empty_home: Home, case: str) -> None:
    """Stated where it is told, inferred where the release says it elsewhere; nothing that only looks alike."""
    text, expected = CASES[case]
    fill(empty_home, [report(), release(text)])
    assert touched(empty_home) == expected


def test_an_attribute_states_what_the_event_touches(empty_home: Home) -> None:
    """The extractor has read the product or purpose from the text, wherever it stood."""
    fill(
        empty_home,
        [report(), release(LEAD.format("robots") + "\nMowers for the garden robot market.", product="Mowers")],
    )
    assert touched(empty_home)["Mowers"] == "stated"


def test_an_event_in_a_report_touches_its_market_and_its_own_passage_only(empty_home: Home) -> None:
    """A report names all its segments somewhere; that says nothing about each of its events."""
    text = REPORT_TEXT + "\nAlba North Europe and Brindle partner. They build mowers. Corvid opened a site in Norway."
    page = Document("report.txt", text, MARKET)
    events = [
        fact(
            page,
            "partnership",
            {"partner": ("Alba North Europe", "Brindle")},
            quote="Alba North Europe and Brindle partner.",
        ),
        fact(page, "expansion", {"company": "Corvid"}, quote="Corvid opened a site in Norway."),
    ]
    listed = [fact(page, "segment", {"market": MARKET, "segment": "Mowers"}, quote="Mowers")]
    regions = [
        fact(page, "region", {"market": MARKET, "region": "Norway"}, quote="Norway", types={"Norway": "Country"})
    ]
    fill(empty_home, [reading(page, [*events, *listed, *regions])])
    assert touched(empty_home) == {"Mowers": "inferred", MARKET: "inferred"}


def test_a_release_read_before_the_report_ends_with_the_same_links(empty_home: Home) -> None:
    """A new term links the older documents whose text holds it, and a term that goes unlinks them."""
    text = LEAD.format("garden robot mowers in Norway")
    fill(empty_home, [release(text)])
    assert touched(empty_home) == {}
    fill(empty_home, [report()])
    assert touched(empty_home) == {"Mowers": "stated", "Norway": "stated", MARKET: "inferred"}
    gone = Document("report.txt", "Kitchen Robot Market\nBy type: Mixers", "Kitchen Robot Market")
    listed = [fact(gone, "segment", {"market": "Kitchen Robot Market", "segment": "Mixers"}, quote="Mixers")]
    fill(empty_home, [reading(gone, listed)])
    assert touched(empty_home) == {}


def test_every_link_says_why(sample_home: Home) -> None:
    """Each link has one event, one entity, a basis and a reason in words that quotes the text or names the role."""
    query = """PREFIX ci: <https://w3id.org/ci-kg#>
    SELECT ?link (COUNT(?e) AS ?events) (COUNT(?t) AS ?touched) (SAMPLE(?reason) AS ?why)
    WHERE { ?link a ci:Link ; ci:event ?e ; ci:touches ?t ; ci:reason ?reason } GROUP BY ?link"""
    with store.current(sample_home) as version:
        rows = list(version.store().query(query, use_default_graph_as_union=True))
    assert len(rows) > 50
    for row in rows:
        assert (row["events"].value, row["touched"].value) == ("1", "1")
        assert row["why"].value.endswith(".")
