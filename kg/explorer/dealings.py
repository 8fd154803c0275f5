"""All events as rows of a list: who acts, on whom, when, for how much, and what it touches; knows no widget."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import networkx as nx
from pyoxigraph import Literal, NamedNode, Store

import ontology
from kg import network
from kg.explorer.view import in_period
from kg.network import Edge, Entity, Event

#: The types of what an event touches or happens in.
PARTS = ("Market", "Segment", "Region", "Country")


@dataclass(frozen=True, slots=True)
class Deal:
    """An event with its parties (those who act first) and the parts of markets that it names or touches as stated.

    `inferred` are those that it touches by inference only.
    `value` is the amount chosen among its statements, in plain units of `unit`; None where none is told.
    """

    event: Event
    acting: tuple[str, ...]
    others: tuple[str, ...]
    parts: tuple[str, ...]
    inferred: tuple[str, ...]
    value: Decimal | None
    unit: str

    @property
    def parties(self) -> tuple[str, ...]:
        """All parties, those who act first."""
        return self.acting + self.others


@dataclass(frozen=True, slots=True)
class Choice:
    """Which deals are listed; everything that is empty means any.

    `party` is a part of a party's name; with `inferred` a deal is within what it touches by inference too.
    """

    kinds: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    period: tuple[str, str] = ("", "")
    within: tuple[str, ...] = ()
    party: str = ""
    inferred: bool = False


def deals(graph: nx.MultiDiGraph, store: Store) -> list[Deal]:
    """All events of a network, the latest first."""
    amounts = _amounts(store)
    items = (network.item(graph, iri) for iri in graph)
    found = [_deal(graph, item, amounts) for item in items if isinstance(item, Event)]
    return sorted(found, key=lambda deal: (deal.event.date, deal.event.iri), reverse=True)


def chosen(all_deals: Iterable[Deal], choice: Choice, names: Mapping[str, str]) -> list[Deal]:
    """The deals of a choice, in the order given."""
    party = choice.party.casefold()
    return [
        deal
        for deal in all_deals
        if (not choice.kinds or deal.event.kind in choice.kinds)
        and (not choice.statuses or deal.event.status in choice.statuses)
        and in_period(deal.event.date, choice.period)
        and (not choice.within or _is_within(deal, choice))
        and (not party or any(party in names.get(iri, "").casefold() for iri in deal.parties))
    ]


def _is_within(deal: Deal, choice: Choice) -> bool:
    parts = deal.parts + (deal.inferred if choice.inferred else ())
    return not set(choice.within).isdisjoint(parts)


def totals(found: Iterable[Deal]) -> list[tuple[str, Decimal, int]]:
    """The sums of the amounts by currency, the currency of most deals first: unit, sum, number of deals.

    Deals that are denied or ended are left out.
    """
    sums: dict[str, Decimal] = defaultdict(Decimal)
    counts: Counter[str] = Counter()
    for deal in found:
        if deal.value is not None and deal.event.status not in ("denied", "ended"):
            sums[deal.unit] += deal.value
            counts[deal.unit] += 1
    return [(unit, sums[unit], count) for unit, count in counts.most_common()]


def _deal(graph: nx.MultiDiGraph, event: Event, amounts: Mapping[str, tuple[Decimal, str]]) -> Deal:
    edges = list(network.edges_of(graph, event.iri))
    roles = [edge for edge in edges if edge.form == "role"]
    parts, inferred = (_parts(graph, event, edges, inferred=inferred) for inferred in (False, True))
    parties = [(edge, network.other_end(edge, event.iri)) for edge in roles]
    acting = tuple(dict.fromkeys(end for edge, end in parties if _acts(edge, event) and end not in parts))
    others = tuple(dict.fromkeys(end for _, end in parties if end not in acting and end not in parts))
    value, unit = amounts.get(event.iri, (None, ""))
    return Deal(event, acting, others, parts, inferred, value, unit)


def _parts(graph: nx.MultiDiGraph, event: Event, edges: list[Edge], *, inferred: bool) -> tuple[str, ...]:
    ends = {network.other_end(edge, event.iri) for edge in edges if edge.inferred == inferred}
    return tuple(sorted(end for end in ends if _type(graph, end) in PARTS))


def _acts(edge: Edge, event: Event) -> bool:
    return edge.target == event.iri


def _type(graph: nx.MultiDiGraph, iri: str) -> str:
    item = network.item(graph, iri)
    return item.type if isinstance(item, Entity) else ""


def _amounts(store: Store) -> dict[str, tuple[Decimal, str]]:
    """The money of each event: what was chosen among several statements, else what the one statement says."""
    ci = ontology.terms()
    values, units = _literals(store, str(ci.value)), _literals(store, str(ci.unit))
    chosen_values, chosen_units = _literals(store, str(ci.groupValue)), _literals(store, str(ci.groupUnit))
    for quad in store.quads_for_pattern(None, NamedNode(str(ci.canonical)), None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            group, event = quad.subject.value, quad.object.value
            if group in chosen_values:
                values[event], units[event] = chosen_values[group], chosen_units.get(group, "")
    return {iri: (Decimal(value), units[iri]) for iri, value in values.items() if is_money(units.get(iri, ""))}


def is_money(unit: str) -> bool:
    """Whether a unit is a currency, by its code of three capitals."""
    return len(unit) == 3 and unit.isalpha() and unit.isupper()


def _literals(store: Store, predicate: str) -> dict[str, str]:
    quads = store.quads_for_pattern(None, NamedNode(predicate), None, None)
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }


def most_active(found: Iterable[Deal], names: Collection[str]) -> list[tuple[str, int]]:
    """The parties of most deals with the number of them, of those that are named."""
    counts = Counter(iri for deal in found for iri in set(deal.parties) if iri in names)
    return counts.most_common()
