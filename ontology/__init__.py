"""Reads `ci.ttl`, the single definition of what may be said, into Python values; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeGuard

from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.namespace import ClosedNamespace

from ontology.errors import KgError

BASE = "https://w3id.org/ci-kg#"
STATUSES = ("asserted", "planned", "rumoured", "denied", "ended")


class UnknownTermError(KgError):
    """A kind, type or role that `ci.ttl` does not define."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type of participant: `name` as in fact records ("HealthSystem"), `slug` the path of its pages.

    `family` is the path of its IRIs: types that may be said of one body share it. `colour` is a CSS colour, `glyph` a
    cytoscape.js shape.
    """

    name: str
    iri: URIRef
    label: str
    comment: str
    slug: str
    family: str
    colour: str
    glyph: str
    order: int


@dataclass(frozen=True, slots=True)
class Role:
    """A role of a kind: `name` as in fact records ("lead_investor"), its property and the class of its range.

    `core` roles take part in the identity of a fact.
    """

    name: str
    iri: URIRef
    range: URIRef
    required: int
    core: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """How an n-ary fact is drawn as a link: from each player of one role to each of another.

    `shortcut` is the derived property of that link, None where the link is only drawn.
    """

    source: str
    target: str
    phrase: str
    shortcut: URIRef | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: `name` as in fact records ("market_size"), `family` one of event, observation, statement.

    `value_unit` is money, percent, any or none; `window` is in days, None for no limit in time;
    `identity_roles` and `identity_attribute` form the key by which two events are one deal.
    """

    name: str
    iri: URIRef
    family: str
    label: str
    comment: str
    colour: str
    glyph: str
    order: int
    value_unit: str
    roles: tuple[Role, ...]
    at_least_one_of: frozenset[str]
    attributes: tuple[str, ...]
    edges: tuple[Edge, ...]
    identity_roles: tuple[str, ...]
    identity_attribute: str | None
    window: int | None

    def role(self, name: str) -> Role:
        """The role of that name; raises UnknownTermError."""
        for role in self.roles:
            if role.name == name:
                return role
        known = ", ".join(role.name for role in self.roles)
        raise UnknownTermError(f"{self.name} has no role {name!r}: ontology/ci.ttl gives it {known}")


@cache
def graph() -> Graph:
    """The whole ontology as one rdflib graph, to be read and not changed."""
    return Graph().parse(data=files("ontology").joinpath("ci.ttl").read_text("utf-8"), format="turtle")


@cache
def terms() -> ClosedNamespace:
    """The closed namespace `ci:`; a term that `ci.ttl` does not use raises AttributeError."""
    used = {str(term) for triple in graph() for term in triple if isinstance(term, URIRef)}
    return ClosedNamespace(BASE, sorted(term.removeprefix(BASE) for term in used if term.startswith(BASE)))


@cache
def types() -> dict[str, Type]:
    """All types of participants by name, in display order."""
    found = [_type(iri) for iri in graph().transitive_subjects(RDFS.subClassOf, _ci("Entity")) if _has_slug(iri)]
    return {each.name: each for each in sorted(found, key=lambda each: (each.order, each.name))}


@cache
def kinds() -> dict[str, Kind]:
    """All kinds of facts by name, in display order."""
    found = [_kind(iri, str(name)) for iri, name in graph().subject_objects(_ci("kind")) if isinstance(iri, URIRef)]
    return {each.name: each for each in sorted(found, key=lambda each: each.order)}


def kind(name: str) -> Kind:
    """The kind of that name; raises UnknownTermError."""
    if name not in kinds():
        raise UnknownTermError(f"unknown kind {name!r}: ontology/ci.ttl defines {', '.join(kinds())}")
    return kinds()[name]


@cache
def heading_cues() -> dict[str, tuple[str, ...]]:
    """The kinds of sections in the order they are tried, each with the patterns of its headings."""
    found = {}
    for iri in sorted(graph().subjects(RDF.type, _ci("SectionKind")), key=lambda iri: _order(URIRef(str(iri)))):
        cues = sorted(str(cue) for cue in graph().objects(iri, _ci("headingCue")))
        found[_text(URIRef(str(iri)), RDFS.label)] = tuple(cues)
    return found


