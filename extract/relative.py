"""Dates that point to the date of the document: "last month", "on Tuesday", "Nov. 13"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = "|".join(_WEEKDAYS)
_NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# Each pattern begins with a plain letter or set of letters: searching is then ten times as fast.
_NEAR = re.compile(
    r"[TtLlNn](?:his|ast|ext)\s(?P<unit>year|month|quarter|week|spring|summer|autumn|morning|afternoon|evening|night|"
    rf"{_WEEKDAY})(?!\w)"
)
_DAY = re.compile(rf"(?:today|Today|tonight|Tonight|yesterday|Yesterday|tomorrow|Tomorrow|{_WEEKDAY})(?!\w)")
_BEFORE_DATE = re.compile(r",?\s(?:the\s)?(?:[0-9]|[A-Z][a-z]{2,8}\.?\s[0-9])")
_NEXT = re.compile(r"(?i)\bnext\s\Z")
_YEAR_END = re.compile(r"year(?P<end>[\s-]end)?(?!\w|\s[0-9])")
_SEASON = re.compile(r"[Ii]n (?:the )?(?:spring|summer|autumn)(?!\w| (?:of )?\d)")
_AGO = re.compile(r"ago(?!\w)")
_END_OF = re.compile(r"(?i)\b(?:the\s)?(?:end|close)\sof\s\Z")
_END_OF_THE = re.compile(r"(?i)\b(?:the\s)?(?:end|close)\sof\sthe\s\Z")
_COUNT = re.compile(rf"(?i)(?<![\w-])([0-9]{{1,2}}|an|{'|'.join(_NUMBERS)})\s(day|week|month|year)s?\s\Z")
_AHEAD = re.compile(
    r"(?i)\b(?:will|shall|(?:is|are) to|to be|set to|due|expect(?:s|ed)?|plan(?:s|ned)?|scheduled|slated|upcoming|"
    r"coming|until|aims?|intends?|effective|with effect|takes? effect|becomes|takes over|takes up|joins|succeeds|"
    r"replaces|steps (?:down|up)|starts|begins|opens|moves?|leaves|retires|follows|goes live|comes into force)\b"
)
_WOULD = re.compile(r"\bwould\b")
_FROM = re.compile(r"(?i)\b(?:as (?:of|from)|from)\s\Z")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z])|\n\n")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at characters `start` to `end` (half-open) of the text searched.

    `date` is YYYY, YYYY-MM or YYYY-MM-DD, no more precise than the text; `quarter` is "2024-Q3" or "2025-H1"
    where the text names one (`date` is then the year); `relative` says that the reference was needed.
    """

    start: int
    end: int
    date: str
    relative: bool = False
    quarter: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """The date of a document, as precise as known."""

    year: int
    month_number: int | None = None
    day_number: int | None = None

    @classmethod
    def parse(cls, text: str) -> Reference:
        """The reference of YYYY, YYYY-MM or YYYY-MM-DD; raises ValueError for anything else."""
        if not re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?", text):
            raise ValueError(f"a reference date is YYYY, YYYY-MM or YYYY-MM-DD, not {text!r}")
        parts = [int(part) for part in text.split("-")]
        date(*[*parts, 1, 1][:3])
        return cls(*parts)

    def year_of(self, which: str) -> int:
        """The year that "this", "the", "last" or "next" year means."""
        return self.year + {"last": -1, "next": 1}.get(which, 0)

    @property
    def date(self) -> date | None:
        """The day itself, None where it is known less precisely."""
        if self.month_number is None or self.day_number is None:
            return None
        return date(self.year, self.month_number, self.day_number)

    def __str__(self) -> str:
        """YYYY, YYYY-MM or YYYY-MM-DD."""
        return "-".join(f"{part:02}" for part in (self.year, self.month_number, self.day_number) if part is not None)

    def month(self, month: int, which: str, ahead: bool) -> str | None:
        """The month that a name without a year means; None where it may be that of either of two years."""
        if self.month_number is None:
            return None
        if which in ("last", "next"):
            return self._other_year(month, -1 if which == "last" else 1)
        if which == "this":
            return f"{self.year}-{month:02}"
        return f"{self.year + _turn(month - self.month_number, ahead)}-{month:02}"

    def _other_year(self, month: int, step: int) -> str | None:
        # "last June" said in November may be either: only a June that has not yet been this year is certain
        certain = self.month_number is not None and (month - self.month_number) * step <= 0
        return f"{self.year + step}-{month:02}" if certain else None

    def nearest(self, month: int, day: int) -> str | None:
        """The day that month and day mean, of three years the nearest."""
        if self.date is None:
            return None
        around = [each for step in (-1, 0, 1) if (each := _date(self.year + step, month, day)) is not None]
        reference = self.date
        return min(around, key=lambda each: abs(each - reference)).isoformat() if around else None

    def _in_known_month(self, month: int, day: int, ahead: bool) -> str | None:
        """The day where only the month of the document is known."""
        if self.month_number is None:
            return None
        found = _date(self.year + _turn(month - self.month_number, ahead), month, day)
        return found.isoformat() if found else None

    def day_of_month(self, month: int, day: int, ahead: bool) -> str | None:
        """The day that month and day without a year mean; None where it may be that of either of two years."""
        if self.date is None:
            return self._in_known_month(month, day, ahead)
        around = [_date(self.year + step, month, day) for step in (-1, 0, 1)]
        past = max((each for each in around if each and each <= self.date), default=None)
        future = min((each for each in around if each and each >= self.date), default=None)
        if ahead:
            return future.isoformat() if future else None
        # a day soon after the document, told without a word of the future, may be meant either way
        soon = future is not None and timedelta(0) < future - self.date < timedelta(days=90)
        return past.isoformat() if past and not soon else None


