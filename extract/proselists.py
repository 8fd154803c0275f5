"""Taxonomies inside of sentences and titles: "the market is segmented into A, B and C", "by Type (A, B)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.lines import Line
from extract.listitems import Item, list_pieces, split
from extract.sections import Section
from ontology import cues, regions

_REST = r"(?:[^.:;]|\.(?=\w))+"
_INTO = re.compile(
    rf"(?:{cues.any_of('based-on')}\s+(?:the\s+)?(?P<name>[\w/& -]{{2,40}}?),?\s+)?"
    rf"\b(?:[Tt]he|[Ii]t|[Tt]his)\b[^.:;]{{0,90}}?\b{cues.any_of('divided')}\b\s+"
    rf"(?:{cues.any_of('divided-by')} (?P<by>[\w/& -]{{2,40}}?)\s+)?(?:into|as|in)\s+"
    rf"(?:the following[^:]{{0,40}}:\s*)?(?P<list>{_REST})"
)
_DISTINGUISHED = re.compile(
    rf"\b[Bb]y (?P<name>[\w/& -]{{2,40}}?),?\s+"
    rf"(?:{cues.any_of('divider')}\s+{cues.any_of('distinguishes')}|there are)\s+(?P<list>{_REST})"
    rf"|\b{cues.any_of('divides')} (?:it|them|the [\w -]{{0,40}}?market)\s+(?:down\s+)?by (?P<by>[\w/& -]{{2,40}}?)"
    rf"\s+into\s+(?P<parts>{_REST})"
)
_DEFINED = re.compile(
    r"\s*(?:and\s+)?(?:[Tt]he\s+)?(?P<name>[A-Z][\w& -]{2,40}?)"
    rf"(?:\s+{cues.any_of('means')}\s+|\s*:\s*)(?P<list>.+)$"
)
_BRACKETED = re.compile(
    r"(?:\bby |[,:] (?:and )?(?:by )?|\band (?:by )?)(?P<name>[A-Z][\w/&’' -]{1,40}?)\s*"
    r"\((?P<list>[^()]+(?:\([^()]*\)[^()]*)*)\)",
    re.I,
)
_ARTICLE = re.compile(cues.any_of("item-article"))
#: How many sections from the top on may be title and summary.
_TOP = 6


def in_prose(sections: Sequence[Section]) -> Iterator[Item]:
    """The items of lists inside sentences: "Based on type, the market is segmented into A, B and C"."""
    for section in sections:
        if section.kind not in ("contents", "developments", "boilerplate", "faq"):
            for line in section.lines:
                if line.prose:
                    yield from _of_sentences(line)


def in_brackets(sections: Sequence[Section]) -> Iterator[Item]:
    """The items in the brackets of a title or summary: "by Type (A, B), by Region (C, D)"."""
    for section in sections[:_TOP]:
        for line in section.all_lines:
            if re.search(r"\bby\b", line.text, re.I) and re.search(r"\b(?:market|segmented)\b", line.text, re.I):
                for match in _BRACKETED.finditer(line.text):
                    if "," in match["list"] or " and " in match["list"]:
                        yield from _listed(match["name"], line, (match.start("list"), match["list"]))


def _of_sentences(line: Line) -> Iterator[Item]:
    for match in _INTO.finditer(line.text):
        name = match["name"] or match["by"]
        if name and len(name.split()) <= 4:
            yield from _listed(name, line, (match.start("list"), match["list"]))
    for match in _DISTINGUISHED.finditer(line.text):
        group = "list" if match["list"] else "parts"
        yield from _listed(match["name"] or match["by"], line, (match.start(group), match[group]))
    for clause in re.finditer(r"[^;.]+", line.text):
        yield from _defined_places(clause.group(), line.start + clause.start())


def _listed(name: str, line: Line, listed: tuple[int, str]) -> Iterator[Item]:
    """The items of a list at an offset of a line's text; glosses in brackets are left away."""
    at, text = line.start + listed[0] - 2, listed[1]
    dimension = name.strip().title() if name.islower() else name.strip()
    for item in split(dimension, at, ": " + text):
        bare = re.sub(r"\s*\([^()]*\)?$", "", item.text)
        lead = _ARTICLE.match(bare)
        begin = lead.end() if lead else 0
        if bare[begin:] and (bare[:1].isupper() or len(bare.split()) <= 4):
            yield replace(item, start=item.start + begin, end=item.start + len(bare), text=bare[begin:])


def _defined_places(clause: str, at: int) -> Iterator[Item]:
    """Regions that prose defines by their countries: "Western Europe means Germany, France and Belgium"."""
    head = _DEFINED.match(clause)
    if head is None or regions.find(head["name"]) is None:
        return
    above = Item("Region", at + head.start("name"), at + head.end("name"), head["name"], 0, None)
    below = []
    for first, last in list_pieces(head["list"]):
        name = re.sub(r"^the\s+", "", head["list"][first:last].strip())
        start = at + head.start("list") + head["list"].index(name, first)
        below.append(Item("Region", start, start + len(name), name, 1, above))
    if len(below) > 1 and all(regions.find(item.text) for item in below):
        yield above
        yield from below
