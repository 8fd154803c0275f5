"""The Query page: saved questions with forms, and a free editor with the limits of the endpoint."""

from __future__ import annotations

import streamlit as st

from kg import query as library
from kg import saved
from kg.explorer import asking, showing, states
from kg.explorer.plain import as_html
from kg.explorer.snapshot import Snapshot, home
from kg.query import ParameterError, Question
from kg.worker import Failure

_FIRST = "company-partners"
_LONGEST = 20_000
_MARK = "param."
_KEPT = ("as",)
_WORDS = {
    "invalid": "The query cannot be read",
    "refused": "The query does more than read",
    "time": "The query took too long",
    "memory": "The query needs too much memory",
    "size": "The answer is too large",
    "busy": "All query processes are at work",
}


def page() -> None:
    """The page; `q` names the question and `param.NAME` its values, or `sparql` holds a query of the reader's own."""
    snapshot = states.opened()
    questions = saved.questions(home())
    own = st.query_params.get("sparql")
    left, right = st.columns([1, 2.4], gap="large")
    with left:
        text, name = _editor(own) if own is not None else _question(questions)
    with right:
        if text:
            _answer(snapshot, text, name)
        else:
            states.note("Ask a question of the graph", "Fill in the form and press Ask, or write your own SPARQL.")


def _question(questions: dict[str, Question]) -> tuple[str | None, str]:
    """The form of a saved question; its text with the values, None where one is missing."""
    asked = st.query_params.get("q", _FIRST)
    question = questions.get(asked)
    st.session_state["question"] = asked if question else None
    st.selectbox(
        "Question",
        list(questions),
        format_func=lambda name: questions[name].title,
        key="question",
        placeholder="Choose a question",
        on_change=lambda: st.query_params.from_dict({"q": st.session_state["question"] or _FIRST}),
    )
    if question is None:
        states.note("There is no such question", f"The address asks for “{asked[:80]}”. Choose one above.")
        return None, ""
    st.html(f'<p class="kg-sub">{as_html(question.about)}.</p>')
    _form(question)
    return _bound(question), question.name


def _form(question: Question) -> None:
    values = _values(question)
    with st.form(f"form {question.name}", border=False):
        for parameter in question.parameters:
            given = values.get(parameter.name, parameter.default or "")
            key = f"value {question.name} {parameter.name}"
            st.session_state.setdefault(key, given)
            st.text_input(parameter.name.capitalize(), key=key, help=f"{parameter.about} ({parameter.type})")
        st.form_submit_button("Ask", type="primary", on_click=_submit, args=(question,))


def _submit(question: Question) -> None:
    kept = {name: st.query_params[name] for name in _KEPT if name in st.query_params}
    given = {p.name: st.session_state[f"value {question.name} {p.name}"].strip() for p in question.parameters}
    told = {f"{_MARK}{name}": value for name, value in given.items()}
    st.query_params.from_dict({"q": question.name, **kept, **told})


def _values(question: Question) -> dict[str, str]:
    return {p.name: st.query_params[_MARK + p.name] for p in question.parameters if _MARK + p.name in st.query_params}


def _bound(question: Question) -> str | None:
    values = {name: value for name, value in _values(question).items() if value or _default(question, name) == ""}
    missing = [each.name for each in question.parameters if each.default is None and not values.get(each.name)]
    text = None
    if missing:
        st.html(f'<p class="kg-note">Needs a value: {as_html(", ".join(missing))}.</p>')
    else:
        try:
            text = library.bind(question, values)
        except ParameterError as error:
            st.html(f'<p class="kg-check kg-disagrees">{as_html(str(error))}</p>')
    with st.expander("The SPARQL of it"):
        st.code(text or question.text, language="sparql", wrap_lines=True)
        st.button("Go on from here in the editor", on_click=_edit, args=(text or question.text,))
    return text


def _default(question: Question, name: str) -> str | None:
    return next(each.default for each in question.parameters if each.name == name)


def _edit(text: str) -> None:
    st.query_params.from_dict({"sparql": text})


def _editor(own: str) -> tuple[str | None, str]:
    st.session_state.setdefault("sparql", own)
    st.text_area("SPARQL 1.1 query", key="sparql", height=420, max_chars=_LONGEST)
    limits = asking.LIMITS
    st.html(
        f'<p class="kg-note">Read-only. At most {limits.seconds:g} seconds, {limits.memory:,} MB of memory and '
        f"{limits.answer >> 20} MB of answer.</p>"
    )
    with st.container(horizontal=True, gap="small"):
        st.button("Run", type="primary", on_click=lambda: _edit(st.session_state["sparql"]))
        st.button("Saved questions", on_click=lambda: st.query_params.from_dict({"q": _FIRST}))
    return own.strip() or None, "answer"


def _answer(snapshot: Snapshot, text: str, name: str) -> None:
    with st.spinner("Asking", show_time=True):
        reply = asking.ask(home(), text)
    if isinstance(reply, Failure):
        title = _WORDS.get(reply.reason, "There is no answer")
        st.html(f'<p class="kg-check kg-disagrees"><b>{title}.</b> {as_html(reply.detail, 260)}</p>')
    else:
        showing.show(snapshot, reply, name)


if __name__ == "__main__":
    page()
