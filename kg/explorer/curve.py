"""The forecast chart: stated points, lines of even growth between them, and the deals on the line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt

import ontology
from kg.explorer import cards, forecast, timeline
from kg.explorer.forecast import Point
from kg.network import Event

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the chart: `name` says who takes part, `id` is what a click on it selects."""

    id: str
    event: Event
    name: str
    inferred: bool


def chart(points: list[Point], unit: str, marks: Iterable[Mark]) -> Any:
    """The chart of the points of one unit; `event` selects the Id of a mark."""
    scale, suffix = cards.scale(Decimal(max(point.value for point in points)))
    rows = [_row(point, unit, scale) for point in points]
    groups = [_sizes(rows, f"{unit} {suffix}".strip()), _events(points, float(scale), list(marks))]
    layers = [alt.layer(*group) for group in groups if group]
    return alt.layer(*layers).resolve_scale(color="independent").properties(height=330)


def _row(point: Point, unit: str, scale: Decimal) -> dict[str, Any]:
    return {
        "Publisher": point.series,
        "Year": point.year,
        "Value": point.value / float(scale),
        "Size": cards.amount(Decimal(point.value), unit),
        "Stated": point.stated,
        "OnLine": point.on_line,
    }


def _sizes(rows: list[dict[str, Any]], title: str) -> list[Any]:
    names = sorted({row["Publisher"] for row in rows})
    legend = alt.Legend(orient="top", title=None, columns=2) if len(names) > 1 else None
    years = alt.Axis(format="d", tickMinStep=1)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("Year:Q", axis=years, scale=alt.Scale(nice=False, padding=36, zero=False), title=None),
        y=alt.Y("Value:Q", scale=alt.Scale(zero=False, padding=24), title=title),
        color=alt.Color("Publisher:N", scale=alt.Scale(domain=names, range=list(COLOURS)), legend=legend),
        tooltip=["Publisher:N", "Year:Q", "Size:N"],
    )
    stated = base.transform_filter("datum.Stated")
    marks = stated.mark_point(filled=True, shape="square", size=90, opacity=1)
    texts = [
        stated.transform_filter(where).mark_text(dy=dy, fontSize=12).encode(text="Size:N", color=alt.value("gray"))
        for where, dy in (("datum.OnLine", -13), ("!datum.OnLine", 16))
    ]
    if all(row["OnLine"] for row in rows):
        texts.pop()  # a layer without data makes the chart library complain
    computed = base.transform_filter("!datum.Stated").mark_point(filled=True, size=26, opacity=0.8)
    dots = [computed] if any(not row["Stated"] for row in rows) else []
    return [base.transform_filter("datum.OnLine").mark_line(strokeWidth=2), *dots, marks, *texts]


def _events(points: list[Point], scale: float, marks: list[Mark]) -> list[Any]:
    """Each event a diamond on the line at its date, below it where the line does not reach, hollow where inferred."""
    floor = min(point.value for point in points)
    rows = []
    for mark in marks:
        when = forecast.moment(mark.event.date)
        if when is not None:
            value = forecast.value_at(points, when)
            rows.append(_event_row(mark, when, (floor if value is None else value) / scale))
    if not rows:
        return []
    colours = timeline.colours(mark.event for mark in marks)
    colour = alt.Color(
        "Kind:N", scale=colours, legend=alt.Legend(orient="bottom", title=None, symbolType="diamond", columns=3)
    )
    plain = alt.Color("Kind:N", scale=colours, legend=None)
    base = alt.Chart(alt.InlineData(values=rows)).encode(x="Year:Q")
    chosen = alt.selection_point(name="event", fields=["Id"], on="click", empty=False)
    diamonds = base.mark_point(shape="diamond", strokeWidth=1.8, opacity=1, cursor="pointer").encode(
        y="Value:Q",
        color=colour,
        fill=alt.condition("datum.Basis == 'stated'", plain, alt.value("transparent")),
        size=alt.condition(chosen, alt.value(420), alt.value(170)),
        tooltip=["Kind:N", "Who:N", "When:N", "Status:N", "Basis:N"],
    )
    rules = base.mark_rule(strokeDash=[3, 4], opacity=0.4).encode(color=colour)
    return [rules, diamonds.add_params(chosen)]


def _event_row(mark: Mark, when: float, value: float) -> dict[str, Any]:
    return {
        "Id": mark.id,
        "Year": when,
        "Value": value,
        "Kind": cards.capital(ontology.kind(mark.event.kind).label),
        "Who": mark.name,
        "When": mark.event.date,
        "Status": mark.event.status,
        "Basis": "inferred" if mark.inferred else "stated",
    }
