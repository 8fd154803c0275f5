"""A path as sentences with footnotes, to be read and to be copied into a memo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx
from pyoxigraph import Store

import ontology
from kg import network
from kg.explorer import details
from kg.explorer.details import Evidence
from kg.explorer.plain import shown
from kg.network import Edge, Entity, Event, Path


@dataclass(frozen=True, slots=True)
class Leg:
    """One step from entity to entity: what connects them in words, and the facts that say so."""

    source: Entity
    target: Entity
    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A path as legs, each with the best evidence for it (None where the version holds none)."""

    path: Path
    legs: tuple[tuple[Leg, Evidence | None], ...]


def route(graph: nx.MultiDiGraph, store: Store, path: Path) -> Route:
    """The route of a path; its evidence is looked up in the store."""
    return Route(path, tuple((leg, _best(store, leg.facts)) for leg in legs(graph, path)))


def legs(graph: nx.MultiDiGraph, path: Path) -> list[Leg]:
    """The steps of a path from entity to entity."""
    items = [network.item(graph, iri) for iri in path.nodes]
    found, at = [], 0
    while at + 1 < len(items):
        here, there = items[at], items[at + 1]
        if isinstance(there, Event):
            found.append(_through(here, there, items[at + 2], path.edges[at : at + 2]))
            at += 2
        else:
            found.append(_direct(here, there, path.edges[at]))
            at += 1
    return found


def _through(here: network.Item, event: Event, there: network.Item, edges: Sequence[Edge]) -> Leg:
    assert isinstance(here, Entity)  # noqa: S101 # events are never next to each other
    assert isinstance(there, Entity)  # noqa: S101
    text = _told(here, event, there, edges) + _when(event.status, event.date)
    return Leg(here, there, text + ".", event.facts)


def _told(here: Entity, event: Event, there: Entity, edges: Sequence[Edge]) -> str:
    """The phrase of the ontology for the two roles; where it has none, that both take part."""
    kind = ontology.kind(event.kind)
    roles = [edge.phrase if edge.form == "role" else "" for edge in edges]
    for spec in kind.edges:
        asked = [network.phrase(spec.source), network.phrase(spec.target)]
        if roles == asked:
            return f"{_name(here)} {spec.phrase} {_name(there)}"
        if roles == asked[::-1]:
            return f"{_name(there)} {spec.phrase} {_name(here)}"
    if "" in roles:
        actor, touched = (here, there) if roles[1] == "" else (there, here)
        return f"A {kind.label} of {_name(actor)} touches {_name(touched)}"
    ends = [_name(here), _name(there)]
    if roles[0] != roles[1]:
        ends = [f"{name} ({role})" for name, role in zip(ends, roles, strict=True)]
    return f"{ends[0]} and {ends[1]} take part in one {kind.label}"


def _direct(here: network.Item, there: network.Item, edge: Edge) -> Leg:
    assert isinstance(here, Entity)  # noqa: S101 # the edge between them is a statement
    assert isinstance(there, Entity)  # noqa: S101
    source, target = (here, there) if edge.source == here.iri else (there, here)
    text = f"{_name(source)} {edge.phrase} {_name(target)}{_when(edge.status, edge.date)}."
    return Leg(here, there, text, edge.facts)


def _name(entity: Entity) -> str:
    return shown(entity.label, 80)


def _when(status: str, date: str) -> str:
    told = [part for part in ("" if status == "asserted" else status, date) if part]
    return f" ({', '.join(told)})" if told else ""


def _best(store: Store, facts: Iterable[str]) -> Evidence | None:
    found = (details.fact(store, iri) for iri in facts)
    evidence = [(fact.confidence, each) for fact in found if fact for each in fact.evidence[:1]]
    return max(evidence, key=lambda pair: pair[0])[1] if evidence else None


def memo(routes: Sequence[Route]) -> str:
    """All routes as plain text: numbered sentences with footnotes, each footnote once."""
    notes: dict[str, int] = {}
    lines, quotes = [], []
    for number, each in enumerate(routes, 1):
        names = [each.legs[0][0].source.label, *(leg.target.label for leg, _ in each.legs)]
        lines.append(f"{number}. {' – '.join(shown(name, 80) for name in names)}")
        for leg, evidence in each.legs:
            mark = ""
            if evidence is not None:
                if evidence.iri not in notes:
                    notes[evidence.iri] = len(notes) + 1
                    quotes.append(f"[{notes[evidence.iri]}] {footnote(evidence)}")
                mark = f" [{notes[evidence.iri]}]"
            lines.append(f"   {leg.text}{mark}")
    return "\n".join([*lines, "", *quotes])


def footnote(evidence: Evidence) -> str:
    """A sentence with where it stands, as a footnote."""
    document = evidence.document
    origin = ", ".join(shown(part, 160) for part in (document.publisher, document.title, document.issued) if part)
    return f"“{shown(evidence.sentence, 600)}” {origin}"
