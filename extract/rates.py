"""The yearly growth of a market or a part of it, as prose tells it: cagr."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import figures
from extract.claim import Claim
from extract.sentences import Sentence
from extract.stretch import Stretch
from ontology import cues

CAGR = re.compile(rf"\b{cues.any_of('cagr')}", re.I)
_CAGR_BEHIND = re.compile(rf"\W*{cues.any_of('cagr-behind')}\b", re.I)
_PERIOD = re.compile(rf"\b{cues.any_of('period-span')} {cues.any_of('period-noun')}\b", re.I)
_PERIOD_TOLD = re.compile(rf"[^;]{{0,30}}?\b{cues.any_of('period-told')} (?:period|horizon)\b")
_UNTIL = re.compile(r"[^;]{0,40}?\b(?:through|to|until|till|by)\s+(?:the end of\s+)?(?P<year>20\d\d)\b")
_OTHER_FIGURE = re.compile(r"[$€£]|\bUSD|\breach")
_SHARE = re.compile(rf"\b{cues.any_of('shared-percent')}\b[^,;]*$", re.I)
_GROWING_AT = re.compile(
    rf"\b{cues.any_of('growing-at')}\b[^,;%]{{0,30}}(?:at|of|by|rate of|about|around|:)\s+"
    rf"{cues.any_of('rate-hedge')}?$",
    re.I,
)
#: Longest distance between subject and rate that the evidence spans, in characters.
_SPAN = 160

Years = tuple[int | None, int | None]


def find(sentence: Sentence, period: tuple[int, int] | None) -> Iterator[Claim]:
    """The rates that a sentence states, in order; `period` is the report's, for "over the forecast period"."""
    text = sentence.text
    percents = figures.percent(text)
    for i, figure in enumerate(percents):
        begin = percents[i - 1].end if i else 0
        limit = percents[i + 1].start if i + 1 < len(percents) else len(text)
        yield from _claim(Stretch(sentence, figure, begin, limit), period)


def _claim(stretch: Stretch, period: tuple[int, int] | None) -> Iterator[Claim]:
    stated = _stated_period(stretch)
    if not _is_rate(stretch, periodic=all(stated)) or cues.pattern("shrinking").search(stretch.before):
        return
    sentence = stretch.sentence
    about = sentence.about(stretch.figure.start)
    if about is None:
        return
    own = stretch.text[stretch.begin : stretch.limit]
    first, last = period if period and not any(stated) and _PERIOD.search(own) else stated
    start, end = _extent(stretch, last)
    yield Claim(
        "cagr",
        about,
        sentence.start + start,
        sentence.start + end,
        stretch.figure.quantity,
        attributes={name: str(year) for name, year in (("from", first), ("to", last)) if year},
        rule="rate-in-prose",
        weight=0.9,
    )


def _is_rate(stretch: Stretch, *, periodic: bool) -> bool:
    """Whether the percentage is a yearly rate by the words around it, or growth over a period."""
    before, after = stretch.before[-70:], stretch.after[:45]
    if CAGR.search(before):
        return True
    if _SHARE.search(before):
        return False
    named = CAGR.search(after)
    if _CAGR_BEHIND.match(after) or (named and not re.search(r"[,;]", after[: named.start()])):
        return True
    return periodic and bool(_GROWING_AT.search(before))


def _stated_period(stretch: Stretch) -> Years:
    """First and last year of a rate: the period behind it, else before it, else an end year ("through 2037")."""
    text, figure = stretch.text, stretch.figure
    told = figures.periods(text)
    found = [each for each in told if stretch.begin <= each.start and each.end <= stretch.limit]
    behind = [each for each in told if each.start >= figure.end]
    own = [each for each in behind if each in found] or found[-1:]
    shared = [each for each in behind if not found and _shared(text[figure.end : each.start])]
    chosen = next(iter((*own, *shared)), None)
    if chosen:
        return chosen.first, chosen.last
    until = _UNTIL.match(text, figure.end, stretch.limit)
    return None, int(until["year"]) if until and not _OTHER_FIGURE.search(until.group()) else None


def _shared(between: str) -> bool:
    """Whether a period behind further rates holds for this one too."""
    return bool(re.fullmatch(r"[^;.]{0,120}", between)) and "%" in between


def _extent(stretch: Stretch, last: int | None) -> tuple[int, int]:
    """The clause that states a rate: from its subject to the end of its period."""
    text, figure = stretch.text, stretch.figure
    dated = re.compile(rf"[^;]{{0,70}}?\b{last}\b\)?").match(text, figure.end, stretch.limit) if last else None
    closing = dated or _PERIOD_TOLD.match(text, figure.end, stretch.limit)
    subject = stretch.sentence.subject(figure.start)
    near = subject and stretch.begin <= subject[0] < figure.start and figure.start - subject[0] < _SPAN
    start = subject[0] if subject and near else stretch.begin
    opening = cues.pattern("rate-opening", case=True).search(text[start : figure.start])
    if opening and figure.start - start > _SPAN:
        start += opening.start()
    return stretch.at_word(start), closing.end() if closing else figure.end
