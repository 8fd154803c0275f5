"""What changed between two moments of the ledger, in words, the most important first; changes nothing itself."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import ontology
from kg import consolidated, identity, matching, names, registry, wording
from kg.consolidated import Group
from kg.entries import Event
from kg.identity import Reference
from kg.ledger import Ledger

#: The kinds of changes, the most important first, with their headings.
KINDS = {
    "deal": "New deals",
    "status": "Deals whose status changed",
    "figure": "Changed figures",
    "player": "New players",
    "told": "Deals told by a further source",
    "gone": "What is no longer said",
    "identity": "Who is who",
    "fact": "New figures and statements",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change in words: its kind (of `KINDS`), the facts it is about, and the words of a document that show it.

    `document` is the name of the document quoted; a judgement has neither.
    """

    kind: str
    text: str
    facts: tuple[str, ...] = ()
    quote: str | None = None
    document: str | None = None


def between(ledger: Ledger, since: int, until: int | None = None) -> list[Change]:
    """What changed after the ledger's change `since`, up to `until` (the last one, unless given)."""
    last = ledger.number() if until is None else until
    work = _Comparison(ledger, since, last)
    found = [*work.deals(), *work.statements(), *work.players(), *_judged(ledger, since, last)]
    order = list(KINDS)
    return sorted(found, key=lambda each: (order.index(each.kind), each.text))


def _judged(ledger: Ledger, since: int, until: int) -> Iterator[Change]:
    said = {"same": "is", "different": "is not", "unsure": "may be or not be", "means": "stands in one document for"}
    query = (
        "SELECT left, right, verdict, who, why FROM judgement "
        "WHERE {} > ? AND {} <= ? AND family <> 'event' ORDER BY id"
    )
    for column, phrase in (("change", "{}"), ("undone", "no longer: {}")):
        for left, right, verdict, who, why in ledger.rows(query.format(column, column), (since, until)):
            told = f"“{left}” {said.get(verdict, 'has the identifier')} “{right}”"
            yield Change("identity", f"{phrase.format(told)}, says {who}{f' ({why})' if why else ''}")


@dataclass(frozen=True, slots=True)
class _Known:
    """A fact as it stood at a moment."""

    fact: str
    source: str
    record: dict[str, Any]
    published: str | None
    document: str


class _Comparison:
    """The facts that changed between two moments, and the events near them, as they stood at both."""

    def __init__(self, ledger: Ledger, since: int, until: int) -> None:
        self.ledger, self.since, self.until = ledger, since, until
        self.touched = _touched(ledger, since, until)
        self.judgements = registry.judgements(ledger)
        self.who = _Who(ledger)

    @cached_property
    def old(self) -> dict[str, _Known]:
        return _standing(self.ledger, self._all, self.since)

    @cached_property
    def new(self) -> dict[str, _Known]:
        return _standing(self.ledger, self._all, self.until)

    @cached_property
    def _all(self) -> list[str]:
        """The facts that changed, and the events of all who take part in those that are events."""
        changed = _standing(self.ledger, self.touched, self.since) | _standing(self.ledger, self.touched, self.until)
        events = [self.who.event(each) for each in changed.values() if _is_event(each)]
        players = {tuple(path.rsplit("/", 1)) for each in events for _, path in matching.players(each)}
        near = registry.events(self.ledger, ((None, [(family, key)]) for family, key in sorted(players)))
        return sorted({*self.touched, *(each.fact for each in near)})

    def deals(self) -> Iterator[Change]:
        old, new = (self._groups(each) for each in (self.old, self.new))
        held = {member.fact: group for group in old for member in group.members}
        like: dict[tuple[object, ...], Group] = {key: group for group in old for key in _likenesses(group)}
        touched, met = set(self.touched), set()
        for group in new:
            earlier = [held[member.fact] for member in group.members if member.fact in held]
            earlier += [like[key] for key in _likenesses(group) if key in like and not earlier]
            met |= {id(each) for each in earlier}
            members = [*group.members, *(member for each in earlier for member in each.members)]
            if any(member.fact in touched for member in members):
                yield from self._deal(earlier[0] if earlier else None, group)
        for group in old:
            if id(group) not in met and not any(member.fact in self.new for member in group.members):
                yield self._change(
                    "gone", f"{_deal(group)}: {self._why_gone(group.members[0].source)}", group.members
                )

    def _deal(self, earlier: Group | None, group: Group) -> Iterator[Change]:
        if earlier is None:
            yield self._change("deal", _deal(group), group.members)
            return
        if earlier.status != group.status:
            yield self._change("status", f"{_deal(group)}: {earlier.status}, now {group.status}", group.members)
        for what, was, now in (("amount", _amount(earlier), _amount(group)), ("date", earlier.date, group.date)):
            if was != now and was and now:
                yield self._change("figure", f"{_deal(group)}: {what} was {was}, now {now}", group.members)
        known = {member.source for member in earlier.members}
        further = [member for member in group.members if member.source not in known]
        if further:
            yield self._change("told", _deal(group), further)

    def _groups(self, facts: Mapping[str, _Known]) -> list[Group]:
        return consolidated.groups([self.who.event(e) for e in facts.values() if _is_event(e)], self.judgements)

    def statements(self) -> Iterator[Change]:
        """Changes of figures and statements: what comes and goes of one source and subject is one that changed."""
        gone: defaultdict[tuple[object, ...], list[_Known]] = defaultdict(list)
        come: defaultdict[tuple[object, ...], list[_Known]] = defaultdict(list)
        for fact in self.touched:
            was, now = self.old.get(fact), self.new.get(fact)
            if not _is_event(was or now) and (was is None or now is None or was.record != now.record):
                if was:
                    gone[_subject(was)].append(was)
                if now:
                    come[_subject(now)].append(now)
        for key in sorted(gone.keys() | come.keys(), key=repr):
            yield from self._compared(gone[key], come[key])

    def _compared(self, gone: list[_Known], come: list[_Known]) -> Iterator[Change]:
        pairs = min(len(gone), len(come))
        for was, now in zip(gone, come, strict=False):
            figures = wording.figure(was.record), wording.figure(now.record)
            if was.record["value"] != now.record["value"]:
                text = f"{wording.of_record(now.record)} (was {figures[0]})"
                yield Change("figure", text, (now.fact,), now.record["evidence"], now.document)
            elif was.record["status"] != now.record["status"]:
                text = f"{wording.of_record(now.record)}: {was.record['status']}, now {now.record['status']}"
                yield Change("status", text, (now.fact,), now.record["evidence"], now.document)
        for each in come[pairs:]:
            yield Change("fact", wording.of_record(each.record), (each.fact,), each.record["evidence"], each.document)
        for each in gone[pairs:]:
            text = f"{wording.of_record(each.record)}: {self._why_gone(each.source)}"
            yield Change("gone", text, (each.fact,), each.record["evidence"], each.document)

    def players(self) -> Iterator[Change]:
        """Organisations that no fact named before."""
        first = self.ledger.row("SELECT ifnull(max(run), 0) FROM change WHERE number <= ?", (self.since,))[0]
        found: dict[str, tuple[str, _Known]] = {}
        for fact in self.touched:
            each = self.new.get(fact)
            for who in self.who.organizations(each) if each else ():
                key = self.who.path(*who)
                if each and key not in found and not registry.is_known(self.ledger, key, first):
                    found[key] = (who[1].name, each)
        for name, each in found.values():
            text = f"{name}, in: {wording.of_record(each.record)}"
            yield Change("player", text, (each.fact,), each.record["evidence"], each.document)

    def _why_gone(self, source: str) -> str:
        row = self.ledger.rows("SELECT withdrawn FROM source WHERE id = ?", (source,))
        return "its document is withdrawn" if row and row[0][0] else "its document does not say it any more"

    def _change(self, kind: str, text: str, members: Sequence[Event]) -> Change:
        best = members[-1]
        known = self.new.get(best.fact) or self.old[best.fact]
        return Change(kind, text, tuple(m.fact for m in members), known.record["evidence"], known.document)


