"""The issuer of a release as the party of what it tells without one: lists of a notice, passive sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extract import drafts, syntax
from extract.cast import participant
from extract.deals import BODIES
from extract.drafts import Draft
from extract.frames import Frame
from extract.nameforms import key
from extract.names import Name
from extract.reading import Reading
from extract.slots import FINITE

_SIGNED = frozenset(("partnership", "contract", "launch"))
#: The role that the issuer has where a text leaves it out; of two the one that is open.
_OPEN: Mapping[str, tuple[str, ...]] = {
    "acquisition": ("acquirer",),
    "divestiture": ("seller",),
    "investment": ("investee",),
    "contract": ("supplier", "customer"),
    "expansion": ("company",),
    "launch": ("company",),
    "termination": ("party",),
    "partnership": ("partner",),
    "joint_venture": ("partner",),
}


def completed(draft: Draft, frame: Frame, reading: Reading) -> Draft:
    """The draft with the issuer in the role that is open: "Closure of the Linz unit", "The mill will be closed".

    An item without a verb tells what was decided, so that it is planned.
    """
    voice = reading.speaker
    if voice is None or not voice.sure or draft.kind not in _OPEN or not _is_open(frame):
        return draft
    bare = not any(each.tag_ in FINITE for each in reading.sentence(frame.token.i))
    if (draft.kind == "acquisition" and not bare) or _tells_of_others(draft, frame, reading, voice):
        return draft
    role = _open_role(draft)
    if role is None:
        return draft
    whole = replace(draft, participants=(participant(voice, role), *draft.participants))
    if bare and draft.kind not in _SIGNED and draft.status == "asserted":
        whole = replace(whole, status="planned")
    return whole if drafts.is_whole(whole) else draft


def _open_role(draft: Draft) -> str | None:
    """The role of the issuer that the draft leaves open; None where nothing or too much is open."""
    filled = [p.role for p in draft.participants]
    if draft.kind in ("partnership", "joint_venture"):
        return "partner" if filled.count("partner") == 1 else None
    if draft.kind == "termination":
        return None if {"party", "subject"} <= set(filled) else "party"
    roles = [role for role in _OPEN[draft.kind] if role not in filled]
    return roles[0] if len(roles) == 1 else None


def _tells_of_others(draft: Draft, frame: Frame, reading: Reading, voice: Name) -> bool:
    """Whether the sentence names the issuer itself, or somebody else who may be the one that acts."""
    sentence = reading.sentence(frame.token.i)
    inside = (name for name in reading.names if sentence.start <= name.start < sentence.end)
    known = {key(p.name) for p in draft.participants}
    return any(name.type in BODIES and key(name.full) not in known for name in inside) or key(voice.full) in known


def _is_open(frame: Frame) -> bool:
    """Whether the sentence leaves the actor out: a noun without a verb of somebody else, or a passive."""
    doers = frame.slots.get("subject", ())
    if any(filler.name is not None for filler in (*doers, *frame.slots.get("poss", ()), *frame.slots.get("by", ()))):
        return False
    if frame.trigger.noun:
        known = any(child.lower_ in ("that", "this", "it", "these") for child in frame.token.children)
        return not known and all(filler.head in frame.token.subtree for filler in doers)
    suffers = frame.slots.get("object", ())
    return syntax.passive(frame.token) and not doers and all(filler.head.pos_ != "PRON" for filler in suffers)
