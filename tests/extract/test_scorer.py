"""The scorer matches as the annotation guide says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extract import scorer
from tests.extract.scorer import Counts, Gold

Change = dict[str, Any]


def people(*named: str) -> list[dict[str, str]]:
    """Participants written as "role Name"; companies, but for the market."""
    split = [each.split(" ", 1) for each in named]
    return [{"role": r, "name": n, "type": "Market" if r == "market" else "Company"} for r, n in split]


def record(kind: str, *named: str, **change: object) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "status": "asserted",
        "value": None,
        "unit": None,
        "date": None,
        "attributes": {},
        "evidence": "what it says",
    }
    return {"kind": kind, "participants": people(*named), **plain, **change}


SALE = record(
    "acquisition",
    "acquirer Orvane",
    "target Tessaly Labs",
    "seller Dunmere",
    value=250e6,
    unit="USD",
    date="2031-03-04",
)
RATE = record("cagr", "market Oven Market", value=6.4, unit="percent")
TOLD = people("seller Dunmere", "asset Tessaly Labs", "buyer Orvane")
SWAPPED = people("seller Dunmere", "buyer Tessaly Labs", "asset Orvane")
SPELT = people("acquirer ORVANE, Inc.", "target Tessály Labs Ltd", "seller Dunmere")
TIE = people("partner Marrowby", "partner Aldous Hospital")
STUDY = record(
    "statistic",
    "reporter Quill Institute",
    "original_source Marrow Council",
    value=40,
    unit="percent",
    date="2031-02",
    attributes={"reference_year": "2030"},
    evidence="40% of Ruritanian bakers used robots in 2030, says the Quill Institute",
)
RULE = record("regulation", "regulation Ovens Act", "regulator Bread Office", "market Oven Market")
REASON = record(
    "driver", "market Oven Market", evidence="a growing lack of bakers", attributes={"label": "Lack of bakers"}
)
EITHER = record(
    "contract",
    "supplier Marrowby",
    "customer Aldous Hospital",
    date="2031-03-04",
    value=6e6,
    unit="USD",
    alternatives=[
        {"date": None},
        {"date": "2030-12"},
        {"status": "planned"},
        {"value": 7e6, "unit": "EUR"},
        {"participants": people("supplier Marrowby", "customer Castell Trust")},
    ],
)


def found(said: dict[str, Any], gold: dict[str, Any]) -> tuple[bool, bool]:
    """Whether a prediction finds the record, leniently and strictly."""
    lenient, strict = (
        scorer.score([said], Gold((gold,), {}), strict=s)[gold["kind"]].found == 1 for s in (False, True)
    )
    return lenient, strict


@pytest.mark.parametrize(
    ("gold", "change", "lenient", "strict"),
    [
        (SALE, {}, True, True),
        (SALE, {"value": 250.9e6}, True, True),
        (SALE, {"value": 255e6}, False, False),
        (SALE, {"unit": "EUR"}, False, False),
        (SALE, {"value": None, "unit": None}, True, False),
        (SALE, {"date": "2031-03"}, True, True),
        (SALE, {"date": "2031-05-01"}, True, False),
        (SALE, {"date": None}, True, False),
        (SALE, {"date": "2030-03-04"}, False, False),
        (SALE, {"status": "rumoured"}, True, False),
        (SALE, {"participants": SALE["participants"][::-1]}, True, True),
        (SALE, {"participants": SALE["participants"][:2]}, True, False),
        (SALE, {"participants": SALE["participants"][:1]}, False, False),
        (SALE, {"participants": SPELT}, True, True),
        (SALE, {"participants": people("acquirer Orvane", "target Tesaly Labs", "seller Dunmere")}, True, True),
        (SALE, {"kind": "divestiture", "participants": TOLD}, True, False),
        (SALE, {"kind": "divestiture", "participants": SWAPPED}, False, False),
        (SALE, {"kind": "launch"}, False, False),
        (RATE, {"participants": people("market Another Market")}, True, False),
        (RATE, {"participants": [*RATE["participants"], *people("segment Toasters")]}, False, False),
        (RATE, {"value": None}, False, False),
        (STUDY, {"attributes": {}}, True, False),
        (STUDY, {"attributes": {"reference_year": "2031"}}, False, False),
        (STUDY, {"value": 41}, False, False),
        (STUDY, {"participants": []}, True, False),
        (STUDY, {"participants": STUDY["participants"][1:], "evidence": "elsewhere"}, True, False),
        (STUDY, {"participants": [], "evidence": "elsewhere"}, False, False),
        (RULE, {"participants": RULE["participants"][:1]}, True, False),
        (RULE, {"participants": RULE["participants"][1:]}, False, False),
        (REASON, {"evidence": "flour is dear"}, True, True),
        (REASON, {"evidence": "flour is dear", "attributes": {"label": "Price of flour"}}, False, False),
        (REASON, {"attributes": {}, "participants": []}, True, True),
        (REASON, {"status": "planned"}, True, False),
        (REASON, {"kind": "trend"}, False, False),
        (EITHER, {"date": None}, True, True),
        (EITHER, {"date": "2030-12-24"}, True, True),
        (EITHER, {"date": "2030-11"}, True, False),
        (EITHER, {"date": "2029"}, False, False),
        (EITHER, {"status": "planned", "value": 7e6, "unit": "EUR"}, True, True),
        (EITHER, {"status": "denied"}, True, False),
        (EITHER, {"value": 7e6}, False, False),
        (EITHER, {"participants": people("supplier Marrowby", "customer Castell Trust")}, True, True),
        (EITHER, {"kind": "partnership", "participants": TIE}, True, False),
    ],
)  # fmt: skip
def test_when_a_prediction_finds_a_record(gold: dict[str, Any], change: Change, lenient: bool, strict: bool) -> None:
    """Names, roles, value, unit, date, status and wording decide as the mode asks; alternatives count as right."""
    assert found({**gold, **change}, gold) == (lenient, strict)


def test_names_have_forms() -> None:
    """A form of the entity or an alias of the participant is the name."""
    gold = record("launch", "company Orvane Robotics", "product Lumeo")
    gold["participants"][1]["aliases"] = ["the Lumeo viewer"]
    forms = {"Orvane Robotics": frozenset(("Orvane Robotics", "OR Group"))}
    said = record("launch", "company OR", "product Lumeo viewer")
    assert scorer.score([said], Gold((gold,), forms), strict=True) == {"launch": Counts(found=1)}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Orvane", "ORVANE GmbH", True),
        ("Brindle & Rye", "Brindle and Rye", True),
        ("Łódź Works", "Lodz Works", True),
        ("The Quill Institute", "Quill Institute", True),
        ("GE HealthCare", "HealthCare GE", True),
        ("Kaai 240", "Kaai 900", False),
        ("Orvo", "Orvu", False),
        ("", "", False),
    ],
)
def test_same_name(one: str, other: str, same: bool) -> None:
    """Nine letters in ten are enough for long names, no other digit and no short name is."""
    assert scorer.same_name(one, other) is same


@pytest.mark.parametrize(
    ("said", "gold", "expected"),
    [
        ([], [SALE], Counts(missed=1)),
        ([SALE], [], Counts(wrong=1)),
        ([SALE, SALE], [SALE], Counts(found=1)),  # a repetition is not wrong
        ([SALE], [{**SALE, "optional": True}], Counts()),
        ([], [{**SALE, "optional": True}], Counts()),
        ([SALE], [{**SALE, "optional": True}, SALE], Counts(found=1)),
        ([{**SALE, "value": None}, SALE], [{**SALE, "value": 9.0}, SALE], Counts(found=2)),
    ],
)
def test_each_record_is_found_once(said: list[Any], gold: list[Any], expected: Counts) -> None:
    """As many records as can be are paired with predictions, required ones first; optional ones count neither way."""
    total = sum(scorer.score(said, Gold(tuple(gold), {}), strict=False).values(), Counts())
    assert total == expected


def test_figures_of_counts() -> None:
    """Precision, recall and F1 follow from found, missed and wrong."""
    counts = Counts(found=6, missed=2, wrong=4)
    assert (counts.precision, counts.recall) == (0.6, 0.75)
    assert counts.f1 == pytest.approx(2 / 3)
    assert (Counts().precision, Counts().recall, Counts().f1) == (0.0, 0.0, 1.0)
    assert Counts(missed=1).f1 == 0.0


@pytest.mark.parametrize(
    ("change", "trap", "stepped"),
    [
        ({}, {}, False),  # a right prediction steps into no trap
        ({}, {"also_matched": True}, True),
        ({"date": "2020"}, {}, True),
        ({"date": "2020"}, {"date": "2021"}, False),
        ({"date": "2020"}, {"participants": people("acquirer *")}, True),
        ({"date": "2020"}, {"participants": people("target *", "acquirer Flexura")}, False),
        ({"date": "2020"}, {"attributes": {"stake": None}}, True),
        ({"date": "2020"}, {"attributes": {"stake": "75%"}}, False),
        ({"date": "2020", "status": "denied"}, {}, False),
        ({"date": "2020", "status": "denied"}, {"status": "denied"}, True),
        ({"date": "2020"}, {"value": 1.0}, False),
    ],
)
def test_traps(change: Change, trap: Change, stepped: bool) -> None:
    """A trap is stepped into by what agrees with all it gives: by wrong predictions, or by any where it says so."""
    wrong = {**record("acquisition", "acquirer Orvane"), **trap}
    assert bool(scorer.violations([{**SALE, **change}], Gold((SALE,), {}, (wrong,)))) is stepped
