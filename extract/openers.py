"""Lines that open a list of segments or regions by the name of a dimension: "By Type", "Product Outlook"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.headings import bare_heading, kind_of
from extract.lines import Line
from extract.listitems import is_places
from extract.nameforms import is_form
from ontology import cues, regions

_DIMENSION = rf"(?!{cues.any_of('no-dimension-opening')}\b)(?P<name>[A-Z][\w/&+’'. -]{{1,42}}?)"
#: A line that opens a list by itself, whatever stands around it.
BY = re.compile(
    rf"(?:.*[,:–-]\s*|(?:Market )?{cues.any_of('breakup')} )?\b[Bb][Yy] {_DIMENSION}"
    r"(?: segments?| categor(?:y|ies))?\s*(?P<rest>[:(–·-].*)?$"
)
_OUTLOOK = re.compile(rf"{_DIMENSION} {cues.any_of('outlook')} ?\({cues.any_of('outlook-measure')}.*\)$")
_BASED = re.compile(
    rf"{cues.any_of('based-on-opening')} (?:the )?(?P<name>[\w/& -]{{2,40}}?)"
    rf"(?:,? (?:the|this|it)\b[^.:]{{0,80}}\b{cues.any_of('divided-line')}\b[^.:]{{0,20}}|(?P<rest>\s*[:–-].*))?:?$"
)
_PLAIN = re.compile(r"(?P<name>[A-Z][\w/&’' -]{1,40}?)\s*:?$")
_INSIGHTS = re.compile(rf"(?P<name>[A-Z][\w/&’' -]{{1,40}}?) {cues.any_of('insights')}\s*:?$")
_INLINE = re.compile(rf"{_DIMENSION}\s*(?P<rest>\(.+\)|: .+,.+)$")
_ROW = re.compile(r"(?P<name>[A-Z][\w/&’' -]{1,40})")
_CLAIM = re.compile(rf"\b{cues.any_of('claim-verb')}\b")
_NO_LIST = re.compile(rf"\b{cues.any_of('no-list-heading')}", re.I)

#: A dimension, and the offset and text of items on the line that names it.
Opened = tuple[str, tuple[int, str] | None]


def opened(lines: Sequence[Line], i: int, market: str | None, *, scope: bool) -> Opened | None:
    """The dimension that line `i` opens; `scope` says that the lines stand where lists of segments are expected."""
    line = lines[i]
    if line.cells:
        return _row(line, scope=scope)
    match = _opener(lines, i, market, scope=scope)
    listed = match.groupdict().get("rest") if match else None
    if match is None or not listed:
        return (match["name"].strip(), None) if match else None
    above_prose = i + 1 < len(lines) and lines[i + 1].prose
    if not _lists(listed, heading=above_prose and not (line.bullet or scope)):
        return None
    return match["name"].strip(), (line.start + match.start("rest"), listed)


def announced(lines: Sequence[Line], i: int) -> bool:
    """Whether a line above line `i` says that segments follow: "... includes the following segments:"."""
    return any(re.search(r"\bsegment\w*\b[^.]*:$", line.text, re.I) for line in lines[:i])


def in_a_row(lines: Sequence[Line], i: int, market: str | None) -> int:
    """How many lines from `i` on open a list without an item of their own."""
    count = 0
    for j in range(i, len(lines)):
        found = opened(lines, j, market, scope=False)
        if found is None or found[1] is not None:
            break
        count += 1
    return count


def _row(line: Line, *, scope: bool) -> Opened | None:
    """The dimension in the first cell of a table row, the items in the second."""
    (_, name), (at, rest) = line.cells[:2]
    inner = BY.match(rest) if "·" in rest else None
    if inner and inner["rest"]:
        return inner["name"], (at + inner.start("rest"), inner["rest"])
    row = BY.match(name) or (_ROW.fullmatch(name) if scope and _is_row(name, rest) else None)
    return (row["name"], (at - 2, ": " + rest)) if row and len(line.cells) == 2 else None


def _is_row(name: str, rest: str) -> bool:
    """Whether a table row lists segments: a name that is no key of a scope table, and two or more short items."""
    pieces = re.split(r"[,;]\s+(?:and\s+)?|\s+and\s+", re.sub(r"\([^()]*\)", "", rest))
    named = not cues.pattern("no-dimension").search(name) and not is_places(name)
    short = len(pieces) >= 2 and all(len(piece.split()) <= 5 for piece in pieces)
    return named and short and not re.search(r"\d|%|\.\s", rest)


def _opener(lines: Sequence[Line], i: int, market: str | None, *, scope: bool) -> re.Match[str] | None:
    line = lines[i]
    if line.prose and not re.match(r"(?:By|Based on|On the basis of)\b", line.text):
        return None
    text = line.text.rstrip(" :")
    match = BY.match(text) or _OUTLOOK.match(text) or _BASED.match(text) or _heads_list(lines, i, text)
    if match is None and scope and not line.prose:
        match = _opens_deeper(lines, i, market) or (_INLINE.match(line.text) if line.bullet else None)
    return match


def _lists(rest: str, *, heading: bool) -> bool:
    """Whether what follows a dimension on its line are items; a heading above prose rather makes a claim."""
    if not re.search(r"[,;/(·]| and ", rest) or re.search(r"[a-z]\. [A-Z]", rest):
        return False
    return not _CLAIM.search(rest.casefold()) and not (heading and "(" not in rest and rest.count(",") < 2)


def _heads_list(lines: Sequence[Line], i: int, text: str) -> re.Match[str] | None:
    """Whether "Product Insights" stands above bullets that are no sentences, "Regional Outlook" above regions."""
    match = _INSIGHTS.match(text)
    below = lines[i + 1 : i + 3]
    if match is None or len(below) < 2 or lines[i].bullet or lines[i].numbered or _NO_LIST.search(match["name"]):
        return None
    bullets = all(
        line.bullet and not line.prose and len(line.text.split()) <= 8 and not is_form(line.text.split()[-1])
        for line in below
    )
    named = is_places(match["name"]) and all(regions.find(line.text) for line in below)
    return match if named or (bullets and below[0].marker == below[1].marker) else None


def _opens_deeper(lines: Sequence[Line], i: int, market: str | None) -> re.Match[str] | None:
    """A bare name opens a list where the lines below it are bullets of a deeper level."""
    following = lines[i + 1] if i + 1 < len(lines) else None
    if following is None or not following.bullet or following.prose or lines[i].numbered:
        return None
    deeper = not lines[i].bullet or following.marker != lines[i].marker or following.indent > lines[i].indent
    bare = bare_heading(lines[i].text, market)
    return _PLAIN.match(bare) if deeper and len(bare.split()) <= 5 and kind_of(bare) != "scope" else None
