from __future__ import annotations

from collections import Counter
from dataclasses import replace

from pyoxigraph import BlankNode, NamedNode
from samples import fact, fill, reading

import kg
import ontology
from extract.document import Document
from kg import store
from kg.home import Home
from kg.ledger import Ledger
from kg.record import Reading

CI = f"PREFIX ci: <{ontology.BASE}> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX oa: <http://www.w3.org/ns/oa#> "
SKOS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


def rows(home: Home, query: str) -> list[tuple[str | None, ...]]:
    with store.current(home) as version:
        found = version.store().query(CI + SKOS + query, use_default_graph_as_union=True)
        return sorted(tuple(value and value.value for value in row) for row in found)


def test_there_are_no_blank_nodes_and_every_own_term_is_declared(sample_home: Home) -> None:
    """The same triples load in every engine, and a misspelt term is nowhere."""
    declared = {str(term) for triple in ontology.graph() for term in triple}
    declared |= {
        str(ontology.attribute_property(name)) for kind in ontology.kinds().values() for name in kind.attributes
    }
    with store.current(sample_home) as version:
        for quad in version.store():
            assert not isinstance(quad.subject, BlankNode)
            assert not isinstance(quad.object, BlankNode)
            used = {term.value for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)}
            own = {term for term in used if term.startswith(ontology.BASE) and "#attribute-" not in term}
            assert own <= declared


def test_no_triple_stands_in_two_graphs(sample_home: Home) -> None:
    """Engines differ in whether a union of graphs counts it once or twice; so questions count alike in all."""
    with store.current(sample_home) as version:
        triples = Counter(quad.triple for quad in version.store())
    assert [triple for triple, count in triples.items() if count > 1] == []


def test_every_fact_of_the_sample_is_shown_with_its_sentence(sample_home: Home) -> None:
    """Each recorded fact stands in the graph of its source, and its quote stands in its document at its offsets."""
    shown = rows(
        sample_home,
        "SELECT ?fact ?document ?quote ?start ?end ?sentence WHERE { ?fact ci:bestEvidence ?e . "
        "?e oa:exact ?quote ; oa:start ?start ; oa:end ?end ; ci:sentence ?sentence ; prov:wasQuotedFrom ?document }",
    )
    with Ledger(sample_home.ledger) as ledger:
        sources = [ledger.source(each) for each in ledger.sources()]
        assert len(shown) == ledger.counts()["facts"] == sum(len(source.facts) for source in sources)
    texts = {f"{sample_home.base}document/{source.document.id}": source.document.text for source in sources}
    for _, document, quote, start, end, sentence in shown:
        assert texts[str(document)][int(str(start)) : int(str(end))] == quote
        assert str(quote) in str(sentence)


def test_figures_keep_their_value_unit_and_text(empty_home: Home) -> None:
    """Stores rewrite 25.20 to 25.2, so the figure as written stands beside it."""
    document = Document("r.txt", "The Garden Robot Market was worth USD 25.20 billion in 2029.", "R")
    size = fact(document, "market_size", {"market": "Garden Robot Market"}, value=("25200000000", "USD"), date="2029")
    assert size.quantity
    fill(empty_home, [reading(document, [replace(size, quantity=replace(size.quantity, text="USD 25.20 billion"))])])
    found = "?f ci:value ?v ; ci:unit ?u ; ci:valueText ?t ; ci:date ?d ; ci:datePrecision ?p"
    assert rows(empty_home, f"SELECT ?v ?u ?t ?d ?p WHERE {{ {found} }}") == [
        ("25200000000", "USD", "USD 25.20 billion", "2029-01-01", "year")
    ]


def test_what_a_fact_was_judged_by_and_where_its_parties_are_named(empty_home: Home) -> None:
    """Its signals are texts, its antecedents evidence nodes of the same document, apart from its own evidence."""
    document = Document("r.txt", "Orvane makes pumps. It has bought Lumeo.", "R")
    deal = fact(
        document, "acquisition", {"acquirer": "Orvane", "target": "Lumeo"}, quote="It has bought Lumeo", date="2031"
    )
    deal = replace(deal, signals=("dated", "in news"), antecedents=(document.span(0, 6),))
    fill(empty_home, [reading(document, [deal])])
    assert rows(empty_home, "SELECT ?s WHERE { ?f ci:signal ?s } ORDER BY ?s") == [("dated",), ("in news",)]
    found = "?f ci:antecedent/oa:exact ?named ; ci:evidence/oa:exact ?quote"
    assert rows(empty_home, f"SELECT ?named ?quote WHERE {{ {found} }}") == [("Orvane", "It has bought Lumeo")]


def test_a_shortcut_is_drawn_for_asserted_events_only(empty_home: Home) -> None:
    """A rumour never looks like a fact, and what has ended is no edge."""
    text = "{} and {} partner."
    pairs = {
        "asserted": ("Alba", "Brindle"),
        "rumoured": ("Corvid", "Dunmere"),
        "planned": ("Ember", "Fjord"),
        "denied": ("Ghent", "Haddock"),
        "ended": ("Ilex", "Juno"),
    }
    for status, pair in pairs.items():
        document = Document(f"{status}.txt", text.format(*pair), status)
        fill(empty_home, [reading(document, [fact(document, "partnership", {"partner": pair}, status=status)])])
    found = rows(empty_home, "SELECT ?a ?b WHERE { ?x ci:partnerOf/skos:prefLabel ?b . ?x skos:prefLabel ?a }")
    assert found == [("Alba", "Brindle"), ("Brindle", "Alba")]


