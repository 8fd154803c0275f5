from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from kg import network
from kg.network import Edge, Entity, Event, Item
from kg.network.paths import HUB

NAMES = ("castell", "brindle", "quill", "robots", "far", "farther", "end")


def edge(source: str, target: str, form: str = "role", **other: object) -> Edge:
    values = {"phrase": "p", "facts": (source,), "status": "asserted", "confidence": 0.9, **other}
    return Edge(source, target, form, **values)  # type: ignore[arg-type] # as the test gives them


EDGES = [
    edge("castell", "buy"),
    edge("buy", "brindle"),
    edge("castell", "robots", "statement"),
    edge("quill", "robots", "statement"),
    edge("brindle", "quill", "statement"),
    edge("brindle", "quill", "statement", phrase="q", confidence=0.95),
    edge("quill", "far", "statement"),
    edge("far", "farther", "statement"),
    edge("farther", "end", "statement"),
    edge("castell", "end", "statement", status="denied"),
    edge("castell", "end", "link", inferred=True),
]


def graph_of(path: Path, edges: list[Edge]) -> nx.MultiDiGraph:
    ends = {end for each in edges for end in (each.source, each.target)}
    entities = [Entity(name, "Market" if name == "robots" else "Company", name) for name in sorted(ends - {"buy"})]
    network.save(path / "n.json", entities, [Event("buy", "acquisition", "", "asserted", 1, "", ("buy",))], edges)
    return network.load(path / "n.json")


def no_market(item: Item) -> bool:
    return not (isinstance(item, Entity) and item.type == "Market")


@pytest.mark.parametrize(
    ("target", "market", "expected"),
    [
        ("brindle", False, [["castell", "buy", "brindle"]]),
        ("quill", False, [["castell", "buy", "brindle", "quill"]]),
        ("quill", True, [["castell", "buy", "brindle", "quill"], ["castell", "robots", "quill"]]),
        ("robots", False, [["castell", "robots"], ["castell", "buy", "brindle", "quill", "robots"]]),
        ("farther", False, [["castell", "buy", "brindle", "quill", "far", "farther"]]),
        ("end", False, []),
    ],
)
def test_the_shortest_ways_are_found(tmp_path: Path, target: str, market: bool, expected: list[list[str]]) -> None:
    """Hops count from company to company; what is denied or inferred connects nothing; four hops are the most."""
    through = (lambda _: True) if market else no_market
    found = network.paths(graph_of(tmp_path, EDGES), "castell", target, through=through)

    assert sorted(list(path.nodes) for path in found) == sorted(expected)


def test_the_surest_relation_is_taken(tmp_path: Path) -> None:
    """Of several relations between two entities the path shows the one that is known best."""
    (path,) = network.paths(graph_of(tmp_path, EDGES), "brindle", "quill", hops=1)

    assert [each.phrase for each in path.edges] == ["q"]


def test_at_most_so_many_and_none_through_a_hub(tmp_path: Path) -> None:
    """What connects everything explains nothing; of many ways the shortest five are shown."""
    edges = [edge("a", f"m{n}", "statement") for n in range(9)] + [edge(f"m{n}", "b", "statement") for n in range(9)]
    hub = [edge("hub", f"x{n}", "statement") for n in range(HUB)]
    hub += [edge("c", "hub", "statement"), edge("hub", "d", "statement")]
    graph = graph_of(tmp_path, edges + hub)

    assert len(network.paths(graph, "a", "b")) == 5
    assert network.paths(graph, "c", "d") == []
    assert len(network.paths(graph, "c", "hub")) == 1
