from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from samples import fact, fill, gold, reading, sample
from servers import serving
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from extract.document import Document
from kg import home as homes
from kg import query
from kg.home import Home

CI = "https://w3id.org/ci-kg#"
DOCUMENTS = f"SELECT DISTINCT ?d WHERE {{ ?d a <{CI}Document> }}"
SIZES = f"SELECT DISTINCT ?s ?v WHERE {{ ?s a <{CI}MarketSize> ; <{CI}value> ?v }}"
SECONDS, BYTES = 2.0, 200_000


@pytest.fixture(scope="module")
def address(sample_home: Home) -> Iterator[str]:
    """A server with tight limits, as all tests of this file share it."""
    limits = ("--timeout", str(SECONDS), "--memory", "150", "--max-bytes", str(BYTES), "--workers", "2")
    with serving(sample_home, *limits) as (address, _):
        assert httpx.get(f"{address}sparql", params={"query": "ASK {}"}, timeout=60).status_code == 200
        yield address


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=60) as found:
        yield found


@pytest.fixture
def ask(address: str, client: httpx.Client) -> Callable[..., httpx.Response]:
    def asked(text: str, accept: str = "*/*") -> httpx.Response:
        return client.post(f"{address}sparql", data={"query": text}, headers={"Accept": accept})

    return asked


TABLES = {
    "application/sparql-results+json": b'{"head":{"vars":["s","v"]}',
    "application/sparql-results+xml": b"<?xml",
    "text/csv": b"s,v\r\n",
    "text/tab-separated-values": b"?s\t?v\n",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/trig": "trig",
    "application/ld+json": "json-ld",
}


@pytest.mark.parametrize("media_type", TABLES)
def test_tables_come_in_all_result_formats(media_type: str, ask: Callable[..., httpx.Response]) -> None:
    """The format that the client accepts is the format that it gets, and says so."""
    answer = ask(SIZES, media_type)

    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert answer.content.startswith(TABLES[media_type])


@pytest.mark.parametrize("media_type", GRAPHS)
def test_graphs_come_in_all_rdf_formats(media_type: str, ask: Callable[..., httpx.Response]) -> None:
    """Every format reads back as the same nine documents."""
    answer = ask(f"CONSTRUCT {{ ?d a <{CI}Document> }} WHERE {{ ?d a <{CI}Document> }}", media_type)
    found = rdflib.Dataset(default_union=True).parse(data=answer.content, format=GRAPHS[media_type])

    assert answer.headers["content-type"].split(";")[0] == media_type
    assert len(set(found.subjects(rdflib.RDF.type, rdflib.URIRef(f"{CI}Document")))) == 9


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_sparqlwrapper_reads_answers(method: str, form: str, address: str) -> None:
    """A widely used client works unchanged, by GET and by POST."""
    client = SPARQLWrapper(f"{address}sparql")
    client.setQuery(DOCUMENTS)
    client.setMethod(method)
    client.setReturnFormat(form)
    answer = client.query().convert()

    count = {
        JSON: lambda: len(answer["results"]["bindings"]),
        XML: lambda: len(answer.getElementsByTagName("result")),
        CSV: lambda: len(answer.decode().split()) - 1,
    }[form]()
    assert count == 9


def test_sparqlwrapper_posts_directly_and_reads_graphs(address: str) -> None:
    """A direct POST of a CONSTRUCT gives Turtle."""
    client = SPARQLWrapper(f"{address}sparql")
    client.setQuery(f"CONSTRUCT {{ ?d a <{CI}Document> }} WHERE {{ ?d a <{CI}Document> }}")
    client.setMethod(POST)
    client.setRequestMethod(POSTDIRECTLY)
    client.setReturnFormat(TURTLE)

    assert len(rdflib.Graph().parse(data=client.query().convert(), format="turtle")) == 9


def test_rdflib_reads_the_endpoint_as_a_graph(address: str) -> None:
    """Rdflib's SPARQLStore asks and walks."""
    graph = rdflib.Graph(SPARQLStore(f"{address}sparql"))

    assert len(list(graph.query(DOCUMENTS))) == 9
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{CI}Document")))) == 9


