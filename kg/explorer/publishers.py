"""What all publishers say of a market or a part, side by side, and where they disagree; makes HTML, no widget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kg.explorer import cards, forecast
from kg.explorer.details import Fact
from kg.explorer.forecast import Point
from kg.explorer.plain import as_html


@dataclass(frozen=True, slots=True)
class Said:
    """What one document says of a market or a part: its sizes by year and unit, and growth, for reading."""

    publisher: str
    sizes: dict[str, str]
    growth: str


def by_publisher(facts: Iterable[Fact], part: str | None = None) -> list[Said]:
    """The figures of each document side by side, in the order of publishers."""
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in forecast.of_part(list(facts), part, "market_size", "cagr"):
        told[fact.evidence[0].document.iri].append(fact)
    found = [_said(of_one) for of_one in told.values()]
    return sorted(found, key=lambda said: said.publisher)


def _said(facts: list[Fact]) -> Said:
    sizes: dict[str, list[str]] = defaultdict(list)
    for fact in facts:
        if fact.kind.name == "market_size":
            sizes[fact.date[:4]].append(cards.amount(fact.value, fact.unit))
    rates = [fact for fact in facts if fact.kind.name == "cagr"]
    growth = [f"{cards.amount(fact.value, fact.unit)} {forecast.period(fact)}".strip() for fact in rates]
    told = {year: " / ".join(dict.fromkeys(values)) for year, values in sizes.items()}
    return Said(forecast.publisher(facts[0].evidence[0].document), told, ", ".join(dict.fromkeys(growth)))


def disagreements(found: Iterable[Point]) -> list[tuple[int, Point, Point]]:
    """The years for which two publishers state different sizes: the year, the least and the greatest."""
    stated: dict[tuple[int, str], list[Point]] = defaultdict(list)
    for point in found:
        if point.stated:
            stated[point.year, point.unit].append(point)
    ends = [(year, *_ends(group)) for (year, _), group in sorted(stated.items())]
    return [
        (year, least, most) for year, least, most in ends if least.series != most.series and least.value < most.value
    ]


def _ends(group: list[Point]) -> tuple[Point, Point]:
    ordered = sorted(group, key=lambda point: (point.value, point.series))
    return ordered[0], ordered[-1]


def table(rows: list[Said]) -> str:
    """A row for each document, a column for each year."""
    years = sorted({year for row in rows for year in row.sizes})
    head = "".join(f"<th>{as_html(year)}</th>" for year in years)
    body = "".join(_row(row, years) for row in rows)
    head = f"<thead><tr><th></th>{head}<th>Growth a year</th></tr></thead>"
    return f'<div class="kg-scroll"><table class="kg-table">{head}<tbody>{body}</tbody></table></div>'


def _row(row: Said, years: list[str]) -> str:
    sizes = "".join(f"<td>{as_html(row.sizes.get(year, ''))}</td>" for year in years)
    return f"<tr><th scope=row>{as_html(row.publisher, 80)}</th>{sizes}<td>{as_html(row.growth)}</td></tr>"


def disagreement(year: int, least: Point, most: Point) -> str:
    """A difference in words."""
    apart = f" by {(most.value / least.value - 1) * 100:.0f} %" if least.value else ""
    sizes = [f"{cards.amount(Decimal(each.value), each.unit)} ({each.series})" for each in (least, most)]
    text = f"For {year} publishers differ{apart}: {sizes[0]} and {sizes[1]}."
    return f'<p class="kg-check kg-disagrees">{as_html(text)}</p>'
