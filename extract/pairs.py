"""Names with their values in the header boxes of a report; makes no claims of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract import figures, years
from extract.lines import Line
from extract.listitems import Item, items_of
from extract.namelists import Listed, names_only
from extract.sections import Section
from ontology import cues, regions

#: Longest value that stands below its key, in characters.
_LONGEST_BELOW = 400
RATE_KEY = re.compile(
    rf"\b{cues.any_of('rate-key')}\b|\bgrowth\b.*\b(?:per year|a year|p\.\s?a\.|annual\b)|^growth$", re.I
)
LARGEST_KEY = re.compile(
    rf"{cues.any_of('largest-key')}\s+{cues.any_of('largest-key-noun')}(?:\s*\(.*\)|\s+in \d{{4}})?(?:\s+by .*)?$",
    re.I,
)
FASTEST_KEY = re.compile(
    rf"{cues.any_of('fastest-key')}[\s-]+(?:grow\w*|growth|CAGR)\s*{cues.any_of('fastest-key-noun')}?"
    r"(?:\s*\(.*\))?(?:\s+by .*)?$",
    re.I,
)
_PERIOD_KEY = re.compile(rf"\b{cues.any_of('period-key')}\b.*\b{cues.any_of('period-key-noun')}\b|^forecast$", re.I)
_PLAYERS_KEY = re.compile(
    rf"{cues.any_of('players-key-lead')}?(?:market )?{cues.any_of('players-key')}{cues.any_of('players-key-end')}?$",
    re.I,
)
_PLACES_KEY = re.compile(
    rf"(?:by |key )?{cues.any_of('places-key')}(?:\s*(?:and|&|/)\s*countr(?:y|ies))?"
    rf"\s*{cues.any_of('places-key-end')}?$",
    re.I,
)
_NAMED = re.compile(r"(?P<key>[^:.!?]{3,70}?)\s*:\s+(?P<value>\S.{0,380})$")
_FIGURE = re.compile(r"[$€£%]|\b[A-Z]{3}[\s\u00a0]\d")
#: Where a name in a header ends and its value begins without a space.
_SEAM = re.compile(r"(?<=[a-z)])(?=[A-Z0-9$€£₹])")
_LONGEST_GLUED = 120
_RUN_TOGETHER = re.compile(r"[a-z](?:Ltd|Inc)\.?[A-Z]|\.[A-Z][a-z]{2}")
_MORE_PLAYERS = re.compile(r",?\s+(?:and|&)\s+(?:others|more)\b.*$|\.\s+A total of.*$")


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and its value, each with its offset in the document."""

    key: str
    key_start: int
    value: str
    value_start: int

    @property
    def end(self) -> int:
        """Offset behind the value."""
        return self.value_start + len(self.value)


def find(sections: Sequence[Section]) -> Iterator[Pair]:
    """The pairs of a report outside of its contents: two cells, "name: value", or a name with its value below."""
    for section in sections:
        if section.kind not in ("contents", "developments", "boilerplate"):
            lines = section.all_lines
            for i, line in enumerate(lines):
                yield from _on_line(line)
                yield from _glued(line)
                yield from _below(line, lines[i + 1]) if i + 1 < len(lines) else ()


def _on_line(line: Line) -> Iterator[Pair]:
    if len(line.cells) == 2:
        (key_at, key), (at, value) = line.cells
        yield Pair(key, key_at, value, at)
    match = _NAMED.match(line.text) if not line.cells else None
    if match:
        yield Pair(match["key"], line.start + match.start("key"), match["value"], line.start + match.start("value"))


def _glued(line: Line) -> Iterator[Pair]:
    """A name and its value that lost markup ran together: "Market Size (2031)USD 4.2 Billion"."""
    if line.prose or line.cells or len(line.text) > _LONGEST_GLUED:
        return
    cuts = (cut.start() for cut in _SEAM.finditer(line.text))
    at = next((at for at in cuts if _is_key(line.text[:at])), None)
    if at is not None:
        yield Pair(line.text[:at], line.start, line.text[at:], line.start + at)


def _below(line: Line, below: Line) -> Iterator[Pair]:
    named = not line.prose and not line.cells and _is_key(line.text)
    if named and not below.cells and len(below.text) < _LONGEST_BELOW and not _is_key(below.text):
        yield Pair(line.text, line.start, below.text, below.start)


def _is_key(text: str) -> bool:
    bare = text.rstrip(": ")
    if len(bare.split()) > 9 or _FIGURE.search(bare):
        return False
    dated = years.ALONE.search(bare) and cues.pattern("size-key").search(bare)
    told = any(key.search(bare) for key in (RATE_KEY, _PERIOD_KEY))
    return (
        bool(dated) or told or any(key.match(bare) for key in (LARGEST_KEY, FASTEST_KEY, _PLAYERS_KEY, _PLACES_KEY))
    )


def period(found: Sequence[Pair]) -> tuple[int, int] | None:
    """The forecast period that the header gives, as first and last year."""
    told = (figures.periods(pair.value) for pair in found if _PERIOD_KEY.search(pair.key))
    first = next((periods[0] for periods in told if periods), None)
    return (first.first, first.last) if first else None


def players(found: Sequence[Pair]) -> Iterator[Listed]:
    """The companies of pairs like "Key companies profiled"."""
    for pair in found:
        if _PLAYERS_KEY.match(pair.key) and not _RUN_TOGETHER.search(pair.value):
            yield from names_only(_MORE_PLAYERS.sub("", pair.value), pair.value_start)


def places(found: Sequence[Pair]) -> Iterator[Item]:
    """The regions and countries that pairs like "Regional scope" list."""
    for pair in found:
        if _PLACES_KEY.match(pair.key):
            items = list(items_of("Region", pair.value_start, pair.value))
            if len(items) > 2 or any(regions.find(item.text) for item in items):
                yield from items
