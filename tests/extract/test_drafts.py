from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract import drafts
from extract.drafts import Draft
from extract.fact import Participant, Quantity

DEAL = Draft(
    kind="acquisition",
    participants=(Participant("Orvane", "acquirer", "Company"), Participant("Flexura", "target", "Company")),
    start=0,
    end=40,
    rule="test",
    date="2031-05",
)
RELATION = Draft(
    kind="partnership",
    participants=(Participant("Orvane", "partner", "Company"), Participant("Volterix", "partner", "Company")),
    start=0,
    end=40,
    rule="test",
)


def draft(base: Draft, **changes: object) -> Draft:
    return replace(base, **{"start": 50, "end": 90, **changes})  # type: ignore[arg-type]


def money(value: int) -> Quantity:
    return Quantity(Decimal(value), "USD", f"${value}")


@pytest.mark.parametrize(
    ("second", "one"),
    [
        (draft(DEAL), True),
        (draft(DEAL, date=None), True),
        (draft(DEAL, date="2031-05-14"), True),
        (draft(DEAL, date="2030-05"), False),
        (draft(DEAL, attributes={"round": "Series B"}), True),
        (draft(DEAL, quantity=money(5)), True),
        (draft(DEAL, kind="divestiture", participants=(Participant("Flexura", "asset", "Company"),)), True),
        (draft(DEAL, participants=(Participant("Orvane", "acquirer", "Company"),)), True),
        (draft(DEAL, participants=(Participant("Brindle", "acquirer", "Company"),)), False),
        (draft(DEAL, participants=(DEAL.participants[0], Participant("Lumeo", "target", "Company"))), False),
        (draft(RELATION), False),
    ],
)
def test_what_belongs_to_one_event_of_a_passage(second: Draft, one: bool) -> None:
    """A restatement or fragment joins the event it fits; another date, target or kind makes another event."""
    assert (len(drafts.joined([DEAL, second])) == 1) is one


def test_joining_keeps_the_first_and_fills_gaps() -> None:
    """The first statement decides, the second adds what was missing and becomes a mention."""
    seller = Participant("Larch", "seller", "Company")
    second = draft(DEAL, participants=(*DEAL.participants, seller), quantity=money(7), attributes={"stake": "75%"})
    (joined,) = drafts.joined([DEAL, second])
    assert joined.participants == (*DEAL.participants, seller)
    assert (joined.quantity, joined.date, joined.attributes) == (money(7), "2031-05", {"stake": "75%"})
    assert joined.spans == ((50, 90),)


def test_end_and_beginning_of_a_relation_are_one() -> None:
    """A relation that is over takes its date from the sentence that tells its beginning."""
    over, began = draft(RELATION, status="ended"), draft(RELATION, date="2023-03", start=100, end=120)
    (relation,) = drafts.distinct([over, began])
    assert (relation.status, relation.date) == ("ended", "2023-03")


def test_a_child_that_was_sold_no_longer_belongs() -> None:
    """A subsidiary of the seller is a former one once the sale is done."""
    sale = draft(
        DEAL,
        kind="divestiture",
        participants=(Participant("Orvane", "seller", "Company"), Participant("Flexura", "asset", "Company")),
    )
    child = draft(
        DEAL,
        kind="subsidiary",
        participants=(Participant("Flexura", "subsidiary", "Company"), Participant("Orvane", "parent", "Company")),
    )
    assert [each.status for each in drafts.consistent([sale, child])] == ["asserted", "ended"]
    planned = replace(sale, status="planned")
    assert [each.status for each in drafts.consistent([planned, child])] == ["planned", "asserted"]


@pytest.mark.parametrize(
    ("kind", "roles", "whole"),
    [
        ("partnership", ("partner",), False),
        ("partnership", ("partner", "partner"), True),
        ("acquisition", ("target",), False),
        ("acquisition", ("target", "acquirer"), True),
        ("contract", ("supplier",), False),
        ("contract", ("supplier", "customer"), True),
        ("launch", ("company",), False),
        ("expansion", ("company", "location"), True),
        ("expansion", ("company",), False),
    ],
)
def test_what_an_event_needs(kind: str, roles: tuple[str, ...], whole: bool) -> None:
    """An event without the parties that make it one is left out."""
    people = tuple(Participant(f"Name {i}", role, "Company") for i, role in enumerate(roles))
    assert drafts.is_whole(Draft(kind, people, 0, 9, "test")) is whole


def test_rounds_of_different_letters_stay_apart() -> None:
    """A Series C is not the Series B that the same company raised before."""
    first = draft(DEAL, attributes={"round": "Series C"})
    second = draft(DEAL, attributes={"round": "Series B"}, date=None)
    assert len(drafts.distinct([first, second])) == 2
    assert len(drafts.joined([first, second])) == 2
