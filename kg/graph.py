"""Facts and identities to the quads of their source's named graph; pure functions, nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import DCAT, DCTERMS, PROV, QB, RDF, RDFS, SKOS, XSD

import ontology
from extract.document import Span
from extract.fact import Fact, Participant
from kg import identity, names, sentences, wording
from kg.entries import Source
from kg.identity import Entity, Reference
from ontology import regions

OA = "http://www.w3.org/ns/oa#"
_PRECISIONS = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of a home, whose base they all start with."""

    base: str

    def at(self, path: str) -> NamedNode:
        """The IRI of a path below the base."""
        return NamedNode(self.base + path)

    def graph(self, source: str) -> NamedNode:
        """The named graph of a source."""
        return self.at(f"graph/source/{source}")

    def fact(self, fact: str) -> NamedNode:
        """The IRI of a fact."""
        return self.at(f"fact/{fact}")

    def entity(self, entity: Entity) -> NamedNode:
        """The IRI of an entity."""
        return self.at(entity.path)


@dataclass(frozen=True, slots=True)
class Projection:
    """What a source's graph holds: the quads of its document and of each fact with its evidence.

    `needed` holds for each fact the descriptions of its participants, which stand in a graph that sources share.
    """

    graph: NamedNode
    document: tuple[Quad, ...]
    facts: dict[str, tuple[Quad, ...]]
    needed: dict[str, tuple[Quad, ...]]

    def quads(self, without: Iterable[str] = ()) -> set[Quad]:
        """All quads of the source's graph but those that only the facts `without` need."""
        left_out = set(without)
        kept = (quad for key, quads in self.facts.items() if key not in left_out for quad in quads)
        return {*self.document, *kept}


def project(base: str, source: Source, entities: Mapping[Reference, Entity]) -> Projection:
    """The projection of a source; `entities` holds every name that its facts use."""
    home = Names(base)
    document = home.at(f"document/{source.document.id}")
    maker = _Maker(home, source, document, entities, sentences.split(source.document.text))
    return Projection(
        maker.graph,
        tuple(maker.quads(maker.document())),
        {key: tuple(maker.quads(maker.fact(key, fact))) for key, fact in source.facts.items()},
        {key: tuple(maker.needed(fact)) for key, fact in source.facts.items()},
    )


def describe(base: str, entity: Entity, written: Iterable[str], dimensions: Iterable[str]) -> Iterator[Quad]:
    """An entity in the graph `graph/entities`: type, label, names as written, and a segment's dimensions.

    It stands there once, not in the graph of each source that names it: a union of graphs would count it as often.
    """
    home = Names(base)
    graph, node, known = home.at("graph/entities"), home.entity(entity), ontology.types().get(entity.type)
    yield Quad(node, iri(SKOS.prefLabel), Literal(entity.label), graph)
    for name in written:
        yield Quad(node, iri(SKOS.altLabel), Literal(names.unmarked(name)), graph)
    if known:
        yield Quad(node, iri(RDF.type), iri(known.iri), graph)
    if entity.family == identity.REGION and regions.by_code(entity.key):
        yield Quad(node, iri(SKOS.exactMatch), iri(regions.BASE + entity.key), graph)
    for dimension in dimensions:
        yield from _scheme(home, node, entity, dimension)


def _scheme(home: Names, node: NamedNode, segment: Entity, dimension: str) -> Iterator[Quad]:
    graph, key = home.at("graph/entities"), names.slug(dimension)
    scheme = home.at(f"{segment.family.replace(identity.SEGMENT, 'scheme', 1)}/{key}")
    yield Quad(node, iri(SKOS.inScheme), scheme, graph)
    yield Quad(scheme, iri(RDF.type), iri(SKOS.ConceptScheme), graph)
    yield Quad(scheme, iri(RDFS.label), Literal(key.replace("-", " ").capitalize()), graph)


def term(name: str) -> NamedNode:
    """A term of `ontology/ci.ttl`; raises AttributeError where it does not stand there."""
    return iri(ontology.terms()[name])


def iri(value: str) -> NamedNode:
    """An rdflib term or text as an IRI of the store."""
    return NamedNode(str(value))


def typed(value: str, datatype: str) -> Literal:
    """A literal of a datatype of XML Schema, given by its local name."""
    return Literal(value, datatype=iri(XSD[datatype]))


def decimal(value: Decimal) -> Literal:
    """An xsd:decimal in the shortest form, which every store keeps as it is."""
    return typed(format(value.normalize(), "f"), "decimal")


def first_day(text: str) -> tuple[Literal, Literal]:
    """A date (YYYY, YYYY-MM or YYYY-MM-DD) as the xsd:date of its first day, and its precision.

    What is no date stays a text, which validation refuses.
    """
    try:
        day = typed(date.fromisoformat((text + "-01-01")[:10]).isoformat(), "date")
    except ValueError:
        day = Literal(text)
    return day, Literal(_PRECISIONS.get(len(text), "day"))


_Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]


