"""Why a market grows, what holds it back and where it is going: driver, challenge, trend."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from extract import causes, coordination, figures
from extract.claim import Claim
from extract.lines import Line
from extract.nameforms import is_form
from extract.reasonclaims import REASONS, Reading, claim, reason
from extract.sections import Section
from extract.sentences import Sentence
from extract.vocabulary import Part
from ontology import cues

_UNREAD = ("developments", "boilerplate", "contents", "players")
_GOES_ON = re.compile(rf"^{cues.any_of('goes-on')}\b", re.I)
_ILLUSTRATES = re.compile(rf"{cues.any_of('illustrates')}\b", re.I)
_EVENT = re.compile(rf"\b(?:in|on) {cues.any_of('month')}\b|\b{cues.any_of('event-verb')}\b", re.I)
_DEFINES = re.compile(rf"\b(?:is|are) {cues.any_of('defined')}\b|\b{cues.any_of('defines')}\b", re.I)
_OWING = re.compile(rf"\b{cues.any_of('owing')} to ", re.I)
#: Bounds of a bullet that is a reason, in words.
_BULLET = range(2, 21)


def find(sentences: Sequence[Sentence], topics: Mapping[int, Line]) -> Iterator[Claim]:
    """The reasons that sentences give, in order; `topics` maps the start of a paragraph to the heading above it."""
    for paragraph in _paragraphs(sentences):
        if paragraph[0].section not in _UNREAD:
            yield from _of_paragraph(paragraph, topics.get(paragraph[0].start))


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    starts = [i for i, sentence in enumerate(sentences) if sentence.first or not i]
    for start, stop in pairwise([*starts, len(sentences)]):
        yield list(sentences[start:stop])


def _of_paragraph(paragraph: Sequence[Sentence], topic: Line | None) -> Iterator[Claim]:
    found = [each for i in range(len(paragraph)) for each in _of_sentence(paragraph, i, topic)]
    yield from found
    kind, heading = REASONS.get(paragraph[0].section, (None, None))
    if topic and kind and not found:
        yield reason(
            kind,
            (topic.start, topic.end),
            topic.text,
            rule="reason-in-heading",
            weight=0.7,
            heading=heading if kind == "challenge" else None,
        )


def _of_sentence(paragraph: Sequence[Sentence], i: int, topic: Line | None) -> list[Claim]:
    sentence = paragraph[i]
    if sentence.text.rstrip().endswith("?"):
        return []
    kind, heading = REASONS.get(sentence.section, (None, None))
    reading = Reading(sentence, kind, heading, topic.text if topic and i == 0 else None)
    if kind is None:
        found = list(causes.find(reading))
        return found or (list(_of_part(reading)) if reading.on_part else [])
    if not _gives_reason(paragraph, i):
        return []
    return list(causes.find(reading)) or list(_by_place(reading, kind))


def _gives_reason(paragraph: Sequence[Sentence], i: int) -> bool:
    """Whether a sentence of a section on drivers, challenges or trends gives a reason of its own."""
    text = paragraph[i].text
    if figures.money(text) or figures.percent(text) or _EVENT.search(text):
        return i == 0 and bool(causes.DRIVER.search(text) or causes.CHALLENGE.search(text))
    if i == 0:
        return not _ILLUSTRATES.match(text)
    if _GOES_ON.match(text) or cues.pattern("sourced").search(text):
        return False
    if paragraph[i].section == "trends" and cues.pattern("turns").search(text):
        return True
    alone = len(paragraph) == 2 and not cues.pattern("sourced").search(paragraph[0].text)
    return alone or bool(cues.pattern("adds").search(text))


def _by_place(reading: Reading, kind: str) -> Iterator[Claim]:
    """The reason of a paragraph under "drivers", "challenges", "trends": a whole sentence."""
    text = reading.sentence.text
    if not reading.sentence.bullet or len(text.split()) > 2:
        yield claim(reading, kind, (0, len(text.rstrip(" ."))), rule="reason-by-place", heading=reading.heading)


def _of_part(reading: Reading) -> Iterator[Claim]:
    """What a paragraph on a segment or region tells in its favour, clause by clause."""
    sentence = reading.sentence
    about = (sentence.topic,) if sentence.topic else sentence.before
    if about and not sentence.bullet and _speaks_for(sentence.text):
        for span in coordination.clauses(sentence):
            yield claim(reading, "driver", span, rule="reason-in-part", parts=about)


def _speaks_for(text: str) -> bool:
    """Whether a sentence tells a quality: no figure, source, event, definition, rank or drawback."""
    patterns = (
        cues.pattern("sourced"),
        cues.pattern("against"),
        cues.pattern("first-rank"),
        _EVENT,
        _DEFINES,
        causes.LOWER_RANK,
    )
    told = any(pattern.search(text) for pattern in patterns)
    return not told and len(text.split()) >= 5 and not figures.money(text) and not figures.percent(text)


# ------------------------------------------------------------ outside of sentences


def in_lists(sections: Sequence[Section]) -> Iterator[Claim]:
    """Bullets below "drivers", "restraints", "trends" that are no sentences, each one reason."""
    for section in sections:
        kind, heading = REASONS.get(section.kind, (None, None))
        bullets = [each for each in section.lines if each.bullet and not each.prose]
        items = [each for each in bullets if len(each.text.split()) in _BULLET]
        companies = any(is_form(each.text.split()[-1]) for each in items)
        if kind and len(items) > 1 and not companies and not any(each.cells for each in section.lines):
            for each in items:
                span = (each.start, each.end)
                yield reason(kind, span, each.text, rule="reason-in-list", weight=0.75, heading=heading)


def in_headings(sections: Sequence[Section], topic: Callable[[Section], Part | None]) -> Iterator[Claim]:
    """The reasons that headings give behind "owing to": "Oat Segment Led Owing to Mild Taste"."""
    for section in sections:
        match = _OWING.search(section.heading.text) if section.heading else None
        if match and section.heading and section.kind in ("segments", "regions"):
            part = topic(section)
            start, text = section.heading.start + match.end(), section.heading.text[match.end() :]
            yield reason(
                "driver",
                (start, start + len(text)),
                text,
                rule="reason-in-heading",
                weight=0.7,
                parts=(part,) if part else (),
            )
