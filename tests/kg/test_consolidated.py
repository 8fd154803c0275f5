from __future__ import annotations

import json
import random
from decimal import Decimal
from typing import Any

import pytest
from samples import fact

from extract.document import Document
from kg import names
from kg.consolidated import Group, disagreements, doubts, groups
from kg.entries import Event, stored
from kg.identity import Judgement

PAIR = {"partner": ("Alba", "Brindle")}
BOUGHT = {"acquirer": "Alba", "target": "Brindle"}


def event(source: str, kind: str, roles: dict[str, Any], published: str | None = None, **more: Any) -> Event:
    document = Document(f"{source}.txt", f"{source} says so.", source)
    made = fact(document, kind, roles, **more)
    players = frozenset((p.role, f"x/{names.slug(p.name)}") for p in made.participants)
    return Event(source, source.rstrip("'"), json.loads(stored(made, source, document.id)), published, players)


def joined(*events: Event, judgements: list[Judgement] | None = None) -> list[list[str]]:
    return sorted(sorted(e.fact for e in group.members) for group in groups(events, judgements or []))


ONE = {
    "an acquisition at any time": (event("a", "acquisition", BOUGHT, date="2030"), event("b", "acquisition", BOUGHT)),
    "a partnership within 45 days": (
        event("a", "partnership", PAIR, date="2031-05-14"),
        event("b", "partnership", {"partner": ("Brindle", "Alba")}, date="2031-06-28"),
    ),
    "a coarse date is its whole interval": (
        event("a", "partnership", PAIR, date="2031"),
        event("b", "partnership", PAIR, date="2032-02-14"),
    ),
    "a product on one side only": (
        event("a", "partnership", PAIR, date="2031-05", product="Lens"),
        event("b", "partnership", PAIR, date="2031-05"),
    ),
    "a round by its name": (
        event("a", "investment", {"investee": "Alba"}, date="2031-05", round="Series C"),
        event("b", "investment", {"investee": "Alba", "investor": "Fjord"}, date="2031-06", round="series C"),
    ),
    "a round by its amount": (
        event("a", "investment", {"investee": "Alba"}, date="2031-05", value=("8000000", "USD")),
        event("b", "investment", {"investee": "Alba"}, date="2031-05", value=("8010000", "USD"), round="Series C"),
    ),
}
TWO = {
    "a partnership after the window": (
        event("a", "partnership", PAIR, date="2031-05-14"),
        event("b", "partnership", PAIR, date="2031-06-29"),
    ),
    "a missing date": (event("a", "partnership", PAIR, date="2031-05"), event("b", "partnership", PAIR)),
    "another product": (
        event("a", "partnership", PAIR, date="2031-05", product="Lens"),
        event("b", "partnership", PAIR, date="2031-05", product="Reader"),
    ),
    "another partner": (
        event("a", "partnership", PAIR, date="2031-05"),
        event("b", "partnership", {"partner": ("Alba", "Brindle", "Corvid")}, date="2031-05"),
    ),
    "the roles the other way round": (
        event("a", "acquisition", BOUGHT),
        event("b", "acquisition", {"acquirer": "Brindle", "target": "Alba"}),
    ),
    "another kind": (
        event("a", "partnership", PAIR, date="2031-05"),
        event("b", "joint_venture", PAIR, date="2031-05"),
    ),
    "an investment of which nothing else is known": (
        event("a", "investment", {"investee": "Alba"}, date="2031-05"),
        event("b", "investment", {"investee": "Alba"}, date="2031-05"),
    ),
    "amounts of one round that differ": (
        event("a", "investment", {"investee": "Alba"}, date="2031-05", value=("60000000", "USD"), round="Series C"),
        event("b", "investment", {"investee": "Alba"}, date="2031-06", value=("8000000", "USD"), round="Series C"),
    ),
    "launches without a named product": (
        event("a", "launch", {"company": "Alba"}, date="2031-05"),
        event("b", "launch", {"company": "Alba"}, date="2031-05"),
    ),
    "a date that is none": (
        event("a", "partnership", PAIR, date="2031-05"),
        event("b", "partnership", PAIR, date="2031-Q2"),
    ),
}


@pytest.mark.parametrize("case", ONE)
def test_statements_of_one_deal_are_one_group(case: str) -> None:
    """Keys and windows are those of the ontology."""
    assert joined(*ONE[case]) == [["a", "b"]]


@pytest.mark.parametrize("case", TWO)
def test_what_may_be_another_deal_stays_apart(case: str) -> None:
    """Merging is automatic on certain grounds only."""
    assert joined(*TWO[case]) == [["a"], ["b"]]


