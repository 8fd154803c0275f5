"""The graph component: our own wrapper around cytoscape.js, whose source and build are in `frontend`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st


@st.cache_resource(show_spinner=False)
def _component() -> Callable[..., Any]:
    return st.components.v2.component("kg.graph", js="graph.js", css="graph.css", html="")


def show(
    data: dict[str, Any],
    *,
    key: str,
    on_picked: Callable[[], None],
    on_expanded: Callable[[], None],
    on_toggled: Callable[[], None],
) -> None:
    """Draw a scene: `data` has elements, legend, layout and picked as `frontend/src/graph.js` describes them.

    A callback finds what happened in `st.session_state[key]`: picked["id"], expanded["id"] or toggled["name"].
    """
    _component()(
        key=key,
        data=data,
        on_picked_change=on_picked,
        on_expanded_change=on_expanded,
        on_toggled_change=on_toggled,
    )
