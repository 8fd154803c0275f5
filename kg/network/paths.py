"""How two entities are connected: the shortest ways between them; reads the network only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice, pairwise

import networkx as nx

from kg.network.model import Edge, Entity, Item, degree, edges_of, item, other_end

#: Entities with more edges than this connect everything with everything, and so explain nothing.
HUB = 250
_MOST_REACHED = 20_000
_SLACK = 2.0  # how much longer than the shortest way another one may be, in hops


@dataclass(frozen=True, slots=True)
class Path:
    """A way from entity to entity: the nodes (events between them included), and the edges from each to the next.

    Of several edges between two nodes the surest is taken, those that no sentence states are never taken.
    """

    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]


def paths(
    graph: nx.MultiDiGraph,
    source: str,
    target: str,
    *,
    hops: int = 4,
    most: int = 5,
    through: Callable[[Item], bool] = lambda _: True,
) -> list[Path]:
    """At most `most` ways of at most `hops` hops, the shortest first, of those that have come true before others.

    Hops are counted from entity to entity. No way leads through an entity that `through` turns down or that is a hub.
    """
    ends = {source, target}

    def open_(iri: str) -> bool:
        found = item(graph, iri)
        return iri in ends or not isinstance(found, Entity) or (degree(graph, iri) <= HUB and through(found))

    there, back = (_distances(graph, end, hops, open_) for end in (source, target))
    if target not in there:
        return []
    longest = min(float(hops), there[target] + _SLACK)
    near = nx.Graph()
    for iri in sorted(there.keys() & back.keys()):
        if there[iri] + back[iri] <= longest:
            for step, edge in _steps(graph, iri, open_):
                if step in there and step in back and there[step] + back[step] <= longest:
                    near.add_edge(iri, step, weight=_weight(edge))
    if not (near.has_node(source) and near.has_node(target)):
        return []
    found = islice(_simple(near, source, target, longest), most)
    ways = [Path(tuple(nodes), tuple(_edges(graph, nodes))) for nodes in found]
    return sorted(ways, key=lambda way: (nx.path_weight(near, way.nodes, "weight"), _open_ends(way)))


def _open_ends(way: Path) -> int:
    """How many of its edges tell what is not, or not yet."""
    return sum(edge.status != "asserted" for edge in way.edges)


def _simple(near: nx.Graph, source: str, target: str, longest: float) -> Iterator[list[str]]:
    for nodes in nx.shortest_simple_paths(near, source, target, weight="weight"):
        if nx.path_weight(near, nodes, "weight") > longest:
            return
        yield nodes


def _distances(graph: nx.MultiDiGraph, start: str, hops: float, open_: Callable[[str], bool]) -> dict[str, float]:
    """The hops from a node to all within reach, as many as can be looked at in good time."""
    found: dict[str, float] = {}
    waiting = [(0.0, start)]
    while waiting and len(found) < _MOST_REACHED:
        far, iri = heappop(waiting)
        if iri in found:
            continue
        found[iri] = far
        for step, edge in _steps(graph, iri, open_):
            if step not in found and far + _weight(edge) <= hops:
                heappush(waiting, (far + _weight(edge), step))
    return found


def _steps(graph: nx.MultiDiGraph, iri: str, open_: Callable[[str], bool]) -> Iterator[tuple[str, Edge]]:
    for edge in edges_of(graph, iri):
        end = other_end(edge, iri)
        if not edge.inferred and edge.status != "denied" and open_(end):
            yield end, edge


def _weight(edge: Edge) -> float:
    """Half a hop from a party to its event, since the other half leads on to the next party."""
    return 1.0 if edge.form == "statement" else 0.5


def _edges(graph: nx.MultiDiGraph, nodes: list[str]) -> Iterator[Edge]:
    for here, there in pairwise(nodes):
        between = (edge for edge in edges_of(graph, here) if other_end(edge, here) == there)
        yield max((edge for edge in between if not edge.inferred), key=lambda edge: (edge.confidence, edge.id))