def is_ahead(text: str, start: int, end: int) -> bool:
    """Whether the sentence around `start` to `end` speaks of what is to come."""
    head, tail = text[max(0, start - 100) : start], text[end : end + 60]
    return bool(_AHEAD.search(_SENTENCE_END.split(head)[-1]) or _AHEAD.search(_SENTENCE_END.split(tail)[0]))


def is_told_ahead(text: str, start: int) -> bool:
    """Whether what is reported was still to come: "said that she would take over in April"."""
    return _WOULD.search(_SENTENCE_END.split(text[max(0, start - 100) : start])[-1]) is not None


def is_start(text: str, start: int) -> bool:
    """Whether a date is that from which something holds: "as of 1 June"; of two years the nearer one is meant."""
    return _FROM.search(text, max(0, start - 12), start) is not None


def resolve(text: str, against: Reference) -> Iterator[Dated]:
    """The words of time that point to the reference, where it is precise enough to tell what they mean."""
    found = (
        *(_near(text, match, against) for match in _NEAR.finditer(text)),
        *(_day(text, match, against) for match in _DAY.finditer(text)),
        *(_year_end(text, match, against) for match in _YEAR_END.finditer(text)),
        *(_season(match, against) for match in _SEASON.finditer(text)),
        *(_ago(text, match, against) for match in _AGO.finditer(text)),
    )
    yield from (each for each in found if each and not text[max(0, each.start - 1) : each.start].isalnum())


