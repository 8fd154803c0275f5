"""The figures of a text: money, percentages, counts and measures, periods and dates, all without a language model."""

from __future__ import annotations

import re

from extract.counts import counts
from extract.dates import Period, dates, periods
from extract.fact import Quantity
from extract.money import money
from extract.numerals import Figure, Numeral, Range, bounds, link, numerals
from extract.relative import Dated

_PERCENT = re.compile(
    r"[^\S\n]?%(?![^\S\n]?(?:points?|pts?)\b)|(?:[^\S\n]?\n?|-)(?:per[\s-]?cent|pct)\b(?!(?:age)?[\s-]points?\b)"
)
_MINUS = re.compile(r"(?:^|[\s(:])([-−–])\Z")


def percent(text: str) -> list[Figure]:
    """The percentages in reading order, unit `percent`, as the number written; percentage points are none."""
    signed = [(number, _PERCENT.match(text, number.end)) for number in numerals(text)]
    found: list[Figure | None] = []
    at = 0
    while at < len(signed):
        low, sign = signed[at]
        low_end = sign.end() if sign else low.end
        high, high_sign = signed[at + 1] if at + 1 < len(signed) else (low, None)
        linked = link(text, low.start, low_end, high.start) if high_sign else None
        if high_sign and linked and (sign or _shares_sign(text, low, high)):
            ranged = linked is Range.ENDS
            found += [_share(text, low, low_end, ranged), _share(text, high, high_sign.end(), ranged)]
            at += 2
        else:
            found += [_share(text, low, low_end, False)] if sign else []
            at += 1
    return [each for each in found if each]


def _shares_sign(text: str, low: Numeral, high: Numeral) -> bool:
    """Whether the sign of `high` holds for `low` too: "5-6%" and "5 to 6%", but not "Phase 2 - 5%" or "2025-30%"."""
    between = text[low.end : high.start]
    return low.value < high.value and (not between[:1].isspace() or between.strip().isalpha())


def _share(text: str, number: Numeral, end: int, ranged: bool) -> Figure | None:
    digits = text[number.start : number.end]
    if number.form in ("unreadable", "spaced") or digits.split(".")[0][4:].isdecimal():
        return None
    minus = _MINUS.search(text, max(0, number.start - 2), number.start)
    if minus and minus[1] == "–":
        return None
    start = minus.start(1) if minus else number.start
    qualifier, minimum, maximum = bounds(text, start, end)
    value = -number.value if minus else number.value
    return Figure(start, end, Quantity(value, "percent", text[start:end]), qualifier, minimum, maximum, ranged)


__all__ = ["Dated", "Figure", "Period", "counts", "dates", "money", "percent", "periods"]
