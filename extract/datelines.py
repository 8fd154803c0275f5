"""Datelines: the place, date and agency that open the first paragraph of a release, or an item of a news service."""

from __future__ import annotations

import re

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


def end(text: str) -> int:
    """Where a paragraph's own text begins behind its dateline; 0 where it has none."""
    match = _DATELINE.match(text)
    return match.end() if match is not None else 0
