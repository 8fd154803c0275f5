from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from samples import fact

from extract.document import Document
from extract.fact import Fact
from kg import identity
from kg.checks import Check, checks
from kg.entries import Source
from kg.identity import Use

DOCUMENT = Document("r.txt", "The Garden Robot Market grows.", "R")
MARKET = {"market": "Garden Robot Market"}


def size(year: str, value: str, text: str = "", **more: str) -> Fact:
    made = fact(
        DOCUMENT,
        "market_size",
        MARKET | {k: v for k, v in more.items() if k in ("segment", "region")},
        value=(value, "USD"),
        date=year,
        **{k: v for k, v in more.items() if k == "forecast_period"},
    )
    assert made.quantity
    return replace(made, quantity=replace(made.quantity, text=text or value))


def rate(value: str, first: str, last: str, **roles: str) -> Fact:
    return fact(DOCUMENT, "cagr", MARKET | roles, value=(value, "percent"), **{"from": first, "to": last})


def found(*facts: Fact) -> list[Check]:
    held = {str(number): each for number, each in enumerate(facts)}
    uses = [Use(identity.reference(each, p), p.type, 1) for each in facts for p in each.participants]
    return checks(Source("s", DOCUMENT, ("r.txt",), "2031-01-01T00:00:00Z", held, {}), identity.resolve(uses, []))


BASE, END = size("2024", "25200000000", "USD 25.20 Billion"), size("2030", "29920000000", "USD 29.92 Billion")


def test_the_implied_growth_is_computed_under_both_year_conventions() -> None:
    """Six steps lie between base and end, five if growth is counted from the year after; the former agrees here."""
    (check,) = found(BASE, END, rate("2.90", "2025", "2030"))
    assert (check.agrees, check.implied, check.implied_after) == (True, Decimal("2.90"), Decimal("3.49"))
    assert check.facts == ("2", "0", "1")
    assert "2.90% a year over 6 years or 3.49% a year over 5 years" in check.reason


@pytest.mark.parametrize(
    ("stated", "agrees"),
    [("2.9", True), ("3.49", True), ("3.0", True), ("3.2", False), ("2.5", False), ("6.1", False)],
)
def test_a_stated_growth_agrees_with_either_convention_or_with_none(stated: str, agrees: bool) -> None:
    """A tenth of a point is allowed for; more has to come from the rounding of the figures."""
    (check,) = found(BASE, END, rate(stated, "2025", "2030"))
    assert check.agrees is agrees


@pytest.mark.parametrize(("text", "agrees"), [("USD 1 billion", True), ("USD 1.000 billion", False)])
def test_the_tolerance_grows_with_the_rounding_of_the_figures(text: str, agrees: bool) -> None:
    """A size given as 1 billion may be anything from 0.5 to 1.5; as 1.000 billion it is what it says."""
    sizes = size("2024", "1000000000", text), size("2030", "2000000000", text.replace("1", "2", 1))
    (check,) = found(*sizes, rate("13.5", "2024", "2030"))
    assert check.agrees is agrees


def test_the_size_of_the_first_year_is_the_base_where_there_is_one() -> None:
    """Only where it is missing the year before is the base, as reports count from their base year."""
    (check,) = found(size("2024", "80"), size("2025", "100"), size("2030", "200"), rate("14.87", "2025", "2030"))
    assert (check.facts, check.agrees) == (("3", "1", "2"), True)


def test_a_part_is_checked_against_its_own_sizes_only() -> None:
    """The growth of a segment says nothing about the sizes of the market."""
    assert found(BASE, END, rate("9.9", "2025", "2030", segment="Mowers")) == []
    part = size("2024", "100", segment="Mowers"), size("2030", "200", segment="Mowers")
    assert len(found(BASE, END, *part, rate("9.9", "2025", "2030", segment="Mowers"))) == 1


@pytest.mark.parametrize(("period", "agrees"), [("2026-2030", False), ("2025-2030", True), ("2025–30", True)])
def test_a_forecast_period_is_compared_with_that_of_the_growth(period: str, agrees: bool) -> None:
    """Headers often give a forecast period of their own."""
    verdicts = {
        c.rule: c.agrees
        for c in found(BASE, size("2030", "29920000000", forecast_period=period), rate("2.9", "2025", "2030"))
    }
    assert verdicts["period"] is agrees


def test_two_figures_for_one_cell_are_a_conflict() -> None:
    """Both stay as they were stated; the check points to both."""
    (check,) = found(BASE, size("2024", "26000000000", "USD 26.00 billion"))
    assert (check.rule, check.agrees, check.facts) == ("conflict", False, ("0", "1"))
    assert found(BASE, size("2024", "25190000000", "USD 25.2 billion")) == []
    assert found(BASE, size("2025", "26000000000")) == []
    assert found(BASE, size("2024", "26000000000", region="Europe")) == []


@pytest.mark.parametrize(
    "odd",
    [
        size("2030", "0"),
        rate("2.9", "2030", "2030"),
        rate("2.9", "2031", "2030"),
        fact(DOCUMENT, "cagr", MARKET, value=("2.9", "percent")),
    ],
)
def test_figures_that_cannot_be_compared_give_no_check_and_no_error(odd: Fact) -> None:
    """Nothing is guessed: no base, no end, no years, no check."""
    assert found(BASE, odd) == []
