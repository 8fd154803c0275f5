"""Finds the triggers of events in prose and who or what stands in their slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Token

import ontology
from extract import fillers, syntax
from extract.fillers import Filler, Reading, word
from ontology import triggers
from ontology.triggers import Trigger

_PLACES = frozenset(("Country", "Region", "Location"))
_LOOSE = frozenset(("from", "with", "between"))
_RELATIONS = frozenset(("partnership", "joint_venture", "contract"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger in its sentence with the fillers of its slots, and of the roles that its slots stand for."""

    trigger: Trigger
    token: Token
    roles: Mapping[str, tuple[Filler, ...]] = field(default_factory=dict)
    slots: Mapping[str, Sequence[Filler]] = field(default_factory=dict)


def frames(reading: Reading) -> Iterator[Frame]:
    """The frames of a passage in order of their triggers, at most one for each token."""
    for token in reading.doc:
        if token.i in reading.at and token.pos_ == "PROPN":
            continue
        for trigger in _candidates(token):
            if (frame := _frame(reading, token, trigger)) is not None:
                yield frame
                break


# ---------------------------------------------------------------- triggers


@cache
def _index() -> Mapping[tuple[bool, str], tuple[Trigger, ...]]:
    """Triggers by the first word of verbs and the last word of nouns."""
    found: dict[tuple[bool, str], list[Trigger]] = {}
    for kind in ontology.kinds():
        for trigger in triggers.triggers(kind):
            for words in trigger.words:
                parts = words.split()
                found.setdefault((trigger.noun, parts[-1] if trigger.noun else parts[0]), []).append(trigger)
    return {key: tuple(sorted(set_, key=lambda each: each.order)) for key, set_ in found.items()}


def _candidates(token: Token) -> Iterator[Trigger]:
    noun = token.pos_ in ("NOUN", "PROPN")
    if not noun and token.pos_ not in ("VERB", "AUX"):
        return
    own = word(token)
    for trigger in _index().get((noun, own), ()):
        if any(_matches(token, words.split(), noun) for words in trigger.words if own in words.split()):
            yield trigger


def _matches(token: Token, words: Sequence[str], noun: bool) -> bool:
    if len(words) == 1:
        return True
    if noun:
        return token.i > 0 and token.nbor(-1).lemma_.lower() == words[0]
    near = [child for child in token.children if child.dep_ in ("prt", "advmod", "dobj", "prep")]
    return any(child.lemma_.lower() == words[1] or child.lower_ == words[1] for child in near)


# ---------------------------------------------------------------- slots


def _frame(reading: Reading, token: Token, trigger: Trigger) -> Frame | None:
    if trigger.governors and not _governed(token, trigger.governors):
        return None
    slots = _slots(reading, token, trigger)
    objects = tuple(slots.get("object", ()))
    roles: dict[str, tuple[Filler, ...]] = {}
    for slot, names in trigger.slots.items():
        if slots.get(slot):
            _fill(roles, names, tuple(slots[slot]))
    if trigger.objects and not any(_is_of(reading, trigger, roles, objects, token, each) for each in trigger.objects):
        return None
    return Frame(trigger, token, roles, slots)


def _slots(reading: Reading, token: Token, trigger: Trigger) -> dict[str, list[Filler]]:
    """The fillers of each slot, with the subject that stands before the verb where the parser gave it none."""
    noun = trigger.noun
    slots: dict[str, list[Filler]] = {}
    for slot, head in syntax.noun_slots(token, _apart()) if noun else syntax.verb_slots(token):
        for filler in fillers.group_of(reading, head):
            if filler not in slots.setdefault(slot, []):
                slots[slot].append(filler)
    if noun and (named := reading.at.get(token.i + 1)) is not None and named.start == token.i + 1:
        slots.setdefault("name", []).append(Filler(reading.doc[named.start], named))
    if noun and (beside := fillers.beside(reading, token)) is not None:
        slots["beside"] = [Filler(reading.doc[beside.start], beside)]
    if noun:
        _add_clauses(reading, token, slots)
    verbs = [each for each in (token, *syntax.governors(token)) if each.pos_ in ("VERB", "AUX")]
    if noun and not verbs:
        verbs = [each for each in token.doc[token.sent.start : token.i] if each.tag_ in (*_FINITE, "VBN")][-1:]
    if not verbs or any(each.lemma_ in _apart() for each in verbs[:1]):
        return slots
    slot, top = fillers.passive_slot(verbs[0]), next((v for v in verbs if v.tag_ in _FINITE), verbs[-1])
    known = {filler.name for filler in slots.get(slot, ()) if filler.name}
    others = {f.name for other, found in slots.items() if other != slot for f in found}
    left = [filler for filler in fillers.left_subject(reading, top) if filler.name not in others]
    if not known or (len(left) > len(known) and known <= {filler.name for filler in left}):
        slots[slot] = left or slots.get(slot, [])
    taken = {f.name for found in slots.values() for f in found}
    for each in trigger.slots:
        if each in _LOOSE and not any(f.name for f in slots.get(each, ())):
            slots[each] = slots.get(each, []) + [f for f in _loose(reading, token, each) if f.name not in taken]
    if noun and trigger.kind in _RELATIONS:
        _add_partners(reading, token, slots)
    if not noun and not slots.get("object") and (after := _right_object(reading, token)) is not None:
        slots["object"] = [after]
    return slots


