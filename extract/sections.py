"""A report's lines sorted into sections by their headings; reads no facts from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import ontology
from extract.lines import Line
from ontology import cues, regions

#: Sections that carry the same name in different reports; see `ci:SectionKind` in `ontology/ci.ttl`.
OPENING = "overview"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the lines below it.

    `kind` is one of `ontology.heading_cues()`; `heading` is None for what stands before the first heading;
    `topic` tells that the heading names no part of the report but what the part is about.
    """

    kind: str
    heading: Line | None
    topic: bool
    lines: tuple[Line, ...]

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The heading, if there is one, and the lines below it."""
        return (self.heading, *self.lines) if self.heading else self.lines


def sections(lines: Sequence[Line], market: str | None) -> tuple[Section, ...]:
    """The sections of a document in order; every line is the heading of one section or stands in one."""
    return tuple(_sections(lines, market))


@dataclass(slots=True)
class _Open:
    """The section being read."""

    kind: str = OPENING
    heading: Line | None = None
    topic: bool = False
    lines: list[Line] = field(default_factory=list)

    def closed(self) -> Section:
        """The section as it stands."""
        return Section(self.kind, self.heading, self.topic, tuple(self.lines))

    def done(self) -> Iterator[Section]:
        """The section, if it has begun."""
        if self.heading or self.lines:
            yield self.closed()


def _sections(lines: Sequence[Line], market: str | None) -> Iterator[Section]:
    spaced = sum(line.blanks > 0 for line in lines) * 12 > len(lines)
    listed = _contents(lines)
    now, opener = _Open(), None
    for i, line in enumerate(lines):
        changed = _contents_change(now, i, listed)
        if changed:
            yield from now.done()
            now = changed
        following = lines[i + 1] if i + 1 < len(lines) else None
        ends_list = bool(now.lines) and now.lines[-1].bullet and not line.bullet and len(line.text.split()) <= 6
        found = _opened(line, following, market, spaced=spaced and i > 0, within=now.kind, ends_list=ends_list)
        if found is None:
            if now.kind == "contents" and line.prose and not line.numbered:
                yield now.closed()  # sentences follow the contents without a heading
                now = _Open("faq" if line.text.endswith("?") else OPENING)
            now.lines.append(line)
        elif found[0] == "call":  # it interrupts the section
            yield from (now.closed(),) if now.lines else ()
            yield Section("boilerplate", line, False, ())
            now = _Open(now.kind, now.heading if now.topic or not now.lines else None, now.topic)
        else:
            yield from now.done()
            kind, topic = found
            if topic and opener and _same_rank(line, opener) and not _claims(line.text):
                kind, topic = OPENING, False
            opener = opener if topic else line
            now = _Open(kind, line, topic)
    yield now.closed()


def _contents_change(now: _Open, i: int, listed: frozenset[int]) -> _Open | None:
    """The section that begins at line `i` because a contents page without a heading begins or ends there."""
    if i in listed and now.kind != "contents":
        return _Open("contents")
    ended = now.kind == "contents" and now.heading is None and i - 1 in listed and i not in listed
    return _Open() if ended else None


def _contents(lines: Sequence[Line]) -> frozenset[int]:
    """The lines of a contents page that has no heading: a run of at least eight numbered lines, some like "1.2"."""
    found: set[int] = set()
    start = 0
    for i in range(len(lines) + 1):
        if i < len(lines) and lines[i].numbered and not lines[i].prose:
            continue
        if i - start >= 8 and sum("." in lines[j].marker.rstrip(".") for j in range(start, i)) >= 3:
            found.update(range(start, i))
        start = i + 1
    return frozenset(found)


def _same_rank(line: Line, opener: Line) -> bool:
    """Whether a heading is set like the one that opened the part it stands in: numbered like it, or in capitals."""
    if line.numbered or opener.numbered:
        return line.numbered and opener.numbered and line.marker.count(".") == opener.marker.count(".")
    return line.text.isupper() and opener.text.isupper()


def _opened(
    line: Line, following: Line | None, market: str | None, *, spaced: bool, within: str, ends_list: bool
) -> tuple[str, bool] | None:
    """The kind of section that a line opens and whether it is only a topic; None where it is no heading."""
    if not _could_be_heading(line):
        return None
    text = bare_heading(line.text, market)
    cue = kind_of(text)
    alone = line.blanks > 0 or not spaced or line.text.endswith(":") or (ends_list and cue in _REASONS)
    if within == "contents":
        ends = cue not in (None, "contents", "call") and not line.numbered and line.blanks > 0
        return (cue, False) if ends and cue and not (following and following.numbered) else None
    if cue == "call" and not line.bullet and len(line.text.split()) < 16:
        return cue, False
    if line.bullet:
        return (
            (cue, False) if cue == "scope" and line.text.endswith(":") and "segment" not in text.casefold() else None
        )
    row = cue in ("segments", "regions", "overview") or (cue == "players" and not line.blanks)
    if within == "scope" and row and not (following and following.prose):
        return None
    if cue and alone and not _dimension(text):
        return cue, False
    if cue in _STRONG and not line.bullet:
        return cue, False
    if not alone or following is None or within in ("scope", "players", "contents", "boilerplate"):
        return None
    return _topic(line, following, text, market, within)


#: Kinds whose headings are plain enough to be seen without a blank line before them.
_STRONG = frozenset(("contents", "faq", "developments"))


def _topic(line: Line, following: Line, text: str, market: str | None, within: str) -> tuple[str, bool] | None:
    """A heading that names what the prose below is about keeps the kind of the part it stands in."""
    if not following.prose or len(line.text.split()) > 16 or line.text.endswith((".", ";", ",")):
        return None
    if _names_market(line.text, market) and (not text.strip(" :-–") or _TITLE.search(text)):
        return OPENING, False
    if _names_market(line.text, market) and within not in ("regions", "segments") and not _claims(text):
        return ("regions", True) if _names_region(text) else (OPENING, False)
    if within in _REASONS and not re.search(r"\bsegment\b", text, re.I):
        return within, True
    if _claims(text):
        return ("regions" if _names_region(text) else "segments"), True
    return within, True


#: Kinds whose headings below name single reasons.
_REASONS = frozenset(("drivers", "restraints", "challenges", "opportunities", "trends"))
_TITLE = re.compile(rf"\b{cues.any_of('title-first')}\b.*\b{cues.any_of('title-second')}\b", re.I)


def _claims(text: str) -> bool:
    """Whether a heading claims a rank."""
    return bool(cues.pattern("heading-claim").search(text))


def _names_market(text: str, market: str | None) -> bool:
    return bool(market) and str(market).casefold() in text.casefold()


def _names_region(text: str) -> bool:
    words = re.findall(r"[\w.&-]+", text)
    return any(
        regions.find(" ".join(words[i : i + n])) for n in (4, 3, 2, 1) for i in range(max(len(words) - n + 1, 0))
    )


def _could_be_heading(line: Line) -> bool:
    return not line.prose and not line.cells and len(line.text.split()) <= 18 and len(line.text) <= 130


def bare_heading(text: str, market: str | None) -> str:
    """A heading without the market's name, years and brackets, by which its kind is known."""
    bare = text.rstrip(": ")
    if market:
        stem = re.sub(r"\s+market$", "", market, flags=re.I)
        bare = re.sub(
            rf"(?:\bthe\s+)?(?:\bglobal\s+)?\b{re.escape(stem)}(?:\s+(?:market|industry))?\b", " ", bare, flags=re.I
        )
    bare = re.sub(r"\((?:[^()]*)\)|\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?\b|[®™]", " ", bare)
    bare = re.sub(r"\b(?:global|industry)\s+(?=market\b)|^\W+", "", " ".join(bare.split()), flags=re.I)
    return bare.strip(" :-–,")


def _dimension(text: str) -> bool:
    return bool(re.fullmatch(r"by [\w/& -]{3,40}", text, re.I))


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile("|".join(f"(?:{wording})" for wording in wordings), re.I))
        for kind, wordings in ontology.heading_cues().items()
    )


def kind_of(text: str) -> str | None:
    """The kind of section that a bare heading opens by its wording; None where it has no such wording."""
    for kind, pattern in _cues():
        if pattern.fullmatch(text):
            return kind
    return None
