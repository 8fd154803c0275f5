"""Events told by weighed cues: which candidates there are, what they show, what the shipped weights make of them."""

from __future__ import annotations

import numpy as np
import pytest

from extract import events, pipeline, rolecues, roles
from extract.document import Document
from extract.passage import Context, Passage
from extract.reading import Reading
from tests.extract import train_roles


def read(text: str) -> Reading:
    doc = pipeline.language()(text)
    return events.readings([Passage(0, doc)], Context(Document("news.txt", text)))[0]


def test_candidates_are_names_and_what_stands_for_them() -> None:
    """Names and pronouns of the sentence, and the subject of the sentence before where it is not mentioned."""
    reading = read("Orvane AG makes pumps. It has bought Tessaly Labs.")
    found = [(each.form, each.names[0].full) for each in rolecues.candidates(reading, reading.sentences[1])]
    assert found == [("name", "Tessaly Labs"), ("reference", "Orvane AG")]


def test_what_governs_a_name_leads_up_to_the_verb() -> None:
    """Prepositions stand for themselves, members of a list for its first."""
    reading = read("Orvane signed a contract with Lumeo and Tessaly.")
    tessaly = next(token for token in reading.doc if token.text == "Tessaly")
    assert [(slot, token.lemma_) for slot, token in rolecues.chain(tessaly)][:1] == [("with", "contract")]


def test_cues_are_numbers_of_the_table_each_once() -> None:
    """Every cue has a row of weights."""
    reading = read("Orvane AG has bought Tessaly Labs for $5 million.")
    sentence = reading.sentences[0]
    seen = rolecues.shown(reading, sentence)
    for candidate in rolecues.candidates(reading, sentence):
        found = rolecues.cues(reading, sentence, candidate, seen)
        assert found
        assert all(0 <= cue < rolecues.SIZE for cue in found)


def test_the_shipped_weights_are_of_the_roles_of_the_ontology() -> None:
    """Each role that is weighed has its column, and no column is of a role that the ontology does not have."""
    weights = roles.weights()
    assert set(weights.columns) == {(kind, role) for kind, named in roles.ROLES.items() for role in named}
    assert weights.cues.shape == (rolecues.SIZE, len(weights.columns))


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "Orvane AG has agreed to acquire Tessaly Labs.",
            "acquisition",
            {("acquirer", "Orvane AG"), ("target", "Tessaly Labs")},
        ),
        (
            "Quillon Health has appointed Ilse Farrow as chief executive.",
            "appointment",
            {("person", "Ilse Farrow"), ("company", "Quillon Health")},
        ),
    ],
)
def test_the_shipped_weights_tell_plain_events(text: str, kind: str, expected: set[tuple[str, str]]) -> None:
    """Who takes which part in a plain sentence is told, by frames with the roles of the kind."""
    reading = read(text)
    frames = {frame.kind: frame for frame in roles.frames(reading, reading.sentences[0])}
    told = {(role, f.name.full) for role, row in frames[kind].roles.items() for f in row if f.name is not None}
    assert told == expected


def test_no_event_is_told_where_nothing_is_named() -> None:
    """A sentence without names holds no event."""
    reading = read("The company was founded to make better pumps.")
    assert list(roles.frames(reading, reading.sentences[0])) == []


def test_fitting_learns_which_cue_speaks_for_a_role() -> None:
    """A cue that only bearers of a role show gets a higher weight for it than one that others show."""
    labels = np.zeros((2, len(train_roles.LABELS)), dtype=np.float32)
    labels[0, 0] = 1
    decided = np.ones(len(train_roles.LABELS), dtype=np.float32)
    examples = [train_roles.Example([5], labels[0], decided), train_roles.Example([7], labels[1], decided)] * 40
    weights = train_roles.fitted(examples).cues
    assert weights[5, 0] > 0 > weights[7, 0]


def test_a_marked_line_gives_its_text_and_the_places_of_its_roles() -> None:
    """The marks of a line are its text's characters with the label of each role, the numbers those of its events."""
    marked = "{1.acquirer|Orvane} buys {2.location|Uppsala}-based {1.target,2.company|Lumeo}."
    line = f"acquisition planned; headquarters asserted || {marked}"
    text, marks = train_roles.parsed(line)
    assert text == "Orvane buys Uppsala-based Lumeo."
    told = [(text[start:end], train_roles.LABELS[place]) for start, end, place in marks]
    assert told == [
        ("Orvane", ("acquisition", "acquirer")),
        ("Uppsala", ("headquarters", "location")),
        ("Lumeo", ("acquisition", "target")),
        ("Lumeo", ("headquarters", "company")),
    ]
