"""The Sources page: which documents the graph is made of, what each gave, and what did not pass the checks."""

from __future__ import annotations

from collections import Counter
from typing import Any

import streamlit as st

import ontology
from kg.explorer import cards, details, states
from kg.explorer.plain import as_html, shown
from kg.explorer.snapshot import Snapshot, home
from kg.ledger import Ledger

_ROW = 34


def page() -> None:
    """The page; it needs no address of its own."""
    snapshot = states.opened()
    found = details.documents(snapshot.store)
    kinds: Counter[str] = Counter()
    for _, counts in found:
        kinds.update(counts)
    with Ledger(home().ledger) as ledger:
        totals, problems = ledger.counts(), ledger.problems()
    _head(snapshot, totals)
    _kinds(kinds)
    _documents(found)
    st.html(f'<div class="kg-section">Facts that did not pass validation · {len(problems)}</div>')
    if problems:
        columns = {
            "Document": [shown(problem.document, 120) for problem in problems],
            "What is wrong": [shown(problem.reason, 300) for problem in problems],
            "Fact": [problem.fact for problem in problems],
        }
        _table(columns, "Facts that were left out of the graph")
    else:
        st.html('<p class="kg-note">Every recorded fact is in the graph.</p>')


def _head(snapshot: Snapshot, counts: dict[str, int]) -> None:
    published = str(snapshot.version.info.get("published", ""))[:16].replace("T", " ")
    tiles = {
        "Documents": counts["documents"],
        "Facts": counts["facts"],
        "Entities": len(snapshot.entities),
        "No longer said": counts["closed"],
        "Triples": len(snapshot.store),
    }
    shown_tiles = "".join(
        f'<div class="kg-tile"><span>{title}</span><b>{count:,}</b></div>' for title, count in tiles.items()
    )
    st.html(
        f'<div class="kg-head"><h2>What the graph is made of</h2></div><p class="kg-sub">Version '
        f"{snapshot.version.number}, published {as_html(published)} UTC, home {as_html(str(home().path))}</p>"
        f'<div class="kg-tiles" style="margin-top:.8rem">{shown_tiles}</div>'
    )


def _kinds(counts: Counter[str]) -> None:
    shown_kinds = "".join(
        f'<span class="kg-kind">{cards.swatch(kind.colour)} {as_html(cards.capital(kind.label))} '
        f"<b>{counts[kind.name]:,}</b></span>"
        for kind in ontology.kinds().values()
        if counts[kind.name]
    )
    st.html(f'<div class="kg-section">Facts by kind</div><div class="kg-kinds">{shown_kinds}</div>')


def _documents(found: list[tuple[details.Document, Counter[str]]]) -> None:
    st.html(f'<div class="kg-section">Documents · {len(found)}</div>')
    columns = {
        "Title": [shown(document.title, 160) for document, _ in found],
        "Publisher": [shown(document.publisher, 80) for document, _ in found],
        "Published": [document.issued for document, _ in found],
        "Facts": [counts.total() for _, counts in found],
        "Events": [_events(counts) for _, counts in found],
        "Source": [shown(document.source, 160) for document, _ in found],
    }
    _table(columns, "Documents with their facts")


def _events(counts: Counter[str]) -> int:
    return sum(count for name, count in counts.items() if ontology.kind(name).family == "event")


def _table(columns: dict[str, Any], alt: str) -> None:
    rows = len(next(iter(columns.values())))
    st.dataframe(columns, hide_index=True, row_height=_ROW, height=min(40 + _ROW * rows, 560), alt=alt)


if __name__ == "__main__":
    page()
