"""Which part of a market is the largest and which grows fastest, as prose tells it: largest, fastest_growing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import figures, years
from extract.claim import Claim, rank_attributes
from extract.numerals import Figure
from extract.rates import CAGR
from extract.sentences import Sentence
from extract.vocabulary import Part
from ontology import cues

LARGEST = re.compile(
    rf"\b(?:{cues.any_of('superlative')}\s+{cues.any_of('superlative-scope')}?"
    rf"(?:{cues.any_of('rank-measure')}\s+)*{cues.any_of('ranked')}|{cues.any_of('first')})\b",
    re.I,
)
#: Before a superlative: the first rank is not meant.
NOT_FIRST = re.compile(rf"\b{cues.any_of('not-first')}\b[\s-]*$", re.I)
FASTEST = cues.pattern("fastest")
_NONE_FASTER = re.compile(
    rf"\bno (?:other )?\w+ {cues.any_of('grows')}\b[^.;]{{0,80}}?\bfaster\b[^.;]{{0,80}}?\bthan\b", re.I
)
_LEADS_OTHER = re.compile(rf"^(?:led|leads?|leading|lead)\b\s*{cues.any_of('leads-other')}", re.I)
_PRONOUN = re.compile(rf"{cues.any_of('part-pronoun')}\b", re.I)
_OTHER_CLAUSE = re.compile(r"[;]|\bwhile\b|\bwhereas\b")
_YEAR_FIRST = re.compile(r"(?:In|For|As of|By)\s+(?P<year>20\d\d)\b")
_YEAR_BEHIND = re.compile(
    r"[^;.]{0,60}?\b(?:in|during|for|as of)\s+(?:the year )?(?P<year>(?:19|20)\d\d)\b(?!\s*[-–])"
)
_OTHER_YEAR = re.compile(r"\bgrow|\bCAGR|\breach|\bfrom\b")
_REASONS = ("drivers", "challenges", "restraints", "developments")


def find(sentence: Sentence) -> Iterator[Claim]:
    """The fastest growing part that a sentence names, and the largest, or the one that has more than one half."""
    for match in (*FASTEST.finditer(sentence.text), *_NONE_FASTER.finditer(sentence.text)):
        part = _ranked(sentence, match)
        if part:
            yield _claim("fastest_growing", sentence, part, match)
            break
    largest = _largest(sentence)
    if largest:
        yield _claim("largest", sentence, *largest)
    else:
        yield from _majority(sentence)


def _largest(sentence: Sentence) -> tuple[Part, re.Match[str]] | None:
    text = sentence.text
    for match in LARGEST.finditer(text):
        behind = text[match.start() :]
        if NOT_FIRST.search(text[: match.start()]) or _LEADS_OTHER.match(behind) or FASTEST.match(behind):
            continue
        part = _ranked(sentence, match)
        if part:
            return part, match
    return None


def _ranked(sentence: Sentence, match: re.Match[str]) -> Part | None:
    """The part that a rank is told of: in the subject, else the one that the rank names beside it."""
    subject = sentence.subject(match.start())
    words = sentence.text[slice(*subject)] if subject else ""
    inside = [place for place in sentence.places if subject and subject[0] <= place.start < subject[1]]
    if inside:
        return inside[0].part
    if _PRONOUN.match(words):
        about = sentence.about(match.start())
        return about[0] if about else None
    if not sentence.places:
        return None
    if subject and subject[0] <= match.start() < subject[1]:  # "The largest share fell to Europe"
        return _part_behind(sentence, match, 90)
    if subject and not sentence.masked and not cues.pattern("rank-subject").search(words):
        return None
    before = [place for place in sentence.places if place.end <= match.start() and match.start() - place.end < 80]
    return before[-1].part if before else _part_behind(sentence, match, 60)


def _part_behind(sentence: Sentence, match: re.Match[str], within: int) -> Part | None:
    place = next((place for place in sentence.places if place.start >= match.end()), None)
    return place.part if place and place.start - match.end() < within else None


def _claim(kind: str, sentence: Sentence, part: Part, match: re.Match[str]) -> Claim:
    share = _share(sentence, part, match) if kind == "largest" else None
    year = told_year(sentence.text, share, match) if kind == "largest" else None
    start, end = _extent(sentence, part, match, share=share, year=year)
    return Claim(
        kind,
        (part,),
        sentence.start + start,
        sentence.start + end,
        share.quantity if share else None,
        date=str(year) if year else None,
        attributes=rank_attributes(part),
        rule="rank-in-prose",
        weight=0.88,
    )


def _share(sentence: Sentence, part: Part, match: re.Match[str]) -> Figure | None:
    """The share that goes with a rank: the first percentage near it with a word of share, none of growth."""
    text = sentence.text
    for figure in figures.percent(text):
        around = text[max(0, figure.start - 45) : figure.end + 30]
        others = any(p.part != part for p in sentence.places if match.end() <= p.start < figure.start)
        far = others or abs(figure.start - match.end()) > 130
        if far or CAGR.search(around) or not cues.pattern("share").search(text[: figure.end + 30]):
            continue
        between = text[min(match.end(), figure.start) : max(match.start(), figure.start)]
        if not _OTHER_CLAUSE.search(between):
            return figure
    return None


def told_year(text: str, share: Figure | None, match: re.Match[str]) -> int | None:
    """The year of a rank: behind it and its share, else at the head of the sentence, else between the two."""
    end = max(match.end(), share.end if share else 0)
    after = _YEAR_BEHIND.match(text, end)
    if after and not _OTHER_YEAR.search(after.group()):
        return int(after["year"])
    lead = _YEAR_FIRST.match(text)
    if lead:
        return int(lead["year"])
    first = min(match.start(), share.start if share else match.start())
    between = [int(each["year"]) for each in years.ALONE.finditer(text, first, end)]
    return between[-1] if between else None


def _extent(
    sentence: Sentence, part: Part, match: re.Match[str], *, share: Figure | None, year: int | None
) -> tuple[int, int]:
    text = sentence.text
    place = next((place for place in sentence.places if place.part == part), None)
    start = min(match.start(), place.start) if place else match.start()
    if text[max(0, start - 4) : start].casefold() == "the ":
        start -= 4
    stop = max(match.end(), place.end if place else 0, share.end if share else 0)
    closing = rf"[^;.]{{0,60}}?\b{year}\b" if year else r"[^,;.]{0,60}?\bmarket\b"
    closed = re.compile(closing).match(text, stop)
    return start, closed.end() if closed else stop


def _majority(sentence: Sentence) -> Iterator[Claim]:
    """A share of more than one half makes a part the largest, even where the word is missing."""
    text = sentence.text
    told = cues.pattern("majority-of").search(text) and not cues.pattern("polled").search(text)
    if sentence.section in _REASONS or not told:
        return
    for figure in figures.percent(text):
        about = sentence.about(figure.start) if _is_majority(text, figure) else None
        if about:
            yield _held(sentence, about[0], figure)


def _is_majority(text: str, figure: Figure) -> bool:
    around = text[max(0, figure.start - 60) : figure.end + 40]
    half = 50 < figure.quantity.value < 100 and not figure.maximum
    return half and not CAGR.search(around) and bool(cues.pattern("share").search(around))


def _held(sentence: Sentence, part: Part, figure: Figure) -> Claim:
    after = re.compile(r"[^;]{0,60}?\b(?:in|during)\s+(?P<year>(?:19|20)\d\d)\b").match(sentence.text, figure.end)
    dated = after or re.match(r"In\s+(?P<year>20\d\d)\b", sentence.text)
    named = [place.start for place in sentence.places if place.end <= figure.start and place.part == part]
    return Claim(
        "largest",
        (part,),
        sentence.start + max(named, default=max(0, figure.start - 40)),
        sentence.start + (after.end() if after else figure.end),
        figure.quantity,
        date=dated["year"] if dated else None,
        attributes=rank_attributes(part),
        rule="majority-in-prose",
        weight=0.8,
    )
