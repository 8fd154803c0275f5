from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS
from rdflib.paths import Path as PropertyPath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from samples import fact, fill, reading

import ontology
from extract.document import Document
from kg import query, store
from kg.home import Home
from kg.query import Parameter
from kg.store import Version

EXPECTED = Path(__file__).parent / "expected"
TELERADIOLOGY = {"market": "Teleradiology Services Market"}
CHARGING = {"market": "european ev charging equipment market"}
COLD = {"market": "Cold Chain Logistics Market"}

#: The values with which each question is asked of the sample; its answer stands in `expected/NAME.csv`.
ASKED = {
    "appointments": {},
    "company-deals": {"company": "voltkaai n.v."},
    "company-partners": {"company": "Kornmarkt"},
    "deals-by-region": {},
    "deals-by-segment": CHARGING,
    "deals-since": {"since": "2026-07"},
    "drivers-and-challenges": TELERADIOLOGY,
    "fact-counts": {},
    "fact-evidence": {},
    "facts": {},
    "fastest-segment-partnerships": {**TELERADIOLOGY, "from": "2024", "to": "2030"},
    "forecast-checks": COLD,
    "growth-rates": CHARGING,
    "investments": {"least": "1000000"},
    "launches": {},
    "market-forecasts": COLD,
    "market-leaders": COLD,
    "market-regulations": TELERADIOLOGY,
    "players": CHARGING,
    "second-hand-statistics": {},
    "sources": {},
    "unconfirmed-deals": {"status": "denied"},
    "white-space": CHARGING,
}


@pytest.fixture(scope="module")
def version(sample_home: Home) -> Iterator[Version]:
    with store.current(sample_home) as found:
        yield found


@pytest.fixture(scope="module")
def dataset(version: Version) -> rdflib.Dataset:
    """The same graphs in rdflib's own store and query engine."""
    found = rdflib.Dataset(default_union=True)
    found.parse(data=version.store().dump(format=query.ox.RdfFormat.N_QUADS), format="nquads")
    return found


def bound(name: str, version: Version) -> str:
    values = dict(ASKED[name])
    if name == "fact-evidence":
        listed = query.run(version, query.bind(query.get("company-deals"), {"company": "Konica Minolta"}))
        [values["fact"]] = {row["deal"].value for row in listed if row["kind"].value == "Partnership"}
    return query.bind(query.get(name), values)


def in_rdflib(dataset: rdflib.Dataset, text: str) -> query.Table:
    answer = dataset.query(text)
    rows = (tuple("" if cell is None else str(cell) for cell in row) for row in answer)
    return query.Table(tuple(map(str, answer.vars)), tuple(rows))


@pytest.mark.parametrize("name", query.names())
def test_each_question_has_its_expected_answer_on_the_sample(name: str, version: Version) -> None:
    """The rows, in their order, are those that were checked by hand against the annotated facts."""
    columns, *rows = csv.reader(io.StringIO((EXPECTED / f"{name}.csv").read_text("utf-8")))
    answer = query.table(query.run(version, bound(name, version)))
    found = [[row[answer.columns.index(column)] for column in columns] for row in answer.rows]

    assert found[: len(rows)] == rows
    assert len(found) == len(rows) or name == "facts", "the file of all facts holds the first rows only"


@pytest.mark.parametrize("name", query.names())
def test_engines_agree(name: str, version: Version, dataset: rdflib.Dataset) -> None:
    """Rdflib and Oxigraph give the same table, row by row."""
    text = bound(name, version)

    assert in_rdflib(dataset, text) == query.table(query.run(version, text))


@pytest.mark.parametrize("name", query.names())
def test_each_file_runs_as_it_is_and_says_what_it_is(name: str, version: Version) -> None:
    """A question is valid SPARQL with its defaults, has a title and an explanation, and explains its parameters."""
    question = query.get(name)
    query.table(query.run(version, question.text))

    assert question.title != name
    assert question.about
    assert [parameter.about for parameter in question.parameters if not parameter.about] == []


