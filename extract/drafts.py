"""Events while they are put together: what one sentence says, joined with what the next ones add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import ontology
from extract.fact import AttributeValue, Participant, Quantity
from extract.nameforms import key

#: Kinds that texts use for one and the same event.
_OPEN = frozenset(("investor", "lead_investor"))
#: Kinds of events that are relations which last until someone ends them.
RELATIONS = frozenset(("partnership", "contract", "joint_venture"))
_FAMILIES = (frozenset(("acquisition", "divestiture")), frozenset(("partnership", "joint_venture", "contract")))


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of an event so far.

    `start` and `end` are characters of the document: the sentence that says most; `spans` are further ones. `told`
    says that the event is told as known already ("the agreement"), so that it rather belongs to an earlier one.
    `reach` is how many characters lie between its trigger and its amount.
    """

    kind: str
    participants: tuple[Participant, ...]
    start: int
    end: int
    rule: str
    status: str = "asserted"
    quantity: Quantity | None = None
    date: str | None = None
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    spans: tuple[tuple[int, int], ...] = ()
    told: bool = False
    reach: int = 0


def is_whole(draft: Draft) -> bool:
    """Whether the draft has all participants that its kind asks for."""
    kind = ontology.kind(draft.kind)
    count = {role.name: sum(p.role == role.name for p in draft.participants) for role in kind.roles}
    if draft.kind == "acquisition" and not (count["acquirer"] or count["seller"]):
        return False
    alone = not (count.get("supplier") and count.get("customer"))
    if draft.kind == "contract" and alone and not draft.quantity and not draft.attributes.get("product"):
        return False
    if draft.kind == "expansion" and not (count["location"] or count["region"] or _is_told(draft)):
        return False
    if draft.kind == "launch" and not (count["product"] or draft.attributes.get("product")):
        return False
    if any(count[role.name] < role.required for role in kind.roles):
        return False
    return not kind.at_least_one_of or any(count[name] for name in kind.at_least_one_of)


def _is_told(draft: Draft) -> bool:
    """Whether an expansion without a place is more than an aim: it says what is built, and it is done or paid for."""
    return bool(draft.attributes.get("facility")) and (draft.status != "planned" or draft.quantity is not None)


