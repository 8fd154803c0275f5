"""Dates that point to the date of the document: "last month", "on Tuesday", "Nov. 13"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_COUNTS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
_COUNTS |= {"ten": 10, "eleven": 11, "twelve": 12}
_RELATIVE = re.compile(
    r"(?<![\w-])(?:(?P<day>[Tt]oday|[Tt]onight|[Tt]his (?:morning|afternoon|evening)|(?:[Ee]arlier |[Ll]ater )?[Tt]his week)"
    r"|(?P<shift>[Yy]esterday|[Ll]ast night|[Tt]omorrow)"
    r"|(?:(?:[Tt]he |[Bb]y )?(?P<end>end|close) of )?(?:[Ee]arlier |[Ll]ater |[Ll]ate |[Ee]arly )?(?P<which>[Tt]his|[Ll]ast|[Nn]ext)\s"
    r"(?P<unit>year|month|quarter|week|spring|summer|autumn|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    r"|(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?!,?\s(?:the\s)?(?:[0-9]|[A-Z][a-z]{2,8}\.?\s[0-9]))"
    r"|(?P<yearend>(?:the )?end of the year|year[\s-]end(?!\s[0-9]))"
    r"|(?P<count>[0-9]{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?P<unit_ago>day|week|month|year)s? ago"
    r")(?!\w)"
)
_AHEAD = re.compile(
    r"(?i)\b(?:will|to be|expect(?:s|ed)?|scheduled|plan(?:s|ned)?|due|set to|slated|upcoming|coming|until|aims?|intends?|shall)\b"
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z])|\n\n")


@dataclass(frozen=True, slots=True)
class Reference:
    """The date of a document, as precise as known."""

    year: int
    month_number: int | None = None
    day_number: int | None = None

    @classmethod
    def parse(cls, text: str) -> Reference:
        """The reference of YYYY, YYYY-MM or YYYY-MM-DD; raises ValueError for anything else."""
        parts = [int(part) for part in text.split("-")]
        if not re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?", text) or not 1 <= (parts + [1])[1] <= 12:
            raise ValueError(f"a reference date is YYYY, YYYY-MM or YYYY-MM-DD, not {text!r}")
        return cls(*parts)

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

    def day_of_month(self, month: int, day: int, ahead: bool) -> str | None:
        """The day that month and day without a year mean; None where it may be that of either of two years."""
        if self.date is None:
            return None
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


def resolve(text: str, against: Reference) -> Iterator[tuple[int, int, str, str | None]]:
    """Start, end, date and quarter of the words of time that point to the reference, where it is precise enough."""
    for match in _RELATIVE.finditer(text):
        found, quarter = _resolve(match, text, against)
        if found:
            yield match.start(), match.end(), found, quarter


def _resolve(match: re.Match[str], text: str, against: Reference) -> tuple[str | None, str | None]:
    groups = match.groupdict()
    if groups["day"]:
        return str(against), None
    if shift := groups["shift"]:
        return _shifted(against, 1 if shift.lower() == "tomorrow" else -1), None
    if groups["yearend"]:
        return f"{against.year}-12", None
    if weekday := groups["weekday"]:
        return _weekday(against, _WEEKDAYS.index(weekday), is_ahead(text, match.start(), match.end())), None
    if count := groups["count"]:
        return _ago(against, int(count) if count.isdecimal() else _COUNTS[count], groups["unit_ago"]), None
    step = {"this": 0, "last": -1, "next": 1}[groups["which"].lower()]
    return _near(against, step, groups["unit"], at_end=bool(groups["end"]))


def _near(against: Reference, step: int, unit: str, *, at_end: bool) -> tuple[str | None, str | None]:
    if unit == "year":
        return f"{against.year + step}-12" if at_end else str(against.year + step), None
    if unit in ("spring", "summer", "autumn"):
        return (str(against.year) if step == 0 else None), None
    if against.month_number is None:
        return None, None
    if unit == "month":
        return _month_after(against.year, against.month_number, step), None
    if unit == "quarter":
        year, quarter = divmod(against.year * 4 + (against.month_number - 1) // 3 + step, 4)
        return str(year), f"{year}-Q{quarter + 1}"
    if unit == "week":
        return _week(against, step), None
    return _named_weekday(against, step, _WEEKDAYS.index(unit)), None


def _ago(against: Reference, count: int, unit: str) -> str | None:
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
    """This or last Tuesday; "next Tuesday" may be of this week or of the next."""
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
