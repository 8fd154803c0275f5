"""Which markets, segments, regions and products an event touches: stated where it is told, or inferred, and why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from pyoxigraph import Literal, Quad
from rdflib import RDF

import ontology
from extract.fact import Fact
from kg import identity, names, sentences
from kg.graph import Names, iri, term
from kg.identity import Entity, Reference
from kg.ledger import Source

MARKET = ontology.types()["Market"].family
PRODUCT = ontology.types()["Product"].family
#: Families of what an event can touch.
FAMILIES = (MARKET, identity.SEGMENT, identity.REGION, PRODUCT)

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[^\w.!?;:\n]{1,3}|\.(?=\w)")
_SHORT = 8  # letters up to which a name of one word may be a common word
_REPORT = frozenset(
    {"segment", "player", "market_size", "cagr"}
)  # kinds of facts that make a document a market's report


@dataclass(frozen=True, slots=True)
class Term:
    """A name of something that can be touched, in words; `market` holds the own words of a segment's market."""

    entity: Entity
    words: tuple[str, ...]
    market: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An event touches an entity; `basis` is stated or inferred, `reason` says why in words."""

    event: str
    entity: Entity
    basis: str
    reason: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that can be touched, by the first word of its names."""

    terms: Mapping[str, tuple[Term, ...]]

    def found(self, text: str) -> Iterator[tuple[Term, int, int]]:
        """The terms whose words stand in a text, the longest at each place, with their offsets."""
        tokens, longest = list(_WORD.finditer(text)), (0, 0)
        for at, token in enumerate(tokens):
            for each in self.terms.get(_folded(token[0]), ()):
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
        words, scope = _words(who.name), markets.get(who.family.partition("/")[2], ())
        if words and _folded(words[0]) != "other":
            terms[_folded(words[0])].add(Term(entity, words, _all_folded(scope)))
        if who.family == MARKET and (own := own_words(who.name)):
            terms[_folded(own[0])].add(Term(entity, own))
    return Vocabulary({word: tuple(sorted(found, key=_order)) for word, found in terms.items()})


def phrases(who: Reference, entity: Entity) -> set[str]:
    """What a text must hold, apart from endings, for a change of this name to change its links."""
    found = [_words(who.name)] + ([own_words(who.name)] if entity.family == MARKET else [])
    return {" ".join([*words[:-1], _folded(words[-1])]) for words in found if words}


def own_words(market: str) -> tuple[str, ...]:
    """What of a market's name is its own: "Garden Robot Services Market" is known by "Garden Robot"."""
    words = _words(market)
    while words and _folded(words[-1]) in _generic():
        words = words[:-1]
    while words and _folded(words[0]) in _generic():
        words = words[1:]
    return words


def links(source: Source, entities: Mapping[Reference, Entity], words: Vocabulary) -> list[Link]:
    """What each event of a source touches, each entity once, on the best ground that there is for it."""
    page = _Page.of(source, entities, words)
    found = []
    for key, fact in source.facts.items():
        if ontology.kind(fact.kind).family == "event":
            best: dict[Entity, Link] = {}
            for link in page.grounds(key, fact):
                if link.entity not in best or (best[link.entity].basis, link.basis) == ("inferred", "stated"):
                    best[link.entity] = link
            found += [best[entity] for entity in sorted(best, key=lambda entity: entity.path)]
    return found


def quads(base: str, found: Iterable[Link]) -> Iterator[Quad]:
    """The nodes of the links in the derived graph `graph/links`."""
    home = Names(base)
    graph = home.at("graph/links")
    for link in found:
        key = sha256(f"{link.event} {link.entity.path}".encode()).hexdigest()[:24]
        node = home.at(f"link/{key}")
        yield Quad(node, iri(RDF.type), term("Link"), graph)
        yield Quad(node, term("event"), home.fact(link.event), graph)
        yield Quad(node, term("touches"), home.entity(link.entity), graph)
        yield Quad(node, term("basis"), Literal(link.basis), graph)
        yield Quad(node, term("reason"), Literal(link.reason), graph)


