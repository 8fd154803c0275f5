"""The confidence of a fact: what it is judged by, and that it keeps its word on documents with known facts."""

from __future__ import annotations

from dataclasses import replace
from math import log

import pytest

from extract import confidence
from extract.confidence import Weights
from extract.document import Document
from extract.fact import Fact, Participant
from tests.extract import calibrate
from tests.extract.calibrate import Row

_TEXT = "Orvane bought Tessaly Labs in 2031."
_DOCUMENT = Document("deal.txt", _TEXT)
_DEAL = Fact(
    kind="acquisition",
    participants=(Participant("Orvane", "acquirer", "Company"), Participant("Tessaly Labs", "target", "Company")),
    evidence=_DOCUMENT.span(0, len(_TEXT)),
    rule="acquisition-verb",
)
_CASES = {
    "nothing but two parties": (_DEAL, ()),
    "a date": (replace(_DEAL, date="2031"), ("dated",)),
    "a second telling": (replace(_DEAL, mentions=(_DOCUMENT.span(0, 6),)), ("told again",)),
    "a rumour": (replace(_DEAL, status="rumoured"), ("rumoured",)),
    "one party": (replace(_DEAL, participants=_DEAL.participants[1:]), ("one party",)),
    "a party of another sentence": (
        replace(_DEAL, participants=(Participant("Quillon Health", "acquirer", "Company"), _DEAL.participants[1])),
        ("party named elsewhere",),
    ),
}


@pytest.mark.parametrize(("fact", "expected"), _CASES.values(), ids=_CASES)
def test_signals_are_what_the_fact_shows(fact: Fact, expected: tuple[str, ...]) -> None:
    """Each signal is a property of the fact itself."""
    assert confidence.signals(fact, news=False) == expected


def test_news_is_a_signal_of_its_own() -> None:
    """What a release says is judged apart from what a report says."""
    assert confidence.signals(_DEAL, news=True) == ("in news",)


def test_a_fact_is_weighed_by_kind_rule_and_signals() -> None:
    """The confidence is the logistic function of the sum of all weights; unknown rules and signals weigh nothing."""
    weights = Weights(base=log(3), kinds={"acquisition": log(2)}, rules={"bold": -log(2)}, signals={"dated": log(3)})
    assert weights.probability("acquisition", "bold", ()) == pytest.approx(0.75)
    assert weights.probability("launch", "other", ("dated", "unheard of")) == pytest.approx(0.9)


def test_a_weighed_fact_is_the_same_fact() -> None:
    """Only confidence and signals change, and nothing is certain."""
    found = confidence.weighed(_DEAL, news=True)
    assert replace(found, confidence=_DEAL.confidence, signals=()) == _DEAL
    assert confidence.LEAST <= found.confidence <= confidence.MOST


def test_fitting_finds_what_speaks_for_a_fact() -> None:
    """A signal that only right facts carry gets a positive weight, a rule that errs a negative one."""
    rows = [Row("launch", "good", ("dated",), right=True, industry="a")] * 30
    rows += [Row("launch", "bad", (), right=number % 3 == 0, industry="b") for number in range(30)]
    weights = calibrate.fitted(rows)
    assert weights.signals["dated"] > 0 > weights.rules["bad"]
    judged = [(row.right, p) for row, p in calibrate.left_out(rows)]
    assert len(judged) == len(rows)


def test_reliability_counts_every_fact_once() -> None:
    """The rows of the table hold all facts, each between its bounds."""
    table = list(calibrate.reliability([(True, 0.95), (False, 0.92), (True, 0.3)]))
    assert [line.split()[3:] for line in table[1:]] == [["1", "0.300", "1.000"], ["2", "0.935", "0.500"]]
