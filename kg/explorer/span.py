"""The choice of a period by years, as the filters of Explore and Deals have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

Period = tuple[str, str]


def slider(
    label: str,
    years: Sequence[str],
    period: Period,
    *,
    key: str,
    on_change: Callable[[], None],
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """A slider over years; none where there are not two of them. `chosen` reads what it is set to."""
    if len(years) < 2:
        return
    first, last = (end[:4] for end in period)
    st.session_state[key] = (first if first in years else years[0], last if last in years else years[-1])
    st.select_slider(label, years, key=key, on_change=on_change, width=width)


def chosen(years: Sequence[str], ends: Period) -> Period:
    """The period of two years of the slider: open at an end that is the first or the last of all."""
    return (ends[0] if ends[0] != years[0] else "", ends[1] if ends[1] != years[-1] else "")
