"""The version that a page shows, and what it shows where there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from kg.explorer import finder
from kg.explorer.plain import as_html, as_markdown
from kg.explorer.shelf import Shelf
from kg.explorer.snapshot import Snapshot, home
from kg.home import Home
from ontology.errors import KgError


def opened() -> Snapshot:
    """The version to show; where there is none, the page says why and what to do, and ends here."""
    try:
        found = shelf().newest()
    except KgError as error:
        _nothing(str(error))
        st.stop()
    if not found.graph:
        _nothing(f"{home().path}: the published graph holds no entity")
        st.stop()
    with st.container(key="newer"):
        _newer(found.version.number)
    return found


@st.cache_resource(show_spinner="Opening the graph")
def _shelf(path: str, address: str) -> Shelf:
    return Shelf(Home(Path(path), address))


def shelf() -> Shelf:
    """The open versions of the home, the same for all sessions."""
    place = home()
    return _shelf(str(place.path), place.address)


@st.fragment(run_every=1.5)
def _newer(number: int) -> None:
    """A quiet note that a newer version can be seen; what is shown stays as it is until the reader wants it."""
    if shelf().newest().version.number != number:
        st.html('<p class="kg-note">The graph has news.</p>')
        if st.button("Show them", type="tertiary"):
            st.rerun()


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
