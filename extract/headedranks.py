"""The largest and fastest growing parts that headings claim and that answers to questions name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract import years
from extract.claim import Claim, rank_attributes
from extract.lines import Line
from extract.ranks import FASTEST, LARGEST
from extract.sections import Section
from extract.vocabulary import Part, Vocabulary, spans
from ontology import cues

_ASKS_FASTEST = re.compile(rf"\b{cues.any_of('asks-fastest')}", re.I)
_CLAIMED = (("fastest_growing", FASTEST), ("largest", cues.pattern("heading-largest")))


def find(sections: Sequence[Section], vocabulary: Vocabulary, market: re.Pattern[str] | None) -> Iterator[Claim]:
    """Ranks that headings claim ("Asia Pacific to be the fastest-growing region") and that questions ask for."""
    for section in sections:
        lines = section.all_lines
        for i, line in enumerate(lines):
            if line.text.endswith("?") and i + 1 < len(lines):
                yield from _answered(line.text, lines[i + 1], vocabulary)
            elif i == 0 and section.heading and (section.topic or section.kind in ("segments", "regions")):
                yield from _claimed(line, vocabulary, market)


def _claimed(line: Line, vocabulary: Vocabulary, market: re.Pattern[str] | None) -> Iterator[Claim]:
    places = vocabulary.places(line.text, spans(market, line.text))
    for kind, pattern in _CLAIMED:
        told = pattern.search(line.text)
        before = [place for place in places if told and place.end <= told.start()]
        if before:
            yield _claim(kind, before[-1].part, line)


def _answered(question: str, line: Line, vocabulary: Vocabulary) -> Iterator[Claim]:
    """The part that an answer begins with, where it does not tell the rank itself."""
    places = vocabulary.places(line.text)
    if not places or places[0].start > 12 or FASTEST.search(line.text) or LARGEST.search(line.text):
        return
    if _ASKS_FASTEST.search(question):
        yield _claim("fastest_growing", places[0].part, line)
    elif cues.pattern("asks-largest").search(question):
        year = years.ALONE.search(line.text)
        yield replace(_claim("largest", places[0].part, line), date=year["year"] if year else None)


def _claim(kind: str, part: Part, line: Line) -> Claim:
    return Claim(
        kind, (part,), line.start, line.end, attributes=rank_attributes(part), rule="rank-in-heading", weight=0.8
    )