@pytest.mark.parametrize("name", query.names())
def test_questions_use_declared_terms_only(name: str) -> None:
    """A term that neither the ontology nor a vocabulary it reuses declares would match nothing, silently."""
    assert undeclared(query.get(name).text) == []


def test_a_misspelt_term_is_not_declared() -> None:
    """The check above sees terms in patterns, paths, filters, values and inner queries."""
    text = (
        "PREFIX ci: <https://w3id.org/ci-kg#> SELECT * { VALUES ?x { ci:a } ?s ci:b/ci:c* ?o "
        "FILTER(?o != ci:d) FILTER NOT EXISTS { ?s ci:e 1 } { SELECT ?s { ?s a ci:Company, ci:f } } }"
    )

    assert [term.removeprefix(ontology.BASE) for term in undeclared(text)] == ["a", "b", "c", "d", "e", "f"]


def undeclared(text: str) -> list[str]:
    own = {str(term) for triple in ontology.graph() for term in triple if isinstance(term, rdflib.URIRef)}
    own |= {str(ontology.attribute_property(name)) for kind in ontology.kinds().values() for name in kind.attributes}
    used = set(terms(translateQuery(parseQuery(text)).algebra)) - own
    return sorted(term for term in used if not any(term in known for known in (DCTERMS, PROV, RDF, RDFS, SKOS)))


def terms(node: object) -> Iterator[str]:
    if isinstance(node, rdflib.URIRef):
        yield str(node)
    elif isinstance(node, PropertyPath):
        yield from terms(list(vars(node).values()))
    elif isinstance(node, dict):
        yield from terms([*node.values()])
    elif isinstance(node, list | tuple | set):
        for each in node:
            yield from terms(each)


PARAMETERS = [
    ("text", 'a "quoted" \\ } name', '"a \\"quoted\\" \\\\ } name"'),
    ("integer", "2030", '"2030"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ("decimal", "1e3", '"1000"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ("date", "2030", '"2030-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'),
    ("date", "2030-05", '"2030-05-01"^^<http://www.w3.org/2001/XMLSchema#date>'),
    ("date", "2030-05-14", '"2030-05-14"^^<http://www.w3.org/2001/XMLSchema#date>'),
    ("iri", "http://example.org/a", "<http://example.org/a>"),
]
REFUSED = [("integer", "many"), ("decimal", "nan"), ("date", "May"), ("iri", "no iri"), ("iri", "http://x/> } #")]


def asking(kind: str) -> query.Question:
    return query.parse("mine", f"# param: what {kind} the thing\nSELECT * {{ VALUES ?what {{ UNDEF }} ?s ?p ?what }}")


@pytest.mark.parametrize(("kind", "value", "term"), PARAMETERS)
def test_a_value_is_bound_as_a_term_of_its_type(kind: str, value: str, term: str) -> None:
    """What is typed becomes one RDF term and nothing else, whatever it holds."""
    assert f"VALUES ?what {{ {term} }} ?s ?p ?what" in query.bind(asking(kind), {"what": value})


@pytest.mark.parametrize(("kind", "value"), REFUSED)
def test_a_value_of_another_type_is_refused(kind: str, value: str) -> None:
    """The message names the parameter, the value and the type."""
    with pytest.raises(query.ParameterError, match=f"what=.*this is no {kind}"):
        query.bind(asking(kind), {"what": value})


def test_parameters_are_missed_and_unknown_ones_named() -> None:
    """A value that must be given is asked for; a name that the question does not have is refused."""
    with pytest.raises(query.ParameterError, match="needs a value for what"):
        query.bind(asking("text"), {})
    with pytest.raises(query.ParameterError, match="no parameter 'where', only what"):
        query.bind(asking("text"), {"where": "x"})


def test_a_header_says_what_the_text_holds() -> None:
    """Title, explanation, parameters and defaults are read; a parameter without a place is an error."""
    header = "# title: Mine\n# about: all of it\n# param: year integer a year\n"
    text = header + 'SELECT * { VALUES ?year { 2030 } ?s ?p "# param: x" }'

    expected = query.Question("mine", "Mine", "all of it", (Parameter("year", "integer", "a year", "2030"),), text)
    assert query.parse("mine", text) == expected
    with pytest.raises(query.ParameterError, match="needs a type and a place"):
        query.parse("mine", "# param: year integer a year\nASK {}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("DROP ALL", "read-only"),
        ("SELECT * { ?s", "not SPARQL 1.1"),
    ],
)
def test_what_is_no_query_of_this_graph_is_refused(text: str, message: str, version: Version) -> None:
    """Calls of other servers, updates and broken texts end in a message that says why."""
    with pytest.raises(query.QueryError, match=message):
        query.run(version, text)


