"""Company names are cut out of lists of any form, and only names."""

from __future__ import annotations

import pytest

from extract import companies, namelists, openers
from extract.document import Document
from extract.lines import lines
from extract.nameforms import is_form
from extract.sections import sections


def players(text: str) -> list[str]:
    document = Document("test.txt", text)
    found = list(companies.players(sections(list(lines(document)), "Garden Robot Market"), openers.BY))
    assert all(text[each.start : each.end] == each.name for each in found)
    return [each.name for each in found]


THREE = ["Orvane GmbH", "Brindle Robotics Ltd", "Haddock & Rye"]


@pytest.mark.parametrize(
    "text",
    [
        "Key Players\n• Orvane GmbH\n• Brindle Robotics Ltd\n• Haddock & Rye",
        "Key Players\nOrvane GmbH\nBrindle Robotics Ltd\nHaddock & Rye",
        "Key Players\n1. Orvane GmbH\n2. Brindle Robotics Ltd\n3. Haddock & Rye",
        "Key Players\n\nOrvane GmbH, Brindle Robotics Ltd, Haddock & Rye",
        "Key Players\n\nOrvane GmbH; Brindle Robotics Ltd; Haddock & Rye",
        "Key Players\n\nThe key players in the market are Orvane GmbH, Brindle Robotics Ltd and Haddock & Rye.",
        "Key Players\n\nKey market players include Orvane GmbH, Brindle Robotics Ltd, Haddock & Rye, among others.",
        "Key Players\n\nMajor companies: Orvane GmbH, Brindle Robotics Ltd, and Haddock & Rye.",
        "Key Players\n\nOrvane GmbH, Brindle Robotics Ltd and Haddock & Rye are the leading suppliers of the market.",
        "Market Overview\n\nSome of the leading companies operating in the market are Orvane GmbH, Brindle Robotics "
        "Ltd, Haddock & Rye, and others.",
        "Key Players\n\nThe report profiles Orvane GmbH, Brindle Robotics Ltd, Haddock & Rye.",
    ],
)
def test_lists_of_players(text: str) -> None:
    """One name per line, a line of names, a sentence: the same three companies."""
    assert players(text) == THREE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Orvane, Inc., Flexura Co., Ltd. and Sylvan Tools", ["Orvane, Inc.", "Flexura Co., Ltd.", "Sylvan Tools"]),
        ("Orvane, Haddock & Rye, and Flexura", ["Orvane", "Haddock & Rye", "Flexura"]),
        ("Orvane; Brindle and Sons; Flexura", ["Orvane", "Brindle and Sons", "Flexura"]),
        ("Orvane and Flexura", ["Orvane", "Flexura"]),
        ("Orvane (Sylvan, Tessaly), Flexura", ["Orvane", "Flexura"]),
        ("Orvane S.p.A., Flexura S.A.", ["Orvane S.p.A.", "Flexura S.A."]),
    ],
)
def test_separators(text: str, names: list[str]) -> None:
    """A comma before a legal form or in brackets ends no name, nor does an ampersand; brackets are left away."""
    assert [each.name for each in namelists.listed(text, 0)] == names


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Orvane GmbH (Germany)", "Orvane GmbH", "Germany"),
        ("Orvane (US)", "Orvane", "US"),
        ("Orvane Ltd. (U.K.)", "Orvane Ltd.", "U.K."),
        ("Orvane (Graz)", "Orvane", None),
        ("Orvane", "Orvane", None),
    ],
)
def test_country_in_brackets(text: str, name: str, country: str | None) -> None:
    """A place in brackets is no part of the name; a country is kept with its span."""
    (found,) = namelists.listed(text, 10)
    assert (found.name, found.country[2] if found.country else None) == (name, country)
    if found.country:
        assert text[found.country[0] - 10 : found.country[1] - 10] == country


@pytest.mark.parametrize(
    "text",
    [
        "Key Players\n\nThe market is fragmented, and the key players include many small firms.",
        "Key Players\n• View the full list\n• Company Overview\n• SWOT Analysis",
        "Recent Developments\n• Orvane GmbH\n• Flexura AG",
        "Table of Contents\n\n9. Key Players\n9.1 Orvane GmbH\n9.2 Flexura AG",
        "Market Overview\n\nThe drivers include mild winters, Brexit and Green Deal.",
    ],
)
def test_what_is_no_list_of_players(text: str) -> None:
    """Descriptions, menu lines, news and contents list no players."""
    assert players(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orvane", True),
        ("3M", True),
        ("Brindle & Sons Ltd.", True),
        ("bioMérieux SA", True),
        ("Orvane is growing", False),
        ("$9 Robots", False),
        ("Report 2031", False),
        ("Which are the players?", False),
        ("", False),
    ],
)
def test_looks_like_name(text: str, expected: bool) -> None:
    """A name is short and capitalised, without verb, figure or year."""
    assert namelists.looks_like_name(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Co., Ltd.", True), ("Inc.", True), ("GmbH", True), ("S.p.A.", True), ("Robotics", False), ("", False)],
)
def test_is_form(text: str, expected: bool) -> None:
    """Legal forms of many countries are known; a name is none."""
    assert is_form(text) is expected
