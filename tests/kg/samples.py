"""Readings to fill homes with: the gold facts of the sample market, and small documents of a test's own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from pathlib import Path

import ontology
from extract.document import Document
from extract.fact import AttributeValue, Fact, Participant, Quantity, from_record
from kg import ingest
from kg.home import Home
from kg.record import Reading

DATA = Path(__file__).parents[2] / "data"


def sample() -> list[Path]:
    """The documents of the sample market."""
    return sorted([*DATA.glob("reports/*.txt"), *DATA.glob("releases/*.txt")])


def gold(path: Path) -> Reading:
    """A document of the sample with its annotated facts in place of extracted ones."""
    original = path.read_bytes()
    text = original.decode("utf-8")
    document = Document(path.name, text, next(line.strip(" #") for line in text.splitlines() if line.strip()))
    lines = path.with_suffix(".facts.jsonl").read_text("utf-8").splitlines()
    return reading(document, [from_record(json.loads(line), document) for line in lines], original)


def reading(document: Document, facts: list[Fact], original: bytes | None = None) -> Reading:
    """A reading that stands under its document's name."""
    return Reading(document, facts, original or document.text.encode(), document.name)


def fact(
    document: Document,
    kind: str,
    roles: dict[str, str | tuple[str, ...]],
    *,
    quote: str | None = None,
    value: tuple[str, str] | None = None,
    date: str | None = None,
    status: str = "asserted",
    types: dict[str, str] | None = None,
    **attributes: AttributeValue,
) -> Fact:
    """A fact of that document; types follow from the roles' ranges, the evidence is the quote or the whole text."""
    evidence = quote or document.text.strip()
    at = document.text.index(evidence)
    return Fact(
        kind=kind,
        participants=tuple(_participants(kind, roles, types or {})),
        evidence=document.span(at, at + len(evidence)),
        rule="test",
        confidence=0.9,
        quantity=Quantity(Decimal(value[0]), value[1], value[0]) if value else None,
        date=date,
        status=status,
        attributes=attributes,
    )


def _participants(kind: str, roles: dict[str, str | tuple[str, ...]], types: dict[str, str]) -> Iterable[Participant]:
    of_range = {str(each.iri): each.name for each in ontology.types().values()}
    for role, named in roles.items():
        usual = of_range.get(str(ontology.kind(kind).role(role).range), "Company")
        for name in (named,) if isinstance(named, str) else named:
            yield Participant(name, role, types.get(name, usual))


def fill(place: Home, readings: Iterable[Reading]) -> list[ingest.Outcome]:
    """Records and publishes readings, each read when its turn comes; no error is expected."""
    outcomes = list(ingest.keep(place, [(each.document.name, partial(_same, each)) for each in readings]))
    assert [str(outcome.error) for outcome in outcomes if outcome.error] == []
    return outcomes


def _same(each: Reading) -> Reading:
    return each
