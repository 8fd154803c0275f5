"""Pairs of entities that may be one, with reasons and with what a merge would change; decides nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import ontology
from kg import consolidated, identity, likeness, registry, wording
from kg.consolidated import Doubt
from kg.identity import Entity, Judgement, Reference
from kg.ledger import Ledger
from kg.likeness import Reason
from kg.told import Told

#: Families in which names are compared; regions have codes, and a segment is told apart within its market.
FAMILIES = tuple(
    dict.fromkeys(ontology.types()[name].family for name in ("Company", "Person", "Product", "Market", "Asset"))
)
_CROWD = 200  # names with one likeness above which it tells nothing


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two entities that may be one, by a name of each, with the reasons, the strongest first.

    `left` would survive. `arm` is true where they are rather a parent and its arm: related, but two. Of
    statements that may be of one event, the family is "event", `left` and `right` are ids of facts, and the labels
    say what they state; of others, the labels are the names.
    """

    family: str
    left: str
    right: str
    reasons: tuple[str, ...]
    weight: float
    arm: bool
    left_label: str
    right_label: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a merge would do: so many facts of so many documents come under the name of the other.

    `shared` are those who have facts in common with either.
    """

    facts: int
    documents: int
    shared: tuple[str, ...]


def among(
    entities: Mapping[Reference, Entity],
    uses: Mapping[Reference, int],
    judgements: Iterable[Judgement],
    told: Iterable[tuple[Told, str]] = (),
) -> list[Proposal]:
    """The proposals between these entities, the most telling first; `told` holds wordings with where they stand.

    What a judgement speaks of is not proposed again.
    """
    decided = {frozenset(entities.get(Reference(j.family, name)) for name in (j.left, j.right)) for j in judgements}
    found: defaultdict[frozenset[Entity], list[tuple[Reason, Reference, Reference]]] = defaultdict(list)
    for left, right in _candidates(list(entities)):
        pair = frozenset((entities[left], entities[right]))
        if len(pair) == 2 and pair not in decided:
            ahead, behind = sorted((left, right), key=lambda each: (-uses.get(each, 0), each))
            found[pair] += [(reason, ahead, behind) for reason in likeness.reasons(left, right)]
    for current, former, reason in _told(entities, told):
        pair = frozenset((entities[current], entities[former]))
        if len(pair) == 2 and pair not in decided:
            found[pair].append((reason, current, former))
    made = [_proposal(reasons) for reasons in found.values() if reasons]
    return sorted(made, key=lambda each: (-each.weight, each.family, each.left, each.right))


def _proposal(found: Sequence[tuple[Reason, Reference, Reference]]) -> Proposal:
    ranked = sorted(found, key=lambda each: (-each[0].weight, each[1], each[2]))
    best, left, right = ranked[0]
    texts = tuple(dict.fromkeys(reason.text for reason, _, _ in ranked))
    names = left.name, right.name
    return Proposal(left.family, *names, texts[:4], best.weight, best.arm, *names)


def _candidates(references: Sequence[Reference]) -> Iterator[tuple[Reference, Reference]]:
    """Pairs of names of one family that are worth a look, each once."""
    buckets: defaultdict[tuple[object, ...], list[Reference]] = defaultdict(list)
    whole: defaultdict[tuple[str, tuple[str, ...]], list[Reference]] = defaultdict(list)
    for each in sorted(references):
        for key in dict.fromkeys(likeness.keys(each)):
            buckets[each.family, *key].append(each)
        whole[each.family, likeness.shape(each).words].append(each)
    seen = set()
    for members in buckets.values():
        if len(members) <= _CROWD:
            seen |= set(combinations(members, 2))
    for each in references:
        for words in likeness.parts(each):
            seen |= {(min(each, other), max(each, other)) for other in whole.get((each.family, words), ())}
    return iter(sorted(seen))


def _told(
    entities: Mapping[Reference, Entity], told: Iterable[tuple[Told, str]]
) -> Iterator[tuple[Reference, Reference, Reason]]:
    known: defaultdict[str, list[Reference]] = defaultdict(list)
    for each in entities:
        if each.family == identity.ORGANIZATION:
            known[identity.block(each)].append(each)
    for says, where in told:
        sides = [
            min(known.get(identity.block(Reference(identity.ORGANIZATION, name)), ()), default=None)
            for name in (says.left, says.right)
        ]
        if sides[0] and sides[1]:
            text = f"“{says.quote}” says so ({says.how}; {where})."
            yield sides[0], sides[1], Reason(text, 0.8 if says.how != "in brackets" else 0.5)


def proposals(ledger: Ledger, *, unsure: bool = False) -> list[Proposal]:
    """All proposals on the names of a ledger, the most telling first; `unsure` gives those left open, too."""
    entities = dict(registry.vocabulary(ledger, FAMILIES))
    used = {who: entity for who, entity in entities.items() if entity.key}
    judgements = [each for each in registry.judgements(ledger) if not (unsure and each.verdict == "unsure")]
    found = among(used, registry.counts(ledger), judgements, registry.told(ledger))
    doubts = consolidated.doubts(registry.told_events(ledger), judgements)
    return sorted(
        [*found, *map(_of_events, doubts)], key=lambda each: (-each.weight, each.family, each.left, each.right)
    )


def _of_events(doubt: Doubt) -> Proposal:
    events = (doubt.left, doubt.right)
    labels = (
        f"{wording.of_record(e.record)} ({e.record['date'] or 'no date'}; {e.record['status']})" for e in events
    )
    weight = 0.2 if doubt.left.source == doubt.right.source else 0.5
    family = consolidated.FAMILY
    return Proposal(family, doubt.left.fact, doubt.right.fact, (doubt.reason,), weight, False, *labels)


def effect(ledger: Ledger, proposal: Proposal) -> Effect:
    """What a merge of the two would change."""
    if proposal.family == consolidated.FAMILY:
        return Effect(1, 1, ())
    left, right = (registry.partners(ledger, Reference(proposal.family, n)) for n in (proposal.left, proposal.right))
    facts = {fact for fact, _, _ in right}
    shared = {label for _, _, label in left if label} & {label for _, _, label in right if label}
    return Effect(len(facts), len({source for _, source, _ in right}), tuple(sorted(shared)))
