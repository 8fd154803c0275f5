"""The items of a list in one text: alone, in a row, with items below them in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ontology import cues, regions

_PLACES = re.compile(cues.any_of("places-dimension"), re.I)
_COMMA_AND = r",\s+(?:and\s+)?"
_LAST_AND = r"\s+and\s+(?=[^,]*$)"
_CHILDREN = re.compile(r"(?P<name>[^():]+?)\s*(?:\((?P<in>[^()]+)\)|:\s*(?P<after>\S.+))")
_DOTTED = re.compile(
    r"(?:^|(?<=\s)|(?<=\)))(?P<mark>·|o(?=\s+[A-Z]))\s+(?P<name>[^·(]+?)(?=\s*\(By\b|\s+·|\s+o\s+[A-Z]|\s*$)"
)


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


def items_of(dimension: str, at: int, text: str) -> Iterator[Item]:
    """The items of a list in one text, as of a table cell at offset `at`."""
    for item in split(dimension, at - 2, ": " + text):
        if not is_places(dimension) or regions.find(item.text) or item.text[:1].isupper():
            yield item


def split(dimension: str, at: int, text: str, *, depth: int = 0, parent: Item | None = None) -> Iterator[Item]:
    """The items of one line: alone, separated by commas or slashes, with children in brackets or after a colon."""
    if "·" in text:
        yield from _dotted(dimension, at, text)
        return
    lead = re.match(r"[:–\s-]+", text)
    begin = lead.end() if lead else 0
    initials = re.search(r"\b[A-Z]\.(?:[A-Z]\.)+$", text.rstrip())
    end = len(text.rstrip() if initials else text.rstrip(" ."))
    if text[begin:end].startswith("(") and text[begin:end].endswith(")"):
        begin, end = begin + 1, end - 1
    several = lead or " / " in text or "; " in text or begin > 0
    separators = _separators(dimension, text[begin:end]) if several else None
    for start, stop in pieces(text, begin, end, separators):
        yield from _with_children(Item(dimension, at + start, at + stop, text[start:stop], depth, parent))


def _separators(dimension: str, text: str) -> str:
    """The pattern of what separates the items of a list; "and" may also stand within names."""
    last = re.search(r"(?:^|,)\s*([^,]*\sand\s[^,]*)$", text)
    if is_places(dimension) and last and regions.find(re.sub(r"^and\s+", "", last[1].strip())):
        return rf"{_COMMA_AND}|;\s"
    if re.search(r"\s/\s|;\s", text):
        return r"\s/\s|;\s"
    within_names = text.count(" and ") > 1 or re.search(r",\s+and\s", text)
    return _COMMA_AND if within_names else rf",\s+|{_LAST_AND}"


def _dotted(dimension: str, at: int, text: str) -> Iterator[Item]:
    """Items that lost markup strung together: "· North America (By Type) o U.S. o Canada · Europe"."""
    above: Item | None = None
    for match in _DOTTED.finditer(text):
        start = at + match.start("name")
        child = match["mark"] == "o"
        item = Item(dimension, start, start + len(match["name"]), match["name"], int(child), above if child else None)
        above = above if child else item
        yield item


def pieces(text: str, begin: int, end: int, separators: str | None) -> Iterator[tuple[int, int]]:
    """Spans of the text between separators that stand outside of brackets; the whole where there are none."""
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


def list_pieces(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the names of a list that ends in "A, B and C"."""
    return pieces(text, 0, len(text), rf"{_COMMA_AND}|{_LAST_AND}")


def children(text: str) -> re.Match[str] | None:
    """An item with others below it, in brackets ("in") or behind a colon ("after")."""
    return _CHILDREN.fullmatch(text)


def _with_children(raw: Item) -> Iterator[Item]:
    """An item as its piece of text gives it, and the items below it."""
    piece = raw.text.strip()
    start = raw.start + len(raw.text) - len(raw.text.lstrip())
    nested = children(piece)
    inside = (nested["in"] or nested["after"]) if nested else ""
    head = nested["name"].strip() if nested else piece
    listed = bool(inside) and not inside.startswith("By ") and _is_list(raw.dimension, inside)
    text = head if listed or inside.startswith("By ") else piece
    if not text:
        return
    item = Item(raw.dimension, start, start + len(text), text, raw.depth, raw.parent)
    yield item
    if listed:
        yield from _below(item, start + piece.index(inside, len(head)), inside)


def _below(above: Item, at: int, text: str) -> Iterator[Item]:
    for first, last in pieces(text, 0, len(text), rf"{_COMMA_AND}|;\s*|{_LAST_AND}"):
        name = text[first:last].strip()
        if name:
            start = at + first + text[first:last].index(name)
            yield Item(above.dimension, start, start + len(name), name, above.depth + 1, above)


def _is_list(dimension: str, inside: str) -> bool:
    """Whether what stands in brackets are items below, not an acronym or a gloss."""
    if re.fullmatch(r"[A-Z][A-Za-z&]{1,6}", inside) and sum(c.isupper() for c in inside) > 1:
        return inside in ("US", "UK", "UAE", "USA") and is_places(dimension)
    return bool(re.search(r"[,;/]| and ", inside)) or is_places(dimension)
