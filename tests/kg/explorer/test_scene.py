from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from graphs import graph_of

import ontology
from kg.explorer import drawing, scene
from kg.explorer.scene import MOST_ADDED, MOST_COUNTED, MOST_NODES
from kg.explorer.table import rows
from kg.explorer.view import Pin, View
from kg.network import Edge, Entity, Event

ENTITIES = [
    Entity("castell", "Company", "Castell Motors"),
    Entity("brindle", "Company", "Brindle Robotics"),
    Entity("quill", "Company", "Quill"),
    Entity("robots", "Market", "Garden Robot Market"),
    Entity("europe", "Region", "Europe"),
]
EVENTS = [
    Event("buy", "acquisition", "Castell buys Brindle", "planned", 0.6, "2031-05", ("buy",)),
    Event("ally", "partnership", "Castell, Quill, Brindle", "asserted", 0.9, "2030", ("ally",)),
]


def edge(source: str, target: str, phrase: str, form: str = "role", **other: object) -> Edge:
    values = {"facts": (source,), "status": "asserted", "confidence": 0.9, **other}
    return Edge(source, target, form, phrase, **values)  # type: ignore[arg-type] # as the test gives them


EDGES = [
    edge("castell", "buy", "acquirer", status="planned", confidence=0.6),
    edge("buy", "brindle", "target", status="planned", confidence=0.6, arrow=True),
    edge("ally", "castell", "partner"),
    edge("ally", "quill", "partner"),
    edge("ally", "brindle", "partner"),
    edge("castell", "robots", "is a player of", "statement", arrow=True),
    edge("robots", "europe", "covers", "statement", arrow=True),
    edge("ally", "europe", "touches", "link", inferred=True),
]


@pytest.fixture
def graph(tmp_path: Path) -> nx.MultiDiGraph:
    return graph_of(tmp_path, ENTITIES, EVENTS, EDGES)


CASTELL = View("castell")


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (CASTELL, {"castell", "buy", "brindle", "ally", "quill", "robots"}),
        (replace(CASTELL, hops=2), {"castell", "buy", "brindle", "ally", "quill", "robots", "europe"}),
        (replace(CASTELL, expanded=("robots",)), {"castell", "buy", "brindle", "ally", "quill", "robots", "europe"}),
        (replace(CASTELL, hidden=frozenset({"partnership"})), {"castell", "buy", "brindle", "robots"}),
        (replace(CASTELL, hidden=frozenset({"Company"})), {"castell", "buy", "ally", "robots"}),
        (replace(CASTELL, confidence=0.8), {"castell", "ally", "brindle", "quill", "robots"}),
        (replace(CASTELL, statuses=frozenset({"planned"})), {"castell", "buy", "brindle"}),
        (replace(CASTELL, dropped=("ally", "castell")), {"castell", "buy", "brindle", "robots"}),
        (
            replace(CASTELL, pins=(Pin("europe", 1, 2),)),
            {"castell", "buy", "brindle", "ally", "quill", "robots", "europe"},
        ),
        (
            replace(CASTELL, pins=(Pin("buy", 1, 2),), confidence=0.8),
            {"castell", "buy", "ally", "brindle", "quill", "robots"},
        ),
        (replace(CASTELL, period=("2031", "")), {"castell", "buy", "brindle", "robots"}),
        (replace(CASTELL, period=("", "2030-12")), {"castell", "ally", "brindle", "quill", "robots"}),
        (replace(CASTELL, within=("europe",)), {"castell", "robots"}),
        (replace(CASTELL, within=("europe",), inferred=True), {"castell", "ally", "brindle", "quill", "robots"}),
        (replace(CASTELL, origins=("document of buy",)), {"castell", "buy", "brindle"}),
        (View("europe"), {"europe", "robots"}),
        (View("europe", inferred=True), {"europe", "robots", "ally", "castell", "quill", "brindle"}),
        (View("robots", hops=2, inferred=True), {"robots", "castell", "europe", "buy", "ally", "brindle", "quill"}),
    ],
)
def test_the_scene_is_what_the_view_asks_for(graph: nx.MultiDiGraph, view: View, expected: set[str]) -> None:
    """Hops, expansion, legend, filters and hiding decide what is drawn; the centre and what is pinned always are."""
    assert set(scene.build(graph, view, "document of {}".format).nodes) == expected


