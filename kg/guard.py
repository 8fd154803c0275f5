"""Says what a SPARQL text asks of a server besides reading its graph; it does not judge whether the text is valid."""

from __future__ import annotations

import re

#: Everything in which a keyword is only text: comments, strings, IRIs, variables, language tags and local names.
#: An IRI may hold backslashes and a local name may escape quotes: a reading that took either for the start of a
#: comment or string would not see what stands behind it.
_OPAQUE = re.compile(
    r"""
      \#[^\n\r]*
    | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | <[^<>"{}|^`\s]*>
    | [?$]\w+ | @[a-zA-Z]+(?:-[a-zA-Z0-9]+)*
    | (?<=:)(?:\\.|%[0-9a-fA-F]{2}|[\w.:\-])+
    """,
    re.VERBOSE | re.DOTALL,
)
READ_ONLY = "the graph is read-only: facts come in as documents, with `kg add FILE`"
_ALONE = "SERVICE is not allowed: a query reads this graph only (no prefix may hold that word either)"
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"})


def calls_out(text: str) -> bool:
    r"""Whether the text could make an engine contact another server (SERVICE).

    Parsers need no space around keywords and try again after a failed reading ("1SERVICEex:a" is a call), so the
    word is looked for anywhere outside of opaque text, also inside of prefixes; and as there are engines that undo
    `\uXXXX` before they parse and engines that do it after, both readings count.
    """
    return any("SERVICE" in bare for bare in _readings(text))


def updates(text: str) -> bool:
    """Whether the text holds a keyword that only updates have."""
    return any(_UPDATES.intersection(re.findall(r"\b\w+\b(?!:)", bare)) for bare in _readings(text))


def refusal(text: str) -> str | None:
    """Why a query is not run: it is an update, or would contact another server; None where it only reads."""
    return READ_ONLY if updates(text) else _ALONE if calls_out(text) else None


def names_dataset(text: str) -> bool:
    """Whether the query chooses its graphs itself (FROM, FROM NAMED)."""
    return re.search(r"\bFROM\s", _bare(text)) is not None


def gives_graph(text: str) -> bool:
    """Whether the query is a CONSTRUCT or DESCRIBE, by the first keyword of a form outside of opaque text."""
    form = re.search(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b(?!:)", _bare(text))
    return form is not None and form[1] in ("CONSTRUCT", "DESCRIBE")


def volatile(text: str) -> bool:
    """Whether the answer may differ each time that the query is asked (NOW, RAND, fresh identifiers)."""
    return re.search(r"\b(NOW|RAND|UUID|STRUUID|BNODE)\s*\(", _bare(text)) is not None


def _readings(text: str) -> tuple[str, str]:
    return _bare(text), _bare(_ESCAPE.sub(_character, text))


def _bare(text: str) -> str:
    return _OPAQUE.sub(" ", text).upper()


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= 0x10FFFF else " "
