"""The date and the money of an event, as its sentence gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Span

from extract.frames import Frame
from extract.numerals import Figure
from extract.reading import Reading
from extract.relative import Dated

_NO_PRICE = re.compile(
    r"(?i)\b(?:revenues?|sales|turnover|profit|earnings|valu(?:es|ing|ation)|company at|(?<!a )total(?:ling|ing|s)?|"
    r"market|savings?|assets|enterprise value|bringing|annual|a year|debt of)\b[^.;,]{0,40}$"
)
_PER = re.compile(
    r"(?i)\s*(?:per|a|an|each)\s+(?:share|year|month|unit|tonne|ton|day|head)\b|"
    r"\s*(?:in|of) (?:annual )?(?:revenue|sales|turnover)"
)
_DEADLINE = re.compile(
    r"(?i)\b(?:by|until|till|before|since|through|between|than|after|over|for)\s+"
    r"(?:(?:the|end|of|close|early|mid|late|beginning)[\s-]+)*$"
)
_SINCE = re.compile(r"(?i)\bsince\s+$")
#: Kinds that are told as states since they began, and kinds whose end or opening is no closing of a deal.
_GOING_ON = frozenset(("launch", "partnership"))
_AT_ONCE = frozenset(("termination", "expansion", "launch"))
_FROM = re.compile(r"(?i)\bfrom\s+$")
_EFFECTIVE = re.compile(r"(?i)\b(?:as of|effective|from|with effect (?:from|of|on)|starting|beginning)\s+(?:on\s+)?$")
_CLOSING = re.compile(r"(?i)\b(?:clos\w+|complet\w+|finali[sz]\w+|conclu\w+)\b[^.;]{0,60}$")
_AHEAD = re.compile(r"(?i)\b(?:expect|subject|will|anticipat|schedul|due|plan)")
_BEGAN = re.compile(
    r"(?i)\b(?:since|(?:set up|founded|begun|began|formed) in|dating from|"
    r"had (?:started|begun|formed|signed|launched|concluded|agreed|placed) (?:[^.;,]{0,40} )?in)\s+$"
)
#: When a relation was agreed that is told to be over.
_AGREED = re.compile(
    r"(?i)\b(?:(?:signed|concluded|agreed|entered into)(?: with [^.;,]{1,40})?(?: on| in)?|dated)\s+$"
)
_ASIDE = re.compile(
    r", (?:which |who |that )?(?:\w+ )?(?:formed|founded|set up|established|launched|acquired|created)\b[^,;]*$"
)
_OFFICE = re.compile(
    r"\bwho (?:\w+ly |now |once )?(?:heads|leads|runs|is|was|has|had|used|built|joined|served|founded|led|ran)\b"
    r"[^,;]*$"
)
_SAME_DAY = re.compile(r"(?i)\bthe same (?:day|date)\b")
_CLAUSE = re.compile(r";|, (?:and|while|but) | and (?:\w+ ){0,3}(?:paid|pays|spent|spends) ")
_BORDER = re.compile(r";|, (?:and|while|after|with) ")
_LATER = re.compile(r"(?i)\b(a|one|two|three|four|five|six) (month|year)s? later\b(?=[^;]*$)")
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def date(frame: Frame, reading: Reading, lead: str | None, *, planned: bool, over: bool = False) -> str | None:
    """The date of a frame: one in its own sentence that is no deadline, else `lead`.

    What is planned has the date of its announcement where that leads the passage, not the year that it is for.
    """
    text, sentence = reading.text, reading.sentence(frame.token.i)
    if (later := _later(text, (sentence.start_char, frame.token.idx), reading.dates)) is not None:
        return later
    own = [
        dated for dated in reading.dates_in(sentence) if _is_own(text, dated, "termination" if over else frame.kind)
    ]
    if not own:
        return lead
    at = frame.token.idx
    nearest = min(own, key=lambda dated: (_borders(text, dated.start, at), _distance(text, dated, at)))
    if planned and frame.kind == "termination":
        return max(dated.date for dated in own)
    return lead if planned and lead is not None and nearest.date[:4] > lead[:4] else nearest.date


def effective(reading: Reading, sentence: Span) -> str | None:
    """The day from which a post is held, else one to come, else that of the sentence, else the leading one."""
    text = reading.text
    own = [each for each in reading.dates_in(sentence) if not _OFFICE.search(text, sentence.start_char, each.start)]
    started = [dated.date for dated in own if _EFFECTIVE.search(text[max(0, dated.start - 30) : dated.start])]
    plain = [dated.date for dated in own if _is_own(text, dated)]
    opens = sentence.start == 0 or reading.passage.date is not None
    lead = reading.lead if opens or len(reading.lead or "") < 10 else None
    now = lead or reading.published
    later = (date for date in plain if now is not None and date[: len(now)] > now[: len(date)])
    if not own and _SAME_DAY.search(text, sentence.start_char, sentence.end_char):
        return next((d.date for d in reversed(reading.dates) if d.start < sentence.start_char), None)
    return max(started, default=None) or next(later, None) or lead or next(iter(plain), None)


def expected_close(reading: Reading, sentence: Span) -> str | None:
    """When a deal is to close, as "2031-Q3" or a date."""
    for dated in reading.dates_in(sentence):
        before = reading.text[sentence.start_char : dated.start]
        if _CLOSING.search(before) and _AHEAD.search(before):
            return dated.quarter or dated.date
    return None


def begun(reading: Reading, sentence: Span) -> str | None:
    """When a relation that is over began, if the sentence says so."""
    text = reading.text
    own = reading.dates_in(sentence)
    before = {dated: text[sentence.start_char : dated.start] for dated in own}
    return next((d.date for d, ahead in before.items() if _BEGAN.search(ahead) or _AGREED.search(ahead)), None)


def money(frame: Frame, reading: Reading) -> Figure | None:
    """The nearest amount in the frame's sentence that is no revenue, total or price per piece."""
    text, sentence, at = reading.text, reading.sentence(frame.token.i), frame.token.idx
    inside = [f for f in reading.amounts if sentence.start_char <= f.start < sentence.end_char and is_price(text, f)]
    own = [f for f in inside if not _CLAUSE.search(text, *sorted((f.start, at)))]
    return min(own, key=lambda figure: (figure.start < at, abs(figure.start - at)), default=None)


