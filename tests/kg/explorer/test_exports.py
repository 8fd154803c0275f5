from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import networkx as nx
import pytest
from payloads import PAYLOADS
from rdflib import Graph

from kg.explorer import exports, scene
from kg.explorer.scene import Scene
from kg.explorer.snapshot import Snapshot
from kg.explorer.view import View
from kg.home import Home
from kg.store import current


@pytest.fixture
def sample(sample_home: Home) -> Iterator[Snapshot]:
    with current(sample_home) as version:
        yield Snapshot.read(version, sample_home.base)


def around(snapshot: Snapshot, name: str) -> Scene:
    return scene.build(snapshot.graph, View(snapshot.base + name))


def test_csv_holds_the_table_with_its_sentences(sample: Snapshot) -> None:
    """Each row of the table twin is a line, with the sentence that says so."""
    found = around(sample, "organization/konica-minolta")
    text = exports.as_csv(sample.graph, sample.store, found).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))

    assert ("Konica Minolta", "partnership", "NewVue") in {(x["from"], x["relation"], x["to"]) for x in lines}
    assert all(line["sentence"] and line["document"] for line in lines)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", " =1", "\t=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """A spreadsheet that opens the file computes nothing."""
    assert exports.table_csv(["a"], [[cell]]).decode("utf-8-sig").split("\n", 1)[1].strip('"\r\n').startswith("'")


def test_graphml_is_read_by_others(sample: Snapshot) -> None:
    """The file has the nodes and edges of the scene."""
    found = around(sample, "market/teleradiology-services-market")
    graph = nx.parse_graphml(exports.as_graphml(sample.graph, found).decode())

    assert set(graph.nodes) == set(found.nodes)
    assert graph.number_of_edges() == len(found.edges)


def test_turtle_holds_the_facts_with_their_evidence(sample: Snapshot) -> None:
    """Whoever takes the file on has the facts, their sentences and their documents."""
    found = around(sample, "organization/konica-minolta")
    graph = Graph().parse(data=exports.as_turtle(sample.graph, sample.store, found), format="turtle")
    answer = graph.query(
        "PREFIX ci: <https://w3id.org/ci-kg#> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: "
        "<http://purl.org/dc/terms/> SELECT ?title { ?f a ci:Partnership ; ci:evidence/ci:sentence ?s ; "
        "prov:wasDerivedFrom/dcterms:title ?title }"
    )

    assert len(list(answer)) >= 1


def test_hostile_names_are_exported_as_text(hostile_home: Home) -> None:
    """Every format is well-formed, whatever the names hold."""
    with current(hostile_home) as version:
        snapshot = Snapshot.read(version, hostile_home.base)
        found = around(snapshot, "organization/castell-motors")
        graph = nx.parse_graphml(exports.as_graphml(snapshot.graph, found).decode())
        Graph().parse(data=exports.as_turtle(snapshot.graph, snapshot.store, found), format="turtle")
        lines = list(
            csv.reader(io.StringIO(exports.as_csv(snapshot.graph, snapshot.store, found).decode("utf-8-sig")))
        )

    assert set(graph.nodes) == set(found.nodes)
    assert {len(line) for line in lines} == {9}
    assert len(lines) > len(PAYLOADS)
