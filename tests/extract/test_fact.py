"""Facts say only what the ontology knows and survive being written down."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from extract.document import Document
from extract.fact import Fact, InvalidFactError, Participant, Quantity, from_record, to_record
from ontology import UnknownTermError

DOCUMENT = Document("test.txt", "In May 2031 Orvane acquired Flexura for $9.5 million. Orvane now owns Flexura.")
FACT = Fact(
    kind="acquisition",
    participants=(Participant("Orvane", "acquirer", "Company"), Participant("Flexura", "target", "Company")),
    evidence=DOCUMENT.span(0, 52),
    rule="acquisition-verb",
    confidence=0.9,
    quantity=Quantity(Decimal("9500000"), "USD", "$9.5 million"),
    date="2031-05",
    attributes={"stake": "100%", "minimum": True, "features": ("a", "b")},
    mentions=(DOCUMENT.span(54, 78),),
)


@pytest.mark.parametrize(
    ("change", "error", "told"),
    [
        ({"kind": "takeover"}, UnknownTermError, "takeover"),
        ({"status": "likely"}, InvalidFactError, "unknown status 'likely'"),
        ({"evidence": DOCUMENT.span(2, 3)}, InvalidFactError, "no fact without evidence"),
        ({"participants": (Participant("Orvane", "winner", "Company"),)}, UnknownTermError, "winner"),
    ],
)
def test_what_the_ontology_does_not_know_is_no_fact(
    change: dict[str, Any], error: type[Exception], told: str
) -> None:
    """Kinds, roles and statuses are the declared ones, and evidence is more than space."""
    with pytest.raises(error, match=told):
        replace(FACT, **change)


def test_record_and_back() -> None:
    """A fact written as a record and read again is the same, figure as written aside."""
    record = to_record(FACT, "test.txt", "source")
    assert (record["value"], record["unit"], record["attributes"]["features"]) == (9500000, "USD", ["a", "b"])
    assert record["mentions"] == [{"start": 54, "end": 78, "quote": "Orvane now owns Flexura."}]
    again = from_record(record, DOCUMENT)
    assert again == replace(FACT, quantity=Quantity(Decimal("9500000"), "USD", "9500000"))
    assert from_record({**record, "value_text": "$9.5 million"}, DOCUMENT) == FACT


def test_bare_records_are_facts() -> None:
    """A record needs kind, participants and evidence; the first place where it stands is the span."""
    fact = from_record({"kind": "launch", "participants": [], "evidence": "Flexura"}, DOCUMENT)
    assert (fact.evidence.start, fact.status, fact.confidence, fact.quantity) == (28, "asserted", 1.0, None)


@pytest.mark.parametrize("record", [{"evidence": "Tessaly"}, {"evidence": "Orvane", "start": 1}])
def test_evidence_that_does_not_stand_there_is_refused(record: dict[str, Any]) -> None:
    """A record whose evidence is not in the document at that place is no fact of it."""
    with pytest.raises(InvalidFactError, match="does not stand where the record says"):
        from_record({"kind": "launch", "participants": [], **record}, DOCUMENT)


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"status": "planned"}, True),
        ({"date": None}, True),
        ({"confidence": 0.1, "rule": "other", "mentions": ()}, True),
        ({"participants": FACT.participants[::-1]}, True),
        ({"quantity": Quantity(Decimal("9.50e6"), "USD", "USD 9.5m")}, True),
        ({"quantity": None}, False),
        ({"quantity": Quantity(Decimal("9500000"), "EUR", "€9.5m")}, False),
        ({"evidence": DOCUMENT.span(0, 35)}, False),
        ({"participants": FACT.participants[:1]}, False),
        ({"attributes": {"label": "Takeover"}}, False),
    ],
)
def test_id_is_what_is_said_of_whom_where(change: dict[str, Any], same: bool) -> None:
    """A better status, date or confidence keeps the id; another figure, party or place is another fact."""
    assert (replace(FACT, **change).id("source") == FACT.id("source")) is same
    assert FACT.id("source") != FACT.id("other")


def test_names_by_role() -> None:
    """Participants are asked for by what they do in the fact."""
    assert FACT.names("target") == ("Flexura",)
    assert FACT.names("seller") == ()
