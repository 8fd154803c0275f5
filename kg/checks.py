"""Forecast arithmetic: whether the figures that one document gives for a market agree with each other, and why."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from itertools import combinations

from pyoxigraph import Literal, Quad
from rdflib import PROV, RDF

from extract.fact import Fact, Quantity
from kg import identity
from kg.entries import Source
from kg.graph import Names, decimal, iri, term
from kg.identity import Entity, Reference

#: Percentage points by which a stated growth may differ from the implied one, whatever the rounding of the figures.
LEAST_TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict on figures: `rule` is cagr, period or conflict; `facts` are the ids of its inputs.

    `stated`, `implied` (over end less base steps) and `implied_after` (one step less) are in percent.
    """

    rule: str
    agrees: bool
    reason: str
    market: Entity
    facts: tuple[str, ...]
    stated: Decimal | None = None
    implied: Decimal | None = None
    implied_after: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Figure:
    """A size or growth rate of a market or a part of it; `years` are the one of a size, both of a growth rate."""

    fact: str
    market: Entity
    part: frozenset[str]
    quantity: Quantity
    years: tuple[int, ...]
    period: tuple[int, int] | None


def checks(source: Source, entities: Mapping[Reference, Entity]) -> list[Check]:
    """All checks of a source, in an order that depends on its facts alone."""
    cells: defaultdict[frozenset[str], dict[str, list[_Figure]]] = defaultdict(
        lambda: {"market_size": [], "cagr": []}
    )
    for key, fact in sorted(source.facts.items()):
        if (
            fact.kind in ("market_size", "cagr")
            and fact.status == "asserted"
            and (figure := _figure(key, fact, entities))
        ):
            cells[figure.part][fact.kind].append(figure)
    found = []
    for part in sorted(cells, key=sorted):
        sizes, rates = cells[part]["market_size"], cells[part]["cagr"]
        found += [check for rate in rates for check in _growth(rate, sizes)]
        found += [check for rate in rates if (check := _period(rate, sizes))]
        found += [*_conflicts(sizes), *_conflicts(rates)]
    return found


def quads(base: str, found: Iterable[Check]) -> Iterator[Quad]:
    """The nodes of the checks in the derived graph `graph/checks`."""
    home = Names(base)
    graph = home.at("graph/checks")
    for check in found:
        node = home.at(f"check/{sha256(' '.join((check.rule, *check.facts)).encode()).hexdigest()[:24]}")
        figures = {
            "stated": check.stated,
            "impliedCagr": check.implied,
            "impliedCagrFromYearAfter": check.implied_after,
        }
        yield Quad(node, iri(RDF.type), term("Check"), graph)
        yield Quad(node, term("checkRule"), Literal(check.rule), graph)
        yield Quad(node, term("verdict"), Literal("agrees" if check.agrees else "disagrees"), graph)
        yield Quad(node, term("reason"), Literal(check.reason), graph)
        yield Quad(node, term("checkedMarket"), home.entity(check.market), graph)
        for fact in check.facts:
            yield Quad(node, iri(PROV.wasDerivedFrom), home.fact(fact), graph)
        for name, value in figures.items():
            if value is not None:
                yield Quad(node, term(name), decimal(value), graph)


def _figure(key: str, fact: Fact, entities: Mapping[Reference, Entity]) -> _Figure | None:
    """The figure of a fact, None where it lacks its years or its amount cannot grow."""
    who = {entities[identity.reference(fact, p)].path: p.role for p in fact.participants}
    market = next((entities[identity.reference(fact, p)] for p in fact.participants if p.role == "market"), None)
    stated = [fact.date] if fact.kind == "market_size" else [fact.attributes.get("from"), fact.attributes.get("to")]
    years = tuple(int(str(year)[:4]) for year in stated if re.match(r"\d{4}", str(year or "")))
    if market is None or fact.quantity is None or len(years) < len(stated):
        return None
    if fact.kind == "market_size" and fact.quantity.value <= 0:
        return None
    period = _years(str(fact.attributes.get("forecast_period", "")))
    return _Figure(key, market, frozenset(who), fact.quantity, years, period)


def _years(period: str) -> tuple[int, int] | None:
    found = re.search(r"(\d{4})\D+(\d{4}|\d{2})\b", period)
    return (int(found[1]), int(found[1][: 4 - len(found[2])] + found[2])) if found else None


