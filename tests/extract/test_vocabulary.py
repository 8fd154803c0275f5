"""The parts of a market are found under every spelling, and only where the text names them."""

from __future__ import annotations

import pytest

from extract.vocabulary import Vocabulary
from tests.extract.garden import VOCABULARY


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Weeders and mowers sell best.", ["Weeders", "Mowers"]),
        ("The weeder segment grows.", ["Weeders"]),
        ("Add on modules and add‑on module sales", ["Add-on Modules", "Add-on Modules"]),
        ("Public\u00a0parks buy.", ["Public Parks"]),
        ("Sales in Europe and Norway", ["Europe", "Norway"]),
        ("Asia Pacific leads.", ["Asia-Pacific"]),
        ("In Borderland, sales fell.", ["Borderland"]),
        ("Brazil is not listed.", ["Brazil"]),
        ("The Norwegian market is small.", ["Norway"]),
        ("German sales rose.", ["Germany"]),
    ],
)
def test_spellings(text: str, names: list[str]) -> None:
    """Number, hyphens, blanks, case and demonyms do not hide a part; it keeps the name of its list."""
    assert [place.part.name for place in VOCABULARY.places(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "The others follow.",
        "Lawnmowers sell.",
        "Mowers-to-be sell.".replace("Mowers", "Unmowers"),
        "A Norwegian chef cooked.",
        "Then Acme Europe was founded.",
        "homesick people",
    ],
)
def test_what_names_no_part(text: str) -> None:
    """Vague items, parts of words, adjectives beside no market and names of firms are no parts."""
    assert VOCABULARY.places(text) == []


def test_places_do_not_overlap_each_other_or_what_is_taken() -> None:
    """The longest name wins, and the market's own name holds no part."""
    assert [place.part.name for place in VOCABULARY.places("Rest of Europe and Public Parks")][-1] == "Public Parks"
    assert VOCABULARY.places("the mowers market", [(4, 10)]) == []


@pytest.mark.parametrize(
    ("name", "role", "dimension"),
    [("weeders segment", "segment", "Product"), ("Public Parks", "segment", "End User"), ("Japan", "region", None)],
)
def test_part_of(name: str, role: str, dimension: str | None) -> None:
    """A name alone gives its part: listed, or a region of the world."""
    part = VOCABULARY.part_of(name)
    assert part is not None
    assert (part.role, part.dimension) == (role, dimension)


def test_empty_vocabulary_knows_the_world_only() -> None:
    """Without lists there are no segments, but regions are known."""
    empty = Vocabulary(())
    assert empty.part_of("Weeders") is None
    assert [place.part.type for place in empty.places("Weeders in Norway and Europe")] == ["Country", "Region"]
