"""Keeps in the ledger who takes part in which facts and who is who: the work of `kg.identity` on what has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from extract.fact import Fact
from kg import identity, registry
from kg.identity import Entity, Judgement, Reference
from kg.ledger import Change, Ledger

_Block = tuple[str, str]


def keep_participants(ledger: Ledger, change: Change, source: str, facts: Mapping[str, Fact]) -> None:
    """Replaces the participants of a source by those of these facts, and decides anew who their names stand for."""
    log = [each for each in registry.judgements(ledger) if each.source == source]
    used = {identity.reference(fact, each) for fact in facts.values() for each in fact.participants}
    meant = identity.meanings(used, log)
    rows = []
    for key, fact in sorted(facts.items()):
        for each in dict.fromkeys(fact.participants):
            written = identity.reference(fact, each)
            who, told = meant[written], identity.dimension(fact, each)
            name, block = written.name, identity.block(who)
            rows.append((source, key, each.role, who.family, name, each.type, who.name, block, told))
    before = ledger.rows("SELECT DISTINCT family, block FROM participant WHERE source = ?", (source,))
    change.connection.execute("DELETE FROM participant WHERE source = ?", (source,))
    change.connection.executemany("INSERT INTO participant VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    identify(ledger, change, {*before, *((row[3], row[7]) for row in rows)})


def identify(ledger: Ledger, change: Change, touched: Iterable[_Block]) -> None:
    """Resolves the names of these blocks, and of those that judgements tie to them, and keeps what has changed."""
    judgements = registry.judgements(ledger)
    closed = _closed(set(touched), judgements)
    uses = [use for family, block in sorted(closed) for use in registry.uses(ledger, family, block)]
    found = identity.resolve(uses, [each for each in judgements if closed & blocks(each)])
    held = {who: entity for family, block in closed for who, entity in registry.identified(ledger, family, block)}
    gone = {who: Entity(who.family, "", "", "") for who in held.keys() - found.keys()}
    change.connection.executemany(
        "REPLACE INTO identity (family, name, block, key, label, type, change) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (who.family, who.name, identity.block(who), entity.key, entity.label, entity.type, change.number)
            for who, entity in sorted((found | gone).items())
            if held.get(who) != entity
        ],
    )


def _closed(start: set[_Block], judgements: Sequence[Judgement]) -> set[_Block]:
    """The blocks with all that judgements tie to them."""
    ties: defaultdict[object, set[object]] = defaultdict(set)
    for each in judgements:
        tied = [*blocks(each), *([(each.family, each.right, "")] if each.verdict == "identifier" else [])]
        for one in tied:
            ties[one].update(tied)
    found, ahead = set[object](start), list[object](start)
    while ahead:
        for tied_one in ties.get(ahead.pop(), set()) - found:
            found.add(tied_one)
            ahead.append(tied_one)
    return {each for each in found if isinstance(each, tuple) and len(each) == 2}


def blocks(judgement: Judgement) -> set[_Block]:
    """The blocks of the names that a judgement is about, each with its family."""
    names = (judgement.left,) if judgement.verdict == "identifier" else (judgement.left, judgement.right)
    return {(judgement.family, identity.block(Reference(judgement.family, name))) for name in names}
