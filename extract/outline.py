"""Taxonomies that reports list: dimensions with their items, nested; makes no facts of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.lines import Line
from extract.sections import Section, bare_heading

#: Parts of a report that may hold such lists; contents pages repeat them with noise.
LISTING = frozenset(("overview", "scope", "segments", "regions", "players", "trends"))

_DIMENSION = (
    r"(?!(?:and|or|the|of|our|value|volume|revenue|company|competitor|vendor|player)\b)"
    r"(?P<name>[A-Z][\w/&+’'. -]{1,42}?)"
)
BY = re.compile(rf"(?:.*[,:–-]\s*)?\b[Bb][Yy] {_DIMENSION}(?: segments?| categor(?:y|ies))?\s*(?P<rest>[:(–-].*)?$")
_OUTLOOK = re.compile(rf"{_DIMENSION} (?:Outlook|Segment Analysis|Segments?|Scope) ?\((?:Revenue|Value|Volume|USD|Sales).*\)$")
_PLAIN = re.compile(r"(?P<name>[A-Z][\w/&’' -]{1,40}?)\s*:?$")
_BASED = re.compile(r"(?:Based on|On the basis of|In terms of) (?:the )?(?P<name>[\w/& -]{2,40}?)(?P<rest>\s*[:–-].*)?$")
_INLINE = re.compile(rf"{_DIMENSION}\s*(?P<rest>\(.+\)|: .+,.+)$")
_GLUED = re.compile(r"(?<=[a-z)])(?=By [A-Z])")
_PLACES = re.compile(r"regions?|regional|geograph\w*|countr(?:y|ies)|area|geographic\w*|territor(?:y|ies)", re.I)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a taxonomy: `start` and `end` are its offsets in the document.

    `depth` is 0 for the items directly below the dimension; `parent` is the item above.
    """

    dimension: str
    start: int
    end: int
    text: str
    depth: int
    parent: Item | None


def is_places(dimension: str) -> bool:
    """Whether the items of a dimension are regions or countries."""
    return bool(_PLACES.search(dimension))


def items(sections: Sequence[Section], market: str | None) -> Iterator[Item]:
    """The items of all lists that stand under the name of a dimension ("By Type")."""
    for section in sections:
        if section.kind in LISTING:
            head = (section.heading,) if section.heading else ()
            yield from _of_lines((*head, *section.lines), market, scope=section.kind == "scope")


def _of_lines(lines: Sequence[Line], market: str | None, *, scope: bool) -> Iterator[Item]:
    lines = [piece for line in lines for piece in _unglued(line)]
    i = 0
    while i < len(lines):
        openers = _openers_in_a_row(lines, i, market)
        if openers > 1:  # which items belong to which is lost
            i = _end_of_bullets(lines, i + openers)
            continue
        rows = _tab_rows(lines, i) if scope else 0
        if rows:
            yield from _of_tabs(lines[i : i + rows])
            i += rows
            continue
        opened = _opener(lines, i, market, scope=scope)
        i += 1
        if opened is None:
            continue
        name, rest = opened
        if rest:
            yield from _split_items(name, *rest, depth=0, parent=None)
            continue
        block = _block(lines, i, market)
        i += len(block)
        if block:
            yield from _of_block(name, block)


def _openers_in_a_row(lines: Sequence[Line], i: int, market: str | None) -> int:
    """How many lines from `i` on open a list without an item of their own."""
    count = 0
    for j in range(i, len(lines)):
        opened = _opener(lines, j, market, scope=False)
        if opened is None or opened[1] is not None:
            break
        count += 1
    return count


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


def _opener(
    lines: Sequence[Line], i: int, market: str | None, *, scope: bool
) -> tuple[str, tuple[int, str] | None] | None:
    """The dimension that a line opens, with the offset and text of items on the same line."""
    line = lines[i]
    if line.cells:
        (_, name), (at, rest) = line.cells[0], line.cells[1]
        by = BY.match(name)
        return (by["name"], (at, rest)) if by and len(line.cells) == 2 else None
    if line.prose and not re.match(r"(?:By|Based on|On the basis of)\b", line.text):
        return None
    text = line.text.rstrip(" :")
    match = BY.match(text) or _OUTLOOK.match(text) or _BASED.match(text)
    if match is None and scope and not line.prose:
        match = _opens_deeper(lines, i, market) or (_INLINE.match(line.text) if line.bullet else None)
    if match is None:
        return None
    rest = match.groupdict().get("rest")
    if not rest:
        return match["name"].strip(), None
    if not re.search(r"[,;/(]", rest):
        return None
    at = line.start + match.start("rest")
    return match["name"].strip(), (at, rest)


def _opens_deeper(lines: Sequence[Line], i: int, market: str | None) -> re.Match[str] | None:
    """A bare name opens a list where the lines below it are bullets of a deeper level."""
    following = lines[i + 1] if i + 1 < len(lines) else None
    if following is None or not following.bullet or following.prose or lines[i].numbered:
        return None
    deeper = not lines[i].bullet or following.marker != lines[i].marker or following.indent > lines[i].indent
    bare = bare_heading(lines[i].text, market)
    return _PLAIN.match(bare) if deeper and len(bare.split()) <= 5 else None


