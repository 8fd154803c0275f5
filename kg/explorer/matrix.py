"""Deals by segment and region of a market, and where there are none; knows no widget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.explorer.dealings import Deal
from kg.network import Entity
from ontology import regions


@dataclass(frozen=True, slots=True)
class Cell:
    """What happens in one segment and one region: events that documents say to touch both, and by inference.

    `known` tells white space from ignorance: whether events are known of that segment anywhere and, in this market,
    of that region. Only then does an empty cell mean that nobody has done anything there yet.
    """

    segment: str
    region: str
    deals: tuple[str, ...]
    inferred: tuple[str, ...]
    known: bool

    @property
    def state(self) -> str:
        """deals, inferred, white (no deal) or unknown (no data)."""
        if self.deals:
            return "deals"
        if self.inferred:
            return "inferred"
        return "white" if self.known else "unknown"


def cells(
    deals: Iterable[Deal],
    market: str,
    segments: Collection[str],
    places: Collection[str],
    known: Mapping[str, Entity],
) -> list[Cell]:
    """The matrix of a market, row by row; `places` are its regions and countries.

    An event in a country is one of the region around it too. Events that are denied count nowhere.
    """
    own = {market, *segments}
    of_market = [
        deal for deal in deals if deal.event.status != "denied" and not own.isdisjoint(deal.parts + deal.inferred)
    ]
    stated, any_ = (_by_part(of_market, known, inferred=inferred) for inferred in (False, True))
    keys = {place: _key(place, known) for place in places}
    found = []
    for segment in segments:
        for place, key in keys.items():
            sure, loose = (_both(events, segment, key) for events in (stated, any_))
            inferred = tuple(event for event in loose if event not in sure)
            told = segment in any_ and key in any_
            found.append(Cell(segment, place, tuple(sure), inferred, told))
    return found


def _by_part(deals: Iterable[Deal], known: Mapping[str, Entity], *, inferred: bool) -> dict[str, dict[str, None]]:
    """The events that touch each part, in the order given."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for deal in deals:
        for part in _touched(deal, known, inferred=inferred):
            found[part][deal.event.iri] = None
    return dict(found)


def _both(events: Mapping[str, dict[str, None]], segment: str, place: str) -> dict[str, None]:
    there = events.get(place, {})
    return {event: None for event in events.get(segment, {}) if event in there}


def _touched(deal: Deal, known: Mapping[str, Entity], *, inferred: bool) -> set[str]:
    """The parts that a deal touches, places by their codes and with all places around them."""
    found: set[str] = set()
    for iri in deal.parts + (deal.inferred if inferred else ()):
        region = _region(iri, known)
        if region is None:
            found.add(iri)
        while region is not None:
            found.add(region.code)
            region = regions.by_code(region.parent) if region.parent else None
    return found


def _key(place: str, known: Mapping[str, Entity]) -> str:
    region = _region(place, known)
    return region.code if region else place


def _region(iri: str, known: Mapping[str, Entity]) -> regions.Region | None:
    entity = known.get(iri)
    return regions.find(entity.label) if entity and entity.type in ("Region", "Country") else None
