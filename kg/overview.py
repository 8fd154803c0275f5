"""What a home holds: its recorded facts, those that are not valid, and its state; changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extract.fact import to_record
from kg import graph, store, validate
from kg.entries import Problem
from kg.home import Home
from kg.ledger import Ledger
from kg.store import NothingPublishedError

_BATCH = 50  # sources that are validated in one step


@dataclass(frozen=True, slots=True)
class State:
    """Sizes of record and graph; `version`, `published` and `triples` are None where nothing is published.

    `behind` counts the changes of the record that the published version does not show yet.
    """

    base: str
    sources: int
    kinds: dict[str, int]
    problems: int
    version: int | None
    published: str | None
    triples: int | None
    behind: int


def facts(home: Home) -> Iterator[dict[str, Any]]:
    """The record of every fact that is recorded and still said, source by source."""
    with Ledger(home.ledger) as ledger:
        for name in ledger.sources():
            source = ledger.source(name)
            for key, fact in source.facts.items():
                yield to_record(fact, source.document.name, source.id) | {"id": key}


def problems(home: Home) -> Iterator[Problem]:
    """The facts that the ontology refuses, found by validating everything anew."""
    with Ledger(home.ledger) as ledger:
        names = ledger.sources()
        for at in range(0, len(names), _BATCH):
            sources = [ledger.source(name) for name in names[at : at + _BATCH]]
            refused = validate.problems([graph.project(home.base, s, ledger.entities(s.id)) for s in sources])
            for source in sources:
                for fact in sorted(refused.keys() & source.facts.keys()):
                    yield Problem(source.id, source.document.name, fact, refused[fact])


def state(home: Home) -> State:
    """The sizes of the home's record and of its published version."""
    kinds: dict[str, int] = {}
    with Ledger(home.ledger) as ledger:
        for record in facts(home):
            kinds[record["kind"]] = kinds.get(record["kind"], 0) + 1
        sources, left_out, change = len(ledger.sources()), len(ledger.problems()), ledger.number()
    try:
        with store.current(home) as version:
            shown, published, triples = (
                int(str(version.info["change"])),
                version.info["published"],
                len(version.store()),
            )
    except NothingPublishedError:
        return State(home.base, sources, kinds, left_out, None, None, None, change)
    return State(home.base, sources, kinds, left_out, version.number, str(published), triples, change - shown)
