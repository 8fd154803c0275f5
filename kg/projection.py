"""Brings the live store from the ledger's change it stands at to the last one, and publishes; reads no documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode, Quad
from rdflib import PROV, RDF

import ontology
from kg import checks, consolidated, graph, links, store, validate, vocabulary
from kg.graph import iri, term
from kg.home import Home
from kg.identity import Entity, Judgement, Reference
from kg.ledger import Ledger, Source
from kg.publish import publish
from kg.store import Live

_BATCH = 50  # sources that are validated and written in one step


def catch_up(home: Home, *, anew: bool = False) -> None:
    """Projects what has changed since the store's number, publishes once; `anew` projects everything.

    A process that waited while another did it finds nothing left to do. What a crash left half done is done here.
    """
    with Ledger(home.ledger) as ledger, store.writing(home, anew=anew) as live:
        with ledger.snapshot():
            number, since = ledger.number(), live.number
            if number != since:
                _bring(_Moment(live, ledger), since, number)
        publish(live, always=anew)


def _bring(moment: _Moment, since: int, number: int) -> None:
    touched = _touched(moment.ledger, since)
    for at in range(0, len(touched), _BATCH):
        moment.project(touched[at : at + _BATCH], number if at + _BATCH >= len(touched) else None)
    if not touched:
        moment.live.update([], [], [], number)


def _touched(ledger: Ledger, since: int) -> list[str]:
    """The sources that changed, and those whose text holds a name of something to touch that changed."""
    found = set(ledger.touched(since))
    if since:
        for who, entity in ledger.vocabulary(vocabulary.FAMILIES, since):
            found |= ledger.holding(vocabulary.phrases(who, entity))
    return sorted(found)


class _Moment:
    """The ledger as it stood when the catching up began, and the store that is brought there."""

    def __init__(self, live: Live, ledger: Ledger) -> None:
        self.live, self.ledger, self.base = live, ledger, live.names.base
        self.vocabulary = vocabulary.vocabulary(ledger.vocabulary(vocabulary.FAMILIES))
        self.judgements: list[Judgement] = ledger.judgements()

    def project(self, sources: Sequence[str], number: int | None) -> None:
        """Replaces the graphs of these sources and what is derived from them, in one step."""
        held = [(self.ledger.source(each), self.ledger.entities(each)) for each in sources]
        projections = [graph.project(self.base, *each) for each in held]
        left_out = validate.problems(projections)
        with Ledger(self.live.home.ledger) as notes:  # this connection reads one moment and cannot write
            notes.keep_problems(
                {
                    source: {key: left_out[key] for key in projection.facts if key in left_out}
                    for source, projection in zip(sources, projections, strict=True)
                }
            )
        graphs = [projection.graph for projection in projections]
        old = [quad for each in graphs for quad in self.live.store.quads_for_pattern(None, None, None, each)]
        new = {quad for projection in projections for quad in projection.quads(left_out)}
        shown = [(_without(source, left_out), entities) for source, entities in held]
        derived = {*self._of_sources(shown), *self._groups(old, new)}
        self.live.update(graphs, self._derived_from(old, derived), {*new, *derived}, number)

    def _of_sources(self, shown: Iterable[tuple[Source, dict[Reference, Entity]]]) -> Iterator[Quad]:
        for source, entities in shown:
            yield from links.quads(self.base, links.links(source, entities, self.vocabulary))
            yield from checks.quads(self.base, checks.checks(source, entities))

    def _groups(self, old: list[Quad], new: set[Quad]) -> Iterator[Quad]:
        """The event groups that the players of these graphs' events, old and new, have a part in."""
        players = _players(old) | _players(new)
        paths = {player.removeprefix(self.base) for player in players}
        events = self.ledger.events(sorted(_family_and_key(path) for path in paths))
        dropped = _facts(old) - (shown := _facts(new))
        known = {
            event.fact: event
            for event in events
            if ontology.kind(event.record["kind"]).family == "event"
            and paths & {path for _, path in consolidated.players(event)}
            and ((node := self.live.names.fact(event.fact)) in shown or (node not in dropped and self._stands(node)))
        }
        yield from consolidated.quads(self.base, consolidated.groups(known.values(), self.judgements))

    def _stands(self, fact: NamedNode) -> bool:
        return any(self.live.store.quads_for_pattern(fact, term("status"), None, None))

    def _derived_from(self, old: list[Quad], derived: set[Quad]) -> Iterator[Quad]:
        """All quads of the derived nodes that point to the facts of these old graphs, or to those of new groups."""
        members = {quad.object for quad in derived if quad.predicate == term("member")}
        pointers = {"links": term("event"), "checks": iri(PROV.wasDerivedFrom), "consolidated": term("member")}
        for name, facts in pointers.items():
            pointed = _facts(old) | (members if name == "consolidated" else set())
            where = self.live.names.at(f"graph/{name}")
            nodes = {
                q.subject for each in pointed for q in self.live.store.quads_for_pattern(None, facts, each, where)
            }
            for node in nodes:
                yield from self.live.store.quads_for_pattern(node, None, None, where)


def _facts(quads: Iterable[Quad]) -> set[NamedNode]:
    return {
        quad.subject for quad in quads if quad.predicate == term("status") and isinstance(quad.subject, NamedNode)
    }


def _players(quads: Iterable[Quad]) -> set[str]:
    """The IRIs of all that take part in events in the roles by which they are told apart."""
    held = list(quads)
    kinds = {str(kind.iri): kind for kind in ontology.kinds().values() if kind.family == "event"}
    events = {q.subject: kinds[_value(q)] for q in held if q.predicate == _TYPE and _value(q) in kinds}
    found = set()
    for quad in held:
        kind = events.get(quad.subject)
        if kind and any(str(kind.role(name).iri) == quad.predicate.value for name in kind.identity_roles):
            found.add(_value(quad))
    return found


_TYPE = iri(RDF.type)


def _value(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, NamedNode) else ""


def _family_and_key(path: str) -> tuple[str, str]:
    family, _, key = path.rpartition("/")
    return family, key


def _without(source: Source, left_out: Iterable[str]) -> Source:
    """The source without the facts that are not shown."""
    gone = set(left_out)
    return replace(source, facts={key: fact for key, fact in source.facts.items() if key not in gone})
