"""Listed items become claims on segments, regions and players."""

from __future__ import annotations

import pytest

from extract import taxonomy
from extract.companies import Listed
from extract.document import Document
from extract.listitems import Item
from tests.extract.garden import parts

DOCUMENT = Document("test.txt", "Weeders")


def item(dimension: str, text: str, parent: Item | None = None) -> Item:
    return Item(dimension, 0, len(text), text, int(parent is not None), parent)


EUROPE = item("Region", "Europe")


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (item("Product", "Weeders"), [("segment", "Weeders", {"dimension": "Product"})]),
        (item("Product", "HomesParks"), [("segment", n, {"dimension": "Product"}) for n in ("Homes", "Parks")]),
        (item("Product", "PayPal"), [("segment", "PayPal", {"dimension": "Product"})]),
        (EUROPE, [("region", "Europe", {"level": "region"})]),
        (item("Region", "Norway", EUROPE), [("region", "Norway", {"level": "country", "parent": "Europe"})]),
        (item("Region", "the Nordics", EUROPE), [("region", "Nordics", {"level": "region", "parent": "Europe"})]),
        (item("Country", "U.S. (USA)"), [("region", "U.S.", {"level": "country"})]),
        (item("Region", "Borderland"), [("region", "Borderland", {"level": "region"})]),
        (item("Region", "Rest of Asia"), [("region", "Rest of Asia", {"level": "region"})]),
        (item("Region", "covered below"), []),
        (item("Region", "Global"), []),
        (item("Product", "Others"), []),
        (item("Product", "By Price"), []),
        (item("Product", "Garden Robot Market"), []),
        (item("Product", "Noise", item("Product", "Others")), []),
    ],
)  # fmt: skip
def test_items(listed: Item, expected: list[tuple[str, str, dict[str, str]]]) -> None:
    """One claim per item with its dimension, or its level and the region above; what names nothing gives none."""
    found = list(taxonomy.segments_and_regions([listed], DOCUMENT))
    assert [(claim.kind, *parts(claim), dict(claim.attributes)) for claim in found] == expected


def test_a_name_that_prose_writes_so_is_one() -> None:
    """Two capitals in a word split it only where no sentence knows the word."""
    document = Document("test.txt", "The makers of the HomesParks system sell it in many countries " * 3)
    (claim,) = taxonomy.segments_and_regions([item("Product", "HomesParks")], document)
    assert parts(claim) == ["HomesParks"]


def test_players_with_their_seats() -> None:
    """Each company is a player; the country in brackets is where it sits; the publisher plays no part."""
    listed = [Listed(0, 6, "Orvane", (8, 15, "Germany")), Listed(20, 27, "Flexura"), Listed(30, 35, "Quill")]
    found = list(taxonomy.players(listed, "Quill"))
    assert [(claim.kind, *parts(claim)) for claim in found] == [
        ("player", "Orvane"),
        ("headquarters", "Orvane", "Germany"),
        ("player", "Flexura"),
    ]
    assert (found[1].start, found[1].end) == (0, 16)


def test_pieces_of_a_name_with_a_comma_are_no_players() -> None:
    """A list that cuts "Ganter, Joshi & Sons" in two adds no company."""
    listed = [Listed(0, 20, "Ganter, Joshi & Sons"), Listed(30, 36, "Ganter"), Listed(38, 50, "Joshi & Sons")]
    assert [parts(claim) for claim in taxonomy.players(listed, None)] == [["Ganter, Joshi & Sons"]]
