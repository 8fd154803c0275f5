"""The ledger's names, judgements and events, as identity and the projection ask for them; writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import ontology
from kg import identity
from kg.entries import Event
from kg.identity import Entity, Judgement, Reference, Use
from kg.ledger import Ledger
from kg.told import Told
from ontology.errors import KgError

#: Who takes part as one entity: the entity is looked up first, else SQLite may read all participants for each.
_PARTS = (
    "identity CROSS JOIN participant ON participant.family = identity.family AND participant.meant = identity.name "
    "WHERE identity.family = ? AND identity.key = ?"
)


class UnknownSourceError(KgError):
    """A document that is not recorded."""


def judgements(ledger: Ledger) -> list[Judgement]:
    """The log of judgements without those taken back; of several on the same names the last stands."""
    rows = ledger.rows("SELECT family, left, right, verdict, source FROM judgement WHERE undone IS NULL ORDER BY id")
    last: dict[object, Judgement] = {}
    for each in (Judgement(*row) for row in rows):
        last[subject(each)] = each
    return list(last.values())


def subject(judgement: Judgement) -> tuple[object, ...]:
    """What a judgement decides on: a later one on the same takes its place."""
    family, left, right, verdict = judgement.family, judgement.left, judgement.right, judgement.verdict
    if verdict == "identifier":
        return family, left, right.partition(":")[0], verdict
    return (family, left, judgement.source, verdict) if verdict == "means" else (family, *sorted((left, right)))


def uses(ledger: Ledger, family: str, block: str) -> list[Use]:
    """The uses of all names that are meant of a block, over all sources."""
    rows = ledger.rows(
        "SELECT meant, type, count(*) FROM participant WHERE family = ? AND block = ? GROUP BY meant, type",
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
        f"SELECT label, identity.type, participant.name, dimension, fact FROM {_PARTS} "  # noqa: S608 - a constant
        "ORDER BY participant.name, dimension, fact",
        (family, key),
    )
    entity = Entity(family, key, rows[0][0], rows[0][1]) if rows else None
    return entity, [(name, dimension, fact) for _, _, name, dimension, fact in rows]


#: Facts of which the rest of the query tells which.
_EVENTS = (
    "SELECT DISTINCT fact.id, fact.source, fact.record, (SELECT min(published) FROM finding "
    "WHERE document = fact.document AND gone IS NULL), origin FROM fact JOIN source ON source.id = fact.source "
    "WHERE closed IS NULL AND "
)


def events(ledger: Ledger, groups: Iterable[tuple[str | None, Sequence[tuple[str, str]]]]) -> list[Event]:
    """The open facts of a kind, of any if None, in which all entities of a group (family, key) have a part."""
    return _made(ledger, (row for kind, group in groups for row in _shared(ledger, kind, group)))


def _shared(ledger: Ledger, kind: str | None, group: Sequence[tuple[str, str]]) -> list[tuple[Any, ...]]:
    taking = " INTERSECT ".join([f"SELECT fact FROM {_PARTS}"] * len(group))  # noqa: S608 - constants
    values = [each for entity in group for each in entity]
    return ledger.rows(_EVENTS + f"fact.kind = ifnull(?, fact.kind) AND fact.id IN ({taking})", [kind, *values])


def told_events(ledger: Ledger, facts: Iterable[str] | None = None) -> list[Event]:
    """The facts of these ids that are open, or all of the kinds that are events."""
    if facts is not None:
        return _made(ledger, (row for fact in facts for row in ledger.rows(_EVENTS + "fact.id = ?", (fact,))))
    kinds = [name for name, kind in ontology.kinds().items() if kind.family == "event"]
    return _made(ledger, (row for kind in kinds for row in ledger.rows(_EVENTS + "fact.kind = ?", (kind,))))


def _made(ledger: Ledger, rows: Iterable[tuple[Any, ...]]) -> list[Event]:
    return [
        Event(fact, source, json.loads(record), published, _players(ledger, fact), origin)
        for fact, source, record, published, origin in sorted(set(rows))
    ]


def _players(ledger: Ledger, fact: str) -> frozenset[tuple[str, str]]:
    query = "SELECT role, family, key FROM part WHERE fact = ?"
    return frozenset((role, f"{family}/{key}") for role, family, key in ledger.rows(query, (fact,)))


def holding(ledger: Ledger, phrases: Iterable[str]) -> set[str]:
    """The sources whose current text holds one of these phrases, the last word perhaps with an ending."""
    query = (
        "SELECT DISTINCT source.id FROM sentence JOIN source USING (document) "
        "WHERE sentence MATCH ? AND withdrawn IS NULL"
    )
    return {row[0] for phrase in phrases for row in ledger.rows(query, (f'"{phrase}" *',))}


def counts(ledger: Ledger) -> dict[Reference, int]:
    """How often the sources use each name that is meant."""
    rows = ledger.rows("SELECT family, meant, count(*) FROM participant GROUP BY family, meant")
    return {Reference(family, name): count for family, name, count in rows}


def told(ledger: Ledger) -> list[tuple[Told, str]]:
    """What the texts of the sources say of names that stand for one, each with the name of the document."""
    rows = ledger.rows(
        "SELECT left, right, how, quote, (SELECT min(name) FROM finding WHERE document = source.document) "
        "FROM told JOIN source ON source.document = told.document WHERE withdrawn IS NULL ORDER BY 1, 2, 3, 5"
    )
    return [(Told(*row[:4]), row[4]) for row in rows]


def partners(ledger: Ledger, who: Reference) -> list[tuple[str, str, str | None]]:
    """The facts that the entity of a name has a part in, each with its source and the label of another who has."""
    rows = ledger.rows(
        "SELECT DISTINCT mine.fact, mine.source, other.label FROM identity JOIN part AS mine USING (family, key) "
        "LEFT JOIN part AS other ON other.fact = mine.fact AND (other.family, other.key) <> (mine.family, mine.key) "
        "WHERE identity.family = ? AND identity.name = ? ORDER BY 1, 3",
        (who.family, who.name),
    )
    return [(fact, source, label) for fact, source, label in rows]


def is_used(ledger: Ledger, who: Reference) -> bool:
    """Whether a name is in use."""
    query = "SELECT count(*) FROM identity WHERE family = ? AND name = ? AND key <> ''"
    return bool(ledger.row(query, (who.family, who.name))[0])


def sources(ledger: Ledger, named: str) -> list[str]:
    """The sources that a document's id, name, path or address means; raises UnknownSourceError where none does."""
    rows = ledger.rows(
        "SELECT id FROM source WHERE :it IN (id, document) AND withdrawn IS NULL "
        "UNION SELECT source FROM address WHERE address = :it UNION "
        "SELECT source.id FROM source JOIN finding USING (document) WHERE finding.name = :it AND gone IS NULL "
        "ORDER BY 1",
        {"it": named},
    )
    if not rows:
        raise UnknownSourceError(f"{named}: no document of that name, address or id is recorded")
    return [str(row[0]) for row in rows]


def path(ledger: Ledger, source: str, who: Reference) -> str:
    """The path of the entity that a name stands for in a source, also where no open fact uses it any more."""
    rows = ledger.rows(
        "SELECT family, key FROM part WHERE source = ? AND family = ? AND name = ? LIMIT 1",
        (source, who.family, who.name),
    ) or ledger.rows(
        "SELECT family, key FROM identity WHERE family = ? AND name = ? AND key <> ''", (who.family, who.name)
    )
    family, key = rows[0] if rows else (who.family, identity.block(who))
    return f"{family}/{key}"


def is_known(ledger: Ledger, path: str, run: int) -> bool:
    """Whether a fact that was first seen in that run or before names an entity."""
    family, _, key = path.rpartition("/")
    query = (
        "SELECT count(*) FROM part JOIN fact ON fact.id = part.fact WHERE family = ? AND key = ? AND first_run <= ?"
    )
    return bool(ledger.row(query, (family, key, run))[0])
