"""Laws, standards and schemes that bear on a market, with regulator, bearing, place and date."""

from __future__ import annotations

import pytest

from extract import regulations, sentences
from extract.claim import Claim
from extract.listitems import Item
from extract.passage import Passage
from extract.pipeline import language
from extract.sections import Section
from extract.vocabulary import Part, Vocabulary

MARKET: str | None = "Garden Robot Market"


def claims(
    text: str, section: str = "overview", market: str | None = MARKET, topic: Part | None = None
) -> list[Claim]:
    """The regulations of a paragraph; by default of a report on the market of garden robots."""
    unit = (Passage(0, language()(text)), Section(section, None, False, ()), topic)
    items: tuple[Item, ...] = ()
    read = list(sentences.sentences([unit], Vocabulary(items), sentences.market_pattern(market)))
    return list(regulations.find(read, regulations.Frame(market, "2031-06-10")))


def named(text: str, section: str = "overview") -> list[tuple[str | None, str | None]]:
    """Regulation and regulator of each claim."""
    return [
        tuple(next((p.name for p in c.others if p.role == role), None) for role in ("regulation", "regulator"))  # type: ignore[misc]
        for c in claims(text, section)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Makers must observe the Hedge Safety Act.", ["Hedge Safety Act"]),
        ("In Norway the Quiet Gardens Act (QGA) demands electric drives.", ["Quiet Gardens Act"]),
        ("The proposed Right to Repair Act would oblige makers to keep spare parts.", ["Right to Repair Act"]),
        ("In the European Union, Regulation (EC) No 1107/2009 bars some sprays.", ["Regulation (EC) No 1107/2009"]),
        ("Norway’s Law No. 12 of 2019 on Quiet Gardens applies.", ["Law No. 12 of 2019 on Quiet Gardens"]),
        ("Machines are covered by the Noise Directive 2000/14/EC.", ["Noise Directive 2000/14/EC"]),
        ("Rules stemming from Council Directive 90/111/EEC help.", ["Council Directive 90/111/EEC"]),
        ("In California, Senate Bill 1383 covers garden waste.", ["Senate Bill 1383"]),
        ("ISO 18497 lays down safety requirements for autonomous machines.", ["ISO 18497"]),
        ("India’s deposit subsidy scheme has drawn two plants.", ["deposit subsidy scheme"]),
        ("In the United Kingdom, the Green Lawn Duty now requires annual tests.", ["Green Lawn Duty"]),
        ("LawnEU Quiet, in force since May 2030, makes petrol mowers dearer.", ["LawnEU Quiet"]),
        ("Germany adds the Gartenrecht, its law on hedges, under which robots are tested.", ["Gartenrecht"]),
        ("Strict emission standards such as Euro 7 and Bharat 6 hamper sales.", ["Euro 7", "Bharat 6"]),
        (
            "Compliance with GDPR, HIPAA and the Hedge Privacy Act adds to costs.",
            ["GDPR", "HIPAA", "Hedge Privacy Act"],
        ),
        ("The European guidelines on Good Mowing Practice require training.", ["Good Mowing Practice"]),
        ("Regulation (EU) 2031/7 on sprays has prohibited some of them.", ["Regulation (EU) 2031/7"]),
        ("Law No. 12,340 of May 2030 allows own repair.", ["Law No. 12,340"]),
        ("In Norway, the QGA law obliges brands to inform buyers.", ["QGA law"]),
        ("Under the LAWN-AID scheme growers can claim support.", ["LAWN-AID"]),
        ("Under the Rasenroboter-Richtlinie a quarter of the price is refunded.", ["Rasenroboter-Richtlinie"]),
        ("Annex 3 of the EU Lawn guide sets the bar for clean blades.", ["Annex 3 of the EU Lawn guide"]),
        ("In the UK, Garden Bulletin 12 sets noise limits for parks.", ["Garden Bulletin 12"]),
        ("Norway's DIN 12345 does the same for parks.", ["DIN 12345"]),
        ("Villages buy robots under the Green Lawn Mission.", ["Green Lawn Mission"]),
    ],
)
def test_names_of_laws_are_found(text: str, expected: list[str]) -> None:
    """A law is known by its last word, its number, by being in force, by apposition or by standing among its like."""
    assert [regulation for regulation, _ in named(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Hedge Act, which is enforced by the Office of Gardens, demands guards.",
            ("Hedge Act", "Office of Gardens"),
        ),
        ("The Hedge Act of the Garden Safety Commission demands guards.", ("Hedge Act", "Garden Safety Commission")),
        (
            "In Norway, the Lawn Duty, which the Garden Authority brought into force, requires tests.",
            ("Lawn Duty", "Garden Authority"),
        ),
        (
            "The Hedge Act demands guards; the Office for Garden Safety watches over it.",
            ("Hedge Act", "Office for Garden Safety"),
        ),
        (
            "The Renewable Lawn Standard, administered by the GSA, requires reports.",
            ("Renewable Lawn Standard", "GSA"),
        ),
        (
            "The national noise standards for mowers that the Garden Protection Agency finalized in May 2030 help.",
            ("national noise standards for mowers", "Garden Protection Agency"),
        ),
        (
            "In Norway, the Ministry of Parks and Gardens has banned petrol mowers.",
            (None, "Ministry of Parks and Gardens"),
        ),
        ("In France, a decree of the Ministry of Parks obliges cities to buy robots.", (None, "Ministry of Parks")),
        ("China’s Garden Administration introduced mandatory tests for robots.", (None, "Garden Administration")),
        ("In Norway, the Garden Safety Administration caps noise at 60 dB.", (None, "Garden Safety Administration")),
        ("The Ministry of Parks and Gardens (MPG) registers mowers.", (None, "Ministry of Parks and Gardens")),
        ("The Lawn Export Authority screens turf for residues.", (None, "Lawn Export Authority")),
        ("The method was moved to Category A by the EPA in May 2030.", (None, "EPA")),
        ("The Centers for Parks & Lawns (CPL) has recognized robots as a tool.", (None, "Centers for Parks & Lawns")),
        ("Lawnreg's cap and floor regime shields makers.", ("cap and floor regime", "Lawnreg")),
        (
            "The Lawn Protection Agency (LPA) finalized amended National Emission Standards for Petrol Mowers.",
            ("National Emission Standards for Petrol Mowers", "Lawn Protection Agency"),
        ),
        (
            "Under Regulation (EU) 2031/7 every robot needs a file that the Garden Safety Authority evaluates.",
            ("Regulation (EU) 2031/7", "Garden Safety Authority"),
        ),
        ("Under the QGA law, the Office of Gardens refunds a quarter.", ("QGA law", "Office of Gardens")),
    ],
)
def test_regulators_are_found(text: str, expected: tuple[str | None, str | None]) -> None:
    """Who enforces or issued a law is its regulator; without a law's name the one who rules is named alone."""
    assert named(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The company is ISO 9001 certified.",
        "ISO 9001:2015 & 27001:2022 CERTIFIED",
        "The payment took 147 days, according to the Lawn Credit Observatory in Norway.",
        "The Board of Directors recognized a loss of USD 2 million.",
        "The Garden Authority recognized Brindle Robotics as a leader in safety.",
        "According to Garden Bulletin 2030, robots sell well in Norway.",
        "The European Commission approved the merger of Orvane and Tessaly.",
        "The deal is subject to approval by the Garden Competition Authority.",
        "Brindle Robotics launched its Green Code initiative in 2030.",
        "The market is driven by strict rules on noise.",
        "South Korea’s public park scheme fosters the market.",
        "The Garden Robot Market is growing.",
    ],
)
def test_no_regulation(text: str) -> None:
    """Certificates of firms, approvals of deals, own programmes and rules without a name are none."""
    assert claims(text) == []


