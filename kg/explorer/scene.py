"""A view of the network as the scene to be shown: nodes, edges and legend; says nothing about how it is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import networkx as nx

import ontology
from kg import network
from kg.explorer.filters import Filter
from kg.explorer.looks import Look, look
from kg.explorer.view import View
from kg.network import Edge, Entity, Event, Item

MOST_NODES = 150
MOST_ADDED = 30
MOST_COUNTED = 100
#: Places stand in the picture but no way leads on through them: everything in a market meets in "Europe".
_PLACES = ("Region", "Country")


@dataclass(frozen=True, slots=True)
class Key:
    """A row of the legend: how many nodes of that look are in reach, and whether they are shown."""

    look: Look
    count: int
    on: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """What is shown: `nodes` in the order of nearness, `total` of those in reach, `more` the undrawn neighbours."""

    centre: str
    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
    total: int
    more: Mapping[str, int]
    legend: tuple[Key, ...]


def build(graph: nx.MultiDiGraph, view: View, said_in: Callable[[str], str] = str) -> Scene:
    """The scene of a view whose centre is in the network: at most MOST_NODES, pinned ones first, then the nearest.

    `said_in` gives the document of a fact; it is asked only where the view chooses documents.
    """
    centre, passes = view.centre or "", Filter(graph, view, said_in)
    in_reach = _reach(graph, view, passes.told, passes.fits)
    drawn_reach = _reach(graph, view, passes.wanted, passes.fits) if view.hidden else in_reach
    drawn = list(drawn_reach)[:MOST_NODES]
    names = set(drawn)
    edges = {
        edge.id: edge
        for iri in drawn
        for edge in network.edges_of(graph, iri)
        if passes.fits(edge) and network.other_end(edge, iri) in names
    }
    more = {iri: _undrawn(graph, iri, passes, names) for iri in drawn}
    scene = Scene(
        centre=centre,
        nodes=tuple(drawn),
        edges=tuple(edges[id_] for id_ in sorted(edges)),
        total=len(drawn_reach),
        more={iri: count for iri, count in more.items() if count},
        legend=legend(graph, in_reach, view.hidden),
    )
    return _as_links(graph, scene, {pin.iri for pin in view.pins}) if view.deals == "links" else scene


def _reach(
    graph: nx.MultiDiGraph, view: View, node: Callable[[Item], bool], edge: Callable[[Edge], bool]
) -> dict[str, int]:
    """What the view asks for: its centre, what is pinned, the neighbourhood, and what was expanded in it."""
    centre = view.centre or ""
    found = {iri: 0 for iri in (centre, *(pin.iri for pin in view.pins)) if iri in graph}
    near = network.neighbourhood(graph, centre, hops=view.hops, node=node, edge=edge, crossed=_leads_on)
    found |= {iri: hop for iri, hop in near.items() if iri not in found}
    for iri in view.expanded:
        if iri in found:
            beyond = network.neighbourhood(graph, iri, hops=1, node=node, edge=edge)
            added = [each for each in beyond if each not in found]
            found.update(dict.fromkeys(added[:MOST_ADDED], found[iri] + 1))
    return found


def _leads_on(item: Item) -> bool:
    return not (isinstance(item, Entity) and item.type in _PLACES)


def _undrawn(graph: nx.MultiDiGraph, iri: str, passes: Filter, drawn: set[str]) -> int:
    """How many neighbours are not drawn; MOST_COUNTED stands for any number above, since hubs have thousands."""
    ends: set[str] = set()
    for edge in network.edges_of(graph, iri):
        end = network.other_end(edge, iri)
        if end not in drawn and passes.fits(edge) and passes.wanted(network.item(graph, end)):
            ends.add(end)
            if len(ends) == MOST_COUNTED:
                break
    return len(ends)


def legend(graph: nx.MultiDiGraph, nodes: Iterable[str], hidden: frozenset[str] = frozenset()) -> tuple[Key, ...]:
    """What there is among nodes, in the order of the ontology; what is hidden is counted too."""
    counts = Counter(look(network.item(graph, iri)) for iri in nodes)
    order = [*ontology.types(), *ontology.kinds()]
    looks = sorted(counts, key=lambda each: order.index(each.name))
    return tuple(Key(each, counts[each], each.name not in hidden) for each in looks)


def _as_links(graph: nx.MultiDiGraph, scene: Scene, pinned: set[str]) -> Scene:
    """The scene with every event of exactly two drawn parties as a line between them, save those that are pinned."""
    loose = [iri for iri in scene.nodes if iri not in pinned]
    lines = {iri: line for iri in loose if (line := _line_of(graph, scene, iri)) is not None}
    edges = [edge for edge in scene.edges if edge.source not in lines and edge.target not in lines]
    ends = {end for edge in [*edges, *lines.values()] for end in (edge.source, edge.target)}
    nodes = [iri for iri in scene.nodes if iri in ends or iri == scene.centre or iri in pinned]
    return replace(scene, nodes=tuple(nodes), edges=(*edges, *lines.values()))


def _line_of(graph: nx.MultiDiGraph, scene: Scene, iri: str) -> Edge | None:
    event = network.item(graph, iri)
    if not isinstance(event, Event) or iri == scene.centre:
        return None
    for spec in ontology.kind(event.kind).edges:
        parties = [_players(scene, iri, role) for role in (spec.source, spec.target)]
        ends = sorted({*parties[0], *parties[1]})
        if len(ends) == 2 and all(parties):
            source = parties[0][0]
            target = next(end for end in ends if end != source)
            return Edge(
                source=source,
                target=target,
                form="event",
                phrase=spec.phrase,
                facts=event.facts,
                status=event.status,
                confidence=event.confidence,
                date=event.date,
                arrow=spec.source != spec.target,
            )
    return None


def _players(scene: Scene, event: str, role: str) -> list[str]:
    phrase = network.phrase(role)
    return sorted(
        network.other_end(edge, event)
        for edge in scene.edges
        if edge.form == "role" and edge.phrase == phrase and event in (edge.source, edge.target)
    )
