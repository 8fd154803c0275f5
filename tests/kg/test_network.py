from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import RdfFormat, Store

from kg import network
from kg.network import Edge, Entity, Event

BASE = "http://kg.example/"
PREFIXES = """
@prefix ci: <https://w3id.org/ci-kg#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <http://kg.example/> .
"""
DEAL = """
<graph/source/1> {
  <organization/brindle> a ci:Company ; skos:prefLabel "Brindle Robotics" ; skos:altLabel "Brindle Robotics Ltd" .
  <organization/castell> a ci:Company ; skos:prefLabel "Castell Motors" .
  <fact/1> a ci:Acquisition ; rdfs:label "Castell buys Brindle" ; ci:status "rumoured" ; ci:confidence 0.6 ;
    ci:date "2031-03-01"^^xsd:date ; ci:datePrecision "month" ;
    ci:acquirer <organization/castell> ; ci:target <organization/brindle> .
}
<graph/source/2> {
  <organization/brindle> a ci:Organization ; skos:prefLabel "Brindle Robotics" .
  <fact/2> a ci:Acquisition ; ci:status "asserted" ; ci:confidence 0.9 ; ci:date "2031-04-02"^^xsd:date ;
    ci:acquirer <organization/castell> ; ci:target <organization/brindle> .
}
<graph/consolidated> {
  <group/1> a ci:EventGroup ; ci:canonical <fact/1> ; ci:member <fact/1>, <fact/2> ; ci:groupStatus "asserted" ;
    ci:groupDate "2031-04-02"^^xsd:date ; ci:groupDatePrecision "day" .
}
<graph/links> {
  <link/1> a ci:Link ; ci:event <fact/2> ; ci:touches <market/robots> ; ci:basis "inferred" .
  <link/2> a ci:Link ; ci:event <fact/1> ; ci:touches <organization/brindle> ; ci:basis "stated" .
}
"""
MARKET = """
<graph/source/3> {
  <market/robots> a ci:Market ; skos:prefLabel "Garden Robot Market" .
  <organization/brindle> a ci:Company ; skos:prefLabel "BRINDLE ROBOTICS" .
  <region/europe> a ci:Region ; skos:prefLabel "Europe" .
  <fact/3> a ci:Player ; ci:status "asserted" ; ci:confidence 0.7 ; ci:market <market/robots> ;
    ci:company <organization/brindle> .
  <fact/4> a ci:MarketRegion ; ci:status "asserted" ; ci:confidence 1.0 ; ci:market <market/robots> ;
    ci:region <region/europe> .
  <fact/5> a ci:MarketSize ; ci:status "asserted" ; ci:market <market/robots> ; ci:value 1 ; ci:unit "USD" .
}
"""


def written(path: Path, *parts: str) -> nx.MultiDiGraph:
    store = Store()
    for part in parts:
        store.load(PREFIXES + part, format=RdfFormat.TRIG)
    network.write(store, path)
    return network.load(path)


@pytest.fixture
def graph(tmp_path: Path) -> nx.MultiDiGraph:
    return written(tmp_path / "network.json", DEAL, MARKET)


def edges(graph: nx.MultiDiGraph) -> dict[tuple[str, str, str], Edge]:
    short = {
        edge: [end.removeprefix(BASE) for end in (edge.source, edge.target)] for *_, edge in graph.edges(data="edge")
    }
    return {(ends[0], edge.phrase, ends[1]): edge for edge, ends in short.items()}


def test_an_entity_has_the_name_and_type_that_most_graphs_give(graph: nx.MultiDiGraph) -> None:
    """Names and types are those of the majority, the others are further names."""
    brindle = network.item(graph, BASE + "organization/brindle")

    assert brindle == Entity(
        BASE + "organization/brindle", "Company", "Brindle Robotics", ("BRINDLE ROBOTICS", "Brindle Robotics Ltd")
    )