def is_price(text: str, figure: Figure) -> bool:
    """Whether an amount may be the price, volume or sum of an event."""
    before = text[max(0, figure.start - 60) : figure.start]
    return not _NO_PRICE.search(before) and not _PER.match(text, figure.end)


def _is_own(text: str, dated: Dated, kind: str = "acquisition") -> bool:
    """Whether a date may be that of an event: no deadline, no expected closing, no bare "from 2032"."""
    before = text[max(0, dated.start - 40) : dated.start]
    if kind in _GOING_ON and _SINCE.search(before):
        return True
    if _DEADLINE.search(before) or _BEGAN.search(before) or (kind == "termination" and _AGREED.search(before)):
        return False
    if _FROM.search(before):
        return len(dated.date) == 10 or kind == "launch"
    return kind in _AT_ONCE or not _CLOSING.search(before) or not _AHEAD.search(before)


def _distance(text: str, dated: Dated, at: int) -> int:
    """How far a date stands from the trigger; one in an aside ("X, formed in 2025, ...") is farther."""
    aside = dated.end < at and _ASIDE.search(text, max(0, dated.start - 40), dated.start) is not None
    return abs(dated.start - at) + (200 if aside else 0)


def _later(text: str, place: tuple[int, int], dates: Sequence[Dated]) -> str | None:
    """The date that "one month later" in the clause before a trigger means, after the date before it.

    `place` are the characters from the start of the sentence to the trigger.
    """
    said = next(iter(_LATER.finditer(text, *place)), None)
    earlier = [dated for dated in dates if said is not None and dated.start < said.start() and len(dated.date) >= 7]
    if said is None or not earlier:
        return None
    count = _COUNTS[said[1].lower()] * (12 if said[2].lower() == "year" else 1)
    year, month = int(earlier[-1].date[:4]), int(earlier[-1].date[5:7]) + count
    return f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02}"


def _borders(text: str, place: int, at: int) -> int:
    """How many clause borders lie between a date and the trigger."""
    left, right = sorted((place, at))
    return len(_BORDER.findall(text, left, right))