def test_every_question_of_the_library_can_be_asked(ask: Callable[..., httpx.Response]) -> None:
    """The examples of the start page give the answers that the command line gives."""
    failed = {
        name: answer.text
        for name, question in query.questions().items()
        if all(each.default is not None for each in question.parameters)
        and (answer := ask(question.text, "text/csv")).status_code != 200
    }

    assert failed == {}


DATASETS = [
    ({"default-graph-uri": "{graph}"}, DOCUMENTS, 1),
    ({"named-graph-uri": "{graph}"}, DOCUMENTS, 0),
    ({"named-graph-uri": "{graph}"}, DOCUMENTS.replace("WHERE {", "WHERE { GRAPH ?g {") + "}", 1),
    ({"default-graph-uri": "http://example.org/none"}, DOCUMENTS.replace("WHERE", "FROM <{graph}> WHERE"), 0),
    ({}, DOCUMENTS.replace("WHERE", "FROM <{graph}> WHERE"), 1),
    ({}, DOCUMENTS, 9),
]


@pytest.mark.parametrize(("parameters", "text", "expected"), DATASETS)
def test_the_dataset_is_that_of_the_request_else_that_of_the_query(
    parameters: dict[str, str], text: str, expected: int, address: str
) -> None:
    """Graphs that the request names win over FROM; without either the union of all graphs answers."""
    listed = f"SELECT ?g WHERE {{ GRAPH ?g {{ ?d a <{CI}Document> }} }} ORDER BY ?g LIMIT 1"
    asking = {"Accept": "text/csv"}
    graph = httpx.get(f"{address}sparql", params={"query": listed}, headers=asking).text.split()[1]
    bound = {name: value.replace("{graph}", graph) for name, value in parameters.items()}
    bound["query"] = text.replace("{graph}", graph)

    assert len(httpx.get(f"{address}sparql", params=bound, headers=asking).text.split()) - 1 == expected


