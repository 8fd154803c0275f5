"""The Paths page: how two entities are connected, in sentences with footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import streamlit as st

from kg import network
from kg.explorer import cards, drawing, finder, looks, picture, routes, scene, states, ways
from kg.explorer.plain import as_html, as_markdown, shown
from kg.explorer.routes import Route
from kg.explorer.scene import Scene
from kg.explorer.snapshot import Snapshot
from kg.explorer.view import long, short
from kg.network import Entity, Item

HOPS = 4
MOST = 5
#: What nearly everything in a market has in common.
_COMMON = ("Market", "Region", "Country")
_MOST_EXAMPLES = 4


def page() -> None:
    """The page; `a` and `b` in its address name the two ends, with `hubs=yes` ways may lead through markets."""
    snapshot = states.opened()
    ends = [long(st.query_params.get(name), snapshot.base) for name in "ab"]
    hubs = st.query_params.get("hubs") == "yes"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for name, end, told in zip("ab", ends, ("From …", "To …"), strict=True):
            with st.container(width=360):
                finder.show(snapshot, ways.into(snapshot, name), key=f"path {name}", value=end, placeholder=told)
        st.button("Swap", on_click=_swap, disabled=not all(ends))
        st.session_state["hubs"] = hubs
        st.toggle("Also through markets and regions", key="hubs", on_change=_allow)
    missing = [end for end in ends if end and end not in snapshot.graph]
    if missing:
        states.unknown(snapshot, missing[0], ways.into(snapshot, "a" if missing[0] == ends[0] else "b"))
    elif ends[0] is None or ends[1] is None:
        _welcome(snapshot)
    elif ends[0] == ends[1]:
        states.note("Both ends are the same", "Choose two different names above.")
    else:
        _connected(snapshot, ends[0], ends[1], hubs=hubs)


def _swap() -> None:
    a, b = st.query_params["a"], st.query_params["b"]
    st.query_params.update(a=b, b=a)


def _allow() -> None:
    ways.put("hubs", "yes" if st.session_state["hubs"] else None)


def _welcome(snapshot: Snapshot) -> None:
    states.note(
        "How are two of them connected?",
        "Choose two names: companies, products, people, segments. You get up to five ways between them, each in "
        "sentences with footnotes. What connects everything (a market, a region) is left out unless you ask for it.",
    )
    pairs = list(islice(_examples(snapshot), _MOST_EXAMPLES))
    if pairs:
        st.html('<div class="kg-section">For example</div>')
    for a, b in pairs:
        label = f"{as_markdown(a.label, 40)} – {as_markdown(b.label, 40)}"
        values = {name: short(entity.iri, snapshot.base) for name, entity in (("a", a), ("b", b))}
        st.button(label, key=f"pair {a.iri}", on_click=lambda values=values: st.query_params.update(values))


def _examples(snapshot: Snapshot) -> Iterator[tuple[Entity, Entity]]:
    """Pairs of well-connected companies that lie two hops from each other."""
    for company in snapshot.of_type("Company")[:30]:
        near = network.neighbourhood(snapshot.graph, company.iri, hops=2, crossed=_is_telling)
        for iri, hop in near.items():
            other = network.item(snapshot.graph, iri)
            if hop == 2 and isinstance(other, Entity) and other.type == "Company":
                yield company, other
                break


def _is_telling(item: Item) -> bool:
    return not (isinstance(item, Entity) and item.type in _COMMON)


def _connected(snapshot: Snapshot, a: str, b: str, *, hubs: bool) -> None:
    through = (lambda _: True) if hubs else _is_telling
    found = network.paths(snapshot.graph, a, b, hops=HOPS, most=MOST, through=through)
    names = " and ".join(shown(snapshot.names.get(iri, iri), 100) for iri in (a, b))
    if not found:
        more = "" if hubs else " Allow ways through markets and regions to see what they have in common."
        states.note("No connection found", f"Nothing connects {names} within {HOPS} hops.{more}")
        return
    told = [routes.route(snapshot.graph, snapshot.store, path) for path in found]
    counted = "1 way" if len(told) == 1 else f"{len(told)} ways"
    st.html(f'<div class="kg-head"><h2>{counted} between {as_html(names)}</h2></div>')
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        for number, each in enumerate(told, 1):
            st.html(_card(number, each))
    with right:
        _picture(snapshot, a, told)
        text = routes.memo(told)
        with st.expander("For a memo: sentences with footnotes", expanded=False):
            st.code(text, language=None, wrap_lines=True)
        st.download_button("Save as text", text, "paths.txt", "text/plain", on_click="ignore")


def _card(number: int, each: Route) -> str:
    chain = [_chip(each.legs[0][0].source), *(_chip(leg.target) for leg, _ in each.legs)]
    sentences = []
    for leg, evidence in each.legs:
        names = [name for end in (leg.source, leg.target) for name in (end.label, *end.aliases)]
        quote = cards.evidence_card(evidence, names) if evidence else ""
        sentences.append(f"<details><summary>{as_html(leg.text)}</summary>{quote}</details>")
    return (
        f'<div class="kg-path"><div class="kg-chain"><span class="kg-number">{number}</span>'
        f"{'<i>→</i>'.join(chain)}</div>{''.join(sentences)}</div>"
    )


def _chip(entity: Entity) -> str:
    return f'<span class="kg-chip">{cards.swatch(looks.look(entity).colour)} {as_html(entity.label, 60)}</span>'


def _picture(snapshot: Snapshot, a: str, told: list[Route]) -> None:
    nodes = tuple(dict.fromkeys(iri for each in told for iri in each.path.nodes))
    edges = {edge.id: edge for each in told for edge in each.path.edges}
    legend = scene.legend(snapshot.graph, nodes)
    union = Scene(centre=a, nodes=nodes, edges=tuple(edges.values()), total=len(nodes), more={}, legend=legend)
    layout = f"{snapshot.version.number} {nodes}"
    picture.plain(drawing.elements(snapshot.graph, union), drawing.legend(union), layout=layout, key="paths")


if __name__ == "__main__":
    page()
