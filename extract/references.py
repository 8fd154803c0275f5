"""Whom "we", "she", "it", "the carrier" stand for: the likeliest of those that a document names.

Each entity that may be meant is weighed by signs: how far back it stands, whether it was the subject, what it is
called ("the lift maker Orvane"), whether it speaks. The weights in `references.json` are those of a ranking
perceptron (Collins 2002): `python -m tests.extract.train_references` fits them on annotated texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from spacy.tokens import Token

from extract.entities import Entity
from extract.nameforms import key
from extract.names import Name
from extract.reading import Reading
from ontology import triggers

_FORMS: Mapping[str, str] = {
    **dict.fromkeys(("we", "our", "us", "ours"), "we"),
    **dict.fromkeys(("he", "she", "his", "her", "him"), "she"),
    **dict.fromkeys(("it", "its"), "it"),
}
_GENERAL = frozenset(("company", "group", "firm", "issuer"))
#: How many of the names before, from the nearest on, tell how far back an entity stands.
_REACH = 6


def form(token: Token) -> str | None:
    """How a token refers: "we", "she", "it", "company" or another "noun"; None where it does not."""
    if (found := _FORMS.get(token.lower_)) is not None:
        return found
    if token.pos_ not in ("NOUN", "PROPN") or token.tag_ in ("NNS", "NNPS"):
        return None
    determiner = next((c.lower_ for c in token.lefts if c.dep_ in ("det", "poss")), "")
    if determiner not in ("the", "this", "that", "our") or any(c.lower_ == "of" for c in token.children):
        return None
    word = token.lemma_.lower()
    return "company" if word in _GENERAL else "noun" if word in _nouns() else None


@cache
def _nouns() -> frozenset[str]:
    return triggers.words("bearer") | triggers.words("companyNoun") | triggers.head_words().keys()


def meant(reading: Reading, token: Token, told: Sequence[Name]) -> Name | None:
    """Who is likeliest meant by a token that refers to somebody; `told` are those whom the subjects before suggest.

    None where the document names nobody.
    """
    own = weights().get(form(token) or "", {})
    best = max(ranked(reading, token, told) if own else (), key=lambda pair: _sum(own, pair[1]), default=None)
    return replace(best[0].name, start=token.i, end=token.i + 1) if best is not None else None


def _sum(own: Mapping[str, float], signs: Iterable[str]) -> float:
    return sum(own.get(sign, 0.0) for sign in signs)


def speaker(entities: Mapping[str, Entity]) -> Name | None:
    """Who is likeliest to say "we" in a document, by what it shows of each whom it names; None where nobody is."""
    own = weights().get("we", {})
    acting = (each for each in entities.values() if each.name.type != "Person")
    found = ((_sum(own, (*_known(each), *each.signs)), each.name) for each in acting)
    best = max(found, key=lambda pair: pair[0], default=None)
    return replace(best[1], type="Company", sure=False) if best is not None and best[0] > 0 else None


def _known(entity: Entity) -> tuple[str, str]:
    """What holds of an entity in the whole document, whoever refers to it."""
    return f"type {entity.name.type}", f"count {min(entity.count, 5)}"


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """The weight of each sign, by form of reference."""
    found: dict[str, dict[str, float]] = json.loads(
        resources.files("extract").joinpath("references.json").read_text("utf-8")
    )
    return found


def ranked(reading: Reading, token: Token, told: Sequence[Name]) -> list[tuple[Entity, tuple[str, ...]]]:
    """Those that may be meant by a token, each with what speaks for or against it."""
    kind, places = form(token), _places(reading, token)
    suggested = {key(name.full) for name in told}
    found = []
    for own, entity in reading.entities.items():
        if (entity.name.type == "Person") == (kind == "she") and (kind == "we" or own in places or own in suggested):
            signs = (*places.get(own, ("later",)), *_signs(token, kind, entity), f"told {own in suggested}")
            found.append((entity, signs))
    return found


def _signs(token: Token, kind: str | None, entity: Entity) -> Iterator[str]:
    yield from _known(entity)
    if kind == "we":
        yield from entity.signs
    elif kind in ("noun", "company"):
        words = {child.lemma_.lower() for child in token.subtree if child.pos_ in ("NOUN", "ADJ", "PROPN")}
        yield f"called {token.lemma_.lower() in entity.called}"
        yield f"words {min(len(words & entity.called), 2)}"


def _places(reading: Reading, token: Token) -> dict[str, tuple[str, ...]]:
    """Where each entity before a token stands last: how many others are nearer, in which sentence, as the subject."""
    sentence = reading.sentence(token.i)
    inside = [name for name in reversed(reading.names) if name.start < token.i]
    subjects = [{key(name.full) for name in group} for i, group in reversed(reading.subjects) if i < token.i][:3]
    found: dict[str, tuple[str, ...]] = {}
    for i, name in enumerate((*inside, *reversed(reading.before))):
        own = key(name.full)
        if own not in found and own in reading.entities:
            here = i < len(inside)
            where = "earlier" if not here else "sentence" if name.start >= sentence.start else "passage"
            rank = next((str(i) for i, group in enumerate(subjects) if own in group), "no")
            found[own] = (f"nearest {min(len(found), _REACH)}", where, f"subject {rank}")
    return found
