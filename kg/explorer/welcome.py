"""What a first visit sees: what this is, where to start, and what happened last."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

import ontology
from kg.explorer import cards, details
from kg.explorer.plain import as_html, as_markdown
from kg.explorer.snapshot import Snapshot

_STARTS = ("Company", "Market", "Segment", "Region")
_MOST_STARTS = 7
_MOST_LATEST = 8
_STEPS = (
    ("Find", "Type a name, or start with one below. Former names and spellings are found too."),
    ("Read", "Click a node or a line: its facts, and for each the sentence that says so."),
    ("Go on", "Double-click unfolds a node. Filters and legend narrow, undo goes back."),
    ("Share", "The address of the page always holds what you see. Send it on."),
)


def show(snapshot: Snapshot, go: Callable[[str], None]) -> None:
    """The welcome; `go` is called with the entity to start with."""
    steps = "".join(f"<li><b>{title}</b><span>{text}</span></li>" for title, text in _STEPS)
    st.html(
        '<div class="kg-head kg-welcome"><h2>Who does what with whom, and which sentence says so</h2></div>'
        f'<p class="kg-sub">{len(snapshot.entities):,} companies, products, markets, segments, regions and others; '
        f'{len(snapshot.events):,} events.</p><ol class="kg-steps">{steps}</ol>'
    )
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        for name in _STARTS:
            starts(snapshot, name, go)
    with right:
        _latest(snapshot)


def starts(snapshot: Snapshot, name: str, go: Callable[[str], None]) -> None:
    """The best-connected entities of a type as buttons."""
    found = snapshot.of_type(name)[:_MOST_STARTS]
    if not found:
        return
    type_ = ontology.types()[name]
    st.html(f'<div class="kg-section">{cards.swatch(type_.colour)} {as_html(type_.label)}</div>')
    with st.container(horizontal=True, gap="small", key=f"starts {name}"):
        for entity in found:
            st.button(as_markdown(entity.label, 48), key=f"start {entity.iri}", on_click=go, args=(entity.iri,))


def _latest(snapshot: Snapshot) -> None:
    happened = [event for event in snapshot.latest if event.status != "planned"]
    facts = [details.fact(snapshot.store, event.iri) for event in happened[:_MOST_LATEST]]
    told = [cards.fact_card([fact], snapshot.entities) for fact in facts if fact]
    if told:
        st.html(f'<div class="kg-section">Latest events</div>{"".join(told)}')
