"""The Explore page: find an entity, see its neighbourhood, click and read the sentence behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st
from rapidfuzz import fuzz, process, utils

import ontology
from kg import search
from kg.explorer import drawing, panel, picture, scene, states, table
from kg.explorer.plain import as_html, as_markdown
from kg.explorer.scene import MOST_NODES, Scene
from kg.explorer.snapshot import Snapshot
from kg.explorer.view import HOPS, View, from_query, to_query

MOST_OPTIONS = 10_000
_PICTURE = "picture"


def page() -> None:
    """The page; its address is the saved view."""
    snapshot = states.opened()
    view = _view(snapshot)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        _find(snapshot, view)
        if view.centre in snapshot.graph:
            _controls(snapshot, view)
    if view.centre is None:
        _welcome(snapshot)
    elif view.centre not in snapshot.graph:
        _not_found(snapshot, view.centre)
    else:
        _neighbourhood(snapshot)


def _view(snapshot: Snapshot) -> View:
    return from_query(st.query_params.to_dict(), snapshot.base)


def _show(snapshot: Snapshot, view: View) -> None:
    """Makes a view the page's; called before the run that shows it."""
    st.query_params.from_dict(to_query(view, snapshot.base))


def _go(snapshot: Snapshot) -> Callable[[str], None]:
    def go(iri: str) -> None:
        _show(snapshot, replace(_view(snapshot), centre=iri, picked=None, expanded=()))

    return go


# ---------------------------------------------------------------- finding


def _find(snapshot: Snapshot, view: View) -> None:
    with st.container(width=430):
        if len(snapshot.entities) > MOST_OPTIONS:
            _search(snapshot)
            return
        st.session_state["find"] = view.centre if view.centre in snapshot.labels else None
        st.selectbox(
            "Find a company, product, market, segment, region …",
            list(snapshot.labels),
            format_func=snapshot.labels.__getitem__,
            placeholder="Type a name",
            key="find",
            on_change=lambda: _go(snapshot)(st.session_state["find"]),
        )


def _search(snapshot: Snapshot) -> None:
    text = st.text_input("Find a company, product, market, segment, region …", placeholder="Type a name, then Enter")
    hits = search.find(snapshot.version.search, text, limit=8) if text else []
    if text and not hits:
        st.html(f'<p class="kg-note">No name begins with “{as_html(text, 60)}”.</p>')
    for hit in hits:
        label = f"{as_markdown(hit.label, 60)} · {hit.type}"
        st.button(label, key=f"hit {hit.iri}", type="tertiary", on_click=_go(snapshot), args=(hit.iri,))


def _welcome(snapshot: Snapshot) -> None:
    events = sum(1 for iri in snapshot.graph if iri not in snapshot.entities)
    st.html(
        '<div class="kg-head"><h2>Who does what with whom, and which sentence says so</h2></div>'
        f'<p class="kg-sub">{len(snapshot.entities):,} companies, products, markets, segments, regions and others; '
        f"{events:,} events. Find a name above, or start with one of these.</p>"
    )
    for name in ("Company", "Market", "Segment", "Region"):
        found = snapshot.of_type(name)[:6]
        if found:
            st.html(f'<div class="kg-section">{as_html(ontology.types()[name].label)}</div>')
            _starts(snapshot, [entity.iri for entity in found])
    st.html(
        '<p class="kg-note">Click a node or a line to read its sentences, double-click a node to unfold it. '
        "The legend hides and shows types. The address of the page always holds what you see: send it on.</p>"
    )


def _starts(snapshot: Snapshot, iris: list[str]) -> None:
    with st.container(horizontal=True, gap="small"):
        for iri in iris:
            label = as_markdown(snapshot.names[iri], 48)
            st.button(label, key=f"start {iri}", on_click=_go(snapshot), args=(iri,))


def _not_found(snapshot: Snapshot, centre: str) -> None:
    wanted = centre.removeprefix(snapshot.base)
    st.html(
        '<div class="kg-head"><h2>There is no such entity in this graph</h2></div>'
        f'<p class="kg-sub">The address asks for “{as_html(wanted, 120)}”. Names that are near it, if any:</p>'
    )
    named = {iri: entity.label for iri, entity in snapshot.entities.items()}
    text = wanted.rsplit("/", 1)[-1].replace("-", " ")[:200]
    nearest = process.extract(
        text, named, scorer=fuzz.token_sort_ratio, processor=utils.default_process, limit=6, score_cutoff=45
    )
    _starts(snapshot, [iri for _, _, iri in nearest])


# ---------------------------------------------------------------- controls


