"""The Dossier page: all about one entity, or two side by side, to be read, printed and taken along."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import altair as alt
import streamlit as st

from kg import judgements
from kg.explorer import cards, dossiers, exports, finder, looks, printing, states, ways, welcome
from kg.explorer.dossiers import Dossier, Line, Section
from kg.explorer.plain import as_html
from kg.explorer.snapshot import Snapshot, home
from kg.explorer.view import long, short
from kg.judgements import Entry
from kg.ledger import Ledger

_STARTS = ("Company", "Product", "Segment", "Region", "Publisher", "Person")
_OPEN = 8


def page() -> None:
    """The page; `e` in its address names the entity, `vs` the one that it is compared with."""
    ways.follow()
    snapshot = states.opened()
    chosen = {name: long(st.query_params.get(name), snapshot.base) for name in ("e", "vs")}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name, told in (("e", "Dossier of …"), ("vs", "Compare with …")):
            if name == "e" or chosen["e"]:
                with st.container(width=380):
                    go = ways.into(snapshot, name)
                    finder.show(snapshot, go, key=f"dossier {name}", value=chosen[name], placeholder=told)
        if chosen["vs"]:
            st.button("Only one", on_click=_only_one, type="tertiary")
    if chosen["e"] is None:
        _welcome(snapshot)
        return
    wanted = [iri for iri in chosen.values() if iri]
    missing = [(name, iri) for name, iri in chosen.items() if iri and iri not in snapshot.entities]
    if missing:
        states.unknown(snapshot, missing[0][1], ways.into(snapshot, missing[0][0]))
        return
    log = _log()
    made = [dossiers.build(snapshot, iri, log) for iri in dict.fromkeys(wanted)]
    _tools(snapshot, made)
    if len(made) == 1:
        _one(snapshot, made[0])
    else:
        _two(snapshot, made)


def _only_one() -> None:
    st.query_params.pop("vs", None)


def _log() -> list[Entry]:
    with Ledger(home().ledger) as ledger:
        return judgements.log(ledger)


def _welcome(snapshot: Snapshot) -> None:
    states.note(
        "All about one name, on one page",
        "Deals, partners, people, markets, figures, mentions over time, spellings and who is who; two of them side "
        "by side; to be saved as Markdown or printed, with footnotes.",
    )
    for name in _STARTS:
        welcome.starts(snapshot, name, ways.into(snapshot, "e"))


def _tools(snapshot: Snapshot, made: list[Dossier]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="exports"):
        name = short(made[0].entity.iri, snapshot.base).rpartition("/")[2][:60] or "dossier"
        exports.button("Save as Markdown", f"{name}.md", "text/markdown", lambda: printing.as_text(made))
        exports.button("Save to print (HTML, PDF)", f"{name}.html", "text/html", lambda: printing.as_page(made))
        first = {"e": short(made[0].entity.iri, snapshot.base)}
        st.page_link(ways.EXPLORE, label="As a picture", query_params=first)
        if len(made) == 2:
            ends = {"a": first["e"], "b": short(made[1].entity.iri, snapshot.base)}
            st.page_link(ways.PATHS, label="How they are connected", query_params=ends)
        elif made[0].entity.type == "Market":
            st.page_link(ways.MARKET, label="Sizes and forecasts", query_params={"m": first["e"]})


def _head(each: Dossier) -> None:
    face = looks.look(each.entity)
    st.html(
        f'<div class="kg-head kg-welcome"><h2>{cards.swatch(face.colour)} {as_html(each.entity.label, 200)}</h2>'
        f"{cards.badge(face.label)}</div>"
    )
    tiles = [("Documents that name it", f"{each.documents:,}", each.reach)]
    tiles += [(section.title, f"{section.total:,}", _latest(section)) for section in each.sections[:5]]
    st.html(cards.tiles(tiles))


def _latest(section: Section) -> str:
    dates = [line.date for line in section.lines if line.date]
    return f"latest {max(dates)}" if dates else ""


def _one(snapshot: Snapshot, each: Dossier) -> None:
    _head(each)
    long_ones, short_ones = _halves(each.sections)
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        _sections(snapshot, long_ones)
    with right:
        _mentions(each)
        _sections(snapshot, short_ones)


def _halves(sections: Iterable[Section]) -> tuple[list[Section], list[Section]]:
    """Sections whose lines have sentences, and the others."""
    found = list(sections)
    told = [section for section in found if any(line.evidence for line in section.lines)]
    return told, [section for section in found if section not in told]


def _two(snapshot: Snapshot, made: list[Dossier]) -> None:
    common = dossiers.in_common(*made)
    st.html('<div class="kg-section">In common</div>')
    if common:
        for section in common:
            names = "".join(f'<span class="kg-chip">{as_html(line.text, 120)}</span>' for line in section.lines)
            st.html(f'<div class="kg-common"><b>{as_html(section.title)}</b>{names}</div>')
    else:
        st.html('<p class="kg-note">They share no deal, partner, person, product or market.</p>')
    for column, each in zip(st.columns(2, gap="large"), made, strict=True):
        with column:
            _head(each)
            _mentions(each)
            _sections(snapshot, each.sections)


def _mentions(each: Dossier) -> None:
    if len(each.mentions) < 2:
        return
    st.html('<div class="kg-section">Mentions over time · documents a month</div>')
    rows = [{"Month": f"{month}-01-01"[:10], "Documents": count} for month, count in each.mentions.items()]
    chart = alt.Chart(alt.InlineData(values=rows)).mark_bar(color="#0072B2", width={"band": 0.8})
    encoded = chart.encode(
        x=alt.X("Month:T", timeUnit="yearmonth", title=None),
        y=alt.Y("Documents:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d")),
        tooltip=["Month:T", "Documents:Q"],
    )
    st.altair_chart(encoded.properties(height=130), alt="Documents that name it, by month")


def _sections(snapshot: Snapshot, sections: Iterable[Section]) -> None:
    for section in sections:
        lines = [_line(snapshot, line) for line in islice(section.lines, _OPEN)]
        rest = [_line(snapshot, line) for line in islice(section.lines, _OPEN, None)]
        more = (
            f'<details class="kg-rest"><summary>{len(rest)} more</summary>{"".join(rest)}</details>' if rest else ""
        )
        left_out = section.total - len(section.lines)
        note = f'<p class="kg-note">{left_out:,} further ones are left out here.</p>' if left_out else ""
        title = f'<div class="kg-section">{as_html(section.title)} · {section.total:,}</div>'
        st.html(f"{title}{''.join(lines)}{more}{note}")


def _line(snapshot: Snapshot, line: Line) -> str:
    entity = snapshot.entities.get(line.iri)
    dot = cards.swatch(looks.look(entity).colour) if entity else ""
    head = (
        f"{dot}<span>{as_html(line.text, 300)}</span>{cards.status_badge(line.status)}"
        f'<span class="kg-when">{as_html(line.date)}</span>'
    )
    if not line.evidence:
        return f'<div class="kg-line">{head}</div>'
    quotes = "".join(cards.evidence_card(each) for each in line.evidence)
    return f'<details class="kg-line"><summary>{head}</summary>{quotes}</details>'


if __name__ == "__main__":
    page()
