"""Facts with their evidence, read from the store of a version: a few look-ups per fact, never a scan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib import DCTERMS, PROV, RDF, RDFS, Namespace

import ontology

OA = Namespace("http://www.w3.org/ns/oa#")

_LENGTHS = {"year": 4, "month": 7, "day": 10}
_ROLES = {str(role.iri) for kind in ontology.kinds().values() for role in kind.roles}
_ATTRIBUTE = str(ontology.attribute_property(""))


@dataclass(frozen=True, slots=True)
class Document:
    """Where evidence stands; `issued` is as precise as known (YYYY, YYYY-MM, YYYY-MM-DD), empty where unknown."""

    iri: str
    title: str
    publisher: str
    issued: str
    source: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote with the sentence around it; offsets count characters of the document's text, half-open."""

    iri: str
    quote: str
    sentence: str
    start: int
    end: int
    document: Document


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as the graph holds it: `players` are (role, IRI), `evidence` has the best one first.

    `antecedents` are the places that name whom the evidence only calls "it" or "the company".
    """

    iri: str
    kind: ontology.Kind
    label: str
    status: str
    confidence: float
    rule: str
    signals: tuple[str, ...]
    date: str
    value: Decimal | None
    unit: str
    value_text: str
    players: tuple[tuple[str, str], ...]
    attributes: Mapping[str, tuple[str, ...]]
    evidence: tuple[Evidence, ...]
    antecedents: tuple[Evidence, ...] = ()

    def player(self, role: str) -> str | None:
        """The IRI of the first player of a role."""
        return next((iri for name, iri in self.players if name == role), None)


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict computed from facts: `verdict` is agrees or disagrees, `reason` says why in words."""

    iri: str
    verdict: str
    reason: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """That an event touches `target`: `basis` is stated or inferred, `reason` says why in words."""

    iri: str
    event: str
    target: str
    basis: str
    reason: str


class _Node:
    """The properties of one subject, over all graphs."""

    def __init__(self, store: Store, iri: str) -> None:
        self.iri = iri
        self._values: dict[str, set[str]] = defaultdict(set)
        for quad in store.quads_for_pattern(NamedNode(iri), None, None, None):
            if isinstance(quad.object, NamedNode | Literal):
                self._values[quad.predicate.value].add(quad.object.value)

    def all(self, term: str) -> list[str]:
        return sorted(self._values.get(str(term), ()))

    def get(self, term: str, default: str = "") -> str:
        return next(iter(self.all(term)), default)

    def date(self, term: str, precision: str) -> str:
        return self.get(term)[: _LENGTHS[self.get(precision, "day")]]

    def attributes(self) -> dict[str, tuple[str, ...]]:
        found = (each for each in self._values if each.startswith(_ATTRIBUTE))
        return {each.removeprefix(_ATTRIBUTE): tuple(self.all(each)) for each in sorted(found)}


def fact(store: Store, iri: str) -> Fact | None:
    """The fact of that IRI, None where the version holds none."""
    ci, node = ontology.terms(), _Node(store, iri)
    kinds = {str(kind.iri): kind for kind in ontology.kinds().values()}
    kind = next((kinds[each] for each in node.all(RDF.type) if each in kinds), None)
    if kind is None:
        return None
    value = node.get(ci.value)
    return Fact(
        iri=iri,
        kind=kind,
        label=node.get(RDFS.label, kind.label),
        status=node.get(ci.status, "asserted"),
        confidence=float(node.get(ci.confidence, "1")),
        rule=node.get(ci.rule),
        signals=tuple(sorted(node.all(ci.signal))),
        date=node.date(ci.date, ci.datePrecision),
        value=Decimal(value) if value else None,
        unit=node.get(ci.unit),
        value_text=node.get(ci.valueText),
        players=tuple((role.name, player) for role in kind.roles for player in node.all(role.iri)),
        attributes=node.attributes(),
        evidence=tuple(_evidence(store, each) for each in _best_first(node)),
        antecedents=tuple(_evidence(store, each) for each in node.all(ci.antecedent)),
    )


def _best_first(node: _Node) -> list[str]:
    ci = ontology.terms()
    best = node.get(ci.bestEvidence)
    return sorted(node.all(ci.evidence), key=lambda each: (each != best, each))


def _evidence(store: Store, iri: str) -> Evidence:
    ci, node = ontology.terms(), _Node(store, iri)
    quote = node.get(OA.exact)
    return Evidence(
        iri=iri,
        quote=quote,
        sentence=node.get(ci.sentence, quote),
        start=int(node.get(OA.start, "0")),
        end=int(node.get(OA.end, "0")),
        document=document(store, node.get(PROV.wasQuotedFrom)),
    )


