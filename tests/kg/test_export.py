from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from samples import fact, fill, gold, reading, sample

from extract.document import Document
from kg import export, network, store
from kg import home as homes
from kg.cli import EXPORTS
from kg.home import Home
from kg.store import Version


@pytest.fixture(scope="module")
def version(sample_home: Home) -> Iterator[Version]:
    with store.current(sample_home) as found:
        yield found


def written(version: Version, form: str) -> bytes:
    output = io.BytesIO()
    export.write(version, form, output)
    return output.getvalue()


FORMATS = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}


@pytest.mark.parametrize("form", FORMATS)
def test_a_dataset_reads_back_as_the_same_quads(form: str, version: Version) -> None:
    """No graph, triple or term is lost or changed."""
    assert set(ox.parse(written(version, form), FORMATS[form])) == set(version.store())


def test_turtle_holds_the_union_of_all_graphs(version: Version) -> None:
    """Each triple once, readable by rdflib too."""
    text = written(version, "turtle")
    expected = {quad.triple for quad in version.store()}

    assert {quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)} == expected
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(expected)


def test_the_table_has_a_row_for_each_fact_with_its_evidence(version: Version) -> None:
    """The quote of every row stands at its place in the document of that title."""
    rows = list(csv.DictReader(io.StringIO(written(version, "csv").decode("utf-8"))))
    texts = {gold(path).document.title: path.read_text("utf-8") for path in sample()}
    facts = version.store().query(
        "SELECT DISTINCT ?f { GRAPH ?g { ?f <https://w3id.org/ci-kg#bestEvidence> ?e } }",
    )

    assert {row["fact"] for row in rows} == {row["f"].value for row in facts}
    assert len({row["fact"] for row in rows}) == len(rows)
    assert all(texts[row["document"]][int(row["start"]) : int(row["end"])] == row["quote"] for row in rows)


def test_graphml_holds_the_network(version: Version) -> None:
    """All entities, events and edges, with names, types and statuses that other tools can read."""
    whole = network.load(version.network)
    read = nx.parse_graphml(written(version, "graphml").decode("utf-8"), force_multigraph=True)

    assert set(read) == set(whole)
    assert read.number_of_edges() == whole.number_of_edges()
    labels = {data["label"]: data["type"] for _, data in read.nodes(data=True)}
    assert labels["Rad AI"] == "Company"
    assert {"asserted", "planned"} <= {data["status"] for *_, data in read.edges(data=True)}


def test_gexf_holds_the_network_too(version: Version) -> None:
    """The same nodes and edges, for Gephi."""
    whole = network.load(version.network)
    read = nx.read_gexf(io.BytesIO(written(version, "gexf")))

    assert set(read) == set(whole)
    assert read.number_of_edges() == whole.number_of_edges()
    assert "Rad AI" in {data["label"] for _, data in read.nodes(data=True)}


def test_a_name_that_xml_cannot_hold_does_not_stop_the_export(empty_home: Home) -> None:
    """Control characters become spaces, the rest of the name stays."""
    document = Document("evil.txt", "Al\x0bder & <Sons> works with Birch.", "Evil")
    fill(
        empty_home, [reading(document, [fact(document, "partnership", {"partner": ("Al\x0bder & <Sons>", "Birch")})])]
    )
    with store.current(empty_home) as found:
        root = ElementTree.fromstring(written(found, "graphml"))  # noqa: S314 - the text is our own

    assert "Al der & <Sons>" in {element.text for element in root.iter()}


@pytest.mark.parametrize("form", EXPORTS)
def test_the_same_documents_give_the_same_bytes(form: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever the order in which they came, but for the times at which they did."""
    documents = [gold(path) for path in sample()[:3]]
    texts = []
    for order in (documents, documents[::-1]):
        home = homes.make(tmp_path_factory.mktemp("order") / "home")
        fill(home, order)
        with store.current(home) as found:
            texts.append([line for line in written(found, form).splitlines() if b"firstSeen" not in line])

    assert texts[0] == texts[1]


def test_the_command_offers_all_formats_and_no_other() -> None:
    """The choices of `kg export`, which stand apart so that help needs no graph library, are those that there are."""
    assert set(EXPORTS) == set(export.FORMATS)