@pytest.mark.parametrize(
    ("text", "date", "status"),
    [
        ("The Hedge Act, in force since 11 March 2024, demands guards.", "2024-03-11", "asserted"),
        ("The Hedge Act has applied since April 2024.", "2024-04", "asserted"),
        ("The Hedge Act will apply from December 2032.", "2032-12", "planned"),
        ("The proposed Hedge Act would demand guards.", None, "planned"),
        ("The Hedge Act was repealed last year.", None, "ended"),
        ("The Hedge Act demands guards.", None, "asserted"),
        ("Annex 3 of the EU Lawn guide, in operation since August 2023, helps.", "2023-08", "asserted"),
        ("The Hedge Act has prohibited the use of sprays since January 2022.", "2022-01", "asserted"),
        ("Law No. 12,340 of May 2030 allows own repair.", "2030-05", "asserted"),
        ("Norway’s Law No. 12 of 2019 on Quiet Gardens applies.", None, "asserted"),
        ("The method was moved to Category A by the EPA in May 2030.", "2030-05", "asserted"),
    ],
)
def test_date_is_that_of_coming_into_force(text: str, date: str | None, status: str) -> None:
    """A law in force is asserted, one to come planned, one that is gone ended."""
    assert [(c.date, c.status) for c in claims(text)] == [(date, status)]


