"""Events over time as a chart: points where they can be told apart, bars where there are too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt

import ontology
from kg.explorer import cards
from kg.explorer.dealings import Deal
from kg.explorer.plain import shown
from kg.explorer.view import short
from kg.network import Event

MOST_POINTS = 400


def colours(events: Iterable[Event]) -> alt.Scale:
    """The colours of the kinds of events, in the order of the ontology."""
    kinds = sorted({event.kind for event in events}, key=lambda name: ontology.kind(name).order)
    return alt.Scale(
        domain=[cards.capital(ontology.kind(name).label) for name in kinds],
        range=[ontology.kind(name).colour for name in kinds],
    )


def points(found: list[Deal], names: Mapping[str, str], base: str) -> Any:
    """Each event a point in the row of its kind, hollow where it is not simply so; `event` selects its Id."""
    rows = [
        {
            "Id": short(deal.event.iri, base),
            "Date": f"{deal.event.date}-07-01"[:10] if len(deal.event.date) == 4 else f"{deal.event.date}-15"[:10],
            "Kind": cards.capital(ontology.kind(deal.event.kind).label),
            "Who": named(deal.parties, names),
            "When": deal.event.date,
            "Amount": cards.amount(deal.value, deal.unit),
            "Status": deal.event.status,
        }
        for deal in found
    ]
    scale = colours(deal.event for deal in found)
    colour = alt.Color("Kind:N", scale=scale, legend=None)
    chosen = alt.selection_point(name="event", fields=["Id"], on="click", empty=False)
    chart = alt.Chart(alt.InlineData(values=rows)).mark_point(
        size=110, strokeWidth=1.6, opacity=0.9, cursor="pointer"
    )
    encoded = chart.encode(
        x=alt.X("Date:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True)),
        y=alt.Y("Kind:N", title=None, sort=list(scale.domain)),
        color=colour,
        fill=alt.condition("datum.Status == 'asserted'", colour, alt.value("transparent")),
        size=alt.condition(chosen, alt.value(340), alt.value(110)),
        tooltip=["When:N", "Kind:N", "Who:N", "Amount:N", "Status:N"],
    )
    return encoded.add_params(chosen).properties(height=40 + 30 * len(scale.domain))


def bars(found: list[Deal]) -> Any:
    """How many events of each kind there were in each year."""
    counts = Counter((deal.event.date[:4], cards.capital(ontology.kind(deal.event.kind).label)) for deal in found)
    scale = colours(deal.event for deal in found)
    rows = [{"Year": year, "Kind": kind, "Events": count} for (year, kind), count in counts.items()]
    return (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("Year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("Events:Q", title="Events", stack=True),
            color=alt.Color(
                "Kind:N",
                scale=scale,
                legend=alt.Legend(orient="top", title=None, columns=4),
            ),
            tooltip=["Year:O", "Kind:N", "Events:Q"],
        )
        .properties(height=230)
    )


def named(iris: tuple[str, ...], names: Mapping[str, str]) -> str:
    """The names of a few entities in a row."""
    return ", ".join(shown(names.get(iri, iri), 60) for iri in iris[:8])
