"""Which statements tell of one event, and the one status, date and amount of each; a pure function of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pyoxigraph import Literal, NamedNode, Quad
from rdflib import RDF

import ontology
from kg import identity, matching
from kg.entries import Event
from kg.graph import Names, decimal, first_day, iri, term, typed
from kg.identity import Judgement

#: The family under which judgements name events, by the ids of two facts.
FAMILY = "event"
_NEVER = "9999"  # sorts behind every date
_CERTAINTY = {status: rank for rank, status in enumerate(("denied", "rumoured", "planned", "asserted", "ended"))}


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

    @property
    def origins(self) -> int:
        """How many stories tell of it: copies of one story count once."""
        return len({member.origin or member.source for member in self.members})


def groups(events: Iterable[Event], judgements: Sequence[Judgement]) -> list[Group]:
    """The events that these statements tell of, by their earliest statement.

    Statements belong together that have kind and identity players in common, lie within the kind's window and
    do not contradict each other in what tells such events apart; and those that someone has judged the same.
    Two statements of one source, and two that are judged different, stay apart, and with them all that would have
    joined the two without a judgement.
    """
    held = {event.fact: event for event in events}
    verdicts = {frozenset((j.left, j.right)): j.verdict for j in judgements if j.family == FAMILY}
    certain = [
        {left.fact, right.fact}
        for left, right in matching.pairs(held.values())
        if _key(left, right) not in verdicts and left.source != right.source and matching.are_one(left, right)
    ]
    judged = [set(pair) for pair, verdict in sorted(verdicts.items(), key=_by_names) if verdict == "same"]
    judged = [pair for pair in judged if pair <= held.keys()]
    apart = [pair for pair, verdict in verdicts.items() if verdict == "different"]
    found = []
    for facts in identity.unions([*({fact} for fact in held), *certain, *judged]):
        inside = [pair for pair in judged if pair <= facts]
        parts = [facts]
        if any(pair <= facts for pair in apart) or _one_source_twice(facts, held, inside):
            parts = _judged_alone(facts, inside, apart)
        found += [_group([held[fact] for fact in part]) for part in parts]
    return sorted(found, key=lambda group: group.members[0].fact)


def closed(
    events: Iterable[Event], judgements: Sequence[Judgement], told: Callable[[Sequence[str]], Iterable[Event]]
) -> list[Event]:
    """These statements with all that judgements tie to them; `told` gives the statements of ids."""
    held = {event.fact: event for event in events}
    ties: defaultdict[str, set[str]] = defaultdict(set)
    for each in judgements:
        if each.family == FAMILY:
            ties[each.left].add(each.right)
            ties[each.right].add(each.left)
    ahead = list(held)
    while ahead:
        new = ties.get(ahead.pop(), set()) - held.keys()
        for event in told(sorted(new)):
            held[event.fact] = event
            ahead.append(event.fact)
    return list(held.values())


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two statements that may be of one event, and why that is not certain."""

    left: Event
    right: Event
    reason: str


def doubts(events: Iterable[Event], judgements: Sequence[Judgement]) -> list[Doubt]:
    """The pairs of statements that may be of one event and are not joined, each event with each other once."""
    held = list(events)
    group = {member.fact: each for each in groups(held, judgements) for member in each.members}
    verdicts = {frozenset((j.left, j.right)) for j in judgements if j.family == FAMILY}
    decided = {frozenset(id(group[fact]) for fact in pair) for pair in verdicts if pair <= group.keys()}
    found: dict[frozenset[int], Doubt] = {}
    for left, right in sorted(matching.pairs(held), key=lambda pair: (pair[0].fact, pair[1].fact)):
        pair = frozenset((id(group[left.fact]), id(group[right.fact])))
        if len(pair) == 2 and pair not in decided and (reason := matching.doubt(left, right)):
            found.setdefault(pair, Doubt(left, right, reason))
    return list(found.values())


def quads(base: str, groups: Iterable[Group]) -> Iterator[Quad]:
    """The nodes of the groups in the derived graph `graph/consolidated`."""
    home = Names(base)
    graph = home.at("graph/consolidated")
    for group in groups:
        node = home.at(f"event/{group.members[0].fact}")
        for predicate, value in _properties(home, group):
            yield Quad(node, predicate, value, graph)


def disagreements(group: Group) -> Iterator[str]:
    """What the statements of an event do not agree on, in words: amounts, dates, and the history of its status."""
    amounts = {
        (Decimal(m.record["value"]), m.record["unit"]): m for m in group.members if m.record["value"] is not None
    }
    apart = [
        (a, b)
        for a, b in combinations(amounts, 2)
        if a[1] != b[1] or abs(a[0] - b[0]) > matching.NEAR * max(a[0], b[0])
    ]
    if apart:
        yield _listed("amounts", [(f"{value.normalize():f} {unit}", m) for (value, unit), m in amounts.items()])
    dates = {m.record["date"]: m for m in group.members if m.record["date"]}
    if any(not (a.startswith(b) or b.startswith(a)) for a, b in combinations(dates, 2)):
        yield _listed("dates", list(dates.items()))
    statuses = {m.record["status"]: m for m in group.members}
    if len(statuses) > 1:
        yield _listed("status", list(statuses.items()))


def _listed(what: str, values: list[tuple[str, Event]]) -> str:
    told = [f"{value} ({member.published or 'not dated'})" for value, member in values]
    return f"{what}: {'; '.join(told)}"


def _properties(home: Names, group: Group) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    yield iri(RDF.type), term("EventGroup")
    yield term("groupKind"), iri(ontology.kind(group.members[0].record["kind"]).iri)
    yield term("canonical"), home.fact(group.members[0].fact)
    for member in group.members:
        yield term("member"), home.fact(member.fact)
    yield term("groupStatus"), Literal(group.status)
    yield term("reason"), Literal(group.reason)
    yield term("origins"), typed(str(group.origins), "integer")
    for each in disagreements(group):
        yield term("disagreement"), Literal(each)
    if group.date:
        day, precision = first_day(group.date)
        yield term("groupDate"), day
        yield term("groupDatePrecision"), precision
    if group.value is not None and group.unit:
        yield term("groupValue"), decimal(group.value)
        yield term("groupUnit"), Literal(group.unit)


def _key(left: Event, right: Event) -> frozenset[str]:
    return frozenset((left.fact, right.fact))


def _by_names(item: tuple[frozenset[str], str]) -> list[str]:
    return sorted(item[0])


def _one_source_twice(facts: set[str], held: Mapping[str, Event], judged: Iterable[set[str]]) -> bool:
    """Whether two statements of one source would be one event though nobody has said so."""
    one = identity.unions(judged)
    pairs = combinations(sorted(facts), 2)
    return any(held[a].source == held[b].source and not any({a, b} <= each for each in one) for a, b in pairs)


def _judged_alone(facts: set[str], judged: Iterable[set[str]], apart: Iterable[frozenset[str]]) -> list[set[str]]:
    """The statements as judgements alone join them; none holds that would join two that are judged different."""
    parts = [{fact} for fact in sorted(facts)]
    for pair in judged:
        joined = set[str]().union(*(part for part in parts if part & pair))
        if not any(each <= joined for each in apart):
            parts = [part for part in parts if not part & pair] + [joined]
    return parts


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