def _growth(rate: _Figure, sizes: list[_Figure]) -> Iterator[Check]:
    """The stated growth against that from the size of its first year, or of the year before, to that of its last."""
    first, last = rate.years
    bases = [size for size in sizes if size.years[0] == first] or [
        size for size in sizes if size.years[0] == first - 1
    ]
    ends = [size for size in sizes if size.years[0] == last]
    for base in bases:
        for end in ends:
            if base.quantity.unit == end.quantity.unit and base.years[0] < end.years[0]:
                yield _compared(rate, base, end)


def _compared(rate: _Figure, base: _Figure, end: _Figure) -> Check:
    steps = end.years[0] - base.years[0]
    stated = float(rate.quantity.value)
    implied = {n: _implied(base, end, n) for n in (steps, steps - 1) if n > 0}
    tolerance = max(LEAST_TOLERANCE, _rounding(rate) + max(_spread(base, end, n) for n in implied))
    agreeing = [n for n, growth in implied.items() if abs(growth - stated) <= tolerance]
    ways = " or ".join(
        f"{growth:.2f}% a year over {n} {'year' if n == 1 else 'years'}" for n, growth in implied.items()
    )
    within = "which lies within" if agreeing else "which is off by more than"
    verdict = f"Stated is {_told(rate)}, {within} the {tolerance:.2f} points that rounding explains."
    return Check(
        rule="cagr",
        agrees=bool(agreeing),
        reason=f"{_told(base)} and {_told(end)} imply {ways}. {verdict}",
        market=rate.market,
        facts=(rate.fact, base.fact, end.fact),
        stated=rate.quantity.value,
        implied=_rounded(implied[steps]),
        implied_after=_rounded(implied[steps - 1]) if steps - 1 in implied else None,
    )


def _implied(base: _Figure, end: _Figure, steps: int) -> float:
    return (math.pow(end.quantity.value / base.quantity.value, 1 / steps) - 1) * 100


def _spread(base: _Figure, end: _Figure, steps: int) -> float:
    """Percentage points by which the implied growth may be off because both sizes are rounded."""
    share = sum(_rounding(size) / float(size.quantity.value) for size in (base, end))
    return (100 + abs(_implied(base, end, steps))) * share / steps


def _rounding(figure: _Figure) -> float:
    """Half of the last place that a figure is written with, in its own unit."""
    written = re.search(r"\d[\d,\s]*(\.\d+)?", figure.quantity.text)
    number = Decimal(re.sub(r"[,\s]", "", written[0])) if written else Decimal(0)
    if not number:
        return 0.0
    places = -len(written[1]) + 1 if written and written[1] else 0
    return float(figure.quantity.value / number) * 10.0**places / 2


def _period(rate: _Figure, sizes: list[_Figure]) -> Check | None:
    """Whether the forecast period given with a size is the period of the growth rate."""
    stated = [size for size in sizes if size.period]
    if not stated or not stated[0].period:
        return None
    period = stated[0].period
    agrees = period == rate.years
    between = "is also" if agrees else "is not"
    reason = (
        f"The forecast period {period[0]} to {period[1]} {between} that of the growth rate, "
        f"{rate.years[0]} to {rate.years[1]}."
    )
    return Check("period", agrees, reason, rate.market, (rate.fact, *(size.fact for size in stated)))


def _conflicts(figures: list[_Figure]) -> Iterator[Check]:
    """Pairs of figures for one and the same thing that differ by more than their rounding."""
    for left, right in combinations(figures, 2):
        same = left.years == right.years and left.quantity.unit == right.quantity.unit
        if same and abs(float(left.quantity.value - right.quantity.value)) > _rounding(left) + _rounding(right):
            reason = f"The document gives two figures for one thing: {_told(left)}, and {_told(right)}."
            yield Check("conflict", False, reason, left.market, (left.fact, right.fact))


def _told(figure: _Figure) -> str:
    when = f"in {figure.years[0]}" if len(figure.years) == 1 else f"from {figure.years[0]} to {figure.years[1]}"
    amount = f"{figure.quantity.value.normalize():,f}"
    return f"{amount}% {when}" if figure.quantity.unit == "percent" else f"{figure.quantity.unit} {amount} {when}"


def _rounded(value: float) -> Decimal:
    return Decimal(f"{value:.2f}")