class _Who:
    """Who the parties of facts are, also of facts that are closed."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.known: dict[tuple[str, Reference], str] = {}

    def event(self, each: _Known) -> Event:
        players = frozenset((role, self.path(each.source, who)) for role, who in _parties(each.record))
        return Event(each.fact, each.source, each.record, each.published, players)

    def organizations(self, each: _Known) -> Iterator[tuple[str, Reference]]:
        return ((each.source, who) for _, who in _parties(each.record) if who.family == identity.ORGANIZATION)

    def path(self, source: str, who: Reference) -> str:
        if (source, who) not in self.known:
            self.known[source, who] = registry.path(self.ledger, source, who)
        return self.known[source, who]


def _parties(record: Mapping[str, Any]) -> Iterator[tuple[str, Reference]]:
    for each in record["participants"]:
        yield each["role"], Reference(names.family(each["type"]), each["name"])


def _touched(ledger: Ledger, since: int, until: int) -> list[str]:
    query = (
        "SELECT id FROM fact WHERE opened > :a AND opened <= :b UNION "
        "SELECT id FROM fact WHERE closed > :a AND closed <= :b UNION "
        "SELECT fact FROM past WHERE closed > :a AND closed <= :b UNION "
        "SELECT fact FROM past WHERE opened > :a AND opened <= :b ORDER BY 1"
    )
    return [row[0] for row in ledger.rows(query, {"a": since, "b": until})]


def _standing(ledger: Ledger, facts: Iterable[str], number: int) -> dict[str, _Known]:
    """Those of the facts that stood at a change, as they stood."""
    query = (
        "SELECT source, record FROM fact WHERE id = :fact AND opened <= :at AND ifnull(closed, :at + 1) > :at UNION "
        "SELECT source, record FROM past WHERE fact = :fact AND opened <= :at AND closed > :at LIMIT 1"
    )
    about = "SELECT min(published), min(name) FROM finding WHERE document = ?"
    found = {}
    for fact in facts:
        for source, text in ledger.rows(query, {"fact": fact, "at": number}):
            record = json.loads(text)
            found[fact] = _Known(fact, source, record, *ledger.row(about, (record["doc"],)))
    return found


def _is_event(each: _Known | None) -> bool:
    return each is not None and ontology.kind(each.record["kind"]).family == "event"


def _subject(each: _Known) -> tuple[object, ...]:
    """What a figure or statement is about, in which source: all but its value, words and place."""
    record = each.record
    parties = sorted((p["role"], names.slug(p["name"])) for p in record["participants"])
    told = {k: v for k, v in record["attributes"].items() if k in ("label", "measure", "subject", "dimension")}
    return each.source, record["kind"], tuple(parties), record["date"], json.dumps(told, sort_keys=True)


def _likenesses(group: Group) -> Iterator[tuple[object, ...]]:
    """What an edited page's deal has in common with what the page said before."""
    for member in group.members:
        yield member.record["kind"], member.source, matching.players(member)


def _deal(group: Group) -> str:
    told = [group.status if group.status != "asserted" else "", group.date or "", _amount(group)]
    more = ", ".join(each for each in told if each)
    return wording.of_record({**group.members[0].record, "value": None}) + (f" ({more})" if more else "")


def _amount(group: Group) -> str:
    if group.value is None:
        return ""
    value = f"{Decimal(group.value).normalize():,f}"
    return f"{group.unit} {value}" if group.unit and group.unit.isupper() else f"{value} {group.unit}"
