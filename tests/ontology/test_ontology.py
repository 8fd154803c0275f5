from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from rdflib import RDF, RDFS, SH, URIRef

import ontology
from ontology import Kind, UnknownTermError, attribute_property, graph, kinds, terms, types


@dataclass(frozen=True, slots=True)
class Guide:
    """What the annotation guide says of a kind: roles it must have (with their number), may have, its attributes.

    `one_of` are the roles of which at least one must be there.
    """

    family: str
    required: dict[str, int]
    optional: str = ""
    attributes: str = ""
    one_of: str = ""


GUIDE = {
    "partnership": Guide(
        "event", {"partner": 2}, "region", "type name purpose product product_owner term start stage segment"
    ),
    "acquisition": Guide(
        "event",
        {"target": 1},
        "acquirer seller",
        "stake stage structure type price_per_share enterprise_value part expected_close result minimum maximum",
    ),
    "investment": Guide(
        "event",
        {"investee": 1},
        "lead_investor investor",
        "round type stake valuation additional round_total total lead_investors_described lead_investors_count "
        "minimum maximum",
    ),
    "contract": Guide(
        "event", {}, "supplier customer", "product term volume sites sites_qualifier customer", "supplier customer"
    ),
    "launch": Guide("event", {"company": 1}, "product region", "product product_type feature features"),
    "expansion": Guide(
        "event",
        {"company": 1},
        "location region",
        "facility capacity sites_live sites_planned sites_target target_date product stage minimum",
    ),
    "appointment": Guide("event", {"person": 1, "company": 1}, "predecessor", "title"),
    "joint_venture": Guide("event", {"partner": 2}, "venture region", "purpose stake location start stage"),
    "divestiture": Guide("event", {"seller": 1}, "asset buyer", "stake stage part expected_close", "asset buyer"),
    "termination": Guide("event", {"party": 1}, "subject", "subject name announced"),
    "market_size": Guide("observation", {"market": 1}, "segment region", "type scope forecast_period"),
    "cagr": Guide("observation", {"market": 1}, "segment region", "from to scope"),
    "largest": Guide(
        "observation", {"market": 1}, "segment region company", "of dimension", "segment region company"
    ),
    "fastest_growing": Guide(
        "observation", {"market": 1}, "segment region company", "of dimension", "segment region company"
    ),
    "statistic": Guide(
        "observation",
        {},
        "reporter original_source",
        "subject measure reference_year qualifier change report original_report supports platform",
    ),
    "segment": Guide("statement", {"market": 1, "segment": 1}, "", "dimension"),
    "region": Guide("statement", {"market": 1, "region": 1}, "", "level parent"),
    "player": Guide("statement", {"market": 1, "company": 1}),
    "driver": Guide("statement", {"market": 1}, "segment region", "label scope"),
    "challenge": Guide("statement", {"market": 1}, "segment region", "label scope heading"),
    "trend": Guide("statement", {"market": 1}, "segment region", "label scope heading"),
    "headquarters": Guide("statement", {"company": 1, "location": 1}),
    "subsidiary": Guide("statement", {"subsidiary": 1, "parent": 1}, "", "stake"),
    "regulation": Guide(
        "statement",
        {"market": 1},
        "regulation regulator segment",
        "bearing topic jurisdiction",
        "regulation regulator",
    ),
}
TYPES = (
    "Company Person Product Asset Location Country Region Segment Market Regulator Regulation Publisher Publication "
    "HealthSystem Organization"
)
#: The node shapes of cytoscape.js.
NODE_SHAPES = """
ellipse triangle round-triangle rectangle round-rectangle bottom-round-rectangle cut-rectangle barrel rhomboid
right-rhomboid diamond round-diamond pentagon round-pentagon hexagon round-hexagon concave-hexagon heptagon
round-heptagon octagon round-octagon star tag round-tag vee
"""


def each_kind() -> list[Kind]:
    return list(kinds().values())


def test_the_kinds_are_those_of_the_guide() -> None:
    """Every kind of fact of the annotation guide can be said, and no other."""
    assert set(kinds()) == set(GUIDE)
    assert all(kinds()[name].family == guide.family for name, guide in GUIDE.items())


