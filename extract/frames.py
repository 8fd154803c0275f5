"""Finds the triggers of events in prose and tells which of their slots stand for which roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

import ontology
from extract import conditions, dealconditions, syntax, tradeconditions
from extract.conditions import Check, Found
from extract.fillers import Filler, word
from extract.names import Name
from extract.reading import Reading
from extract.slots import slots
from ontology import triggers
from ontology.triggers import Trigger

_NOT_BEHIND = frozenset(("subject", "poss", "by", "from"))


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger in its sentence with the fillers of its slots, and of the roles that its slots stand for."""

    trigger: Trigger
    token: Token
    roles: Mapping[str, tuple[Filler, ...]]
    slots: Mapping[str, Sequence[Filler]]

    @property
    def kind(self) -> str:
        """The kind of fact that the trigger tells of."""
        return self.trigger.kind


def frames(reading: Reading) -> Iterator[Frame]:
    """The frames of a passage in order of their triggers, at most one for each token."""
    known = _last_parts()
    for token in reading.doc:
        if token.lemma_.lower() not in known or (token.i in reading.at and token.pos_ == "PROPN"):
            continue
        found = (_frame(reading, token, trigger) for trigger in _candidates(token))
        if (frame := next((each for each in found if each is not None), None)) is not None:
            yield frame


def kinds_of(token: Token) -> tuple[str, ...]:
    """The kinds of fact that a word may tell of, whatever stands around it."""
    if token.lemma_.lower() not in _last_parts():
        return ()
    return tuple(dict.fromkeys(trigger.kind for trigger in _candidates(token)))


@cache
def _index() -> Mapping[tuple[bool, str], tuple[Trigger, ...]]:
    """Triggers by the first word of verbs and the last word of nouns."""
    found: dict[tuple[bool, str], list[Trigger]] = {}
    for kind in ontology.kinds():
        for trigger in triggers.triggers(kind):
            for words in trigger.words:
                parts = words.split()
                row = found.setdefault((trigger.noun, parts[-1] if trigger.noun else parts[0]), [])
                row += [trigger] if trigger not in row else []
    return {key: tuple(sorted(row, key=lambda each: each.order)) for key, row in found.items()}


@cache
def _last_parts() -> frozenset[str]:
    """The words of the index, of hyphened ones the last part: tokens with another lemma need no closer look."""
    return frozenset(own.rsplit("-", 1)[-1] for _, own in _index())


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
    links = ("prt", "advmod", "dobj", "prep", "acomp", "attr", "oprd")
    near = [child for child in token.children if child.dep_ in links]
    near += [inner for child in near if child.dep_ == "prep" for inner in child.children]
    return all(any(part in (each.lemma_.lower(), each.lower_) for each in near) for part in words[1:])


def _frame(reading: Reading, token: Token, trigger: Trigger) -> Frame | None:
    if trigger.governors and not _governed(token, trigger.governors):
        return None
    if trigger.kind == "expansion" and any(
        word(each) in triggers.words("assignment") for each in syntax.governors(token)
    ):
        return None  # what a supplier builds for its customer
    found = slots(reading, token, trigger)
    if trigger.kind == "termination" and any(
        word(f.head) in triggers.words("transaction") for f in found.get("object", ())
    ):
        return None  # who closes a sale gives nothing up
    if trigger.kind == "termination" and any(_is_of_site(f.head) for f in found.get("object", ())):
        return None  # what is not built on is an expansion that has ended
    roles: dict[str, tuple[Filler, ...]] = {}
    apart = any(filler.name for filler in found.get("with", ()))
    for slot, names in trigger.slots.items():
        if found.get(slot):
            _fill(roles, names[:1] if apart else names, tuple(found[slot]))
    if trigger.kind == "joint_venture" and not trigger.noun:
        roles["partner"] = tuple(
            f for f in roles.get("partner", ()) if f.name is not None and not _is_human(f.name, reading)
        )
    frame = Frame(trigger, token, roles, found)
    if not trigger.objects:
        return frame
    asked = Found(reading, token, found, _behind(frame))
    return frame if any(_is_of(asked, needed) for needed in trigger.objects) else None


def _is_of_site(verb: Token) -> bool:
    """Whether a verb tells of a site that is made: "building a terminal"."""
    made = any(child.dep_ == "dobj" and word(child) in triggers.words("facility") for child in verb.children)
    return verb.tag_ == "VBG" and made and verb.lemma_ in ("build", "construct", "expand", "extend", "develop", "set")


def _is_human(name: Name, reading: Reading) -> bool:
    """Whether spaCy takes the name for a person's: who is "founded by" two people is no joint venture."""
    return name.type == "Person" or reading.doc[name.end - 1].ent_type_ == "PERSON"


def _fill(roles: dict[str, tuple[Filler, ...]], names: tuple[str, ...], found: tuple[Filler, ...]) -> None:
    if len(names) == 2 and len(found) > 1:
        for name, part in zip(names, (found[:1], found[1:]), strict=True):
            if not any(filler.name for filler in roles.get(name, ())):
                roles[name] = part
        return
    known = roles.get(names[0], ())
    roles[names[0]] = known + tuple(filler for filler in found if filler not in known)


def _governed(noun: Token, verbs: frozenset[str]) -> bool:
    passing = triggers.words("closing")
    above = (each for each in syntax.governors(noun) if each.pos_ not in ("PROPN", "NUM", "SYM"))
    first = next((each for each in above if each.pos_ == "VERB" or word(each) not in passing), None)
    own = {child.lemma_.lower() for child in noun.children if child.dep_ in ("relcl", "acl")}
    return bool(own & verbs) or (first is not None and first.lemma_.lower() in verbs)


def _is_of(found: Found, needed: str) -> bool:
    """Whether what stands in the slots of a trigger is what the trigger asks for."""
    check = CONDITIONS.get(needed)
    return check(found) if check is not None else conditions.is_listed(found, needed)


def _behind(frame: Frame) -> list[Filler]:
    """The object of a trigger and what fills the slots behind it; of a noun with an agent also what is in front."""
    behind = {slot: roles for slot, roles in frame.trigger.slots.items() if slot not in _NOT_BEHIND}
    own = {role for roles in behind.values() for role in roles} - {"money"}
    found = [*frame.slots.get("object", ()), *(f for role, row in frame.roles.items() if role in own for f in row)]
    return found + list(frame.slots.get("poss", ()) if frame.trigger.noun and frame.slots.get("by") else ())


def _agrees_together(found: Found) -> bool:
    """Whether several named parties agree to do something that is no event of another kind."""
    aims = [child for child in found.token.children if child.dep_ == "xcomp"]
    rows = (row for child in aims for row in _index().get((False, child.lemma_), ()))
    known = any(row.kind != "partnership" for row in rows)
    return bool(aims) and not known and len(set(found.names("subject"))) > 1


#: What a trigger may ask for besides a word list, by its name in `ci.ttl`.
CONDITIONS: Mapping[str, Check] = {
    **conditions.CHECKS,
    **dealconditions.CHECKS,
    **tradeconditions.CHECKS,
    "several": _agrees_together,
}
