"""What a frame of a deal means: what is behind a stake, who owns what is sold, who offers what to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from extract import shares, syntax
from extract.fact import Participant
from extract.fillers import Filler, group_of, word
from extract.frames import Frame
from extract.names import Name
from extract.reading import Reading
from ontology import triggers

PLACE_TYPES = frozenset(("Location", "Country", "Region"))
BODIES = frozenset(("Company", "HealthSystem", "Organization", "Regulator", "Publisher"))
#: The two sides of a deal.
_SIDES = {
    "acquisition": frozenset(("acquirer", "target")),
    "divestiture": frozenset(("seller", "buyer")),
    "investment": frozenset(("investee", "investor")),
}
_AS_INVESTMENT = {"acquirer": "investor", "target": "investee"}


def denied(kind: str, people: Sequence[Participant]) -> str | None:
    """The status of a deal that a clause negates: denied between two named parties, else None."""
    return "denied" if len({p.role for p in people} & _SIDES.get(kind, frozenset())) > 1 else None


def settled(frame: Frame, reading: Reading) -> Frame:
    """The frame of a deal with all whom its words mean; other frames as they are.

    A minority stake makes an acquisition an investment: who buys is the investor, in whom the investee.
    """
    if frame.kind == "acquisition":
        return _of_purchase(_of_noun(frame), reading)
    if frame.kind == "divestiture":
        return _of_sale(frame, reading)
    return frame


def _of_noun(frame: Frame) -> Frame:
    """Whose purchase a noun tells: "Lumeo's acquisition by Orvane" has the target in front."""
    if frame.trigger.noun and "target" not in frame.roles and frame.slots.get("by"):
        roles = {"acquirer": tuple(frame.slots["by"]), "target": tuple(frame.slots.get("poss", ()))}
        return replace(frame, roles={**frame.roles, **roles})
    return frame


def _of_purchase(frame: Frame, reading: Reading) -> Frame:
    fillers = frame.roles.get("target", ())
    stake = _stake(fillers)
    if stake is None:
        return _with_seller(frame, fillers, reading)
    frame = replace(frame, roles={**frame.roles, "target": _behind(stake, frame, reading)})
    return _as_investment(frame) if shares.is_minority(_told(stake)) and not _is_control(stake) else frame


def _of_sale(frame: Frame, reading: Reading) -> Frame:
    fillers = frame.roles.get("asset", ())
    if not any(f.name for f in frame.roles.get("seller", ())) and frame.roles.get("buyer"):
        holders = _holders(frame, reading)
        if not holders:
            return _as_purchase(frame)
        frame = replace(frame, roles={**frame.roles, "seller": holders})
    stake = _stake(fillers)
    if stake is not None:
        return replace(frame, roles={**frame.roles, "asset": _behind(stake, frame, reading)})
    return _with_seller(frame, fillers, reading)


def _stake(fillers: tuple[Filler, ...]) -> Filler | None:
    return next((f for f in fillers if f.name is None and word(f.head) in triggers.words("stake")), None)


def _behind(stake: Filler, frame: Frame, reading: Reading) -> tuple[Filler, ...]:
    """The company that a stake is one of: "a stake in X", "75% of the shares of X"."""
    near = [f for slot, head in syntax.nested(stake.head) if slot in ("in", "of") for f in group_of(reading, head)]
    owners = [f for c in stake.head.children if c.dep_ == "poss" for f in group_of(reading, c)]
    loose = [f for slot in ("in", "of") for f in frame.slots.get(slot, ())]
    taken = {f.name for role in ("acquirer", "seller") for f in frame.roles.get(role, ())}
    found = (f for f in (*near, *loose, *owners) if f.name is not None and f.name not in taken)
    return tuple(found)[:1]


def _told(stake: Filler) -> str:
    """What is said of a stake: its noun phrase, what hangs on it and what follows closely."""
    doc, head = stake.head.doc, stake.head
    return str(doc[head.left_edge.i : max(head.right_edge.i + 1, min(head.i + 14, head.sent.end))].text)


def _is_control(stake: Filler) -> bool:
    return word(stake.head) in triggers.words("control")


def _with_seller(frame: Frame, fillers: tuple[Filler, ...], reading: Reading) -> Frame:
    if "seller" not in frame.roles and (owner := _owner(frame, fillers, reading)) is not None:
        return replace(frame, roles={**frame.roles, "seller": (owner,)})
    return frame


def _holders(frame: Frame, reading: Reading) -> tuple[Filler, ...]:
    """Who owns what is sold, as a genitive tells it: "the sale of X's stake", "X's lamp business was sold"."""
    heads = [f.head for f in frame.roles.get("asset", ()) if f.name is None]
    owners = [child for head in heads for child in head.children if child.dep_ == "poss"]
    owners += [head for noun in heads if not _stake((Filler(noun, None),)) for head in _of(noun)]
    return tuple(f for owner in owners for f in group_of(reading, owner) if f.name is not None and _may_own(f.name))


def _of(noun: Token) -> Iterator[Token]:
    return (head for slot, head in syntax.nested(noun) if slot == "of")


def _as_purchase(frame: Frame) -> Frame:
    """A sale told without its seller: "X was sold to Y"."""
    roles = {"acquirer": frame.roles["buyer"], "target": frame.roles.get("asset", ())}
    return replace(frame, trigger=replace(frame.trigger, kind="acquisition"), roles=roles)


def _as_investment(frame: Frame) -> Frame:
    roles = {_AS_INVESTMENT[role]: found for role, found in frame.roles.items() if role in _AS_INVESTMENT}
    return replace(frame, trigger=replace(frame.trigger, kind="investment"), roles=roles)


def _owner(frame: Frame, fillers: tuple[Filler, ...], reading: Reading) -> Filler | None:
    """Whose business it is: "Brindle's drone business", "the stove business of Orvane"."""
    taken = {f.name for found in frame.roles.values() for f in found}
    for filler in fillers:
        if filler.name is not None:
            continue
        owners = [child for child in filler.head.children if child.dep_ == "poss"]
        owners += _of(filler.head)
        for owner in (f for head in owners for f in group_of(reading, head)):
            if owner.name is not None and owner.name not in taken and _may_own(owner.name):
                return owner
    return None


def _may_own(name: Name) -> bool:
    return name.type in BODIES or name.type == "Person" or (name.type == "Product" and not name.sure)
