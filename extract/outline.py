"""Taxonomies that reports list: dimensions with their items, nested; makes no facts of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.nameforms import is_form
from extract.lines import Line
from extract.sections import Section, bare_heading, kind_of
from ontology import regions

#: Parts of a report that may hold such lists; contents pages repeat them with noise.
LISTING = frozenset(("overview", "scope", "segments", "regions", "players", "trends"))

_DIMENSION = (
    r"(?!(?:and|or|the|of|our|value|volume|revenue|company|competitor|vendor|player)\b)"
    r"(?P<name>[A-Z][\w/&+’'. -]{1,42}?)"
)
BY = re.compile(
    rf"(?:.*[,:–-]\s*|(?:Market )?(?:Breakup|Breakdown|Segmentation|Split|Share|Analysis|Segments?) )?\b[Bb][Yy] {_DIMENSION}"
    r"(?: segments?| categor(?:y|ies))?\s*(?P<rest>[:(–·-].*)?$"
)
_OUTLOOK = re.compile(
    rf"{_DIMENSION} (?:Outlook|Segment Analysis|Segments?|Scope) ?\((?:Revenue|Value|Volume|USD|Sales).*\)$"
)
_PLAIN = re.compile(r"(?P<name>[A-Z][\w/&’' -]{1,40}?)\s*:?$")
_BASED = re.compile(
    r"(?:Based on|On the basis of|In terms of|By) (?:the )?(?P<name>[\w/& -]{2,40}?)"
    r"(?:,? (?:the|this|it)\b[^.:]{0,80}\b(?:segmented|divided|classified|categori[sz]ed|split|grouped)\b[^.:]{0,20}|(?P<rest>\s*[:–-].*))?:?$"
)
_INTO = re.compile(
    r"(?:(?:\b(?:[Bb]ased|[Dd]epending) on|\b[Ii]n terms of|\b[Oo]n the basis of|\b[Bb]y|\b[Aa]ccording to|\b[Ww]ith regard to|\b[Aa]s per)\s+(?:the\s+)?"
    r"(?P<name>[\w/& -]{2,40}?),?\s+)?\b(?:[Tt]he|[Ii]t|[Tt]his)\b[^.:;]{0,90}?\b(?:segmented|divided|classified|categori[sz]ed|bifurcated|split|"
    r"broken down|segregated|trifurcated|grouped|separated)\b\s+(?:(?:by|on the basis of|based on) (?P<by>[\w/& -]{2,40}?)\s+)?(?:into|as|in)\s+(?:the following[^:]{0,40}:\s*)?"
    r"(?P<list>(?:[^.:;]|\.(?=\w))+)"
)
_DISTINGUISHED = re.compile(
    r"\b[Bb]y (?P<name>[\w/& -]{2,40}?),?\s+(?:(?:we|one|it|the (?:study|report|market))\s+(?:distinguish(?:es)?|separates?|counts?|recogni[sz]es|comprises|includes|covers)|there are)\s+"
    r"(?P<list>(?:[^.:;]|\.(?=\w))+)"
    r"|\b(?:divides?|splits?|breaks?) (?:it|them|the [\w -]{0,40}?market)\s+(?:down\s+)?by (?P<by>[\w/& -]{2,40}?)\s+into\s+(?P<parts>(?:[^.:;]|\.(?=\w))+)"
)
_DEFINED = re.compile(
    r"\s+(?:means|comprises|covers|includes|consists? of|is|are|stands? for|encompasses|is made up of|takes in)\s+|\s*:\s*"
)
_BRACKETED = re.compile(
    r"(?:\bby |[,:] (?:and )?(?:by )?|\band (?:by )?)(?P<name>[A-Z][\w/&’' -]{1,40}?)\s*\((?P<list>[^()]+(?:\([^()]*\)[^()]*)*)\)",
    re.I,
)
_INSIGHTS = re.compile(
    r"(?P<name>[A-Z][\w/&’' -]{1,40}?) (?:Insights?|Analysis|Outlook|Segments?|Breakdown|Scope)\s*:?$"
)
_INLINE = re.compile(rf"{_DIMENSION}\s*(?P<rest>\(.+\)|: .+,.+)$")
_GLUED = re.compile(r"(?<=[a-z)])(?=By [A-Z])|(?<=[a-z]:)(?=[A-Z])")
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


def all_items(sections: Sequence[Section], market: str | None) -> tuple[Item, ...]:
    """Listed items, then those of prose that no list has, then those in brackets of dimensions that nothing else has."""
    found = list(items(sections, market))
    names = {_key(item.text) for item in found}
    found += [item for item in in_prose(sections) if _key(item.text) not in names]
    dimensions = {_key(item.dimension) for item in found}
    found += [item for item in in_brackets(sections) if _key(item.dimension) not in dimensions]
    return tuple(found)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def is_places(dimension: str) -> bool:
    """Whether the items of a dimension are regions or countries."""
    return bool(_PLACES.search(dimension))


def items(sections: Sequence[Section], market: str | None) -> Iterator[Item]:
    """The items of all lists that stand under the name of a dimension ("By Type")."""
    for section in sections:
        if section.kind in LISTING:
            head = (section.heading,) if section.heading else ()
            yield from _of_lines(
                (*head, *section.lines), market, scope=section.kind == "scope" or _lists_only(section)
            )


def _lists_only(section: Section) -> bool:
    return section.kind == "segments" and not any(line.prose for line in section.lines)


def in_prose(sections: Sequence[Section]) -> Iterator[Item]:
    """The items of lists inside sentences: "Based on type, the market is segmented into A, B and C"."""
    for section in sections:
        if section.kind in ("contents", "developments", "boilerplate", "faq"):
            continue
        for line in section.lines:
            if line.prose:
                for match in _INTO.finditer(line.text):
                    name = match["name"] or match["by"]
                    if name and len(name.split()) <= 4:
                        yield from _inline(name, line, (match.start("list"), match["list"]))
                for match in _DISTINGUISHED.finditer(line.text):
                    group = "list" if match["list"] else "parts"
                    yield from _inline(match["name"] or match["by"], line, (match.start(group), match[group]))
                yield from _defined_places(line)


def in_brackets(sections: Sequence[Section]) -> Iterator[Item]:
    """The items in the brackets of a title or summary: "by Type (A, B), by Region (C, D)"."""
    for section in sections[:6]:
        for line in (*((section.heading,) if section.heading else ()), *section.lines):
            if re.search(r"\bby\b", line.text, re.I) and re.search(r"\b(?:market|segmented)\b", line.text, re.I):
                for match in _BRACKETED.finditer(line.text):
                    if "," in match["list"] or " and " in match["list"]:
                        yield from _inline(match["name"], line, (match.start("list"), match["list"]))


def items_of(dimension: str, at: int, text: str) -> Iterator[Item]:
    """The items of a list in one text, as of a table cell at offset `at`."""
    for item in _split_items(dimension, at - 2, ": " + text, depth=0, parent=None):
        if not is_places(dimension) or regions.find(item.text) or item.text[:1].isupper():
            yield item


def _inline(name: str, line: Line, listed: tuple[int, str]) -> Iterator[Item]:
    """The items of a list at an offset of a line's text; glosses in brackets are left away."""
    at, text = line.start + listed[0], listed[1]
    for item in _split_items(
        name.strip().title() if name.islower() else name.strip(), at, ": " + text, depth=0, parent=None
    ):
        bare = re.sub(r"\s*\([^()]*\)?$", "", item.text)
        lead = re.match(r"(?:what is left of |the |a |an )", bare)
        begin = lead.end() if lead else 0
        if (bare[:1].isupper() or len(bare.split()) <= 4) and bare[begin:]:
            yield replace(item, start=item.start - 2 + begin, end=item.start - 2 + len(bare), text=bare[begin:])


