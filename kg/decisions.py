"""What people decide of single facts - right, wrong, or right in this way - and which facts that holds for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import ontology
from extract.fact import Fact, Participant, Quantity
from kg import names
from ontology.errors import KgError

VERDICTS = ("accept", "reject", "correct")


class DecisionError(KgError):
    """A decision that cannot be made: no such fact, or a correction that makes no fact."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What someone has decided of a fact, with what it takes to know the fact again once it is read otherwise.

    `parties` are roles and names of its core participants as they were read; `patch` holds what a correction sets:
    status, date, value, unit, roles (lists of names) and attributes.
    """

    source: str
    fact: str
    verdict: str
    kind: str
    quote: str
    parties: tuple[tuple[str, str], ...]
    patch: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, source: str, key: str, fact: Fact, verdict: str, patch: Mapping[str, Any] | None = None) -> Decision:
        """A decision of that fact as it was read; raises InvalidFactError or DecisionError for an unfit patch."""
        core = [(p.role, p.name) for p in fact.participants if ontology.kind(fact.kind).role(p.role).core]
        made = cls(source, key, verdict, fact.kind, fact.evidence.quote, tuple(core), dict(patch or {}))
        decided(fact, made)
        return made


@dataclass(frozen=True, slots=True)
class Applied:
    """Facts by id as decisions leave them, the decision of each id, and the decisions that no fact was found for."""

    shown: dict[str, Fact]
    decided: dict[str, Decision]
    orphans: tuple[Decision, ...]


def applied(facts: Mapping[str, Fact], decisions: Iterable[Decision], text: str) -> Applied:
    """What decisions make of the facts that were read in a text; of several on one fact the last holds.

    A decision follows its fact: by id, or else to a fact of the same kind whose evidence overlaps and that has a
    core participant in common.
    """
    found: dict[str, Decision] = {}
    orphans = []
    for each in decisions:
        key = each.fact if each.fact in facts else _heir(facts, each, text)
        if key is None:
            orphans.append(each)
        else:
            found[key] = each
    shown = {}
    for key, fact in facts.items():
        decision = found.get(key)
        if decision is None:
            shown[key] = fact
        elif decision.verdict != "reject":
            shown[key] = decided(fact, decision)
    return Applied(shown, found, tuple(orphans))


def _heir(facts: Mapping[str, Fact], decision: Decision, text: str) -> str | None:
    """The fact that now says what the decision was about; the one with most of its words, None where none has any."""
    at = text.find(decision.quote)
    parties = {(role, names.slug(name)) for role, name in decision.parties}
    best: tuple[int, str] | None = None
    for key, fact in facts.items():
        common = {(p.role, names.slug(p.name)) for p in fact.participants} & parties
        overlap = _overlap(fact, decision.quote, at)
        if fact.kind == decision.kind and overlap and (common or not parties):
            best = max(best or (0, ""), (overlap, key))
    return best[1] if best else None


def _overlap(fact: Fact, quote: str, at: int) -> int:
    """The number of characters that a fact's evidence and a quote, which stands at `at` if at all, have in common."""
    spans = [fact.evidence, *fact.mentions]
    if at >= 0:
        return max(0, *(min(at + len(quote), span.end) - max(at, span.start) for span in spans))
    return max(min(len(quote), len(s.quote)) if s.quote in quote or quote in s.quote else 0 for s in spans)


def decided(fact: Fact, decision: Decision) -> Fact:
    """The fact as accepted or corrected; raises InvalidFactError or DecisionError where it would be none."""
    sign = "accepted" if decision.verdict == "accept" else "corrected"
    known = replace(fact, confidence=1.0, signals=(*fact.signals, sign))
    patch = dict(decision.patch)
    if not patch:
        return known
    known = replace(known, status=patch.pop("status", fact.status), date=_date(patch.pop("date", fact.date)))
    if {"value", "unit"} & patch.keys():
        known = replace(known, quantity=_quantity(fact, patch.pop("value", None), patch.pop("unit", None)))
    roles = {role.name for role in ontology.kind(fact.kind).roles}
    parties = list(fact.participants)
    for role in [name for name in patch if name in roles]:
        parties = _with(parties, fact.kind, role, patch.pop(role))
    attributes = {name: value for name, value in {**fact.attributes, **_listed(patch)}.items() if value != ""}
    return replace(known, participants=tuple(parties), attributes=attributes)


def patch(fact: Fact, settings: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What a correction sets, from names and values as typed; an empty value takes away.

    Raises DecisionError for a name that this kind of fact does not have.
    """
    kind, found = ontology.kind(fact.kind), dict[str, Any]()
    for name, value in settings:
        if name in {role.name for role in kind.roles}:
            found.setdefault(name, [])
            found[name] += [value] if value else []
        elif name in ("status", "date", "value", "unit") or name in kind.attributes:
            found[name] = value
        else:
            told = ", ".join(
                ["status", "date", "value", "unit", *(role.name for role in kind.roles), *kind.attributes]
            )
            raise DecisionError(f"{name}: a fact of the kind {fact.kind} has none; it has {told}")
    return found


def _date(text: str | None) -> str | None:
    try:
        if text:
            date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise DecisionError(f"{text}: is no date (YYYY, YYYY-MM or YYYY-MM-DD)") from None
    return text or None


def _quantity(fact: Fact, value: str | None, unit: str | None) -> Quantity | None:
    if value == "":
        return None
    held = fact.quantity
    try:
        number = Decimal(value) if value is not None else held.value if held else None
    except InvalidOperation:
        raise DecisionError(f"{value}: is no number") from None
    known = unit or (held.unit if held else None)
    if number is None or known is None:
        raise DecisionError("a figure needs both value and unit")
    return Quantity(number, known, f"{number} {known}")


def _with(parties: list[Participant], kind: str, role: str, given: Sequence[str]) -> list[Participant]:
    """The participants with others in one role, of types that they have elsewhere, or else that the role takes."""
    ranges = {str(each.iri): each.name for each in ontology.types().values()}
    usual = ranges.get(str(ontology.kind(kind).role(role).range), "Company")
    usual = next((each.type for each in parties if each.role == role), usual)
    types = {each.name: each.type for each in parties}
    made = [Participant(name, role, types.get(name, usual)) for name in given]
    return [each for each in parties if each.role != role] + made


def _listed(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


def to_row(decision: Decision) -> tuple[str, ...]:
    """The decision as cells of the ledger."""
    told = (json.dumps(each, ensure_ascii=False) for each in (decision.parties, dict(decision.patch)))
    return decision.source, decision.fact, decision.verdict, decision.kind, decision.quote, *told


def from_row(row: Sequence[str]) -> Decision:
    """The decision of such cells."""
    parties = tuple((role, name) for role, name in json.loads(row[5]))
    source, fact, verdict, kind, quote = row[:5]
    return Decision(source, fact, verdict, kind, quote, parties, json.loads(row[6]))
