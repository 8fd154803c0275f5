"""What of the network a view lets through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import networkx as nx

from kg import network
from kg.explorer.looks import look
from kg.explorer.view import View, in_period
from kg.network import Edge, Entity, Event, Item


@dataclass(frozen=True, slots=True)
class Filter:
    """The filters of a view over a network; `said_in` gives the document of a fact."""

    graph: nx.MultiDiGraph
    view: View
    said_in: Callable[[str], str]

    def told(self, item: Item) -> bool:
        """Whether a node may be drawn, were no type hidden; the centre and what is pinned always may."""
        if self.stays(item.iri):
            return True
        if item.iri in self.view.dropped:
            return False
        return isinstance(item, Entity) or self._event(item)

    def wanted(self, item: Item) -> bool:
        """Whether a node is drawn where it is in reach."""
        return self.stays(item.iri) or (look(item).name not in self.view.hidden and self.told(item))

    def stays(self, iri: str) -> bool:
        """Whether nothing takes a node out of the picture."""
        return iri == self.view.centre or any(pin.iri == iri for pin in self.view.pins)

    def fits(self, edge: Edge) -> bool:
        """Whether an edge is drawn; inferred links only at the centre, where they answer: most events have many."""
        view = self.view
        told = edge.status in view.statuses and edge.confidence >= view.confidence
        if not told or (edge.inferred and not (view.inferred and view.centre in (edge.source, edge.target))):
            return False
        return edge.form != "statement" or self._from_origin(edge.facts)

    def _event(self, event: Event) -> bool:
        view = self.view
        return (
            event.status in view.statuses
            and event.confidence >= view.confidence
            and in_period(event.date, view.period)
            and self._from_origin(event.facts)
            and self._within(event)
        )

    def _from_origin(self, facts: tuple[str, ...]) -> bool:
        return not self.view.origins or any(self.said_in(fact) in self.view.origins for fact in facts)

    def _within(self, event: Event) -> bool:
        if not self.view.within:
            return True
        edges = (edge for edge in network.edges_of(self.graph, event.iri) if self.view.inferred or not edge.inferred)
        return any(network.other_end(edge, event.iri) in self.view.within for edge in edges)