def _defined_places(line: Line) -> Iterator[Item]:
    """Regions that prose defines by their countries: "Western Europe means Germany, France and Belgium"."""
    for clause in re.finditer(r"[^;.]+", line.text):
        head = re.match(
            r"\s*(?:and\s+)?(?:[Tt]he\s+)?(?P<name>[A-Z][\w& -]{2,40}?)(?P<verb>"
            + _DEFINED.pattern
            + r")(?P<list>.+)$",
            clause.group(),
        )
        if head is None or regions.find(head["name"]) is None:
            continue
        base = line.start + clause.start()
        above = Item("Region", base + head.start("name"), base + head.end("name"), head["name"], 0, None)
        below = []
        for first, last in _pieces(head["list"], 0, len(head["list"]), r",\s+(?:and\s+)?|\s+and\s+(?=[^,]*$)"):
            name = re.sub(r"^the\s+", "", head["list"][first:last].strip())
            start = base + head.start("list") + head["list"].index(name, first)
            below.append(Item("Region", start, start + len(name), name, 1, above))
        if len(below) > 1 and all(regions.find(item.text) for item in below):
            yield above
            yield from below


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
        opened = _opener(lines, i, market, scope=scope or _announced(lines, i))
        i += 1
        if opened is None:
            continue
        name, rest = opened
        if rest:
            yield from _split_items(name, *rest, depth=0, parent=None)
            continue
        block = _block(lines, i, market, places=is_places(name))
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
        by, inner = BY.match(name), BY.match(rest) if "·" in rest else None
        if inner and inner["rest"]:
            return inner["name"], (at + inner.start("rest"), inner["rest"])
        row = by or (_ROW.fullmatch(name) if scope and _is_row(name, rest) else None)
        return (row["name"], (at - 2, ": " + rest)) if row and len(line.cells) == 2 else None
    if line.prose and not re.match(r"(?:By|Based on|On the basis of)\b", line.text):
        return None
    text = line.text.rstrip(" :")
    match = BY.match(text) or _OUTLOOK.match(text) or _BASED.match(text)
    if match is None:
        match = _heads_list(lines, i, text)
    if match is None and scope and not line.prose:
        match = _opens_deeper(lines, i, market) or (_INLINE.match(line.text) if line.bullet else None)
    if match is None:
        return None
    listed = match.groupdict().get("rest")
    if not listed:
        return match["name"].strip(), None
    following = lines[i + 1] if i + 1 < len(lines) else None
    if not _lists(listed, heading=not (line.bullet or scope) and following is not None and following.prose):
        return None
    return match["name"].strip(), (line.start + match.start("rest"), listed)