@pytest.mark.parametrize("name", GUIDE)
def test_a_kind_has_the_roles_of_the_guide(name: str) -> None:
    """Roles, their least number, and the roles of which one must be there are those of the guide."""
    kind, guide = ontology.kind(name), GUIDE[name]
    assert {role.name: role.required for role in kind.roles if role.required} == guide.required
    assert set(guide.required) | set(guide.optional.split()) <= {role.name for role in kind.roles}
    assert kind.at_least_one_of == set(guide.one_of.split())


@pytest.mark.parametrize("name", GUIDE)
def test_a_kind_has_the_attributes_of_the_guide(name: str) -> None:
    """Every attribute that the guide names for a kind is declared for it."""
    assert set(GUIDE[name].attributes.split()) <= set(ontology.kind(name).attributes)


def test_the_types_are_those_of_the_guide() -> None:
    """Every type of participant of the guide exists, each with a path of its own for pages but for the country."""
    assert set(types()) == set(TYPES.split())
    slugs = [each.slug for each in types().values() if each.name != "Country"]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("kind", each_kind(), ids=lambda kind: kind.name)
def test_a_role_is_played_by_a_declared_class(kind: Kind) -> None:
    """The range of each role is a class of entities that the ontology declares; no two roles share a property."""
    entities = set(graph().transitive_subjects(RDFS.subClassOf, terms().Entity))
    for role in kind.roles:
        assert role.range in entities, role.name
        assert (role.range, RDF.type, RDFS.Class) in graph()
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", role.name)
    assert len({role.name for role in kind.roles}) == len({role.iri for role in kind.roles}) == len(kind.roles)


@pytest.mark.parametrize("kind", each_kind(), ids=lambda kind: kind.name)
def test_an_edge_joins_roles_of_its_kind(kind: Kind) -> None:
    """What is drawn as a link leads from one role of the kind to another and has words to read it by."""
    roles = {role.name for role in kind.roles}
    for edge in kind.edges:
        assert {edge.source, edge.target} <= roles
        assert edge.phrase.strip()
    assert kind.family != "event" or kind.edges


@pytest.mark.parametrize("name", [name for name, guide in GUIDE.items() if guide.family == "event"])
def test_an_event_has_a_key_by_which_two_are_one(name: str) -> None:
    """The roles and the attribute of the identity key are roles and an attribute of the kind."""
    kind = ontology.kind(name)
    assert kind.identity_roles
    assert set(kind.identity_roles) <= {role.name for role in kind.roles}
    assert kind.identity_attribute is None or kind.identity_attribute in kind.attributes


@pytest.mark.parametrize("term", [*each_kind(), *types().values()], ids=lambda term: term.name)
def test_each_kind_and_type_can_be_shown(term: Kind | ontology.Type) -> None:
    """Label, explanation, colour and shape are there for the legend and the documentation."""
    assert term.label
    assert term.comment.endswith((".", '"'))
    assert re.fullmatch(r"#[0-9A-F]{6}", term.colour)
    assert term.glyph in NODE_SHAPES.split()


def test_a_closed_namespace_refuses_what_is_not_defined() -> None:
    """A misspelt term is an error where it is used, not an empty answer later."""
    assert terms().Acquisition == URIRef(ontology.BASE + "Acquisition")
    with pytest.raises(AttributeError):
        _ = terms().Aquisition


@pytest.mark.parametrize("wrong", ["aquisition", "", "Acquisition"])
def test_an_unknown_kind_is_an_error_that_names_the_known_ones(wrong: str) -> None:
    """Whoever asks for a kind that does not exist learns which do."""
    with pytest.raises(UnknownTermError, match="market_size"):
        ontology.kind(wrong)


def test_an_unknown_role_is_an_error_that_names_the_known_ones() -> None:
    """Whoever asks a kind for a role that it does not have learns which it has."""
    assert ontology.kind("acquisition").role("target").required == 1
    with pytest.raises(UnknownTermError, match="acquirer"):
        ontology.kind("acquisition").role("partner")


def test_attributes_have_properties_of_their_own() -> None:
    """An attribute and a role of the same name are told apart."""
    assert attribute_property("product") != ontology.kind("launch").role("product").iri


def test_no_two_kinds_claim_one_class() -> None:
    """Kind and class name each other one to one, and every kind is a node shape."""
    assert len({kind.iri for kind in each_kind()}) == len(GUIDE)
    assert all((kind.iri, RDF.type, SH.NodeShape) in graph() for kind in each_kind())
