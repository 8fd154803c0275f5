"""The matrix of segments and regions as a table that can be pressed: deals, white space, and what is not known."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kg.explorer import cards, details, ways
from kg.explorer.matrix import Cell
from kg.explorer.plain import as_html, shown
from kg.explorer.snapshot import Snapshot
from kg.explorer.view import short

_WORDS = {
    "deals": "events that documents say to touch both",
    "inferred": "events that touch both by inference",
    "white": "no event, though both are spoken of: white space",
    "unknown": "no event known of one of them: no data",
}
_MOST_READ = 12


def show(snapshot: Snapshot, cells: list[Cell], growth: Mapping[str, str]) -> None:
    """The matrix; `growth` stands beside a segment's name."""
    regions = list(dict.fromkeys(cell.region for cell in cells))
    head = "".join(f"<th scope=col>{as_html(snapshot.names[iri], 40)}</th>" for iri in regions)
    rows = []
    for segment in dict.fromkeys(cell.segment for cell in cells):
        told = f"<small>{as_html(growth.get(segment, ''))}</small>"
        line = "".join(_cell(cell) for cell in cells if cell.segment == segment)
        rows.append(f"<tr><th scope=row>{as_html(snapshot.names[segment], 60)} {told}</th>{line}</tr>")
    st.html(
        f'<div class="kg-scroll"><table class="kg-matrix"><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>{_legend()}"
    )
    _below(snapshot, cells)


def _cell(cell: Cell) -> str:
    count = len(cell.deals) + len(cell.inferred)
    depth = min(4, len(cell.deals))
    text = f"{len(cell.deals) or ''}" + (f"<i>+{len(cell.inferred)}</i>" if cell.inferred else "")
    empty = "–" if cell.state == "white" else "<span class=kg-live>no data</span>"
    return f'<td class="kg-{cell.state} kg-depth{depth}" title="{_WORDS[cell.state]}">{text if count else empty}</td>'


def _legend() -> str:
    signs = {"deals": "2", "inferred": "<i>+1</i>", "white": "–", "unknown": ""}
    keys = "".join(f'<span><b class="kg-{s} kg-depth2">{sign}</b> {_WORDS[s]}</span>' for s, sign in signs.items())
    return f'<p class="kg-keys">{keys}</p>'


def _below(snapshot: Snapshot, cells: list[Cell]) -> None:
    """The events of a cell that is chosen, with their sentences; the address holds it as `c`."""
    filled = {_address(snapshot, cell): cell for cell in cells if cell.deals or cell.inferred}
    if not filled:
        return
    asked = st.query_params.get("c")
    st.session_state["cell"] = asked if asked in filled else None
    st.selectbox(
        "Read the events of",
        list(filled),
        format_func=lambda name: _name(snapshot, filled[name]),
        key="cell",
        placeholder="Segment and region",
        width=430,
        on_change=lambda: ways.put("c", st.session_state["cell"]),
    )
    if asked in filled:
        events = (*filled[asked].deals, *filled[asked].inferred)[:_MOST_READ]
        facts = [details.fact(snapshot.store, iri) for iri in events]
        st.html("".join(cards.fact_card([fact], snapshot.entities) for fact in facts if fact))


def _address(snapshot: Snapshot, cell: Cell) -> str:
    return f"{short(cell.segment, snapshot.base)} {short(cell.region, snapshot.base)}"


def _name(snapshot: Snapshot, cell: Cell) -> str:
    names = [shown(snapshot.names[iri], 60) for iri in (cell.segment, cell.region)]
    return f"{names[0]} in {names[1]} · {len(cell.deals) + len(cell.inferred)}"
