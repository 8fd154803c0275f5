"""The graph component: our own wrapper around cytoscape.js, whose source and build are in `frontend`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st


@st.cache_resource(show_spinner=False)
def _component() -> Callable[..., Any]:
    return st.components.v2.component("kg.graph", js="graph.js", css="graph.css", html="")


def show(data: dict[str, Any], *, key: str, on_acted: Callable[[dict[str, Any]], None]) -> None:
    """Draw a scene: `data` and what `on_acted` is given are as `frontend/src/graph.js` describes them."""
    _component()(key=key, data=data, on_acted_change=lambda: on_acted(st.session_state[key].acted))


def plain(elements: list[dict[str, Any]], legend: list[dict[str, Any]], *, layout: str, key: str) -> None:
    """Draw a scene to be looked at: no tool changes it, and what is clicked is only lit up."""
    data = {"elements": elements, "legend": legend, "layout": layout, "picked": None, "pinned": [], "able": None}
    _component()(key=key, data=data)
