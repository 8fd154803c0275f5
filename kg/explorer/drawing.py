"""A scene as elements of cytoscape.js; colours and shapes are the ontology's."""

from __future__ import annotations

from collections.abc import Collection
from math import log2
from typing import Any

import networkx as nx

import ontology
from kg import network
from kg.explorer.cards import capital
from kg.explorer.looks import look
from kg.explorer.plain import shown
from kg.explorer.scene import MOST_COUNTED, Scene
from kg.explorer.view import WEAK
from kg.network import Edge, Entity, Event, Item

#: Lines that say themselves what is planned, rumoured, denied or ended; the others end at a node that does.
_OWN_STATUS = ("statement", "event")


def elements(graph: nx.MultiDiGraph, scene: Scene, pinned: Collection[str] = ()) -> list[dict[str, dict[str, Any]]]:
    """The scene as elements of cytoscape.js; `pinned` nodes are marked so."""
    nodes = [{"data": _node(graph, scene, iri) | ({"pinned": True} if iri in pinned else {})} for iri in scene.nodes]
    return nodes + [{"data": _line(edge)} for edge in scene.edges]


def _node(graph: nx.MultiDiGraph, scene: Scene, iri: str) -> dict[str, Any]:
    item = network.item(graph, iri)
    face = look(item)
    data: dict[str, Any] = {
        "id": iri,
        "name": shown(item.label, 120),
        "caption": _caption(item) + _more(scene.more.get(iri, 0)),
        "kind": face.label,
        "colour": face.colour,
        "glyph": face.glyph,
        "size": 22 if isinstance(item, Event) else 24 + min(16.0, round(4 * log2(1 + network.degree(graph, iri)), 1)),
    }
    if iri == scene.centre:
        data |= {"centre": True, "size": 44}
    if isinstance(item, Event):
        data["event"] = True
    if isinstance(item, Event) and item.status != "asserted":
        data["status"] = item.status
    return data


def _caption(item: Item) -> str:
    if isinstance(item, Entity):
        return shown(item.label, 56)
    state = "" if item.status == "asserted" else f" ({item.status})"
    return shown(f"{capital(ontology.kind(item.kind).label)}{state} {item.date}")


def _more(count: int) -> str:
    if not count:
        return ""
    return f"  +{count}" if count < MOST_COUNTED else f"  +{MOST_COUNTED - 1} or more"


def _line(edge: Edge) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "caption": _told(edge),
        "width": round(1 + 1.2 * edge.confidence, 2),
        "arrow": edge.arrow,
        "weak": edge.confidence < WEAK,
        "inferred": edge.inferred,
    }
    if edge.status != "asserted":
        data |= {"status": edge.status, "always": edge.form in _OWN_STATUS}
    return data


def _told(edge: Edge) -> str:
    state = f" ({edge.status})" if edge.status != "asserted" and edge.form in _OWN_STATUS else ""
    when = f" {edge.date}" if edge.form == "event" else ""
    return edge.phrase + state + when


def legend(scene: Scene) -> list[dict[str, Any]]:
    """The legend as the graph component reads it."""
    return [
        {
            "name": key.look.name,
            "label": capital(key.look.label),
            "colour": key.look.colour,
            "glyph": key.look.glyph,
            "count": key.count,
            "on": key.on,
        }
        for key in scene.legend
    ]
