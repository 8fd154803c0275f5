"""Places that stand in a row are regions of the report, also without the name of a dimension."""

from __future__ import annotations

import pytest

from extract import placelists
from extract.document import Document
from extract.lines import lines
from extract.sections import sections


def shown(text: str) -> list[str]:
    found = placelists.find(sections(list(lines(Document("test.txt", text))), "Garden Robot Market"))
    items = list(found)
    assert all(text[item.start : item.end] == item.text for item in items)
    return [f"{item.parent.text} > {item.text}" if item.parent else item.text for item in items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Geography\n\nEurope\nNorway\nAsia\nJapan", ["Europe", "Europe > Norway", "Asia", "Asia > Japan"]),
        ("Where it is sold:\n\n• Europe\no Norway\no Spain", ["Europe", "Europe > Norway", "Europe > Spain"]),
        ("Norway\nSpain\nJapan", ["Norway", "Spain", "Japan"]),
        ("The regions covered in the report are Europe, Asia and Africa.", ["Europe", "Asia", "Africa"]),
        (
            "The report covers four countries, namely Norway, Spain, Japan and Peru.",
            ["Norway", "Spain", "Japan", "Peru"],
        ),
        ("Norway\nSpain", []),  # two may be chance
        ("Mowers sell well in regions such as Europe and Asia, but not everywhere in the world.", []),
        ("Table of Contents\n\n1. Europe\n2. Asia\n3. Africa", []),
    ],
)
def test_places_in_a_row(text: str, expected: list[str]) -> None:
    """Three places in lines or in a sentence that says what they are; a country stands below the region before it."""
    assert shown(text) == expected
