from __future__ import annotations

from collections.abc import Callable

import pytest

from extract import events, fillers, references
from extract.document import Document
from extract.passage import Context, Passage
from extract.reading import Reading

Readings = Callable[[str], list[Reading]]


@pytest.fixture(scope="module")
def readings(passage: Callable[..., Passage]) -> Readings:
    """Reads the lines of a release as its passages."""

    def read(text: str) -> list[Reading]:
        starts = [sum(len(line) + 1 for line in text.split("\n")[:i]) for i in range(text.count("\n") + 1)]
        found = [passage(line, before=at) for line, at in zip(text.split("\n"), starts, strict=True) if line]
        return events.readings(found, Context(Document("test.txt", text)))

    return read


def referents(found: list[Reading], word: str) -> list[str]:
    """Whom the document means by a word, at its last place."""
    reading = next(each for each in reversed(found) if any(t.text == word for t in each.doc))
    token = next(t for t in reversed(reading.doc) if t.text == word)
    return [name.full for name in fillers.referent(reading, token) or ()]


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("The lift maker Orvane sold its yard to Flexura in May.\nThe maker said so.", "maker", "Orvane"),
        ("Umbra Savings Bank and Orvane met on Monday. The bank lent money.", "bank", "Umbra Savings Bank"),
        ("Ilse Farrow joins Orvane Drives in June. She ran a shipyard before.", "She", "Ilse Farrow"),
        ("Orvane Drives opened a depot in Ghent. It employs 40 people.", "It", "Orvane Drives"),
        (
            'Orvane Drives grows.\n"We opened a depot," said Ilse Farrow, chief executive of Orvane Drives.\n'
            "About Orvane Drives\nOrvane Drives makes drives for lifts.",
            "We",
            "Orvane Drives",
        ),
        (
            "Brightloaf Bakery news\nA year of bread.\nWe moved house in May, and then we bought a mill.\n"
            "We signed a supply contract with Umbra Foods.\nThank you all.\nThe team at Brightloaf Bakery",
            "We",
            "Brightloaf Bakery",
        ),
    ],
)
def test_who_is_meant(readings: Readings, text: str, word: str, who: str) -> None:
    """What somebody is called, how near the name stands and who speaks tell whom a reference stands for."""
    assert referents(readings(text), word) == [who]


@pytest.mark.parametrize("word", ["contract", "plant", "Ghent"])
def test_what_refers_to_nobody(readings: Readings, word: str) -> None:
    """A thing, a place and a name stand for no party."""
    (reading,) = readings("Orvane Drives signed the contract for the plant in Ghent.")
    token = next(t for t in reading.doc if t.text == word)
    assert references.form(token) is None


def test_a_description_beside_its_name_is_the_name(readings: Readings) -> None:
    """A description in front of a name means its bearer, whoever stood before."""
    assert referents(readings("Coral Bank grew in May. The bank Umbra Capital did not."), "bank") != ["Coral Bank"]


def test_reports_are_read_without_entities(passage: Callable[..., Passage]) -> None:
    """In the report of a market nobody is guessed: the subjects before decide alone."""
    text = "Orvane Drives opened a depot in Ghent."
    (reading,) = events.readings([passage(text)], Context(Document("test.txt", text), market="lifts"))
    assert not reading.entities


@pytest.mark.parametrize("form", ["we", "she", "it", "company", "noun"])
def test_every_form_has_weights(form: str) -> None:
    """The weights that the product comes with know every form of reference."""
    assert references.weights()[form]
