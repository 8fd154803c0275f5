"""The panel beside the picture: what is known of the picked entity, event or relation, with its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import groupby

import streamlit as st

from kg import network
from kg.explorer import cards, details, ways
from kg.explorer.details import Fact, Link
from kg.explorer.looks import look
from kg.explorer.plain import as_html, as_markdown, shown
from kg.explorer.scene import Scene
from kg.explorer.snapshot import Snapshot
from kg.explorer.view import short
from kg.network import Edge, Entity, Event

MOST_FACTS = 200
FOLDED = 4
MOST_LINKS = 12
MOST_MARKETS = 2
MOST_OPENED = 5
_FAMILIES = {"event": "Events", "observation": "Figures", "statement": "Statements"}
Go = Callable[[str], None]


def show(snapshot: Snapshot, scene: Scene, picked: str | None, go: Go) -> None:
    """The panel for what is picked, for the centre where nothing is; `go` makes an entity the centre."""
    edge = next((each for each in scene.edges if each.id == picked), None)
    if edge is not None:
        _edge(snapshot, edge, go)
        return
    item = network.item(snapshot.graph, picked if picked and picked in snapshot.graph else scene.centre)
    if isinstance(item, Event):
        event(snapshot, item, go)
    else:
        _entity(snapshot, item, scene.centre, go)


def _entity(snapshot: Snapshot, entity: Entity, centre: str, go: Go) -> None:
    face = look(entity)
    also = ", ".join(shown(alias, 60) for alias in entity.aliases[:8])
    st.html(
        f'<div class="kg-head"><h2>{cards.swatch(face.colour)} {as_html(entity.label, 200)}</h2>'
        f"{cards.badge(face.label)}</div>" + (f'<p class="kg-sub">Also written {as_html(also)}</p>' if also else "")
    )
    facts, total = details.latest_facts(snapshot.store, entity.iri, MOST_FACTS)
    with st.container(horizontal=True, gap="small"):
        st.page_link(ways.DOSSIER, label="Dossier", query_params={"e": short(entity.iri, snapshot.base)})
        if entity.iri != centre:
            st.button("Make this the centre", on_click=go, args=(entity.iri,), key=f"go {entity.iri}")
        _market_links(snapshot, facts)
    touching = _touching(snapshot, entity.iri)
    if facts or touching:
        st.html(touching + _fact_list(snapshot, facts, total))
    else:
        st.html('<p class="kg-note">No document says more of it than its name.</p>')


def _market_links(snapshot: Snapshot, facts: list[Fact]) -> None:
    """The way to the forecasts of the markets that the facts speak of."""
    named = Counter(market for fact in facts if (market := fact.player("market")))
    for market, _ in named.most_common(MOST_MARKETS):
        label = f"Forecasts: {as_markdown(snapshot.names.get(market, market), 40)}"
        st.page_link(ways.MARKET, label=label, query_params={"m": short(market, snapshot.base)})


def _touching(snapshot: Snapshot, iri: str) -> str:
    """The events that touch an entity without naming it as a participant, those by inference folded."""
    links = details.links_to(snapshot.store, iri)
    parts = []
    for basis, title in (("stated", "Events that touch it"), ("inferred", "Events that touch it by inference")):
        chosen = [link for link in links if link.basis == basis]
        facts = [(link.reason, details.fact(snapshot.store, link.event)) for link in chosen[:MOST_FACTS]]
        told = [cards.fact_card([fact], snapshot.entities, why=why) for why, fact in facts if fact]
        if told and basis == "stated":
            parts.append(f'<div class="kg-section">{title} · {len(chosen)}</div>{"".join(told)}')
        elif told:
            parts.append(cards.fold(title, told))
    return "".join(parts)


def _fact_list(snapshot: Snapshot, facts: list[Fact], total: int) -> str:
    """The latest first within events, figures and statements; many of one kind fold into one line."""
    families = list(_FAMILIES)
    told = sorted(_grouped(snapshot, facts), key=lambda group: group[0].date, reverse=True)
    told.sort(key=lambda group: (families.index(group[0].kind.family), group[0].kind.order))
    parts = []
    for family, of_family in groupby(told, key=lambda group: group[0].kind.family):
        parts.append(f'<div class="kg-section">{_FAMILIES[family]}</div>')
        for kind, of_kind in groupby(of_family, key=lambda group: group[0].kind):
            found = [cards.fact_card(each, snapshot.entities, event=_event_of(snapshot, each)) for each in of_kind]
            parts.append(
                cards.fold(cards.capital(kind.label), found, kind.colour) if len(found) > FOLDED else "".join(found)
            )
    if total > len(facts):
        parts.append(f'<p class="kg-note">The latest {len(facts)} of {total} facts.</p>')
    return "".join(parts)


def _grouped(snapshot: Snapshot, facts: list[Fact]) -> list[list[Fact]]:
    """The statements of each fact together, those of events as the network has them."""
    groups: dict[object, list[Fact]] = {}
    for fact in facts:
        same = snapshot.told.get(fact.iri) or (fact.kind.name, fact.players, fact.value, fact.date, fact.label)
        groups.setdefault(same, []).append(fact)
    return list(groups.values())


def _event_of(snapshot: Snapshot, told: list[Fact]) -> Event | None:
    return snapshot.events.get(snapshot.told.get(told[0].iri, ""))


def event(snapshot: Snapshot, told: Event, go: Go, said: str = "") -> None:
    """What is known of an event: its parties, its statements, what it touches; `said` stands below its title."""
    face = look(told)
    st.html(
        f'<div class="kg-head"><h2>{cards.swatch(face.colour)} {as_html(told.label, 200)}</h2></div>'
        f'<div class="kg-head">{cards.badge(face.label)}{cards.status_badge(told.status)}'
        f'<span class="kg-when">{as_html(told.date)}</span></div>' + said
    )
    parties = [edge for edge in network.edges_of(snapshot.graph, told.iri) if edge.form == "role"]
    parties.sort(key=lambda edge: (edge.arrow, edge.target != told.iri))
    ends = [network.other_end(edge, told.iri) for edge in parties]
    _ways(snapshot, ends, go)
    _facts(snapshot, told.facts)
    links = _links(snapshot, told)
    if links:
        lines = "".join(cards.link_line(link, snapshot.entities) for link in links)
        st.html(f'<div class="kg-section">Touches</div><ul class="kg-touches">{lines}</ul>')
        _ways(snapshot, [link.target for link in links if link.target not in ends], go)


def _links(snapshot: Snapshot, event: Event) -> list[Link]:
    """What the event touches, stated links first, each target once."""
    links = [link for fact in event.facts for link in details.links_of(snapshot.store, fact)]
    told = {link.target: link for link in sorted(links, key=lambda link: link.basis != "stated", reverse=True)}
    return sorted(told.values(), key=lambda link: (link.basis != "stated", link.target))[:MOST_LINKS]


def _ways(snapshot: Snapshot, iris: list[str], go: Go) -> None:
    """Buttons that make an entity the centre."""
    with st.container(horizontal=True, gap="small"):
        for iri in list(dict.fromkeys(iris))[:MOST_LINKS]:
            st.button(
                as_markdown(snapshot.names.get(iri, iri), 40),
                on_click=go,
                args=(iri,),
                key=f"way {iri}",
            )


def _edge(snapshot: Snapshot, edge: Edge, go: Go) -> None:
    ends = [network.item(snapshot.graph, iri) for iri in (edge.source, edge.target)]
    told = next((end for end in ends if isinstance(end, Event)), None)
    if told is None:
        _statement(snapshot, edge, ends, go)
        return
    party = next(end for end in ends if end is not told)
    why = "is touched by it" if edge.form == "link" else f"takes part as {edge.phrase}"
    event(snapshot, told, go, f'<p class="kg-sub"><b>{as_html(party.label, 120)}</b> {as_html(why)}</p>')


def _statement(snapshot: Snapshot, edge: Edge, ends: list[Entity | Event], go: Go) -> None:
    source, target = (as_html(end.label, 120) for end in ends)
    st.html(
        f'<div class="kg-head"><h2>{source} <span class="kg-why">{as_html(edge.phrase)}</span> {target}</h2>'
        f"{cards.status_badge(edge.status)}</div>"
    )
    _ways(snapshot, [end.iri for end in ends], go)
    _facts(snapshot, edge.facts)


def _facts(snapshot: Snapshot, iris: tuple[str, ...]) -> None:
    facts = [fact for fact in (details.fact(snapshot.store, iri) for iri in iris[:MOST_FACTS]) if fact]
    documents = {each.document.iri for fact in facts for each in fact.evidence}
    said = "One document says so" if len(documents) == 1 else f"{len(documents)} documents say so"
    shown_facts = "".join(
        cards.fact_card([fact], snapshot.entities, opened=at < MOST_OPENED) for at, fact in enumerate(facts)
    )
    st.html(f'<div class="kg-section">{said}</div>{shown_facts}')
