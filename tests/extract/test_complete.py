"""What facts of a report say only together stands in their attributes."""

from __future__ import annotations

import pytest

from extract import pipeline
from extract.document import Document
from extract.fact import Fact

REPORT = """Garden Robot Market Report

Forecast Period: 2030 - 2035

The garden robot market was worth USD 1 billion in 2029. It will reach USD 2 billion by 2035.

Weeders generated USD 5 million in 2029.

Report Scope

By Product
• Mowers
• Weeders

Market Drivers

A lack of gardeners drives the market. According to the Quill Institute, 41% of parks had open posts in 2030.
"""


@pytest.fixture(scope="module")
def facts() -> list[Fact]:
    ((_, found),) = pipeline.extract([Document("test.txt", REPORT)])
    return found


def test_sizes_tell_base_and_forecast(facts: list[Fact]) -> None:
    """The first size of the whole market is its base, the last its forecast with the period of the header."""
    sizes = [fact for fact in facts if fact.kind == "market_size"]
    told = {(fact.date, fact.names("segment")): dict(fact.attributes) for fact in sizes}
    assert told == {
        ("2029", ()): {"type": "base"},
        ("2035", ()): {"type": "forecast", "forecast_period": "2030-2035"},
        ("2029", ("Weeders",)): {"scope": "segment"},
    }


def test_statistics_support_the_reason_before_them(facts: list[Fact]) -> None:
    """A figure in a section on drivers backs the driver told last."""
    (driver,) = (fact for fact in facts if fact.kind == "driver")
    (statistic,) = (fact for fact in facts if fact.kind == "statistic")
    assert statistic.attributes["supports"] == driver.attributes["label"]
