"""The choice of deals: its address, and the row of filters that changes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

import ontology
from kg.explorer import cards, span
from kg.explorer.dealings import Choice
from kg.explorer.plain import shown
from kg.explorer.snapshot import Snapshot
from kg.explorer.view import period, short

_MOST_PARTS = 300


def from_query(query: Mapping[str, str], base: str) -> Choice:
    """The choice of an address; what it says that cannot be is passed over."""
    words = {name: query.get(name, "").split() for name in "ksw"}
    kinds = {name for name, kind in ontology.kinds().items() if kind.family == "event"}
    return Choice(
        kinds=frozenset(words["k"]) & kinds,
        statuses=frozenset(words["s"]) & set(ontology.STATUSES),
        period=period(query.get("d")),
        within=tuple(dict.fromkeys(base + each for each in words["w"])),
        party=query.get("q", "")[:200],
        inferred=query.get("i") == "yes",
    )


def to_query(choice: Choice, base: str) -> dict[str, str]:
    """The address of a choice; what is as usual is left out."""
    words = {
        "k": " ".join(sorted(choice.kinds)),
        "s": " ".join(sorted(choice.statuses)),
        "d": "..".join(choice.period) if any(choice.period) else "",
        "w": " ".join(short(each, base) for each in choice.within),
        "q": choice.party,
        "i": "yes" if choice.inferred else "",
    }
    return {name: value for name, value in words.items() if value}


def _change(snapshot: Snapshot, name: str, made: Callable[[Any], Any]) -> Callable[[], None]:
    def change() -> None:
        now = from_query(st.query_params.to_dict(), snapshot.base)
        new = replace(now, **{name: made(st.session_state[f"deals {name}"])})
        st.query_params.from_dict(to_query(new, snapshot.base))

    return change


def show(snapshot: Snapshot, choice: Choice) -> None:
    """The filters of a choice; a change of one changes the address."""
    kinds = Counter(deal.event.kind for deal in snapshot.deals)
    statuses = Counter(deal.event.status for deal in snapshot.deals)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
        _many(snapshot, "Kind", "kinds", choice.kinds, _by_count(kinds, _label))
        made = _change(snapshot, "period", lambda ends: span.chosen(snapshot.years, ends))
        span.slider("Years", snapshot.years, choice.period, key="deals period", on_change=made, width=230)
        _many(snapshot, "Segment, region, market", "within", choice.within, _parts(snapshot, choice), tuple)
        _many(snapshot, "Status", "statuses", choice.statuses, _by_count(statuses, str))
        st.session_state["deals party"] = choice.party
        st.text_input(
            "Party",
            key="deals party",
            placeholder="Part of a name",
            on_change=_change(snapshot, "party", str.strip),
            width=190,
        )
        st.session_state["deals inferred"] = choice.inferred
        st.toggle("By inference too", key="deals inferred", on_change=_change(snapshot, "inferred", bool))


def _label(kind: str) -> str:
    return cards.capital(ontology.kind(kind).label)


def _by_count(counts: Counter[str], told: Callable[[str], str]) -> dict[str, str]:
    return {name: f"{told(name)} · {count:,}" for name, count in counts.most_common()}


def _many(
    snapshot: Snapshot,
    label: str,
    name: str,
    chosen: Any,
    options: dict[str, str],
    made: Callable[[Any], Any] = frozenset,
) -> None:
    st.session_state[f"deals {name}"] = [each for each in options if each in chosen]
    st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=f"deals {name}",
        placeholder="Any",
        on_change=_change(snapshot, name, made),
        width=250,
    )


def _parts(snapshot: Snapshot, choice: Choice) -> dict[str, str]:
    """The parts of markets that deals touch, those of most deals first, and those that are chosen anyhow."""
    counts = Counter(part for deal in snapshot.deals for part in deal.parts)
    found = dict.fromkeys([*choice.within, *(iri for iri, _ in counts.most_common(_MOST_PARTS))])
    return {iri: f"{shown(snapshot.names.get(iri, iri), 60)} · {counts[iri]:,}" for iri in found}
