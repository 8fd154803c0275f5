"""Facts as a document states them, and the records they are exchanged as."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

import ontology
from extract.document import Document, Span
from ontology.errors import KgError

#: What an attribute may hold; lists of texts stand for several values.
AttributeValue = str | int | float | bool | tuple[str, ...]


class InvalidFactError(KgError):
    """A fact or record that the ontology does not allow."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Who or what takes part: the name as in the text, its role in the fact, its type (both of `ontology`)."""

    name: str
    role: str
    type: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in plain units ("USD 1.5 billion" is 1500000000 USD).

    `unit` is an ISO 4217 code, percent, count or a measure; `text` is the figure as written.
    """

    value: Decimal
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What a document states, with the span that says so best and all further spans that say the same.

    `date` is YYYY, YYYY-MM or YYYY-MM-DD; `rule` names the rule that made it, `confidence` is the probability
    (0 to 1) that it is right, `signals` what that was judged by besides the rule, `antecedents` where those names
    stand that the quotes leave to a pronoun or a description ("it", "the company").
    Raises InvalidFactError where kind, status, roles or evidence are not what the ontology asks for.
    """

    kind: str
    participants: tuple[Participant, ...]
    evidence: Span
    rule: str
    confidence: float = 0.5
    quantity: Quantity | None = None
    date: str | None = None
    status: str = "asserted"
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    mentions: tuple[Span, ...] = ()
    signals: tuple[str, ...] = ()
    antecedents: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        kind = ontology.kind(self.kind)
        if self.status not in ontology.STATUSES:
            raise InvalidFactError(f"{self.kind}: unknown status {self.status!r}")
        if not self.evidence.quote.strip():
            raise InvalidFactError(f"{self.kind}: no fact without evidence")
        for participant in self.participants:
            kind.role(participant.role)

    def id(self, source: str) -> str:
        """The fact's id within a source: what is said of whom where, not offsets, status, date or confidence.

        Raises UnknownTermError for a role that the kind does not have.
        """
        kind = ontology.kind(self.kind)
        core = sorted((p.role, p.name) for p in self.participants if kind.role(p.role).core)
        value = [str(self.quantity.value.normalize()), self.quantity.unit] if self.quantity else None
        label = self.attributes.get("label")
        key = json.dumps([source, self.kind, self.evidence.quote, core, value, label], ensure_ascii=False)
        return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    def names(self, role: str) -> tuple[str, ...]:
        """The names of the participants in a role."""
        return tuple(p.name for p in self.participants if p.role == role)


def to_record(fact: Fact, doc: str, source: str) -> dict[str, Any]:
    """The fact as a JSON-ready record; `doc` is written as given, `source` gives the id."""
    record: dict[str, Any] = {
        "doc": doc,
        "id": fact.id(source),
        "kind": fact.kind,
        "status": fact.status,
        "participants": [{"name": p.name, "role": p.role, "type": p.type} for p in fact.participants],
        "value": _number(fact.quantity.value) if fact.quantity else None,
        "unit": fact.quantity.unit if fact.quantity else None,
        "date": fact.date,
        "attributes": {k: list(v) if isinstance(v, tuple) else v for k, v in sorted(fact.attributes.items())},
        "evidence": fact.evidence.quote,
        "start": fact.evidence.start,
        "end": fact.evidence.end,
        "confidence": fact.confidence,
        "rule": fact.rule,
    }
    if fact.antecedents:
        record["antecedents"] = [{"start": m.start, "end": m.end, "quote": m.quote} for m in fact.antecedents]
    if fact.signals:
        record["signals"] = list(fact.signals)
    if fact.mentions:
        record["mentions"] = [{"start": m.start, "end": m.end, "quote": m.quote} for m in fact.mentions]
    return record


def from_record(record: Mapping[str, Any], document: Document) -> Fact:
    """The fact of a record whose evidence stands in `document`; raises InvalidFactError where it does not.

    Records without offsets get those of the first place where the evidence stands.
    """
    value, text = record.get("value"), str(record.get("value_text") or record.get("value"))
    return Fact(
        kind=record["kind"],
        participants=tuple(Participant(p["name"], p["role"], p["type"]) for p in record["participants"]),
        evidence=_located(record["evidence"], record.get("start"), document),
        rule=record.get("rule") or "gold",
        confidence=record["confidence"] if record.get("confidence") is not None else 1.0,
        quantity=None if value is None else Quantity(Decimal(str(value)), record["unit"], text),
        date=record.get("date"),
        status=record.get("status") or "asserted",
        attributes={k: tuple(v) if isinstance(v, list) else v for k, v in (record.get("attributes") or {}).items()},
        mentions=tuple(_located(m["quote"], m["start"], document) for m in record.get("mentions") or ()),
        signals=tuple(record.get("signals") or ()),
        antecedents=tuple(_located(m["quote"], m["start"], document) for m in record.get("antecedents") or ()),
    )


def _located(quote: str, start: int | None, document: Document) -> Span:
    at = document.text.find(quote) if start is None else start
    if at < 0 or document.text[at : at + len(quote)] != quote:
        raise InvalidFactError(f"{document.name}: the evidence {quote[:60]!r} does not stand where the record says")
    return document.span(at, at + len(quote))


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
