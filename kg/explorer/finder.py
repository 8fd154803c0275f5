"""Search as you type over names and aliases: our own component, answered from the version's search index."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

import streamlit as st
from rapidfuzz import fuzz, process, utils

from kg import search
from kg.explorer import looks
from kg.explorer.plain import shown
from kg.explorer.snapshot import Snapshot
from kg.search import Hit

MOST_HITS = 9
_LEAST_SCORE = 55
_PLACEHOLDER = "Find a company, product, market, segment, region …"


@st.cache_resource(show_spinner=False)
def _component() -> Callable[..., Any]:
    return st.components.v2.component("kg.search", js="search.js", css="search.css", html="")


@st.fragment
def show(
    snapshot: Snapshot,
    chosen: Callable[[str], None],
    *,
    key: str = "find",
    value: str | None = None,
    types: frozenset[str] = frozenset(),
    placeholder: str = _PLACEHOLDER,
) -> None:
    """A search box; `chosen` is called with the IRI of what was taken, then the whole page runs again.

    `value` is the IRI of what the page shows now; `types` limits the search to these.
    """
    typed = str(st.session_state.get(f"{key} typed", ""))
    hits = _hits(snapshot, typed, types)
    near = [] if hits or not typed else nearest(snapshot, typed, types)
    answer = _component()(
        key=key,
        data={
            "label": placeholder,
            "placeholder": placeholder,
            "value": shown(snapshot.names.get(value or "", ""), 120),
            "typed": typed,
            "hits": [_row(hit) for hit in hits or near],
            "none": _none(typed, near) if typed and not hits else "",
        },
        on_typed_change=lambda: st.session_state.update({f"{key} typed": st.session_state[key].typed["text"]}),
        on_chosen_change=lambda: None,
    )
    if answer.chosen:
        st.session_state.pop(f"{key} typed", None)
        if answer.chosen["id"] in snapshot.graph:
            chosen(answer.chosen["id"])
        st.rerun()


def _hits(snapshot: Snapshot, typed: str, types: frozenset[str]) -> list[Hit]:
    if not typed:
        return []
    found = search.find(snapshot.version.search, typed, limit=MOST_HITS * (8 if types else 1))
    return [hit for hit in found if hit.iri in snapshot.graph and (not types or hit.type in types)][:MOST_HITS]


def nearest(snapshot: Snapshot, text: str, types: frozenset[str] = frozenset()) -> list[Hit]:
    """The entities whose names are most like a text, for where no name begins with it."""
    wanted = utils.default_process(text[:200])
    names = snapshot.plain_names
    found = process.extract(wanted, names, scorer=fuzz.ratio, limit=60 if types else 6, score_cutoff=_LEAST_SCORE)
    entities = (snapshot.entities[iri] for _, _, iri in found)
    fitting = (each for each in entities if not types or each.type in types)
    return [Hit(each.iri, each.label, each.type, each.label) for each in islice(fitting, 6)]


def _row(hit: Hit) -> dict[str, str]:
    face = looks.of_type(hit.type)
    also = "" if hit.name == hit.label else f"also written {shown(hit.name, 80)}"
    return {
        "id": hit.iri,
        "label": shown(hit.label, 80),
        "kind": face.label,
        "colour": face.colour,
        "glyph": face.glyph,
        "also": also,
    }


def _none(typed: str, near: list[Hit]) -> str:
    return f"No name begins with “{shown(typed, 60)}”." + (" The nearest:" if near else "")
