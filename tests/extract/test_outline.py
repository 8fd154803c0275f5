"""Lists of a market's segments and regions are read in the layouts that reports use."""

from __future__ import annotations

import pytest

from extract import outline
from extract.document import Document
from extract.lines import lines
from extract.listitems import Item, is_places
from extract.sections import sections

MARKET = "Garden Robot Market"


def items(text: str) -> list[Item]:
    document = Document("test.txt", text)
    found = outline.all_items(sections(list(lines(document)), MARKET), MARKET)
    assert all(text[item.start : item.end] == item.text for item in found)
    return list(found)


def shown(text: str) -> list[str]:
    """Dimension, items above and item."""

    def path(item: Item) -> str:
        return (f"{path(item.parent)} > " if item.parent else "") + item.text

    return [f"{item.dimension}: {path(item)}" for item in items(text)]


TWO = ["Product: Mowers", "Product: Weeders"]
NESTED = ["Product: Mowers", "Product: Mowers > Petrol", "Product: Mowers > Electric", "Product: Weeders"]
PLACES = ["Region: Europe", "Region: Europe > Norway", "Region: Asia", "Region: Asia > Japan"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Report Scope\n\nBy Product\n• Mowers\n• Weeders", TWO),
        ("Report Scope\n\nBy Product:\nMowers\nWeeders", TWO),
        ("Report Scope\n\nBy Product: Mowers, Weeders", TWO),
        ("Report Scope\n\n• By Product: Mowers and Weeders", TWO),
        ("Report Scope\n\nBy Product (Mowers, Weeders)", TWO),
        ("Report Scope\n\n• Product: Mowers, Weeders", TWO),
        ("Report Scope\n\nProduct Outlook (Revenue, USD Million, 2030 - 2035)\n• Mowers\n• Weeders", TWO),
        ("Report Scope\n\nMarket Breakup by Product:\n• Mowers\n• Weeders", TWO),
        ("Report Scope\n\nBased on Product\n• Mowers\n• Weeders", TWO),
        ("Report Scope\n\nGarden Robot Market, By Product:\no Mowers\no Weeders", TWO),
        ("Report Scope\n\nBy Product\tMowers, Weeders", TWO),
        ("Report Scope\n\nBy Product\n• Mowers\n  o Petrol\n  o Electric\n• Weeders", NESTED),
        ("Report Scope\n\nBy Product\n• Mowers (Petrol, Electric)\n• Weeders", NESTED),
        ("Report Scope\n\nBy Product\n• Mowers: Petrol, Electric\n• Weeders", NESTED),
        ("Report Scope\n\nBy Product\n- Mowers\n    - Petrol\n    - Electric\n- Weeders", NESTED),
        ("Report Scope\n\nBy Region\n• Europe\n  o Norway\n• Asia\n  o Japan", PLACES),
        ("Report Scope\n\nBy Region\nEurope\nNorway\nAsia\nJapan", PLACES),
        ("Report Scope\n\nBy Region: Europe (Norway), Asia (Japan)", PLACES),
        ("Report Scope\n\nBy Product\n• Mowers\n• WeedersBy Region\n• Europe", [*TWO, "Region: Europe"]),
    ],
)
def test_lists(text: str, expected: list[str]) -> None:
    """Bullets, plain lines, one line, brackets, rows, levels by mark, indent or colon: the same taxonomy."""
    assert shown(text) == expected


WESTERN = "Region: Western Europe"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Based on product, the market is segmented into mowers and weeders.", ["mowers", "weeders"]),
        (
            "The garden robot market is divided by product into mowers, weeders and edgers.",
            ["mowers", "weeders", "edgers"],
        ),
        ("On the basis of product, it is classified into mowers, and weeders.", ["mowers", "weeders"]),
        ("By product, the study distinguishes mowers and weeders.", ["mowers", "weeders"]),
        ("The study divides the market by product into mowers and weeders.", ["mowers", "weeders"]),
        ("The market is segmented into mowers and weeders.", []),
    ],
)
def test_lists_in_sentences(text: str, expected: list[str]) -> None:
    """A sentence that divides the market along a dimension lists its parts."""
    assert shown(f"Market Overview\n\n{text}") == [f"Product: {name}" for name in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Western Europe covers Germany and France.", [WESTERN, f"{WESTERN} > Germany", f"{WESTERN} > France"]),
        ("Western Europe: Germany, and France.", [WESTERN, f"{WESTERN} > Germany", f"{WESTERN} > France"]),
        ("Western Europe covers its costs and France.", []),
        ("Orvane covers Germany and France.", []),
    ],
)
def test_regions_defined_in_sentences(text: str, expected: list[str]) -> None:
    """A region that prose defines by its countries stands above them."""
    assert shown(f"Market Overview\n\n{text}") == expected


def test_brackets_of_the_title_count_where_no_list_has_the_dimension() -> None:
    """What the title lists in brackets is read unless the scope lists that dimension itself."""
    title = "Garden Robot Market Size, By Product (Mowers, Weeders), By End User (Homes, Parks)"
    assert sorted(shown(title)) == ["End User: Homes", "End User: Parks", "Product: Mowers", "Product: Weeders"]
    scoped = shown(f"{title}\n\nReport Scope\n\nBy Product\n• Mowers\n• Weeders\n• Edgers")
    assert sorted(scoped) == ["End User: Homes", "End User: Parks", "Product: Edgers", *TWO]


@pytest.mark.parametrize(
    "name",
    ["Oil & Gas", "Food, Beverage & Tobacco", "Research and Development", "Mowers (ECM)", "U.S.", "Two-Wheelers"],
)
def test_names_are_kept_whole(name: str) -> None:
    """An ampersand, comma, "and", acronym or dot inside one item's name does not split it."""
    assert shown(f"Report Scope\n\nBy Country\n• {name}\n• Weeders") == [f"Country: {name}", "Country: Weeders"]


@pytest.mark.parametrize(
    "text",
    [
        "Table of Contents\n\n4. By Product\n4.1 Mowers\n4.2 Weeders",
        "Recent Developments\n\nBy Product\n• Mowers\n• Weeders",
        "Report Scope\n\nBy Product\nBy Region\nBy End User\n• Mowers\n• Europe",
        "Market Overview\n\nBy 2035, the market will be worth USD 2 billion, of which half will be mowers.",
    ],
)
def test_no_lists(text: str) -> None:
    """Contents pages, news, stacked headings whose items are lost and years are no taxonomy."""
    assert items(text) == []


@pytest.mark.parametrize(
    ("dimension", "places"),
    [("Region", True), ("Country", True), ("Geography", True), ("Geographic Scope", True), ("Product", False)],
)
def test_dimensions_of_places(dimension: str, places: bool) -> None:
    """The dimension tells whether its items are regions or segments."""
    assert is_places(dimension) is places