def test_the_legend_counts_what_is_hidden_too(graph: nx.MultiDiGraph) -> None:
    """A type that was switched off stays in the legend, so that it can be switched on again."""
    legend = scene.build(graph, replace(CASTELL, hidden=frozenset({"partnership"}))).legend

    assert [(key.look.name, key.count, key.on) for key in legend] == [
        ("Company", 3, True),
        ("Market", 1, True),
        ("partnership", 1, False),
        ("acquisition", 1, True),
    ]


def star(path: Path, rays: int) -> nx.MultiDiGraph:
    names = [f"ray{number:04}" for number in range(rays)]
    entities = [Entity("hub", "Market", "Hub"), Entity("near", "Company", "Near")]
    entities += [Entity(name, "Company", name) for name in names]
    edges = [edge(name, "hub", "is a player of", "statement") for name in names]
    return graph_of(path, entities, [], [*edges, edge("near", "hub", "is a player of", "statement")])


def test_never_more_is_drawn_than_a_person_can_read(tmp_path: Path) -> None:
    """Of a thousand neighbours the nearest are drawn, and the scene says how many there are."""
    found = scene.build(star(tmp_path, 1000), View("hub"))

    assert (len(found.nodes), found.total) == (MOST_NODES, 1002)
    assert found.more == {"hub": MOST_COUNTED}


def test_an_expansion_adds_a_few_and_tells_of_the_rest(tmp_path: Path) -> None:
    """A hub that is unfolded does not flood the picture."""
    found = scene.build(star(tmp_path, 1000), View("near", expanded=("hub",)))

    assert len(found.nodes) == 2 + MOST_ADDED
    assert found.more == {"hub": MOST_COUNTED}


def test_deals_of_two_become_links_and_deals_of_three_stay(graph: nx.MultiDiGraph) -> None:
    """As links, an acquisition is a line with status and date, from the buyer; a deal of three keeps its node."""
    found = scene.build(graph, replace(CASTELL, deals="links"))
    drawn = {data["data"]["caption"]: data["data"] for data in drawing.elements(graph, found)}

    assert set(found.nodes) == {"castell", "brindle", "ally", "quill", "robots"}
    line = drawn["acquires (planned) 2031-05"]
    assert (line["source"], line["target"], line["arrow"], line["weak"]) == ("castell", "brindle", True, True)


def test_nodes_carry_the_look_of_the_ontology_and_their_status(graph: nx.MultiDiGraph) -> None:
    """Colour and shape come from the ontology; what is only planned says so in word and mark."""
    found = scene.build(graph, CASTELL)
    drawn = {data["data"]["id"]: data["data"] for data in drawing.elements(graph, found)}
    company, acquisition = ontology.types()["Company"], ontology.kind("acquisition")

    assert (drawn["castell"]["colour"], drawn["castell"]["glyph"]) == (company.colour, company.glyph)
    assert (drawn["buy"]["colour"], drawn["buy"]["status"]) == (acquisition.colour, "planned")
    assert drawn["buy"]["caption"] == "Acquisition (planned) 2031-05"
    assert "status" not in drawn["ally"]
    assert drawn["robots"]["caption"] == "Garden Robot Market  +1"
    assert drawn["castell"]["centre"]


def test_the_table_holds_what_the_picture_shows(graph: nx.MultiDiGraph) -> None:
    """Each event and each statement is a row, from who acts to whom it is done, the latest first."""
    found = [(row.source, row.relation, row.target, row.status) for row in rows(graph, scene.build(graph, CASTELL))]

    assert found == [
        ("Castell Motors", "acquisition", "Brindle Robotics", "planned"),
        ("Castell Motors", "partnership", "Brindle Robotics, Quill", "asserted"),
        ("Castell Motors", "is a player of", "Garden Robot Market", "asserted"),
    ]
