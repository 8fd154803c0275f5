"""Sentences with numbers in place of their names and of what stands for names, so that patterns can read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from extract import fillers
from extract.names import Name
from extract.reading import Reading

_OWN = frozenset(("its", "their", "our"))
#: A description in front of a name: "the Danish builder <1>".
AHEAD = r"(?:(?:the|a|an|its|their|our|his|her) )?(?:[\w’'-]+ ){0,5}?"
#: What may stand in commas or brackets behind a name.
ASIDE = r"(?:,? \([^()<>]{1,40}\))?(?:, (?!(?:which|who|and|in)\b)[^<>;,]{2,80},)?"


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence as "<0> holds 8% of <1>" with its names in order."""

    sentence: Span
    text: str
    names: tuple[Name, ...]

    def name(self, match: re.Match[str], group: str) -> Name:
        """The name that a group of a match has matched."""
        return self.names[int(match[group])]

    def listed(self, match: re.Match[str], group: str) -> list[Name]:
        """All names within the text that a group has matched."""
        return [self.names[int(each)] for each in re.findall(r"<(\d+)>", match[group])]


def one(group: str) -> str:
    """The pattern of a name with what describes it: "the Danish builder <1>"."""
    return rf"{AHEAD}<(?P<{group}>\d+)>"


def several(group: str) -> str:
    """The pattern of two or more names in a row."""
    each = rf"{AHEAD}<\d+>{ASIDE}"
    return rf"(?P<{group}>{each}(?:, {each}){{0,6}},? (?:and|&|plus|as well as) {each})"


def any_number(group: str) -> str:
    """The pattern of one name or several in a row."""
    each = rf"{AHEAD}<\d+>"
    return rf"(?P<{group}>{each}(?:(?:, {each}){{0,6}},? (?:and|&|plus|as well as|together with) {each})?)"


def patterns(*texts: str, pieces: Mapping[str, str] | None = None) -> tuple[re.Pattern[str], ...]:
    """The patterns of some texts, whatever the case of the letters; words of `pieces` in them stand for these."""
    if pieces is None:
        return tuple(re.compile(text, re.IGNORECASE) for text in texts)
    words = "|".join(sorted(pieces, key=len, reverse=True))
    return patterns(*(re.sub(words, lambda match: pieces[match[0]], text) for text in texts))


def telling(reading: Reading, *hints: re.Pattern[str]) -> Iterator[Masked]:
    """The sentences in which each hint is found, masked; a look at the whole passage comes first, as it is cheap."""
    if not all(hint.search(reading.text) for hint in hints):
        return
    for sentence in reading.sentences:
        if all(hint.search(reading.text, sentence.start_char, sentence.end_char) for hint in hints):
            yield masked(reading, sentence)


def masked(reading: Reading, sentence: Span) -> Masked:
    """The sentence with its names replaced; pronouns and "the company" give the names that they stand for."""
    pieces: list[str] = []
    names: list[Name] = []
    at, end = sentence.start_char, sentence.start
    for start, stop, found, tail in _marked(reading, sentence):
        if stop <= end:
            continue
        start = start if start >= end else stop - 1  # "the Ghent-based company" keeps its place
        first, last = reading.doc[start], reading.doc[stop - 1]
        marks = [f"<{len(names) + i}>" for i in range(len(found))]
        pieces += [reading.text[at : first.idx], " and ".join(marks) + tail]
        names += found
        at, end = last.idx + len(last), stop
    text = "".join((*pieces, reading.text[at : sentence.end_char]))
    return Masked(sentence, re.sub(r"\s+", " ", text.replace("’s", "'s").replace("s’ ", "s' ")), tuple(names))


def _marked(reading: Reading, sentence: Span) -> Iterator[tuple[int, int, list[Name], str]]:
    """The tokens to be replaced, with the names that come for them and what follows these."""
    at = sentence.start
    while at < sentence.end:
        name = reading.at.get(at)
        if name is not None:
            wide = fillers.with_family(reading, name)
            yield wide.start, wide.end, [wide], ""
            at = max(wide.end, at + 1)
            continue
        token = reading.doc[at]
        meant = _meant(reading, token)
        if meant:
            yield _first(token), at + 1, meant, "'s" if token.lower_ in _OWN else ""
        at += 1


def _meant(reading: Reading, token: Token) -> list[Name]:
    """Whom a pronoun or "the company" stands for."""
    if token.pos_ not in ("PRON", "NOUN", "PROPN", "DET"):
        return []
    found = fillers.antecedent(reading, token)
    return [replace(name, start=token.i, end=token.i + 1) for name in found or ()][:3]


def _first(token: Token) -> int:
    """Where the noun phrase of "the young company" begins."""
    return token.i if token.pos_ in ("PRON", "DET") else token.left_edge.i
