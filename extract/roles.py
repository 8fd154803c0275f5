"""Events that no rule reads: what a sentence tells and who takes which part in it, weighed by cues.

First the cues of a sentence say how likely it tells each kind of event, then those of each name which role it has if
the sentence does. The weights in `roles.npz` are those of logistic regressions over hashed cues:
`python -m tests.extract.train_roles` fits them on annotated text; docs/roles.md is their data card.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span, Token

import ontology
from extract import candidates, kindcues, rolecues
from extract.candidates import Candidate
from extract.fillers import Filler
from extract.frames import Frame
from extract.names import Name
from extract.reading import Reading
from ontology.triggers import Trigger

#: The roles that are weighed, by kind: those of events, and of states that are told like events.
ROLES: Mapping[str, tuple[str, ...]] = {
    name: tuple(role.name for role in kind.roles if role.name != "region")
    for name, kind in ontology.kinds().items()
    if kind.family == "event" or name in ("headquarters", "subsidiary")
}
#: The roles without which an event is none, where they are not the first two.
NEEDED = {"investment": ("investee",), "termination": ("party",)}
#: The roles that one name bears in an event of a kind.
SINGLE: Mapping[str, frozenset[str]] = {
    "acquisition": frozenset(("target", "seller")),
    "investment": frozenset(("investee", "lead_investor")),
    "launch": frozenset(("company",)),
    "expansion": frozenset(("company",)),
    "appointment": frozenset(("company", "predecessor")),
    "joint_venture": frozenset(("venture",)),
    "divestiture": frozenset(("asset", "buyer")),
    "termination": frozenset(("subject",)),
    "headquarters": frozenset(("company", "location")),
    "subsidiary": frozenset(("subsidiary", "parent")),
}
#: The role whose bearers have an event each.
APART = {"appointment": "person"}
#: How likely a sentence must tell a kind of event; from which probability on a name then takes a role; from which one
#: on it fills a role that the event cannot be without; how likely the event and its unsurest part must be together.
TOLD, TAKES, FILLS, SURE = 0.3, 0.4, 0.25, 0.45
#: States that only rules tell of: their weights only deny, as more than half of what they told was wrong.
RULED = frozenset(("headquarters", "subsidiary"))
#: Below which probability a sentence tells no event of a kind, even if a rule reads one.
DENIES = 0.05
#: A sentence with more mentions than these is a list or no sentence, and would take long.
MOST = 60
#: A mean of cues, not their sum, decides: long sentences show no more than short ones.
SCALE = 3.0

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Table:
    """The log odds of each cue (a row) for each column, and those without any cue."""

    cues: Array
    base: Array

    def odds(self, numbers: Collection[int]) -> Array:
        """The log odds of what shows the cues of these numbers; each row of the table counts once."""
        rows = np.unique(np.fromiter(numbers, np.int64, len(numbers)) % len(self.cues))
        summed = self.cues[rows].sum(axis=0, dtype=np.float32)
        return np.asarray(summed * (SCALE / np.sqrt(len(rows) + 1)) + self.base, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Weights:
    """The tables of the kinds, in the order of `ROLES`, and of the roles, in that of `LABELS`."""

    kinds: Table
    roles: Table

    def told(self, numbers: Collection[int]) -> Mapping[str, float]:
        """How likely a sentence with these cues tells each kind of event."""
        return dict(zip(ROLES, chances(self.kinds.odds(numbers)).tolist(), strict=True))

    def taken(self, numbers: Collection[int]) -> Array:
        """For each label how likely a candidate with these cues has the role if its kind is told: one of a kind."""
        return shares(self.roles.odds(numbers))


#: What the columns of the roles stand for.
LABELS = tuple((kind, role) for kind, named in ROLES.items() for role in named)
_COLUMNS = {kind: [i for i, label in enumerate(LABELS) if label[0] == kind] for kind in ROLES}
_OF_KIND = np.array([list(ROLES).index(kind) for kind, _ in LABELS])


def chances(odds: Array) -> Array:
    """The probabilities of labels each by itself."""
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


def shares(odds: Array) -> Array:
    """The probabilities of labels in the last dimension: of a kind's roles, or none of them, one is taken."""
    strength = np.exp(odds)
    starts = [row[0] for row in _COLUMNS.values()]
    total = 1 + np.add.reduceat(strength, starts, axis=-1)
    return np.asarray(strength / total[..., _OF_KIND], dtype=np.float32)


