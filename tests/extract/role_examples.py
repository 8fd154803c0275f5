"""Examples for the weights of the roles: what annotated sentences show, what they tell, and who takes which part.

Three kinds of annotated text give them: documents with records (`data/releases`, `data/gold/releases*`), single
sentences (`data/gold/sentences`) and documents (`data/gold/marked`) with their parties marked in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from spacy.tokens import Span

from extract import candidates, events, kindcues, pipeline, rolecues
from extract.candidates import Candidate
from extract.document import Document
from extract.passage import Context, Passage
from extract.reading import Reading
from extract.roles import LABELS, ROLES, Array
from tests.extract import gate, scorer
from tests.extract.scorer import Gold, Record

SENTENCES, MARKED = (gate.DATA / "gold" / name for name in ("sentences", "marked"))
_PLACE = {label: i for i, label in enumerate(LABELS)}
_KIND = {kind: i for i, kind in enumerate(ROLES)}
_COLUMNS = {kind: [_PLACE[kind, role] for role in named] for kind, named in ROLES.items()}
_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]*)\}")
_DOCUMENT = re.compile(r"^=== ", re.M)
#: How many characters behind its sentence's end the mark of a participant may stand that the sentence leaves out.
_BEHIND = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What annotation says of a sentence: 1 for each kind it tells, and for each candidate (a row) and label.

    `open_kinds` and `open_labels` have 0 where the annotation decides nothing.
    """

    kinds: Array
    open_kinds: Array
    labels: Array
    open_labels: Array


