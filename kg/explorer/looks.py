"""How types of entities and kinds of events appear in picture, legend and lists, as the ontology says."""

from __future__ import annotations

from dataclasses import dataclass

import ontology
from kg.network import Entity, Item


@dataclass(frozen=True, slots=True)
class Look:
    """How a type of entities or a kind of events appears in picture and legend."""

    name: str
    label: str
    colour: str
    glyph: str


def look(item: Item) -> Look:
    """The look of an entity (after its type) or an event (after its kind)."""
    return of_type(item.type) if isinstance(item, Entity) else of_kind(item.kind)


def of_type(name: str) -> Look:
    """The look of all entities of a type."""
    type_ = ontology.types()[name]
    return Look(type_.name, type_.label, type_.colour, type_.glyph)


def of_kind(name: str) -> Look:
    """The look of all events of a kind."""
    kind = ontology.kind(name)
    return Look(kind.name, kind.label, kind.colour, kind.glyph)
