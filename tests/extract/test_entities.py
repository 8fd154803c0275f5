from __future__ import annotations

from collections.abc import Callable

import pytest

from extract import entities, names
from extract.entities import Entity
from extract.passage import Passage


@pytest.fixture(scope="module")
def known(passage: Callable[..., Passage]) -> Callable[[str], dict[str, Entity]]:
    """The entities of a text that is one passage."""

    def read(text: str) -> dict[str, Entity]:
        passages = [passage(text)]
        return entities.entities(text, passages, names.find(passages))

    return read


def test_entities_are_counted_with_all_their_forms(known: Callable[[str], dict[str, Entity]]) -> None:
    """A short form counts for the full name; places are no entities that act."""
    found = known("Orvane Drives AG grew in Ghent. Orvane sells drives.")
    assert {own: each.count for own, each in found.items()} == {"orvane drives": 2}


def test_what_an_entity_is_called(known: Callable[[str], dict[str, Entity]]) -> None:
    """Nouns in front of a name and behind its comma describe the bearer, and so do its own words."""
    found = known("The lift maker Orvane met Umbra Savings Bank, a lender from Ghent.")
    assert "maker" in found["orvane"].called
    assert {"lender", "bank"} <= found["umbra savings bank"].called


@pytest.mark.parametrize(
    ("text", "own", "sign"),
    [
        ("We at Orvane are glad.", "orvane", "we at"),
        ("We signed with Umbra Foods.", "umbra foods", "beside we"),
        ("“We did,” said Ilse Farrow, director of Orvane Drives.", "orvane drives", "post of"),
        ("Good news.\n\nAbout Orvane\nIt makes drives.", "orvane", "about"),
    ],
)
def test_signs_of_who_speaks(known: Callable[[str], dict[str, Entity]], text: str, own: str, sign: str) -> None:
    """The text shows for and against an entity that it is who says "we"."""
    assert sign in known(text)[own].signs
