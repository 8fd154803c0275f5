"""Regions and countries that stand in a row without the name of a dimension: lines of names, lists in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.lines import Line
from extract.listitems import Item, items_of
from extract.sections import Section
from ontology import cues, regions

#: How many places in a row are a list and no chance.
FEWEST = 3

_COVERED = re.compile(
    rf"\b{cues.any_of('places-covered')}\b[^.;:]{{0,90}}?(?:\b{cues.any_of('places-told')}\b|:)\s+"
    r"(?P<list>(?:[^.;]|\.(?=\w))+)"
)


def find(sections: Sequence[Section]) -> Iterator[Item]:
    """The places of such lists outside of contents and news, each with the region above it where lines tell that."""
    for section in sections:
        if section.kind in ("contents", "developments", "boilerplate", "players"):
            continue
        yield from _of_lines(section.all_lines)
        for line in section.lines:
            if line.prose:
                yield from _of_prose(line)


def _of_lines(lines: Sequence[Line]) -> Iterator[Item]:
    run: list[Line] = []
    for line in lines:
        if not line.prose and not line.cells and regions.find(line.text):
            run.append(line)
            continue
        yield from _of_run(run)
        run = []
    yield from _of_run(run)


def _of_run(run: Sequence[Line]) -> Iterator[Item]:
    """Each country stands below the region named last before it."""
    if len(run) < FEWEST:
        return
    above: Item | None = None
    for line in run:
        place = regions.find(line.text)
        country = place is not None and place.level == "country"
        item = Item(
            "Region", line.start, line.end, line.text, int(country and above is not None), above if country else None
        )
        above = above if country else item
        yield item


def _of_prose(line: Line) -> Iterator[Item]:
    for match in _COVERED.finditer(line.text):
        found = list(items_of("Region", line.start + match.start("list"), match["list"]))
        known = [item for item in found if regions.find(item.text)]
        if len(known) >= FEWEST and len(known) * 3 >= len(found) * 2:
            yield from known
