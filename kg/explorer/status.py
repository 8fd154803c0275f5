"""The Status page: documents and what each gave, what did not pass the checks, runs and published versions."""

from __future__ import annotations

from collections import Counter
from typing import Any

import streamlit as st

import ontology
from kg.explorer import cards, details, runs, states
from kg.explorer.plain import as_html, shown
from kg.explorer.runs import Run
from kg.explorer.snapshot import Snapshot, home
from kg.ledger import Ledger

_ROW = 34
_MOST = 2000


def page() -> None:
    """The page; it needs no address of its own."""
    snapshot = states.opened()
    found = snapshot.documents
    kinds: Counter[str] = Counter()
    for _, counts in found:
        kinds.update(counts)
    with Ledger(home().ledger) as ledger:
        totals, problems, done = ledger.counts(), ledger.problems(), runs.runs(ledger)
        behind = ledger.number() - int(str(snapshot.version.info["change"]))
    _head(snapshot, totals, behind)
    _kinds(kinds)
    _documents(found)
    st.html(f'<div class="kg-section">Facts that did not pass validation · {len(problems):,}</div>')
    if problems:
        columns = {
            "Document": [shown(problem.document, 120) for problem in problems[:_MOST]],
            "What is wrong": [shown(problem.reason, 300) for problem in problems[:_MOST]],
            "Fact": [problem.fact for problem in problems[:_MOST]],
        }
        _table(columns, "Facts that were left out of the graph")
    else:
        st.html('<p class="kg-note">Every recorded fact is in the graph.</p>')
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        _runs(done)
    with right:
        _versions(snapshot)


def _runs(done: list[Run]) -> None:
    st.html(f'<div class="kg-section">Runs · {len(done):,}</div>')
    columns = {
        "Run": [run.number for run in done[:_MOST]],
        "Began (UTC)": [run.started[:19].replace("T", " ") for run in done[:_MOST]],
        "What": [shown(run.what, 80) for run in done[:_MOST]],
        "Changes": [run.changes for run in done[:_MOST]],
    }
    if done:
        _table(columns, "Runs, the latest first")


def _versions(snapshot: Snapshot) -> None:
    folders = [each for each in home().versions.iterdir() if each.name.isdigit()]
    numbers = sorted((int(each.name) for each in folders), reverse=True)
    st.html(f'<div class="kg-section">Published versions kept · {len(numbers):,}</div>')
    shown_now = {"Version": numbers, "Shown": ["here" if n == snapshot.version.number else "" for n in numbers]}
    _table(shown_now, "Published versions that are kept")


def _head(snapshot: Snapshot, counts: dict[str, int], behind: int) -> None:
    published = str(snapshot.version.info.get("published", ""))[:16].replace("T", " ")
    figures = {
        "Documents": counts["documents"],
        "Facts": counts["facts"],
        "Entities": len(snapshot.entities),
        "No longer said": counts["closed"],
        "Triples": len(snapshot.store),
        "Changes not shown yet": behind,
    }
    tiles = cards.tiles((title, f"{count:,}", "") for title, count in figures.items())
    st.html(
        f'<div class="kg-head"><h2>What the graph is made of</h2></div><p class="kg-sub">Version '
        f"{snapshot.version.number}, published {as_html(published)} UTC, home {as_html(str(home().path))}</p>"
        f'<div style="height:0.8rem"></div>{tiles}'
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
    st.html(f'<div class="kg-section">Documents · {len(found):,}</div>')
    columns = {
        "Title": [shown(document.title, 160) for document, _ in found[:_MOST]],
        "Publisher": [shown(document.publisher, 80) for document, _ in found[:_MOST]],
        "Published": [document.issued for document, _ in found[:_MOST]],
        "Facts": [counts.total() for _, counts in found[:_MOST]],
        "Events": [_events(counts) for _, counts in found[:_MOST]],
        "Source": [shown(document.source, 160) for document, _ in found[:_MOST]],
    }
    _table(columns, "Documents with their facts")


def _events(counts: Counter[str]) -> int:
    return sum(count for name, count in counts.items() if ontology.kind(name).family == "event")


def _table(columns: dict[str, Any], alt: str) -> None:
    rows = len(next(iter(columns.values())))
    st.dataframe(columns, hide_index=True, row_height=_ROW, height=min(40 + _ROW * rows, 560), alt=alt)


if __name__ == "__main__":
    page()