@dataclass(frozen=True, slots=True)
class Example:
    """The cues of a sentence as a whole, those of each candidate in it, and the answer."""

    cues: list[int]
    rows: list[list[int]]
    answer: Answer


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a text that stand for a participant, the column of its label, and its name.

    The characters are none where the sentence that ends there leaves the participant out.
    """

    start: int
    end: int
    place: int
    name: str


#: Gives the answer for the candidates of a sentence.
Told = Callable[[Sequence[Candidate]], Answer]


def of_set(folder: Path) -> Iterator[Example]:
    """The examples in the documents of a set that are annotated by records."""
    for document in gate.documents(folder):
        gold = scorer.load(Path(document.name).with_suffix(".facts.jsonl"))
        for reading in readings(document):
            for sentence in reading.sentences:
                yield from _examples(reading, sentence, partial(_by_records, reading, sentence, gold))


def of_marked(path: Path) -> Iterator[Example]:
    """The examples in a file of documents with marks."""
    for document, marks in documents(path):
        for reading in readings(document):
            yield from _in_marked(reading, marks)


def documents(path: Path) -> Iterator[tuple[Document, list[Mark]]]:
    """The documents of a file with their marks: "=== name | industry | genre", "EVENTS: ...", text, and so on."""
    for block in _DOCUMENT.split(path.read_text("utf-8"))[1:]:
        head, _, rest = block.partition("\n")
        told, _, body = rest.partition("\n")
        text, marks = unmarked(body, _numbered(told.removeprefix("EVENTS:")))
        yield Document(head.partition("|")[0].strip(), text), marks


def of_sentences(path: Path) -> Iterator[Example]:
    """The examples in a file of single sentences, each line "kind status; ... || text with marks"."""
    found = [parsed(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    docs = pipeline.language().pipe(text for text, _ in found)
    for (text, marks), doc in zip(found, docs, strict=True):
        for reading in events.readings([Passage(0, doc)], Context(Document(path.name, text))):
            yield from _in_marked(reading, marks)


def parsed(line: str) -> tuple[str, list[Mark]]:
    """The text of a line without its marks, and these."""
    head, _, marked = line.partition(" || ")
    return unmarked(marked, {str(i): event.split()[0] for i, event in enumerate(head.split(";"), 1)})


def _numbered(told: str) -> dict[str, str]:
    """The kinds of "1 acquisition asserted; 2 headquarters asserted" by their numbers."""
    rows = (event.split() for event in told.split(";"))
    return {row[0]: row[1] for row in rows if len(row) > 1}


def unmarked(marked: str, kinds: dict[str, str]) -> tuple[str, list[Mark]]:
    """A text without its marks, and these; `kinds` of the events by their numbers. Unknown labels are left out."""
    text, marks, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        labels, _, name = mark[1].partition("=")
        for number, _, role in (each.strip().partition(".") for each in labels.split(",")):
            if (place := _PLACE.get((kinds.get(number, ""), role))) is not None:
                marks.append(Mark(len(text), len(text) + len(mark[2]), place, (name or mark[2]).strip()))
        text, last = text + mark[2], mark.end()
    return text + marked[last:], marks


# ---------------------------------------------------------------- what annotation says of a sentence


def readings(document: Document) -> list[Reading]:
    """The passages of a document as the search for events reads them."""
    layout = pipeline.read_layout(document)
    docs = pipeline.language().pipe(document.text[line.start : line.end] for line, _ in layout.prose)
    passages, context = pipeline.prose(layout, list(docs))
    return events.readings(passages, context)


def _examples(reading: Reading, sentence: Span, told: Told) -> Iterator[Example]:
    found = candidates.candidates(reading, sentence)
    if found:
        seen = rolecues.shown(reading, sentence)
        rows = rolecues.cues(reading, sentence, found, seen)
        cues = {*kindcues.cues(reading, sentence, found, seen)}.union(*rows)
        yield Example(sorted(cues), rows, told(found))


def _by_records(reading: Reading, sentence: Span, gold: Gold, found: Sequence[Candidate]) -> Answer:
    """What records say; a sentence that seems to repeat one told elsewhere decides nothing of its kind."""
    answer = _empty(len(found))
    start, end = (reading.passage.start + each for each in (sentence.start_char, sentence.end_char))
    for record in (each for each in gold.records if each["kind"] in ROLES):
        hits = list(_hits(record, found, gold))
        if start < record["end"] and record["start"] < end:
            answer.kinds[_KIND[record["kind"]]] = 1
            for i, place, _ in hits:
                answer.labels[i, place] = 1
        elif len({name for _, _, name in hits}) >= min(2, len(record["participants"])):
            answer.open_kinds[_KIND[record["kind"]]] = 0
            for i, _, _ in hits:
                answer.open_labels[i, _COLUMNS[record["kind"]]] = 0
    return Answer(
        answer.kinds,
        np.maximum(answer.open_kinds, answer.kinds),
        answer.labels,
        np.maximum(answer.open_labels, answer.labels),
    )


def _hits(record: Record, found: Sequence[Candidate], gold: Gold) -> Iterator[tuple[int, int, str]]:
    for participant in record["participants"]:
        place = _PLACE.get((record["kind"], participant["role"]))
        for i, candidate in enumerate(found if place is not None else ()):
            if place is not None and any(scorer.named(form, participant, gold) for form in _forms(candidate)):
                yield i, place, participant["name"]


def _in_marked(reading: Reading, marks: Sequence[Mark]) -> Iterator[Example]:
    for sentence in reading.sentences:
        start, end = (reading.passage.start + each for each in (sentence.start_char, sentence.end_char))
        own = [m for m in marks if start <= m.start < end + (_BEHIND if m.start == m.end else 0)]
        yield from _examples(reading, sentence, partial(_by_marks, reading, own))


def _by_marks(reading: Reading, marks: Sequence[Mark], found: Sequence[Candidate]) -> Answer:
    """What marks say of a sentence: who is mentioned by the characters, who is not by the name."""
    answer = _empty(len(found))
    for mark in marks:
        answer.kinds[_KIND[LABELS[mark.place][0]]] = 1
        for i, candidate in enumerate(found):
            if _is_meant(reading, candidate, mark):
                answer.labels[i, mark.place] = 1
    return answer


def _is_meant(reading: Reading, candidate: Candidate, mark: Mark) -> bool:
    if candidate.is_mentioned and mark.end > mark.start:
        last = reading.doc[candidate.end - 1]
        start, end = reading.doc[candidate.start].idx, last.idx + len(last)
        return mark.start < reading.passage.start + end and reading.passage.start + start < mark.end
    return candidate.form != "name" and any(scorer.same_name(form, mark.name) for form in _forms(candidate))


def _forms(candidate: Candidate) -> set[str]:
    return {form for name in candidate.names for form in (name.full, name.text)}


def _empty(count: int) -> Answer:
    kinds, labels = np.zeros(len(ROLES), np.float32), np.zeros((count, len(LABELS)), np.float32)
    return Answer(kinds, np.ones_like(kinds), labels, np.ones_like(labels))
