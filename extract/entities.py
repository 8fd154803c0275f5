"""Whom a document names: how often, what it calls them, and what shows that they speak in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.nameforms import bare, key
from extract.names import Name
from extract.passage import Passage
from ontology import cues

#: Types of whoever may act in what a document tells.
ACTORS = frozenset(("Company", "HealthSystem", "Organization", "Regulator", "Publisher", "Product", "Person"))
_SHORT = re.compile(r"\b(?:[Ww]e|[Oo]urs?|[Uu]s)\b")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|»[^«\n]*«|„[^“\n]*“")
_POST = cues.any_of("post-word")


@dataclass(frozen=True, slots=True)
class Entity:
    """Whom a document names: the first name, how often it does, what it calls them, what shows that they speak."""

    name: Name
    count: int
    called: frozenset[str]
    signs: tuple[str, ...]


def entities(text: str, passages: Sequence[Passage], rows: Sequence[Sequence[Name]]) -> dict[str, Entity]:
    """Those whom a document names, by the key of their full names, in order of the text."""
    first: dict[str, Name] = {}
    counts: Counter[str] = Counter()
    called: dict[str, set[str]] = {}
    for passage, row in zip(passages, rows, strict=True):
        for name in row:
            own = key(name.full)
            first.setdefault(own, name)
            counts[own] += 1
            called.setdefault(own, set()).update(_called(passage, name))
    speech = _Speech.of(text)
    return {
        own: Entity(name, counts[own], frozenset(called[own]), tuple(speech.signs(name)))
        for own, name in first.items()
        if name.type in ACTORS
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
    """A text as one asks it who speaks: its lines, and the sentences that say "we" outside of quotes."""

    text: str
    lines: tuple[str, ...]
    own: tuple[str, ...]
    quoted: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Speech:
        plain = re.split(r"(?<=[.!?])\s+|\n", _QUOTED.sub(" ", text))
        own = tuple(each for each in plain if _SHORT.search(each))
        quoted = tuple(each for each in _QUOTED.findall(text) if _SHORT.search(each))
        return cls(text, tuple(line for line in text.split("\n") if line.strip()), own, quoted)

    def signs(self, name: Name) -> Iterator[str]:
        """What speaks for or against the bearer of a name being who says "we"."""
        form = rf"(?<!\w){re.escape(bare(name.text) or name.text)}(?!\w)"
        asked = (
            ("head", rf"\A.*{form}"),
            ("about", rf"(?mi)^\W*About {form}"),
            ("post of", rf"(?i){_POST}[^.\n]{{0,40}}\b(?:of|at|for|from) (?:the )?{form}"),
            ("post", rf"(?i){form}(?:[’']s)? (?:\w+ ){{0,2}}?{_POST}"),
            ("we at", rf"\b[Ww]e,? (?:here )?at {form}"),
            ("with", rf"\b(?:with|from|by) {form}"),
            ("own", rf"\b(?:our|my|own) (?:\w+ ){{0,3}}{form}"),
        )
        yield from (sign for sign, pattern in asked if re.search(pattern, self.text))
        if any(re.search(form, line) for line in self.lines[-2:]):
            yield "foot"
        if any(re.search(form, line) for line in self.lines[1:3]):
            yield "below head"
        if any(re.search(form, each) for each in self.own):
            yield "beside we"
        if any(re.search(form, each) for each in self.quoted):
            yield "in a quote with we"
        if bare(name.full) != name.full:
            yield "legal form"
