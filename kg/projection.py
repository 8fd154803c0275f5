"""Brings the live store from the ledger's change it stands at to the last one, and publishes; reads no documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Quad
from rdflib import PROV, SKOS

from kg import checks, consolidated, graph, imports, links, matching, registry, standing, store, validate, vocabulary
from kg.entries import Event, Source
from kg.graph import iri, term
from kg.home import Home
from kg.identity import Entity, Judgement, Reference
from kg.ledger import Ledger
from kg.publish import publish, published
from kg.standing import Players, Standing, Term
from kg.store import Live

_Shown = tuple[Source, dict[Reference, Entity]]
_BATCH = 50  # sources that are validated and written in one step


def catch_up(home: Home, *, anew: bool = False) -> None:
    """Projects what has changed since the store's number, publishes once; `anew` projects everything.

    A process that waited while another did it finds nothing left to do. What a crash left half done is done here.
    """
    if not anew and _is_shown(home):
        return
    with Ledger(home.ledger) as ledger, store.writing(home, anew=anew) as live:
        with ledger.snapshot():
            number, since = ledger.number(), live.number
            if number != since:
                _bring(_Moment(live, ledger), since, number)
        publish(live, always=anew)


def _is_shown(home: Home) -> bool:
    """Whether the published version shows the ledger as it is."""
    with Ledger(home.ledger) as ledger:
        return published(home) == ledger.number() != 0


def _bring(moment: _Moment, since: int, number: int) -> None:
    touched = moment.ledger.touched(since)
    near = sorted(_near(moment.ledger, since).difference(touched)) if since else []
    for chunk in _chunks(touched):
        step = moment.project(chunk)
        moment.live.update(step.drop, step.delete, step.insert, None)
    for imported, quads in imports.changed(moment.ledger, moment.base, since):
        moment.live.update([imported], [], quads, None)
    last = moment.link(near)
    moment.live.update(last.drop, last.delete, last.insert, number)


def _near(ledger: Ledger, since: int) -> set[str]:
    """The sources whose text holds a name of something to touch that changed: their links may change with it."""
    changed = registry.vocabulary(ledger, vocabulary.FAMILIES, since)
    return registry.holding(ledger, {phrase for who, entity in changed for phrase in vocabulary.phrases(who, entity)})


def _chunks(sources: Sequence[str]) -> Iterator[Sequence[str]]:
    return (sources[at : at + _BATCH] for at in range(0, len(sources), _BATCH))


@dataclass(frozen=True, slots=True)
class _Step:
    """What one atomic update of the live store does."""

    drop: list[NamedNode]
    delete: list[Quad]
    insert: set[Quad]


class _Moment:
    """The ledger as it stood when the catching up began, and the store that is brought there."""

    def __init__(self, live: Live, ledger: Ledger) -> None:
        self.live, self.ledger, self.base = live, ledger, live.names.base
        self.vocabulary = vocabulary.vocabulary(registry.vocabulary(ledger, vocabulary.FAMILIES))
        self.judgements: list[Judgement] = registry.judgements(ledger)

    def project(self, sources: Sequence[str]) -> _Step:
        """Replaces the graphs of these sources and what is derived from them."""
        shown_now = [each for each in sources if not self.ledger.withdrawn(each)]
        held = [(self.ledger.source(each), self.ledger.entities(each)) for each in shown_now]
        projections = [graph.project(self.base, *each) for each in held]
        left_out = validate.problems(projections)
        with Ledger(self.live.home.ledger) as notes:  # this connection reads one moment and cannot write
            notes.keep_problems(
                {source: {} for source in sources}
                | {
                    source: {key: left_out[key] for key in projection.facts if key in left_out}
                    for source, projection in zip(shown_now, projections, strict=True)
                }
            )
        graphs = [self.live.names.graph(each) for each in sources]
        old = [quad for each in graphs for quad in self.live.store.quads_for_pattern(None, None, None, each)]
        new = {quad for projection in projections for quad in projection.quads(left_out)}
        shown = [(_without(source, left_out), entities) for source, entities in held]
        facts = Standing(self.live.store, standing.facts(old), standing.facts(new))
        everyone = standing.participants(old) | standing.participants(new)
        groups = set(self._groups(standing.players(old) | standing.players(new), facts))
        members = {quad.object for quad in groups if quad.predicate == term("member")}
        edges = self._shortcuts(new)
        delete = [
            *self._descriptions(everyone),
            *(edge for edge in self._shortcuts(old) - edges if not facts.tells(edge)),
            *self._pointing("links", term("event"), facts.old),
            *self._pointing("checks", iri(PROV.wasDerivedFrom), facts.old),
            *self._pointing("consolidated", term("member"), facts.old | members),
        ]
        derived = {*groups, *edges, *self._described(everyone, facts), *self._links(shown), *self._checks(shown)}
        return _Step(graphs, list(set(delete) - derived), new | (derived - set(delete)))

    def link(self, sources: Sequence[str]) -> _Step:
        """Replaces the links of sources that are projected and have not changed themselves."""
        shown = [
            (_without(self.ledger.source(each), self.ledger.left_out(each)), self.ledger.entities(each))
            for each in sources
        ]
        facts = {self.live.names.fact(key) for source, _ in shown for key in source.facts}
        return _Step([], list(self._pointing("links", term("event"), facts)), set(self._links(shown)))

    def _links(self, shown: Iterable[_Shown]) -> Iterator[Quad]:
        for source, entities in shown:
            yield from links.quads(self.base, links.links(source, entities, self.vocabulary))

    def _checks(self, shown: Iterable[_Shown]) -> Iterator[Quad]:
        for source, entities in shown:
            yield from checks.quads(self.base, checks.checks(source, entities))

    def _shortcuts(self, quads: Iterable[Quad]) -> set[Quad]:
        return set(standing.shortcuts(quads, self.live.names.at("graph/shortcuts")))

    def _groups(self, shared: set[Players], facts: Standing) -> Iterator[Quad]:
        """The groups of all events that have kind and players in common with one of these, or are judged one."""
        below = len(self.base)
        ahead = {(kind, frozenset((role, who[below:]) for role, who in taking)) for kind, taking in shared}
        found: dict[str, Event] = {}
        done: set[Players] = set()
        while ahead:
            together = {
                (kind, frozenset(_family_and_key(who) for _, who in taking)) for kind, taking in ahead if taking
            }
            events = registry.events(self.ledger, sorted((kind, sorted(group)) for kind, group in together))
            alike = [*found.values(), *(event for event in events if matching.block(event) in ahead)]
            near = consolidated.closed(alike, self.judgements, lambda ids: registry.told_events(self.ledger, ids))
            found = {event.fact: event for event in near}
            done |= ahead
            ahead = {matching.block(event) for event in near} - done
        standing = [event for event in found.values() if facts.holds(self.live.names.fact(event.fact))]
        yield from consolidated.quads(self.base, consolidated.groups(standing, self.judgements))

    def _described(self, participants: set[str], facts: Standing) -> Iterator[Quad]:
        """The descriptions of these participants by the names that facts of the graph have for them."""
        for path in sorted(each.removeprefix(self.base) for each in participants):
            entity, uses = registry.named(self.ledger, *_family_and_key(path))
            written, dimensions = set[str](), set[str]()
            for name, dimension, fact in uses:
                known = name in written and (dimension is None or dimension in dimensions)
                if not known and facts.holds(self.live.names.fact(fact)):
                    written.add(name)
                    dimensions |= {dimension} if dimension else set()
            if entity and written:
                yield from graph.describe(self.base, entity, sorted(written), sorted(dimensions))

    def _descriptions(self, participants: set[str]) -> Iterator[Quad]:
        """The descriptions that these participants have, and those of schemes in which nothing else is."""
        where, store = self.live.names.at("graph/entities"), self.live.store
        schemes = set()
        for each in participants:
            for quad in store.quads_for_pattern(NamedNode(each), None, None, where):
                schemes |= {quad.object} if quad.predicate == iri(SKOS.inScheme) else set()
                yield quad
        for scheme in schemes:
            inside = {quad.subject for quad in store.quads_for_pattern(None, iri(SKOS.inScheme), scheme, where)}
            if isinstance(scheme, NamedNode) and inside <= set(map(NamedNode, participants)):
                yield from store.quads_for_pattern(scheme, None, None, where)

    def _pointing(self, name: str, pointer: NamedNode, facts: Iterable[Term]) -> Iterator[Quad]:
        """All quads of the nodes of a derived graph that point to one of these facts."""
        where, store = self.live.names.at(f"graph/{name}"), self.live.store
        nodes = {quad.subject for fact in facts for quad in store.quads_for_pattern(None, pointer, fact, where)}
        for node in nodes:
            yield from store.quads_for_pattern(node, None, None, where)


def _family_and_key(path: str) -> tuple[str, str]:
    family, _, key = path.rpartition("/")
    return family, key


def _without(source: Source, left_out: Iterable[str]) -> Source:
    """The source without the facts that are not shown."""
    gone = set(left_out)
    return replace(source, facts={key: fact for key, fact in source.facts.items() if key not in gone})