LIMITS = {
    "time": ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 504, "2 seconds"),
    "memory": ("SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a LIMIT 10", 507, "150 MB"),
    "size": ("SELECT * { ?s ?p ?o }", 413, "200000 bytes"),
    "syntax": ("SELECT * { ?s", 400, "1:14"),
    "service": ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "SERVICE"),
    "update": ("DROP ALL", 403, "kg add"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_each_limit_ends_in_its_own_status_and_the_server_goes_on(
    name: str, ask: Callable[..., httpx.Response]
) -> None:
    """No answer is cut: a query that may not end gets a problem in JSON, and the next one its answer."""
    text, status, words = LIMITS[name]
    answer = ask(text)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert words in problem["detail"]
    assert ask("ASK {}").json()["boolean"] is True


def test_others_are_answered_while_a_query_runs_to_its_limit(ask: Callable[..., httpx.Response]) -> None:
    """One bad query takes one process, not the server."""
    bad = threading.Thread(target=ask, args=(LIMITS["time"][0],))
    bad.start()
    time.sleep(0.3)
    started = time.monotonic()
    answers = [ask("ASK {}").status_code for _ in range(5)]
    light = time.monotonic() - started
    running = bad.is_alive()
    bad.join()

    assert answers == [200] * 5
    assert running, f"the light queries waited for the bad one ({light:.1f} s)"


def test_when_all_processes_are_at_work_a_client_is_told_to_wait(ask: Callable[..., httpx.Response]) -> None:
    """Beyond the processes and the patience of a query's time, the answer is 503 with Retry-After."""
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda: statuses.append(ask(LIMITS["time"][0]).status_code)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(statuses) == {503, 504}
    assert ask("ASK {}").status_code == 200


def test_nothing_outside_is_contacted(ask: Callable[..., httpx.Response]) -> None:
    """Neither SERVICE, however it is written, nor FROM makes the server connect to a listener beside it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        for text in (
            f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
            f"PREFIX ex: <{url}> SELECT * {{ ?s ?p 1SERVICEex:a {{ ?s ?p ?o }} }}",
            f"SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
            DOCUMENTS.replace("WHERE", f"FROM <{url}> WHERE"),
        ):
            ask(text)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_the_service_describes_itself(address: str) -> None:
    """Without a query the address says what it is, in the format asked for."""
    answer = httpx.get(f"{address}sparql", headers={"Accept": "application/rdf+xml"})
    graph = rdflib.Graph().parse(data=answer.content, format="xml")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = graph.value(predicate=rdflib.RDF.type, object=sd.Service)

    assert graph.value(service, sd.endpoint) == rdflib.URIRef(f"{address}sparql")
    assert (service, sd.feature, sd.UnionDefaultGraph) in graph


def test_the_start_page_shows_the_questions_and_loads_nothing(address: str) -> None:
    """All questions are there, and no address but the server's own."""
    page = httpx.get(address)

    assert all(f"{name}.rq" in page.text for name in query.names())
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert " src=" not in page.text


@pytest.mark.parametrize(("method", "path", "status"), [("PUT", "sparql", 405), ("GET", "nothing", 404)])
def test_other_requests_are_told_where_queries_go(method: str, path: str, status: int, address: str) -> None:
    """Also what is no query gets a problem in JSON."""
    answer = httpx.request(method, f"{address}{path}")

    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert "/sparql" in answer.json()["detail"]


def test_a_request_may_not_be_endless(ask: Callable[..., httpx.Response]) -> None:
    """A body beyond a megabyte is not read to its end."""
    assert ask("ASK {} #" + "x" * (1 << 20)).status_code == 413


def test_a_new_version_is_answered_from_without_a_restart(tmp_path: Path) -> None:
    """A document that is added while the server runs is in the next answer, and in /health."""
    home = homes.make(tmp_path / "home")
    document = Document("one.txt", "Alder works with Birch.", "One")
    fill(home, [reading(document, [fact(document, "partnership", {"partner": ("Alder", "Birch")})])])
    with serving(home, "--workers", "1") as (address, _):
        count = {"params": {"query": DOCUMENTS}, "headers": {"Accept": "text/csv"}, "timeout": 60}
        before = len(httpx.get(f"{address}sparql", **count).text.split())
        version = httpx.get(f"{address}health").json()["version"]
        fill(home, [gold(sample()[0])])
        after = httpx.get(f"{address}sparql", **count)

        assert (before, len(after.text.split())) == (2, 3)
        assert int(after.headers["kg-version"]) > version
        assert httpx.get(f"{address}health").json()["version"] > version


def test_a_home_without_a_version_is_served_once_there_is_one(empty_home: Home) -> None:
    """Until the first document is published, the answer is 503 and says what to do."""
    with serving(empty_home) as (address, _):
        asking = {"params": {"query": "ASK {}"}, "timeout": 60}
        early = httpx.get(f"{address}sparql", **asking)
        unwell = httpx.get(f"{address}health")
        fill(empty_home, [gold(sample()[0])])

        assert (early.status_code, unwell.status_code) == (503, 503)
        assert "kg add" in early.json()["detail"]
        assert httpx.get(f"{address}sparql", **asking).json()["boolean"] is True


def test_no_process_outlives_the_server(sample_home: Home) -> None:
    """Query processes end with the server, also when it is killed in the middle of a query."""
    with serving(sample_home, "--timeout", "60") as (address, server):
        httpx.get(f"{address}sparql", params={"query": "ASK {}"}, timeout=60)
        asking = threading.Thread(target=_abandoned, args=(address,))
        asking.start()
        deadline = time.monotonic() + 20
        while len(children := _children(server.pid)) < 3 and time.monotonic() < deadline:
            time.sleep(0.1)
        server.kill()
        asking.join()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and any(map(_runs, children)):
            time.sleep(0.1)

    assert len(children) >= 3
    assert [child for child in children if _runs(child)] == []


def _abandoned(address: str) -> None:
    with pytest.raises(httpx.HTTPError):
        httpx.get(f"{address}sparql", params={"query": LIMITS["time"][0]}, timeout=60)


def _children(process: int) -> list[int]:
    """All processes that a server has started, and those that they have."""
    direct = [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return [*direct, *(each for child in direct for each in _children(child))]


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_an_address_in_use_is_told(sample_home: Home) -> None:
    """The message names the address and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "kg.cli", "--home", str(sample_home.path), "serve", "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr
