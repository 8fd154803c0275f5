"""What makes a market grow, holds it back and changes it is read by its wording and by its place."""

from __future__ import annotations

import pytest

from extract import pipeline
from extract.document import Document
from extract.fact import Fact

TOP = (
    "Garden Robot Market Size, Share & Trends Report\n\nThe garden robot market was worth USD 1 billion in 2030.\n\n"
    "Report Scope\n\nBy Product\n• Mowers\n• Weeders\nBy Region\n• Europe\n• Norway\n\n"
)
REASONS = ("driver", "challenge", "trend")


def facts(text: str, heading: str = "Market Overview") -> list[Fact]:
    document = Document("test.txt", f"{TOP}{heading}\n\n{text}")
    ((_, found),) = pipeline.extract([document])
    return [fact for fact in found if fact.kind in REASONS]


def told(text: str, heading: str = "Market Overview") -> list[str]:
    """Kind and evidence of each reason, with the part of the market it holds for."""
    found = []
    for fact in facts(text, heading):
        part = [p.name for p in fact.participants if p.role != "market"]
        found.append(f"{fact.kind}: {fact.evidence.quote}{f' ({part[0]})' if part else ''}")
    return sorted(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is driven by small gardens and cheap motors.", ["driver: cheap motors", "driver: small gardens"]),
        ("Demand grows due to a lack of gardeners.", ["driver: a lack of gardeners"]),
        ("Rising wages are driving the growth of the market.", ["driver: Rising wages"]),
        ("Rising wages and smaller plots boost demand.", ["driver: Rising wages", "driver: smaller plots"]),
        ("Key drivers include rising wages, cheap motors and better maps.",
         ["driver: better maps", "driver: cheap motors", "driver: rising wages"]),
        ("A lack of gardeners is a major driver of the market.", ["driver: A lack of gardeners"]),
        ("Its growth is attributed to progress in sensors and motors.", ["driver: progress in sensors and motors"]),
        ("The market is fuelled by rising wages, coupled with a lack of gardeners.",
         ["driver: a lack of gardeners", "driver: rising wages"]),
    ],
)  # fmt: skip
def test_drivers(text: str, expected: list[str]) -> None:
    """Cause, verb or noun: each item of a coordination is a driver of its own, one thing in two words is one."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("High prices hamper the growth of the market.", ["challenge: High prices"]),
        ("However, high prices and noise restrain demand.", ["challenge: high prices", "challenge: noise"]),
        ("The main challenge is the high price of the machines.", ["challenge: the high price of the machines"]),
        ("The theft of machines is a major obstacle to the market.", ["challenge: The theft of machines"]),
        ("Growth is hampered by theft and strict rules.", ["challenge: strict rules", "challenge: theft"]),
    ],
)
def test_challenges(text: str, expected: list[str]) -> None:
    """What hampers, restrains or is named an obstacle is a challenge."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A key trend is the rental of robots.", ["trend: the rental of robots"]),
        ("Emerging trends include robot rental, remote service and shared ownership.",
         ["trend: remote service", "trend: robot rental", "trend: shared ownership"]),
    ],
)  # fmt: skip
def test_trends(text: str, expected: list[str]) -> None:
    """What is named a trend is one."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("heading", "text", "kind", "label", "attribute"),
    [
        ("Market Drivers", "Gardeners are hard to find in most towns today.", "driver", "Gardeners are hard", None),
        ("Market Challenges", "Robots still get lost on steep and wet ground.", "challenge", "Robots still", None),
        (
            "Market Restraints",
            "Robots still get lost on steep and wet ground.",
            "challenge",
            "Robots still",
            "restraint",
        ),
        ("Market Trends", "Makers move from sale to rental in many countries.", "trend", "Makers move", None),
        (
            "Market Opportunities",
            "Golf courses have hardly been reached so far.",
            "trend",
            "Golf courses",
            "opportunity",
        ),
    ],
)
def test_place_tells_the_kind(heading: str, text: str, kind: str, label: str, attribute: str | None) -> None:
    """Under its heading a paragraph needs no word for what it tells; restraints and opportunities say so."""
    (fact,) = facts(text, heading)
    assert (fact.kind, fact.attributes.get("heading")) == (kind, attribute)
    assert str(fact.attributes["label"]).startswith(label)


def test_topics_name_the_reason() -> None:
    """A heading above a paragraph is the label of its reason."""
    (fact,) = facts("Too Few Gardeners\n\nGardeners are hard to find in most towns today.", "Market Drivers")
    assert fact.attributes["label"] == "Too Few Gardeners"


def test_lists_of_reasons() -> None:
    """Bullets under drivers are one reason each."""
    found = told("• Lack of gardeners\n• Falling price of motors\n• Smaller plots", "Market Drivers")
    assert found == ["driver: Falling price of motors", "driver: Lack of gardeners", "driver: Smaller plots"]


def test_reasons_of_a_part() -> None:
    """A paragraph on a segment or region gives reasons for that part only."""
    found = told("In Norway, the market is driven by long summer days and high wages.", "Regional Insights")
    assert found == ["driver: high wages (Norway)", "driver: long summer days (Norway)"]


def test_the_same_reason_told_twice_is_one() -> None:
    """Overview and section tell one driver; the second is a mention."""
    overview = "The market is driven by a growing lack of gardeners."
    (fact,) = facts(f"{overview}\n\nMarket Drivers\n\nA growing lack of gardeners pushes demand.")
    assert fact.kind == "driver"
    assert len(fact.mentions) == 1


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Recent Developments", "In May 2031, Orvane's sales were driven by small gardens."),
        ("About us", "Our work is driven by small gardens and cheap motors."),
        ("Market Overview", "What is driving the market?"),
        ("Market Overview", "The market is driven by it."),
        ("Key Players", "The growth of Orvane is driven by small gardens."),
        ("Table of Contents", "3. Market driven by small gardens\n3.1 Drivers\n3.2 Restraints"),
    ],
)
def test_no_reasons(heading: str, text: str) -> None:
    """News, contact blocks, questions, pronouns, players and contents give no reasons of the market."""
    assert told(text, heading) == []
