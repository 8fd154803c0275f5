"""Datelines: the place, date and agency that open the first paragraph of a release, or an item of a news service."""

from __future__ import annotations

import re

from extract import dates
from extract.relative import Dated

_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATE = (
    rf"\(?(?:(?:{_MONTH})[a-z]*\.? (?:\d{{1,2}}(?:st|nd|rd|th)?, )?\d{{4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.? (?:{_MONTH})[a-z]*\.?,? \d{{4}})\)?"
)
_WORD = r"[^\W\d_a-z][\w.'’-]*"
_TOWN = rf"{_WORD}(?: (?:and |& |of |de |del |du |am |an der |la )?{_WORD}){{0,4}}"
#: "GHENT, Belgium, May 14, 2031 (PRESSLINE) -- ", "Ghent and Lille, 14 May 2031 – ", "Ghent (May 14, 2031) | ".
_DATED = (
    rf"(?!(?:In|On|As|By|Since|Until|From) ){_TOWN}(?:, {_TOWN}){{0,3}}(?:, ?|,? [(–—-] ?| )"
    rf"{_DATE}(?: ?\([^()\n]{{1,40}}\))?(?: ?/[^/\n]{{1,40}}/)?"
)
#: "GHENT (NNS) — ", "GHENT. ", "GHENT, Belgium (NNS) - ", "GHENT--", "GHENT, Mass.--(PRESSLINE)--".
_PLACED = (
    r"[^\W\d_a-z]{3,}(?:[ ’'-][^\W\d_a-z]{2,})*"
    r"(?:(?:, [A-Z][\w.'’ -]{1,30})?(?: \([^()\n]{2,40}\) ?[—–-]+|--(?:\([^()\n]{2,40}\)--)?)|"
    r"\.(?= [A-Z“\"][\w’']+ [\w’']+ ))"
)
_DATELINE = re.compile(rf"(?:{_DATED} ?(?:--|[—–|:-])|{_PLACED})\s*")
#: What stands before and behind the date of a dateline: place or "published", then a dash, agency, hour or line end.
_AHEAD = re.compile(
    r"(?:(?P<start>^)|(?:[,.|·:>)]|[-–—]|\b[A-Z]{3,})|(?i:\b(?:published|updated|posted|issued|released)(?:\son)?\s))"
    r"[^\S\n]*(?:(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\.?,?[^\S\n])?$",
    re.MULTILINE,
)
_BEHIND = re.compile(
    r"[^\S\n]?(?:(?P<dash>[-–—]|\|)|/[A-Z][\w -]*/|\([A-Z][\w® ,.-]*\)|:[^\S\n]|(?P<end>$)|"
    r"(?P<hour>(?:,|/|•|·|at)?[^\S\n]?[0-9]{1,2}[.:][0-9]{2}(?![0-9])))",
    re.MULTILINE,
)
#: A place and a date before the first sentence: "Warsaw / Montevideo, 13 January 2031. Orvane has ...".
_PLACE_HEAD = re.compile(r"(?:[A-Z][\w’'.-]*[ /,-]{1,3}){1,5}$")
_STOP = re.compile(r"\.[^\S\n]+[A-Z“\"]")


def end(text: str) -> int:
    """Where a paragraph's own text begins behind its dateline; 0 where it has none."""
    match = _DATELINE.match(text)
    return match.end() if match is not None else 0


def dateline(text: str) -> Dated | None:
    """The date of a news item's first line ("LONDON, 14 May 2031 - ..."), None where there is none.

    It stands in the first 600 characters, behind a place, a word like "published" or nothing, and before a dash, an
    agency in brackets or slashes, or the end of the line. A month alone ("MAY 2031 -") must open its line.
    """
    head = text[:600]
    return next((each for each in dates.dates(head) if _is_dateline(head, each)), None)


def _is_dateline(head: str, found: Dated) -> bool:
    line = head[head.rfind("\n", 0, found.start) + 1 : found.start]
    before, after = _AHEAD.search(line), _BEHIND.match(head, found.end)
    if len(found.date) == 10 and _STOP.match(head, found.end) and _PLACE_HEAD.fullmatch(line):
        return True
    if before is None or after is None:
        return False
    opens = before["start"] is not None
    return len(found.date) == 10 or (len(found.date) == 7 and opens and after["dash"] is not None)