def test_all_statements_of_one_event_are_one_node(graph: nx.MultiDiGraph) -> None:
    """A deal told twice is drawn once, with the status and date of its group and both facts."""
    events = [item for iri in graph if isinstance(item := network.item(graph, iri), Event)]

    assert events == [
        Event(
            iri=BASE + "fact/1",
            kind="acquisition",
            label="Castell buys Brindle",
            status="asserted",
            confidence=0.9,
            date="2031-04-02",
            facts=(BASE + "fact/1", BASE + "fact/2"),
        )
    ]


def test_edges_have_direction_facts_and_confidence(graph: nx.MultiDiGraph) -> None:
    """Who acts points to the event, the event to whom it is done; statements join entities; links say if inferred."""
    found = edges(graph)

    assert {key: (edge.form, edge.arrow, edge.inferred, edge.confidence) for key, edge in found.items()} == {
        ("organization/castell", "acquirer", "fact/1"): ("role", False, False, 0.9),
        ("fact/1", "target", "organization/brindle"): ("role", True, False, 0.9),
        ("fact/1", "touches", "market/robots"): ("link", False, True, 0.9),
        ("organization/brindle", "is a player of", "market/robots"): ("statement", True, False, 0.7),
        ("market/robots", "covers", "region/europe"): ("statement", True, False, 1.0),
    }
    assert found["fact/1", "target", "organization/brindle"].facts == (BASE + "fact/1", BASE + "fact/2")


def test_what_the_graph_does_not_name_is_not_drawn(tmp_path: Path) -> None:
    """An event that touches or names what no published source names has no edge to it."""
    graph = written(tmp_path / "network.json", DEAL)

    assert BASE + "market/robots" not in graph
    assert ("fact/1", "touches", "market/robots") not in edges(graph)


def test_the_same_facts_give_the_same_bytes(tmp_path: Path) -> None:
    """The file does not depend on the order in which sources arrived."""
    written(tmp_path / "one.json", DEAL, MARKET)
    written(tmp_path / "two.json", MARKET, DEAL)

    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_a_file_of_another_format_is_refused_with_the_remedy(tmp_path: Path) -> None:
    """A network that another version of the product wrote is not guessed at."""
    path = tmp_path / "network.json"
    path.write_text(json.dumps({"format": 0}))

    with pytest.raises(network.NetworkFormatError, match="kg build"):
        network.load(path)


def reached(graph: nx.MultiDiGraph, centre: str, **conditions: object) -> dict[str, int]:
    found = network.neighbourhood(graph, BASE + centre, **conditions)  # type: ignore[arg-type] # as the test gives them
    return {iri.removeprefix(BASE): hop for iri, hop in found.items()}


def test_hops_are_counted_from_entity_to_entity(graph: nx.MultiDiGraph) -> None:
    """A deal lies on the way to its parties; it is no stop of its own."""
    one = reached(graph, "organization/castell", hops=1)

    assert one == {
        "organization/castell": 0,
        "fact/1": 1,
        "organization/brindle": 1,
        "market/robots": 1,
    }
    assert reached(graph, "organization/castell", hops=2) == {**one, "region/europe": 2}


def test_nothing_is_reached_through_what_is_turned_down(graph: nx.MultiDiGraph) -> None:
    """What the conditions turn down is neither reached nor crossed; ends of the way are reached and not crossed."""

    def no_event(item: network.Item) -> bool:
        return not isinstance(item, Event)

    def no_market(item: network.Item) -> bool:
        return getattr(item, "type", "") != "Market"

    assert reached(graph, "organization/castell", hops=3, node=no_event) == {"organization/castell": 0}
    assert "region/europe" not in reached(graph, "organization/castell", hops=3, crossed=no_market)
    assert "market/robots" in reached(graph, "organization/castell", hops=3, crossed=no_market)
    assert reached(graph, "market/robots", hops=1, edge=lambda edge: edge.confidence > 0.95) == {
        "market/robots": 0,
        "region/europe": 1,
    }
