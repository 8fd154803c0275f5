"""The size of a market or a part of it in a year, as prose tells it: market_size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract import figures, years
from extract.claim import Claim
from extract.numerals import Figure
from extract.sentences import Sentence
from extract.stretch import Stretch
from ontology import cues

#: The smallest sum that is the size of a market, in units of its currency.
SMALLEST = 100_000
_PARTS = ("regions", "segments")
#: With what a clause on a figure may begin that is no letter.
_CURRENCY_SIGNS = "€$£₹¥("
_YEAR_BEHIND = re.compile(
    rf"^[\s,;)]*(?:\([^()]{{0,40}}\)\s*)?(?:{cues.any_of('value-of')}\s*,?\s*)?"
    rf"{cues.any_of('in-year')}\s+(?:the\s+)?(?:{cues.any_of('year-noun')} (?:of )?)?(?:the )?{years.WRITTEN}"
)
_YEAR_IN_BRACKETS = re.compile(rf"^\s*(?:[A-Za-z ]{{0,20}})?[(\[]\s*(?:in |by )?{years.WRITTEN}[)\]]")
_BETWEEN_YEARS = re.compile(r"\bbetween (?P<first>(?:19|20)\d\d) and (?:19|20)\d\d\b", re.I)
_OTHER_CLAUSE = re.compile(r"[;:]|\bwhile\b|\band is\b|\bgrow\w*\b|\breach\w*\b")
_CAME_TO = re.compile(rf"\b{cues.any_of('came-to')}\s+{cues.any_of('came-to-hedge')}?$", re.I)
_CONVERTED = re.compile(rf"\s*[(,]?\s*(?:or\s+|i\.e\.\s+)?{cues.any_of('conversion-hedge')}?")
_SPENT = re.compile(rf"\s*(?:per|a|each|in {cues.any_of('grant')})\b(?! year)")
_INCREMENT = re.compile(rf"\b{cues.any_of('increment')}\s+{cues.any_of('increment-hedge')}?$", re.I)


def find(sentence: Sentence) -> Iterator[Claim]:
    """The sizes that a sentence states, in order; a sum in a second currency restates the first."""
    money = figures.money(sentence.text)
    year = None
    for i in range(len(money)):
        stretch = _stretch(sentence, money, i)
        year = _year(stretch) or year or _year_before(stretch)
        if year and _is_size(stretch) and not (i and _converted(sentence.text, money[i - 1], money[i])):
            yield from _claim(stretch, year)


def _stretch(sentence: Sentence, money: Sequence[Figure], i: int) -> Stretch:
    later = [other for other in money[i + 1 :] if not _converted(sentence.text, money[i], other)]
    limit = later[0].start if later else len(sentence.text)
    return Stretch(sentence, money[i], money[i - 1].end if i else 0, limit)


def _claim(stretch: Stretch, year: int) -> Iterator[Claim]:
    sentence = stretch.sentence
    about = sentence.about(stretch.figure.start)
    if about is None or _is_earners(stretch) or not (about or _tells_whole(sentence)):
        return
    start, end = _extent(stretch, year)
    yield Claim(
        "market_size",
        about,
        sentence.start + start,
        sentence.start + end,
        stretch.figure.quantity,
        date=str(year),
        rule="size-in-prose",
        weight=0.9,
    )


def _tells_whole(sentence: Sentence) -> bool:
    named = sentence.masked or cues.pattern("whole-market").search(sentence.text)
    return bool(named) or sentence.section in ("overview", "faq")


def _converted(text: str, first: Figure, second: Figure) -> bool:
    """Whether the second figure is the first in another currency: "EUR 3 million (USD 3.3 million)"."""
    between = text[first.end : second.start]
    return first.quantity.unit != second.quantity.unit and bool(_CONVERTED.fullmatch(between))


def _is_size(stretch: Stretch) -> bool:
    sentence, before = stretch.sentence, stretch.before
    if stretch.figure.quantity.value < SMALLEST or _is_payment(stretch):
        return False
    if sentence.section == "players" and not sentence.masked and not re.search(r"\bmarket\b", before):
        return False
    return bool(cues.pattern("size").search(sentence.text) or sentence.places) or sentence.section in _PARTS


def _is_payment(stretch: Stretch) -> bool:
    """Whether the sum is spent, paid or added rather than the worth of a market."""
    return bool(
        cues.pattern("no-size").search(stretch.before[-70:])
        or cues.pattern("deal").search(stretch.before)
        or _SPENT.match(stretch.after[:25])
        or _INCREMENT.search(stretch.before)
    )


def _is_earners(stretch: Stretch) -> bool:
    """Whether the figure is the revenue of a firm: the subject is a name and no part or market."""
    subject = stretch.sentence.subject(stretch.figure.start)
    return subject is not None and bool(cues.pattern("earner").search(stretch.text[slice(*subject)]))


def _year(stretch: Stretch) -> int | None:
    """The year of a figure: behind it, in brackets, else before it in the same clause."""
    match = _YEAR_BEHIND.match(stretch.after) or _YEAR_IN_BRACKETS.match(stretch.after)
    if match:
        return int(match["year"])
    text, figure = stretch.text, stretch.figure
    between = _BETWEEN_YEARS.search(stretch.before)
    if between and re.search(r"\bfrom\s+$", text[: figure.start]):
        return int(between["first"])
    before = [int(each["year"]) for each in years.ALONE.finditer(text, stretch.begin, figure.start)]
    if before:
        return before[-1]
    later = years.ALONE.search(text, figure.end, stretch.limit)
    return int(later["year"]) if later and not _OTHER_CLAUSE.search(text[figure.end : later.start()]) else None


def _year_before(stretch: Stretch) -> int | None:
    """The year that a paragraph on a part named last, where a verb like "reached" continues it."""
    sentence, at = stretch.sentence, stretch.figure.start
    continued = sentence.section in _PARTS and _CAME_TO.search(sentence.text[max(0, at - 60) : at])
    return int(sentence.year) if sentence.year and continued else None


def _extent(stretch: Stretch, year: int) -> tuple[int, int]:
    """The clause that states a figure: from its subject (or the figure before it) to the year behind it."""
    text, figure = stretch.text, stretch.figure
    closing = re.compile(rf"[^;]{{0,60}}?\b{year}\b\)?").match(text, figure.end, stretch.limit)
    start = stretch.begin
    if start == 0 and not re.match(rf"(?:In|By|For)\s+(?:the year\s+)?{year}\b", text):
        subject = stretch.sentence.subject(figure.start)
        start = subject[0] if subject and subject[0] < figure.start else max(0, figure.start - 80)
    return stretch.at_word(start, _CURRENCY_SIGNS), closing.end() if closing else figure.end