_ROW = re.compile(r"(?P<name>[A-Z][\w/&’' -]{1,40})")
#: First cells of a scope table whose lists are no segments.
_NO_DIMENSION = re.compile(
    r"\b(?:years?|period|data|units?|coverage|covered|scope|compan\w+|players?|vendors?|format|pages?|price|pricing|market|growth|cagr|customi\w+|"
    r"delivery|segments?|segmentation|reports?|license|language|forecasts?|base|historical|currency|quantit\w+|methodology|details?|attributes?|value|volume|"
    r"drivers?|challenges?|trends?|restraints?|opportunit\w+|published|updated|formats?|analysts?)\b",
    re.I,
)


def _is_row(name: str, rest: str) -> bool:
    """Whether a table row lists segments: a name that is no key of a scope table, and two or more short items."""
    pieces = re.split(r"[,;]\s+(?:and\s+)?|\s+and\s+", re.sub(r"\([^()]*\)", "", rest))
    return (
        not _NO_DIMENSION.search(name)
        and len(pieces) >= 2
        and all(len(piece.split()) <= 5 for piece in pieces)
        and not re.search(r"\d|%|\.\s", rest)
        and not is_places(name)
    )


_VERBAL = re.compile(
    r"\b(?:is|are|was|were|has|have|had|held|holds?|will|leads?|led|dominat\w+|remains?|grow\w*|gains?|account\w*|accelerat\w+|anchors?|reshap\w+)\b"
)


def _lists(rest: str, *, heading: bool) -> bool:
    """Whether what follows a dimension on its line are items; a heading above prose rather makes a claim."""
    if not re.search(r"[,;/(·]| and ", rest) or re.search(r"[a-z]\. [A-Z]", rest):
        return False
    return not _VERBAL.search(rest.casefold()) and not (heading and "(" not in rest and rest.count(",") < 2)


def _announced(lines: Sequence[Line], i: int) -> bool:
    """Whether a line above says that segments follow: "... includes the following segments:"."""
    return any(re.search(r"\bsegment\w*\b[^.]*:$", line.text, re.I) for line in lines[:i])


def _heads_list(lines: Sequence[Line], i: int, text: str) -> re.Match[str] | None:
    """ "Product Insights" above bullets that are no sentences, or "Regional Outlook" above names of regions."""
    match = _INSIGHTS.match(text)
    below = lines[i + 1 : i + 3]
    if match is None or len(below) < 2 or lines[i].bullet or lines[i].numbered:
        return None
    bullets = all(
        line.bullet and not line.prose and len(line.text.split()) <= 8 and not is_form(line.text.split()[-1])
        for line in below
    )
    if re.search(
        r"\b(?:compan|player|vendor|competit|compet|key|market|leader|supplier|impact|report)", match["name"], re.I
    ):
        return None
    named = is_places(match["name"]) and all(regions.find(line.text) for line in below)
    return match if (bullets and below[0].marker == below[1].marker) or named else None


