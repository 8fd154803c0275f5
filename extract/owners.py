"""Whom companies belong to, wholly or in part, as passing clauses tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from extract import deals, fillers, syntax
from extract.drafts import Draft
from extract.names import Name
from extract.reading import Reading
from extract.seats import first_name, state

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|per ?cent)")
_UNTIL = re.compile(r"\b(?:until|till|up to) (?:\w+ )?(?:(?:19|20|21)\d\d\b|last \w+|recently)")
_OWNING = frozenset(("own", "control", "belong", "hold"))
_FORMER = frozenset(("former", "formerly", "previous", "previously", "ex"))


def owners(reading: Reading) -> Iterator[Draft]:
    """The subsidiaries and shareholdings that a passage tells of, in order of the text."""
    for token in reading.doc:
        if token.pos_ == "VERB" and token.lemma_ in _OWNING:
            yield from _owned(reading, token)


def _belongs(
    reading: Reading, token: Token, child: Name | None, parent: Name | None, stake: str = ""
) -> Iterator[Draft]:
    if child is None or parent is None or child.full == parent.full:
        return
    if any(name.type in deals.PLACE_TYPES and name.sure for name in (child, parent)):
        return
    yield state(reading, token, "subsidiary", {"subsidiary": child, "parent": parent}, _status(token), stake=stake)


def _owned(reading: Reading, verb: Token) -> Iterator[Draft]:
    """What "Y owns X", "X is controlled by Y", "X belongs to Y" and "Y holds 8% of X" say."""
    slots: dict[str, list[Token]] = {}
    for slot, head in syntax.verb_slots(verb):
        slots.setdefault(slot, []).append(head)

    def named(*order: str) -> Name | None:
        heads = (head for slot in order for head in slots.get(slot, ()))
        return first_name(filler for head in heads for filler in fillers.group_of(reading, head))

    said = verb.doc[verb.left_edge.i : verb.right_edge.i + 1].text
    share = _PERCENT.search(said)
    holder, held = named("subject"), named("of", "in", "object") if share else named("object")
    if holder is not None and holder.start and reading.doc[holder.start - 1].lower_ in ("in", "at", "near"):
        last = (group[0] for i, group in reversed(reading.subjects) if i < holder.start)
        holder = next(last, None)  # the parser took a place for the subject
    if verb.lemma_ == "belong":
        yield from _belongs(reading, verb, holder, named("to"))
    elif share is None and verb.lemma_ != "hold":
        yield from _belongs(reading, verb, held, holder, "100%" if "wholly" in said else "")


def _clause(verb: Token) -> str:
    return str(verb.doc[verb.i : verb.right_edge.i + 1].text)


def _status(token: Token) -> str:
    """Planned where it will be, ended where it was."""
    verbs = [each for each in (token, *syntax.governors(token)) if each.pos_ in ("VERB", "AUX")]
    if any(child.lower_ in _FORMER for child in token.children):
        return "ended"
    if any(syntax.auxiliaries(verb) & {"will", "shall"} for verb in verbs):
        return "planned"
    if any(each.tag_ in ("VBD", "VBN") for each in verbs[:1]) and _UNTIL.search(_clause(verbs[0])):
        return "ended"
    was = token.dep_ == "attr" and verbs and verbs[0].lower_ in ("was", "were")
    return "ended" if was else "asserted"