def test_the_default_graph_is_the_union_unless_the_query_names_its_graphs(version: Version) -> None:
    """Without FROM all sources answer, with FROM only the named ones."""
    ask = "SELECT DISTINCT ?d {0} {{ ?d a <https://w3id.org/ci-kg#Document> }}"
    graphs = query.run(version, "SELECT ?g { GRAPH ?g { ?d a <https://w3id.org/ci-kg#Document> } }")
    graph = next(row["g"] for row in graphs)

    assert len(list(query.run(version, ask.format("")))) == 9
    assert len(list(query.run(version, ask.format(f"FROM {graph}")))) == 1


def test_partners_of_partners_are_two_hops_away(empty_home: Home) -> None:
    """The one between is named; a direct partner is not listed again, nor the company itself."""
    document = Document(
        "trees.txt", "Alder works with Birch. Birch works with Cedar. Birch works with Dogwood.", "Trees"
    )
    pairs = [("Alder", "Birch"), ("Birch", "Cedar"), ("Birch", "Dogwood")]
    facts = [fact(document, "partnership", {"partner": pair}, quote=" works with ".join(pair)) for pair in pairs]
    fill(empty_home, [reading(document, facts)])
    with store.current(empty_home) as found:
        rows = query.table(query.run(found, query.bind(query.get("company-partners"), {"company": "ALDER"}))).rows

    assert rows == (("Alder", "1", "Birch", ""), ("Alder", "2", "Cedar", "Birch"), ("Alder", "2", "Dogwood", "Birch"))


@pytest.mark.parametrize(
    ("text", "name", "start"),
    [
        ("SELECT (1 AS ?x) {}", "csv", b"x\r\n1"),
        ("SELECT (1 AS ?x) {}", "tsv", b"?x\n1"),
        ("SELECT (1 AS ?x) {}", "json", b'{"head":{"vars":["x"]}'),
        ("ASK {}", "xml", b"<?xml"),
        ("CONSTRUCT { <a:s> <https://w3id.org/ci-kg#x> 1 } {}", "turtle", b"@prefix"),
        ("CONSTRUCT { <a:s> <a:p> 1 } {}", "json", b'[{"@id":"a:s"'),
        ("CONSTRUCT { <a:s> <a:p> 1 } {}", "xml", b"<?xml"),
    ],
)
def test_answers_are_written_in_the_format_asked_for(text: str, name: str, start: bytes, version: Version) -> None:
    """Tables and graphs each have their formats for programs."""
    output = io.BytesIO()
    query.write(query.run(version, text), name, output)

    assert output.getvalue().startswith(start)


@pytest.mark.parametrize(("text", "name"), [("ASK {}", "turtle"), ("CONSTRUCT { <a:s> <a:p> 1 } {}", "csv")])
def test_a_format_that_cannot_hold_the_answer_is_refused(text: str, name: str, version: Version) -> None:
    """A graph is no table and a table no graph: the message says what can be had."""
    with pytest.raises(query.QueryError, match=r"take .* or table"):
        query.write(query.run(version, text), name, io.BytesIO())


def test_every_answer_can_be_a_table(version: Version) -> None:
    """Graphs give their triples, yes/no questions one cell."""
    assert query.table(query.run(version, "ASK {}")) == query.Table(("answer",), (("yes",),))
    graph = query.table(query.run(version, "CONSTRUCT { <a:s> <a:p> 1 } {}"))
    assert graph == query.Table(("subject", "predicate", "object"), (("a:s", "a:p", "1"),))
