"""The Inbox page: what a document would change before it is taken in, and what waits for a person to decide."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kg.changes import KINDS, Change
from kg.explorer import cards, previews, reviewing, states
from kg.explorer.changes import label
from kg.explorer.plain import as_html, shown
from kg.explorer.snapshot import home
from kg.home import Home
from kg.proposals import FAMILIES, Proposal
from ontology.errors import KgError

_TABS = {"new": "New document", "names": "Names that may be one", "facts": "Facts that are not sure"}
_NEW = {
    "deal": "new",
    "player": "new",
    "fact": "new",
    "status": "changed",
    "figure": "conflicting or changed",
    "told": "known already",
    "gone": "gone",
    "identity": "changed",
}
_DONE = "decided"
_LATER = "put off"
_REFUSAL = "why a document was not taken in"


def page() -> None:
    """The page; `t` in its address is new, names or facts, `doc` a document of the inbox."""
    snapshot = states.opened()
    tab = st.query_params.get("t", "new")
    st.session_state["tab"] = tab if tab in _TABS else "new"
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.segmented_control(
            "What to look at",
            list(_TABS),
            format_func=_TABS.__getitem__,
            key="tab",
            required=True,
            label_visibility="collapsed",
            on_change=lambda: st.query_params.from_dict({"t": st.session_state["tab"]}),
        )
        _undo()
    place = home()
    if not reviewing.may_decide(place):
        states.note("You are signed in as a viewer", "Reviewers take documents in and decide; kg.toml names them.")
        return
    if tab == "names":
        _names(place)
    elif tab == "facts":
        _facts(place)
    else:
        _document(place, snapshot.version.number)


def _undo() -> None:
    done: list[int] = st.session_state.setdefault(_DONE, [])
    if not done:
        return

    def back() -> None:
        reviewing.undo(home(), done.pop())

    st.button(f"Undo the last of {len(done)}", on_click=back, shortcut="z", type="tertiary")


# ---------------------------------------------------------------- a document


def _document(place: Home, number: int) -> None:
    path = previews.kept(place, st.query_params.get("doc", ""))
    left, right = st.columns([1, 1.6], gap="large")
    with left:
        _lay_in(place)
    with right:
        if path is None:
            states.note(
                "See what a document would change",
                "Upload or paste a press release or report, or give its address. It is read and compared "
                "with the graph; nothing is taken in before you say so.",
            )
        else:
            _preview(place, path, number)


def _lay_in(place: Home) -> None:
    with st.form("lay in", border=False):
        types = [suffix[1:] for suffix in previews.SUFFIXES]
        file = st.file_uploader("A document", type=types, max_upload_size=previews.LARGEST >> 20)
        address = st.text_input("or its address", placeholder="https://", max_chars=2000)
        text = st.text_area("or its text", height=200, placeholder="Paste a press release", max_chars=400_000)
        if st.form_submit_button("See what it would change", type="primary"):
            try:
                st.query_params.from_dict({"doc": _kept(place, file, address, text)})
            except KgError as error:
                st.html(f'<p class="kg-check kg-disagrees">{as_html(str(error))}</p>')
                return
            st.rerun()


def _kept(place: Home, file: UploadedFile | None, address: str, text: str) -> str:
    """The name that the inbox gives to what was laid in: a file before an address, an address before a text."""
    if file:
        return previews.keep(place, file.name, file.getvalue())
    if address.strip():
        with st.spinner("Fetching"):
            return previews.fetch(place, address)
    return previews.keep(place, "pasted.txt", text.encode())


@st.cache_data(max_entries=64, show_spinner="Reading and comparing")
def _compared(home_path: str, path: str, number: int) -> list[Change]:  # noqa: ARG001 # the cache goes by the number
    return previews.compare(Home(Path(home_path)), Path(path))


def _preview(place: Home, path: Path, number: int) -> None:
    if st.session_state.get("taken") == path.name:
        _taken(place, path)
        return
    try:
        found = _compared(str(place.path), str(path), number)
    except KgError as error:
        states.note("The document cannot be read", str(error))
        return
    if not found:
        states.note("It would change nothing", "All that is read in it is known already from the same document.")
        return
    st.html(f'<div class="kg-head"><h2>What {as_html(path.name, 80)} would change</h2></div>')
    refused: set[str] = set()
    for kind, members in groupby(found, key=lambda each: each.kind):
        st.html(f'<div class="kg-section">{KINDS[kind]} {cards.badge(_NEW[kind])}</div>')
        for at, each in enumerate(members):
            if not _ticked(each, f"{path.name} {kind} {at}"):
                refused |= set(each.facts)
    st.html("<div style='height:0.4rem'></div>")
    if _REFUSAL in st.session_state:
        st.html(f'<p class="kg-check kg-disagrees">{as_html(st.session_state.pop(_REFUSAL))}</p>')
    label_ = "Take it in" if not refused else f"Take it in without {len(refused)} of its facts"
    st.button(label_, type="primary", on_click=_take_in, args=(place, path, refused))


def _ticked(each: Change, key: str) -> bool:
    ticked = st.checkbox(
        label(each), value=True, key=key, disabled=each.kind in ("gone", "identity") or not each.facts
    )
    if each.quote:
        st.html(f'<p class="kg-note kg-quoted">“{as_html(each.quote, 500)}”</p>')
    return ticked


def _take_in(place: Home, path: Path, refused: set[str]) -> None:
    try:
        previews.take_in(place, path)
        if refused:
            reviewing.decide(place, sorted(refused), "reject")
        st.session_state["taken"] = path.name
    except KgError as error:
        st.session_state[_REFUSAL] = str(error)


def _taken(place: Home, path: Path) -> None:
    states.note("Taken in", "The graph shows it now; what you left out is kept as rejected.")

    def back() -> None:
        previews.withdraw(place, path)
        st.session_state.pop("taken")

    with st.container(horizontal=True, gap="small"):
        st.page_link("kg/explorer/changes.py", label="What changed")
        st.button("Take it back", on_click=back, type="tertiary")


# ---------------------------------------------------------------- names and facts


def _names(place: Home) -> None:
    later: set[str] = st.session_state.setdefault(_LATER, set())
    waiting = [each for each in reviewing.names(place) if _key(each) not in later]
    if not waiting:
        states.note("No names wait", "Names that may be one appear here, with reasons, when documents bring them.")
        return
    each = waiting[0]
    left, right = (as_html(side, 160) for side in reviewing.sides(place, each))
    reasons = "".join(f"<li>{as_html(reason, 400)}</li>" for reason in each.reasons)
    arm = '<p class="kg-note">Rather a parent and its arm: related, but two.</p>' if each.arm else ""
    st.html(
        f'<p class="kg-note">{len(waiting):,} wait</p><div class="kg-pair"><span>{left}</span><i>and</i>'
        f"<span>{right}</span></div><ul class='kg-touches'>{reasons}</ul>{arm}"
        f'<p class="kg-note">{_effect(place, each)}</p>'
    )
    _choices(
        {"Same": "s", "Different": "d", "Unsure": "u", "Later": "l"}, lambda verdict: _judge(place, each, verdict)
    )


def _effect(place: Home, each: Proposal) -> str:
    if each.family not in FAMILIES:
        return "As one, they are counted once, with all their sentences."
    effect = reviewing.effect(place, each)
    facts = "1 fact" if effect.facts == 1 else f"{effect.facts} facts"
    documents = "1 document" if effect.documents == 1 else f"{effect.documents} documents"
    shared = f" Both have to do with {', '.join(effect.shared[:6])}." if effect.shared else ""
    return as_html(f"As one, {facts} of {documents} come under “{each.left}”.{shared}", 600)


def _key(each: Proposal) -> str:
    return f"{each.family} {each.left} {each.right}"


def _judge(place: Home, each: Proposal, verdict: str) -> None:
    if verdict == "later":
        st.session_state[_LATER].add(_key(each))
    else:
        st.session_state[_DONE].append(reviewing.judge(place, each, verdict))


def _choices(words: dict[str, str], decide: Callable[[str], None]) -> None:
    with st.container(horizontal=True, gap="small"):
        for at, (word, key) in enumerate(words.items()):
            kind: Literal["primary", "secondary"] = "secondary" if at else "primary"
            st.button(word, key=f"choice {word}", on_click=decide, args=(word.lower(),), shortcut=key, type=kind)


def _facts(place: Home) -> None:
    later: set[str] = st.session_state.setdefault(_LATER, set())
    waiting, count = reviewing.doubts(place, later)
    if not waiting:
        states.note("No fact waits", f"Facts below {reviewing.UNSURE} of confidence wait here for a decision.")
        return
    each = waiting[0]
    st.html(
        f'<p class="kg-note">{count:,} wait, the least sure first</p>'
        f'<div class="kg-head"><h2>{as_html(each.text, 300)}</h2>{cards.status_badge(each.status)}'
        f'<span class="kg-when">{as_html(each.date)}</span></div>'
        + cards.quote_card(each.quote, f"{shown(each.document, 200)} · confidence {each.confidence:.2f}")
    )
    _choices({"Accept": "a", "Reject": "x", "Later": "l"}, lambda verdict: _decide(place, each.fact, verdict))


def _decide(place: Home, fact: str, verdict: str) -> None:
    if verdict == "later":
        st.session_state[_LATER].add(fact)
    else:
        st.session_state[_DONE] += reviewing.decide(place, [fact], verdict)


if __name__ == "__main__":
    page()
