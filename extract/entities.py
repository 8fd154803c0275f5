"""Whom a document names: how often, what it calls them, and what shows that they speak in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from extract.nameforms import bare, key
from extract.names import Name
from extract.passage import Passage
from ontology import cues

#: Types of whoever may act in what a document tells.
ACTORS = frozenset(("Company", "HealthSystem", "Organization", "Regulator", "Publisher", "Product", "Person"))
_SHORT = re.compile(r"\b(?:[Ww]e|[Oo]urs?|[Uu]s)\b")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|»[^«\n]*«|„[^“\n]*“")
_POST = cues.any_of("post-word")
#: What stands in front of who speaks, or of somebody else; of the first two no matter how the name is written.
_IN_ANY_CASE = {
    "about": re.compile(r"^\W*About $", re.IGNORECASE | re.MULTILINE),
    "post of": re.compile(rf"{_POST}[^.\n]{{0,40}}\b(?:of|at|for|from) (?:the )?$", re.IGNORECASE),
}
_AHEAD = {
    "we at": re.compile(r"\b[Ww]e,? (?:here )?at $"),
    "with": re.compile(r"\b(?:with|from|by) $"),
    "own": re.compile(r"\b(?:our|my|own) (?:\w+ ){0,3}$"),
}
_HAS_POST = re.compile(rf"(?:[’']s)? (?:\w+ ){{0,2}}?{_POST}", re.IGNORECASE)
#: The lines that show who speaks: the first, the two below it, the last two.
_LINES = {"head": slice(0, 1), "below head": slice(1, 3), "foot": slice(-2, None)}
#: How many characters around a name are looked at, at how many of its places, and in how much of a text's ends.
_WINDOW, _PLACES, _ENDS = 110, 20, 30_000
#: Of how many names a document is asked; no release has more, and a book would take long.
_MOST = 200

#: Characters `start` to `end`, half-open.
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entity:
    """Whom a document names: the first name, how often it does, what it calls them, what shows that they speak."""

    name: Name
    count: int
    called: frozenset[str]
    signs: tuple[str, ...]


def entities(text: str, passages: Sequence[Passage], rows: Sequence[Sequence[Name]]) -> dict[str, Entity]:
    """Those whom a document names most, by the key of their full names, in order of the text."""
    first: dict[str, Name] = {}
    counts: Counter[str] = Counter()
    called: dict[str, set[str]] = {}
    for passage, row in zip(passages, rows, strict=True):
        for name in row:
            own = key(name.full)
            first.setdefault(own, name)
            counts[own] += 1
            called.setdefault(own, set()).update(_called(passage, name))
    speech = _Speech.of(text if len(text) <= 2 * _ENDS else f"{text[:_ENDS]}\n{text[-_ENDS:]}")
    acting = Counter({own: count for own, count in counts.items() if first[own].type in ACTORS})
    asked = {own for own, _ in acting.most_common(_MOST)}
    return {
        own: Entity(name, counts[own], frozenset(called[own]), tuple(speech.signs(name)))
        for own, name in first.items()
        if own in asked
    }


def _called(passage: Passage, name: Name) -> Iterator[str]:
    """The words of a name and the nouns that describe its bearer, in front of it or behind a comma."""
    doc = passage.doc
    yield from key(name.full).split()
    for i in range(name.start - 1, max(name.start - 6, -1), -1):
        if doc[i].pos_ not in ("NOUN", "ADJ", "PROPN") and doc[i].text not in ("-", "'s", "’s"):
            break
        yield doc[i].lemma_.lower()
    if name.end < len(doc) and doc[name.end].text in (",", "–", "—", "(", "is"):
        for token in doc[name.end + 1 : name.end + 12]:
            if token.pos_ in ("VERB", "AUX") or token.text in (",", ")", ";"):
                break
            if token.pos_ in ("NOUN", "ADJ"):
                yield token.lemma_.lower()


@dataclass(frozen=True, slots=True)
class _Speech:
    """A text as one asks it who speaks: where its lines end, and the sentences that say "we" and quotes that do."""

    text: str
    lines: tuple[Range, ...]
    own: tuple[str, ...]
    quoted: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Speech:
        plain = re.split(r"(?<=[.!?])\s+|\n", _QUOTED.sub(" ", text))
        own = tuple(each for each in plain if _SHORT.search(each))
        quoted = tuple(each for each in _QUOTED.findall(text) if _SHORT.search(each))
        return cls(text, tuple(match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)), own, quoted)

    def signs(self, name: Name) -> Iterator[str]:
        """What speaks for or against the bearer of a name being who says "we", each sign once."""
        form = bare(name.text) or name.text
        pattern = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.IGNORECASE)
        places = list(islice(pattern.finditer(self.text), _PLACES))
        yield from dict.fromkeys(sign for place in places for sign in self._around(place, exact=place[0] == form))
        for sign, texts in (("beside we", self.own), ("in a quote with we", self.quoted)):
            if any(match[0] == form for text in texts for match in pattern.finditer(text)):
                yield sign
        if bare(name.full) != name.full:
            yield "legal form"

    def _around(self, place: re.Match[str], *, exact: bool) -> Iterator[str]:
        """The signs of one place of a name; `exact` says that it has the letters of the name, small and capital."""
        ahead, behind = self.text[max(0, place.start() - _WINDOW) : place.start()], self.text[place.end() :][:_WINDOW]
        yield from (sign for sign, known in _IN_ANY_CASE.items() if known.search(ahead))
        if _HAS_POST.match(behind):
            yield "post"
        if exact:
            yield from (sign for sign, known in _AHEAD.items() if known.search(ahead))
            yield from (sign for sign, part in _LINES.items() if self._stands_in(place, self.lines[part]))

    @staticmethod
    def _stands_in(place: re.Match[str], lines: Sequence[Range]) -> bool:
        return any(start <= place.start() < end for start, end in lines)
