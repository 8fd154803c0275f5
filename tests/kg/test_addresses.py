"""What the endpoint serves beside queries: graphs, IRIs, ontology, links, editor, figures; and how it is let in."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from collections.abc import Iterator

import httpx
import pandas as pd
import pytest
import rdflib
from samples import fill, gold, sample
from servers import serving

from kg import home as homes
from kg import query
from kg.home import Home

CI = "https://w3id.org/ci-kg#"
COMPANY = f"SELECT ?c {{ ?c a <{CI}Company> ; <http://www.w3.org/2004/02/skos/core#prefLabel> 'Rad AI' }}"


_ONE_COMPANY = f"SELECT ?one {{ ?one a <{CI}Company> }} LIMIT 1"


@pytest.fixture(scope="module")
def client(sample_home: Home) -> Iterator[httpx.Client]:
    with serving(sample_home) as (address, _), httpx.Client(base_url=address, timeout=60) as found:
        yield found


@pytest.fixture(scope="module")
def company(client: httpx.Client) -> str:
    """The path of a company's IRI."""
    rows = client.get("/sparql", params={"query": COMPANY}, headers={"Accept": "text/csv"}).text.split()
    return rows[1].removeprefix(homes.DEFAULT_BASE[:-1])


def test_an_entity_is_a_page_for_browsers_and_rdf_for_others(company: str, client: httpx.Client) -> None:
    """Browsers see names with links that stay on this server; other clients get the same as data."""
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = client.get(company, headers={"Accept": browser})
    turtle = client.get(company)
    json_ld = client.get(company, headers={"Accept": "application/ld+json"})

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Rad AI</h1>" in page.text
    links = re.findall(r'href="(/[^"]+)"', page.text)
    assert len(links) > 5
    assert all(client.get(link).status_code == 200 for link in links)
    iri = rdflib.URIRef(homes.DEFAULT_BASE[:-1] + company)
    for answer, form in ((turtle, "turtle"), (json_ld, "json-ld")):
        graph = rdflib.Dataset(default_union=True).parse(data=answer.text, format=form)
        assert (iri, rdflib.RDF.type, rdflib.URIRef(f"{CI}Company")) in graph


def test_every_kind_of_iri_of_the_graph_resolves(client: httpx.Client) -> None:
    """Facts, evidence, documents, entities, links, checks, groups and graphs, one of each."""
    text = "SELECT (SAMPLE(?s) AS ?one) { { GRAPH ?s {} } UNION { ?s a ?class } } GROUP BY ?class"
    rows = client.get("/sparql", params={"query": text}, headers={"Accept": "text/csv"}).text.split()[1:]

    assert len(rows) > 20
    failed = [iri for iri in rows if client.get(iri.removeprefix(homes.DEFAULT_BASE[:-1])).status_code != 200]
    assert failed == []


def test_what_a_client_has_of_an_entity_is_not_sent_again(client: httpx.Client) -> None:
    """A client that shows the tag of a description gets 304 and nothing else."""
    rows = client.get("/sparql", params={"query": _ONE_COMPANY}, headers={"Accept": "text/csv"}).text.split()[1:]
    path = rows[0].removeprefix(homes.DEFAULT_BASE[:-1])
    first = client.get(path, headers={"Accept": "text/turtle"})
    again = client.get(path, headers={"Accept": "text/turtle", "If-None-Match": first.headers["etag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_what_is_not_known_is_not_found(client: httpx.Client) -> None:
    """Also for browsers, and for what cannot be an IRI."""
    for path in ("/company/nobody", "/a%22b", "/graph-store/nothing", "/yasgui/none.js", "/queries/none.csv"):
        # graphs are no pages: a browser is told first that they have none
        for accept in ("text/turtle",) if path.startswith("/graph-store") else ("text/html", "text/turtle"):
            answer = client.get(path, headers={"Accept": accept})
            assert (path, answer.status_code, answer.json()["status"]) == (path, 404, 404)


def test_the_ontology_is_served_with_all_its_terms(client: httpx.Client) -> None:
    """As data and as a page that has an anchor for each class."""
    graph = rdflib.Graph().parse(data=client.get("/ontology").text, format="turtle")
    page = client.get("/ontology", headers={"Accept": "text/html"}).text

    assert (rdflib.URIRef(f"{CI}Acquisition"), None, None) in graph
    assert 'id="Acquisition"' in page
    assert "Germany" in client.get("/ontology/regions").text


def test_each_question_is_a_link_that_gives_the_table_of_the_command_line(
    client: httpx.Client, sample_home: Home
) -> None:
    """With its parameters in the address, for tools that can only fetch one."""
    answer = client.get("/queries/company-deals.csv", params={"company": "Rad AI"})
    frame = pd.read_csv(f"{client.base_url}queries/company-deals.csv?company=Rad+AI")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-disposition"] == 'inline; filename="company-deals.csv"'
    assert len(rows) - 1 == len(frame) > 3
    assert list(frame.columns) == rows[0]
    listed = client.get("/queries").text
    assert all(f"/queries/{name}.csv" in listed for name in query.names())
    assert client.get("/queries/fact-counts.rq").text == query.get("fact-counts").text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("fact-evidence.csv", "needs a value"),
        ("company-deals.csv?firm=x", "no parameter 'firm'"),
        ("deals-since.csv?since=soon", "no date"),
        ("fact-counts.xlsx", "there is no .xlsx"),
    ],
)
def test_a_wrong_link_is_told_what_is_wrong(path: str, words: str, client: httpx.Client) -> None:
    """With 400, in words that name the parameter or the ending."""
    answer = client.get(f"/queries/{path}")

    assert answer.status_code == 400
    assert words in answer.json()["detail"]


def test_questions_of_the_home_are_links_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a user keeps there is served as the library is, without a restart."""
    home = homes.make(tmp_path_factory.mktemp("own") / "home")
    fill(home, [gold(sample()[0])])
    with serving(home, "--workers", "1") as (address, _):
        assert httpx.get(f"{address}queries/mine.csv").status_code == 404
        (home.path / "queries").mkdir()
        (home.path / "queries" / "mine.rq").write_text("# title: Mine\nSELECT (1 AS ?one) {}", "utf-8")
        assert httpx.get(f"{address}queries/mine.tsv").text.split() == ["?one", "1"]
        assert "Mine" in httpx.get(f"{address}editor").text


def test_an_answer_has_a_tag_that_holds_until_the_next_version(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A client that shows it gets 304 and nothing else; another query, format or version has another tag."""
    home = homes.make(tmp_path_factory.mktemp("tags") / "home")
    fill(home, [gold(sample()[0])])
    with serving(home, "--workers", "1") as (address, _), httpx.Client(base_url=address, timeout=60) as client:
        asking = {"params": {"query": COMPANY}, "headers": {"Accept": "text/csv"}}
        first = client.get("/sparql", **asking)
        known = {"If-None-Match": first.headers["etag"]}
        again = client.get("/sparql", params=asking["params"], headers=asking["headers"] | known)
        other = client.get("/sparql", params=asking["params"], headers=known)
        random = client.get("/sparql", params={"query": "SELECT (RAND() AS ?x) {}"})
        head = client.head("/sparql", **asking)
        fill(home, [gold(sample()[1])])
        later = client.get("/sparql", params=asking["params"], headers=asking["headers"] | known)

    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert other.status_code == 200
    assert "etag" not in random.headers
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", first.headers["etag"])
    assert later.status_code == 200
    assert later.headers["etag"] != first.headers["etag"]


def test_large_answers_are_compressed_where_that_is_accepted(client: httpx.Client) -> None:
    """And are the same afterwards."""
    asking = {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500"}
    plain = client.get("/sparql", params=asking, headers={"Accept-Encoding": "identity"})
    packed = client.get("/sparql", params=asking, headers={"Accept-Encoding": "gzip;q=1.0, identity;q=0.5"})
    refused = client.get("/sparql", params=asking, headers={"Accept-Encoding": "gzip;q=0"})

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.num_bytes_downloaded < plain.num_bytes_downloaded / 3
    assert plain.content == packed.content == refused.content
    assert "content-encoding" not in refused.headers


def test_pages_of_other_sites_may_ask(client: httpx.Client) -> None:
    """A browser is told so before and with the answer (CORS)."""
    before = client.options(
        "/sparql",
        headers={
            "Origin": "http://tool.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type, authorization",
        },
    )
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "http://tool.example"})

    assert (before.status_code, before.headers["access-control-allow-origin"]) == (200, "*")
    assert "authorization" in before.headers["access-control-allow-headers"]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]


