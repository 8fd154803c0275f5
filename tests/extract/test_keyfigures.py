"""Header boxes and tables give the figures of a market under whatever name they carry."""

from __future__ import annotations

import pytest

from extract import keyfigures, tables
from extract import pairs as header
from extract.claim import Claim
from extract.document import Document
from extract.lines import lines
from extract.pairs import Pair
from extract.sections import Section, sections
from tests.extract.garden import MARKET, PATTERN, VOCABULARY, parts


def layout(text: str) -> tuple[Section, ...]:
    return sections(list(lines(Document("test.txt", text))), MARKET)


def pairs(text: str) -> list[Pair]:
    return list(header.find(layout(text)))


def shown(claim: Claim) -> str:
    value = f" {claim.quantity.value.normalize():f} {claim.quantity.unit}" if claim.quantity else ""
    years = " ".join(str(claim.attributes[name]) for name in ("from", "to") if name in claim.attributes)
    return " ".join(f"{claim.kind}{value} {claim.date or years} {', '.join(parts(claim))}".split())


def claims(text: str) -> list[str]:
    found = list(keyfigures.claims(pairs(text), VOCABULARY, PATTERN))
    assert all(0 <= claim.start < claim.end <= len(text) for claim in found)
    return [shown(claim) for claim in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Market Size in 2030\tUSD 1.35 Billion", ["market_size 1350000000 USD 2030"]),
        ("Market Size (2030): USD 1.35 Billion", ["market_size 1350000000 USD 2030"]),
        ("Market Size in 2030 | EUR 900 million", ["market_size 900000000 EUR 2030"]),
        ("| Revenue forecast in 2035 | USD 2.1 billion |", ["market_size 2100000000 USD 2035"]),
        ("2030 Market Size\nUSD 1.35 Billion", ["market_size 1350000000 USD 2030"]),
        ("Market Size (2030)USD 1.35 Billion", ["market_size 1350000000 USD 2030"]),
        ("CAGR (2030-2035)6.4%", ["cagr 6.4 percent 2030 2035"]),
        ("Fastest Growing SegmentWeeders", ["fastest_growing Weeders"]),
        ("Market value in 2030: INR 98.6 crore", ["market_size 986000000 INR 2030"]),
        ("Europe market size in 2030: USD 5 million", ["market_size 5000000 USD 2030 Europe"]),
        ("Market Size\tUSD 1.35 Billion", []),  # of which year is not said
        ("Report price in 2030: USD 4,500", []),
        ("Market size in 2030: see the report", []),
    ],
)
def test_sizes(text: str, expected: list[str]) -> None:
    """A size needs a name that says so, one sum of money and one year."""
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CAGR (2030-2035)\t6.4%", ["cagr 6.4 percent 2030 2035"]),
        ("CAGR: 6.4% (2030 - 2035)", ["cagr 6.4 percent 2030 2035"]),
        ("Growth rate\tCAGR of 6.4% from 2030 to 2035", ["cagr 6.4 percent 2030 2035"]),
        ("Compound Annual Growth\t6.4%", ["cagr 6.4 percent"]),
        ("Weeders CAGR, 2030–2035: 7%", ["cagr 7 percent 2030 2035 Weeders"]),
        ("CAGR\n6.4%", ["cagr 6.4 percent"]),
        ("Share in 2030\t6.4%", []),
    ],
)
def test_rates(text: str, expected: list[str]) -> None:
    """A growth rate carries the years that stand in its name or value, and the part that its name tells."""
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Largest Market\tEurope", ["largest Europe"]),
        ("Largest market: Norway", ["largest Norway"]),
        ("Largest segment (2030)\tWeeders", ["largest 2030 Weeders"]),
        ("Dominant region\tAsia Pacific", ["largest Asia-Pacific"]),
        ("Fastest Growing Segment\tWeeders", ["fastest_growing Weeders"]),
        ("Fastest-growing market\nNorway", ["fastest_growing Norway"]),
        ("Weeders\tFastest growing segment", ["fastest_growing Weeders"]),
        ("Largest product\tEdgers", ["largest Edgers"]),
        ("Largest market\tto be seen in the full study of ours", []),
    ],
)
def test_ranks(text: str, expected: list[str]) -> None:
    """A rank stands beside its part, in either order; the part need not be listed where its kind is told."""
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Forecast Period\t2031 - 2036", (2031, 2036)),
        ("Forecast period: 2031 to 2036", (2031, 2036)),
        ("Study Period\t2025 - 2036", None),
        ("Forecast Years\n2031-36", (2031, 2036)),
    ],
)
def test_period(text: str, expected: tuple[int, int] | None) -> None:
    """The forecast period of the header is known to all sentences that speak of it."""
    assert header.period(pairs(text)) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Key companies profiled\tOrvane GmbH; Haddock & Rye", ["Orvane GmbH", "Haddock & Rye"]),
        ("Key players: Orvane, Flexura, Inc., and others", ["Orvane", "Flexura, Inc."]),
        ("Key companies profiled\tup to ten of them", []),
        ("Segments covered\tMowers, Weeders", []),
    ],
)  # fmt: skip
def test_players(text: str, names: list[str]) -> None:
    """A row of companies lists players."""
    found = list(header.players(pairs(text)))
    assert [each.name for each in found] == names
    assert all(text[each.start : each.end] == each.name for each in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Regional scope\tEurope, and Middle East and Africa", ["Europe", "Middle East and Africa"]),
        ("Countries covered: U.S., Norway and Japan", ["U.S.", "Norway", "Japan"]),
        ("Regional scope\ton request", []),
    ],
)  # fmt: skip
def test_places(text: str, names: list[str]) -> None:
    """A row of regions or countries lists them; "and" inside a region's name does not split it."""
    found = list(header.places(pairs(text)))
    assert [each.text for each in found] == names
    assert all(text[each.start : each.end] == each.text for each in found)


@pytest.mark.parametrize("heading", ["Table of Contents", "Recent Developments", "About us"])
def test_no_pairs_in_foreign_sections(heading: str) -> None:
    """Contents, news and contact blocks hold no key figures."""
    assert (
        pairs(f"Market Overview\n\nThe market has been growing.\n\n{heading}\n\nOrvane sales (2030): USD 1 billion")
        == []
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "Market size by product, USD million\nProduct\t2030\t2035\nMowers\t100\t150\nWeeders\t50\t90.5",
            [
                "market_size 100000000 USD 2030 Mowers",
                "market_size 150000000 USD 2035 Mowers",
                "market_size 50000000 USD 2030 Weeders",
                "market_size 90500000 USD 2035 Weeders",
            ],
        ),
        (
            "| Region | CAGR (2030-2035) |\n|---|---|\n| Europe | 6.4% |\n| Norway | 7% |",
            ["cagr 6.4 percent 2030 2035 Europe", "cagr 7 percent 2030 2035 Norway"],
        ),
        (
            "Region\tValue in 2030\tCAGR 2030-2035\nEurope\tEUR 5 million\t6.4%\nTotal\tEUR 9 million\t5%",
            ["market_size 5000000 EUR 2030 Europe", "cagr 6.4 percent 2030 2035 Europe"],
        ),
        ("Region\tOffices\nEurope\t4\nNorway\t2", []),
    ],
)
def test_tables(rows: str, expected: list[str]) -> None:
    """A row is a part of the market; columns tell year or rate, the title currency and scale."""
    found = list(tables.find(layout(f"Market Overview\n{rows}"), VOCABULARY))
    assert [shown(claim) for claim in found] == expected
