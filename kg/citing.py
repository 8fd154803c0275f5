"""One fact as a file to cite it by: a nanopublication, or RDF 1.2 whose reifier is the fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import IO

import pyoxigraph as ox
from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, XSD

import ontology
from kg import query
from kg.graph import iri, term
from kg.store import Version
from ontology.errors import KgError

_NP = "http://www.nanopub.org/nschema#"
_REIFIES = ox.NamedNode(f"{RDF}reifies")
_ABOUT = frozenset({iri(PROV.wasDerivedFrom), term("evidence"), term("bestEvidence")})


class UnknownFactError(KgError):
    """A fact that the published graph does not hold."""


def write(version: Version, fact: str, form: str, output: IO[bytes]) -> None:
    """Write the fact of that IRI in a format of FORMATS; raises UnknownFactError."""
    FORMATS[form](_Cited(version, fact), output)


class _Cited:
    """What the graph says of a fact: itself, who takes part, its evidence and its document."""

    def __init__(self, version: Version, fact: str) -> None:
        self.store, self.published = version.store(), str(version.info["published"])
        self.node = ox.NamedNode(fact)
        self.own = self._said(self.node)
        if not any(each.predicate == term("status") for each in self.own):
            raise UnknownFactError(f"{fact}: the published graph holds no such fact; `kg query facts` lists all")

    def _said(self, subject: ox.NamedNode) -> list[ox.Triple]:
        return sorted({quad.triple for quad in self.store.quads_for_pattern(subject, None, None, None)}, key=str)

    def _named(self, predicates: Iterable[ox.NamedNode]) -> list[ox.NamedNode]:
        wanted = set(predicates)
        found = {each.object for each in self.own if each.predicate in wanted}
        return sorted((each for each in found if isinstance(each, ox.NamedNode)), key=str)

    def stated(self) -> Iterator[ox.Triple]:
        """The fact without where it is from, and names and types of those who take part."""
        yield from (each for each in self.own if each.predicate not in _ABOUT)
        roles = {iri(role.iri) for kind in ontology.kinds().values() for role in kind.roles}
        for who in self._named(roles):
            told = {iri(RDF.type), iri(SKOS.prefLabel)}
            yield from (each for each in self._said(who) if each.predicate in told)

    def provenance(self) -> Iterator[ox.Triple]:
        """The evidence and the document, with all that is said of them."""
        for each in self._named(_ABOUT):
            yield from self._said(each)

    def edges(self) -> Iterator[ox.Triple]:
        """The fact as plain statements between two who take part, for the kinds that are drawn as such."""
        types = {each.object for each in self.own if each.predicate == iri(RDF.type)}
        for kind in (each for each in ontology.kinds().values() if iri(each.iri) in types):
            for edge in kind.edges:
                ends = (self._named([iri(kind.role(role).iri)]) for role in (edge.source, edge.target))
                if edge.shortcut:
                    yield from (ox.Triple(s, iri(edge.shortcut), o) for s, o in product(*ends) if s != o)


def _nanopublication(cited: _Cited, output: IO[bytes]) -> None:
    name = cited.node.value.replace("/fact/", "/nanopublication/")
    whole = ox.NamedNode(name)
    head, assertion, provenance, publication = (
        ox.NamedNode(f"{name}#{part}") for part in ("head", "assertion", "provenance", "publication")
    )
    created = ox.Literal(cited.published, datatype=iri(XSD.dateTime))
    graphs = {
        head: [
            ox.Triple(whole, iri(RDF.type), ox.NamedNode(f"{_NP}Nanopublication")),
            ox.Triple(whole, ox.NamedNode(f"{_NP}hasAssertion"), assertion),
            ox.Triple(whole, ox.NamedNode(f"{_NP}hasProvenance"), provenance),
            ox.Triple(whole, ox.NamedNode(f"{_NP}hasPublicationInfo"), publication),
        ],
        assertion: list(cited.stated()),
        provenance: [
            *(ox.Triple(assertion, each.predicate, each.object) for each in cited.own if each.predicate in _ABOUT),
            *cited.provenance(),
        ],
        publication: [
            ox.Triple(whole, iri(DCTERMS.created), created),
            ox.Triple(whole, iri(RDFS.seeAlso), cited.node),
        ],
    }
    quads = (
        ox.Quad(each.subject, each.predicate, each.object, graph) for graph, said in graphs.items() for each in said
    )
    ox.serialize(quads, output, ox.RdfFormat.TRIG, prefixes={**query.PREFIXES, "np": _NP})


def _reified(cited: _Cited, output: IO[bytes]) -> None:
    reified = (ox.Triple(cited.node, _REIFIES, edge) for edge in sorted(cited.edges(), key=str))
    said = {**dict.fromkeys(reified), **dict.fromkeys((*cited.own, *cited.stated(), *cited.provenance()))}
    ox.serialize(said, output, ox.RdfFormat.TURTLE, prefixes=query.PREFIXES)


#: The formats by name.
FORMATS: dict[str, Callable[[_Cited, IO[bytes]], None]] = {"nanopub": _nanopublication, "rdf12": _reified}
