"""Turns what fills the slots of a frame into the participants of its kind."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import ontology
from extract import deals, syntax
from extract.deals import BODIES, PLACE_TYPES
from extract.fact import Participant
from extract.fillers import Filler, group_of, may_act, word
from extract.frames import Frame
from extract.lists import listed_with
from extract.nameforms import key
from extract.names import Name
from extract.reading import Reading
from extract.slots import FINITE
from extract.tradeconditions import makers
from ontology import triggers

_PLACE_ROLES = frozenset(("location", "region"))
_PERSONS = frozenset(("person", "predecessor"))
_ANY_NAME = _PLACE_ROLES | _PERSONS | {"product"}
#: Roles whose bearer may be told by a noun phrase instead of a name.
_DESCRIBED = frozenset(("target", "asset"))


def participant(name: Name, role: str) -> Participant:
    """The bearer of a name in a role, with the type that both allow."""
    if role in _PLACE_ROLES:
        return Participant(name.text, role, name.type if name.type in PLACE_TYPES else "Location")
    if role in _PERSONS:
        return Participant(name.full, role, "Person")
    if role == "product":
        return Participant(name.text, role, "Product")
    return Participant(name.full, role, name.type if name.type in BODIES else "Company")


def participants(frame: Frame, reading: Reading) -> tuple[Participant, ...]:
    """The fillers that may take their role, each name once."""
    kind = ontology.kind(frame.kind)
    found: list[Participant] = []
    for role in kind.roles:
        for filler in frame.roles.get(role.name, ()):
            each = _participant(frame, filler, role.name, reading)
            if each is not None and key(each.name) not in {key(p.name) for p in found}:
                found.append(each)
    return tuple(found) + _places(frame, found, reading)


def _places(frame: Frame, found: Sequence[Participant], reading: Reading) -> tuple[Participant, ...]:
    """Where a company expands, if no slot of its own tells it: "invested in a new bakery in Ohio"."""
    if frame.kind != "expansion" or any(p.role in _PLACE_ROLES for p in found):
        return ()
    named = [f.name for slot in ("in", "at", "near", "into") for f in frame.slots.get(slot, ()) if f.name is not None]
    found_at = [*named, *_inside(frame, reading), *_behind(frame, reading), *_ahead(frame, reading)]
    place = next((name for name in found_at if name.type in PLACE_TYPES), None) or next(
        (name for name in found_at if _is_unknown_place(reading, name, found)), None
    )
    return (participant(place, "location"),) if place is not None else ()


def _inside(frame: Frame, reading: Reading) -> Iterator[Name]:
    """The places within what is built or opened: "the new plant in Linz", "its Linz plant"."""
    for filler in frame.roles.get("part", ()):
        near = [place for slot, place in syntax.nested(filler.head) if slot in ("in", "at", "near")]
        near += [child for child in filler.head.children if child.dep_ in ("compound", "nmod")]
        yield from (
            f.name for place in near for f in group_of(reading, place) if f.name and f.name.type in PLACE_TYPES
        )


def _ahead(frame: Frame, reading: Reading) -> Iterator[Name]:
    """The place that opens the sentence ("In Linz, X opens ..."); for "there" the last one before."""
    sentence = reading.sentence(frame.token.i)
    first = reading.at.get(sentence.start + 1)
    if first is not None and sentence[0].lower_ in ("in", "at", "near") and first.type in PLACE_TYPES:
        yield first
    if any(token.lower_ == "there" and token.dep_ == "advmod" for token in sentence):
        before = [n for n in reading.names if n.start < frame.token.i and n.type in PLACE_TYPES]
        yield from before[-1:]


def _is_unknown_place(reading: Reading, name: Name, found: Sequence[Participant]) -> bool:
    """Whether a name of an unknown type stands right behind "in" and takes no other part."""
    if name.sure or name.type == "Product" or not 0 < name.start < len(reading.doc):
        return False
    return reading.doc[name.start - 1].lower_ in ("in", "near") and all(p.name != name.full for p in found)


def _behind(frame: Frame, reading: Reading) -> Iterator[Name]:
    """The names behind "in" or "near" further right in the clause."""
    clause = list(itertools.takewhile(lambda t: t.tag_ not in FINITE, reading.doc[frame.token.i + 1 :]))
    end = min(frame.token.i + 1 + len(clause), reading.sentence(frame.token.i).end)
    names = (name for name in reading.names if frame.token.i < name.start < end)
    return (name for name in names if reading.doc[name.start - 1].lower_ in ("in", "near"))


def settled(frame: Frame, reading: Reading) -> Frame:
    """The frame with whom a site, a product, a stake or a business belongs to, where its slots do not say it."""
    kind = frame.kind
    if kind == "expansion" and _is_open(frame):
        return _of_owner(frame, reading)
    if kind == "termination" and not frame.trigger.noun and not frame.roles.get("party"):
        return _of_abandoner(frame, reading)
    if kind == "launch" and _is_open(frame):
        return _of_maker(frame, reading)
    if kind == "launch":
        return _of_product(frame, reading)
    return deals.settled(frame, reading)


def _is_open(frame: Frame) -> bool:
    """Whether nobody acts, or only what someone uses: "the funds will be used to build a plant", "its aim is"."""
    return all(f.name is None and word(f.head) in triggers.words("means") for f in frame.roles.get("company", ()))


def _of_owner(frame: Frame, reading: Reading) -> Frame:
    """Who expands where a site is the subject ("Its second plant opened"): its owner, else who was last spoken of."""
    heads = [filler.head for filler in frame.roles.get("part", ())]
    owners = [f for head in heads for c in head.children if c.dep_ == "poss" for f in group_of(reading, c)]
    used = any(word(f.head) in triggers.words("means") for f in frame.roles.get("company", ()))
    before = [group for i, group in reading.subjects if i < frame.token.i]
    last = (before[0] if used else before[-1]) if before else ()
    company = tuple(owners) or tuple(Filler(frame.token, name) for name in last)
    near = {slot: group_of(reading, place) for head in heads for slot, place in syntax.nested(head)}
    return replace(frame, roles={**frame.roles, "company": company}, slots={**near, **frame.slots})


def _of_product(frame: Frame, reading: Reading) -> Frame:
    """The frame with the products that "a new version of X" or "an integration into its X and Y" is about."""
    products = frame.roles.get("product", ())
    if any(f.name for f in products) or not any(word(f.head) in triggers.words("edition") for f in products):
        return frame
    taken = {f.name for role, found in frame.roles.items() if role != "product" for f in found}
    slots = ("of", "for", "to", "into")
    rows = ([f.name for f in frame.slots.get(slot, ()) if f.name and f.name not in taken] for slot in slots)
    about = next((row for row in rows if row), [])
    end = reading.sentence(frame.token.i).end
    behind = [name for name in reading.names if frame.token.i < name.start < end and name not in taken]
    own = [
        name for name in behind if name.type == "Product" or reading.doc[name.start - 1].lower_ in ("its", "their")
    ]
    named = about or [each for name in own[:1] for each in listed_with(reading, name)]
    found = tuple(Filler(reading.doc[name.end - 1], name) for name in named)
    return replace(frame, roles={**frame.roles, "product": (*found, *products)})


def _of_maker(frame: Frame, reading: Reading) -> Frame:
    """Who launches what "is now available": its owner, else who was last spoken of."""
    return replace(frame, roles={**frame.roles, "company": _makers(frame, "product", reading)})


def _makers(frame: Frame, role: str, reading: Reading) -> tuple[Filler, ...]:
    """Whose the products in a role are, as genitive or apposition tell it; else who was last spoken of."""
    products = {f.name for f in frame.roles.get(role, ()) if f.name}
    heads = [filler.head for filler in frame.roles.get(role, ())]
    owners = [f for head in heads for c in makers(head) for f in group_of(reading, c) if f.name and may_act(f.name)]
    owners = [f for f in owners if f.name not in products]
    before = [group for i, group in reversed(reading.subjects) if i < frame.token.i and not products & set(group)]
    last = tuple(Filler(frame.token, name) for name in (before[0] if before else ()))
    return tuple(owners) or last


def _of_abandoner(frame: Frame, reading: Reading) -> Frame:
    """Who gives up what "will be switched off": its owner, else who was last spoken of."""
    return replace(frame, roles={**frame.roles, "party": _makers(frame, "subject", reading)})


def _participant(frame: Frame, filler: Filler, role: str, reading: Reading) -> Participant | None:
    inner = _within(frame, filler, role, reading) if filler.name is None else None
    name = filler.name or inner
    if name is None:
        return _described(filler, role, reading)
    if inner is not None and role == "location":
        return participant(name, role) if name.type in PLACE_TYPES or not name.sure else None
    place = name.type in PLACE_TYPES
    if role == "region" and name.type not in ("Country", "Region"):
        return None
    if (
        place
        and role in frame.trigger.slots.get("in", ())
        and role not in _PLACE_ROLES
        and not _is_coined(filler, name)
    ):
        return None
    if role in _PLACE_ROLES and not place:
        return participant(name, role) if _stands_in(filler, name) and role == "location" else None
    if role not in _ANY_NAME and place and (name.sure or name.type != "Location"):
        return None
    if role == "party" and name.type == "Person" and name.sure:
        return None
    if role == "company" and frame.kind == "launch" and name.type == "Regulator":
        return None
    return participant(name, role)


def _is_coined(filler: Filler, name: Name) -> bool:
    """Whether a name that is taken for a place is no word of the language, so that it may as well be a firm's."""
    return not name.sure and name.type == "Location" and any(t.is_oov for t in filler.head.doc[name.start : name.end])


