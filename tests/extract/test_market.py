"""The market of a document is named as its text names it."""

from __future__ import annotations

import pytest

from extract import market
from extract.document import Document
from extract.lines import lines


def found(text: str) -> str | None:
    document = Document("test.txt", text)
    span = market.find(document, list(lines(document)))
    assert span is None or document.text[span.start : span.end] == span.quote
    return span.quote if span else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Garden Robot Market Size, Share & Trends Report, 2031", "Garden Robot Market"),
        ("Global Garden Robot Market – Study", "Garden Robot Market"),
        ("GARDEN ROBOT MARKET OUTLOOK 2031", "GARDEN ROBOT MARKET"),
        ("The global garden robot market was valued at USD 1.35 billion in 2029.", "garden robot market"),
        ("Europe Garden Robot Market Report 2031", "Europe Garden Robot Market"),
        ("Plant-based Cheese Market Size to Reach USD 2 Billion", "Plant-based Cheese Market"),
        ("Food & Beverage Robots Market Analysis", "Food & Beverage Robots Market"),
        ("Smart Lawn Care Controllers and Sensors Market Size", "Sensors Market"),
        ("How big is the garden robot market?\nThe garden robot market is expected to grow.", "garden robot market"),
        ("The garden robot market was small. Garden Robot Market Report", "Garden Robot Market"),
        ("The key drivers of the garden robot market: labour", "garden robot market"),
        ("Garden-Robot Market Report\nThe garden robot market grew.", "Garden-Robot Market"),
    ],
)
def test_forms_of_the_name(text: str, name: str) -> None:
    """The name reaches from its first own word to "market"; scope words and verbs are no part, capitals are liked."""
    assert found(text) == name


def test_the_market_told_of_most_wins() -> None:
    """Neighbouring markets that a report mentions are not its own."""
    text = (
        "Garden Robot Market Report\n\nThe garden robot market was valued at USD 1 billion. It belongs to the power "
        "tool market. The garden robot market will grow. Related: Pool Robot Market"
    )
    assert found(text) == "Garden Robot Market"


@pytest.mark.parametrize(
    "text",
    [
        "Orvane acquired Flexura in May 2031.",
        "Orvane puts a mower on the market.",
        "The company entered new markets and gained market share in the domestic market.",
        "Orvane is the market leader.",
        "",
    ],
)
def test_news_of_companies_has_no_market(text: str) -> None:
    """A market needs a name and more than a passing word."""
    assert found(text) is None
