"""A report's lines sorted into sections by their headings; reads no facts from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.headings import OPENING, Setting, claims_rank, opened
from extract.lines import Line


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
        found = opened(line, Setting(following, now.kind, spaced and i > 0, ends_list), market)
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
            if topic and opener and _same_rank(line, opener) and not claims_rank(line.text):
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