@dataclass(frozen=True, slots=True)
class _Page:
    """A document with what stands where in it."""

    source: Source
    entities: Mapping[Reference, Entity]
    spans: list[tuple[int, int]]
    hits: list[tuple[Term, int, int]]
    reported: list[Entity]

    @classmethod
    def of(cls, source: Source, entities: Mapping[Reference, Entity], words: Vocabulary) -> _Page:
        text, own = source.document.text, set(entities.values())
        spans = sentences.split(text)
        masked = _masked(text, entities)
        found = [
            (each, start + a, start + b) for start, end in spans for each, a, b in words.found(masked[start:end])
        ]
        context = {_all_folded(own_words(" ".join(t.words))) for t, _, _ in found if t.entity.family == MARKET}
        report = {
            entities[identity.reference(fact, participant)]
            for fact in source.facts.values()
            for participant in fact.participants
            if participant.role == "market" and fact.kind in _REPORT
        }
        context |= {_all_folded(own_words(entity.label)) for entity in report}
        page = cls(source, entities, spans, [], sorted(report, key=lambda entity: entity.path))
        page.hits.extend(hit for hit in found if _holds(text, hit, (context, own)))
        return page

    def grounds(self, key: str, fact: Fact) -> Iterator[Link]:
        """Every reason for which an event touches something, the strongest first."""
        for participant in fact.participants:
            entity = self.entities[identity.reference(fact, participant)]
            if _family(entity) in FAMILIES:
                yield Link(
                    key, entity, "stated", f"It takes part in the event as its {participant.role.replace('_', ' ')}."
                )
        told, near = self._sentence(fact), self._passage(fact)
        yield from self._read(key, told, "stated", "The sentence that tells of the event says")
        for name, value in sorted(fact.attributes.items()):
            yield from self._attributed(key, name, value)
        yield from self._read(key, near, "inferred", "The text around the event says")
        for market in self.reported:
            yield Link(key, market, "inferred", f"The document is a report on the {market.label}.")

    def _read(self, key: str, within: tuple[int, int], basis: str, says: str) -> Iterator[Link]:
        for each, start, end in self.hits:
            if within[0] <= start and end <= within[1]:
                yield from _touched(key, each, basis, f"{says} “{self.source.document.text[start:end]}”")

    def _attributed(self, key: str, name: str, value: object) -> Iterator[Link]:
        for text in value if isinstance(value, tuple) else (value,):
            folded = {names.slug(" ".join(each.words)): each for each, _, _ in self.hits}
            if isinstance(text, str) and (each := folded.get(names.slug(text))):
                yield from _touched(key, each, "stated", f"The event's {name.replace('_', ' ')} is “{text}”")

    def _sentence(self, fact: Fact) -> tuple[int, int]:
        return sentences.around(self.spans, fact.evidence.start, fact.evidence.end)

    def _passage(self, fact: Fact) -> tuple[int, int]:
        """Of a report the paragraph of the event, of a release or news item, which has one topic, the whole text."""
        text, (start, end) = self.source.document.text, self._sentence(fact)
        if not self.reported:
            return 0, len(text)
        stop = text.find("\n", end)
        return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _touched(key: str, each: Term, basis: str, reason: str) -> Iterator[Link]:
    if each.entity.family == MARKET and each.words == own_words(" ".join(each.words)):
        yield Link(key, each.entity, "inferred", f"{reason}, which is what the {each.entity.label} is about.")
    else:
        yield Link(key, each.entity, basis, f"{reason}.")


def _holds(text: str, hit: tuple[Term, int, int], context: tuple[set[tuple[str, ...]], set[Entity]]) -> bool:
    """Whether a name found in a text means what the vocabulary means by it."""
    (each, start, end), (markets, own) = hit, context
    family = _family(each.entity)
    if family == identity.SEGMENT:
        return each.market in markets and (not _common(each.words) or each.entity in own or _near(text, hit))
    if family == identity.REGION:
        return not _inside_name(text, start, end)
    return family != PRODUCT or len(each.words) > 1 or each.entity in own


def _common(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and len(words[0]) <= _SHORT and not words[0].isupper()


def _near(text: str, hit: tuple[Term, int, int]) -> bool:
    """Whether the segment's market, or the word segment, stands in the same line."""
    each, start, end = hit
    stop = text.find("\n", end)
    line = text[text.rfind("\n", 0, start) + 1 : len(text) if stop < 0 else stop].casefold()
    return "segment" in line or " ".join(each.market) in " ".join(map(_folded, _WORD.findall(line)))


def _inside_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands right before or behind, as in "Marrowby North America" or "Norway Pumps"."""
    before, behind = re.search(r"(\w+)[ \u00a0]$", text[:start][-40:]), re.match(r"[ \u00a0](\w+)", text[end:])
    opening = before and re.search(r"(^|[.!?:\n•]\s*|^[-–—]\s*)$", text[: start - len(before[0])][-3:])
    named = before is not None and before[1][0].isupper() and not opening
    return named or (behind is not None and behind[1][0].isupper() and not behind[1].isupper())


def _masked(text: str, entities: Mapping[Reference, Entity]) -> str:
    """The text with the names of bodies and persons blanked: a region or segment within them is no touch."""
    told = {
        who.name for who in entities if who.family not in FAMILIES and not who.family.startswith(identity.SEGMENT)
    }
    for name in sorted(told, key=len, reverse=True):
        text = text.replace(name, "\x00" * len(name))
    return text


def _reads(text: str, tokens: list[re.Match[str]], words: tuple[str, ...]) -> bool:
    gaps = zip(tokens, tokens[1:], strict=False)
    if not all(_GAP.fullmatch(text, left.end(), right.start()) for left, right in gaps):
        return False
    return all(_same_word(token[0], word) for token, word in zip(tokens, words, strict=True))


def _same_word(read: str, word: str) -> bool:
    """The word as it is in the name or, unless it is an acronym, without its capital or plural."""
    if word.isupper() or read == word:
        return read == word
    return _folded(read) == _folded(word) and (read[1:] == read[1:].lower() or read[1:] == word[1:])


def _folded(word: str) -> str:
    plain = names.slug(word)
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain


def _all_folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(_folded, words))


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(re.sub(r"\([^)]*\)", " ", names.unmarked(name))))


def _family(entity: Entity) -> str:
    return entity.family.partition("/")[0]


def _order(each: Term) -> tuple[int, str, tuple[str, ...]]:
    return -len(each.words), each.entity.path, each.words


@cache
def _generic() -> frozenset[str]:
    market, word = ontology.types()["Market"].iri, ontology.terms()["genericWord"]
    return frozenset(str(each) for each in ontology.graph().objects(market, word))