@cache
def weights() -> Weights:
    """The weights that this version comes with."""
    with resources.files("extract").joinpath("roles.npz").open("rb") as file, np.load(file) as kept:
        kinds, roles = (Table(kept[name].astype(np.float32), kept[f"{name}_base"]) for name in ("kinds", "roles"))
        return Weights(kinds, roles)


@dataclass(frozen=True, slots=True)
class Weighed:
    """How likely a sentence tells each kind of event, and the events that it tells likely enough.

    These are at most one of a kind, of posts one for each person.
    """

    told: Mapping[str, float]
    frames: tuple[Frame, ...]


def weighed(reading: Reading, sentence: Span) -> Weighed | None:
    """What the cues of a sentence tell; None where it names nobody."""
    found = candidates.candidates(reading, sentence)
    if len(found) > MOST or not any(each.form == "name" for each in found):
        return None
    seen = rolecues.shown(reading, sentence)
    rows = rolecues.cues(reading, sentence, found, seen)
    told = weights().told({*kindcues.cues(reading, sentence, found, seen)}.union(*rows))
    likely = [kind for kind, p in told.items() if p > TOLD and kind not in RULED]
    shown = np.stack([weights().taken(row) for row in rows]) if likely else np.zeros((0, len(LABELS)), np.float32)
    events = (
        (kind, parts)
        for kind in likely
        for parts in _apart(kind, found, _parts(kind, found, shown))
        if told[kind] * min(part[0] for part in parts) > SURE
    )
    return Weighed(told, tuple(_frame(reading, sentence, (kind, found), parts) for kind, parts in events))


#: How likely it is that a name takes a role, the number of the candidate that shows it, the role and the name.
_Part = tuple[float, int, str, Name]


def _parts(kind: str, found: Sequence[Candidate], shown: Array) -> list[_Part]:
    """Who takes part in an event of that kind: each name in its likeliest role, then who fills what is missing."""
    likely: dict[tuple[str, str], _Part] = {}
    for i, candidate in enumerate(found):
        for role, column in zip(ROLES[kind], _COLUMNS[kind], strict=True):
            p = float(shown[i, column])
            for name in candidate.names if p > FILLS else ():
                if p > likely.get((name.full, role), (0.0,))[0]:
                    likely[name.full, role] = (p, i, role, name)
    chosen: dict[str, _Part] = {}
    for part in sorted(likely.values(), key=lambda each: (-each[0], each[1])):
        if part[3].full in chosen or not (part[0] > TAKES or _is_missing(kind, part[2], chosen.values())):
            continue
        if part[2] not in SINGLE.get(kind, ()) or all(part[2] != other[2] for other in chosen.values()):
            chosen[part[3].full] = part
    return list(chosen.values())


def _apart(kind: str, found: Sequence[Candidate], parts: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    """The parts of each event: one for each bearer of a role that is borne apart, who shares the others."""
    bearers = [part for part in parts if part[2] == APART.get(kind)]
    if len(bearers) < 2:
        if parts:
            yield parts
        return
    for bearer in bearers:
        others = (part for part in parts if part[2] != bearer[2])
        yield [
            bearer,
            *(part for part in others if part[2] != "predecessor" or bearer is _nearest(found, part, bearers)),
        ]


def _nearest(found: Sequence[Candidate], part: _Part, bearers: Sequence[_Part]) -> _Part:
    return min(bearers, key=lambda each: abs(found[each[1]].start - found[part[1]].start))


def _is_missing(kind: str, role: str, chosen: Collection[_Part]) -> bool:
    """Whether an event still needs a bearer of a role: one, or two partners."""
    bearers = sum(part[2] == role for part in chosen)
    return bool(chosen) and role in NEEDED.get(kind, ROLES[kind][:2]) and bearers < (2 if role == "partner" else 1)


def _frame(reading: Reading, sentence: Span, event: tuple[str, Sequence[Candidate]], parts: Sequence[_Part]) -> Frame:
    kind, found = event
    surest = found[max(parts, key=lambda part: (found[part[1]].is_mentioned, part[0]))[1]]
    fillers = {
        role: tuple(Filler(candidates.head(reading, found[i]), name) for _, i, each, name in parts if each == role)
        for role in dict.fromkeys(part[2] for part in parts)
    }
    trigger = Trigger(kind=kind, noun=False, words=frozenset(), slots={})
    return Frame(trigger, _governor(reading, sentence, surest), fillers, {})


def _governor(reading: Reading, sentence: Span, candidate: Candidate) -> Token:
    """The verb that says what happens: the nearest one above the surest party, else that of the sentence."""
    above = rolecues.chain(candidates.head(reading, candidate), 5)
    return next((token for _, token in above if token.pos_ == "VERB"), sentence.root)
