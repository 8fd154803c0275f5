from __future__ import annotations

import random

import pytest

from kg import identity
from kg.identity import Judgement, Reference, Use

ORG = identity.ORGANIZATION
LISTED = [
    "Konica Minolta",
    "Konica Minolta, Inc.",
    "Konica Minolta Healthcare Americas",
    "Orion",
    "Orion Corporation",
    "Orion S.A.",
    "Orion Inc.",
    "Brindle Holding",
    "Brindle",
    "Haddock & Rye",
    "Haddock and Rye Ltd",
]


def keys(names: list[str], *judgements: Judgement, family: str = ORG) -> dict[str, str]:
    uses = [Use(Reference(family, name), "Company", 1) for name in names]
    return {who.name: entity.key for who, entity in identity.resolve(uses, judgements).items()}


def same(left: str, right: str) -> Judgement:
    return Judgement(ORG, left, right, "same")


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("Konica Minolta", "Konica Minolta, Inc.", True),
        ("Konica Minolta Inc", "Konica Minolta Incorporated", True),
        ("RamSoft™", "Ramsoft", True),
        ("Haddock & Rye", "Haddock and Rye Ltd", True),
        ("Société Générale", "Societe Generale SA", True),
        ("Bar GmbH & Co. KG", "Bar GmbH", True),
        ("Orion Corporation", "Orion S.A.", False),
        ("Orion PLC", "Orion GmbH", False),
        ("Konica Minolta", "Konica Minolta Healthcare Americas", False),
        ("Brindle Holding", "Brindle", False),
        ("Brindle Group", "Brindle", False),
        ("Aris Radiology", "Paris Radiology", False),
    ],
)
def test_names_are_one_entity_on_certain_grounds_only(left: str, right: str, one: bool) -> None:
    """Marks, case, accents and legal forms do not tell companies apart; forms of different countries do."""
    found = keys([left, right])
    assert (found[left] == found[right]) is one


def test_a_bare_name_joins_neither_of_two_forms_that_conflict() -> None:
    """Whom "Orion" stands for is uncertain once there are two of them."""
    assert keys(["Orion", "Orion Corporation"])["Orion"] == keys(["Orion", "Orion Corporation"])["Orion Corporation"]
    assert len(set(keys(["Orion", "Orion Corporation", "Orion S.A."]).values())) == 3


def test_a_judgement_joins_and_the_left_name_survives() -> None:
    """A "same" judgement names the survivor."""
    found = keys(["Konica Minolta", "KM Group"], same("Konica Minolta", "KM Group"))
    assert found == {"Konica Minolta": "konica-minolta", "KM Group": "konica-minolta"}


def test_a_different_judgement_undoes_all_automatic_joins_of_its_group() -> None:
    """What was joined automatically is not certain any more once someone says that two of the names differ."""
    names = ["Orion", "Orion Inc", "Orion Corporation"]
    assert len(set(keys(names).values())) == 1
    assert len(set(keys(names, Judgement(ORG, "Orion", "Orion Inc", "different")).values())) == 3


def test_neither_order_nor_company_of_other_names_matters() -> None:
    """The canonical view is a function of the names and the log, whatever the order of arrival."""
    judgements = [same("Brindle", "Brindle Holding"), Judgement(ORG, "Orion", "Orion Inc.", "unsure")]
    expected = keys(LISTED, *judgements)
    for seed in range(20):
        shuffled, log = LISTED[:], judgements[:]
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - the order of a test
        random.Random(seed).shuffle(log)  # noqa: S311 - the order of a test
        assert keys(shuffled, *log) == expected
    assert keys(["Konica Minolta", "Konica Minolta, Inc."]).items() <= expected.items()


def test_the_label_is_the_name_used_most_and_the_type_the_most_frequent() -> None:
    """A body that is called a company once and a hospital twice is a hospital, under its usual name."""
    uses = [
        Use(Reference(ORG, "Saint Aldous"), "HealthSystem", 2),
        Use(Reference(ORG, "Saint Aldous Inc"), "Company", 1),
    ]
    entity = identity.resolve(uses, [])[Reference(ORG, "Saint Aldous Inc")]
    assert (entity.label, entity.type, entity.path) == ("Saint Aldous", "HealthSystem", f"{ORG}/saint-aldous")


@pytest.mark.parametrize("family", ["market", "product", "person", "segment/garden-robot-market"])
def test_only_companies_lose_legal_forms(family: str) -> None:
    """A product called "Vision SA" is not the product "Vision"."""
    assert len(set(keys(["Vision", "Vision SA"], family=family).values())) == 2
