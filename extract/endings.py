"""Verbs that say that something is over: "ended", "came to an end", "ran out", "will not be renewed"."""

from __future__ import annotations

from spacy.tokens import Token

from extract.fillers import word
from ontology import triggers

_NEGATIVE = frozenset(("not", "n't", "n’t", "never", "without"))
#: Verbs that end something only together with a particle.
_PARTICLES = {
    "run": ("out",), "call": ("off",), "break": ("off", "up", "down"), "wind": ("up", "down"), "give": ("up",),
    "shut": ("down",), "phase": ("out",), "walk": ("away",), "back": ("out",), "pull": ("out",), "switch": ("off",),
}  # fmt: skip


def is_end(token: Token) -> bool:
    """Whether a word says that what it governs is over."""
    if token.lemma_ in ("come", "draw", "reach", "bring"):
        near = (child for child in token.children if child.lower_ == "to" or child.dep_ == "dobj")
        return any(each.lower_ in ("end", "close") for child in near for each in (child, *child.children))
    if token.pos_ in ("VERB", "AUX") and (wanted := _PARTICLES.get(token.lemma_)) is not None:
        return any(child.lower_ in wanted and child.dep_ in ("prt", "advmod", "prep") for child in token.children)
    if token.lemma_ == "conclude":  # who concludes a contract begins it
        return not any(child.dep_ in ("dobj", "nsubjpass") for child in token.children)
    return word(token) in triggers.words("ending")


def lapses(token: Token) -> bool:
    """Whether a verb says that a relation is not gone on with: "will not be renewed"."""
    if token.lemma_ not in ("renew", "extend", "prolong", "continue") or token.pos_ != "VERB":
        return False
    return any(child.lower_ in _NEGATIVE for child in token.children)


def is_ahead(verb: Token) -> bool:
    """Whether the present tense of a verb tells of an end to come: "expires in December"."""
    running = verb.lemma_ in ("expire", "end", "run", "lapse", "terminate", "come", "cease")
    return running and verb.tag_ in ("VBZ", "VBP") and not any(child.dep_ == "aux" for child in verb.children)
