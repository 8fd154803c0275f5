"""What a page shows when there is no graph to show."""

from __future__ import annotations

import streamlit as st

from kg.explorer.plain import as_html
from kg.explorer.snapshot import Snapshot, home, snapshot
from ontology.errors import KgError


def opened() -> Snapshot:
    """The version to show; where there is none, the page says why and what to do, and ends here."""
    try:
        found = snapshot()
    except KgError as error:
        _nothing(str(error))
        st.stop()
    if not found.graph:
        _nothing(f"{home().path}: the published graph holds no entity")
        st.stop()
    return found


def _nothing(reason: str) -> None:
    st.html(
        '<div class="kg-head"><h2>There is no graph to explore yet</h2></div>'
        f'<p class="kg-sub">{as_html(reason)}</p>'
        "<p>Read a market report or a press release, then reload this page:</p>"
    )
    st.code("kg add report.txt", language="bash")
    st.html('<p class="kg-note">The explorer shows the home that KG_HOME names, or <code>.kg</code> here.</p>')
