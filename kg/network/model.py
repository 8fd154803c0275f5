"""Entities, events and the edges between them, and the file that holds them; knows no triple."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import networkx as nx

from ontology.errors import KgError

FORMAT = 1


class NetworkFormatError(KgError):
    """A network file that this version of the product cannot read."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A participant: `type` is a name of `ontology.types()`, `aliases` are the further names it is written as."""

    iri: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What one or several documents say of one event.

    `iri` is that of the earliest statement, `facts` those of all; `kind` is a name of `ontology.kinds()`, `date` is
    YYYY, YYYY-MM, YYYY-MM-DD or empty.
    """

    iri: str
    kind: str
    label: str
    status: str
    confidence: float
    date: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A line of the picture, from `source` to `target`.

    `form` is role (a party and its event), statement (two entities), link (an event and what it touches) or event
    (two parties, where a picture draws their event as a line). `facts` are the IRIs of the facts that say it (of the
    link node, for a link); `arrow` tells whether it has a direction, `inferred` whether it is a link that no sentence
    states.
    """

    source: str
    target: str
    form: str
    phrase: str
    facts: tuple[str, ...]
    status: str
    confidence: float
    date: str = ""
    arrow: bool = False
    inferred: bool = False

    @property
    def id(self) -> str:
        """Unique in the network, the same for the same edge in every version, and short enough for an address."""
        return blake2b(f"{self.source} {self.phrase} {self.target}".encode(), digest_size=8).hexdigest()


Item = Entity | Event


def save(path: Path, entities: Iterable[Entity], events: Iterable[Event], edges: Iterable[Edge]) -> None:
    """Write a network as JSON; the same values in the same order give the same bytes."""
    document = {
        "format": FORMAT,
        "entities": [[e.iri, e.type, e.label, e.aliases] for e in entities],
        "events": [[e.iri, e.kind, e.label, e.status, e.confidence, e.date, e.facts] for e in events],
        "edges": [
            [e.source, e.target, e.form, e.phrase, e.facts, e.status, e.confidence, e.date, e.arrow, e.inferred]
            for e in edges
        ],
    }
    path.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")), "utf-8")


def load(path: Path) -> nx.MultiDiGraph:
    """The network that `save` wrote.

    Nodes are IRIs with an `item` and a `degree`; edges are keyed by `edge.id` and have an `edge`.
    Raises NetworkFormatError where another version of the product wrote the file.
    """
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    if document.get("format") != FORMAT:
        raise NetworkFormatError(f"{path}: format {document.get('format')!r} is not {FORMAT}: run `kg build`")
    graph = nx.MultiDiGraph()
    for iri, kind, label, aliases in document["entities"]:
        graph.add_node(iri, item=Entity(iri, kind, label, tuple(aliases)))
    for iri, kind, label, status, confidence, date, facts in document["events"]:
        graph.add_node(iri, item=Event(iri, kind, label, status, confidence, date, tuple(facts)))
    for source, target, form, phrase, facts, *rest in document["edges"]:
        edge = Edge(source, target, form, phrase, tuple(facts), *rest)
        graph.add_edge(source, target, key=edge.id, edge=edge)
    nx.set_node_attributes(graph, dict(graph.degree()), "degree")
    return graph


def item(graph: nx.MultiDiGraph, iri: str) -> Item:
    """The entity or event of a node; raises KeyError where there is none."""
    found: Item = graph.nodes[iri]["item"]
    return found


def phrase(role: str) -> str:
    """How a role is called in the picture."""
    return role.replace("_", " ")


def degree(graph: nx.MultiDiGraph, iri: str) -> int:
    """How many edges touch a node in the whole network."""
    found: int = graph.nodes[iri]["degree"]
    return found


def edges_of(graph: nx.MultiDiGraph, iri: str) -> Iterator[Edge]:
    """The edges that touch a node, outgoing first."""
    for *_, edge in graph.out_edges(iri, data="edge"):
        yield edge
    for *_, edge in graph.in_edges(iri, data="edge"):
        yield edge


def other_end(edge: Edge, iri: str) -> str:
    """The end of an edge that is not `iri`."""
    return edge.target if edge.source == iri else edge.source