def _within(frame: Frame, filler: Filler, role: str, reading: Reading) -> Name | None:
    """The product or place inside a noun phrase: "its new CrispLine platform", "its Linz site"."""
    if role not in ("product", "location") or filler.head.pos_ != "NOUN":
        return None
    taken = {f.name for found in frame.roles.values() for f in found if f.name}
    inside = [reading.at[c.i] for c in filler.head.children if c.dep_ in ("compound", "nmod") and c.i in reading.at]
    return next((name for name in inside if name not in taken), None)


def _stands_in(filler: Filler, name: Name) -> bool:
    """Whether an unknown name stands right behind "in" or "near", where a place is told."""
    before = filler.head.doc[name.start - 1] if name.start else None
    return before is not None and before.lower_ in ("in", "near", "at") and not name.sure


def _described(filler: Filler, role: str, reading: Reading) -> Participant | None:
    if role not in _DESCRIBED or filler.head.pos_ not in ("NOUN", "PROPN"):
        return None
    left, right = syntax.phrase(filler.head)
    right = _past_place(reading, right)
    return Participant(re.sub(r"\s+", " ", filler.head.doc[left:right].text), role, "Asset")


def _past_place(reading: Reading, end: int) -> int:
    """Behind the place that tells one site from another: "jar plant in Lierne"."""
    place = reading.at.get(end + 1)
    if place is None or place.start != end + 1 or reading.doc[end].lower_ not in ("in", "near", "at"):
        return end
    return place.end if place.type in PLACE_TYPES or not place.sure else end
