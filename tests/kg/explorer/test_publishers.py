from __future__ import annotations

import pytest
from samples import fact, fill, reading

from extract.document import Document
from kg.explorer import details, forecast, publishers
from kg.explorer.details import Fact
from kg.home import Home
from kg.record import Reading
from kg.store import current

MARKET = "Garden Robot Market"


def report(publisher: str, sizes: dict[str, str], rate: str) -> Reading:
    text = "\n".join([*(f"In {year} it is {size}." for year, size in sizes.items()), f"It grows by {rate}."])
    document = Document(f"{publisher}.txt", f"{publisher} on {MARKET}\n{text}", publisher, publisher=publisher)
    facts = [
        fact(document, "market_size", {"market": MARKET}, quote=f"In {y} it is {s}.", value=(s, "USD"), date=y)
        for y, s in sizes.items()
    ]
    facts.append(fact(document, "cagr", {"market": MARKET}, quote=f"It grows by {rate}.", value=(rate, "percent")))
    segment = {"market": MARKET, "segment": "Mowers"}
    facts.append(fact(document, "market_size", segment, quote=document.title, value=("7", "USD"), date="2030"))
    return reading(document, facts)


@pytest.fixture
def facts(empty_home: Home) -> list[Fact]:
    fill(empty_home, [report("Quill", {"2024": "100", "2030": "200"}, "12"), report("Tess", {"2030": "250"}, "9")])
    with current(empty_home) as version:
        return list(details.facts_about(version.store(), f"{empty_home.base}market/garden-robot-market"))


def test_publishers_stand_side_by_side_and_their_difference_is_told(facts: list[Fact]) -> None:
    """Each document is a row with its years and its growth; where two differ for a year, both figures are named."""
    first, second = publishers.by_publisher(facts)
    assert (first.publisher, first.sizes, first.growth) == ("Quill", {"2024": "USD 100", "2030": "USD 200"}, "12 %")
    assert (second.publisher, second.sizes, second.growth) == ("Tess", {"2030": "USD 250"}, "9 %")

    (differs,) = publishers.disagreements(forecast.points(facts))
    assert "For 2030 publishers differ by 25 %: USD 200 (Quill) and USD 250 (Tess)." in publishers.disagreement(
        *differs
    )


def test_a_part_has_figures_of_its_own(facts: list[Fact]) -> None:
    """What is said of a segment is not drawn for the market, and the other way round."""
    segment = next(iri for each in facts for role, iri in each.players if role == "segment")

    assert {point.value for point in forecast.points(facts, segment)} == {7.0}
    assert 7.0 not in {point.value for point in forecast.points(facts)}


@pytest.mark.parametrize(
    ("when", "expected"), [(2023.9, None), (2024, 100), (2024.5, 106.12), (2030, 200), (2031, None)]
)
def test_an_event_lies_on_the_longest_line(facts: list[Fact], when: float, expected: float | None) -> None:
    """Between two years the line is straight; where it does not reach, there is no place on it."""
    value = forecast.value_at(forecast.points(facts), when)

    assert value == expected or (value is not None and round(value, 2) == expected)


@pytest.mark.parametrize(
    ("date", "expected"), [("", None), ("2030", 2030.5), ("2030-01", 2030.04), ("2030-12-31", 2031.0)]
)
def test_a_coarse_date_stands_in_the_middle(date: str, expected: float | None) -> None:
    """A year is drawn at its middle, a month too, a day where it is."""
    found = forecast.moment(date)

    assert (found and round(found, 2)) == expected
