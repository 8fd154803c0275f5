"""The script of every page: navigation over the pages in `kg/explorer`, nothing else."""

from pathlib import Path

import streamlit as st

PAGES = Path(__file__).parent / "kg" / "explorer"

st.set_page_config("kg", page_icon=str(PAGES / "icon.png"), layout="wide", initial_sidebar_state="collapsed")
st.html(PAGES / "style.css")
if st.user.get("is_logged_in") is False:  # None: no login is configured
    st.login()
    st.stop()
st.navigation(
    [
        st.Page(PAGES / "explore.py", title="Explore", default=True),
        st.Page(PAGES / "paths.py", title="Paths"),
        st.Page(PAGES / "deals.py", title="Deals"),
        st.Page(PAGES / "market.py", title="Market"),
        st.Page(PAGES / "dossier.py", title="Dossier"),
        st.Page(PAGES / "query.py", title="Query"),
        st.Page(PAGES / "inbox.py", title="Inbox"),
        st.Page(PAGES / "changes.py", title="Changes"),
        st.Page(PAGES / "status.py", title="Status"),
    ],
    position="top",
).run()
