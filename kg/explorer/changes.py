"""The Changes page: what runs brought, in words, the most important first, each with its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from kg import changes as log
from kg import moments
from kg.changes import KINDS, Change
from kg.explorer import cards, runs, states, ways
from kg.explorer.plain import as_html, as_markdown, shown
from kg.explorer.snapshot import home
from kg.ledger import Ledger
from kg.moments import UnknownMomentError

MOST_FACTS = 4000
MOST_SHOWN = 200
_MOST_RUNS = 200


def page() -> None:
    """The page; `since` in its address is the number of a run or a date (the last run where it is not given)."""
    states.opened()
    with Ledger(home().ledger) as ledger:
        asked = st.query_params.get("since")
        _choose(runs.runs(ledger)[:_MOST_RUNS], asked)
        try:
            since = moments.moment(ledger, asked)
        except UnknownMomentError as error:
            states.note("This moment is not known", str(error))
            return
        count = runs.touched(ledger, since)
        if count > MOST_FACTS:
            states.note(
                f"{count:,} facts changed",
                f"More than {MOST_FACTS:,} are no news but a new graph. Choose a later run or date above.",
            )
            return
        found = log.between(ledger, since)
    show(found)


def _choose(known: Sequence[runs.Run], asked: str | None) -> None:
    options = [str(run.number) for run in known if run.changes]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        names = {str(run.number): f"{run.started[:16].replace('T', ' ')} · {run.what}" for run in known}
        st.session_state["run"] = asked if asked in options else None
        st.selectbox(
            "Since the end of the run of",
            options,
            format_func=names.__getitem__,
            key="run",
            placeholder="The last run",
            width=330,
            on_change=lambda: ways.put("since", st.session_state["run"]),
        )
        st.session_state["day"] = asked if asked and "-" in asked else ""
        st.text_input(
            "or since the day",
            key="day",
            placeholder="YYYY-MM-DD",
            width=170,
            on_change=lambda: ways.put("since", st.session_state["day"].strip()),
        )


def show(found: Sequence[Change]) -> None:
    """Changes by kind, those that matter most first."""
    if not found:
        states.note("Nothing changed", "Nothing new was said, and nothing that was said has gone.")
        return
    groups = {kind: list(members) for kind, members in groupby(found, key=lambda each: each.kind)}
    st.html(cards.tiles((KINDS[kind], f"{len(members):,}", "") for kind, members in groups.items()))
    for kind, members in groups.items():
        st.html(f'<div class="kg-section">{KINDS[kind]} · {len(members):,}</div>')
        lines = "".join(line(each) for each in members[:MOST_SHOWN])
        left_out = len(members) - MOST_SHOWN
        st.html(lines + (f'<p class="kg-note">and {left_out:,} more</p>' if left_out > 0 else ""))


def line(each: Change) -> str:
    """A change that unfolds to its words in a document."""
    text = f"<span>{as_html(each.text, 400)}</span>"
    if not each.quote:
        return f'<div class="kg-line">{text}</div>'
    quote = cards.quote_card(each.quote, each.document or "")
    return f'<details class="kg-line"><summary>{text}</summary>{quote}</details>'


def label(each: Change) -> str:
    """A change for places that read Markdown."""
    return as_markdown(shown(each.text, 300), 300)


if __name__ == "__main__":
    page()
