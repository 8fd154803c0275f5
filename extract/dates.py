"""Dates and periods in text, as precise as the text gives them; relative ones are resolved against a reference."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from extract.relative import Dated, Reference, is_ahead, is_start, is_told_ahead, resolve

_YEAR = r"(?:19[5-9]|20[0-9])[0-9]"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_DASH = "[-–—‐‑−]"
_FISCAL = r"(?:FY|[Ff]iscal(?:\s[Yy]ear)?|[Ff]inancial\s[Yy]ear)\s?['’]?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NUMBER = {name: n for n, name in enumerate(_MONTHS, 1)}
_MONTH = re.compile(
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|JANUARY|FEBRUARY|MARCH|APRIL|"
    "MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|(?:Sept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\.?)"
    r"(?![a-z])"
)

_YEARS = re.compile(rf"{_YEAR}(?![0-9])")
_PERIOD_TAIL = re.compile(
    rf"(?:[AEFPaefp](?![A-Za-z]))?(?:(?P<tight>{_DASH})|\s{_DASH}\s?|(?P<word>\s(?:to|till|until|through|thru)\s)|(?P<and>\sand\s)|(?P<slash>/))"
    rf"(?P<fiscal>{_FISCAL})?(?P<last>{_YEAR}|[0-9]{{2}})(?:[AEFPaefp](?![A-Za-z0-9]))?(?![0-9]|[-–/.,][0-9]|\s?(?:%|per\s?cent\b))"
)
_TWO_DIGIT_PERIOD = re.compile(rf"FY\s?['’]?([0-9]{{2}}){_DASH}(?:FY\s?['’]?)?([0-9]{{2}})(?![0-9])")
_BETWEEN = re.compile(rf"(?i)\bbetween\s(?:{_FISCAL})?\Z")
_FISCAL_BEFORE = re.compile(rf"{_FISCAL}\Z")

_DAY_YEAR = re.compile(rf"\s({_DAY})(?:st|nd|rd|th)?(?:\s?{_DASH}\s?({_DAY})(?:st|nd|rd|th)?)?,?\s({_YEAR})(?![0-9])")
_MONTH_YEAR = re.compile(rf"(?:,?\s(?:of\s)?|-)({_YEAR})(?![0-9])")
_DAY_AFTER = re.compile(rf"\s({_DAY})(?:st|nd|rd|th)?(?![0-9A-Za-z%]|[.,:][0-9]|-[0-9A-Za-z])")
_DAY_BEFORE = re.compile(
    rf"(?<![0-9.,/-])(?:({_DAY})(?:st|nd|rd|th)?\s?{_DASH}\s?)?({_DAY})(?:st|nd|rd|th)?(?:(?:\sof)?\s|-)\Z"
)
_WEEKDAY_BEFORE = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s(?:the\s)?\Z")
_YEAR_WORD = re.compile(r"\s(?:of\s)?(this|last|next|the)\syear(?!\w)")
_NAME_AFTER = re.compile(r"\s[A-Z][a-z]")
_MONTH_CUE = re.compile(
    r"(?i)\b(?:in|since|until|till|by|from|during|through|for|of|early|late|mid|(?P<which>last|this|next))[\s-]\Z"
)

_QUARTERS = tuple(re.compile(pattern) for pattern in (r"[QH][1-4]", r"[1-4][QH]", "quarter", "half"))
_ORDINAL = re.compile(r"(?i)\b(first|second|third|fourth|1st|2nd|3rd|4th)[\s-]\Z")
_PART_YEAR = re.compile(
    rf"(?:,?\s(?:of\s)?(?:the\s)?(?:{_FISCAL})?|{_DASH}|\s?['’])?({_YEAR}|(?<=['’QH])[0-9]{{2}})(?![0-9])"
)
_YEAR_BEFORE = re.compile(rf"({_YEAR})[\s-]\Z")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_ISO_TAIL = re.compile(r"([-/])(0[1-9]|1[0-2])(?:\1(0[1-9]|[12][0-9]|3[01]))?(?![0-9]|[-/][0-9])")
_NUMERIC_HEAD = re.compile(r"(?<![0-9./-])([0-9]{1,2})([./-])([0-9]{1,2})\2\Z")
_BEFORE_YEAR = re.compile(
    r"(?i)(?:\b(?:early|late|mid)[\s-](?:to[\s-]late\s)?"
    r"|\b(?:the\s)?(?:(?P<end>end|close)|beginning|start|middle|spring|summer|autumn|fall|winter)\s(?:of\s)?"
    rf"|\b(?P<yearend>year[\s-]end|end)[\s-])?(?:\b{_FISCAL})?\Z"
)
_NO_YEAR_BEFORE = re.compile(
    r"(?:[0-9][.,:/–-]|[$€£¥₹₩#_/]|(?<![a-z]{2})[A-Za-z]|[A-Z]|(?:\b(?:No\.|ISO|IEC|EN|RFC|UL|DIN|Vision|Agenda|Horizon|Expo)\s?))\Z"
)
_NO_YEAR_AFTER = re.compile(
    r"(?![aefp]\b)[a-z]|[.,:/-][0-9]|\s?%|-[A-Za-z]?[0-9]|\s(?:[mbtr]{1,2}illion|crore|lakh|thousand|per\s?cent|units?|people|"
    r"employees|tonnes|tons|[kMG]Wh?|km|met(?:re|er)s|hours|minutes)\b"
)
_TWO_DIGIT_FISCAL = re.compile(r"FY\s?['’]?([0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Period:
    """Years `first` to `last` (both inclusive) at characters `start` to `end` (half-open) of the text searched."""

    start: int
    end: int
    first: int
    last: int


def periods(text: str) -> list[Period]:
    """The periods of two years in reading order: "2025-2030", "from FY2024 to FY2030", "2024/25"."""
    years = (each for match in _YEARS.finditer(text) if (each := _period(text, match)))
    short = (
        Period(match.start(), match.end(), 2000 + int(match[1]), 2000 + int(match[2]))
        for match in _TWO_DIGIT_PERIOD.finditer(text)
        if match[1] < match[2]
    )
    return sorted([*years, *short], key=lambda each: each.start)


def dates(text: str, reference: str | None = None) -> list[Dated]:
    """The dates in reading order, without the years of periods.

    `reference` is the date of the document (YYYY, YYYY-MM or YYYY-MM-DD). What points to it ("last month",
    "on Tuesday", "Nov. 13" without a year) is returned only where it is given and precise enough.
    Raises ValueError where it is no such date.
    """
    against = Reference.parse(reference) if reference else None
    found: list[Dated] = []
    taken = {at for period in periods(text) for at in range(period.start, period.end)}
    for each in _candidates(text, against):
        if taken.isdisjoint(range(each.start, each.end)):
            taken.update(range(each.start, each.end))
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def _candidates(text: str, against: Reference | None) -> Iterator[Dated]:
    """Dates with the most telling forms first; later ones may overlap earlier ones."""
    found = chain(
        (_of_month(text, match, against) for match in _MONTH.finditer(text)),
        (_of_quarter(text, match, against) for pattern in _QUARTERS for match in pattern.finditer(text)),
        (_of_year(text, match) for match in _YEARS.finditer(text)),
        (Dated(match.start(), match.end(), f"20{match[1]}") for match in _TWO_DIGIT_FISCAL.finditer(text)),
        resolve(text, against) if against else (),
    )
    return (each for each in found if each)


def _period(text: str, match: re.Match[str]) -> Period | None:
    tail = _PERIOD_TAIL.match(text, match.end())
    fiscal = _FISCAL_BEFORE.search(text, max(0, match.start() - 16), match.start())
    if tail is None or (not fiscal and _is_no_year(text, match.start())):
        return None
    first, short = int(match[0]), len(tail["last"]) == 2
    last = first // 100 * 100 + int(tail["last"]) if short else int(tail["last"])
    if short and not (tail["tight"] or tail["slash"] or tail["fiscal"]):
        return None
    if not first < last <= first + 60 or (tail["slash"] and last != first + 1):
        return None
    if tail["and"] and not _BETWEEN.search(text, max(0, match.start() - 28), match.start()):
        return None
    return Period(fiscal.start() if fiscal else match.start(), tail.end(), first, last)


def _is_no_year(text: str, start: int) -> bool:
    return _NO_YEAR_BEFORE.search(text, max(0, start - 9), start) is not None


def _of_month(text: str, match: re.Match[str], against: Reference | None) -> Dated | None:
    start, end, month = match.start(), match.end(), _MONTH_NUMBER[match[0][:3].lower()]
    if text[max(0, start - 1) : start].isalnum():
        return None
    before = _DAY_BEFORE.search(text, max(0, start - 16), start)
    month_year = _MONTH_YEAR.match(text, end)
    if before and month_year:
        return _full(
            text, (before.start(), month_year.end()), (month_year[1], month, before[2]), is_span=bool(before[1])
        )
    if after := _DAY_YEAR.match(text, end):
        return _full(text, (start, after.end()), (after[3], month, after[1]), is_span=bool(after[2]))
    if month_year:
        return Dated(start, month_year.end(), f"{month_year[1]}-{month:02}")
    return _without_year(text, match, against) if against else None


def _full(text: str, span: tuple[int, int], parts: tuple[str, int, str], *, is_span: bool) -> Dated | None:
    """A date with all its parts, or its month where it is a span of days; None where the calendar has no such day."""
    year, month, day = int(parts[0]), parts[1], int(parts[2])
    date = _iso(year, month, day)
    if date is None:
        return None
    weekday = _WEEKDAY_BEFORE.search(text, max(0, span[0] - 16), span[0])
    start = weekday.start() if weekday else span[0]
    return Dated(start, span[1], date[:7] if is_span else date)


def _without_year(text: str, match: re.Match[str], against: Reference) -> Dated | None:
    start, end, month = match.start(), match.end(), _MONTH_NUMBER[match[0][:3].lower()]
    before, after = _DAY_BEFORE.search(text, max(0, start - 16), start), _DAY_AFTER.match(text, end)
    day = before[2] if before else after[1] if after else None
    start, end = before.start() if before else start, after.end() if after and not before else end
    ahead = is_ahead(text, start, end) or is_told_ahead(text, start)
    if before and before[1]:
        return None
    if year := _YEAR_WORD.match(text, end):
        date = _iso(against.year_of(year[1]), month, int(day) if day else None)
        end = year.end()
    elif day:
        near = not ahead and is_start(text, start)
        date = against.nearest(month, int(day)) if near else against.day_of_month(month, int(day), ahead)
    else:
        cue = _MONTH_CUE.search(text, max(0, start - 10), start)
        if cue is None or (cue[0].lower().strip() in ("by", "for", "of", "from") and _NAME_AFTER.match(text, end)):
            return None
        date = against.month(month, (cue["which"] or "").lower(), ahead)
    return Dated(start, end, date, True) if date else None


def _of_quarter(text: str, match: re.Match[str], against: Reference | None) -> Dated | None:
    named = _quarter(text, match)
    if named is None:
        return None
    start, name = named
    if tail := _PART_YEAR.match(text, match.end()):
        year = tail[1] if len(tail[1]) == 4 else f"20{tail[1]}"
        return Dated(start, tail.end(), year, quarter=f"{year}-{name}")
    if against and (tail := _YEAR_WORD.match(text, match.end())):
        year = str(against.year_of(tail[1]))
        return Dated(start, tail.end(), year, True, f"{year}-{name}")
    head = _YEAR_BEFORE.search(text, max(0, start - 5), start)
    return Dated(head.start(), match.end(), head[1], quarter=f"{head[1]}-{name}") if head else None


def _quarter(text: str, match: re.Match[str]) -> tuple[int, str] | None:
    """Start and name (Q3, H1) of a part of a year: "Q3", "3Q", "third quarter"."""
    word, start = match[0], match.start()
    if not word.isalpha():
        kind, number = word.strip("1234"), int(word.strip("QH"))
    elif ordinal := _ORDINAL.search(text, max(0, start - 8), start):
        kind, start = "Q" if word == "quarter" else "H", ordinal.start()
        number = _ORDINALS[ordinal[1].lower()]
    else:
        return None
    glued = text[max(0, start - 1) : start].isalnum()
    return None if glued or (kind == "H" and number > 2) else (start, f"{kind}{number}")


def _of_year(text: str, match: re.Match[str]) -> Dated | None:
    start, end, year = match.start(), match.end(), match[0]
    if numeric := _NUMERIC_HEAD.search(text, max(0, start - 7), start):
        date = _numeric(int(numeric[1]), int(numeric[3]), int(year), dotted=numeric[2] == ".")
        return Dated(numeric.start(), end, date) if date else None
    fiscal = _FISCAL_BEFORE.search(text, max(0, start - 16), start)
    if not fiscal and _is_no_year(text, start):
        return None
    if iso := _ISO_TAIL.match(text, end):
        date = _iso(int(year), int(iso[2]), int(iso[3]) if iso[3] else None)
        return Dated(start, iso.end(), date) if date else None
    if _NO_YEAR_AFTER.match(text, end):
        return None
    before = _BEFORE_YEAR.search(text, max(0, start - 28), start)
    last_month = before and (before["end"] or before["yearend"])
    return Dated(before.start() if before else start, end, f"{year}-12" if last_month else year)


def _numeric(first: int, second: int, year: int, *, dotted: bool) -> str | None:
    """ISO date of numbers in either order; None where both orders are possible or none is."""
    orders = {(first, second)} if dotted else {(first, second), (second, first)}
    possible = {date for day, month in orders if (date := _iso(year, month, day))}
    return possible.pop() if len(possible) == 1 else None


def _iso(year: int, month: int, day: int | None = None) -> str | None:
    """The date as text, None where the calendar has no such day."""
    try:
        found = datetime.date(year, month, day or 1).isoformat()
    except ValueError:
        return None
    return found if day else found[:7]
