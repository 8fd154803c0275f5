"""RDF that users add: each file in a named graph of its own, recorded in the ledger, and to be taken out again."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, URIRef

import ontology
from kg import names
from kg.ledger import Ledger
from ontology.errors import KgError

#: The formats by the endings of files.
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
}


class ImportRefusedError(KgError):
    """RDF that cannot be read, or that would look like what documents state."""


@dataclass(frozen=True, slots=True)
class Import:
    """RDF that is shown under a name: the file it came from and how many triples it holds."""

    name: str
    file: str
    triples: int


def read(path: Path, base: str, name: str) -> list[ox.Triple]:
    """The triples of a file, whatever graphs it puts them in; its blank nodes get IRIs below the graph's.

    Nothing is fetched for it. Raises ImportRefusedError where it cannot be read, holds what SPARQL 1.1 has not, or
    uses what is ours: terms of the ontology anywhere, and of our own resources the properties that the graph itself
    uses.
    """
    if path.suffix not in FORMATS:
        raise ImportRefusedError(f"{path}: the name has to end in one of {', '.join(FORMATS)}")
    named = _Nodes(f"{base}graph/import/{name}/")
    try:
        quads = ox.parse(path=str(path), format=FORMATS[path.suffix], base_iri=base)
        triples = dict.fromkeys(named.triple(quad) for quad in quads)
    except (SyntaxError, ValueError) as error:
        raise ImportRefusedError(f"{path}: {error}") from error
    except OSError as error:
        raise ImportRefusedError(f"{path}: cannot be read ({error.strerror or error})") from error
    for each in triples:
        if reason := _refused(each, base):
            raise ImportRefusedError(f"{path}: {each}: {reason}")
    return list(triples)


def keep(ledger: Ledger, run: int, shown: Import, triples: Iterable[ox.Triple]) -> bool:
    """Records the triples under that name, in place of what it showed; False where that is the same."""
    text = "".join(f"{each} .\n" for each in sorted(map(str, triples)))
    held = ledger.rows("SELECT data FROM import WHERE name = ? AND gone IS NULL", (shown.name,))
    if held and zlib.decompress(held[0][0]).decode("utf-8") == text:
        return False
    with ledger.change(run, f"import {shown.name}") as change:
        change.connection.execute(
            "UPDATE import SET gone = ? WHERE name = ? AND gone IS NULL", (change.number, shown.name)
        )
        values = (shown.name, shown.file, shown.triples, zlib.compress(text.encode()), change.number)
        change.connection.execute(
            "INSERT INTO import (name, file, triples, data, change) VALUES (?, ?, ?, ?, ?)", values
        )
    return True


def withdraw(ledger: Ledger, run: int, name: str) -> None:
    """Takes out what is shown under that name; the ledger keeps it. Raises ImportRefusedError where nothing is."""
    if name not in {each.name for each in listed(ledger)}:
        raise ImportRefusedError(f"there is no import {name!r}: `kg imports` lists them")
    with ledger.change(run, f"withdraw import {name}") as change:
        change.connection.execute("UPDATE import SET gone = ? WHERE name = ? AND gone IS NULL", (change.number, name))


def listed(ledger: Ledger) -> list[Import]:
    """What is shown, by name."""
    rows = ledger.rows("SELECT name, file, triples FROM import WHERE gone IS NULL ORDER BY name")
    return [Import(*row) for row in rows]


def changed(ledger: Ledger, base: str, since: int) -> Iterator[tuple[ox.NamedNode, set[ox.Quad]]]:
    """The graphs of the imports that look different than after change `since`, with their quads."""
    rows = ledger.rows(
        "SELECT name, max(CASE WHEN gone IS NULL THEN id END) FROM import WHERE change > :since OR gone > :since "
        "GROUP BY name ORDER BY name",
        {"since": since},
    )
    for name, number in rows:
        graph = ox.NamedNode(f"{base}graph/import/{name}")
        data = ledger.row("SELECT data FROM import WHERE id = ?", (number,))[0] if number else zlib.compress(b"")
        quads = ox.parse(zlib.decompress(data), ox.RdfFormat.N_TRIPLES)
        yield graph, {ox.Quad(each.subject, each.predicate, each.object, graph) for each in quads}


def key(name: str) -> str:
    """The name of a graph as it stands in its IRI."""
    return names.slug(name) or "import"


class _Nodes:
    """IRIs for blank nodes, numbered as they come."""

    def __init__(self, below: str) -> None:
        self._below, self._known = below, dict[ox.BlankNode, ox.NamedNode]()

    def triple(self, quad: ox.Quad) -> ox.Triple:
        if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
            raise ValueError(f"{quad.triple}: triples about triples are not SPARQL 1.1")
        value = quad.object if isinstance(quad.object, ox.Literal) else self._node(quad.object)
        return ox.Triple(self._node(quad.subject), quad.predicate, value)

    def _node(self, term: ox.NamedNode | ox.BlankNode) -> ox.NamedNode:
        if isinstance(term, ox.NamedNode):
            return term
        return self._known.setdefault(term, ox.NamedNode(f"{self._below}{len(self._known) + 1}"))


def _refused(triple: ox.Triple, base: str) -> str:
    """Why a triple may not be imported, empty where it may."""
    subject, predicate, target = triple.subject, triple.predicate.value, triple.object
    terms = (predicate, target.value if isinstance(target, ox.NamedNode) else "")
    if any(each.startswith(ontology.BASE) for each in terms):
        return f"terms in {ontology.BASE} are for what documents state: use some of your own"
    if isinstance(subject, ox.NamedNode) and subject.value.startswith(base) and predicate in _ours():
        return "the graph itself says this of its resources: use a property of your own"
    return ""


@cache
def _ours() -> frozenset[str]:
    paths = {str(path) for path in ontology.graph().objects(None, SH.path) if isinstance(path, URIRef)}
    return frozenset(
        {*paths, str(RDF.type), str(RDFS.label), str(ontology.SKOS.prefLabel), str(ontology.SKOS.altLabel)}
    )
