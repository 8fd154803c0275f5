"""The segments and regions of a document, and where its text names them; decides no fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from extract.listitems import Item, is_places
from ontology import cues, regions


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a market: `role` segment or region, `type` Segment, Region or Country, `name` as listed."""

    role: str
    type: str
    name: str
    dimension: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text names a part, as offsets in that text."""

    start: int
    end: int
    part: Part


def spans(pattern: re.Pattern[str] | None, text: str) -> tuple[tuple[int, int], ...]:
    """Where a pattern, such as the market's name, stands in a text; nowhere where there is no pattern."""
    return tuple(match.span() for match in pattern.finditer(text)) if pattern else ()


class Vocabulary:
    """The parts of a document's market, found in texts by any spelling of their names."""

    def __init__(self, items: Iterable[Item], market: str | None = None) -> None:
        self._segments: dict[str, Part] = {}
        self._listed: dict[str, str] = {}
        for item in items:
            if is_places(item.dimension):
                place = regions.find(item.text)
                if place:
                    self._listed.setdefault(place.code, item.text)
                elif item.text[0].isupper():
                    self._segments.setdefault(_key(item.text), Part("region", "Region", item.text))
            else:
                part = Part("segment", "Segment", item.text, item.dimension)
                self._segments.setdefault(_key(item.text), part)

        self._own = _own_places(market or "") - self._listed.keys()

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        forms: dict[str, None] = {}
        for part in self._segments.values():
            if part.name.casefold() not in cues.words("vague-part"):
                forms |= dict.fromkeys(_forms(part.name))
        if not forms:
            return None
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        return re.compile(rf"(?<![\w-])(?:{'|'.join(ordered)})(?![\w])", re.I)

    def part_of(self, name: str) -> Part | None:
        """The part with that name, listed or known as a region; None where there is none."""
        segment = self._segments.get(_key(name))
        return segment or self.region(name)

    def region(self, name: str) -> Part | None:
        """The region or country with that name, under the name that the document's list gives it."""
        found = regions.find(name)
        if found is None:
            return None
        kind = "Country" if found.level == "country" else "Region"
        return Part("region", kind, self._listed.get(found.code, name))

    def places(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Place]:
        """All places where the text names a part, in order; nothing within the spans of `taken`."""
        found = [*self._segment_places(text), *self._region_places(text)]
        found.sort(key=lambda place: (place.start, -place.end))
        kept: list[Place] = []
        for place in found:
            if (not kept or place.start >= kept[-1].end) and not any(
                s < place.end and place.start < e for s, e in taken
            ):
                kept.append(place)
        return kept

    def _segment_places(self, text: str) -> list[Place]:
        if self._pattern is None:
            return []
        found = []
        for match in self._pattern.finditer(text):
            part = self._segments.get(_key(match.group()))
            if part:
                found.append(Place(match.start(), match.end(), part))
        return found

    def _region_places(self, text: str) -> list[Place]:
        found = []
        for match in _region_pattern().finditer(text):
            place = regions.find(match.group())
            part = self.region(match.group()) if place and place.code not in self._own else None
            if part and not _INSIDE_NAME.search(text[: match.start()]):
                found.append(Place(match.start(), match.end(), part))
        for match in _demonym_pattern().finditer(text):
            place = regions.demonyms()[match.group()]
            if place.code in self._own:
                continue
            kind = "Country" if place.level == "country" else "Region"
            found.append(
                Place(match.start(), match.end(), Part("region", kind, self._listed.get(place.code, place.name)))
            )
        return found


#: A capitalised word inside the sentence right before a region makes both one name ("Acme North America").
_INSIDE_NAME = re.compile(r"[\w,)]\s+(?!The\b|In\b|And\b)[A-Z][\w&-]+\s+$")


def _own_places(market: str) -> frozenset[str]:
    """Codes of the regions in a market's own name: what is said of them is said of the whole."""
    named = {place.code for match in _region_pattern().finditer(market) if (place := regions.find(match.group()))}
    adjectives = {regions.demonyms()[word].code for word in market.split() if word in regions.demonyms()}
    return frozenset(named | adjectives)


@cache
def _region_pattern() -> re.Pattern[str]:
    names = sorted(
        (re.escape(name) for name in regions.names() if name != "World"), key=lambda name: (-len(name), name)
    )
    return re.compile(rf"(?<![\w-])(?:Rest of (?:the )?)?(?:{'|'.join(names)})(?![\w$])")


def _key(name: str) -> str:
    """A name without case, hyphens, plural and generic last word, by which its spellings meet."""
    words = re.sub(r"[\s\u00a0‐‑–-]+", " ", re.sub(r"[®™]", "", name.casefold())).split()
    if len(words) > 1 and words[-1] in cues.words("generic-part"):
        words = words[:-1]
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words
    )


def _forms(name: str) -> list[str]:
    """Patterns for the spellings of a name: hyphens or spaces, singular or plural."""
    words = [re.escape(word) for word in re.split(r"[\s\u00a0‐‑–-]+", name.strip()) if word]
    words = [
        word[:-1] + "s?" if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word + "s?"
        for word in words
    ]
    return [r"[\s\u00a0‐‑–-]+".join(words)]


@cache
def _demonym_pattern() -> re.Pattern[str]:
    """Demonyms before "market" or its figures: "the German market", "North American sales"."""
    names = sorted((re.escape(name) for name in regions.demonyms()), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?=\s+(?:[\w-]+\s+){{0,3}}?{cues.any_of('demonym-noun')}\b)")
