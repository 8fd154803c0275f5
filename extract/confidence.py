"""How likely a fact is to be right, by the rule that made it and by what speaks for or against it.

The weights in `confidence.json` are those of a logistic regression on facts of annotated documents; of releases, on
those of the first run, when the rules had not seen them. `python -m tests.extract.calibrate` fits them and tells how
often facts of each confidence are right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from math import exp

import ontology
from extract import antecedents
from extract.fact import Fact

#: Nothing is certain: the bounds of a confidence.
LEAST, MOST = 0.02, 0.98
#: No more is known of events in releases: on first runs, the surest were right no more often than this.
MOST_OF_EVENTS = 0.8
_NEWS = "in news"
_LONG = 260
_CROWDED = 7
_CAPITAL = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z]\w+(?: (?:(?:of|and|&) )?[A-Z]\w+)*")


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for a fact (positive) and against it, in log odds: in general, by kind, by rule, by signal."""

    base: float
    kinds: Mapping[str, float]
    rules: Mapping[str, float]
    signals: Mapping[str, float]

    def probability(self, kind: str, rule: str, signals: tuple[str, ...]) -> float:
        """The probability that a fact of that kind, rule and signals is right, within the bounds."""
        odds = self.base + self.kinds.get(kind, 0.0) + self.rules.get(rule, 0.0)
        likely = 1 / (1 + exp(-odds - sum(self.signals.get(each, 0.0) for each in signals)))
        most = MOST_OF_EVENTS if _NEWS in signals and ontology.kind(kind).family == "event" else MOST
        return min(max(likely, LEAST), most)


@cache
def weights() -> Weights:
    """The weights that this version comes with."""
    return Weights(**json.loads(resources.files("extract").joinpath("confidence.json").read_text("utf-8")))


def weighed(fact: Fact, *, news: bool) -> Fact:
    """The fact with its confidence, and the signals that it was judged by; `news` says that no report states it."""
    found = signals(fact, news=news)
    probability = weights().probability(fact.kind, fact.rule, found)
    return replace(fact, confidence=round(probability, 2), signals=found)


def signals(fact: Fact, *, news: bool) -> tuple[str, ...]:
    """What speaks for or against a fact, in words: "dated", "told again", "party named elsewhere"."""
    return (*((_NEWS,) if news else ()), *_signals(fact))


def _signals(fact: Fact) -> Iterator[str]:
    if fact.date:
        yield "dated"
    if fact.quantity:
        yield "with a figure"
    if fact.mentions:
        yield "told again"
    if fact.status != "asserted":
        yield fact.status
    quote = fact.evidence.quote
    if len(quote) > _LONG:
        yield "long evidence"
    if ontology.kind(fact.kind).family != "event":
        return
    if len(set(_CAPITAL.findall(quote))) >= _CROWDED:
        yield "many names"
    yield from _of_parties(fact)


def _of_parties(fact: Fact) -> Iterator[str]:
    core = [each for each in fact.participants if ontology.kind(fact.kind).role(each.role).core]
    if len(core) == 1:
        yield "one party"
    if antecedents.absent(fact):
        yield "party named elsewhere"
    if any(each.type == "Asset" for each in core):
        yield "part without a name"
    if any(each.name.islower() for each in core):
        yield "lower-case name"
    if len(core) > 3:
        yield "many parties"
