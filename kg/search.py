"""The search index of a published version: entities by their names and the names they were written with."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store
from rdflib import SKOS

import ontology

_ENTITIES = f"""
SELECT DISTINCT ?entity ?type ?label ?name WHERE {{
  ?entity <{SKOS.prefLabel}> ?label ; a ?type ; <{SKOS.altLabel}> ?name
}} ORDER BY ?entity ?name"""  # the store is ours, and what is filled in are constants
_SCHEMA = (
    "CREATE VIRTUAL TABLE entity USING fts5 (name, iri UNINDEXED, type UNINDEXED, label UNINDEXED, prefix = '1 2 3')"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found: its IRI, label and type of `ontology`, and the name that matched."""

    iri: str
    label: str
    type: str
    name: str


def write(store: Store, path: Path) -> None:
    """Writes the index of all entities of a store into a new SQLite file."""
    types = {str(each.iri): each.name for each in ontology.types().values()}
    rows = {}
    for entity, kind, label, name in store.query(_ENTITIES, use_default_graph_as_union=True):  # type: ignore[union-attr] # a SELECT gives rows
        for text in (label.value, name.value) if kind.value in types else ():  # imports have types of their own
            rows[text, entity.value] = (text, entity.value, types[kind.value], label.value)
    shortest = sorted(rows.values(), key=lambda row: (len(row[0]), row))  # found in this order, without a sort
    with closing(sqlite3.connect(path)) as index, index:
        index.execute(_SCHEMA)
        index.executemany("INSERT INTO entity VALUES (?, ?, ?, ?)", shortest)


def find(path: Path, text: str, limit: int = 20) -> list[Hit]:
    """The entities with a name whose words begin with the words of `text`, whole names and short ones first."""
    words = re.findall(r"\w+", text)
    if not words:
        return []
    match = " ".join(f'"{word}"*' for word in words)
    query = "SELECT iri, label, type, name FROM entity WHERE entity MATCH ? ORDER BY rowid"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as index:
        found: dict[str, Hit] = {}
        for row in index.execute(query, (match,)):
            found.setdefault(row[0], Hit(*row))
            if len(found) == limit:
                break
    whole = text.strip().casefold()
    return sorted(found.values(), key=lambda hit: hit.name.casefold() != whole)
