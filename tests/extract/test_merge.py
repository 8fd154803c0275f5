"""What a report says several times is one fact with several mentions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract import merge
from extract.claim import Claim
from extract.document import Document
from extract.fact import Participant, Quantity
from extract.vocabulary import Part

DOCUMENT = Document("test.txt", "x" * 100)
EUROPE = Part("region", "Region", "Europe")
WEEDERS = Part("segment", "Segment", "Weeders", "Product")


def usd(value: str) -> Quantity:
    return Quantity(Decimal(value), "USD", value)


def percent(value: str) -> Quantity:
    return Quantity(Decimal(value), "percent", value)


def who(name: str) -> Participant:
    return Participant(name, "company", "Company")


def size(start: int, value: str = "5e6", date: str = "2030", part: Part = EUROPE, weight: float = 0.9) -> Claim:
    return Claim("market_size", (part,), start, start + 5, usd(value), date=date, weight=weight, rule="size")


def rate(start: int, **years: str) -> Claim:
    return Claim("cagr", (), start, start + 5, percent("6.4"), attributes={k.strip("_"): v for k, v in years.items()})


def reason(start: int, label: str, kind: str = "driver", parts: tuple[Part, ...] = ()) -> Claim:
    return Claim(kind, parts, start, start + 5, attributes={"label": label})


def player(start: int, name: str) -> Claim:
    return Claim("player", (), start, start + 5, others=(who(name),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (size(0), size(10)),
        (size(0, "5e6"), size(10, "5000000.00")),
        (size(0, part=Part("region", "Country", "U.S.")), size(10, part=Part("region", "Country", "United States"))),
        (player(0, "Orvane GmbH"), player(10, "ORVANE")),
        (player(0, "Flexura, Inc."), player(10, "Flexura Inc")),
        (rate(0, from_="2030", to="2035"), rate(10)),
        (rate(0), rate(10, from_="2030", to="2035")),
        (Claim("largest", (EUROPE,), 0, 5, percent("44"), date="2030"), Claim("largest", (EUROPE,), 10, 15)),
        (reason(0, "A growing lack of gardeners"), reason(10, "Growing lack of gardeners")),
        (reason(0, "Lack"), reason(10, "lack")),
    ],
)
def test_restatements_are_one_fact(one: Claim, other: Claim) -> None:
    """Another spelling, a legal form, a missing period or share: still the same; the other place is a mention."""
    (fact,) = merge.facts([one, other], DOCUMENT, "Market")
    assert {fact.evidence.start, *(span.start for span in fact.mentions)} == {0, 10}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (size(0), size(10, "6e6")),
        (size(0), size(10, date="2031")),
        (size(0), size(10, part=WEEDERS)),
        (player(0, "Orvane"), player(10, "Orvane Tools")),
        (rate(0, from_="2030", to="2035"), rate(10, from_="2025", to="2030")),
        (
            Claim("largest", (EUROPE,), 0, 5, percent("44"), date="2030"),
            Claim("largest", (EUROPE,), 10, 15, percent("45"), date="2031"),
        ),
        (reason(0, "Lack of gardeners"), reason(10, "Cheap and strong motors")),
        (reason(0, "Lack of gardeners"), reason(10, "Lack of gardeners", "challenge")),
        (reason(0, "Lack of gardeners"), reason(10, "Lack of gardeners", parts=(EUROPE,))),
        (reason(0, "Noise"), reason(10, "Noise rules")),
    ],
)
def test_what_differs_is_two_facts(one: Claim, other: Claim) -> None:
    """Another value, year, part, company, period, kind or thing is another fact."""
    assert len(merge.facts([one, other], DOCUMENT, "Market")) == 2


def test_the_surest_claim_gives_evidence_and_all_give_attributes() -> None:
    """Evidence and rule come from the surest; attributes of the others fill gaps only."""
    weak = Claim("cagr", (), 0, 5, percent("6.4"), attributes={"from": "2030", "x": "weak"}, rule="weak", weight=0.5)
    sure = Claim(
        "cagr", (), 10, 15, percent("6.4"), attributes={"from": "2030", "x": "sure"}, rule="sure", weight=0.9
    )
    more = Claim(
        "cagr", (), 20, 25, percent("6.4"), attributes={"from": "2030", "y": "more"}, rule="more", weight=0.1
    )
    (fact,) = merge.facts([weak, sure, more], DOCUMENT, "Market")
    assert (fact.rule, fact.evidence.start, fact.attributes["x"]) == ("sure", 10, "sure")
    assert dict(fact.attributes) == {"from": "2030", "x": "sure", "y": "more"}
    assert [span.start for span in fact.mentions] == [0, 20]


def test_order_of_claims_does_not_change_the_facts() -> None:
    """Facts do not depend on which rule spoke first."""
    claims = [size(0), size(10, weight=0.95), rate(20), rate(30, from_="2030", to="2035"), player(40, "Orvane")]
    one, other = (merge.facts(each, DOCUMENT, "Market") for each in (claims, claims[::-1]))
    assert {(f.kind, f.evidence, f.mentions) for f in one} == {(f.kind, f.evidence, f.mentions) for f in other}