def _opens_deeper(lines: Sequence[Line], i: int, market: str | None) -> re.Match[str] | None:
    """A bare name opens a list where the lines below it are bullets of a deeper level."""
    following = lines[i + 1] if i + 1 < len(lines) else None
    if following is None or not following.bullet or following.prose or lines[i].numbered:
        return None
    deeper = not lines[i].bullet or following.marker != lines[i].marker or following.indent > lines[i].indent
    bare = bare_heading(lines[i].text, market)
    return _PLAIN.match(bare) if deeper and len(bare.split()) <= 5 and kind_of(bare) != "scope" else None


def _block(lines: Sequence[Line], i: int, market: str | None, *, places: bool) -> list[Line]:
    """The lines from `i` on that are items of the list opened before them."""
    found: list[Line] = []
    opener = lines[i - 1]
    for j in range(i, len(lines)):
        line = lines[j]
        if line.cells and places and regions.find(line.cells[0][1]):
            found.append(line)
            continue
        if line.cells or _opener(lines, j, market, scope=False) or _ended(line, opener, found):
            break
        found.append(line)
    following = lines[i + len(found)] if i + len(found) < len(lines) else None
    if len(found) > 1 and following is not None and following.prose and not found[-1].bullet and found[-1].blanks:
        found.pop()  # the heading of the prose that follows
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
    for line in block:
        if line.cells:
            above = []
            for depth, (at, text) in enumerate(line.cells[:2]):
                above.append(Item(dimension, at, at + len(text), text, depth, above[0] if depth else None))
            yield from above
            continue
        key = (line.marker, line.indent)
        if key not in levels:
            levels.append(key)
        depth = levels.index(key)
        if is_places(dimension) and not any(each.bullet for each in block):
            depth = _place_depth(line.text, above) if not line.indent else min(len(above), 1)
        for item in _split_items(
            dimension,
            line.start,
            line.text,
            depth=depth,
            parent=above[depth - 1] if 0 < depth <= len(above) else None,
        ):
            if item.depth == depth:
                above = [*above[:depth], item]
            yield item


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


def _split_items(dimension: str, at: int, text: str, *, depth: int, parent: Item | None) -> Iterator[Item]:
    """The items of one line: alone, separated by commas or slashes, with children in brackets or after a colon."""
    if "·" in text:
        yield from _dotted(dimension, at, text)
        return
    lead = re.match(r"[:–\s-]+", text)
    begin = lead.end() if lead else 0
    end = len(text.rstrip()) if re.search(r"\b[A-Z]\.(?:[A-Z]\.)+$", text.rstrip()) else len(text.rstrip(" ."))
    if text[begin:end].startswith("(") and text[begin:end].endswith(")"):
        begin, end = begin + 1, end - 1
    separators = r",\s+(?:and\s+)?" if re.search(r",\s+and\s", text[begin:end]) else r",\s+|\s+and\s+(?=[^,]*$)"
    if text.count(" and ", begin, end) > 1:  # names with "and" in them
        separators = r",\s+(?:and\s+)?"
    if re.search(r"\s/\s|;\s", text[begin:end]):
        separators = r"\s/\s|;\s"
    last = re.search(r"(?:^|,)\s*([^,]*\sand\s[^,]*)$", text[begin:end])
    if is_places(dimension) and last and regions.find(re.sub(r"^and\s+", "", last[1].strip())):
        separators = r",\s+(?:and\s+)?|;\s"
    several = bool(lead) or " / " in text or "; " in text or begin > 0
    for start, stop in _pieces(text, begin, end, separators if several else None):
        yield from _with_children(dimension, at, text, start, stop, depth=depth, parent=parent)


def _dotted(dimension: str, at: int, text: str) -> Iterator[Item]:
    """Items that lost markup strung together: "· North America (By Type) o U.S. o Canada · Europe"."""
    above: Item | None = None
    for match in re.finditer(
        r"(?:^|(?<=\s)|(?<=\)))(?P<mark>·|o(?=\s+[A-Z]))\s+(?P<name>[^·(]+?)(?=\s*\(By\b|\s+·|\s+o\s+[A-Z]|\s*$)",
        text,
    ):
        start = at + match.start("name")
        child = match["mark"] == "o"
        item = Item(dimension, start, start + len(match["name"]), match["name"], int(child), above if child else None)
        above = above if child else item
        yield item


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
    if nested and inside and inside.startswith("By "):
        piece = nested["name"].strip()
        nested = None
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