def _add_partners(reading: Reading, noun: Token, slots: dict[str, list[Filler]]) -> None:
    """Adds who the last subjects were, where a relation names one side only, or is told as known already."""
    if any(f.name for slot in ("subject", "poss", "between", "among") for f in slots.get(slot, ())):
        return
    last = next((group for i, group in reversed(reading.subjects) if i < noun.i), ())
    others = {f.name.full for slot in ("with", "by") for f in slots.get(slot, ()) if f.name}
    if (others or (determined(noun) and len(last) > 1)) and not others & {name.full for name in last}:
        slots["subject"] = [Filler(noun, name) for name in last]


def determined(noun: Token) -> bool:
    """Whether a noun tells what is known already: "the agreement", "this partnership"."""
    return any(child.lower_ in ("the", "this", "these") for child in noun.children)


def _add_clauses(reading: Reading, noun: Token, slots: dict[str, list[Filler]]) -> None:
    """Adds what clauses behind a noun say: "a contract to deliver trains to X", "the contract with X, which Y signed"."""
    for each in noun.subtree:
        if each.dep_ == "acl" and each.tag_ == "VB" and each.head == noun:
            for slot, head in syntax.verb_slots(each):
                if slot in ("to", "for", "with"):
                    slots.setdefault(slot, list(fillers.group_of(reading, head)))
        elif each.dep_ == "relcl" and each.lemma_ in ("sign", "win", "conclude", "secure", "announce", "agree"):
            doer = next((c for c in each.children if c.dep_ == "nsubj" and c.i in reading.at), None)
            if doer is not None:
                slots.setdefault("subject", list(fillers.group_of(reading, doer)))


@cache
def _apart() -> frozenset[str]:
    """Verbs whose subject only speaks of the event: who denies or approves a deal is no party to it."""
    return triggers.words("denial") | triggers.words("permission")


def _loose(reading: Reading, token: Token, slot: str) -> list[Filler]:
    """The named filler of a preposition further right in the clause, for what the parser hung elsewhere."""
    for each in reading.doc[token.i + 1 : min(token.i + 15, token.sent.end)]:
        if each.tag_ in _FINITE or each.text in (";", ":") or each.dep_ == "relcl":
            return []
        if each.lower_ == slot and each.pos_ == "ADP":
            heads = [child for child in each.children if child.dep_ == "pobj"]
            return [f for head in heads for f in fillers.group_of(reading, head) if f.name is not None]
    return []


def _right_object(reading: Reading, verb: Token) -> Filler | None:
    """The name right behind a verb, past its article and description."""
    for token in reading.doc[verb.i + 1 : verb.i + 7]:
        if token.i in reading.at:
            return Filler(token, reading.at[token.i])
        if token.pos_ not in ("DET", "ADJ", "NOUN", "PRON") or token.dep_ in ("nsubj", "pobj", "npadvmod"):
            return None
    return None


def _fill(roles: dict[str, tuple[Filler, ...]], names: tuple[str, ...], found: tuple[Filler, ...]) -> None:
    if len(names) == 2 and len(found) > 1:
        roles.setdefault(names[0], found[:1])
        roles.setdefault(names[1], found[1:])
        return
    roles[names[0]] = roles.get(names[0], ()) + tuple(f for f in found if f not in roles.get(names[0], ()))


def _governed(noun: Token, verbs: frozenset[str]) -> bool:
    first = next((each for each in syntax.governors(noun) if each.pos_ not in ("PROPN", "NUM", "SYM")), None)
    return first is not None and first.lemma_.lower() in verbs


def _is_of(
    reading: Reading,
    trigger: Trigger,
    roles: Mapping[str, tuple[Filler, ...]],
    objects: tuple[Filler, ...],
    token: Token,
    needed: str,
) -> bool:
    """Whether the object of the trigger (its own, or what fills the roles behind it) is what the trigger asks for."""
    own = {
        name
        for slot, names in trigger.slots.items()
        if slot not in ("subject", "poss", "by", "from")
        for name in names
    }
    behind = objects + tuple(f for role, found in roles.items() if role in own for f in found)
    if needed == "name":
        return any(f.name is not None and f.name.type not in fillers.NO_PARTIES for f in behind)
    if needed == "place":
        return any(f.name is not None and f.name.type in _PLACES for f in behind)
    if needed == "person":
        return any(f.name is not None for found in roles.values() for f in found)
    if needed == "round":
        before = token.doc[token.sent.start : token.i]
        return syntax.passive(token) and any(word(each) in triggers.words("funding") for each in before)
    if needed == "money":
        return any(_holds_money(reading, f.head) for f in behind)
    if needed == "product":
        return any(f.name is None and _describes(f.head) for f in behind)
    if needed == "activity" and any(f.head.tag_ == "VBG" for f in behind):
        return True
    listed = triggers.words(needed)
    if any(f.name is not None and f.name.start and word(f.head.doc[f.name.start - 1]) in listed for f in behind):
        return True
    return any(word(f.head) in listed for f in behind) or (trigger.noun and word(token) in listed)


def _holds_money(reading: Reading, head: Token) -> bool:
    left, right = head.left_edge.idx, head.right_edge.idx + len(head.right_edge)
    return any(left <= start < right for start, _ in reading.money)


def _describes(head: Token) -> bool:
    """Whether a noun phrase describes a product: a common noun that is no abstract thing."""
    return head.pos_ == "NOUN" and word(head) not in triggers.words("notProduct")
