"""The W3C's tests of servers that are read, see w3c/README.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic
from servers import serving

from kg import home as homes
from kg import store
from kg.home import Home
from kg.publish import publish

CASES = Path(__file__).parent / "w3c"
PROTOCOL = {case["name"]: case for case in json.loads((CASES / "protocol.json").read_text("utf-8"))}
GRAPH_STORE = {case["name"]: case for case in json.loads((CASES / "graph-store.json").read_text("utf-8"))}
BASE = "http://www.example/gsp/"

FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return homes.make(tmp_path_factory.mktemp("w3c") / "home", BASE)


@pytest.fixture(scope="module")
def client(place: Home) -> Iterator[httpx.Client]:
    with serving(place, "--workers", "1") as (address, _), httpx.Client(base_url=address, timeout=60) as found:
        yield found


def show(place: Home, graphs: Mapping[str, Any], form: ox.RdfFormat) -> None:
    """Publish a version that holds these graphs and no other; the graph without a name is the default one."""
    with store.writing(place, anew=True) as live:
        for name, texts in graphs.items():
            for text in (texts,) if isinstance(texts, str) else texts:
                where = ox.NamedNode(name) if name else ox.DefaultGraph()
                live.store.load(text.encode(), form, base_iri=BASE, to_graph=where)
        publish(live, always=True)


def asked(client: httpx.Client, request: Mapping[str, Any]) -> httpx.Response:
    body = request["body"].encode(request["encoding"]) if "body" in request else None
    return client.request(request["method"], request["path"], headers=request["headers"], content=body)


def expected(status: int, spans: list[tuple[int, int]]) -> bool:
    return any(low <= status <= high for low, high in spans)


@pytest.mark.parametrize("name", PROTOCOL)
def test_query_side_of_the_protocol(name: str, place: Home, client: httpx.Client) -> None:
    """Status, kind of format and yes or no are those that the W3C expects."""
    case = PROTOCOL[name]
    show(place, case["graphs"], ox.RdfFormat.N_TRIPLES)
    for request in case["requests"]:
        answer = asked(client, request)
        assert expected(answer.status_code, request["status"]), answer.text
        if "format" in request:
            assert answer.headers["content-type"].split(";")[0] in FORMATS[request["format"]]
        if "boolean" in request:
            assert answer.json()["boolean"] is request["boolean"]


@pytest.mark.parametrize("name", GRAPH_STORE)
def test_reading_side_of_the_graph_store_protocol(name: str, place: Home, client: httpx.Client) -> None:
    """Graphs named by address and by parameter are found, or not, and hold what they were given."""
    case = GRAPH_STORE[name]
    show(place, case["graphs"], ox.RdfFormat.TURTLE)
    answer = asked(client, case)
    assert expected(answer.status_code, case["status"]), answer.text
    if "content_type" in case and case["method"] == "GET":
        assert answer.headers["content-type"] == case["content_type"]
    if "answer" in case:
        found = rdflib.Graph().parse(data=answer.content, format="turtle")
        assert isomorphic(found, rdflib.Graph().parse(data=case["answer"], format="turtle", publicID=BASE))


def test_service_description(client: httpx.Client, place: Home) -> None:
    """A GET on the endpoint returns RDF that conforms to the vocabulary, with the endpoint's own address."""
    show(place, {}, ox.RdfFormat.TURTLE)
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.content, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = graph.value(predicate=sd.endpoint, object=rdflib.URIRef(f"{client.base_url}sparql"))

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/turtle; charset=utf-8")
    assert (service, rdflib.RDF.type, sd.Service) in graph
    assert set(graph.objects(service, sd.supportedLanguage)) == {sd.SPARQL11Query}
    assert set(graph.objects(service, sd.feature)) == {sd.UnionDefaultGraph}
    dataset = graph.value(service, sd.defaultDataset)
    assert (graph.value(dataset, sd.defaultGraph), rdflib.RDF.type, sd.Graph) in graph


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_what_would_write_a_graph_is_refused_and_told_how_facts_come_in(method: str, client: httpx.Client) -> None:
    """The graph store is read-only."""
    answer = client.request(method, "/graph-store?default", content=b"<a:a> <a:b> <a:c> .")
    assert answer.status_code == 403
    assert "kg add" in answer.json()["detail"]