def _block(lines: Sequence[Line], i: int, market: str | None) -> list[Line]:
    """The lines from `i` on that are items of the list opened before them."""
    found: list[Line] = []
    opener = lines[i - 1]
    for j in range(i, len(lines)):
        line = lines[j]
        if line.cells or _opener(lines, j, market, scope=False) or _ended(line, opener, found):
            break
        found.append(line)
    return found


def _ended(line: Line, opener: Line, found: Sequence[Line]) -> bool:
    if line.text.endswith((".", ":", "?", "!")) and len(line.text.split()) > 3 and not _children(line.text):
        return True
    if len(line.text.split()) > 14 and "," not in line.text and " / " not in line.text:
        return True
    if line.bullet:
        return bool(opener.bullet and line.marker == opener.marker and line.indent <= opener.indent)
    marked = any(each.bullet for each in found)
    if marked and not found[0].bullet:  # plain items with marked sub-items
        return line.blanks > 0
    return marked or line.blanks > (0 if found else 1) or line.numbered


def _of_block(dimension: str, block: Sequence[Line]) -> Iterator[Item]:
    levels: list[tuple[str, int]] = []
    above: list[Item] = []
    for line in block:
        key = (line.marker, line.indent)
        if key not in levels:
            levels.append(key)
        depth = levels.index(key)
        for item in _split_items(
            dimension, line.start, line.text, depth=depth, parent=above[depth - 1] if 0 < depth <= len(above) else None
        ):
            if item.depth == depth:
                above = [*above[:depth], item]
            yield item


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


def _split_items(dimension: str, at: int, text: str, *, depth: int, parent: Item | None) -> Iterator[Item]:
    """The items of one line: alone, separated by commas or slashes, with children in brackets or after a colon."""
    lead = re.match(r"[:–\s-]+", text)
    begin = lead.end() if lead else 0
    end = len(text.rstrip()) if re.search(r"\b[A-Z]\.(?:[A-Z]\.)+$", text.rstrip()) else len(text.rstrip(" ."))
    if text[begin:end].startswith("(") and text[begin:end].endswith(")"):
        begin, end = begin + 1, end - 1
    separators = r"\s/\s|;\s" if re.search(r"\s/\s|;\s", text[begin:end]) else r",\s+(?:and\s+)?|\s+and\s+(?=[^,]*$)"
    several = bool(lead) or " / " in text or "; " in text or begin > 0
    for start, stop in _pieces(text, begin, end, separators if several else None):
        yield from _with_children(dimension, at, text, start, stop, depth=depth, parent=parent)


def _pieces(text: str, begin: int, end: int, separators: str | None) -> Iterator[tuple[int, int]]:
    """Spans of the text between separators that stand outside of brackets."""
    start, level = begin, 0
    pattern = re.compile(separators) if separators else None
    i = begin
    while i < end:
        level += (text[i] == "(") - (text[i] == ")")
        match = pattern.match(text, i, end) if pattern and level == 0 else None
        if match and match.end() > i:
            yield start, i
            i = start = match.end()
            continue
        i += 1
    yield start, end


def _children(text: str) -> re.Match[str] | None:
    return re.fullmatch(r"(?P<name>[^():]+?)\s*(?:\((?P<in>[^()]+)\)|:\s*(?P<after>\S.+))", text)


def _is_list(dimension: str, inside: str) -> bool:
    """Whether what stands in brackets are items below, not an acronym or a gloss."""
    if re.fullmatch(r"[A-Z][A-Za-z&]{1,6}", inside) and sum(c.isupper() for c in inside) > 1:
        return inside in ("US", "UK", "UAE", "USA") and is_places(dimension)
    return bool(re.search(r"[,;/]| and ", inside)) or is_places(dimension)


def _with_children(
    dimension: str, at: int, text: str, start: int, stop: int, *, depth: int, parent: Item | None
) -> Iterator[Item]:
    piece = text[start:stop]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    if not piece:
        return
    nested = _children(piece)
    inside = (nested["in"] or nested["after"]) if nested else None
    if nested and inside and _is_list(dimension, inside):
        head = nested["name"].strip()
        item = Item(dimension, at + start, at + start + len(head), head, depth, parent)
        yield item
        where = at + start + piece.index(inside, len(head))
        begin = 0
        for first, last in _pieces(inside, begin, len(inside), r",\s+(?:and\s+)?|;\s*|\s+and\s+(?=[^,]*$)"):
            name = inside[first:last].strip()
            if name:
                offset = where + first + inside[first:last].index(name)
                yield Item(dimension, offset, offset + len(name), name, depth + 1, item)
        return
    yield Item(dimension, at + start, at + start + len(piece), piece, depth, parent)
