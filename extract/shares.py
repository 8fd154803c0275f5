"""Shares of a company as texts write them: "51%", "a third", "three quarters", "the remaining 40 per cent"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FRACTIONS = {
    "half": 50.0, "third": 100 / 3, "quarter": 25.0, "fourth": 25.0, "fifth": 20.0, "sixth": 100 / 6,
    "seventh": 100 / 7, "eighth": 12.5, "ninth": 100 / 9, "tenth": 10.0,
}  # fmt: skip
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "nine": 9}
_PERCENT = r"(?P<percent>\d+(?:[.,]\d+)?)(?:\s|-)?(?:%|per ?cent\b)"
_PARTS = "half|(?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?"
_FRACTION = rf"(?:(?P<count>{'|'.join(_COUNTS)})[ -])?(?P<fraction>{_PARTS})\b"
#: A share as a part of a larger pattern; its groups are `percent`, `count`, `fraction`.
SHARE = rf"(?:{_PERCENT}|{_FRACTION})"
_SHARE = re.compile(SHARE, re.IGNORECASE)
_WHOLE = re.compile(
    r"(?i)\b(?:remaining|remainder|rest|outstanding|entire|full|whole|sole|majority|controlling|control|"
    r"all (?:of )?(?:the )?(?:\w+ )?(?:shares|equity|stock|capital))\b"
)
_MINORITY = re.compile(r"(?i)\bminority\b")
_BECOMES = re.compile(rf"(?i)\b(?:to|taking|holding|reach(?:es|ed|ing)?)\s+(?:\w+\s+){{0,2}}{SHARE}")


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent and as it is written."""

    percent: float
    text: str


def share(text: str) -> Share | None:
    """The first share that a text tells."""
    found = _SHARE.search(text)
    return _of(found) if found is not None else None


def _of(found: re.Match[str]) -> Share:
    if found["percent"]:
        return Share(float(found["percent"].replace(",", ".")), found["percent"] + "%")
    part = found["fraction"].lower()
    count = _COUNTS.get((found["count"] or "a").lower(), 1)
    return Share(count * _FRACTIONS[part if part in _FRACTIONS else part[:-1]], found.group())


def is_minority(text: str) -> bool:
    """Whether who buys what a text describes holds less than half of it then ("from 40% to 85%" is more).

    True also where nothing is said of how much it is ("took a stake in").
    """
    if _MINORITY.search(text):
        return True
    becomes = _BECOMES.search(text)
    held = _of(becomes) if becomes is not None else share(text)
    if held is not None and held.percent > 50:
        return False
    return not _WHOLE.search(text)
