"""A passage prepared for the search for events: its sentences, names, amounts and dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from extract import figures
from extract.entities import Entity
from extract.names import Name
from extract.numerals import Figure
from extract.passage import Passage
from extract.relative import Dated

_BEFORE_LEAD = re.compile(r"[\W\d]{0,6}(?:(?:In|On|As of) )?(?:early |late |mid-)?")
#: A group of subjects: the token where it begins, and the names.
Subjects = tuple[int, tuple[Name, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage with what is found in it; offsets are those of the passage's own text.

    `at` is the name that a token belongs to, `starts` the first token of each sentence,
    `lead` the date that stands before everything else ("May 2031: ..."), `subjects` whom the subjects stand for, in
    order of the text, `speaker` who "we" and "the Company" are, `published` the date of the document,
    `entities` whom a release names, by the key of their full names, `before` its names in earlier passages.
    """

    passage: Passage
    names: tuple[Name, ...]
    at: Mapping[int, Name]
    sentences: tuple[Span, ...]
    starts: tuple[int, ...]
    amounts: tuple[Figure, ...]
    dates: tuple[Dated, ...]
    lead: str | None
    subjects: tuple[Subjects, ...] = ()
    speaker: Name | None = None
    published: str | None = None
    entities: Mapping[str, Entity] = field(default_factory=dict)
    before: tuple[Name, ...] = ()

    @property
    def doc(self) -> Doc:
        """The passage as spaCy read it."""
        return self.passage.doc

    @property
    def text(self) -> str:
        """The text of the passage."""
        return self.passage.text

    def sentence(self, token: int) -> Span:
        """The sentence that a token stands in."""
        return self.sentences[bisect_right(self.starts, token) - 1]

    def behind(self, sentence: Span) -> str:
        """What follows a sentence: enough of it to tell whether it answers the sentence."""
        return self.text[sentence.end_char : sentence.end_char + 80]

    def is_ahead(self, date: str | None) -> bool:
        """Whether a date lies behind that of the document, so that what it is of was still to come."""
        return date is not None and self.published is not None and date > self.published[: len(date)]

    def dates_in(self, sentence: Span) -> list[Dated]:
        """The dates of a sentence."""
        return [d for d in self.dates if sentence.start_char <= d.start < sentence.end_char]

    def bounds(self, sentence: Span) -> tuple[int, int]:
        """Where a sentence stands in the document, in characters, without bullet and full stop."""
        text = sentence.text
        left = len(text) - len(text.lstrip(" \t\n•-–*o§·"))
        offset = self.passage.start + sentence.start_char
        return offset + left, offset + len(text.rstrip(" \t\n.;"))


def _whole_sentences(doc: Doc) -> Iterator[Span]:
    """The sentences of the parser, joined where one ends in an abbreviation ("Energy Plc. signs ...")."""
    start = 0
    for sentence in doc.sents:
        following = doc[sentence.end] if sentence.end < len(doc) else None
        label = sentence[-1].text == ":" and sentence.end - start < 16
        if following is None or not (label or (following.is_lower and sentence[-1].text[-1] in ".:")):
            yield doc[start : sentence.end]
            start = sentence.end


def prepared(passage: Passage, names: Sequence[Name], published: str | None, speaker: Name | None = None) -> Reading:
    """The passage without subjects; `published` resolves relative dates."""
    text, sentences = passage.text, tuple(_whole_sentences(passage.doc))
    dates = tuple(figures.dates(text, published))
    return Reading(
        passage=passage,
        names=tuple(names),
        at={i: name for name in names for i in range(name.start, name.end)},
        sentences=sentences,
        starts=tuple(sentence.start for sentence in sentences),
        amounts=tuple(figures.money(text)),
        dates=dates,
        speaker=speaker,
        published=published,
        lead=next((d.date for d in dates if _BEFORE_LEAD.fullmatch(text, 0, d.start)), passage.date),
    )
