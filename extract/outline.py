"""Taxonomies that reports list: dimensions with their items, nested; makes no facts of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract import placelists
from extract.lines import Line
from extract.listitems import Item, children, is_places, split
from extract.openers import announced, in_a_row, opened
from extract.proselists import in_brackets, in_prose
from extract.sections import Section
from ontology import regions

#: Parts of a report that may hold such lists; contents pages repeat them with noise.
LISTING = frozenset(("overview", "scope", "segments", "regions", "players", "trends"))
_GLUED = re.compile(r"(?<=[a-z)])(?=By [A-Z])|(?<=[a-z]:)(?=[A-Z])")


def all_items(sections: Sequence[Section], market: str | None) -> tuple[Item, ...]:
    """Listed items, those of prose that no list has, and those in brackets of dimensions that nothing else has."""
    found = list(items(sections, market))
    names = {_key(item.text) for item in found}
    found += [item for item in in_prose(sections) if _key(item.text) not in names]
    dimensions = {_key(item.dimension) for item in found}
    found += [item for item in in_brackets(sections) if _key(item.dimension) not in dimensions]
    starts = {item.start for item in found}
    found += [item for item in placelists.find(sections) if item.start not in starts]
    return tuple(found)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def items(sections: Sequence[Section], market: str | None) -> Iterator[Item]:
    """The items of all lists that stand under the name of a dimension ("By Type")."""
    for section in sections:
        if section.kind in LISTING:
            lists_only = section.kind == "segments" and not any(line.prose for line in section.lines)
            yield from _of_lines(section.all_lines, market, scope=section.kind == "scope" or lists_only)


def _of_lines(lines: Sequence[Line], market: str | None, *, scope: bool) -> Iterator[Item]:
    lines = [piece for line in lines for piece in _unglued(line)]
    i = 0
    while i < len(lines):
        openers = in_a_row(lines, i, market)
        rows = _tab_rows(lines, i) if scope else 0
        if openers > 1:  # which items belong to which is lost
            i = _end_of_bullets(lines, i + openers)
        elif rows:
            yield from _of_tabs(lines[i : i + rows])
            i += rows
        else:
            found = opened(lines, i, market, scope=scope or announced(lines, i))
            block = _block(lines, i + 1, market, places=is_places(found[0])) if found and not found[1] else []
            if found and found[1]:
                yield from split(found[0], *found[1])
            elif found:
                yield from _of_block(found[0], block)
            i += 1 + len(block)


def _end_of_bullets(lines: Sequence[Line], i: int) -> int:
    while i < len(lines) and lines[i].bullet:
        i += 1
    return i


def _unglued(line: Line) -> Iterator[Line]:
    """The line, or the two that lost markup ran together ("ServicesBy Deployment")."""
    cut = _GLUED.search(line.text) if not line.cells else None
    if cut is None:
        yield line
        return
    at = cut.start()
    yield replace(line, text=line.text[:at], end=line.start + at)
    yield replace(line, text=line.text[at:], start=line.start + at, marker="", blanks=0)


def _block(lines: Sequence[Line], i: int, market: str | None, *, places: bool) -> list[Line]:
    """The lines from `i` on that are items of the list opened before them."""
    found: list[Line] = []
    opener = lines[i - 1]
    for j in range(i, len(lines)):
        line = lines[j]
        if line.cells and places and regions.find(line.cells[0][1]):
            found.append(line)
            continue
        if line.cells or opened(lines, j, market, scope=False) or _ended(line, opener, found):
            break
        found.append(line)
    following = lines[i + len(found)] if i + len(found) < len(lines) else None
    if len(found) > 1 and following is not None and following.prose and not found[-1].bullet and found[-1].blanks:
        found.pop()  # the heading of the prose that follows
    return found


def _ended(line: Line, opener: Line, found: Sequence[Line]) -> bool:
    if line.text.endswith((".", ":", "?", "!")) and len(line.text.split()) > 3 and not children(line.text):
        return True
    if len(line.text.split()) > 14 and "," not in line.text and " / " not in line.text:
        return True
    if line.bullet:
        return bool(opener.bullet and line.marker == opener.marker and line.indent <= opener.indent)
    marked = any(each.bullet for each in found)
    if marked and not found[0].bullet:  # plain items with marked sub-items
        return line.blanks > 0
    allowed = 1 if not found else found[0].blanks
    return (
        marked
        or line.blanks > allowed
        or line.numbered
        or (allowed > 0 and bool(found) and len(line.text.split()) > 5)
    )


def _of_block(dimension: str, block: Sequence[Line]) -> Iterator[Item]:
    levels: list[tuple[str, int]] = []
    above: list[Item] = []
    marked = any(line.bullet for line in block)
    for line in block:
        if line.cells:
            above = _of_row(dimension, line)
            yield from above
            continue
        if (line.marker, line.indent) not in levels:
            levels.append((line.marker, line.indent))
        depth = levels.index((line.marker, line.indent))
        if is_places(dimension) and not marked:
            depth = _place_depth(line.text, above) if not line.indent else min(len(above), 1)
        parent = above[depth - 1] if 0 < depth <= len(above) else None
        for item in split(dimension, line.start, line.text, depth=depth, parent=parent):
            if item.depth == depth:
                above = [*above[:depth], item]
            yield item


def _of_row(dimension: str, line: Line) -> list[Item]:
    """A region and the country below it, in the first two cells of a row."""
    found: list[Item] = []
    for depth, (at, text) in enumerate(line.cells[:2]):
        found.append(Item(dimension, at, at + len(text), text, depth, found[0] if depth else None))
    return found


def _place_depth(name: str, above: Sequence[Item]) -> int:
    """Without marks a country stands below the region before it."""
    place = regions.find(name)
    return 1 if above and place is not None and place.level == "country" and _above_country(above[0]) else 0


def _above_country(item: Item) -> bool:
    place = regions.find(item.text)
    return place is None or place.level == "region"


def _tab_rows(lines: Sequence[Line], i: int) -> int:
    """How many lines from `i` on form a table whose first column names dimensions; 0 where there is none."""
    line = lines[i]
    if "\t" not in line.text or not line.cells or line.indent:
        return 0
    rows = 1
    while i + rows < len(lines) and ("\t" in lines[i + rows].text or lines[i + rows].indent):
        rows += 1
    return rows if rows > 2 and any(each.indent for each in lines[i : i + rows]) else 0


def _of_tabs(rows: Sequence[Line]) -> Iterator[Item]:
    dimension = ""
    above: list[Item] = []
    for row in rows:
        column = row.indent // 4
        cells = row.cells or ((row.start, row.text),)
        for offset, text in cells:
            if column == 0:
                dimension, above = text, []
            else:
                parent = above[column - 2] if 1 < column <= len(above) + 1 else None
                item = Item(dimension, offset, offset + len(text), text, column - 1, parent)
                above = [*above[: column - 1], item]
                yield item
            column += 1
