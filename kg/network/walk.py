"""What lies around a node of the network, counted as people count it; reads the network only."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import networkx as nx

from kg.network.model import Edge, Entity, Event, Item, degree, edges_of, item, other_end


def neighbourhood(
    graph: nx.MultiDiGraph,
    centre: str,
    *,
    hops: int,
    node: Callable[[Item], bool] = lambda _: True,
    edge: Callable[[Edge], bool] = lambda _: True,
    crossed: Callable[[Item], bool] = lambda _: True,
) -> dict[str, int]:
    """What lies within `hops` of the centre, nearest and best connected first, with the hop of each.

    Hops are counted from entity to entity: an event lies on the way, it is no stop of its own. Nodes and edges that
    `node` and `edge` turn down are neither reached nor crossed; those that `crossed` turns down are ends of the way.
    """
    found, frontier = {centre: 0}, [centre]
    for hop in range(1, hops + 1):
        reached: list[str] = []
        for iri in frontier:
            for neighbour in _beyond(graph, iri, node, edge):
                if neighbour not in found:
                    found[neighbour] = hop
                    reached.append(neighbour)
        frontier = [iri for iri in reached if isinstance(item(graph, iri), Entity) and crossed(item(graph, iri))]
    return found


def _beyond(
    graph: nx.MultiDiGraph, iri: str, node: Callable[[Item], bool], edge: Callable[[Edge], bool]
) -> Iterator[str]:
    for neighbour in _adjacent(graph, iri, node, edge):
        yield neighbour
        if isinstance(item(graph, neighbour), Event):
            yield from _adjacent(graph, neighbour, node, edge)


def _adjacent(
    graph: nx.MultiDiGraph, iri: str, node: Callable[[Item], bool], edge: Callable[[Edge], bool]
) -> list[str]:
    ends = {other_end(each, iri) for each in edges_of(graph, iri) if edge(each)}
    return sorted((end for end in ends if node(item(graph, end))), key=lambda end: (-degree(graph, end), end))