@pytest.mark.parametrize(
    ("section", "text", "bearing"),
    [
        ("drivers", "The Hedge Act demands guards.", "driver"),
        ("restraints", "The Hedge Act demands guards.", "challenge"),
        ("overview", "The Hedge Act prohibits petrol mowers and lengthens permits.", "challenge"),
        ("overview", "The Hedge Act supports buyers with grants.", "driver"),
        ("overview", "The Hedge Act governs sales.", "neutral"),
    ],
)
def test_bearing_comes_from_section_and_wording(section: str, text: str, bearing: str) -> None:
    """The section decides whether a law helps or holds back, elsewhere the words around it."""
    assert [c.attributes["bearing"] for c in claims(text, section)] == [bearing]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In Norway, the Hedge Act demands guards.", "Norway"),
        ("California’s Hedge Ordinance demands guards.", "California"),
        ("The EU Hedge Regulation demands guards.", "EU"),
        ("Data fall under the HDPR in France.", "France"),
        ("The Hedge Act demands guards.", None),
    ],
)
def test_jurisdiction_is_the_place_named_with_it(text: str, place: str | None) -> None:
    """A law holds where its clause says."""
    assert [c.attributes.get("jurisdiction") for c in claims(text)] == [place]


def test_paragraph_on_a_segment_gives_the_segment() -> None:
    """Under the heading of a segment a law bears on that segment."""
    part = Part("segment", "Segment", "Mowers", "Product")
    assert [c.parts for c in claims("The Hedge Act demands guards.", "segments", topic=part)] == [(part,)]


def test_each_law_is_told_once() -> None:
    """A law named again is the same law."""
    assert named("The EU Hedge Safety Regulation demands guards. The Hedge Safety Regulation is strict.") == [
        ("EU Hedge Safety Regulation", None)
    ]


def test_release_gives_the_market_that_its_text_names() -> None:
    """Without a market of the document a law bears on the one its passage names, else there is no claim."""
    text = "The Hedge Act obliges every maker in the Nordic robot market to fit guards."
    assert [[(p.name, p.role) for p in c.others] for c in claims(text, market=None)] == [
        [("Hedge Act", "regulation"), ("Nordic Robot Market", "market")]
    ]
    assert claims("The Hedge Act demands guards.", market=None) == []


@pytest.mark.parametrize("section", ["boilerplate", "developments", "players"])
def test_sections_about_others_are_left_out(section: str) -> None:
    """Legal notices and deals name laws that bear on no market."""
    assert claims("The Hedge Act demands guards.", section) == []
