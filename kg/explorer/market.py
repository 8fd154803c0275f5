"""The Market page: what all publishers say of a market, whether the figures fit, its parts, players and forces."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import altair as alt
import streamlit as st

import ontology
from kg.explorer import cards, details, forecast, states
from kg.explorer.details import Fact
from kg.explorer.forecast import Point
from kg.explorer.plain import as_html, shown
from kg.explorer.snapshot import Snapshot
from kg.explorer.view import short

EXPLORE = "kg/explorer/explore.py"
_FORCES = ("driver", "challenge", "trend", "regulation")
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_ROW = 34


def page() -> None:
    """The page; `m` in its address names the market."""
    snapshot = states.opened()
    market = _chosen(snapshot)
    if market is None:
        return
    facts = list(details.facts_about(snapshot.store, market))
    _head(snapshot, market, facts)
    _tiles(snapshot, facts)
    _forecast(snapshot, market, facts)
    left, right = st.columns([2.2, 1], gap="medium")
    with left:
        _parts(snapshot, market, facts)
    with right:
        _players(snapshot, facts)
    _forces(snapshot, facts)


def _chosen(snapshot: Snapshot) -> str | None:
    markets = {entity.iri: shown(entity.label, 100) for entity in snapshot.of_type("Market")}
    if not markets:
        st.html('<div class="kg-head"><h2>No document names a market yet</h2></div>')
        return None
    asked = st.query_params.get("m")
    market = snapshot.base + asked if asked else next(iter(markets))
    st.session_state["market"] = market if market in markets else None
    st.selectbox(
        "Market",
        list(markets),
        format_func=markets.__getitem__,
        key="market",
        placeholder="Choose a market",
        width=430,
        on_change=lambda: st.query_params.update(m=short(st.session_state["market"], snapshot.base)),
    )
    if market not in markets:
        st.html(
            '<div class="kg-head"><h2>There is no such market in this graph</h2></div>'
            f'<p class="kg-sub">The address asks for “{as_html(asked or "", 120)}”. Choose one above.</p>'
        )
        return None
    return market


def _head(snapshot: Snapshot, market: str, facts: list[Fact]) -> None:
    documents = {e.document.iri: e.document for fact in facts for e in fact.evidence}
    said = " · ".join(
        as_html(" ".join(part for part in (forecast.publisher(d), d.issued and f"({d.issued})") if part))
        for d in list(documents.values())[:8]
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="kg-head"><h2>{as_html(snapshot.names[market], 160)}</h2></div>'
            f'<p class="kg-sub">{len(facts)} facts from {said}</p>'
        )
        st.page_link(EXPLORE, label="Explore as a picture", query_params={"e": short(market, snapshot.base)})


def _tiles(snapshot: Snapshot, facts: list[Fact]) -> None:
    tiles = [
        _tile(f"Size {fact.date}", cards.amount(fact.value, fact.unit), fact)
        for fact in forecast.of_whole(facts, "market_size")
    ]
    for fact in forecast.of_whole(facts, "cagr"):
        tiles.append(_tile(f"Growth a year {forecast.period(fact)}", cards.amount(fact.value, fact.unit), fact))
    for fact in facts:
        if fact.kind.name in ("largest", "fastest_growing"):
            tiles.append(_tile(cards.capital(fact.kind.label), _leader(snapshot, fact), fact))
    st.html(f'<div class="kg-tiles">{"".join(tiles[:12])}</div>')


def _leader(snapshot: Snapshot, fact: Fact) -> str:
    named = [snapshot.names.get(iri, iri) for role, iri in fact.players if role != "market"]
    share = cards.amount(fact.value, fact.unit)
    return ", ".join(named) + (f" · {share}" if share else "")


def _tile(title: str, value: str, fact: Fact) -> str:
    sentence = as_html(fact.evidence[0].sentence, 300) if fact.evidence else ""
    said = as_html(forecast.publisher(fact.evidence[0].document)) if fact.evidence else ""
    return (
        f'<div class="kg-tile" title="{sentence}"><span>{as_html(title)}</span><b>{as_html(value, 90)}</b>'
        f"<small>{said}</small></div>"
    )


def _forecast(snapshot: Snapshot, market: str, facts: list[Fact]) -> None:
    points = forecast.points(facts)
    checks = details.checks_of(snapshot.store, market)
    if points:
        st.html('<div class="kg-section">Sizes and forecasts</div>')
    for unit in sorted({point.unit for point in points}):
        chart = _chart([point for point in points if point.unit == unit], unit)
        st.altair_chart(chart, alt=f"Sizes of the market in {unit} by year and publisher")
    if points:
        st.html('<p class="kg-note">Squares are stated; the line between two of them is even growth.</p>')
    if checks:
        st.html('<div class="kg-section">Do the figures fit?</div>' + "".join(map(cards.check_card, checks)))


def _chart(points: list[Point], unit: str) -> Any:
    scale, suffix = cards.scale(Decimal(max(point.value for point in points)))
    rows = [
        {
            "Publisher": point.series,
            "Year": point.year,
            "Value": point.value / float(scale),
            "Size": cards.amount(Decimal(point.value), unit),
            "Stated": point.stated,
            "OnLine": point.on_line,
        }
        for point in points
    ]
    names = sorted({point.series for point in points})
    legend = alt.Legend(orient="top", title=None) if len(names) > 1 else None
    years = alt.Axis(format="d", tickMinStep=1)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("Year:Q", axis=years, scale=alt.Scale(nice=False, padding=36), title=None),
        y=alt.Y("Value:Q", scale=alt.Scale(zero=False, padding=18), title=f"{unit} {suffix}".strip()),
        color=alt.Color("Publisher:N", scale=alt.Scale(domain=names, range=list(_COLOURS)), legend=legend),
        tooltip=["Publisher:N", "Year:Q", "Size:N"],
    )
    stated = base.transform_filter("datum.Stated")
    marks = stated.mark_point(filled=True, shape="square", size=90, opacity=1)
    texts = [
        stated.transform_filter(where).mark_text(dy=dy, fontSize=12).encode(text="Size:N", color=alt.value("gray"))
        for where, dy in (("datum.OnLine", -13), ("!datum.OnLine", 16))
    ]
    if all(point.on_line for point in points):
        texts.pop()  # a layer without data makes the chart library complain
    line = base.transform_filter("datum.OnLine").mark_line(strokeWidth=2)
    return alt.layer(line, marks, *texts).properties(height=280)


def _parts(snapshot: Snapshot, market: str, facts: list[Fact]) -> None:
    parts = forecast.parts(snapshot.graph, market, facts)
    if not parts:
        return
    st.html('<div class="kg-section">Segments and regions · select one to explore it</div>')
    columns: dict[str, list[Any]] = {
        "Name": [part.name for part in parts],
        "Dimension": [part.dimension for part in parts],
        "Deals": [part.deals for part in parts],
        "Inferred": [part.inferred for part in parts],
        "Remark": [part.remark for part in parts],
        "Growth a year": [part.growth for part in parts],
        "Size": [part.size for part in parts],
    }
    told = {name: values for name, values in columns.items() if any(values) or name == "Deals"}
    _table(snapshot, "parts", told, [part.iri for part in parts])


def _players(snapshot: Snapshot, facts: list[Fact]) -> None:
    players = {iri for fact in facts if fact.kind.name == "player" for role, iri in fact.players if role == "company"}
    counted = [(iri, len(forecast.deals_of(snapshot.graph, iri))) for iri in players if iri in snapshot.graph]
    if not counted:
        return
    counted.sort(key=lambda pair: (-pair[1], snapshot.names[pair[0]]))
    st.html('<div class="kg-section">Players · select one to explore it</div>')
    columns: dict[str, list[Any]] = {
        "Company": [shown(snapshot.names[iri], 80) for iri, _ in counted],
        "Events": [count for _, count in counted],
    }
    _table(snapshot, "players", columns, [iri for iri, _ in counted])


def _table(snapshot: Snapshot, key: str, columns: dict[str, list[Any]], iris: list[str]) -> None:
    """A table whose rows lead to the Explore page."""
    state = st.dataframe(
        columns,
        key=key,
        hide_index=True,
        row_height=_ROW,
        height=min(40 + _ROW * len(iris), 430),
        on_select="rerun",
        selection_mode="single-row",
        alt=", ".join(columns),
    )
    chosen = state["selection"]["rows"]
    if chosen:
        st.switch_page(EXPLORE, query_params={"e": short(iris[chosen[0]], snapshot.base)})


def _forces(snapshot: Snapshot, facts: list[Fact]) -> None:
    found = {name: [fact for fact in facts if fact.kind.name == name] for name in _FORCES}
    found = {name: group for name, group in found.items() if group}
    if not found:
        return
    st.html('<div class="kg-section">What moves the market</div>')
    titles = [f"{cards.capital(ontology.kind(name).label)} · {len(group)}" for name, group in found.items()]
    for tab, group in zip(st.tabs(titles), found.values(), strict=True):
        tab.html(
            f'<div class="kg-forces">{"".join(cards.force_card(fact, snapshot.entities) for fact in group)}</div>'
        )


if __name__ == "__main__":
    page()