def _controls(snapshot: Snapshot, view: View) -> None:
    st.session_state.update({"hops": view.hops, "deals": view.deals})
    st.segmented_control("Hops", HOPS, key="hops", required=True, on_change=_set(snapshot, "hops"))
    st.segmented_control(
        "Deals as",
        ["nodes", "links"],
        key="deals",
        required=True,
        on_change=_set(snapshot, "deals"),
        help="As links, a deal of two parties is a line between them.",
    )
    with st.popover("Filters"):
        _filters(snapshot, view)


def _filters(snapshot: Snapshot, view: View) -> None:
    st.session_state.update(
        {"statuses": sorted(view.statuses), "confidence": view.confidence, "inferred": view.inferred}
    )
    st.pills(
        "Status of what is told",
        ontology.STATUSES,
        selection_mode="multi",
        key="statuses",
        on_change=_set(snapshot, "statuses", frozenset),
    )
    st.slider("Least confidence", 0.0, 1.0, step=0.05, key="confidence", on_change=_set(snapshot, "confidence"))
    st.toggle("Also what touches the centre by inference only", key="inferred", on_change=_set(snapshot, "inferred"))
    usual = View(view.centre)
    st.button("Show everything", on_click=_show, args=(snapshot, replace(usual, hops=view.hops, deals=view.deals)))


def _set(snapshot: Snapshot, name: str, made: Callable[[Any], Any] = lambda value: value) -> Callable[[], None]:
    def change() -> None:
        _show(snapshot, replace(_view(snapshot), **{name: made(st.session_state[name])}))

    return change


# ---------------------------------------------------------------- picture, panel and table


@st.fragment
def _neighbourhood(snapshot: Snapshot) -> None:
    view = _view(snapshot)
    found = scene.build(snapshot.graph, view)
    left, right = st.columns([2.3, 1], gap="medium")
    with left:
        _picture(snapshot, view, found)
        _note(view, found)
    with right, st.container(height=700, border=False, key="panel"):
        panel.show(snapshot, found, view.picked, _go(snapshot))
    _table(snapshot, view, found)


def _picture(snapshot: Snapshot, view: View, found: Scene) -> None:
    data = {
        "elements": drawing.elements(snapshot.graph, found),
        "legend": drawing.legend(found),
        "layout": f"{snapshot.version.number} {view.centre} {view.hops} {view.deals}",
        "picked": view.picked,
    }
    picture.show(
        data,
        key=_PICTURE,
        on_picked=lambda: _pick(snapshot, st.session_state[_PICTURE].picked["id"]),
        on_expanded=lambda: _expand(snapshot, st.session_state[_PICTURE].expanded["id"]),
        on_toggled=lambda: _toggle(snapshot, st.session_state[_PICTURE].toggled["name"]),
    )


def _pick(snapshot: Snapshot, id_: str | None) -> None:
    _show(snapshot, replace(_view(snapshot), picked=id_))


def _expand(snapshot: Snapshot, iri: str) -> None:
    view = _view(snapshot)
    _show(snapshot, replace(view, picked=iri, expanded=tuple(dict.fromkeys([*view.expanded, iri]))))


def _toggle(snapshot: Snapshot, name: str) -> None:
    view = _view(snapshot)
    _show(snapshot, replace(view, hidden=view.hidden ^ {name}))


def _note(view: View, found: Scene) -> None:
    hops = "1 hop" if view.hops == 1 else f"{view.hops} hops"
    text = f"{len(found.nodes)} entities and events, {len(found.edges)} relations within {hops}."
    if found.total > MOST_NODES:
        text = (
            f"The nearest {MOST_NODES} of {found.total} are drawn: take fewer hops, hide types in the legend "
            "or ask for more confidence to see the others."
        )
    elif len(found.nodes) == 1:
        text = "Nothing is drawn beside it: the filters hide its relations, or no fact but figures names it."
    marks = "Dashed lines: low confidence. Dotted: inferred. Marked nodes: planned, rumoured, denied or ended."
    st.html(f'<p class="kg-note">{as_html(text)} {marks} <b>+n</b>: neighbours not drawn.</p>')


def _table(snapshot: Snapshot, view: View, found: Scene) -> None:
    rows = table.rows(snapshot.graph, found)
    if not rows:
        return
    st.html(f'<div class="kg-section">The same as a table · {len(rows)}</div>')
    key = f"table {view.centre} {view.hops}"

    def picked() -> None:
        chosen = st.session_state[key].selection.rows
        _pick(snapshot, rows[chosen[0]].id if chosen else None)

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


if __name__ == "__main__":
    page()
