"""All that is known of one entity, in sections of lines with evidence; knows no widget and no format."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import ontology
from kg import network
from kg.explorer import cards, details
from kg.explorer.details import Evidence, Fact
from kg.explorer.snapshot import Snapshot
from kg.judgements import Entry
from kg.network import Entity, Event

MOST_FACTS = 300
MOST_LINES = 60
_PLACES = ("Market", "Segment", "Region", "Country")
_PARTIES = ("Company", "HealthSystem", "Organization", "Regulator", "Publisher")


@dataclass(frozen=True, slots=True)
class Line:
    """What is said, when, and the evidence for it; `iri` is what the line leads to, empty where it leads nowhere."""

    text: str
    date: str = ""
    status: str = "asserted"
    evidence: tuple[Evidence, ...] = ()
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title; `total` counts those that were left out too."""

    title: str
    lines: tuple[Line, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """An entity with its sections, those without lines left out.

    Figures, statements, `documents` and `mentions` (documents by month, YYYY-MM) are of its latest facts, at most
    MOST_FACTS; `facts` is the number of all.
    """

    entity: Entity
    sections: tuple[Section, ...]
    mentions: dict[str, int] = field(default_factory=dict)
    documents: int = 0
    facts: int = 0

    @property
    def reach(self) -> str:
        """Of what the documents are counted, empty where all facts were read."""
        return f"in the latest {MOST_FACTS} of {self.facts:,} facts" if self.facts > MOST_FACTS else ""


def build(snapshot: Snapshot, iri: str, judgements: Sequence[Entry] = ()) -> Dossier:
    """The dossier of an entity of the version; `judgements` is the log of who is who."""
    entity = snapshot.entities[iri]
    facts, total = details.latest_facts(snapshot.store, iri, MOST_FACTS)
    documents = {each.document.iri: each.document for fact in facts for each in fact.evidence}
    sections = [
        _events(snapshot, iri),
        _section("Figures", _told(snapshot, facts, "observation")),
        _section("Partners and counterparties", _together(snapshot, iri, _PARTIES)),
        _section("People", _together(snapshot, iri, ("Person",))),
        _section("Products and assets", _together(snapshot, iri, ("Product", "Asset"))),
        _section("Markets, segments and regions", _together(snapshot, iri, _PLACES)),
        _section("Statements", _told(snapshot, facts, "statement")),
        _section("Published by it", _published(snapshot, entity)),
        _section("Names and who is who", _names(entity, judgements)),
    ]
    months = Counter(document.issued[:7] for document in documents.values() if document.issued)
    return Dossier(
        entity,
        tuple(each for each in sections if each.lines),
        mentions=dict(sorted(months.items())),
        documents=len(documents),
        facts=total,
    )


def _section(title: str, lines: Iterator[Line]) -> Section:
    found = tuple(lines)
    return Section(title, found[:MOST_LINES], len(found))


def _events(snapshot: Snapshot, iri: str) -> Section:
    """The events that it takes part in or that a document says to touch it, the latest first."""
    ends = {network.other_end(edge, iri) for edge in network.edges_of(snapshot.graph, iri) if not edge.inferred}
    events = [snapshot.events[end] for end in ends if end in snapshot.events]
    events.sort(key=lambda each: (each.date, each.iri), reverse=True)
    told = [(event, [details.fact(snapshot.store, each) for each in event.facts]) for event in events[:MOST_LINES]]
    lines = tuple(_line(snapshot, [fact for fact in facts if fact], event) for event, facts in told if any(facts))
    return Section("Deals and events", lines, len(events))


def _line(snapshot: Snapshot, told: list[Fact], event: Event | None = None) -> Line:
    first = told[0]
    evidence = tuple(each for fact in told for each in fact.evidence[:1])
    status, date = (event.status, event.date) if event else (first.status, first.date)
    return Line(cards.headline(first, snapshot.entities), date, status, evidence, event.iri if event else first.iri)


def _told(snapshot: Snapshot, facts: list[Fact], family: str) -> Iterator[Line]:
    """Figures and statements, in the order of kinds; what several documents say is one line."""
    groups: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind.family == family:
            groups[fact.kind.order, cards.headline(fact, snapshot.entities), fact.date].append(fact)
    for key in sorted(groups, key=str):
        yield _line(snapshot, groups[key])


def _together(snapshot: Snapshot, iri: str, types: tuple[str, ...]) -> Iterator[Line]:
    """Those of some types that it meets in events or statements, those it meets most often first, with how."""
    how: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges_of(snapshot.graph, iri):
        end = network.other_end(edge, iri)
        if edge.inferred or edge.status == "denied":
            continue
        event = snapshot.events.get(end)
        if event is None:
            how[end].append(edge.phrase)
            continue
        for further in network.edges_of(snapshot.graph, end):
            if not further.inferred:
                how[network.other_end(further, end)].append(_kind(event))
    met = [(other, told) for other, told in how.items() if other != iri and other in snapshot.entities]
    for other, told in sorted(met, key=lambda pair: (-len(pair[1]), snapshot.names[pair[0]])):
        if snapshot.entities[other].type in types:
            counts = Counter(told)
            text = ", ".join(
                phrase if count == 1 else f"{phrase} ({count})" for phrase, count in counts.most_common()
            )
            yield Line(f"{snapshot.names[other]} · {text}", iri=other)


def _kind(event: Event) -> str:
    label = ontology.kind(event.kind).label
    return label if event.status == "asserted" else f"{event.status} {label}"


def _published(snapshot: Snapshot, entity: Entity) -> Iterator[Line]:
    for document in details.published_by(snapshot.store, (entity.label, *entity.aliases)):
        yield Line(document.title, document.issued)


def _names(entity: Entity, judgements: Sequence[Entry]) -> Iterator[Line]:
    names = {entity.label, *entity.aliases}
    for name in sorted(names - {entity.label}):
        yield Line(f"also written {name}")
    said = {"same": "is the same as", "different": "is not", "unsure": "may or may not be", "means": "stands for"}
    for each in judgements:
        found = each.judgement
        if {found.left, found.right} & names:
            told = f"“{found.left}” {said.get(found.verdict, 'has the identifier')} “{found.right}”, says {each.who}"
            yield Line(f"{told} ({each.why})" if each.why else told, each.at[:10])


def in_common(first: Dossier, second: Dossier) -> tuple[Section, ...]:
    """What two dossiers lead to both: shared partners, people, products, markets, and deals with each other."""
    found = []
    others = {section.title: section for section in second.sections}
    for section in first.sections:
        if section.title in others:
            there = {line.iri for line in others[section.title].lines if line.iri}
            lines = tuple(_bare(line) for line in section.lines if line.iri in there)
            if lines:
                found.append(Section(section.title, lines, len(lines)))
    return tuple(found)


def _bare(line: Line) -> Line:
    """A line that is the same from both sides: of an entity its name alone."""
    return line if line.evidence else Line(line.text.partition(" · ")[0], iri=line.iri)
