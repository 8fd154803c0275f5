"""An answer as table, graph or chart, as the address says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any

import altair as alt
import streamlit as st

from kg.explorer import asking, exports, looks, picture, scene, states
from kg.explorer.asking import Answer
from kg.explorer.plain import shown
from kg.explorer.snapshot import Snapshot
from kg.explorer.view import short

FORMS = ("table", "graph", "chart")
MOST_ROWS = 5000
MOST_BARS = 60
_ROW = 34
_PLAIN = {"colour": "#8899aa", "glyph": "ellipse"}


def show(snapshot: Snapshot, answer: Answer, name: str) -> None:
    """The answer in the form of the address (`as`), with the buttons to choose another and to save it."""
    if not answer.rows:
        states.note("The answer is empty", "Nothing in the graph fits. Other spellings or fewer conditions may help.")
        return
    form = st.query_params.get("as", FORMS[0])
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="exports"):
        st.session_state["form"] = form if form in FORMS else FORMS[0]
        st.segmented_control(
            "Shown as",
            FORMS,
            key="form",
            required=True,
            label_visibility="collapsed",
            format_func=str.capitalize,
            on_change=lambda: st.query_params.update({"as": st.session_state["form"]}),
        )
        more = f" · the first {MOST_ROWS:,} are shown" if len(answer.rows) > MOST_ROWS else ""
        st.html(f'<div class="kg-section">{_counted(answer)}{more}</div>')
        exports.csv_button(name, answer.columns, lambda: answer.rows)
    {"graph": _graph, "chart": _chart}.get(form, _table)(snapshot, answer)


def _counted(answer: Answer) -> str:
    return "1 row" if len(answer.rows) == 1 else f"{len(answer.rows):,} rows"


def _table(snapshot: Snapshot, answer: Answer) -> None:
    numeric = set(asking.numbers(answer))
    columns = {
        name: [_cell(snapshot, row[at], numeric=name in numeric) for row in answer.rows[:MOST_ROWS]]
        for at, name in enumerate(answer.columns)
    }
    height = min(40 + _ROW * min(len(answer.rows), MOST_ROWS), 620)
    st.dataframe(columns, hide_index=True, row_height=_ROW, height=height, alt=", ".join(answer.columns))


def _cell(snapshot: Snapshot, text: str, *, numeric: bool) -> Any:
    if numeric:
        return float(text) if text else None
    return shown(short(text, snapshot.base), 400)


def _choice(label: str, name: str, options: Sequence[str], usual: str) -> str:
    """A column that the reader chooses; the address has it."""
    asked = st.query_params.get(name, usual)
    st.session_state[f"column {name}"] = asked if asked in options else usual
    chosen = st.selectbox(
        label,
        options,
        key=f"column {name}",
        width=220,
        on_change=lambda: st.query_params.update({name: st.session_state[f"column {name}"]}),
    )
    return str(chosen)


def _graph(snapshot: Snapshot, answer: Answer) -> None:
    columns = list(answer.columns)
    if len(columns) < 2:
        states.note("One column makes no graph", "Ask for two columns at least, or look at the table.")
        return
    ends = ("subject", "object") if answer.graph else _names(snapshot, answer)
    with st.container(horizontal=True, gap="small"):
        source = _choice("From", "from", columns, ends[0])
        target = _choice("To", "to", columns, ends[1])
    a, b = columns.index(source), columns.index(target)
    pairs = dict.fromkeys((row[a], row[b]) for row in answer.rows if row[a] and row[b] and row[a] != row[b])
    nodes = list(islice(dict.fromkeys(end for pair in pairs for end in pair), scene.MOST_NODES))
    kept = set(nodes)
    drawn = [pair for pair in pairs if kept.issuperset(pair)]
    degrees = Counter(end for pair in drawn for end in pair)
    elements = [{"data": _node(snapshot, text, degrees[text])} for text in nodes]
    elements += [{"data": _line(at, *pair)} for at, pair in enumerate(drawn)]
    picture.plain(elements, [], layout=f"{source} {target} {hash(tuple(drawn))}", key="answer")
    if len(drawn) < len(pairs):
        st.html(f'<p class="kg-note">{len(drawn):,} of {len(pairs):,} pairs are drawn.</p>')


def _names(snapshot: Snapshot, answer: Answer) -> tuple[str, str]:
    """The two columns that most likely name entities: those with most different texts that are labels."""
    labels = {label.casefold() for label in snapshot.names.values()}
    rated = []
    for at, name in enumerate(answer.columns):
        cells = [row[at] for row in answer.rows[:200]]
        rated.append((-sum(cell.casefold() in labels or cell in snapshot.graph for cell in cells), at, name))
    first, second = sorted(sorted(rated)[:2], key=lambda each: each[1])
    return first[2], second[2]


def _node(snapshot: Snapshot, text: str, degree: int) -> dict[str, Any]:
    entity = snapshot.entities.get(text)
    face = looks.look(entity) if entity else None
    name = entity.label if entity else short(text, snapshot.base)
    return {
        "id": f"n {text}",
        "name": shown(name, 120),
        "caption": shown(name, 56),
        "kind": face.label if face else "value",
        "colour": face.colour if face else _PLAIN["colour"],
        "glyph": face.glyph if face else _PLAIN["glyph"],
        "size": 22 + min(18, 3 * degree),
    }


def _line(at: int, source: str, target: str) -> dict[str, Any]:
    ends = {"source": f"n {source}", "target": f"n {target}"}
    return {"id": f"e{at}", **ends, "caption": "", "width": 1.6, "arrow": True, "weak": False, "inferred": False}


def _chart(snapshot: Snapshot, answer: Answer) -> None:
    numeric, columns = list(asking.numbers(answer)), list(answer.columns)
    if not numeric or len(columns) < 2:
        states.note("There is nothing to chart", "A chart needs a column of numbers and another beside it.")
        return
    with st.container(horizontal=True, gap="small"):
        value = _choice("Value", "y", numeric, numeric[-1])
        by = _choice("By", "x", columns, next(name for name in columns if name != value))
    y, x = columns.index(value), columns.index(by)
    rows = [{"By": shown(short(row[x], snapshot.base), 60), "Value": float(row[y])} for row in answer.rows if row[y]][
        :MOST_BARS
    ]
    bars = alt.Chart(alt.InlineData(values=rows)).mark_bar(color="#0072B2", cornerRadiusEnd=3)
    chart = bars.encode(
        y=alt.Y("By:N", title=None, sort=None, axis=alt.Axis(labelLimit=260)),
        x=alt.X("Value:Q", title=shown(value, 60)),
        tooltip=["By:N", "Value:Q"],
    )
    st.altair_chart(chart.properties(height=max(120, 24 * len({row["By"] for row in rows}))), alt=f"{value} by {by}")
