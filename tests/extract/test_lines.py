"""Lines know where they stand and by which mark they begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Document
from extract.lines import Line, lines


def only(text: str) -> Line:
    (line,) = lines(Document("test.txt", text))
    return line


@pytest.mark.parametrize(
    ("raw", "text", "marker"),
    [
        ("• Weeders", "Weeders", "•"),
        ("•Weeders", "Weeders", "•"),
        ("- Weeders", "Weeders", "-"),
        ("–\u00a0Weeders", "Weeders", "–"),
        ("* Weeders", "Weeders", "*"),
        ("o Weeders", "Weeders", "o"),
        ("§ Weeders", "Weeders", "§"),
        ("✓ Weeders", "Weeders", "✓"),
    ],
)
def test_bullets(raw: str, text: str, marker: str) -> None:
    """A bullet is the line's mark, not its text, and makes it a list item."""
    line = only(raw)
    assert (line.text, line.marker, line.bullet, line.numbered) == (text, marker, True, False)


@pytest.mark.parametrize(
    ("raw", "text", "marker"),
    [
        ("1.2 Market Size", "Market Size", "1.2"),
        ("1.2.3. Market Size", "Market Size", "1.2.3."),
        ("3. Drivers", "Drivers", "3."),
        ("(3) Drivers", "Drivers", "(3)"),
        ("12 Market Overview", "Market Overview", "12"),
        ("12Market Overview", "Market Overview", "12"),
        ("a) Weeders", "Weeders", "a)"),
        ("(iv) Weeders", "Weeders", "(iv)"),
        ("Chapter 3. Market Size", "Market Size", "Chapter 3."),
    ],
)
def test_numbers_of_headings(raw: str, text: str, marker: str) -> None:
    """A heading's number is its mark; the line is no list item."""
    line = only(raw)
    assert (line.text, line.marker, line.bullet, line.numbered) == (text, marker, False, True)


@pytest.mark.parametrize(
    "raw",
    [
        "5 million gardens",
        "1.5 million units",
        "4.5 GW of turbines",
        "2030 was good",
        "10%",
        "3.5",
        "Weeder-2",
        "over 3 m",
    ],
)
def test_figures_are_no_marks(raw: str) -> None:
    """A number that counts something stays in the text."""
    assert (only(raw).text, only(raw).marker) == (raw, "")


def test_markdown_headings_lose_their_hashes() -> None:
    """The hashes of Markdown are no mark of a list."""
    line = only("## Market Overview")
    assert (line.text, line.marker, line.numbered) == ("Market Overview", "", False)


@pytest.mark.parametrize(
    ("raw", "indent"), [("• a", 0), ("  • a", 2), ("\t• a", 4), ("    Weeders", 4), ("\ufeff• a", 0)]
)
def test_indent(raw: str, indent: int) -> None:
    """Depth is told by the space before the mark; a tab is four, a byte order mark nothing."""
    assert only(raw).indent == indent


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("The market grew.", False),
        ("Orvane opened a plant in Linz.", True),
        ("Market Size and Share Analysis", False),
        ("Sales of robots have been growing in all regions since 2020", True),
        ("Who are the key players?", True),
        ("Brindle Robotics and Sons Ltd.", False),
        ("By Product: Mowers, Weeders, Edgers and Trimmers:", False),
        ("Weeders · Mowers · Edgers are all the rage.", False),
        ("Value in 2030\tUSD 1 billion was reached here.", False),
    ],
)
def test_prose(text: str, prose: bool) -> None:
    """Sentences are told from headings, items, names with a legal form and rows."""
    assert only(text).prose is prose


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("CAGR\t6.4%", [(0, "CAGR"), (5, "6.4%")]),
        ("| CAGR | 6.4% |", [(2, "CAGR"), (9, "6.4%")]),
        ("CAGR | 6.4%", [(0, "CAGR"), (7, "6.4%")]),
        ("|---|:--|", []),
        ("CAGR 6.4%", []),
        ("\tWeeders", []),
    ],
)
def test_cells(text: str, cells: list[tuple[int, str]]) -> None:
    """Rows of tables give their cells with offsets; rulers and single cells are no rows."""
    assert list(only(text).cells) == cells


def test_blank_lines_are_counted_whatever_ends_them() -> None:
    """A heading stands out by the blank lines before it, under any line end."""
    for end in ("\n", "\r\n", "\r"):
        found = list(lines(Document("test.txt", end.join(("a", "b", "", "c", "", " ", "d")))))
        assert [(line.text, line.blanks) for line in found] == [("a", 0), ("b", 0), ("c", 1), ("d", 2)]


@given(st.text(alphabet="aB1.•-# \t\u00a0\r\n|·)", max_size=60))
def test_offsets_hold(text: str) -> None:
    """Whatever the text, a line's text is what stands at its offsets, and lines follow one another."""
    last = 0
    for line in lines(Document("test.txt", text)):
        assert text[line.start : line.end] == line.text != ""
        assert line.start >= last
        assert all(text[at : at + len(cell)] == cell for at, cell in line.cells)
        last = line.end
