"""A scene as a table: what the picture shows, for those who read rather than look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

import ontology
from kg import network
from kg.explorer.plain import shown
from kg.explorer.scene import Scene
from kg.network import Edge, Event


@dataclass(frozen=True, slots=True)
class Row:
    """A relation of the scene in words: `id` is what a click on it picks (the event, or the edge of a statement).

    `facts` are those that say it.
    """

    id: str
    source: str
    relation: str
    target: str
    date: str
    status: str
    confidence: float
    facts: tuple[str, ...] = ()


def rows(graph: nx.MultiDiGraph, scene: Scene) -> list[Row]:
    """The table twin: a row for each event (who acts, on whom) and for each statement, the latest first."""
    events = [item for item in (network.item(graph, iri) for iri in scene.nodes) if isinstance(item, Event)]
    found = [_event_row(graph, scene, event) for event in events]
    found += [_statement_row(graph, edge) for edge in scene.edges if edge.form in ("statement", "event")]
    return sorted(found, key=lambda row: (row.date, row.confidence), reverse=True)


def _event_row(graph: nx.MultiDiGraph, scene: Scene, event: Event) -> Row:
    acting = _acting(graph, scene, event)
    others = [network.other_end(edge, event.iri) for edge in _parties(graph, event)]
    return Row(
        id=event.iri,
        source=_names(graph, acting),
        relation=ontology.kind(event.kind).label,
        target=_names(graph, [end for end in others if end not in acting]),
        date=event.date,
        status=event.status,
        confidence=event.confidence,
        facts=event.facts,
    )


def _parties(graph: nx.MultiDiGraph, event: Event) -> list[Edge]:
    return [edge for edge in network.edges_of(graph, event.iri) if edge.form == "role"]


def _acting(graph: nx.MultiDiGraph, scene: Scene, event: Event) -> list[str]:
    """Who acts: those that point to the event; where nobody does, those of its first role, the centre before all."""
    parties = _parties(graph, event)
    acting = [edge.source for edge in parties if edge.target == event.iri]
    first = network.phrase(ontology.kind(event.kind).roles[0].name)
    equals = [edge.target for edge in parties if edge.phrase == first and not edge.arrow]
    found = acting or equals
    return [scene.centre] if scene.centre in found else found


def _statement_row(graph: nx.MultiDiGraph, edge: Edge) -> Row:
    source, target = _names(graph, [edge.source]), _names(graph, [edge.target])
    return Row(edge.id, source, edge.phrase, target, edge.date, edge.status, edge.confidence, edge.facts)


def _names(graph: nx.MultiDiGraph, iris: Iterable[str]) -> str:
    return ", ".join(sorted({shown(network.item(graph, iri).label, 80) for iri in iris}))
