"""The ledger's names, judgements and events, as identity and the projection ask for them; writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from kg.entries import Event
from kg.identity import Entity, Judgement, Reference, Use
from kg.ledger import Ledger


def judgements(ledger: Ledger) -> list[Judgement]:
    """The log of judgements; of several on one pair the last stands."""
    rows = ledger.rows("SELECT family, left, right, verdict FROM judgement ORDER BY id")
    last = {(family, *sorted((left, right))): Judgement(family, left, right, v) for family, left, right, v in rows}
    return [last[pair] for pair in sorted(last)]


def uses(ledger: Ledger, family: str, block: str) -> list[Use]:
    """The uses of all names of a block, over all sources."""
    rows = ledger.rows(
        "SELECT name, type, count(*) FROM participant WHERE family = ? AND block = ? GROUP BY name, type",
        (family, block),
    )
    return [Use(Reference(family, name), kind, count) for name, kind, count in rows]


def identified(ledger: Ledger, family: str, block: str) -> list[tuple[Reference, Entity]]:
    """The names of a block with their entities, as they stand; the key is empty where a name is out of use."""
    rows = ledger.rows(
        "SELECT name, key, label, type FROM identity WHERE family = ? AND block = ? ORDER BY name",
        (family, block),
    )
    return [(Reference(family, name), Entity(family, key, label, kind)) for name, key, label, kind in rows]


def vocabulary(ledger: Ledger, families: Sequence[str], since: int = -1) -> list[tuple[Reference, Entity]]:
    """All names of these families, and of families below them, whose entity has changed after `since`."""
    found = []
    for family in families:
        rows = ledger.rows(
            "SELECT family, name, key, label, type FROM identity "
            "WHERE change > ? AND (family = ? OR family GLOB ?) ORDER BY family, name",
            (since, family, family + "/*"),
        )
        found += [(Reference(f, name), Entity(f, key, label, kind)) for f, name, key, label, kind in rows]
    return found


def named(ledger: Ledger, family: str, key: str) -> tuple[Entity | None, list[tuple[str, str | None, str]]]:
    """An entity, None where no fact names it, and its names, each with a dimension and a fact that uses it."""
    rows = ledger.rows(
        "SELECT label, identity.type, name, dimension, fact FROM identity JOIN participant USING (family, name) "
        "WHERE identity.family = ? AND identity.key = ? ORDER BY name, dimension, fact",
        (family, key),
    )
    entity = Entity(family, key, rows[0][0], rows[0][1]) if rows else None
    return entity, [(name, dimension, fact) for _, _, name, dimension, fact in rows]


def events(ledger: Ledger, entities: Iterable[tuple[str, str]]) -> list[Event]:
    """The open facts in which one of these entities, given by family and key, takes part."""
    query = (
        "SELECT DISTINCT fact.id, fact.source, fact.record, (SELECT min(published) FROM finding "
        "WHERE document = fact.document) FROM identity JOIN participant USING (family, name) "
        "JOIN fact ON fact.id = participant.fact WHERE identity.family = ? AND identity.key = ?"
    )
    rows = {row[0]: row for family, key in entities for row in ledger.rows(query, (family, key))}
    return [
        Event(fact, source, json.loads(record), published, _players(ledger, fact))
        for fact, source, record, published in (rows[key] for key in sorted(rows))
    ]


def _players(ledger: Ledger, fact: str) -> frozenset[tuple[str, str]]:
    query = "SELECT role, family, identity.key FROM participant JOIN identity USING (family, name) WHERE fact = ?"
    return frozenset((role, f"{family}/{key}") for role, family, key in ledger.rows(query, (fact,)))


def holding(ledger: Ledger, phrases: Iterable[str]) -> set[str]:
    """The sources whose current text holds one of these phrases, the last word perhaps with an ending."""
    query = "SELECT DISTINCT source.id FROM sentence JOIN source USING (document) WHERE sentence MATCH ?"
    return {row[0] for phrase in phrases for row in ledger.rows(query, (f'"{phrase}" *',))}
