"""The Explore page: find an entity, see its neighbourhood, click and read the sentence behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from kg import network
from kg.explorer import controls, drawing, exports, finder, history, panel, picture, scene, states, table, welcome
from kg.explorer.plain import as_html
from kg.explorer.scene import MOST_NODES, Scene
from kg.explorer.snapshot import Snapshot
from kg.explorer.view import Pin, View, from_query, to_query
from kg.network import Entity

_PICTURE = "picture"
_WHOLE = "run the whole page"


def page() -> None:
    """The page; its address is the saved view."""
    snapshot = states.opened()
    view = _view(snapshot)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="bar"):
        with st.container(width=430):
            finder.show(snapshot, _go(snapshot), value=view.centre)
        if view.centre in snapshot.graph:
            controls.show(snapshot, view, lambda made: _show(snapshot, made(_view(snapshot))))
    if view.centre is None:
        welcome.show(snapshot, _go(snapshot))
    elif view.centre not in snapshot.graph:
        states.unknown(snapshot, view.centre, _go(snapshot))
    else:
        _neighbourhood(snapshot)


def _view(snapshot: Snapshot) -> View:
    return from_query(st.query_params.to_dict(), snapshot.base)


def _show(snapshot: Snapshot, view: View, *, step: bool = True) -> None:
    """Makes a view the page's; called before the run that shows it. A `step` can be undone."""
    if step:
        history.steps(st.session_state).leave(st.query_params.to_dict())
    st.query_params.from_dict(to_query(view, snapshot.base))


def _go(snapshot: Snapshot) -> Callable[[str], None]:
    def go(iri: str) -> None:
        _show(snapshot, replace(_view(snapshot), centre=iri, picked=None, expanded=()))
        st.session_state[_WHOLE] = True

    return go


# ---------------------------------------------------------------- picture, panel and table


@st.fragment
def _neighbourhood(snapshot: Snapshot) -> None:
    if st.session_state.pop(_WHOLE, False):
        st.rerun()
    view = _view(snapshot)
    found = scene.build(snapshot.graph, view, snapshot.said_in)
    left, right = st.columns([2.3, 1], gap="medium")
    with left:
        _picture(snapshot, view, found)
        _note(snapshot, view, found)
    with right, st.container(border=False, key="panel"):
        panel.show(snapshot, found, view.picked, _go(snapshot))
    _table(snapshot, view, found)


def _picture(snapshot: Snapshot, view: View, found: Scene) -> None:
    steps = history.steps(st.session_state)
    data = {
        "elements": drawing.elements(snapshot.graph, found, {pin.iri for pin in view.pins}),
        "legend": drawing.legend(found),
        "layout": f"{snapshot.version.number} {view.centre} {view.hops} {view.deals}",
        "picked": view.picked,
        "pinned": [{"id": pin.iri, "x": pin.x, "y": pin.y} for pin in view.pins],
        "able": {"undo": bool(steps.past), "redo": bool(steps.future)},
    }
    picture.show(data, key=_PICTURE, on_acted=lambda told: _act(snapshot, told))


def _act(snapshot: Snapshot, told: dict[str, Any]) -> None:
    """What was done in the picture becomes the view of the page."""
    what, id_, view = told["what"], told.get("id"), _view(snapshot)
    if what in ("undo", "redo"):
        _step(what)
    elif what == "pick":
        _show(snapshot, replace(view, picked=id_), step=False)
    elif what == "toggle":
        _show(snapshot, replace(view, hidden=view.hidden ^ {str(id_)}))
    elif id_ in snapshot.graph:
        _on_node(snapshot, view, told)


def _step(what: str) -> None:
    steps, here = history.steps(st.session_state), st.query_params.to_dict()
    st.query_params.from_dict(steps.undo(here) if what == "undo" else steps.redo(here))
    st.session_state[_WHOLE] = True


def _on_node(snapshot: Snapshot, view: View, told: dict[str, Any]) -> None:
    what, iri = told["what"], told["id"]
    if what == "expand":
        _show(snapshot, replace(view, picked=iri, expanded=tuple(dict.fromkeys([*view.expanded, iri]))))
    elif what == "centre" and isinstance(network.item(snapshot.graph, iri), Entity):
        _go(snapshot)(iri)
    elif what == "hide" and iri != view.centre:
        pins = tuple(pin for pin in view.pins if pin.iri != iri)
        dropped = tuple(dict.fromkeys([*view.dropped, iri]))
        _show(snapshot, replace(view, picked=None, pins=pins, dropped=dropped))
    elif what == "pin":
        pins = tuple(pin for pin in view.pins if pin.iri != iri)
        added = (Pin(iri, int(told["x"]), int(told["y"])),) if "x" in told else ()
        _show(snapshot, replace(view, pins=pins + added))


def _note(snapshot: Snapshot, view: View, found: Scene) -> None:
    hops = "1 hop" if view.hops == 1 else f"{view.hops} hops"
    text = f"{len(found.nodes)} entities and events, {len(found.edges)} relations within {hops}."
    if found.total > MOST_NODES:
        text = (
            f"The nearest {MOST_NODES} of {found.total:,} are drawn: take fewer hops, hide types in the legend "
            "or set filters to see the others."
        )
    elif len(found.nodes) == 1:
        text = "Nothing is drawn beside it: the filters hide its relations, or no fact but figures names it."
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="kg-note">{as_html(text)} <b>+n</b>: neighbours not drawn. <b>?</b>: keys and signs.</p>')
        if view.dropped:
            st.button(
                f"Show {len(view.dropped)} hidden by hand",
                type="tertiary",
                on_click=lambda: _show(snapshot, replace(_view(snapshot), dropped=())),
            )


def _table(snapshot: Snapshot, view: View, found: Scene) -> None:
    rows = table.rows(snapshot.graph, found)
    if not rows:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="exports"):
        st.html(f'<div class="kg-section">The same as a table · {len(rows)}</div>')
        _exports(snapshot, found)
    key = f"table {view.centre} {view.hops}"

    def picked() -> None:
        chosen = st.session_state[key].selection.rows
        _show(snapshot, replace(_view(snapshot), picked=rows[chosen[0]].id if chosen else None), step=False)

    st.dataframe(
        {
            "From": [row.source for row in rows],
            "Relation": [row.relation for row in rows],
            "To": [row.target for row in rows],
            "Date": [row.date for row in rows],
            "Status": [row.status for row in rows],
            "Confidence": [row.confidence for row in rows],
        },
        key=key,
        hide_index=True,
        height=min(38 + 32 * len(rows), 420),
        row_height=32,
        on_select=picked,
        selection_mode="single-row",
        column_config={
            "Confidence": st.column_config.ProgressColumn(min_value=0, max_value=1, format="%.2f", width="small")
        },
        alt="The relations of the picture: from, relation, to, date, status, confidence",
    )


def _exports(snapshot: Snapshot, found: Scene) -> None:
    """What is seen, as data; made when it is asked for."""
    graph, store = snapshot.graph, snapshot.store
    exports.button("CSV", "graph.csv", "text/csv", lambda: exports.as_csv(graph, store, found))
    exports.button("GraphML", "graph.graphml", "application/xml", lambda: exports.as_graphml(graph, found))
    exports.button("Turtle", "graph.ttl", "text/turtle", lambda: exports.as_turtle(graph, store, found))


if __name__ == "__main__":
    page()
