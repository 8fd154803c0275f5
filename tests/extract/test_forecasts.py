"""Sizes, rates and ranks are read in the sentences that reports write, and told from other figures."""

from __future__ import annotations

import pytest

from extract import forecasts
from extract.claim import Claim
from tests.extract.garden import WEEDERS, parts, read

FRAME = forecasts.Frame((2030, 2035), ("Orvane GmbH", "Brindle Robotics"))


def shown(claim: Claim) -> str:
    value = f" {claim.quantity.value.normalize():f} {claim.quantity.unit}" if claim.quantity else ""
    years = "-".join(str(claim.attributes.get(name, "")) for name in ("from", "to"))
    return " ".join(f"{claim.kind}{value} {claim.date or years.strip('-')} {', '.join(parts(claim))}".split())


def claims(text: str, section: str = "overview", *, topical: bool = False) -> list[str]:
    found = list(forecasts.find(read(text, section, WEEDERS if topical else None), FRAME))
    assert all(text[claim.start : claim.end].strip() for claim in found)
    return [shown(claim) for claim in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The garden robot market was valued at USD 1.35 billion in 2029.", ["1350000000 USD 2029"]),
        ("In 2029 the market stood at €900 million.", ["900000000 EUR 2029"]),
        ("The market size was USD 1.4 billion in 2030 and will reach USD 2 billion by 2035.",
         ["1400000000 USD 2030", "2000000000 USD 2035"]),
        ("It grows from $1 billion in 2030 to $2 billion in 2035.", ["1000000000 USD 2030", "2000000000 USD 2035"]),
        ("The market was worth EUR 3 million (USD 3.3 million) in 2030.", ["3000000 EUR 2030"]),
        ("The industry generated revenues of USD 5 million (2030).", ["5000000 USD 2030"]),
        ("Weeders generated USD 5 million in 2030.", ["5000000 USD 2030 Weeders"]),
        ("In Norway, sales reached USD 5 million in 2030.", ["5000000 USD 2030 Norway"]),
        ("By 2035, the market is set to touch Rs 250 crore.", ["2500000000 INR 2035"]),
    ],
)  # fmt: skip
def test_sizes(text: str, expected: list[str]) -> None:
    """Each value of the market or a part comes with its own year; a converted figure is told once."""
    assert [each for each in claims(text) if each.startswith("market_size")] == [f"market_size {e}" for e in expected]


@pytest.mark.parametrize(
    "text",
    [
        "In May 2031, Orvane acquired Flexura for USD 9 million.",
        "The market will grow by USD 500 million from 2030 to 2035.",
        "The government invested USD 20 million in garden robots in 2030.",
        "The company earned USD 20 million in 2030.",
        "A weeder costs USD 900,000 in 2030.",
        "The garden robot market was valued at USD 1.35 billion.",
        "Buyers got subsidies of USD 2 million in 2030.",
    ],
)
def test_sums_that_are_no_size(text: str) -> None:
    """Prices, deals, investments, growth, a firm's revenue and sums without a year are no size of the market."""
    assert [each for each in claims(text) if each.startswith("market_size")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The market is expected to grow at a CAGR of 6.4% from 2030 to 2035.", ["6.4 percent 2030-2035"]),
        ("It will register a compound annual growth rate of 6.4% during 2030-2035.", ["6.4 percent 2030-2035"]),
        ("The market will exhibit a CAGR of 6.4% during the forecast period.", ["6.4 percent 2030-2035"]),
        ("Sales are forecast to rise 6.4% a year through 2035.", ["6.4 percent 2035"]),
        ("The market was USD 1 billion in 2030, growing at 6.4% per annum.", ["6.4 percent"]),
        ("Weeders will expand at a CAGR of 7% between 2030 and 2035.", ["7 percent 2030-2035 Weeders"]),
        ("Weeders will grow at a CAGR of 7% and mowers at a CAGR of 5% from 2030 to 2035.",
         ["7 percent 2030-2035 Weeders", "5 percent 2030-2035 Mowers"]),
        ("The market grew by 6.4% in 2030.", []),
        ("Weeders held a share of 6.4% in 2030.", []),
        ("The market is expected to shrink by 3% a year.", []),
    ],
)  # fmt: skip
def test_rates(text: str, expected: list[str]) -> None:
    """Yearly rates come with the years stated or with the forecast period; growth of one year is none."""
    assert [each for each in claims(text) if each.startswith("cagr")] == [f"cagr {each}" for each in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Europe led the garden robot market with a share of 44.5% in 2029.", ["largest 44.5 percent 2029 Europe"]),
        ("Europe dominated the market in 2030.", ["largest 2030 Europe"]),
        ("The largest share fell to Europe.", ["largest Europe"]),
        ("Weeders accounted for the largest revenue share of 30% in 2030.", ["largest 30 percent 2030 Weeders"]),
        ("Weeders made up 56% of revenue in 2030.", ["largest 56 percent 2030 Weeders"]),
        ("Weeders made up 46% of revenue in 2030.", []),
        ("Norway is the second largest market.", []),
        ("Norway is the fastest growing market.", ["fastest_growing Norway"]),
        ("Weeders are expected to record the highest CAGR.", ["fastest_growing Weeders"]),
        ("Europe is the largest market, and Norway will grow fastest.", ["largest Europe", "fastest_growing Norway"]),
        ("Orvane is the market leader with a share of 20% in 2030.", ["largest 20 percent 2030 Orvane GmbH"]),
        ("Europe is one of the largest markets.", []),
        ("The round was led by Norway Ventures.", []),
    ],
)  # fmt: skip
def test_ranks(text: str, expected: list[str]) -> None:
    """The first in size or growth is named with share and year; more than a half is the largest without the word."""
    assert sorted(each for each in claims(text) if not each.startswith("cagr")) == sorted(expected)


def test_topics_and_foreign_sections() -> None:
    """Under a part's heading sales are those of the part; in news a figure is that of a deal."""
    assert claims("Sales reached USD 5 million in 2030.", "segments", topical=True) == [
        "market_size 5000000 USD 2030 Weeders"
    ]
    assert claims("The garden robot market was valued at USD 1.35 billion in 2029.", "developments") == []
