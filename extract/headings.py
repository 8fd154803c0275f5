"""Which lines are headings and what kind of section they open, by their wording and place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import ontology
from extract.lines import Line
from ontology import cues, regions

#: The kind of section that a report opens with and falls back to; see `ci:SectionKind` in `ontology/ci.ttl`.
OPENING = "overview"
#: Kinds whose headings are plain enough to be seen without a blank line before them.
_STRONG = frozenset(("contents", "faq", "developments"))
#: Kinds whose headings below name single reasons.
_REASONS = frozenset(("drivers", "restraints", "challenges", "opportunities", "trends"))
#: Kinds in which a line without a cue is no heading.
_LISTS = frozenset(("scope", "players", "contents", "boilerplate"))
_TITLE = re.compile(rf"\b{cues.any_of('title-first')}\b.*\b{cues.any_of('title-second')}\b", re.I)

#: The kind of section that a heading opens, and whether it only names what a part of the section is about.
Opened = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a line stands: the line behind it, the kind of the section before it, and what sets it apart.

    `spaced` says that blank lines stand between the parts of the document, `ends_list` that the line is a short one
    behind bullets.
    """

    following: Line | None
    within: str
    spaced: bool
    ends_list: bool

    @property
    def above_prose(self) -> bool:
        """Whether a sentence follows."""
        return self.following is not None and self.following.prose


def opened(line: Line, setting: Setting, market: str | None) -> Opened | None:
    """The kind of section that a line opens and whether it is only a topic; None where it is no heading."""
    if line.prose or line.cells or len(line.text.split()) > 18 or len(line.text) > 130:
        return None
    text = bare_heading(line.text, market)
    kind = kind_of(text)
    if setting.within == "contents":
        ended = _ends_contents(line, kind, setting)
        return (kind, False) if kind and ended else None
    if kind == "call" and not line.bullet and len(line.text.split()) < 16:
        return kind, False
    if line.bullet:
        scope = kind == "scope" and line.text.endswith(":") and "segment" not in text.casefold()
        return ("scope", False) if scope else None
    if setting.within == "faq" and line.text.endswith("?"):
        return None
    if setting.within == "scope" and not setting.above_prose and _is_row(line, kind):
        return None
    apart = _stands_apart(line, setting) or (setting.ends_list and kind in _REASONS)
    if kind and (kind in _STRONG or (apart and not _is_dimension(text))):
        return kind, False
    return _topic(line, text, setting.within, market) if apart and setting.above_prose else None


def _ends_contents(line: Line, kind: str | None, setting: Setting) -> bool:
    numbered = line.numbered or (setting.following is not None and setting.following.numbered)
    return kind not in (None, "contents", "call") and not numbered and line.blanks > 0


def _is_row(line: Line, kind: str | None) -> bool:
    """Whether a line below "report scope" rather is the key of a row than a heading."""
    return kind in ("segments", "regions", "overview") or (kind == "players" and not line.blanks)


def _stands_apart(line: Line, setting: Setting) -> bool:
    return line.blanks > 0 or not setting.spaced or line.text.endswith(":")


def _is_dimension(text: str) -> bool:
    return bool(re.fullmatch(r"by [\w/& -]{3,40}", text, re.I))


def _topic(line: Line, text: str, within: str, market: str | None) -> Opened | None:
    """A heading that names what the prose below is about keeps the kind of the part it stands in."""
    if within in _LISTS or len(line.text.split()) > 16 or line.text.endswith((".", ";", ",")):
        return None
    place = "regions" if _names_region(text) else None
    if market and market.casefold() in line.text.casefold():
        if not text.strip(" :-–") or _TITLE.search(text):
            return OPENING, False
        if within not in ("regions", "segments") and not claims_rank(text):
            return (place, True) if place else (OPENING, False)
    if within in _REASONS and not re.search(r"\bsegment\b", text, re.I):
        return within, True
    return (place or "segments" if claims_rank(text) else within), True


def claims_rank(text: str) -> bool:
    """Whether a heading claims a rank."""
    return bool(cues.pattern("heading-claim").search(text))


def _names_region(text: str) -> bool:
    words = re.findall(r"[\w.&-]+", text)
    return any(
        regions.find(" ".join(words[i : i + n])) for n in (4, 3, 2, 1) for i in range(max(len(words) - n + 1, 0))
    )


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


@cache
def _wordings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile("|".join(f"(?:{wording})" for wording in wordings), re.I))
        for kind, wordings in ontology.heading_cues().items()
    )


def kind_of(text: str) -> str | None:
    """The kind of section that a bare heading opens by its wording; None where it has no such wording."""
    for kind, pattern in _wordings():
        if pattern.fullmatch(text):
            return kind
    return None
