"""A scene as data for other programs: CSV, GraphML and Turtle; what is exported is what is seen."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import networkx as nx
import pyoxigraph as ox
import streamlit as st
from pyoxigraph import NamedNode, Store, Triple
from rdflib import PROV, RDF, RDFS, SKOS

import ontology
from kg import network
from kg.explorer import details
from kg.explorer.looks import look
from kg.explorer.scene import Scene
from kg.explorer.table import Row, rows
from kg.network import Edge, Event
from kg.query import PREFIXES

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLUMNS = ("from", "relation", "to", "date", "status", "confidence", "document", "publisher", "sentence")
_DESCRIBED = tuple(NamedNode(str(term)) for term in (RDF.type, SKOS.prefLabel, RDFS.label, SKOS.inScheme))


def as_csv(graph: nx.MultiDiGraph, store: Store, scene: Scene) -> bytes:
    """The table twin with the best sentence of each row."""
    return table_csv(_COLUMNS, ([*_cells(row), *_said(store, row)] for row in rows(graph, scene)))


def table_csv(columns: Iterable[str], lines: Iterable[Iterable[object]]) -> bytes:
    """A table as CSV that no spreadsheet takes for formulas, with a mark that tells Excel the encoding."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(list(columns))
    writer.writerows([_harmless(str(cell)) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def button(label: str, name: str, media_type: str, made: Callable[[], bytes | str]) -> None:
    """A button that saves a file, made when it is asked for."""
    st.download_button(
        label, made, name, media_type, on_click="ignore", type="tertiary", key=f"save {label} {media_type}"
    )


def csv_button(name: str, columns: Sequence[str], lines: Callable[[], Iterable[Iterable[object]]]) -> None:
    """A button that saves a table; its lines are made when it is asked for."""
    button("CSV", f"{name}.csv", "text/csv", lambda: table_csv(columns, lines()))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) else cell


def _cells(row: Row) -> tuple[str, ...]:
    return (row.source, row.relation, row.target, row.date, row.status, f"{row.confidence:.2f}")


def _said(store: Store, row: Row) -> tuple[str, ...]:
    fact = details.fact(store, row.facts[0]) if row.facts else None
    if fact is None or not fact.evidence:
        return ("", "", "")
    best = fact.evidence[0]
    return (best.document.title, best.document.publisher, best.sentence)


def as_graphml(graph: nx.MultiDiGraph, scene: Scene) -> bytes:
    """Nodes with label and kind, and edges with what they say, for Gephi, yEd or networkx."""
    plain = nx.MultiDiGraph()
    for iri in scene.nodes:
        item = network.item(graph, iri)
        extra = {"date": item.date, "status": item.status} if isinstance(item, Event) else {}
        plain.add_node(iri, label=_xml(item.label), kind=look(item).label, colour=look(item).colour, **extra)
    for edge in scene.edges:
        plain.add_edge(
            edge.source,
            edge.target,
            key=edge.id,
            relation=edge.phrase,
            status=edge.status,
            confidence=edge.confidence,
            date=edge.date,
            inferred=edge.inferred,
        )
    return "\n".join(nx.generate_graphml(plain)).encode()


def _xml(text: str) -> str:
    """The text without characters that XML has no place for."""
    return _NOT_XML.sub("", text)


def as_turtle(graph: nx.MultiDiGraph, store: Store, scene: Scene) -> bytes:
    """All that the graph says of the facts in the scene, with their evidence, and what the entities are."""
    triples = sorted(set(_triples(graph, store, scene)), key=str)
    found = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    return found or b""


def _triples(graph: nx.MultiDiGraph, store: Store, scene: Scene) -> Iterator[Triple]:
    events = [item for item in (network.item(graph, iri) for iri in scene.nodes) if isinstance(item, Event)]
    told: list[Event | Edge] = [*events, *scene.edges]
    facts = {fact for each in told for fact in each.facts}
    for fact in facts:
        for triple in _of(store, fact):
            yield triple
            if triple.predicate in _LEADING and isinstance(triple.object, NamedNode):
                yield from _of(store, triple.object.value)
    for iri in scene.nodes:
        yield from (triple for triple in _of(store, iri) if triple.predicate in _DESCRIBED)


_LEADING = (NamedNode(str(ontology.terms().evidence)), NamedNode(str(PROV.wasDerivedFrom)))


def _of(store: Store, iri: str) -> Iterator[Triple]:
    return (quad.triple for quad in store.quads_for_pattern(NamedNode(iri), None, None, None))
