"""The Market page: what all publishers say of a market, whether the figures fit, its parts, players and forces."""

from __future__ import annotations

from typing import Any

import streamlit as st

import ontology
from kg.explorer import cards, curve, details, finder, forecast, matrix, panel, publishers, states, ways, whitespace
from kg.explorer.curve import Mark
from kg.explorer.details import Fact
from kg.explorer.forecast import Part, Point
from kg.explorer.plain import as_html, as_markdown, shown
from kg.explorer.snapshot import Snapshot
from kg.explorer.view import long, short

_FORCES = ("driver", "challenge", "trend", "regulation")
_ROW = 34


def page() -> None:
    """The page; `m` in its address names the market, `part` a segment or region of it, `p` the event that is read."""
    ways.follow()
    snapshot = states.opened()
    market = _chosen(snapshot)
    if market is None:
        return
    facts = list(details.facts_about(snapshot.store, market))
    parts = forecast.parts(snapshot.graph, market, facts)
    _head(snapshot, market, facts)
    _tiles(snapshot, facts)
    _forecast(snapshot, market, facts, parts)
    _white_space(snapshot, market, parts)
    left, right = st.columns([2.2, 1], gap="medium")
    with left:
        _parts(snapshot, parts)
    with right:
        _players(snapshot, facts)
    _forces(snapshot, facts)


def _chosen(snapshot: Snapshot) -> str | None:
    markets = snapshot.of_type("Market")
    if not markets:
        states.note("No document names a market yet", "Market reports bring them in: kg add report.pdf")
        return None
    market = long(st.query_params.get("m"), snapshot.base) or markets[0].iri
    with st.container(width=430):
        finder.show(
            snapshot,
            lambda iri: st.query_params.from_dict({"m": short(iri, snapshot.base)}),
            key="market",
            value=market,
            types=frozenset({"Market"}),
            placeholder="Find a market …",
        )
    if all(entity.iri != market for entity in markets):
        asked = st.query_params.get("m", "")[:120]
        states.note("There is no such market in this graph", f"The address asks for “{asked}”. Choose one above, or:")
        with st.container(horizontal=True, gap="small"):
            for entity in markets[:6]:
                name = {"m": short(entity.iri, snapshot.base)}
                st.button(
                    as_markdown(entity.label, 48),
                    key=f"market {entity.iri}",
                    on_click=lambda name=name: st.query_params.from_dict(name),
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
        st.page_link(ways.EXPLORE, label="Explore as a picture", query_params={"e": short(market, snapshot.base)})


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


def _forecast(snapshot: Snapshot, market: str, facts: list[Fact], parts: list[Part]) -> None:
    part = _part(snapshot, facts, parts)
    points = forecast.points(facts, part)
    checks = details.checks_of(snapshot.store, market)
    picked = snapshot.events.get(long(st.query_params.get("p"), snapshot.base) or "")
    left, right = st.columns([2.2, 1], gap="medium")
    with left:
        for unit in sorted({point.unit for point in points}):
            _curve(snapshot, market, part, [point for point in points if point.unit == unit])
        if points:
            st.html(
                '<p class="kg-note">Squares are stated, dots computed as even growth between them. Diamonds are '
                "events that touch it, hollow where only by inference: click one to read it.</p>"
            )
        said = publishers.by_publisher(facts, part)
        differing = [publishers.disagreement(*each) for each in publishers.disagreements(points)]
        st.html((publishers.table(said) if len(said) > 1 else "") + "".join(differing) or "<span></span>")
    with right, st.container(border=False, key="panel"):
        if picked is not None:
            panel.event(snapshot, picked, ways.explore(snapshot))
        elif checks:
            st.html('<div class="kg-section">Do the figures fit?</div>' + "".join(map(cards.check_card, checks)))


def _part(snapshot: Snapshot, facts: list[Fact], parts: list[Part]) -> str | None:
    """The part whose figures are drawn: None for the whole market."""
    sized = [part.iri for part in parts if forecast.points(facts, part.iri)]
    st.html('<div class="kg-section">Sizes and forecasts, and the deals on the way</div>')
    if not sized:
        return None
    asked = long(st.query_params.get("part"), snapshot.base)
    st.session_state["part"] = asked if asked in sized else None

    def change() -> None:
        ways.put("part", short(st.session_state["part"] or "", snapshot.base))

    st.pills(
        "Part of the market",
        sized,
        format_func=lambda iri: as_markdown(snapshot.names[iri], 40),
        key="part",
        on_change=change,
        label_visibility="collapsed",
    )
    return asked if asked in sized else None


def _curve(snapshot: Snapshot, market: str, part: str | None, points: list[Point]) -> None:
    unit = points[0].unit
    about = part or market
    inferred = forecast.deals_of(snapshot.graph, about, stated=False)
    stated = forecast.deals_of(snapshot.graph, about)
    events = [snapshot.events[iri] for iri in sorted(stated | inferred)]
    marks = [
        Mark(short(event.iri, snapshot.base), event, shown(event.label, 120), event.iri not in stated)
        for event in events
        if event.status != "denied"
    ]
    state = st.altair_chart(
        curve.chart(points, unit, marks),
        key=f"curve {about} {unit}",
        on_select="rerun" if any(mark.event.date for mark in marks) else "ignore",
        alt=f"Sizes in {unit} by year and publisher, with the events that touch it",
    )
    ways.read_clicked(state, "p")


def _white_space(snapshot: Snapshot, market: str, parts: list[Part]) -> None:
    segments = [part.iri for part in parts if snapshot.entities[part.iri].type == "Segment"]
    places = [part.iri for part in parts if snapshot.entities[part.iri].type == "Region"]
    places = places or [part.iri for part in parts if snapshot.entities[part.iri].type == "Country"]
    if not (segments and places):
        return
    st.html('<div class="kg-section">White space · events by segment and region</div>')
    cells = matrix.cells(snapshot.deals, market, segments, places, snapshot.entities)
    growth = {part.iri: part.growth for part in parts}
    whitespace.show(snapshot, cells, growth)


def _parts(snapshot: Snapshot, parts: list[Part]) -> None:
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
        st.switch_page(ways.EXPLORE, query_params={"e": short(iris[chosen[0]], snapshot.base)})


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
