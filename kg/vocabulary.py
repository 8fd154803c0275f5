"""The names of what events can touch - markets, segments, regions, products - and where they stand in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import ontology
from kg import identity, names
from kg.identity import Entity, Reference
from ontology import regions

MARKET = ontology.types()["Market"].family
PRODUCT = ontology.types()["Product"].family
#: Families of what an event can touch.
FAMILIES = (MARKET, identity.SEGMENT, identity.REGION, PRODUCT)

WORD = re.compile(r"\w+")
_GAP = re.compile(r"[^\w.!?;:\n]{1,3}|\.(?=\w)")


@dataclass(frozen=True, slots=True)
class Term:
    """A name of something that can be touched, in words; `market` holds the own words, folded, of a segment's market.

    `own` terms are the own words of a market, which speak of it without naming it.
    """

    entity: Entity
    words: tuple[str, ...]
    market: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that can be touched, by the first word of its names."""

    terms: Mapping[str, tuple[Term, ...]]

    def found(self, text: str) -> Iterator[tuple[Term, int, int]]:
        """The terms whose words stand in a text, the longest at each place, with their offsets."""
        tokens, longest = list(WORD.finditer(text)), (0, 0)
        for at, token in enumerate(tokens):
            for each in self.terms.get(folded(token[0]), ()):
                last = at + len(each.words) - 1
                if last < len(tokens) and _reads(text, tokens[at : last + 1], each.words):
                    span = token.start(), tokens[last].end()
                    if span[1] > longest[1] or span == longest:
                        longest = span
                        yield each, *span


def vocabulary(entities: Iterable[tuple[Reference, Entity]]) -> Vocabulary:
    """The vocabulary of these names and entities; names that are out of use are left out."""
    used = [(who, entity) for who, entity in entities if entity.key]
    markets: dict[str, tuple[str, ...]] = {}
    for who, _ in used:
        if who.family == MARKET:
            markets.setdefault(names.slug(who.name), own_words(who.name))
    terms: defaultdict[str, set[Term]] = defaultdict(set)
    for who, entity in used:
        scope = all_folded(markets.get(who.family.partition("/")[2], ()))
        for word, each in _terms(who, entity, scope):
            terms[word].add(each)
    return Vocabulary({word: tuple(sorted(found, key=_order)) for word, found in terms.items()})


@lru_cache(1 << 18)  # asked for all names at each refresh, of which few are new
def _terms(who: Reference, entity: Entity, scope: tuple[str, ...]) -> tuple[tuple[str, Term], ...]:
    """What a name adds to the vocabulary, each with its first word, folded."""
    found = [
        (folded(words[0]), Term(entity, words, scope))
        for words in map(_words, _written(who, entity))
        if words and folded(words[0]) != "other"
    ]
    own = own_words(who.name) if who.family == MARKET else ()
    return (*found, *([(folded(own[0]), Term(entity, own, own=True))] if own else ()))


def phrases(who: Reference, entity: Entity) -> set[str]:
    """What a text must hold, apart from endings, for a change of this name to change its links."""
    found = [_words(name) for name in _written(who, entity)]
    found += [own_words(who.name)] if who.family == MARKET else []
    return {" ".join([*words[:-1], folded(words[-1])]) for words in found if words}


def own_words(market: str) -> tuple[str, ...]:
    """What of a market's name is its own: "Garden Robot Services Market" is known by "Garden Robot"."""
    words = _words(market)
    while words and folded(words[-1]) in _generic():
        words = words[:-1]
    while words and folded(words[0]) in _generic():
        words = words[1:]
    return words


def _reads(text: str, tokens: list[re.Match[str]], words: tuple[str, ...]) -> bool:
    if not all(_GAP.fullmatch(text, left.end(), right.start()) for left, right in pairwise(tokens)):
        return False
    return all(_same_word(token[0], word) for token, word in zip(tokens, words, strict=True))


def _same_word(read: str, word: str) -> bool:
    """The word as it is in the name or, unless it is an acronym, without its capital or plural."""
    if word.isupper() or read == word:
        return read == word
    return folded(read) == folded(word) and (read[1:] == read[1:].lower() or read[1:] == word[1:])


@cache
def folded(word: str) -> str:
    """The word without case, accents and the ending of a plural."""
    plain = names.slug(word)
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain


def all_folded(words: Iterable[str]) -> tuple[str, ...]:
    """The words, each folded."""
    return tuple(map(folded, words))


def _written(who: Reference, entity: Entity) -> set[str]:
    """The name as used and, of a region that is known, all names that mean it in running text."""
    known = regions.by_code(entity.key) if who.family == identity.REGION else None
    return {who.name, *(known.names if known else ())}


def _words(name: str) -> tuple[str, ...]:
    return tuple(WORD.findall(re.sub(r"\([^)]*\)", " ", names.unmarked(name))))


def _order(each: Term) -> tuple[int, str, bool, tuple[str, ...]]:
    return -len(each.words), each.entity.path, each.own, each.words


@cache
def _generic() -> frozenset[str]:
    market, word = ontology.types()["Market"].iri, ontology.terms()["genericWord"]
    return frozenset(str(each) for each in ontology.graph().objects(market, word))