def _near(text: str, match: re.Match[str], against: Reference) -> Dated | None:
    step, unit, start = {"t": 0, "l": -1, "n": 1}[match[0][0].lower()], match["unit"], match.start()
    if unit == "year":
        end = _END_OF.search(text, max(0, start - 14), start)
        date = f"{against.year + step}-12" if end else str(against.year + step)
        return Dated(end.start() if end else start, match.end(), date, True)
    if unit == "quarter" and against.month_number:
        year, quarter = divmod(against.year * 4 + (against.month_number - 1) // 3 + step, 4)
        return Dated(start, match.end(), str(year), True, f"{year}-Q{quarter + 1}")
    near = _near_date(against, step, unit)
    return Dated(start, match.end(), near, True) if near else None


def _near_date(against: Reference, step: int, unit: str) -> str | None:
    if unit in _WEEKDAYS:
        return _named_weekday(against, step, _WEEKDAYS.index(unit))
    if unit == "month":
        return _month_after(against.year, against.month_number, step) if against.month_number else None
    if unit in ("spring", "summer", "autumn"):
        return str(against.year) if step == 0 else None
    if unit == "night":
        return _shifted(against, step)
    if step == 0:  # this week and this morning point to the day of the document
        return str(against) if unit != "quarter" else None
    return _week(against, step) if unit == "week" else None


def _day(text: str, match: re.Match[str], against: Reference) -> Dated | None:
    word = match[0]
    if word in _WEEKDAYS:
        if _BEFORE_DATE.match(text, match.end()) or _NEXT.search(text, max(0, match.start() - 6), match.start()):
            return None
        date = _weekday(against, _WEEKDAYS.index(word), is_ahead(text, match.start(), match.end()))
    else:
        step = {"yesterday": -1, "tomorrow": 1}.get(word.lower(), 0)
        date = _shifted(against, step) if step else str(against)
    return Dated(match.start(), match.end(), date, True) if date else None


def _year_end(text: str, match: re.Match[str], against: Reference) -> Dated | None:
    start = match.start()
    if match["end"]:
        return Dated(start, match.end(), f"{against.year}-12", True)
    head = _END_OF_THE.search(text, max(0, start - 18), start)
    return Dated(head.start(), match.end(), f"{against.year}-12", True) if head else None


def _season(match: re.Match[str], against: Reference) -> Dated | None:
    """The year of "in spring", told without a year."""
    return Dated(match.start(), match.end(), str(against.year), True) if against.month_number else None


def _ago(text: str, match: re.Match[str], against: Reference) -> Dated | None:
    head = _COUNT.search(text, max(0, match.start() - 16), match.start())
    if head is None:
        return None
    word = head[1].lower()
    count = (
        int(word) if word.isdecimal() else max(1, _NUMBERS.index(word.removesuffix("n") if word == "an" else word))
    )
    date = _back(against, count, head[2].lower())
    return Dated(head.start(), match.end(), date, True) if date else None


def _back(against: Reference, count: int, unit: str) -> str | None:
    if unit == "year":
        return str(against.year - count)
    if unit == "month":
        return _month_after(against.year, against.month_number, -count) if against.month_number else None
    return _shifted(against, -count) if unit == "day" else _week(against, -count)


def _shifted(against: Reference, days: int) -> str | None:
    return (against.date + timedelta(days)).isoformat() if against.date else None


def _week(against: Reference, step: int) -> str | None:
    """The month, or else year, in which the whole week lies that is `step` weeks away."""
    if against.date is None:
        return None
    monday = against.date + timedelta(7 * step - against.date.weekday())
    sunday = monday + timedelta(6)
    if monday.year != sunday.year:
        return None
    return monday.isoformat()[: 7 if monday.month == sunday.month else 4]


def _weekday(against: Reference, weekday: int, ahead: bool) -> str | None:
    if against.date is None:
        return None
    days = (weekday - against.date.weekday()) % 7 if ahead else -((against.date.weekday() - weekday) % 7)
    return (against.date + timedelta(days)).isoformat()


def _named_weekday(against: Reference, step: int, weekday: int) -> str | None:
    """The Tuesday of this week, or the last one; "next Tuesday" may be of this week or of the next."""
    if against.date is None or step > 0:
        return None
    if step == 0:
        return (against.date + timedelta(weekday - against.date.weekday())).isoformat()
    return (against.date - timedelta((against.date.weekday() - weekday) % 7 or 7)).isoformat()


def _month_after(year: int, month: int, step: int) -> str:
    years, month = divmod(year * 12 + month - 1 + step, 12)
    return f"{years}-{month + 1:02}"


def _turn(months: int, ahead: bool) -> int:
    """How many years the nearest month lies away that is `months` ahead of now within the year."""
    if ahead:
        return 1 if months < 0 else 0
    return -1 if months > 0 else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
