"""Whether two statements of deals and other events tell of one: certainly, perhaps and why, or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import ontology
from kg import names
from kg.entries import Event

#: By which share two amounts of one deal may differ: one of them is rounded.
NEAR = Decimal("0.005")


def players(event: Event) -> frozenset[tuple[str, str]]:
    """Who takes part in the roles by which events of that kind are told apart."""
    roles = ontology.kind(event.record["kind"]).identity_roles
    return frozenset(player for player in event.players if player[0] in roles)


def block(event: Event) -> tuple[str, frozenset[tuple[str, str]]]:
    """What statements of one event have in common: kind and identity players."""
    return event.record["kind"], players(event)


def pairs(events: Iterable[Event]) -> Iterator[tuple[Event, Event]]:
    """All pairs of statements that have kind and identity players in common."""
    blocks: defaultdict[tuple[str, frozenset[tuple[str, str]]], list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: event.fact):
        blocks[block(event)].append(event)
    return (pair for alike in blocks.values() for pair in combinations(alike, 2))


def are_one(left: Event, right: Event) -> bool:
    """Whether it is certain that two statements of one kind and the same players are of one event."""
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
    return abs(values[0] - values[1]) <= NEAR * max(values)


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


def doubt(left: Event, right: Event) -> str | None:
    """Why it is not certain that two statements of one kind and the same players are of one event."""
    kind = ontology.kind(left.record["kind"])
    told = [_attribute(event, kind.identity_attribute) for event in (left, right)]
    if all(told) and told[0] != told[1]:
        return None
    if left.source == right.source:
        return "One document states both." if _dates_fit(left, right, kind.window) else None
    if _same_amount(left, right) is False:
        return "The amounts differ."
    if kind.window is not None and not (left.record["date"] and right.record["date"]):
        return "One of them has no date."
    if not _dates_fit(left, right, kind.window):
        return None
    return "Nothing but one party and the time is the same."


def _dates_fit(left: Event, right: Event, window: int | None) -> bool:
    dates = left.record["date"], right.record["date"]
    return window is None or not all(dates) or _within(*dates, window)
