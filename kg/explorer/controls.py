"""The row above the picture: hops, deals as nodes or links, and the filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

import ontology
from kg import network
from kg.explorer import details, scene, span
from kg.explorer.plain import shown
from kg.explorer.snapshot import Snapshot
from kg.explorer.view import HOPS, View
from kg.network import Edge, Entity, Event

_PARTS = ("Segment", "Region", "Country", "Market")
_MOST_OPTIONS = 200
Change = Callable[[Callable[[View], View]], None]


def show(snapshot: Snapshot, view: View, change: Change) -> None:
    """The controls of a view; `change` is called with what a change makes of the view that then stands."""
    st.session_state.update({"hops": view.hops, "deals": view.deals})
    st.segmented_control(
        "Hops",
        HOPS,
        key="hops",
        required=True,
        format_func=lambda hops: "1 hop" if hops == 1 else f"{hops} hops",
        label_visibility="collapsed",
        on_change=lambda: change(lambda now: replace(now, hops=st.session_state["hops"])),
    )
    st.segmented_control(
        "Deals as",
        ["nodes", "links"],
        key="deals",
        required=True,
        format_func=lambda kind: f"Deals as {kind}",
        label_visibility="collapsed",
        on_change=lambda: change(lambda now: replace(now, deals=st.session_state["deals"])),
    )
    with st.popover(f"Filters · {view.filters}" if view.filters else "Filters"):
        _filters(snapshot, view, change)


def _filters(snapshot: Snapshot, view: View, change: Change) -> None:
    def changed(name: str, made: Callable[[Any], Any] = lambda value: value) -> Callable[[], None]:
        return lambda: change(lambda now: replace(now, **{name: made(st.session_state[f"filter {name}"])}))

    reach = scene.build(snapshot.graph, view.unfiltered(), snapshot.said_in)
    _set("statuses", sorted(view.statuses, key=ontology.STATUSES.index))
    _set("confidence", view.confidence)
    _set("inferred", view.inferred)
    st.pills(
        "Status of what is told",
        ontology.STATUSES,
        selection_mode="multi",
        key="filter statuses",
        on_change=changed("statuses", lambda chosen: frozenset(chosen or ontology.STATUSES)),
    )
    st.slider("Least confidence", 0.0, 1.0, step=0.05, key="filter confidence", on_change=changed("confidence"))
    period = changed("period", lambda ends: span.chosen(snapshot.years, ends))
    span.slider("Events from – to", snapshot.years, view.period, key="filter period", on_change=period)
    _listed("Events in segment, region or market", "within", view.within, _parts(snapshot, reach), changed)
    _listed("Told by document", "origins", view.origins, _origins(snapshot, reach), changed)
    st.toggle("Also what touches the centre by inference only", key="filter inferred", on_change=changed("inferred"))
    st.button("Show everything", on_click=lambda: change(View.unfiltered), disabled=view == view.unfiltered())


def _set(name: str, value: Any) -> None:
    st.session_state[f"filter {name}"] = value


def _listed(
    label: str,
    name: str,
    chosen: tuple[str, ...],
    options: dict[str, str],
    changed: Callable[..., Callable[[], None]],
) -> None:
    options = {**{iri: iri for iri in chosen if iri not in options}, **options}
    if not options:
        return
    _set(name, list(chosen))
    st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=f"filter {name}",
        placeholder="Any",
        on_change=changed(name, tuple),
    )


def _parts(snapshot: Snapshot, reach: scene.Scene) -> dict[str, str]:
    """The parts of markets that the events in reach touch, those of most events first."""
    counts: Counter[str] = Counter()
    for iri in reach.nodes:
        if isinstance(network.item(snapshot.graph, iri), Event):
            counts.update({network.other_end(edge, iri) for edge in network.edges_of(snapshot.graph, iri)})
    found = [iri for iri, _ in counts.most_common() if _is_part(snapshot, iri)]
    return {iri: shown(snapshot.names[iri], 60) for iri in found[:_MOST_OPTIONS]}


def _is_part(snapshot: Snapshot, iri: str) -> bool:
    item = network.item(snapshot.graph, iri)
    return isinstance(item, Entity) and item.type in _PARTS


def _origins(snapshot: Snapshot, reach: scene.Scene) -> dict[str, str]:
    """The documents that tell what is in reach, those that tell most first."""
    events = [item for item in (network.item(snapshot.graph, iri) for iri in reach.nodes) if isinstance(item, Event)]
    told: list[Event | Edge] = [*events, *(edge for edge in reach.edges if edge.form == "statement")]
    counts = Counter(snapshot.said_in(fact) for each in told for fact in each.facts)
    found = [details.document(snapshot.store, iri) for iri, _ in counts.most_common(_MOST_OPTIONS) if iri]
    return {each.iri: shown(" · ".join(filter(None, (each.publisher, each.title))), 80) for each in found}
