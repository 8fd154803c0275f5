"""One contract for all engines: embedded, Oxigraph's server and Virtuoso answer the same questions alike."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import engines
import httpx
import pyoxigraph as ox
import pytest
from samples import fill, gold, sample
from servers import serving

from kg import home as homes
from kg import query, remote, store
from kg.home import Home, HomeError
from kg.remote import Remote, RemoteError
from kg.store import Version

ENGINES = ("embedded", "oxigraph", "virtuoso")
BASE = homes.DEFAULT_BASE
CI = "https://w3id.org/ci-kg#"
#: Questions that an engine answers otherwise, with what it does; docs/engines.md tells of them.
OTHERWISE = {("virtuoso", "investments"): "leaves out a row with two OPTIONAL parts of which one is bound"}
LIBRARY = [name for name, each in query.questions().items() if all(p.default is not None for p in each.parameters)]


@pytest.fixture(scope="module")
def version(sample_home: Home) -> Iterator[Version]:
    with store.current(sample_home) as found:
        yield found


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, version: Version, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, ox.Store | Remote]]:
    """An engine by name, filled with the sample."""
    if request.param == "embedded":
        yield request.param, version.embedded()
        return
    with getattr(engines, request.param)(tmp_path_factory.mktemp("engine") / "data") as server:
        remote.fill(server, version.embedded(), BASE)
        yield request.param, server


def plain(term: object) -> object:
    """A term apart from how engines write numbers and truth, and from whether they take nothing for an empty text."""
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.rpartition("#")[2]
        if kind in ("integer", "decimal", "double", "int"):
            return round(float(term.value), 6)
        return term.value in ("1", "true") if kind == "boolean" else term.value or None
    return term.value if isinstance(term, ox.NamedNode) else term


def rows(answer: object) -> list[tuple[object, ...]]:
    assert isinstance(answer, ox.QuerySolutions)
    return sorted((tuple(plain(each) for each in row) for row in answer), key=repr)


@pytest.mark.parametrize("name", LIBRARY)
def test_every_question_has_the_same_answer(
    name: str, engine: tuple[str, ox.Store | Remote], version: Version
) -> None:
    """The library needs nothing that only one engine has."""
    label, asked = engine
    if reason := OTHERWISE.get((label, name)):
        pytest.skip(f"{label} {reason}")
    text = query.get(name).text
    expected = rows(version.embedded().query(text, use_default_graph_as_union=True))

    assert rows(asked.query(text, use_default_graph_as_union=True)) == expected


def test_graphs_and_patterns_are_the_same(engine: tuple[str, ox.Store | Remote], version: Version) -> None:
    """Named graphs, what they hold, and what a description says, whatever the engine writes numbers like."""
    _, asked = engine
    graphs = set(version.embedded().named_graphs())
    source = min((each for each in graphs if "/source/" in str(each)), key=str)
    described = (
        f"DESCRIBE <{next(iter(version.embedded().quads_for_pattern(None, None, None, source))).subject.value}>"  # type: ignore[union-attr] # subjects are IRIs
    )

    assert graphs <= set(asked.named_graphs())
    assert kept(asked.quads_for_pattern(None, None, None, source)) == kept(
        version.embedded().quads_for_pattern(None, None, None, source)
    )
    assert len(list(asked.query(described, use_default_graph_as_union=True))) > 3  # type: ignore[arg-type] # triples
    one = asked.query("SELECT ?s { ?s ?p ?o } LIMIT 1", default_graph=[source])
    assert len(rows(one)) == 1


def kept(quads: Iterable[ox.Quad]) -> set[tuple[object, ...]]:
    return {(plain(quad.subject), plain(quad.predicate), plain(quad.object)) for quad in quads}


def test_filling_again_writes_only_what_differs(tmp_path: Path) -> None:
    """A broken attempt is taken up where it ended, and graphs that are gone are dropped."""
    home = homes.make(tmp_path / "home")
    fill(home, [gold(path) for path in sample()[:2]])
    with engines.oxigraph(tmp_path / "data") as server, store.current(home) as found:
        graph, state = found.embedded(), ox.NamedNode(f"{BASE}graph/store")
        first = remote.fill(server, graph, BASE)
        assert (first, remote.fill(server, graph, BASE)) == (len(list(graph.named_graphs())), 0)
        one = ox.NamedNode(next(each.value for each in graph.named_graphs() if "/source/" in str(each)))
        server.update(f"DELETE WHERE {{ GRAPH {state} {{ {one} ?p ?o }} }} ; CLEAR GRAPH {one}")
        old = f"<{BASE}old>"
        server.update(
            f'INSERT DATA {{ GRAPH {state} {{ {old} {remote._DIGEST} "x" }} GRAPH {old} {{ <a:a> <a:b> 1 }} }}'
        )
        assert remote.fill(server, graph, BASE) == 2
        assert set(server) - set(server.quads_for_pattern(None, None, None, state)) == set(graph)


def test_the_commands_fill_a_server_and_serve_from_it(tmp_path: Path) -> None:
    """`kg build --store` and `kg serve --store`: what the endpoint answers is what the server holds."""
    home = homes.make(tmp_path / "home")
    fill(home, [gold(sample()[0])])
    with engines.oxigraph(tmp_path / "data") as server:
        command = [
            sys.executable,
            "-m",
            "kg.cli",
            "--home",
            str(home.path),
            "build",
            "--store",
            server.queries,
        ]
        told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
        assert f"graphs written to {server.queries}" in told
        server.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 'only there' } }")
        with (
            serving(home, "--store", server.queries) as (address, _),
            httpx.Client(base_url=address) as client,
        ):
            table = client.get(
                "/sparql", params={"query": "SELECT ?o { <a:a> ?p ?o }"}, headers={"Accept": "text/csv"}
            )
            graph = client.get("/graph-store", params={"graph": "a:g"}, headers={"Accept": "application/n-triples"})
            wrong = client.get("/sparql", params={"query": "SELECT nothing"})
            refused = client.get("/sparql", params={"query": "SELECT * { SERVICE <http://127.0.0.1:9/> {} }"})
            link = client.get("/queries/fact-counts.tsv")

        assert table.text.split("\r\n")[1] == "only there"
        assert graph.text == '<a:a> <a:b> "only there" .\n'
        assert (wrong.status_code, refused.status_code, link.status_code) == (400, 403, 200)


def test_a_server_that_is_not_there_is_told(sample_home: Home) -> None:
    """With its address, and as a problem of the endpoint, not of the query."""
    address = f"http://127.0.0.1:{engines.free_port()}/query"
    with pytest.raises(RemoteError, match="cannot be reached"):
        Remote.at(address).query("ASK {}")
    with serving(sample_home, "--store", address) as (own, _):
        answer = httpx.get(f"{own}sparql", params={"query": "ASK {}"})

    assert answer.status_code == 503
    assert address in answer.json()["detail"]


def test_a_server_whose_default_graph_is_empty_is_refused(version: Version, tmp_path: Path) -> None:
    """All questions ask the union of the graphs; the message says how to have it."""
    lone = ox.Store()
    lone.update("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }")
    with (
        engines.oxigraph(tmp_path / "data", union=False) as server,
        pytest.raises(RemoteError, match="--union-default"),
    ):
        remote.fill(server, lone, BASE)


def test_the_settings_name_a_server(tmp_path: Path) -> None:
    """With its addresses and headers; what is none of them is refused."""
    home = homes.make(tmp_path / "home")
    settings = home.settings.read_text("utf-8")
    home.settings.write_text(
        settings
        + '[store]\nquery = "http://x/query"\ngraphs = "http://x/data"\nheaders = { Authorization = "Bearer t" }\n'
    )
    found = store.remote(Home(home.path))

    assert found == Remote("http://x/query", "http://x/update", "http://x/data", {"Authorization": "Bearer t"})
    home.settings.write_text(settings + '[store]\nadress = "http://x/query"\n')
    with pytest.raises(HomeError, match="query"):
        store.remote(Home(home.path))