def test_two_statements_of_one_document_are_never_one_deal() -> None:
    """A third that would join them joins neither."""
    first, second = event("a", "acquisition", BOUGHT), event("a'", "acquisition", BOUGHT, status="planned")
    assert joined(first, second) == [["a"], ["a'"]]
    assert joined(first, second, event("b", "acquisition", BOUGHT)) == [["a"], ["a'"], ["b"]]


def test_judgements_join_and_part_statements() -> None:
    """Which events are one deal is decided as for names: by rule, unless someone has said otherwise."""
    apart, one = TWO["a missing date"], ONE["an acquisition at any time"]
    assert joined(*apart, judgements=[Judgement("event", "a", "b", "same")]) == [["a", "b"]]
    assert joined(*one, judgements=[Judgement("event", "a", "b", "different")]) == [["a"], ["b"]]


def consolidated(*events: Event) -> Group:
    (group,) = groups(events, [])
    return group


def test_status_date_and_amount_are_chosen_by_published_date() -> None:
    """The latest statement gives the status; among those of that status the date is the most precise one."""
    rumour = event("r", "acquisition", BOUGHT, "2031-01-05", status="rumoured", value=("90", "USD"), date="2031")
    planned = event(
        "p", "acquisition", BOUGHT, "2031-03-01", status="planned", value=("100", "USD"), date="2031-02-28"
    )
    done = event("d", "acquisition", BOUGHT, "2031-06-02", date="2031-06")
    group = consolidated(done, rumour, planned)
    assert [member.fact for member in group.members] == ["r", "p", "d"]
    assert (group.status, group.date, group.value, group.unit) == ("asserted", "2031-06", Decimal(100), "USD")
    assert "2031-06-02" in group.reason


def test_the_order_of_arrival_does_not_matter() -> None:
    """The groups are a function of the statements and the log."""
    events = [e for pair in (ONE | TWO).values() for e in pair]
    events = [Event(f"{n}", f"{n}", e.record, e.published, e.players) for n, e in enumerate(events)]
    expected = groups(events, [])
    for seed in range(10):
        random.Random(seed).shuffle(events)  # noqa: S311 - the order of a test
        assert groups(events, []) == expected


def test_a_judgement_joins_statements_with_other_parties_too() -> None:
    """One document names two of three partners; and what is judged different is never joined by way of a third."""
    two, three = TWO["another partner"]
    assert joined(two, three, judgements=[Judgement("event", "a", "b", "same")]) == [["a", "b"]]
    first, second, third = (event(name, "acquisition", BOUGHT) for name in "abc")
    apart = Judgement("event", "a", "c", "different")
    assert joined(first, second, third, judgements=[apart]) == [["a"], ["b"], ["c"]]
    kept = Judgement("event", "b", "c", "same")
    assert joined(first, second, third, judgements=[apart, kept]) == [["a"], ["b", "c"]]


DOUBTS = {
    "a missing date": "no date",
    "amounts of one round that differ": "amounts differ",
    "launches without a named product": "Nothing but one party",
}


@pytest.mark.parametrize("case", DOUBTS)
def test_what_may_be_one_event_is_proposed_with_the_reason(case: str) -> None:
    """Once; what someone has judged is not asked again."""
    (doubt,) = doubts(TWO[case], [])
    assert DOUBTS[case] in doubt.reason
    assert doubts(TWO[case], [Judgement("event", "a", "b", "unsure")]) == []


@pytest.mark.parametrize("case", ["another product", "a partnership after the window", "another kind"])
def test_what_is_surely_another_event_is_not_proposed(case: str) -> None:
    """So that the queue holds what is worth a look."""
    assert doubts(TWO[case], []) == []


def test_what_statements_do_not_agree_on_stands_side_by_side() -> None:
    """Amounts and dates that differ, and the history of the status, each with the day of its document."""
    planned = event("p", "acquisition", BOUGHT, "2031-03-01", status="planned", value=("90", "USD"), date="2031-05")
    done = event("d", "acquisition", BOUGHT, "2031-06-02", value=("100", "USD"), date="2031-06-01")
    assert list(disagreements(consolidated(planned, done))) == [
        "amounts: 90 USD (2031-03-01); 100 USD (2031-06-02)",
        "dates: 2031-05 (2031-03-01); 2031-06-01 (2031-06-02)",
        "status: planned (2031-03-01); asserted (2031-06-02)",
    ]
    finer = event(
        "d", "acquisition", BOUGHT, "2031-06-02", value=("90.1", "USD"), date="2031-05-14", status="planned"
    )
    assert list(disagreements(consolidated(planned, finer))) == []


def test_a_deal_that_is_called_off_has_ended() -> None:
    """The latest word on it is what is shown, and the history stays."""
    planned = event("p", "acquisition", BOUGHT, "2031-03-01", status="planned")
    off = event("e", "acquisition", BOUGHT, "2031-09-02", status="ended")
    assert consolidated(off, planned).status == "ended"
