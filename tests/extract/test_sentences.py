"""What a sentence tells is told of the right part of the market."""

from __future__ import annotations

import pytest

from extract import sentences
from tests.extract.garden import WEEDERS, read


def about(text: str, of: str, section: str = "overview", *, topical: bool = False) -> list[str] | None:
    """The parts that the words `of` in the last sentence of a text are about; None where that cannot be told."""
    sentence = read(text, section, WEEDERS if topical else None)[-1]
    found = sentence.about(sentence.text.index(of))
    return None if found is None else [part.name for part in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The garden robot market was worth USD 5 million.", []),
        ("Weeders generated USD 5 million.", ["Weeders"]),
        ("Sales of weeders reached USD 5 million.", ["Weeders"]),
        ("In Norway, sales reached USD 5 million.", ["Norway"]),
        ("Weeders in Europe reached USD 5 million.", ["Weeders", "Europe"]),
        ("The market is led by weeders (USD 5 million).", ["Weeders"]),
        ("Europe is the largest region. It generated USD 5 million.", ["Europe"]),
        ("Europe is the largest region. The region generated USD 5 million.", ["Europe"]),
        ("The garden robot market is young. Europe leads. It generated USD 5 million.", ["Europe"]),
        ("Europe leads. The garden robot market is young. It will grow to USD 5 million.", []),
        ("The German garden robot market was worth USD 5 million.", ["Germany"]),
    ],
)
def test_about(text: str, expected: list[str]) -> None:
    """Subject, place in front, bracket beside, or what a pronoun points back to: the part that is told of."""
    assert about(text, "USD 5") == expected


def test_topics_are_what_their_paragraphs_are_about() -> None:
    """Under the heading of a part an unnamed subject is that part."""
    assert about("Sales reached USD 5 million.", "USD 5", "segments", topical=True) == ["Weeders"]
    assert about("The garden robot market reached USD 5 million.", "USD 5", "segments", topical=True) == []


def test_the_markets_name_names_no_part() -> None:
    """Words of the market's own name are masked."""
    (sentence,) = read("The garden robot market grew in Europe.")
    assert [sentence.text[a:b] for a, b in sentence.masked] == ["The garden robot market"]
    assert [place.part.name for place in sentence.places] == ["Europe"]


def test_offsets_and_years_run_through_a_paragraph() -> None:
    """Each sentence stands at its offset; the last year named before goes with it."""
    text = "The market was small in 2029. Weeders took half of it. Mowers took the rest."
    found = read(text)
    assert [text[s.start : s.start + len(s.text)] for s in found] == [s.text for s in found]
    assert [(s.first, s.year) for s in found] == [(True, None), (False, "2029"), (False, "2029")]


def test_numbers_of_laws_end_no_sentence() -> None:
    """The number of a regulation stays in its sentence."""
    found = read("Makers must comply with Regulation (EC) No 1924/2006 on noise. It is strict.")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Garden Robot Market", "the global garden robots market grew", True),
        ("Garden Robot Market", "garden-robot sales", True),
        ("Garden Robot Market", "robots for the garden", False),
        ("Teleradiology Services Market", "teleradiology services", True),
    ],
)
def test_market_pattern(name: str, text: str, found: bool) -> None:
    """A market is known in prose by its own words, with or without "market"."""
    pattern = sentences.market_pattern(name)
    assert pattern is not None
    assert bool(pattern.search(text)) is found


def test_no_market_no_pattern() -> None:
    """News has no market, so nothing is masked."""
    assert sentences.market_pattern(None) is None
