"""The ways from one page to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from kg.explorer.snapshot import Snapshot
from kg.explorer.view import short

EXPLORE = "kg/explorer/explore.py"
MARKET = "kg/explorer/market.py"
DOSSIER = "kg/explorer/dossier.py"
DEALS = "kg/explorer/deals.py"
PATHS = "kg/explorer/paths.py"
_LEAVING = "leave for"
_CLICKED = "clicked in a chart"


def explore(snapshot: Snapshot) -> Callable[[str], None]:
    """What a button calls to leave for the picture of an entity; the page must `follow`."""

    def leave(iri: str) -> None:
        st.session_state[_LEAVING] = (EXPLORE, {"e": short(iri, snapshot.base)})

    return leave


def follow() -> None:
    """Goes where a button wanted to; called first by every page that shows such buttons."""
    if _LEAVING in st.session_state:
        page, query = st.session_state.pop(_LEAVING)
        st.switch_page(page, query_params=query)


def into(snapshot: Snapshot, name: str) -> Callable[[str], None]:
    """What puts an entity into the address as `name`."""
    return lambda iri: put(name, short(iri, snapshot.base))


def put(name: str, value: str | None) -> None:
    """Puts a value into the address; takes it out where there is none."""
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def read_clicked(state: Any, name: str) -> None:
    """Puts the event that was clicked in a chart (its selection `event`) into the address, once for each click."""
    if "selection" not in state:
        return
    picked = (state["selection"].get("event") or [{}])[0].get("Id")
    if picked and picked != st.session_state.get(_CLICKED):
        st.session_state[_CLICKED] = picked
        st.query_params[name] = picked
        st.rerun()
