"""Events told by weighed cues: which candidates there are, what they show, what the shipped weights make of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from extract import candidates, events, kindcues, ordercues, pipeline, rolecues, roles
from extract.document import Document
from extract.fact import Fact
from extract.passage import Context, Passage
from extract.reading import Reading
from tests.extract import role_examples, train_roles
from tests.extract.role_examples import Answer, Example


def read(text: str) -> Reading:
    doc = pipeline.language()(text)
    return events.readings([Passage(0, doc)], Context(Document("news.txt", text)))[0]


def test_candidates_are_names_and_what_stands_for_them() -> None:
    """Names and pronouns of the sentence, and the subject of the sentence before where it is not mentioned."""
    reading = read("Orvane AG makes pumps. It has bought Tessaly Labs.")
    found = [(each.form, each.names[0].full) for each in candidates.candidates(reading, reading.sentences[1])]
    assert found == [("name", "Tessaly Labs"), ("reference", "Orvane AG")]


def test_what_governs_a_name_leads_up_to_the_verb() -> None:
    """Prepositions stand for themselves, members of a list for its first."""
    reading = read("Orvane signed a contract with Lumeo and Tessaly.")
    tessaly = next(token for token in reading.doc if token.text == "Tessaly")
    assert [(slot, token.lemma_) for slot, token in rolecues.chain(tessaly)][:1] == [("with", "contract")]


def test_candidates_have_cues_each_once_and_not_the_same() -> None:
    """What a sentence shows of the buyer is not what it shows of the bought; no cue counts twice."""
    reading = read("Orvane AG has bought Tessaly Labs for $5 million.")
    sentence = reading.sentences[0]
    found = candidates.candidates(reading, sentence)
    buyer, bought = rolecues.cues(reading, sentence, found, rolecues.shown(reading, sentence))
    assert set(buyer) - set(bought)
    assert set(bought) - set(buyer)
    assert all(len(row) == len(set(row)) for row in (buyer, bought))


def test_who_else_is_named_is_a_cue() -> None:
    """The first of two companies is told from the second, and from one that stands alone."""
    rows = {}
    for text in ("Orvane AG bought Tessaly Labs.", "It bought Orvane AG in Ghent."):
        reading = read(text)
        found = candidates.candidates(reading, reading.sentences[0])
        rows[text] = [set(ordercues.cues(reading, each, found)) for each in found]
    first, second = rows["Orvane AG bought Tessaly Labs."]
    assert "place Company 0 1" in first
    assert "place Company 1 0" in second
    assert any("alone Company True" in row for row in rows["It bought Orvane AG in Ghent."])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orvane AG has bought Tessaly Labs.", "Orvane AG has bought Tessaly Labs for $5 million."),
        ("Orvane AG has bought Tessaly Labs.", "Orvane AG has bought Tessaly Labs in May 2031."),
        ("Orvane AG makes pumps.", "Orvane AG sells pumps."),
    ],
)
def test_a_sentence_shows_its_words_amounts_and_dates(one: str, other: str) -> None:
    """What may tell kinds of events from each other is among the cues of a sentence."""
    shown = []
    for text in (one, other):
        reading = read(text)
        sentence = reading.sentences[0]
        found = candidates.candidates(reading, sentence)
        shown.append(set(kindcues.cues(reading, sentence, found, rolecues.shown(reading, sentence))))
    assert shown[1] - shown[0]


def test_the_shipped_weights_are_of_the_kinds_and_roles_of_the_ontology() -> None:
    """Each kind and each role that is weighed has its column."""
    weights = roles.weights()
    assert weights.kinds.cues.shape == (train_roles.KIND_SIZE, len(roles.ROLES))
    assert weights.roles.cues.shape == (train_roles.ROLE_SIZE, len(roles.LABELS))


def test_a_candidate_has_one_role_of_a_kind() -> None:
    """The probabilities of a kind's roles leave room for none of them."""
    taken = roles.shares(np.zeros(len(roles.LABELS), dtype=np.float32))
    of_partnership = [p for p, (kind, _) in zip(taken, roles.LABELS, strict=True) if kind == "partnership"]
    of_acquisition = [p for p, (kind, _) in zip(taken, roles.LABELS, strict=True) if kind == "acquisition"]
    assert of_partnership == pytest.approx([1 / 2])
    assert of_acquisition == pytest.approx([1 / 4] * 3)


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
    weighed = roles.weighed(reading, reading.sentences[0])
    assert weighed is not None
    frames = {frame.kind: frame for frame in weighed.frames}
    told = {(role, f.name.full) for role, row in frames[kind].roles.items() for f in row if f.name is not None}
    assert told == expected


def test_no_event_is_told_where_nothing_is_named() -> None:
    """A sentence without names holds no event."""
    reading = read("The company was founded to make better pumps.")
    assert roles.weighed(reading, reading.sentences[0]) is None


def test_no_event_is_told_where_none_happens() -> None:
    """A sentence that only describes tells no event, whoever is named in it."""
    reading = read("Orvane AG and Tessaly Labs are among the oldest makers of pumps.")
    weighed = roles.weighed(reading, reading.sentences[0])
    assert weighed is not None
    assert weighed.frames == ()
    assert max(weighed.told.values()) < roles.TOLD


