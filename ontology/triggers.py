"""The cues of `ci.ttl`: words that point to a kind of fact, with the role of each syntactic slot beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rdflib import URIRef
from rdflib.term import Node

import ontology
from ontology.errors import KgError


class InvalidTriggerError(KgError):
    """A trigger of `ci.ttl` that gives a slot to a role its kind does not have."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A family of verbs or nouns that tell of one kind of event.

    `words` are lemmas ("buy", "take over", "supply agreement"); `noun` says whether they are nouns. `slots` maps a
    syntactic slot (subject, object, a preposition) to roles: with two roles the first filler takes the first one.
    `objects` are the word lists one of which the object must be of ("name" stands for any proper name), `governors`
    the verbs that must govern the noun; both empty for no condition. `status` is that of the fact unless the clause
    says otherwise.
    """

    kind: str
    noun: bool
    words: frozenset[str]
    slots: Mapping[str, tuple[str, ...]]
    objects: frozenset[str] = frozenset()
    governors: frozenset[str] = frozenset()
    status: str = "asserted"
    order: int = 50


@cache
def triggers(kind: str) -> tuple[Trigger, ...]:
    """The triggers of a kind, the most specific first; raises InvalidTriggerError."""
    nodes = ontology.graph().objects(ontology.kind(kind).iri, _ci("trigger"))
    return tuple(sorted((_trigger(kind, node) for node in nodes), key=lambda each: (each.order, sorted(each.words))))


@cache
def words(name: str) -> frozenset[str]:
    """The word list of that name (`ci:facility` is "facility"); raises InvalidTriggerError where there is none."""
    found = frozenset(str(word) for word in ontology.graph().objects(_ci(name), _ci("word")))
    if not found:
        raise InvalidTriggerError(f"ontology/ci.ttl has no word list ci:{name}")
    return found


@cache
def head_words() -> dict[str, str]:
    """Last word of a name, in lower case, to the type of whoever bears it ("hospital": HealthSystem)."""
    pairs = ontology.graph().subject_objects(_ci("headWord"))
    return {str(word): str(iri).removeprefix(ontology.BASE) for iri, word in pairs}


def _ci(term: str) -> URIRef:
    return URIRef(ontology.BASE + term)


def _trigger(kind: str, node: Node) -> Trigger:
    graph = ontology.graph()

    def texts(predicate: str) -> frozenset[str]:
        return frozenset(str(each).removeprefix(ontology.BASE) for each in graph.objects(node, _ci(predicate)))

    nouns = texts("noun")
    return Trigger(
        kind=kind,
        noun=bool(nouns),
        words=nouns or texts("verb"),
        slots=_slots(kind, next(iter(texts("slots")))),
        objects=texts("object"),
        governors=texts("governor"),
        status=next(iter(texts("says")), "asserted"),
        order=int(next(iter(texts("order")), "50")),
    )


def _slots(kind: str, text: str) -> dict[str, tuple[str, ...]]:
    """The slots written as "subject acquirer, between acquirer/target"."""
    found = {}
    for part in text.split(","):
        slot, roles = part.split()
        found[slot] = tuple(roles.split("/"))
    known = {role.name for role in ontology.kind(kind).roles} | {"money", "place", "title", "part"}
    if unknown := {role for roles in found.values() for role in roles} - known:
        raise InvalidTriggerError(f"{kind}: a trigger gives slots to unknown roles {', '.join(sorted(unknown))}")
    return found
