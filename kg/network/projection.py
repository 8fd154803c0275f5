"""The published graph projected to entities, events and edges; reads the store only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import Store
from rdflib import RDFS

import ontology
from kg.network.model import Edge, Entity, Event, phrase, save


def write(store: Store, path: Path) -> None:
    """Write the network of all facts in `store` to `path` as JSON; the same store gives the same bytes."""
    entities, facts = _entities(store), _facts(store)
    edges = _merged(edge for edge in _edges(store, facts) if _stands(edge, entities, facts))
    save(path, entities.values(), _events(facts), edges)


@dataclass(frozen=True, slots=True)
class _Fact:
    """A fact as far as the picture needs it; `node` is the event that it tells of (its group's, where it has one)."""

    iri: str
    node: str
    kind: ontology.Kind
    label: str
    status: str
    confidence: float
    date: str

    @property
    def is_event(self) -> bool:
        return self.kind.family == "event"


def _pairs(store: Store, predicate: str) -> Iterator[tuple[str, ...]]:
    """Subject and object of all quads of a property; a query, because it makes nothing of terms not asked for."""
    return _rows(store, f"SELECT ?s ?o {{ GRAPH ?g {{ ?s <{predicate}> ?o }} }}")


def _instances(store: Store, type_: str) -> Iterator[str]:
    """The subjects of a type, each once for every graph that says so."""
    for (subject,) in _rows(store, f"SELECT ?s {{ GRAPH ?g {{ ?s a <{type_}> }} }}"):
        yield subject


def _rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.query(query):  # type: ignore[union-attr] # a SELECT gives rows
        yield tuple(term.value for term in row)


def _values(store: Store, predicate: str) -> dict[str, str]:
    """The value of a property for each subject; where graphs give several, the least."""
    found: dict[str, str] = {}
    for subject, value in _pairs(store, predicate):
        if subject not in found or value < found[subject]:
            found[subject] = value
    return found


def _all(store: Store, predicate: str) -> dict[str, list[str]]:
    """The values of a property for each subject, one for each graph that gives it."""
    found: dict[str, list[str]] = defaultdict(list)
    for subject, value in _pairs(store, predicate):
        found[subject].append(value)
    return found


def _entities(store: Store) -> dict[str, Entity]:
    """Every named participant under the name and the type that most graphs give it."""
    labels, aliases = _all(store, ontology.SKOS.prefLabel), _all(store, ontology.SKOS.altLabel)
    types: dict[str, list[str]] = defaultdict(list)
    for each in ontology.types().values():
        for iri in _instances(store, each.iri):
            types[iri].append(each.name)
    order = {name: at for at, name in enumerate(ontology.types())}
    found = {}
    for iri in sorted(labels.keys() & types.keys()):
        label = _usual(labels[iri], key=lambda name: name)
        further = {*labels[iri], *aliases.get(iri, ())} - {label}
        found[iri] = Entity(iri, _usual(types[iri], key=lambda name: order[name]), label, tuple(sorted(further)))
    return found


def _usual(values: Sequence[str], key: Callable[[str], str | int]) -> str:
    """The most frequent value, the least by `key` of those that are equally frequent."""
    if len(values) == 1:
        return values[0]
    return min(set(values), key=lambda value: (-values.count(value), key(value)))


_LENGTHS = {"year": 4, "month": 7, "day": 10}


def _facts(store: Store) -> dict[str, _Fact]:
    ci, own = ontology.terms(), _own_values(store)
    nodes = _nodes(store)
    canonical = [_values(store, term) for term in (ci.canonical, ci.groupStatus, ci.groupDate, ci.groupDatePrecision)]
    grouped = {event: [values.get(group) for values in canonical[1:]] for group, event in canonical[0].items()}
    found = {}
    for kind in ontology.kinds().values():
        if kind.family != "event" and not kind.edges:
            continue
        for iri in _instances(store, kind.iri):
            status, date, precision, confidence, label = (values.get(iri) for values in own)
            node = nodes.get(iri, iri)
            if node in grouped:
                status, date, precision = grouped[node]
            when = (date or "")[: _LENGTHS[precision or "day"]]
            found[iri] = _Fact(
                iri, node, kind, label or kind.label, status or "asserted", float(confidence or 1), when
            )
    return dict(sorted(found.items()))


def _own_values(store: Store) -> list[dict[str, str]]:
    ci = ontology.terms()
    return [_values(store, term) for term in (ci.status, ci.date, ci.datePrecision, ci.confidence, RDFS.label)]


def _nodes(store: Store) -> dict[str, str]:
    """For each statement of an event the earliest statement of the same event."""
    ci = ontology.terms()
    canonical = _values(store, ci.canonical)
    return {member: canonical[group] for group, member in _pairs(store, ci.member) if group in canonical}


def _events(facts: Mapping[str, _Fact]) -> list[Event]:
    """One event for all facts that tell of it."""
    groups: dict[str, list[_Fact]] = defaultdict(list)
    for fact in facts.values():
        if fact.is_event:
            groups[fact.node].append(fact)
    return [_event(facts.get(node, group[0]), group) for node, group in sorted(groups.items())]


def _event(first: _Fact, group: list[_Fact]) -> Event:
    return Event(
        iri=first.node,
        kind=first.kind.name,
        label=first.label,
        status=first.status,
        confidence=max(fact.confidence for fact in group),
        date=first.date,
        facts=tuple(fact.iri for fact in group),
    )


def _edges(store: Store, facts: Mapping[str, _Fact]) -> Iterator[Edge]:
    players = _players(store, facts)
    for iri, fact in facts.items():
        make = _role_edges if fact.is_event else _statement_edges
        yield from make(fact, players.get(iri, {}))
    yield from _link_edges(store, facts)


def _players(store: Store, facts: Mapping[str, _Fact]) -> dict[str, dict[str, set[str]]]:
    """Who plays which role in each fact: fact, role, entities."""
    roles = {role.iri: role.name for kind in ontology.kinds().values() for role in kind.roles}
    players: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for iri, name in roles.items():
        for fact, entity in _pairs(store, iri):
            if fact in facts:
                players[fact][name].add(entity)
    return players


def _role_edges(fact: _Fact, players: Mapping[str, Iterable[str]]) -> Iterator[Edge]:
    """A line for each party: who acts points to the event, the event points to whom it is done."""
    told = [edge for edge in fact.kind.edges if edge.source != edge.target]
    acting, acted_on = {edge.source for edge in told}, {edge.target for edge in told}
    for role, entities in players.items():
        for entity in entities:
            source, target = (entity, fact.node) if role in acting - acted_on else (fact.node, entity)
            yield _edge(fact, source, target, form="role", phrase=phrase(role), arrow=role in acted_on - acting)


def _statement_edges(fact: _Fact, players: Mapping[str, Iterable[str]]) -> Iterator[Edge]:
    for spec in fact.kind.edges:
        for source in players.get(spec.source, ()):
            for target in players.get(spec.target, ()):
                if source != target:
                    yield _edge(fact, source, target, form="statement", phrase=spec.phrase, arrow=True)


def _edge(fact: _Fact, source: str, target: str, *, form: str, phrase: str, arrow: bool) -> Edge:
    return Edge(source, target, form, phrase, (fact.iri,), fact.status, fact.confidence, fact.date, arrow)


def _link_edges(store: Store, facts: Mapping[str, _Fact]) -> Iterator[Edge]:
    ci = ontology.terms()
    events, targets, bases = (_values(store, term) for term in (ci.event, ci.touches, ci.basis))
    for link, target in targets.items():
        fact = facts.get(events.get(link, ""))
        if fact is not None:
            edge = _edge(fact, fact.node, target, form="link", phrase="touches", arrow=False)
            yield replace(edge, facts=(link,), inferred=bases.get(link) == "inferred")


def _stands(edge: Edge, entities: Mapping[str, Entity], facts: Mapping[str, _Fact]) -> bool:
    """Whether both ends are in the picture; a fact that was left out of the published graph leaves none behind."""
    return all(end in entities or (end in facts and facts[end].is_event) for end in (edge.source, edge.target))


def _merged(edges: Iterable[Edge]) -> list[Edge]:
    """One edge for all facts that say the same: the surest gives status, date and confidence.

    A link to what an event names as a participant anyway is left out.
    """
    groups: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.id].append(edge)
    stated = {frozenset((group[0].source, group[0].target)) for group in groups.values() if group[0].form != "link"}
    return [
        _united(groups[id_])
        for id_ in sorted(groups)
        if groups[id_][0].form != "link" or frozenset((groups[id_][0].source, groups[id_][0].target)) not in stated
    ]


def _united(group: list[Edge]) -> Edge:
    if len(group) == 1:
        return group[0]
    best = min(group, key=lambda edge: (edge.inferred, -edge.confidence, edge.facts))
    return replace(best, facts=tuple(sorted({fact for edge in group for fact in edge.facts})))