def found(text: str) -> list[Fact]:
    return [fact for _, facts in pipeline.extract([Document("news.txt", text)]) for fact in facts]


def test_each_person_who_is_appointed_has_a_post_of_their_own() -> None:
    """Two people told of in one sentence are two appointments, to the company that they share."""
    reading = read("Quillon Health has welcomed Ilse Farrow as chief executive and Tom Verrin as finance chief.")
    weighed = roles.weighed(reading, reading.sentences[0])
    assert weighed is not None
    rows = [
        {(role, f.name.full) for role, row in frame.roles.items() for f in row if f.name is not None}
        for frame in weighed.frames
        if frame.kind == "appointment"
    ]
    company = ("company", "Quillon Health")
    assert rows == [{("person", "Ilse Farrow"), company}, {("person", "Tom Verrin"), company}]


def test_what_a_sentence_hardly_tells_is_no_event_whatever_a_rule_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """An event of a rule is left out where the cues of its sentence give its kind no chance, and only there."""
    text = "Orvane AG has acquired Tessaly Labs."
    assert [fact.kind for fact in found(text)] == ["acquisition"]
    monkeypatch.setattr(roles, "DENIES", 1.1)
    monkeypatch.setattr(roles, "TOLD", 1.1)
    assert found(text) == []


def example(cue: int, kind: int, label: int | None) -> Example:
    """A sentence with one candidate, both with one cue, that tells a kind and gives the candidate a role."""
    kinds, labels = np.zeros(len(roles.ROLES), np.float32), np.zeros((1, len(roles.LABELS)), np.float32)
    kinds[kind] = 1
    if label is not None:
        labels[0, label] = 1
    return Example([cue], [[cue]], Answer(kinds, np.ones_like(kinds), labels, np.ones_like(labels)))


def test_fitting_learns_which_cue_speaks_for_what() -> None:
    """A cue that only sentences of a kind, or bearers of a role show weighs more than one that others show."""
    weights = train_roles.fitted([example(5, 0, 0), example(7, 0, None), example(9, 1, None)] * 40)
    assert weights.kinds.cues[5, 0] > 0 > weights.kinds.cues[9, 0]
    assert weights.roles.cues[5, 0] > 0 > weights.roles.cues[7, 0]


def test_roles_are_fitted_only_where_their_kind_is_told() -> None:
    """Who has no role in a sentence of another kind says nothing against the role."""
    weights = train_roles.fitted([example(5, 0, 0), example(9, 1, None)] * 40)
    assert roles.LABELS[0][0] == next(iter(roles.ROLES))
    assert weights.roles.cues[9, 0] == 0


def told(text: str, marks: list[role_examples.Mark]) -> list[tuple[str, tuple[str, str], str]]:
    return [(text[mark.start : mark.end], roles.LABELS[mark.place], mark.name) for mark in marks]


def test_a_marked_line_gives_its_text_and_the_places_of_its_roles() -> None:
    """The marks of a line are its text's characters with the label of each role, the numbers those of its events."""
    marked = "{1.acquirer|Orvane} buys {2.location|Uppsala}-based {1.target,2.company|Lumeo}."
    text, marks = role_examples.parsed(f"acquisition planned; headquarters asserted || {marked}")
    assert text == "Orvane buys Uppsala-based Lumeo."
    assert told(text, marks) == [
        ("Orvane", ("acquisition", "acquirer"), "Orvane"),
        ("Uppsala", ("headquarters", "location"), "Uppsala"),
        ("Lumeo", ("acquisition", "target"), "Lumeo"),
        ("Lumeo", ("headquarters", "company"), "Lumeo"),
    ]


def test_a_mark_names_whom_its_words_stand_for() -> None:
    """After "=" stands the name; a mark without words is of a participant that the sentence leaves out."""
    text, marks = role_examples.unmarked(
        "{1.acquirer=Orvane AG|The group} closed the purchase.{1.target=Lumeo|}", {"1": "acquisition"}
    )
    assert text == "The group closed the purchase."
    assert told(text, marks) == [
        ("The group", ("acquisition", "acquirer"), "Orvane AG"),
        ("", ("acquisition", "target"), "Lumeo"),
    ]


def test_a_marked_document_gives_an_example_for_each_sentence(tmp_path: Path) -> None:
    """Sentences with marks tell the kinds of their events and who takes part; those without tell none."""
    path = tmp_path / "some.txt"
    path.write_text(
        "=== orvane | pumps | agency story\nEVENTS: 1 acquisition asserted\n"
        "{1.acquirer|Orvane AG} has bought {1.target|Tessaly Labs}. Lumeo plc advised both companies.\n",
        "utf-8",
    )
    first, second = role_examples.of_marked(path)
    kinds = list(roles.ROLES)
    assert [kinds[i] for i in np.flatnonzero(first.answer.kinds)] == ["acquisition"]
    assert [roles.LABELS[i] for i in np.nonzero(first.answer.labels)[1]] == [
        ("acquisition", "acquirer"),
        ("acquisition", "target"),
    ]
    assert not second.answer.kinds.any()
    assert not second.answer.labels.any()