@dataclass(frozen=True, slots=True)
class _Maker:
    names: Names
    source: Source
    node: NamedNode
    entities: Mapping[Reference, Entity]
    sentences: list[tuple[int, int]]

    @property
    def graph(self) -> NamedNode:
        return self.names.graph(self.source.id)

    def quads(self, triples: Iterable[_Triple]) -> Iterator[Quad]:
        graph = self.graph
        return (Quad(*triple, graph) for triple in triples)

    def document(self) -> Iterator[_Triple]:
        document, node = self.source.document, self.node
        yield node, iri(RDF.type), term("Document")
        yield node, iri(DCTERMS.title), Literal(document.title or document.name)
        yield node, iri(DCAT.mediaType), Literal(document.media_type)
        yield node, term("firstSeen"), typed(self.source.first_seen, "dateTime")
        yield node, term("origin"), self.names.at(f"document/{self.source.origin or document.id}")
        for name in self.source.names:
            yield node, iri(DCTERMS.source), Literal(name)
        if document.publisher:
            yield node, term("publisherName"), Literal(document.publisher)
        if document.published:
            day, precision = first_day(document.published)
            yield node, iri(DCTERMS.issued), day
            yield node, term("issuedPrecision"), precision

    def fact(self, key: str, fact: Fact) -> Iterator[_Triple]:
        node, kind = self.names.fact(key), ontology.kind(fact.kind)
        yield node, iri(RDF.type), iri(kind.iri)
        yield node, iri(RDFS.label), Literal(self._label(fact))
        yield node, term("status"), Literal(fact.status)
        yield node, term("confidence"), decimal(Decimal(str(fact.confidence)))
        yield node, term("rule"), Literal(fact.rule)
        yield from ((node, term("signal"), Literal(each)) for each in fact.signals)
        yield node, iri(PROV.wasDerivedFrom), self.node
        yield node, term("firstSeen"), typed(self.source.seen[key], "dateTime")
        for participant in fact.participants:
            yield node, iri(kind.role(participant.role).iri), self._node(fact, participant)
        yield from self._figures(node, fact)
        yield from self._evidence(node, fact)
        if kind.family == "observation":
            yield from self._dataset(node)

    def needed(self, fact: Fact) -> Iterator[Quad]:
        for participant in fact.participants:
            who = identity.reference(fact, participant)
            dimension = identity.dimension(fact, participant)
            yield from describe(self.names.base, self.entities[who], [who.name], [dimension] if dimension else [])

    def _figures(self, node: NamedNode, fact: Fact) -> Iterator[_Triple]:
        if fact.date:
            day, precision = first_day(fact.date)
            yield node, term("date"), day
            yield node, term("datePrecision"), precision
        if fact.quantity:
            yield node, term("value"), decimal(fact.quantity.value)
            yield node, term("unit"), Literal(fact.quantity.unit)
            yield node, term("valueText"), Literal(fact.quantity.text)
        for name, value in fact.attributes.items():
            for each in value if isinstance(value, tuple) else (value,):
                yield node, iri(ontology.attribute_property(name)), _literal(each)

    def _evidence(self, fact_node: NamedNode, fact: Fact) -> Iterator[_Triple]:
        yield fact_node, term("bestEvidence"), self._span(fact.evidence)
        spans = {fact.evidence, *fact.mentions}
        yield from ((fact_node, term("evidence"), self._span(span)) for span in spans)
        yield from ((fact_node, term("antecedent"), self._span(span)) for span in fact.antecedents)
        for span in spans.union(fact.antecedents):
            node = self._span(span)
            start, end = sentences.around(self.sentences, span.start, span.end)
            yield node, iri(RDF.type), term("Evidence")
            yield node, iri(OA + "exact"), Literal(span.quote)
            yield node, iri(OA + "start"), typed(str(span.start), "integer")
            yield node, iri(OA + "end"), typed(str(span.end), "integer")
            yield node, term("sentence"), Literal(self.source.document.text[start:end])
            yield node, iri(PROV.wasQuotedFrom), self.node
            yield node, term("firstSeen"), typed(self.source.first_seen, "dateTime")

    def _dataset(self, node: NamedNode) -> Iterator[_Triple]:
        dataset = self.names.at(f"dataset/{self.source.id}")
        yield node, iri(QB.dataSet), dataset
        yield dataset, iri(RDF.type), iri(QB.DataSet)
        yield dataset, iri(PROV.wasDerivedFrom), self.node

    def _node(self, fact: Fact, participant: Participant) -> NamedNode:
        return self.names.entity(self.entities[identity.reference(fact, participant)])

    def _span(self, span: Span) -> NamedNode:
        key = sha256(f"{span.document} {span.start} {span.end}".encode()).hexdigest()[:24]
        return self.names.at(f"evidence/{key}")

    def _label(self, fact: Fact) -> str:
        parties = [(each.role, each.name) for each in fact.participants]
        figure = fact.quantity.text if fact.quantity else ""
        return wording.label(fact.kind, parties, title=str(fact.attributes.get("label") or ""), figure=figure)


def _literal(value: str | int | float | bool) -> Literal:
    if isinstance(value, bool):
        return typed(str(value).lower(), "boolean")
    if isinstance(value, int):
        return typed(str(value), "integer")
    return decimal(Decimal(str(value))) if isinstance(value, float) else Literal(value)