def document(store: Store, iri: str) -> Document:
    """The document of that IRI; its title is the IRI where the version does not tell it."""
    ci, node = ontology.terms(), _Node(store, iri)
    return Document(
        iri=iri,
        title=node.get(DCTERMS.title, iri),
        publisher=node.get(ci.publisherName),
        issued=node.date(DCTERMS.issued, ci.issuedPrecision),
        source=node.get(DCTERMS.source),
    )


def documents(store: Store) -> list[tuple[Document, Counter[str]]]:
    """All documents, the latest published first, each with the number of its facts by kind; reads the whole store."""
    ci, kinds = ontology.terms(), {kind.iri: kind.name for kind in ontology.kinds().values()}
    of_fact = {quad.subject: quad.object for quad in _quads(store, PROV.wasDerivedFrom)}
    counts: dict[str, Counter[str]] = {
        quad.subject.value: Counter()
        for quad in _quads(store, RDF.type, ci.Document)
        if isinstance(quad.subject, NamedNode)
    }
    for iri, name in kinds.items():
        for quad in _quads(store, RDF.type, iri):
            said_in = of_fact.get(quad.subject)
            if isinstance(said_in, NamedNode) and said_in.value in counts:
                counts[said_in.value][name] += 1
    found = [(document(store, iri), counted) for iri, counted in counts.items()]
    return sorted(found, key=lambda pair: (pair[0].issued, pair[0].title), reverse=True)


def facts_about(store: Store, entity: str) -> Iterator[Fact]:
    """The facts that an entity takes part in, in the order of their IRIs."""
    for iri in _subjects(store, entity, _ROLES):
        found = fact(store, iri)
        if found is not None:
            yield found


def latest_facts(store: Store, entity: str, limit: int) -> tuple[list[Fact], int]:
    """The latest facts that an entity takes part in, at most `limit`, and how many there are in all."""
    date = NamedNode(ontology.terms().date)
    dated = []
    for iri in _subjects(store, entity, _ROLES):
        quad = next(store.quads_for_pattern(NamedNode(iri), date, None, None), None)
        dated.append((quad.object.value if quad and isinstance(quad.object, Literal) else "", iri))
    dated.sort(reverse=True)
    found = (fact(store, iri) for _, iri in dated[:limit])
    return [each for each in found if each], len(dated)


def _quads(store: Store, predicate: str, value: str | None = None) -> Iterator[Quad]:
    return store.quads_for_pattern(None, NamedNode(predicate), None if value is None else NamedNode(value), None)


def _subjects(store: Store, entity: str, predicates: set[str]) -> list[str]:
    quads = store.quads_for_pattern(None, None, NamedNode(entity), None)
    return sorted(
        {
            quad.subject.value
            for quad in quads
            if quad.predicate.value in predicates and isinstance(quad.subject, NamedNode)
        }
    )


def links_to(store: Store, entity: str) -> list[Link]:
    """The links of events that touch an entity."""
    return [_link(store, iri) for iri in _subjects(store, entity, {str(ontology.terms().touches)})]


def links_of(store: Store, event: str) -> list[Link]:
    """The links of an event to what it touches."""
    return [_link(store, iri) for iri in _subjects(store, event, {str(ontology.terms().event)})]


def _link(store: Store, iri: str) -> Link:
    ci, node = ontology.terms(), _Node(store, iri)
    return Link(iri, node.get(ci.event), node.get(ci.touches), node.get(ci.basis), node.get(ci.reason))


def checks_of(store: Store, market: str) -> list[Check]:
    """The verdicts on the figures of a market."""
    ci = ontology.terms()
    nodes = [_Node(store, iri) for iri in _subjects(store, market, {str(ci.checkedMarket)})]
    found = [Check(n.iri, n.get(ci.verdict), n.get(ci.reason), tuple(n.all(PROV.wasDerivedFrom))) for n in nodes]
    return sorted(found, key=lambda check: (check.verdict == "agrees", check.reason))


def published_by(store: Store, names: Iterable[str]) -> list[Document]:
    """The documents of a publisher by any of its names, the latest first."""
    predicate = NamedNode(str(ontology.terms().publisherName))
    found = {
        quad.subject.value
        for name in names
        for quad in store.quads_for_pattern(None, predicate, Literal(name), None)
        if isinstance(quad.subject, NamedNode)
    }
    return sorted((document(store, iri) for iri in found), key=lambda each: (each.issued, each.title), reverse=True)