def joined(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts of one passage in order, each joined with the earlier one that it restates or completes."""
    found: list[Draft] = []
    for draft in drafts:
        at = next((i for i in range(len(found) - 1, -1, -1) if _continues(found[i], draft)), None)
        if at is None:
            found.append(draft)
        else:
            found[at] = merged(found[at], draft)
    return found


def distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """The events of a document: told again elsewhere with the same participants, they become mentions."""
    found: list[Draft] = []
    for draft in drafts:
        over = next((i for i, earlier in enumerate(found) if _is_end_of(earlier, draft)), None)
        if over is not None:
            found[over] = merged(found[over], draft)
            continue
        at = next((i for i, earlier in enumerate(found) if _same(earlier, draft)), None)
        if at is None:
            found.append(draft)
        else:
            found[at] = merged(found[at], draft)
    return found


def _is_end_of(first: Draft, second: Draft) -> bool:
    """Whether the first says that the relation is over of which the second tells the beginning."""
    known = _names(first) == _names(second) and second.kind in family(first.kind)
    return known and first.status == "ended" and second.status == "asserted" and first.date is None


def consistent(drafts: Sequence[Draft]) -> list[Draft]:
    """The events of a document without contradiction: who has been sold no longer belongs to the seller."""
    ventures = {key(p.name) for draft in drafts for p in draft.participants if p.role == "venture"}
    sales = [draft for draft in drafts if draft.kind in ("acquisition", "divestiture") and draft.status == "asserted"]
    sold = {(_bearer(sale, "asset") or _bearer(sale, "target"), _bearer(sale, "seller")) for sale in sales}
    found = []
    for draft in drafts:
        child, parent = _bearer(draft, "subsidiary"), _bearer(draft, "parent")
        if draft.kind == "subsidiary" and child in ventures:
            continue
        found.append(replace(draft, status="ended") if (child, parent) in sold and child else _with_region(draft))
    return found


def _with_region(draft: Draft) -> Draft:
    """An expansion to a town and its country has the country as its region."""
    places = [p for p in draft.participants if p.role == "location"]
    if draft.kind != "expansion" or len({p.type == "Location" for p in places}) < 2:
        return draft
    moved = tuple(
        replace(p, role="region") if p in places and p.type != "Location" else p for p in draft.participants
    )
    return replace(draft, participants=moved)


def without_shared_amounts(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with each amount of a sentence left to one event: the nearest, an expansion only if alone."""
    nearest: dict[tuple[int, str], tuple[bool, int]] = {}
    for draft in drafts:
        if draft.quantity is not None and is_whole(draft):
            place = (draft.start, draft.quantity.text)
            nearest[place] = min(nearest.get(place, _distance(draft)), _distance(draft))
    return [
        replace(draft, quantity=None)
        if draft.quantity and _distance(draft) > nearest.get((draft.start, draft.quantity.text), _distance(draft))
        else draft
        for draft in drafts
    ]


def _distance(draft: Draft) -> tuple[bool, int]:
    return draft.kind == "expansion", draft.reach


def _bearer(draft: Draft, role: str) -> str:
    return next((key(p.name) for p in draft.participants if p.role == role), "")


def merged(first: Draft, second: Draft) -> Draft:
    """One draft of two; the first one decides where both say something."""
    known = {(p.role, key(p.name)) for p in first.participants}
    kind = second.kind if (first.kind, second.kind) == ("partnership", "joint_venture") else first.kind
    roles = {role.name for role in ontology.kind(kind).roles}
    taken = {key(p.name) for p in first.participants}
    added = [
        p
        for p in second.participants
        if p.role in roles and (p.role, key(p.name)) not in known and key(p.name) not in taken
    ]
    spans = [
        s
        for s in ((second.start, second.end), *second.spans)
        if s != (first.start, first.end) and s not in first.spans
    ]
    if kind != first.kind:
        first = replace(first, kind=kind, status=second.status, rule=second.rule)
    return replace(
        first,
        participants=first.participants + tuple(added),
        quantity=first.quantity or second.quantity,
        date=first.date or second.date,
        attributes={**second.attributes, **first.attributes},
        spans=first.spans + tuple(spans),
    )


def family(kind: str) -> frozenset[str]:
    """The kinds that texts use for one and the same event of this kind."""
    return next((family for family in _FAMILIES if kind in family), frozenset((kind,)))


def _names(draft: Draft) -> set[str]:
    kind = ontology.kind(draft.kind)
    return {key(p.name) for p in draft.participants if kind.role(p.role).core}


def _agree(first: Draft, second: Draft) -> bool:
    """Whether date, amount and status of the two can be those of one event."""
    shorter = min(len(first.date or ""), len(second.date or ""))
    if first.date and second.date and first.date[:shorter] != second.date[:shorter]:
        return False
    rounds = {each.attributes.get("round") for each in (first, second)} - {None}
    if len(rounds) > 1:
        return False
    if first.quantity and second.quantity and first.quantity.value != second.quantity.value:
        return False
    return "ended" not in (first.status, second.status) or first.status == second.status


def _continues(first: Draft, second: Draft) -> bool:
    """Whether the second draft of a passage speaks of the first."""
    if second.kind not in family(first.kind) or not _agree(first, second):
        return False
    ours, theirs = _names(first), _names(second)
    if first.kind == "expansion" and (first.start, first.status, first.date) == (
        second.start,
        second.status,
        second.date,
    ):
        return _companies(first) == _companies(second)
    if first.kind == "launch" and is_whole(first) and is_whole(second):
        return ours == theirs
    if not is_whole(second) and not _may_add(first, second):
        return False
    if second.told or not is_whole(second):
        return not theirs or bool(ours & theirs) or not is_whole(second)
    return bool(ours & theirs) and (theirs <= ours or ours <= theirs or not is_whole(first))


def _companies(draft: Draft) -> set[str]:
    return {key(p.name) for p in draft.participants if p.role == "company"}


def _may_add(first: Draft, second: Draft) -> bool:
    """Whether what a fragment brings fits into the gaps of an event: roles that are open, or still empty."""
    known, filled = _names(first), {p.role for p in first.participants}
    roles = {role.name for role in ontology.kind(first.kind).roles}
    new = [p for p in second.participants if key(p.name) not in known and p.role in roles]
    return all(p.role in _OPEN or p.role not in filled for p in new)


def _same(first: Draft, second: Draft) -> bool:
    if second.kind not in family(first.kind) or not _agree(first, second):
        return False
    ours, theirs = _names(first), _names(second)
    if second.kind in ("headquarters", "subsidiary"):
        return ours == theirs
    smaller = min(len(ours), len(theirs))
    return smaller > 1 and (ours <= theirs or theirs <= ours)
