"""What the documents say of a market in figures: sizes over the years, growth, and its parts; knows no widget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from kg import network
from kg.explorer.cards import amount
from kg.explorer.details import Document, Fact
from kg.explorer.plain import shown
from kg.network import Event

#: The roles that say of which part of its market a figure speaks.
PARTS = ("segment", "region")


@dataclass(frozen=True, slots=True)
class Point:
    """The value of a market in a year in plain units; `stated`, or computed between two stated ones.

    Where one document states two values for one year, the surer one is `on_line`; both are points.
    """

    series: str
    year: int
    value: float
    unit: str
    stated: bool = True
    on_line: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A segment or region of a market: `size` and `growth` are for reading.

    `deals` are the events that touch it as a document states, `inferred` those of which it is only inferred.
    """

    iri: str
    name: str
    dimension: str
    size: str
    growth: str
    remark: str
    deals: int
    inferred: int


def of_whole(facts: Iterable[Fact], *kinds: str) -> list[Fact]:
    """The facts of these kinds that speak of the whole market, not of a part, the earliest year first."""
    found = [fact for fact in facts if fact.kind.name in kinds and not any(fact.player(role) for role in PARTS)]
    return sorted(found, key=lambda fact: (fact.date, fact.iri))


def of_part(facts: Iterable[Fact], part: str | None, *kinds: str) -> list[Fact]:
    """The facts of these kinds that speak of one segment or region and no other part, of the whole without one."""
    if part is None:
        return of_whole(facts, *kinds)
    found = [fact for fact in facts if fact.kind.name in kinds and _parts_of(fact) == [part]]
    return sorted(found, key=lambda fact: (fact.date, fact.iri))


def _parts_of(fact: Fact) -> list[str]:
    return [iri for role, iri in fact.players if role in PARTS]


def publisher(document: Document) -> str:
    """Who says so: the publisher, the title of the document where none is known."""
    return shown(document.publisher or document.title, 60)


def points(facts: Iterable[Fact], part: str | None = None) -> list[Point]:
    """All stated sizes of the market or a part and, between two of one document, the line of even growth."""
    series: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in of_part(facts, part, "market_size"):
        document = fact.evidence[0].document
        series[publisher(document), document.iri, fact.unit].append(fact)
    return [point for (name, _, unit), stated in sorted(series.items()) for point in _series(name, unit, stated)]


def _series(name: str, unit: str, facts: list[Fact]) -> Iterator[Point]:
    line: dict[int, float] = {}
    for fact in sorted(facts, key=lambda fact: (fact.date, -fact.confidence, fact.evidence[0].start)):
        year, value = int(fact.date[:4]), float(fact.value or 0)
        yield Point(name, year, value, unit, on_line=year not in line)
        line.setdefault(year, value)
    for (start, first), (end, last) in pairwise(sorted(line.items())):
        if first > 0 and last > 0:
            growth = (last / first) ** (1 / (end - start))
            for year in range(start + 1, end):
                yield Point(name, year, first * growth ** (year - start), unit, stated=False)


def value_at(line: Iterable[Point], when: float) -> float | None:
    """The value of the longest line at a moment in years (2025.5 is mid-2025); None where it does not reach."""
    series: dict[str, dict[int, float]] = defaultdict(dict)
    for point in line:
        if point.on_line:
            series[point.series][point.year] = point.value
    longest = max(series.values(), key=len, default={})
    for (start, first), (end, last) in pairwise(sorted(longest.items())):
        if start <= when <= end:
            return first + (last - first) * (when - start) / (end - start)
    return None


def moment(date: str) -> float | None:
    """A date of any precision in years; a coarse one stands for the middle of its interval, None for none."""
    if not date:
        return None
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    return year + ((month - 1 + (day - 1) / 31 if day else month - 0.5) / 12 if month else 0.5)


def parts(graph: nx.MultiDiGraph, market: str, facts: Iterable[Fact]) -> list[Part]:
    """The segments and regions that the documents name for the market, those with most deals first."""
    by_part: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for role in PARTS:
            part = fact.player(role)
            if part is not None and part in graph:
                by_part[part].append(fact)
    found = [_part(graph, market, iri, said) for iri, said in by_part.items()]
    return sorted(found, key=lambda part: (-part.deals, -part.inferred, part.dimension, part.name))


def _part(graph: nx.MultiDiGraph, market: str, iri: str, facts: list[Fact]) -> Part:
    sizes = sorted((fact for fact in facts if fact.kind.name == "market_size"), key=lambda fact: fact.date)
    growth = [fact for fact in facts if fact.kind.name == "cagr"]
    deals, inferred = (_deals_in(graph, market, iri, facts, stated=stated) for stated in (True, False))
    return Part(
        iri=iri,
        name=shown(network.item(graph, iri).label, 80),
        dimension=_dimension(facts),
        size=", ".join(f"{amount(fact.value, fact.unit)} ({fact.date})" for fact in sizes),
        growth=", ".join(f"{amount(fact.value, fact.unit)} {period(fact)}".strip() for fact in growth),
        remark=", ".join(dict.fromkeys(_remarks(facts))),
        deals=len(deals),
        inferred=len(inferred - deals),
    )


def _deals_in(
    graph: nx.MultiDiGraph, market: str, part: str, facts: Iterable[Fact], *, stated: bool
) -> frozenset[str]:
    """The deals of a part; those of a region are deals of this market only where they touch it too."""
    found = deals_of(graph, part, stated=stated)
    if not _is_place(facts):
        return found
    return found & (deals_of(graph, market) | deals_of(graph, market, stated=False))


def _is_place(facts: Iterable[Fact]) -> bool:
    """Whether the part is a region and no segment."""
    return all(fact.player("segment") is None for fact in facts)


def _dimension(facts: Iterable[Fact]) -> str:
    named = [value for fact in facts for value in fact.attributes.get("dimension", ())]
    levels = [value for fact in facts for value in fact.attributes.get("level", ())]
    return shown(next(iter([*named, *levels]), "segment" if not _is_place(facts) else "region"), 40)


def _remarks(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        if fact.kind.name in ("largest", "fastest_growing"):
            share = amount(fact.value, fact.unit)
            yield " ".join(part for part in (fact.kind.label, share, fact.date) if part)


def period(fact: Fact) -> str:
    """The years that a growth rate speaks of, empty where it does not say."""
    years = [next(iter(fact.attributes.get(end, ())), "") for end in ("from", "to")]
    return "–".join(year for year in years if year)


def deals_of(graph: nx.MultiDiGraph, iri: str, *, stated: bool = True) -> frozenset[str]:
    """The events that a document says to name or touch an entity, or else those of which it is inferred."""
    ends = {network.other_end(edge, iri) for edge in network.edges_of(graph, iri) if edge.inferred != stated}
    return frozenset(end for end in ends if isinstance(network.item(graph, end), Event))