def attribute_property(name: str) -> URIRef:
    """The property that holds an attribute of a fact: `sites_live` is `ci:attribute-sites_live`."""
    return URIRef(f"{BASE}attribute-{name}")


def _ci(term: str) -> URIRef:
    return URIRef(BASE + term)


def _has_slug(term: object) -> TypeGuard[URIRef]:
    return isinstance(term, URIRef) and (term, _ci("slug"), None) in graph()


def _text(subject: URIRef, predicate: URIRef, default: str = "") -> str:
    return str(graph().value(subject, predicate, default=Literal(default)))


def _order(subject: URIRef) -> int:
    return int(_text(subject, SH.order, "99"))


def _local(term: object) -> str:
    return str(term).removeprefix(BASE)


def _type(iri: URIRef) -> Type:
    return Type(
        name=_local(iri),
        iri=iri,
        label=_text(iri, RDFS.label),
        comment=_text(iri, RDFS.comment),
        slug=_text(iri, _ci("slug")),
        family=_text(iri, _ci("family"), _text(iri, _ci("slug"))),
        colour=_text(iri, _ci("colour"), "#999999"),
        glyph=_text(iri, _ci("glyph"), "rectangle"),
        order=_order(iri),
    )


def _roles(iri: URIRef) -> tuple[Role, ...]:
    shapes = [shape for shape in graph().objects(iri, SH.property) if (shape, SH.name, None) in graph()]
    shapes.sort(key=lambda shape: int(str(graph().value(shape, SH.order, default=Literal(99)))))
    return tuple(
        Role(
            name=str(graph().value(shape, SH.name)),
            iri=URIRef(str(graph().value(shape, SH.path))),
            range=URIRef(str(graph().value(shape, SH["class"]))),
            required=int(str(graph().value(shape, SH.minCount, default=Literal(0)))),
            core=(shape, _ci("core"), None) in graph(),
        )
        for shape in shapes
    )


def _edges(iri: URIRef, names: dict[object, str]) -> tuple[Edge, ...]:
    found = []
    for node in graph().objects(iri, _ci("edge")):
        source, target = (URIRef(str(graph().value(node, _ci(end)))) for end in ("from", "to"))
        shortcut = graph().value(node, _ci("shortcut"))
        found.append(
            Edge(
                source=names[source],
                target=names[target],
                phrase=str(graph().value(node, _ci("phrase"))),
                shortcut=URIRef(str(shortcut)) if shortcut else None,
            )
        )
    return tuple(sorted(found, key=lambda edge: (edge.source, edge.target)))


def _kind(iri: URIRef, name: str) -> Kind:
    roles = _roles(iri)
    names: dict[object, str] = {role.iri: role.name for role in roles}
    families: dict[object, str] = {
        _ci("Event"): "event",
        _ci("Observation"): "observation",
        _ci("Statement"): "statement",
    }
    window, attribute = graph().value(iri, _ci("window")), graph().value(iri, _ci("identityAttribute"))
    return Kind(
        name=name,
        iri=iri,
        family=next(families[parent] for parent in graph().objects(iri, RDFS.subClassOf) if parent in families),
        label=_text(iri, RDFS.label),
        comment=_text(iri, RDFS.comment),
        colour=_text(iri, _ci("colour")),
        glyph=_text(iri, _ci("glyph")),
        order=_order(iri),
        value_unit=_text(iri, _ci("valueUnit")),
        roles=roles,
        at_least_one_of=frozenset(names[each] for each in graph().objects(iri, _ci("atLeastOneOf")) if each in names),
        attributes=tuple(sorted(str(each) for each in graph().objects(iri, _ci("attribute")))),
        edges=_edges(iri, names),
        identity_roles=tuple(role.name for role in roles if (iri, _ci("identityRole"), role.iri) in graph()),
        identity_attribute=str(attribute) if attribute else None,
        window=int(str(window)) if window else None,
    )


__all__ = [
    "BASE",
    "RDF",
    "SKOS",
    "STATUSES",
    "Edge",
    "KgError",
    "Kind",
    "Role",
    "Type",
    "UnknownTermError",
    "attribute_property",
    "graph",
    "heading_cues",
    "kind",
    "kinds",
    "terms",
    "types",
]
