"""Which statements tell of one event, and the one status, date and amount of each; a pure function of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import RDF

import ontology
from kg import names
from kg.entries import Event
from kg.graph import Names, decimal, first_day, iri, term
from kg.identity import Judgement

#: The family under which judgements name events, by the ids of two facts.
FAMILY = "event"
_NEVER = "9999"  # sorts behind every date
_CERTAINTY = {status: rank for rank, status in enumerate(("denied", "rumoured", "planned", "asserted", "ended"))}
_NEAR = Decimal("0.005")  # by which share two amounts of one deal may differ: one of them is rounded


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one event, the earliest first, with what was chosen among them and why.

    `date` is as precise as the statement that it is taken from; `value` and `unit` are those of the amount.
    """

    members: tuple[Event, ...]
    status: str
    date: str | None
    value: Decimal | None
    unit: str | None
    reason: str


def players(event: Event) -> frozenset[tuple[str, str]]:
    """Who takes part in the roles by which events of that kind are told apart."""
    roles = ontology.kind(event.record["kind"]).identity_roles
    return frozenset(player for player in event.players if player[0] in roles)


def groups(events: Iterable[Event], judgements: Sequence[Judgement]) -> list[Group]:
    """The events that these statements tell of, by their earliest statement.

    Statements belong together that have kind and identity players in common, lie within the kind's window and
    do not contradict each other in what tells such events apart. Two statements of one source stay apart, and
    with them all that would have joined the two.
    """
    blocks: defaultdict[tuple[str, frozenset[tuple[str, str]]], list[Event]] = defaultdict(list)
    for event in events:
        blocks[event.record["kind"], players(event)].append(event)
    verdicts = {frozenset((j.left, j.right)): j.verdict for j in judgements if j.family == FAMILY}
    found = [_group(members) for block in blocks.values() for members in _joined(block, verdicts)]
    return sorted(found, key=lambda group: group.members[0].fact)


def quads(base: str, groups: Iterable[Group]) -> Iterator[Quad]:
    """The nodes of the groups in the derived graph `graph/consolidated`."""
    home = Names(base)
    graph = home.at("graph/consolidated")
    for group in groups:
        node = home.at(f"event/{group.members[0].fact}")
        for predicate, value in _properties(home, group):
            yield Quad(node, predicate, value, graph)


def _properties(home: Names, group: Group) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    yield iri(RDF.type), term("EventGroup")
    yield term("groupKind"), iri(ontology.kind(group.members[0].record["kind"]).iri)
    yield term("canonical"), home.fact(group.members[0].fact)
    for member in group.members:
        yield term("member"), home.fact(member.fact)
    yield term("groupStatus"), Literal(group.status)
    yield term("reason"), Literal(group.reason)
    if group.date:
        day, precision = first_day(group.date)
        yield term("groupDate"), day
        yield term("groupDatePrecision"), precision
    if group.value is not None and group.unit:
        yield term("groupValue"), decimal(group.value)
        yield term("groupUnit"), Literal(group.unit)


def _joined(block: list[Event], verdicts: dict[frozenset[str], str]) -> Iterator[list[Event]]:
    """The statements of a block joined pair by pair; one by one where a join would hold two of one source."""
    root = {event.fact: event.fact for event in block}

    def find(fact: str) -> str:
        while root[fact] != fact:
            fact = root[fact]
        return fact

    for left, right in combinations(sorted(block, key=lambda event: event.fact), 2):
        verdict = verdicts.get(frozenset((left.fact, right.fact)))
        if verdict == "same" or (verdict is None and left.source != right.source and _are_one(left, right)):
            root[find(right.fact)] = find(left.fact)
    joined: defaultdict[str, list[Event]] = defaultdict(list)
    for event in block:
        joined[find(event.fact)].append(event)
    for members in joined.values():
        if _contradicts(members, verdicts):
            yield from ([event] for event in members)
        else:
            yield members


def _contradicts(members: list[Event], verdicts: dict[frozenset[str], str]) -> bool:
    facts = {event.fact for event in members}
    apart = any(verdict == "different" and pair <= facts for pair, verdict in verdicts.items())
    return apart or len({event.source for event in members}) < len(members)


def _are_one(left: Event, right: Event) -> bool:
    kind = ontology.kind(left.record["kind"])
    if kind.window is not None and not _within(left.record["date"], right.record["date"], kind.window):
        return False
    told = [_attribute(event, kind.identity_attribute) for event in (left, right)]
    if all(told) and told[0] != told[1]:
        return False
    agreed = _same_amount(left, right)
    if kind.window is not None and agreed is False:
        return False
    return all(told) or bool(kind.window and agreed) or len({path for _, path in players(left)}) > 1


def _attribute(event: Event, name: str | None) -> frozenset[str]:
    value = event.record["attributes"].get(name) if name else None
    return frozenset(names.slug(str(each)) for each in (value if isinstance(value, list) else [value]) if each)


def _same_amount(left: Event, right: Event) -> bool | None:
    """Whether the amounts are one, apart from rounding; None where one is missing or they cannot be compared."""
    values = [Decimal(event.record["value"]) for event in (left, right) if event.record["value"] is not None]
    if len(values) < 2 or left.record["unit"] != right.record["unit"]:
        return None
    return abs(values[0] - values[1]) <= _NEAR * max(values)


def _within(left: str | None, right: str | None, window: int) -> bool:
    """Whether two dates may lie within that many days: a coarse one is an interval, a missing one tells nothing."""
    intervals = [_interval(each) for each in (left, right) if each]
    if len(intervals) < 2 or None in intervals:
        return False
    (start, end), (other_start, other_end) = (each for each in intervals if each)
    return max(start, other_start) - min(end, other_end) <= timedelta(window)


def _interval(text: str) -> tuple[date, date] | None:
    year, *rest = (int(part) if part.isdigit() else 0 for part in text.split("-"))
    months, days = rest[:1], rest[1:]
    try:
        start = date(year, *(months or [1]), *(days or [1]))
        month = start.month if months else 12
        following = date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return None
    return start, start if days else following - timedelta(1)


def _group(events: list[Event]) -> Group:
    members = sorted(events, key=lambda event: (event.published or _NEVER, event.fact))
    latest = max(events, key=_recency)
    status = latest.record["status"]
    agreed = [event for event in sorted(events, key=_recency, reverse=True) if event.record["status"] == status]
    others = [event for event in sorted(events, key=_recency, reverse=True) if event.record["status"] != status]
    dates = [event.record["date"] for event in agreed if event.record["date"]]
    dates = dates or [event.record["date"] for event in others if event.record["date"]]
    priced = next((event.record for event in [*agreed, *others] if event.record["value"] is not None), None)
    return Group(
        tuple(members),
        status,
        max(dates, key=len, default=None),
        Decimal(priced["value"]) if priced else None,
        priced["unit"] if priced else None,
        _reason(members, latest),
    )


def _recency(event: Event) -> tuple[str, int, str]:
    return event.published or "", _CERTAINTY[event.record["status"]], event.fact


def _reason(members: list[Event], latest: Event) -> str:
    if len(members) == 1:
        return "The only statement of this event."
    when = f"published {latest.published}" if latest.published else "none of them dated"
    return (
        f"{len(members)} statements of one event: the status is that of the latest ({when}), the date the most "
        "precise and the amount the latest among those of that status."
    )
