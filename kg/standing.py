"""What the facts of the graph add up to, read from their quads: players, shortcuts, and which facts will stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple
from rdflib import RDF

import ontology
from kg.graph import iri, term

Term = NamedNode | BlankNode | Literal | Triple
#: The kind of an event, and roles with those who play them: what statements of one event have in common.
Players = tuple[str, frozenset[tuple[str, str]]]

_TYPE = iri(RDF.type)
_ASSERTED = Literal("asserted")


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts of a store in which those of some graphs, `old`, are about to be replaced by others, `new`."""

    store: Store
    old: set[NamedNode]
    new: set[NamedNode]

    def holds(self, fact: NamedNode) -> bool:
        """Whether a fact will stand in the store."""
        return fact in self.new or (fact not in self.old and self._has(fact, term("status"), None))

    def tells(self, shortcut: Quad) -> bool:
        """Whether a fact that is not replaced says what a shortcut says."""
        return any(self._told(shortcut, *each) for each in _edges() if each[2] == shortcut.predicate)

    def _told(self, shortcut: Quad, kind: NamedNode, roles: tuple[NamedNode, NamedNode], _: NamedNode) -> bool:
        facts = self.store.quads_for_pattern(None, roles[1], shortcut.object, None)
        return any(
            quad.subject not in self.old
            and self._has(quad.subject, roles[0], shortcut.subject)
            and self._has(quad.subject, _TYPE, kind)
            and self._has(quad.subject, term("status"), _ASSERTED)
            for quad in facts
        )

    def _has(self, subject: NamedNode | BlankNode | Triple, predicate: NamedNode, value: Term | None) -> bool:
        return any(self.store.quads_for_pattern(subject, predicate, value, None))


def facts(quads: Iterable[Quad]) -> set[NamedNode]:
    """The nodes of the facts."""
    status = term("status")
    return {quad.subject for quad in quads if quad.predicate == status and isinstance(quad.subject, NamedNode)}


def participants(quads: Iterable[Quad]) -> set[str]:
    """The IRIs of all that take part in facts."""
    roles = {iri(role.iri) for kind in ontology.kinds().values() for role in kind.roles}
    return {quad.object.value for quad in quads if quad.predicate in roles and isinstance(quad.object, NamedNode)}


def players(quads: Iterable[Quad]) -> set[Players]:
    """For each event its kind and who takes part in the roles by which events of that kind are told apart, by IRI."""
    found = set()
    for values in _by_fact(quads).values():
        for kind in _kinds(values):
            if kind.family == "event":
                taking = ((name, each) for name in kind.identity_roles for each in values[iri(kind.role(name).iri)])
                found.add(
                    (kind.name, frozenset((name, each.value) for name, each in taking if isinstance(each, NamedNode)))
                )
    return found


def shortcuts(quads: Iterable[Quad], graph: NamedNode) -> Iterator[Quad]:
    """The edges that asserted facts draw between two of their participants, as quads of that graph."""
    for values in _by_fact(quads).values():
        if _ASSERTED in values[term("status")]:
            for kind, roles, shortcut in _edges():
                if kind in values[_TYPE]:
                    pairs = product(values[roles[0]], values[roles[1]])
                    yield from (_edge(left, shortcut, right, graph) for left, right in pairs if left != right)


def _edge(left: Term, shortcut: NamedNode, right: Term, graph: NamedNode) -> Quad:
    if not isinstance(left, NamedNode):
        raise TypeError(f"a participant is an IRI, not {left}")
    return Quad(left, shortcut, right, graph)


def _by_fact(quads: Iterable[Quad]) -> dict[NamedNode | BlankNode | Triple, defaultdict[NamedNode, list[Term]]]:
    found: defaultdict[NamedNode | BlankNode | Triple, defaultdict[NamedNode, list[Term]]]
    found = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        found[quad.subject][quad.predicate].append(quad.object)
    return found


def _kinds(values: defaultdict[NamedNode, list[Term]]) -> Iterator[ontology.Kind]:
    return (kind for kind in ontology.kinds().values() if iri(kind.iri) in values[_TYPE])


@cache
def _edges() -> list[tuple[NamedNode, tuple[NamedNode, NamedNode], NamedNode]]:
    """Kind, roles and shortcut of every edge that has a shortcut."""
    return [
        (iri(kind.iri), (iri(kind.role(edge.source).iri), iri(kind.role(edge.target).iri)), iri(edge.shortcut))
        for kind in ontology.kinds().values()
        for edge in kind.edges
        if edge.shortcut
    ]
