"""The explorer's server: the pages of `navigation.py`, under a content security policy."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from kg.explorer.guarded import Guarded

app = st.App(Path(__file__).parent / "navigation.py", middleware=[Middleware(Guarded)])
