"""The Deals page: all events on a timeline and in a table, by kind, period, segment and region, with amounts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

import ontology
from kg.explorer import cards, choosing, dealings, exports, panel, states, timeline, ways
from kg.explorer.dealings import Choice, Deal
from kg.explorer.snapshot import Snapshot
from kg.explorer.view import long, short

MOST_ROWS = 5000
_ROW = 34
_COLUMNS = ("Date", "Kind", "Who", "With or what", "Amount", "Status", "Segments, regions", "Sources")


def page() -> None:
    """The page; its address has the choice of deals, and as `p` the one that is read."""
    ways.follow()
    snapshot = states.opened()
    choice = choosing.from_query(st.query_params.to_dict(), snapshot.base)
    choosing.show(snapshot, choice)
    found = dealings.chosen(snapshot.deals, choice, snapshot.names)
    if not found:
        _nothing(snapshot, choice)
        return
    _tiles(snapshot, found)
    picked = long(st.query_params.get("p"), snapshot.base)
    left, right = st.columns([2.3, 1], gap="medium")
    with left:
        _timeline(snapshot, found)
        _table(snapshot, found, choice)
    with right, st.container(border=False, key="panel"):
        event = snapshot.events.get(picked or "")
        if event is not None:
            panel.event(snapshot, event, ways.explore(snapshot))
        else:
            _most_active(snapshot, found)


def _nothing(snapshot: Snapshot, choice: Choice) -> None:
    if not snapshot.deals:
        states.note("No document tells of an event yet", "Events come in with documents: kg add FILE.")
        return
    wider = replace(choice, inferred=True)
    inferred = len(dealings.chosen(snapshot.deals, wider, snapshot.names))
    states.note("No event fits", f"{len(snapshot.deals):,} events are known; none fits all filters.")
    with st.container(horizontal=True, gap="small"):
        if inferred:
            label = f"Show {inferred} that touch it by inference"
            st.button(label, on_click=lambda: st.query_params.from_dict(choosing.to_query(wider, snapshot.base)))
        st.button("Take all filters away", on_click=lambda: st.query_params.clear())


def _tiles(snapshot: Snapshot, found: list[Deal]) -> None:
    loose = sum(deal.event.status in ("planned", "rumoured") for deal in found)
    tiles = [("Events", f"{len(found):,}", f"of {len(snapshot.deals):,}"), ("Planned or rumoured", f"{loose:,}", "")]
    for unit, total, count in dealings.totals(found)[:3]:
        tiles.append((f"Amounts in {unit}", cards.amount(total, unit), f"{count:,} events that tell one"))
    st.html(cards.tiles(tiles))


def _timeline(snapshot: Snapshot, found: list[Deal]) -> None:
    dated = [deal for deal in found if deal.event.date]
    if not dated:
        return
    alt = "Events by time and kind; the table holds the same"
    if len(dated) > timeline.MOST_POINTS:
        st.altair_chart(timeline.bars(dated), key="bars", alt=alt)
        return
    chart = timeline.points(dated, snapshot.names, snapshot.base)
    state = st.altair_chart(chart, key="timeline", on_select="rerun", alt=alt)
    ways.read_clicked(state, "p")


def _table(snapshot: Snapshot, found: list[Deal], choice: Choice) -> None:
    rows = [_cells(snapshot, deal) for deal in found[:MOST_ROWS]]
    cut = f" · the latest {MOST_ROWS:,} of them" if len(found) > MOST_ROWS else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="exports"):
        st.html(f'<div class="kg-section">{len(found):,} events{cut} · select one to read it</div>')
        exports.csv_button("deals", _COLUMNS, lambda: (_cells(snapshot, deal) for deal in found))
    key = f"table {choice}"

    def picked() -> None:
        chosen = st.session_state[key].selection.rows
        if chosen:
            st.query_params["p"] = short(found[chosen[0]].event.iri, snapshot.base)

    st.dataframe(
        {name: [row[at] for row in rows] for at, name in enumerate(_COLUMNS)},
        key=key,
        hide_index=True,
        row_height=_ROW,
        height=min(40 + _ROW * len(rows), 560),
        on_select=picked,
        selection_mode="single-row",
        column_config={
            "Sources": st.column_config.NumberColumn(width="small"),
            "Date": st.column_config.Column(width="small"),
        },
        alt=", ".join(_COLUMNS),
    )


def _cells(snapshot: Snapshot, deal: Deal) -> tuple[Any, ...]:
    first, second = (deal.acting, deal.others) if deal.acting else (deal.others[:1], deal.others[1:])
    return (
        deal.event.date,
        cards.capital(ontology.kind(deal.event.kind).label),
        timeline.named(first, snapshot.names),
        timeline.named(second, snapshot.names),
        cards.amount(deal.value, deal.unit),
        deal.event.status,
        timeline.named(deal.parts, snapshot.names),
        len(deal.event.facts),
    )


def _most_active(snapshot: Snapshot, found: list[Deal]) -> None:
    counted = dealings.most_active(found, snapshot.names.keys())[:12]
    most = max((count for _, count in counted), default=1)
    lines = [cards.rank(snapshot.names[iri], count, most) for iri, count in counted]
    st.html(
        f'<div class="kg-section">Most active</div><ol class="kg-ranks">{"".join(lines)}</ol>'
        '<p class="kg-note">Select a row or a point to read the event with its sentences.</p>'
    )


if __name__ == "__main__":
    page()
