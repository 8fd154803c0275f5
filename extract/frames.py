"""Finds the triggers of events in prose and who or what stands in their slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Token

import ontology
from extract import syntax
from extract.names import Name
from ontology import triggers
from ontology.triggers import Trigger

#: Types that never act in a deal, however they got into its slots.
NO_PARTIES = frozenset(("Country", "Region", "Regulation", "Market", "Segment"))
_PLACES = frozenset(("Country", "Region", "Location"))
_LINKS = frozenset((",", "and", "&", "or", "both"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage with the names found in it; `money` are the character spans of its amounts."""

    doc: Doc
    names: tuple[Name, ...]
    money: tuple[tuple[int, int], ...]
    at: Mapping[int, Name]
    subjects: tuple[tuple[int, tuple[Name, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Filler:
    """What stands in a slot: the head of its noun phrase, and the name where it is one or stands for one."""

    head: Token
    name: Name | None


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger in its sentence with the fillers of its roles; `objects` are those of the object of a verb."""

    trigger: Trigger
    token: Token
    roles: Mapping[str, tuple[Filler, ...]] = field(default_factory=dict)
    objects: tuple[Filler, ...] = ()


def read(doc: Doc, names: Sequence[Name], money: Sequence[tuple[int, int]]) -> Reading:
    """The passage prepared for the search: which token belongs to which name, and who the subjects were."""
    at = {i: name for name in names for i in range(name.start, name.end)}
    bare = Reading(doc, tuple(names), tuple(money), at)
    subjects = []
    for token in doc:
        if token.dep_ in ("nsubj", "nsubjpass"):
            group = tuple(f.name for f in group_of(bare, token) if f.name is not None and _may_act(f.name))
            if group:
                subjects.append((token.i, group))
    return Reading(doc, tuple(names), tuple(money), at, tuple(subjects))


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


def word(token: Token) -> str:
    """The lemma in lower case, of hyphened words the whole: "start-up"."""
    doc, i = token.doc, token.i
    if i >= 2 and doc[i - 1].text == "-" and not doc[i - 1].whitespace_:
        return f"{doc[i - 2].lower_}-{token.lemma_.lower()}"
    return token.lemma_.lower()


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
    slots: dict[str, list[Token]] = {}
    for slot, head in syntax.noun_slots(token) if trigger.noun else syntax.verb_slots(token):
        if head not in slots.setdefault(slot, []):
            slots[slot].append(head)
    if trigger.noun and (named := reading.at.get(token.i + 1)) is not None and named.start == token.i + 1:
        slots.setdefault("name", []).append(reading.doc[named.start])
    objects = tuple(f for head in slots.get("object", ()) for f in group_of(reading, head))
    roles: dict[str, tuple[Filler, ...]] = {}
    for slot, names in trigger.slots.items():
        found = tuple(f for head in slots.get(slot, ()) for f in group_of(reading, head))
        if found:
            _fill(roles, names, found)
    if trigger.objects and not any(_is_of(reading, trigger, roles, objects, token, each) for each in trigger.objects):
        return None
    return Frame(trigger, token, roles, objects)


def _fill(roles: dict[str, tuple[Filler, ...]], names: tuple[str, ...], found: tuple[Filler, ...]) -> None:
    if len(names) == 2 and len(found) > 1:
        roles.setdefault(names[0], found[:1])
        roles.setdefault(names[1], found[1:])
        return
    known = {f.head.i for f in roles.get(names[0], ())}
    roles[names[0]] = roles.get(names[0], ()) + tuple(f for f in found if f.head.i not in known)


def _governed(noun: Token, verbs: frozenset[str]) -> bool:
    first = next(iter(syntax.governors(noun)), None)
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
        return any(f.name is not None and f.name.type not in NO_PARTIES for f in behind)
    if needed == "place":
        return any(f.name is not None and f.name.type in _PLACES for f in behind)
    if needed == "person":
        return any(f.name is not None for found in roles.values() for f in found)
    if needed == "money":
        return any(_holds_money(reading, f.head) for f in behind)
    if needed == "product":
        return any(f.name is None and _describes(f.head) for f in behind)
    listed = triggers.words(needed)
    return any(word(f.head) in listed for f in behind) or (trigger.noun and word(token) in listed)


def _holds_money(reading: Reading, head: Token) -> bool:
    left, right = head.left_edge.idx, head.right_edge.idx + len(head.right_edge)
    return any(left <= start < right for start, _ in reading.money)


def _describes(head: Token) -> bool:
    """Whether a noun phrase describes a product: a common noun that is no abstract thing."""
    return head.pos_ == "NOUN" and word(head) not in triggers.words("notProduct")


# ---------------------------------------------------------------- fillers


def group_of(reading: Reading, head: Token) -> tuple[Filler, ...]:
    """What a noun phrase names, with all that is coordinated with it; pronouns give whom they stand for."""
    if (meant := _antecedent(reading, head)) is not None:
        return tuple(Filler(head, name) for name in meant)
    found: list[Filler] = []
    for each in _coordinated(head):
        name = name_of(reading, each)
        for member in _listed(reading, name) if name else (None,):
            if member is None or all(f.name != member for f in found):
                found.append(Filler(each, member))
    return tuple(found)


def name_of(reading: Reading, head: Token) -> Name | None:
    """The name that a noun phrase consists of or ends in: "the supermarket chain Kornmarkt", "the city of Ghent"."""
    if head.i in reading.at:
        return reading.at[head.i]
    following = reading.at.get(head.i + 1)
    if following is not None and following.start == head.i + 1 and head.pos_ == "NOUN":
        return following
    for child in head.children:
        if child.dep_ == "appos" and child.i in reading.at and child.i - head.i < 4 and head.nbor(1).text != ",":
            return reading.at[child.i]
        if child.lower_ == "of" and word(head) in (
            "city",
            "town",
            "state",
            "government",
            "municipality",
            "province",
            "port",
        ):
            return next((reading.at[c.i] for c in child.children if c.i in reading.at), None)
    return None


def _coordinated(head: Token) -> list[Token]:
    found = [head]
    for each in found:
        found += [child for child in each.conjuncts if child.head is each and child not in found and child.i > each.i]
    return [each for each in found if each.pos_ in ("NOUN", "PROPN", "PRON", "X", "NUM", "ADJ", "VERB")]


def _listed(reading: Reading, name: Name) -> list[Name]:
    """The name and those listed with it; a list ends in "and" before its last member."""
    found, last, closed = [name], name, False
    while not closed and (step := _next_in_list(reading, last)) is not None:
        last, closed = step
        found.append(last)
    return found if closed else found[:1]


def _next_in_list(reading: Reading, name: Name) -> tuple[Name, bool] | None:
    doc, i, linked, closed = reading.doc, name.end, False, False
    while i < len(doc) and (doc[i].lower_ in _LINKS):
        linked, closed = True, closed or doc[i].lower_ in ("and", "&", "or")
        i += 1
    start = i
    while linked and i < len(doc) and i - start < 6 and i not in reading.at:
        if doc[i].is_punct and doc[i].text != "-" or doc[i].pos_ not in ("DET", "NOUN", "ADJ", "PUNCT", "PROPN"):
            return None
        i += 1
    following = reading.at.get(i)
    if not linked or following is None or doc[i].is_sent_start or not closed and start != i:
        return None
    root = doc[following.start : following.end].root
    if (
        root.dep_ in ("nsubj", "nsubjpass")
        and root.head.i > following.end
        and root.head not in doc[name.start].ancestors
    ):
        return None
    return following, closed


def _antecedent(reading: Reading, head: Token) -> tuple[Name, ...] | None:
    """Whom "it", "they", "the company", "both partners" stand for; None for other noun phrases."""
    determiner = next((c.lower_ for c in head.lefts if c.dep_ in ("det", "predet", "nummod", "poss")), "")
    pronoun = head.lower_ in ("it", "they", "its", "their", "them")
    bearer = determiner in ("the", "this", "both", "these", "two") and word(head) in triggers.words("bearer")
    if not pronoun and not (bearer and name_of(reading, head) is None):
        return None
    several = head.lower_ in ("they", "their", "them") or head.tag_ == "NNS" or determiner in ("both", "two")
    earlier = [group for i, group in reading.subjects if i < head.i]
    if several:
        return next((group for group in reversed(earlier) if len(group) > 1), None) or (
            earlier[-1] if earlier else ()
        )
    return next((group for group in reversed(earlier) if len(group) == 1), None) or (
        earlier[-1][:1] if earlier else ()
    )


def _may_act(name: Name) -> bool:
    return name.type not in NO_PARTIES
