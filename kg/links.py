"""Which markets, segments, regions and products an event touches: stated where it is told, or inferred, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from pyoxigraph import Literal, Quad
from rdflib import RDF

import ontology
from extract.fact import Fact
from kg import identity, sentences
from kg.entries import Source
from kg.graph import Names, iri, term
from kg.identity import Entity, Reference
from kg.vocabulary import FAMILIES, MARKET, PRODUCT, WORD, Term, Vocabulary, all_folded, folded, own_words

_SHORT = 8  # letters up to which a name of one word may be a common word
_PARAGRAPH = 120  # characters from which on a line is a paragraph, not a headline or point
_REPORT = frozenset({"segment", "player"})  # the kinds of facts that only a report on a market states


@dataclass(frozen=True, slots=True)
class Link:
    """An event touches an entity; `basis` is stated or inferred, `reason` says why in words."""

    event: str
    entity: Entity
    basis: str
    reason: str


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
    """A document with what stands where in it.

    `told` holds the bounds of the sentences that tell of events; `markets` those that it is a report on (True)
    or gives figures and reasons for.
    """

    source: Source
    entities: Mapping[Reference, Entity]
    words: Vocabulary
    hits: list[tuple[Term, int, int]]
    told: dict[str, tuple[int, int]]
    markets: dict[Entity, bool]

    @classmethod
    def of(cls, source: Source, entities: Mapping[Reference, Entity], words: Vocabulary) -> _Page:
        text, spans = source.document.text, sentences.split(source.document.text)
        masked = _masked(text, entities)
        found = [(term, a + at, a + to) for a, b in spans for term, at, to in words.found(masked[a:b])]
        markets = _markets(source, entities)
        context = {
            all_folded(own_words(" ".join(each.words))) for each, _, _ in found if each.entity.family == MARKET
        }
        context |= {all_folded(own_words(entity.label)) for entity in markets}
        hits = [hit for hit in found if _holds(text, hit, (context, set(entities.values())))]
        told = {
            key: sentences.around(spans, fact.evidence.start, fact.evidence.end)
            for key, fact in source.facts.items()
            if ontology.kind(fact.kind).family == "event"
        }
        return cls(source, entities, words, hits, told, markets)

    def grounds(self, key: str, fact: Fact) -> Iterator[Link]:
        """Every reason for which an event touches something, the strongest first."""
        for participant in fact.participants:
            entity = self.entities[identity.reference(fact, participant)]
            if _family(entity) in FAMILIES:
                role = participant.role.replace("_", " ")
                yield Link(key, entity, "stated", f"It takes part in the event as its {role}.")
        yield from self._read(key, self.told[key], "stated", "The sentence that tells of the event says")
        for name, value in sorted(fact.attributes.items()):
            yield from self._attributed(key, name, value)
        yield from self._read(key, self._passage(key), "inferred", "The text around the event says")
        for market, report in self.markets.items():
            what = "is a report on" if report else "gives figures or reasons for"
            yield Link(key, market, "inferred", f"The document {what} the {market.label}.")

    def _read(self, key: str, within: tuple[int, int], basis: str, says: str) -> Iterator[Link]:
        for each, start, end in self.hits:
            if within[0] <= start and end <= within[1]:
                yield _touched(key, each, basis, f"{says} “{self.source.document.text[start:end]}”")

    def _attributed(self, key: str, name: str, value: object) -> Iterator[Link]:
        meant = {each for each, _, _ in self.hits}
        for text in value if isinstance(value, tuple) else (value,):
            for each, _, _ in self.words.found(text) if isinstance(text, str) else ():
                if each in meant:
                    yield _touched(key, each, "stated", f"The event's {name.replace('_', ' ')} is “{text}”")

    def _passage(self, key: str) -> tuple[int, int]:
        """Of the main news of a release, which its lead tells, the whole text; of others, what goes on about them.

        That is the rest of the line, up to the sentence that tells of another event.
        """
        text, (start, end) = self.source.document.text, self.told[key]
        if not any(self.markets.values()) and start < self._lead():
            return 0, len(text)
        stops = [_line(text, end)[1], *(other for other, _ in self.told.values() if other >= end)]
        return start, min(stops)

    def _lead(self) -> int:
        """Where the first paragraph ends that tells of an event; headlines and bullet points above belong to it."""
        lines = sorted(_line(self.source.document.text, start) for start, _ in self.told.values())
        return next((end for start, end in lines if end - start >= _PARAGRAPH), lines[0][1])


def _markets(source: Source, entities: Mapping[Reference, Entity]) -> dict[Entity, bool]:
    """The markets that the document's facts name, and whether it is a report on them."""
    found: dict[Entity, bool] = {}
    for fact in source.facts.values():
        for participant in fact.participants:
            if participant.role == "market":
                market = entities[identity.reference(fact, participant)]
                found[market] = found.get(market, False) or fact.kind in _REPORT
    return dict(sorted(found.items(), key=lambda item: item[0].path))


def _line(text: str, at: int) -> tuple[int, int]:
    stop = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if stop < 0 else stop


def _touched(key: str, each: Term, basis: str, reason: str) -> Link:
    if each.own:
        return Link(key, each.entity, "inferred", f"{reason}, which is what the {each.entity.label} is about.")
    return Link(key, each.entity, basis, f"{reason}.")


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
    each, start, _ = hit
    at, to = _line(text, start)
    line = text[at:to].casefold()
    return "segment" in line or " ".join(each.market) in " ".join(map(folded, WORD.findall(line)))


def _inside_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word, or a sign of money, stands right by, as in "Marrowby North America" or "US$"."""
    if text[end : end + 1] == "$":
        return True
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


def _family(entity: Entity) -> str:
    return entity.family.partition("/")[0]
