"""Homes and networks that the tests of the explorer look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import networkx as nx
from samples import fact, reading

from extract.document import Document
from kg import network
from kg.network import Edge, Entity, Event
from kg.record import Reading

#: Stands before every hostile name, since a name needs something to be known by.
MARK = "Hostile"


def hostile(number: int, payload: str) -> Reading:
    """A document whose title, publisher, names and sentence all hold the payload; its driver waits for a decision."""
    name = f"{MARK} {number} {payload}"
    text = f"{name} and Castell Motors agreed a partnership. It is driven by {payload}."
    document = Document(f"{number}.txt", text, name, publisher=name, published="2031-05")
    unsure = fact(document, "driver", {"market": f"{name} Market"}, label=payload, scope=payload)
    facts = [
        fact(document, "partnership", {"partner": (name, "Castell Motors")}, purpose=payload),
        fact(document, "player", {"market": f"{name} Market", "company": name}),
        fact(document, "segment", {"market": f"{name} Market", "segment": name}, dimension=payload),
        fact(document, "market_size", {"market": f"{name} Market"}, value=("1000000", "USD"), date="2030"),
    ]
    return reading(document, [*facts, replace(unsure, confidence=0.5)])


def graph_of(
    path: Path, entities: Iterable[Entity], events: Iterable[Event], edges: Iterable[Edge]
) -> nx.MultiDiGraph:
    """A network of these values, by way of its file."""
    network.save(path / "network.json", entities, events, edges)
    return network.load(path / "network.json")
