from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import adding
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from samples import fill

from kg import asof, cli, imports, projection, query, search, store
from kg.home import DEFAULT_BASE as BASE
from kg.home import Home
from kg.imports import ImportRefusedError
from kg.ledger import Ledger

GRAPH = ox.NamedNode(f"{BASE}graph/import/own")
OWN = f"""
@prefix ex: <http://example.org/own#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<{BASE}organization/alba> ex:rating 5 ; ex:contact [ ex:name "Ann Ō" ] .
ex:list a ex:Shortlist ; skos:prefLabel "Ours" ; skos:altLabel "Mine" .
"""
QUADS = "<http://x/a> <http://x/b> <http://x/c> <http://x/g> .\n<http://x/a> <http://x/b> _:n <http://x/h> .\n"
FILES = {
    "own.ttl": (OWN, 6),
    "own.trig": ("<http://x/g> { <http://x/a> <http://x/b> 1 } <http://x/a> <http://x/b> 1, 2 .", 2),
    "own.jsonld": ('{"@id": "http://x/a", "http://x/b": {"http://x/c": 1}}', 2),
    "own.nq": (QUADS, 2),
    "own.nt": ('<http://x/a> <http://x/b> "x" .', 1),
}
REFUSED = {
    "own.ttl": "<http://x/a> <http://x/b>",
    "own.csv": "a,b",
    "term.ttl": "<http://x/a> a <https://w3id.org/ci-kg#Acquisition> .",
    "property.ttl": "<http://x/a> <https://w3id.org/ci-kg#acquirer> <http://x/b> .",
    "name.ttl": f"<{BASE}organization/alba> <http://www.w3.org/2004/02/skos/core#prefLabel> 'Evil' .",
    "type.ttl": f"<{BASE}organization/alba> a <http://x/Bad> .",
    "triple.ttl": "<http://x/a> <http://x/b> <<( <http://x/a> <http://x/b> 1 )>> .",
    "context.jsonld": '{"@context": "http://127.0.0.1:9/context", "@id": "http://x/a"}',
}


def add(home: Home, path: Path, name: str = "own") -> bool:
    with Ledger(home.ledger) as ledger:
        triples = imports.read(path, home.base, name)
        new = imports.keep(ledger, ledger.run("import"), imports.Import(name, path.name, len(triples)), triples)
    projection.catch_up(home)
    return new


def shown(home: Home) -> set[ox.Triple]:
    with store.current(home) as version:
        return {quad.triple for quad in version.store().quads_for_pattern(None, None, None, GRAPH)}


@pytest.mark.parametrize("name", FILES)
def test_each_format_becomes_a_graph_of_its_own(name: str, tmp_path: Path, empty_home: Home) -> None:
    """Whatever graphs the file has; there are no blank nodes in it, and the same file twice changes nothing."""
    text, size = FILES[name]
    (tmp_path / name).write_text(text, "utf-8")
    fill(empty_home, [adding.document(0)])

    assert add(empty_home, tmp_path / name)
    found = shown(empty_home)
    assert len(found) == size
    assert not any(isinstance(term, ox.BlankNode) for triple in found for term in triple)
    assert not add(empty_home, tmp_path / name)
    assert shown(empty_home) == found


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_or_would_look_stated_is_refused(name: str, tmp_path: Path) -> None:
    """The message names the file; nothing is fetched for it."""
    path = tmp_path / name
    path.write_text(REFUSED[name], "utf-8")
    with pytest.raises(ImportRefusedError, match=name):
        imports.read(path, BASE, "own")


def test_imports_are_asked_with_the_rest_and_change_none_of_our_answers(tmp_path: Path, empty_home: Home) -> None:
    """A query joins them with what documents state; search and library give what they gave before."""
    (tmp_path / "own.ttl").write_text(OWN, "utf-8")
    fill(empty_home, [adding.document(0)])
    before = answers(empty_home)
    add(empty_home, tmp_path / "own.ttl")

    assert answers(empty_home) == before
    with store.current(empty_home) as version:
        joined = query.run(
            version,
            "SELECT ?name ?r { ?c <http://example.org/own#rating> ?r ; "
            "<http://www.w3.org/2004/02/skos/core#prefLabel> ?name }",
        )
        assert query.table(joined).rows == (("Alba", "5"),)
        assert search.find(version.search, "ours") == []
        assert b"own#" not in version.network.read_bytes()


def answers(home: Home) -> list[query.Table]:
    questions = [each for each in query.questions().values() if all(p.default is not None for p in each.parameters)]
    with store.current(home) as version:
        return [query.table(query.run(version, each.text)) for each in questions]


def test_an_import_is_replaced_withdrawn_built_anew_and_known_as_of_a_time(tmp_path: Path, empty_home: Home) -> None:
    """The ledger keeps each state; the graph shows the last."""
    path = tmp_path / "own.nt"
    fill(empty_home, [adding.document(0)])
    path.write_text('<http://x/a> <http://x/b> "old" .', "utf-8")
    add(empty_home, path)
    with Ledger(empty_home.ledger) as ledger:
        number = ledger.number()
    path.write_text('<http://x/a> <http://x/b> "new" .', "utf-8")
    add(empty_home, path)
    assert "new" in str(shown(empty_home))
    projection.catch_up(empty_home, anew=True)
    assert "new" in str(shown(empty_home))
    with Ledger(empty_home.ledger) as ledger:
        imports.withdraw(ledger, ledger.run("withdraw"), "own")
        with pytest.raises(ImportRefusedError, match="no import 'own'"):
            imports.withdraw(ledger, ledger.run("withdraw"), "own")
    projection.catch_up(empty_home)
    assert shown(empty_home) == set()
    with Ledger(empty_home.ledger) as ledger:
        asof.take_back(ledger, number)
        assert [each.name for each in imports.listed(ledger)] == ["own"]
    projection.catch_up(empty_home, anew=True)
    assert "old" in str(shown(empty_home))


def test_the_commands_import_list_and_withdraw(tmp_path: Path, empty_home: Home) -> None:
    """What a user types and reads."""
    (tmp_path / "My list.ttl").write_text(OWN, "utf-8")
    fill(empty_home, [adding.document(0)])

    def kg(*arguments: str) -> str:
        command = [sys.executable, "-m", "kg.cli", "--home", str(empty_home.path), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert f"6 triples in <{BASE}graph/import/my-list>" in kg("import", str(tmp_path / "My list.ttl"))
    assert kg("imports") == "my-list: 6 triples of My list.ttl\n"
    assert kg("imports", "--withdraw", "my-list") == ""


def test_of_several_files_all_are_added_or_none(tmp_path: Path, empty_home: Home) -> None:
    """What is recorded is shown: a file that is refused keeps those before it out as well."""
    (tmp_path / "own.ttl").write_text(OWN, "utf-8")
    (tmp_path / "bad.ttl").write_text("<http://x/a> <http://x/b>", "utf-8")
    fill(empty_home, [adding.document(0)])
    files = [str(tmp_path / name) for name in ("own.ttl", "bad.ttl")]
    result = CliRunner().invoke(cli.main, ["--home", str(empty_home.path), "import", *files])

    assert result.exit_code != 0
    with Ledger(empty_home.ledger) as ledger:
        assert imports.listed(ledger) == []
