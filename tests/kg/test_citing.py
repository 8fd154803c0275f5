from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
import rdflib

from kg import citing, store
from kg.cli import CITATIONS
from kg.home import DEFAULT_BASE, Home
from kg.store import Version

CI = "https://w3id.org/ci-kg#"
NP = rdflib.Namespace("http://www.nanopub.org/nschema#")
PARTNERSHIP = f"SELECT ?f {{ ?f a <{CI}Partnership> ; <{CI}partner> ?a, ?b FILTER(?a != ?b) }} ORDER BY ?f LIMIT 1"


@pytest.fixture(scope="module")
def version(sample_home: Home) -> Iterator[Version]:
    with store.current(sample_home) as found:
        yield found


@pytest.fixture(scope="module")
def fact(version: Version) -> str:
    rows = version.store().query(PARTNERSHIP, use_default_graph_as_union=True)
    return str(next(iter(rows))["f"].value)  # type: ignore[arg-type,index,union-attr] # rows of a SELECT


def written(version: Version, fact: str, form: str) -> bytes:
    output = io.BytesIO()
    citing.write(version, fact, form, output)
    return output.getvalue()


def test_a_nanopublication_has_the_four_graphs_and_says_where_the_fact_is_from(version: Version, fact: str) -> None:
    """The assertion is the fact; its provenance holds the quoted sentence and the document."""
    data = rdflib.Dataset().parse(data=written(version, fact, "nanopub"), format="trig")
    [(whole, head)] = [(s, g) for s, _, _, g in data.quads((None, rdflib.RDF.type, NP.Nanopublication, None))]
    parts = {
        each: data.graph(data.graph(head).value(whole, NP[each]))
        for each in ("hasAssertion", "hasProvenance", "hasPublicationInfo")
    }
    node, assertion = rdflib.URIRef(fact), parts["hasAssertion"].identifier

    assert (node, rdflib.RDF.type, rdflib.URIRef(f"{CI}Partnership")) in parts["hasAssertion"]
    assert len(set(parts["hasAssertion"].objects(None, rdflib.SKOS.prefLabel))) >= 2
    document = parts["hasProvenance"].value(assertion, rdflib.PROV.wasDerivedFrom)
    assert parts["hasProvenance"].value(document, rdflib.DCTERMS.title) is not None
    assert any(parts["hasProvenance"].objects(None, rdflib.URIRef("http://www.w3.org/ns/oa#exact")))
    assert parts["hasPublicationInfo"].value(whole, rdflib.DCTERMS.created).datatype == rdflib.XSD.dateTime
    assert {len(parts), len(set(data.graphs())) - 1} == {3, 4}


def test_in_rdf_1_2_the_fact_reifies_what_it_says_of_two(version: Version, fact: str) -> None:
    """The plain statement is quoted, not asserted, so a rumour can be cited too."""
    triples = {quad.triple for quad in ox.parse(written(version, fact, "rdf12"), ox.RdfFormat.TURTLE)}
    quoted = {each.object for each in triples if each.predicate.value.endswith("#reifies")}

    assert {each.predicate.value for each in quoted if isinstance(each, ox.Triple)} == {f"{CI}partnerOf"}
    assert quoted.isdisjoint(triples)
    assert any(each.predicate.value == f"{CI}sentence" for each in triples)


def test_the_command_takes_ids_and_tells_what_is_wrong(sample_home: Home, fact: str) -> None:
    """By id or IRI; a fact that is not there, or a format that holds no single fact, is told."""
    command = [sys.executable, "-m", "kg.cli", "--home", str(sample_home.path), "export"]

    def ran(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *options], capture_output=True, text=True, check=False)

    by_id = ran("--format", "nanopub", "--fact", fact.removeprefix(f"{DEFAULT_BASE}fact/"))
    assert by_id.stdout == ran("--format", "nanopub", "--fact", fact).stdout != ""
    assert "no such fact" in ran("--format", "rdf12", "--fact", "nothing").stderr
    assert ran("--format", "csv", "--fact", fact).returncode == ran("--format", "rdf12").returncode == 2


def test_the_command_offers_all_formats_and_no_other() -> None:
    """The choices stand apart so that help needs no graph library."""
    assert set(CITATIONS) == set(citing.FORMATS)