def test_a_segment_belongs_to_its_market_and_dimension(empty_home: Home) -> None:
    """Segments of one name in two markets are two segments."""
    for market in ("Garden Robot Market", "Kitchen Robot Market"):
        document = Document(f"{market}.txt", f"The {market} by type: Mowers", market)
        segment = fact(document, "segment", {"market": market, "segment": "Mowers"}, dimension="Type")
        fill(empty_home, [reading(document, [segment])])
    base = empty_home.base
    assert rows(empty_home, "SELECT ?s ?scheme WHERE { ?s a ci:Segment ; skos:inScheme ?scheme }") == [
        (f"{base}segment/{key}/mowers", f"{base}scheme/{key}/type")
        for key in ("garden-robot-market", "kitchen-robot-market")
    ]


def test_one_body_has_one_node_whatever_type_a_document_gives_it(empty_home: Home) -> None:
    """A hospital that another document calls a company is one entity with one type and one label everywhere."""
    for name, kind in (("a.txt", "HealthSystem"), ("b.txt", "HealthSystem"), ("c.txt", "Company")):
        document = Document(name, f"In {name} Saint Aldous signed with Marrowby.", name)
        roles = {"customer": "Saint Aldous", "supplier": "Marrowby"}
        fill(empty_home, [reading(document, [fact(document, "contract", roles, types={"Saint Aldous": kind})])])
    found = rows(empty_home, 'SELECT DISTINCT ?s ?t WHERE { ?s skos:prefLabel "Saint Aldous" ; a ?t }')
    assert found == [(f"{empty_home.base}organization/saint-aldous", ontology.BASE + "HealthSystem")]


def test_the_dataset_of_a_home_answers_over_all_graphs(sample_home: Home) -> None:
    """`kg.open` gives an rdflib Dataset whose default graph is the union of all graphs."""
    dataset = kg.open(sample_home.path)
    ask = CI + "SELECT (COUNT(?p) AS ?n) WHERE { ?p a ci:Partnership ; prov:wasDerivedFrom ?d }"
    (row,) = dataset.query(ask)
    assert int(row[0]) > 3


def test_a_name_that_is_hostile_stays_a_literal(empty_home: Home) -> None:
    """No name breaks out of the update that writes it."""
    name = 'Evil" } } ; DROP ALL ; INSERT DATA { <x:a> <x:b> "\\\n\u2028'
    document = Document("evil.txt", f"{name} buys Tessaly.", name)
    fill(empty_home, [reading(document, [fact(document, "acquisition", {"acquirer": name, "target": "Tessaly"})])])
    assert ("Evil" in str(rows(empty_home, "SELECT ?l WHERE { ?x a ci:Company ; skos:prefLabel ?l }"))) is True
    assert rows(empty_home, "SELECT ?o WHERE { <x:a> ?p ?o }") == []


def test_what_several_documents_say_stays_until_the_last_of_them_says_it_no_more(empty_home: Home) -> None:
    """Names, dimensions and shortcuts are shared between sources and go with the last source that has them."""

    def page(name: str, text: str, *, lens: bool) -> Reading:
        document = Document(name, f"{name}: {text}", name)
        roles = {"partner": ("Alba Inc" if lens else "Alba", "Brindle")}
        segment = fact(document, "segment", {"market": "Robot Market", "segment": "Mowers"}, dimension="Type")
        other = fact(document, "player", {"market": "Robot Market", "company": "Corvid"})
        return reading(document, [fact(document, "partnership", roles), segment] if text else [other])

    query = """SELECT DISTINCT ?a ?p ?b WHERE { { ?x ci:partnerOf ?y . ?x skos:prefLabel ?a . ?y skos:prefLabel ?b
      BIND("partner" AS ?p) } UNION { ?x skos:altLabel ?b ; skos:prefLabel ?a BIND("name" AS ?p) }
      UNION { ?x skos:inScheme/rdfs:label ?b ; skos:prefLabel ?a BIND("scheme" AS ?p) } }"""
    fill(empty_home, [page("a.txt", "Alba partners.", lens=True)])
    alone = rows(empty_home, query)
    assert ("Alba Inc", "partner", "Brindle") in alone
    assert ("Mowers", "scheme", "Type") in alone
    fill(empty_home, [page("b.txt", "Alba partners.", lens=False)])
    assert ("Alba", "name", "Alba Inc") in rows(empty_home, query)
    fill(empty_home, [page("a.txt", "", lens=True)])
    left = rows(empty_home, query)
    assert ("Alba", "partner", "Brindle") in left
    assert ("Mowers", "scheme", "Type") in left
    assert ("Alba", "name", "Alba Inc") not in left
    fill(empty_home, [page("b.txt", "", lens=True)])
    assert {row[0] for row in rows(empty_home, query)} == {"Corvid", "Robot Market"}
    assert rows(empty_home, "SELECT ?s WHERE { ?s a skos:ConceptScheme }") == []
