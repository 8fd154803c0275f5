"""The published graph as a networkx graph of entities and events, for pictures and paths; holds no evidence.

Events are nodes, statements (a segment of a market, a head office) are edges. What a click wants to know beyond that
is read from the version's store.
"""

from kg.network.model import (
    Edge,
    Entity,
    Event,
    Item,
    NetworkFormatError,
    degree,
    edges_of,
    item,
    load,
    other_end,
    phrase,
    save,
)
from kg.network.paths import Path, paths
from kg.network.projection import write
from kg.network.walk import neighbourhood

__all__ = [
    "Edge",
    "Entity",
    "Event",
    "Item",
    "NetworkFormatError",
    "Path",
    "degree",
    "edges_of",
    "item",
    "load",
    "neighbourhood",
    "other_end",
    "paths",
    "phrase",
    "save",
    "write",
]