def test_figures_are_those_of_prometheus(client: httpx.Client) -> None:
    """Every line is a sample or says what one means, and requests are counted by route and status."""
    client.get("/sparql", params={"query": "nonsense"})
    text = client.get("/metrics").text
    sample_line = re.compile(r"kg_\w+(\{\w+=\"[^\"]*\"(,\w+=\"[^\"]*\")*\})? [0-9.e+-]+")

    assert all(
        line.startswith(("# HELP kg_", "# TYPE kg_")) or sample_line.fullmatch(line) for line in text.splitlines()
    )
    assert re.search(r'kg_requests_total\{route="sparql",status="400"\} [1-9]', text)
    assert 'kg_queries_total{outcome="invalid"}' in text


def test_the_description_counts_classes_and_properties(client: httpx.Client) -> None:
    """The numbers are those that queries give."""
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    graph = rdflib.Graph().parse(data=client.get("/sparql").text, format="turtle")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    answer = client.get("/sparql", params={"query": count}, headers={"Accept": "application/json"}).json()

    dataset = next(graph.subjects(rdflib.RDF.type, void.Dataset))
    assert str(graph.value(dataset, void.triples)) == answer["results"]["bindings"][0]["n"]["value"]
    assert len(set(graph.objects(dataset, void.classPartition))) > 20


def test_the_editor_names_no_other_address(client: httpx.Client) -> None:
    """Its page may load and ask this server only, and holds every question."""
    page = client.get("/editor")
    examples = json.loads(re.search(r'id="questions">(.*?)</script>', page.text, re.S)[1])  # type: ignore[index] # it matches

    assert {each["query"] for each in examples} >= {each.text for each in query.questions().values()}
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert all(client.get(path).status_code == 200 for path in re.findall(r'(?:src|href)="(/[^"]+)"', page.text))


def test_with_a_token_only_who_shows_it_is_answered(sample_home: Home) -> None:
    """As a bearer or as a password; watchdogs need none, and the refusal says what to do."""
    with serving(sample_home, "--token", "gehëim", "--workers", "1") as (address, _):
        basic = base64.b64encode("anyone:gehëim".encode()).decode()
        wrong = base64.b64encode(b"anyone:geheim").decode()
        shown = {
            "": 401,
            "Bearer gehëim": 200,
            "bearer  gehëim": 200,
            f"Basic {basic}": 200,
            f"Basic {wrong}": 401,
            "Basic ?": 401,
            "Bearer x": 401,
            "Token gehëim": 401,
        }
        statuses = {
            value: httpx.get(f"{address}queries", headers={"Authorization": value.encode()}).status_code
            for value in shown
        }
        told = httpx.get(f"{address}sparql?query=ASK%7B%7D")

        assert statuses == shown
        assert "Basic" in told.headers["www-authenticate"]
        assert "Bearer TOKEN" in told.json()["detail"]
        assert httpx.get(f"{address}health").status_code == 200
