"""The forms of English verbs, for patterns that must read them whatever the tagger takes them for."""

from __future__ import annotations

from functools import cache

from ontology import triggers

_VOWELS = frozenset("aeiou")


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    rows = (row.split() for row in triggers.words("irregular"))
    return {row[0]: tuple(row) for row in rows}


def forms(phrase: str) -> tuple[str, ...]:
    """The forms of a phrase whose first word is a verb: "take over" gives "takes over", "took over", "taken over"."""
    verb, _, rest = phrase.partition(" ")
    return tuple(f"{form} {rest}".strip() for form in _verb(verb))


def _verb(verb: str) -> tuple[str, ...]:
    known = _irregular().get(verb, ())
    stem = verb[:-1] if verb.endswith("e") else verb
    regular = (verb, _third(verb), f"{stem}ing")
    if known:
        return tuple(dict.fromkeys((verb, _third(verb), f"{stem}ing", *known)))
    past = verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in _VOWELS else f"{stem}ed"
    return (*regular, past)


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")
