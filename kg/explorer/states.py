"""What a page shows when there is no graph to show."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from kg.explorer import finder
from kg.explorer.plain import as_html, as_markdown
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


def unknown(snapshot: Snapshot, iri: str, go: Callable[[str], None]) -> None:
    """Says that the version has no such entity and offers the names that are nearest; `go` takes one of them."""
    wanted = iri.removeprefix(snapshot.base)
    note(
        "There is no such entity in this graph",
        f"The address asks for “{wanted[:120]}”. Names that are near it, if any:",
    )
    text = wanted.rsplit("/", 1)[-1].replace("-", " ")
    with st.container(horizontal=True, gap="small"):
        for hit in finder.nearest(snapshot, text):
            st.button(as_markdown(hit.label, 48), key=f"near {hit.iri}", on_click=go, args=(hit.iri,))


def note(title: str, text: str) -> None:
    """A heading and a line below it, where there is nothing else to show."""
    st.html(f'<div class="kg-head"><h2>{as_html(title, 200)}</h2></div><p class="kg-sub">{as_html(text, 600)}</p>')


def _nothing(reason: str) -> None:
    st.html(
        '<div class="kg-head"><h2>There is no graph to explore yet</h2></div>'
        f'<p class="kg-sub">{as_html(reason)}</p>'
        "<p>Read a market report or a press release, then reload this page:</p>"
    )
    st.code("kg add report.txt", language="bash")
    st.html('<p class="kg-note">The explorer shows the home that KG_HOME names, or <code>.kg</code> here.</p>')
