"""A published version as the pages need it: its graph, its network, and what is made of them once for all."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import networkx as nx
from pyoxigraph import NamedNode, Store
from rapidfuzz import utils
from rdflib import PROV

from kg import network
from kg.explorer import dealings, details
from kg.explorer.dealings import Deal
from kg.home import Home
from kg.network import Entity, Event
from kg.store import Version

_DERIVED = NamedNode(str(PROV.wasDerivedFrom))


@dataclass(frozen=True)
class Snapshot:
    """A version as the pages need it: its store and its network, and the base of its IRIs."""

    version: Version
    base: str
    graph: nx.MultiDiGraph
    store: Store

    @staticmethod
    def read(version: Version, base: str) -> Snapshot:
        """A version with its network read."""
        return Snapshot(version, base, network.load(version.network), version.store())

    def warm(self) -> None:
        """Makes what every page needs, so that no reader waits for it."""
        _ = (self.names, self.plain_names, self.told, self.latest, self.years, self.deals)

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """All entities by IRI, the best connected first."""
        items = [network.item(self.graph, iri) for iri in self.graph]
        found = [item for item in items if isinstance(item, Entity)]
        found.sort(key=lambda entity: (-network.degree(self.graph, entity.iri), entity.label, entity.iri))
        return {entity.iri: entity for entity in found}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The label of every entity by IRI."""
        return {iri: entity.label for iri, entity in self.entities.items()}

    @cached_property
    def plain_names(self) -> Mapping[str, str]:
        """The label of every entity by IRI, in small letters without signs, for comparing."""
        return {iri: utils.default_process(label) for iri, label in self.names.items()}

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """All events by IRI."""
        items = (network.item(self.graph, iri) for iri in self.graph)
        return {item.iri: item for item in items if isinstance(item, Event)}

    @cached_property
    def years(self) -> list[str]:
        """The years of all events, the first one first."""
        return sorted({event.date[:4] for event in self.events.values() if event.date})

    @cached_property
    def latest(self) -> list[Event]:
        """All events that have a date, the latest first."""
        dated = (event for event in self.events.values() if event.date)
        return sorted(dated, key=lambda event: (event.date, event.confidence), reverse=True)

    @cached_property
    def deals(self) -> list[Deal]:
        """All events with parties, parts of markets and amounts, the latest first."""
        return dealings.deals(self.graph, self.store)

    @cached_property
    def documents(self) -> list[tuple[details.Document, Counter[str]]]:
        """All documents with the number of their facts by kind, the latest published first."""
        return details.documents(self.store)

    @cached_property
    def told(self) -> Mapping[str, str]:
        """The event that each fact tells of, by the fact's IRI."""
        return {fact: event.iri for event in self.events.values() for fact in event.facts}

    def said_in(self, fact: str) -> str:
        """The IRI of the document that a fact was read in, empty where the version does not tell."""
        quads = self.store.quads_for_pattern(NamedNode(fact), _DERIVED, None, None)
        return next((quad.object.value for quad in quads if isinstance(quad.object, NamedNode)), "")

    def of_type(self, name: str) -> list[Entity]:
        """The entities of a type, the best connected first."""
        return [entity for entity in self.entities.values() if entity.type == name]


def home() -> Home:
    """The home that KG_HOME names, `.kg` where it is not set, with the server of KG_STORE, if any, for its graph."""
    return Home(Path(os.environ.get("KG_HOME", ".kg")), os.environ.get("KG_STORE", ""))
