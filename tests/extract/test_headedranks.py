"""Ranks that headings claim and questions ask for are read."""

from __future__ import annotations

import pytest

from extract import headedranks
from extract.document import Document
from extract.lines import lines
from extract.sections import sections
from tests.extract.garden import MARKET, PATTERN, VOCABULARY, parts


def claims(text: str) -> list[str]:
    layout = sections(list(lines(Document("test.txt", text))), MARKET)
    found = headedranks.find(layout, VOCABULARY, PATTERN)
    return [" ".join((claim.kind, *([claim.date] if claim.date else []), *parts(claim))) for claim in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which region leads the market?\nEurope, by a wide margin, as of 2030.", ["largest 2030 Europe"]),
        ("Which product grows fastest?\nWeeders do, with a growing distance.", ["fastest_growing Weeders"]),
        ("Who buys?\nEurope does, by a wide margin, as of 2030.", []),
    ],
)
def test_questions(text: str, expected: list[str]) -> None:
    """A question gives its answer the sense."""
    assert claims(f"Frequently Asked Questions\n{text}") == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Norway to Be the Fastest-Growing Country", ["fastest_growing Norway"]),
        ("Europe Dominates the Market", ["largest Europe"]),
        ("Norway at a Turning Point", []),
    ],
)
def test_headings(heading: str, expected: list[str]) -> None:
    """A heading may make the claim that its paragraph explains."""
    assert claims(f"Regional Insights\n\n{heading}\n\nDemand has been rising there for years now.") == expected
