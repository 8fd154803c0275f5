"""The published graph as files for other tools; the same graph gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import IO

import networkx as nx
import pyoxigraph as ox

from kg import network, query
from kg.network import Edge, Entity, Event
from kg.store import Version

#: The question whose answer is the CSV table: one row for each fact.
TABLE = "facts"

_Writer = Callable[[Version, IO[bytes]], None]


def write(version: Version, form: str, output: IO[bytes]) -> None:
    """Write the whole graph in a format of FORMATS; Turtle has no named graphs, so it holds their union."""
    FORMATS[form](version, output)


def _dataset(form: ox.RdfFormat, version: Version, output: IO[bytes]) -> None:
    ox.serialize(_quads(version.embedded()), output, form, prefixes=query.PREFIXES)


def _union(version: Version, output: IO[bytes]) -> None:
    triples = sorted({quad.triple for quad in version.embedded()}, key=str)
    ox.serialize(triples, output, ox.RdfFormat.TURTLE, prefixes=query.PREFIXES)


def _quads(store: ox.Store) -> Iterator[ox.Quad]:
    """All quads graph by graph, in the order of their N-Quads lines."""
    for graph in sorted(store.named_graphs(), key=str):
        yield from sorted(store.quads_for_pattern(None, None, None, graph), key=str)


def _table(version: Version, output: IO[bytes]) -> None:
    query.write(query.run(version, query.get(TABLE).text), "csv", output)


def _graphml(version: Version, output: IO[bytes]) -> None:
    nx.write_graphml(_network(version), output, named_key_ids=True)


def _gexf(version: Version, output: IO[bytes]) -> None:
    text = "\n".join(nx.generate_gexf(_network(version)))
    timeless = re.sub(r' lastmodifieddate="[^"]*"', "", text)  # or else each file would be another one
    output.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{timeless}\n'.encode())


def _network(version: Version) -> nx.MultiDiGraph:
    whole, plain = network.load(version.network), nx.MultiDiGraph()
    for iri, item in whole.nodes(data="item"):
        plain.add_node(iri, **_node(item))
    for source, target, edge in whole.edges(data="edge"):
        plain.add_edge(source, target, key=edge.id, **_edge(edge))
    return plain


def _node(item: Entity | Event) -> dict[str, str | float]:
    if isinstance(item, Entity):
        return {"label": _xml(item.label), "type": item.type, "aliases": _xml("; ".join(item.aliases))}
    return {
        "label": _xml(item.label),
        "type": item.kind,
        "status": item.status,
        "confidence": item.confidence,
        "date": item.date,
        "facts": _list(item.facts),
    }


def _edge(edge: Edge) -> dict[str, str | float | bool]:
    return {
        "label": edge.phrase,
        "form": edge.form,
        "status": edge.status,
        "confidence": edge.confidence,
        "date": edge.date,
        "inferred": edge.inferred,
        "facts": _list(edge.facts),
    }


def _list(iris: Iterable[str]) -> str:
    return " ".join(sorted(iris))


def _xml(text: str) -> str:
    """The text without the control characters and lone surrogates that XML cannot hold."""
    return "".join(c if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff" else " " for c in text)


#: The formats by name.
FORMATS: dict[str, _Writer] = {
    "trig": partial(_dataset, ox.RdfFormat.TRIG),
    "turtle": _union,
    "nquads": partial(_dataset, ox.RdfFormat.N_QUADS),
    "jsonld": partial(_dataset, ox.RdfFormat.JSON_LD),
    "csv": _table,
    "graphml": _graphml,
    "gexf": _gexf,
}
