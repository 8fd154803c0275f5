"""Events that no rule reads: who takes which part in what, weighed by the cues of each name in a sentence.

The weights in `roles.npz` are those of a logistic regression over hashed cues, one for each role of each kind of
event: `python -m tests.extract.train_roles` fits them on annotated documents; docs/roles.md is their data card.
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
from extract import rolecues
from extract.fillers import Filler
from extract.frames import Frame
from extract.names import Name
from extract.reading import Reading
from extract.rolecues import Candidate
from ontology.triggers import Trigger

#: The roles that are weighed, by kind: those of events, and of states that are told like events.
ROLES: Mapping[str, tuple[str, ...]] = {
    name: tuple(role.name for role in kind.roles if role.name != "region")
    for name, kind in ontology.kinds().items()
    if kind.family == "event" or name in ("headquarters", "subsidiary")
}
#: The roles without which an event is none, where they are not the first two.
NEEDED = {"investment": ("investee",), "termination": ("party",)}
#: From which probability on a name takes a role; which one of the names of an event must have at least; from which
#: one on a name fills a role that an event cannot be without.
TAKES, SURE, FILLS = 0.2, 0.35, 0.08
#: A mean of cues, not their sum, decides: long sentences show no more than short ones.
SCALE = 3.0


@dataclass(frozen=True, slots=True)
class Weights:
    """The log odds of each cue (a row) and label (a column), those without any cue, and the column of each label.

    A label is a kind and one of its roles.
    """

    cues: NDArray[np.float32]
    base: NDArray[np.float32]
    columns: Mapping[tuple[str, str], int]

    def probabilities(self, cues: Sequence[int]) -> NDArray[np.float32]:
        """For each label how likely it is that a candidate with these cues has the role."""
        odds = self.cues[list(cues)].sum(axis=0) * (SCALE / np.sqrt(len(cues) + 1)) + self.base
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


@cache
def weights() -> Weights:
    """The weights that this version comes with."""
    with resources.files("extract").joinpath("roles.npz").open("rb") as file, np.load(file) as kept:
        labels = (str(label).partition(".") for label in kept["labels"])
        columns = {(kind, role): i for i, (kind, _, role) in enumerate(labels)}
        return Weights(kept["cues"].astype(np.float32), kept["base"].astype(np.float32), columns)


def frames(reading: Reading, sentence: Span) -> Iterator[Frame]:
    """The events of a sentence, at most one of each kind, whose parties are likely enough."""
    found = rolecues.candidates(reading, sentence)
    if not any(each.form == "name" for each in found):
        return
    seen = rolecues.shown(reading, sentence)
    rows = [weights().probabilities(rolecues.cues(reading, sentence, each, seen)) for each in found]
    for kind in ROLES:
        parts = _parts(kind, found, rows)
        if parts and max(part[0] for part in parts) > SURE:
            yield _frame(reading, sentence, (kind, found), parts)


#: How likely it is that a name takes a role, the number of the candidate that shows it, the role and the name.
_Part = tuple[float, int, str, Name]


def _parts(kind: str, found: Sequence[Candidate], rows: Sequence[NDArray[np.float32]]) -> list[_Part]:
    """Who takes part in an event of that kind: each name in its likeliest role, then who fills what is missing."""
    columns = weights().columns
    likely: dict[tuple[str, str], _Part] = {}
    for i, (candidate, row) in enumerate(zip(found, rows, strict=True)):
        for role in ROLES[kind]:
            p = float(row[columns[kind, role]])
            for name in candidate.names if p > FILLS else ():
                if p > likely.get((name.full, role), (0.0,))[0]:
                    likely[name.full, role] = (p, i, role, name)
    chosen: dict[str, _Part] = {}
    for part in sorted(likely.values(), key=lambda each: (-each[0], each[1])):
        if part[3].full not in chosen and (part[0] > TAKES or _is_missing(kind, part[2], chosen.values())):
            chosen[part[3].full] = part
    return list(chosen.values())


def _is_missing(kind: str, role: str, chosen: Collection[_Part]) -> bool:
    """Whether an event still needs a bearer of a role: one, or two partners."""
    bearers = sum(part[2] == role for part in chosen)
    return bool(chosen) and role in NEEDED.get(kind, ROLES[kind][:2]) and bearers < (2 if role == "partner" else 1)


def _frame(reading: Reading, sentence: Span, event: tuple[str, Sequence[Candidate]], parts: Sequence[_Part]) -> Frame:
    kind, found = event
    surest = found[max(parts, key=lambda part: (found[part[1]].end > found[part[1]].start, part[0]))[1]]
    fillers = {
        role: tuple(Filler(_head(reading, found[i]), name) for _, i, each, name in parts if each == role)
        for role in dict.fromkeys(part[2] for part in parts)
    }
    trigger = Trigger(kind=kind, noun=False, words=frozenset(), slots={})
    return Frame(trigger, _governor(reading, sentence, surest), fillers, {})


def _head(reading: Reading, candidate: Candidate) -> Token:
    return reading.doc[candidate.start : max(candidate.end, candidate.start + 1)].root


def _governor(reading: Reading, sentence: Span, candidate: Candidate) -> Token:
    """The verb that says what happens: the nearest one above the surest party, else that of the sentence."""
    above = rolecues.chain(_head(reading, candidate), 5)
    return next((token for _, token in above if token.pos_ == "VERB"), sentence.root)
