from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import identity, names, proposals, told
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
        ("Brandt GmbH & Co. KG", "Brandt GmbH", True),
        ("Orion Corporation", "Orion S.A.", False),
        ("Orion Corporation", "Orion", False),
        ("Orion Corporation", "Orion Corp.", True),
        ("Everlight Radiology", "Everlight Radiology UK", False),
        ("Getinge AB (publ)", "Getinge", True),
        ("The Dunmere Company", "Dunmere Co.", True),
        ("C. H. Haddock", "CH Haddock", True),
        ("Maersk Drilling", "Mærsk Drilling A/S", True),
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
    """Whom "Corvid" stands for is uncertain once there are two of them."""
    assert len(set(keys(["Corvid", "Corvid Corporation"]).values())) == 1
    assert len(set(keys(["Corvid", "Corvid Corporation", "Corvid S.A."]).values())) == 3


def test_a_judgement_joins_and_the_left_name_survives() -> None:
    """A "same" judgement names the survivor."""
    found = keys(["Konica Minolta", "KM Group"], same("Konica Minolta", "KM Group"))
    assert found == {"Konica Minolta": "konica-minolta", "KM Group": "konica-minolta"}


def test_a_different_judgement_undoes_all_automatic_joins_of_its_group() -> None:
    """What was joined automatically is not certain any more once someone says that two of the names differ."""
    names = ["Corvid", "Corvid Inc", "Corvid Corporation"]
    assert len(set(keys(names).values())) == 1
    assert len(set(keys(names, Judgement(ORG, "Corvid", "Corvid Inc", "different")).values())) == 3


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


PAIRS = list(
    csv.DictReader(
        Path(__file__).with_name("identity_pairs.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)


def pair(row: dict[str, str]) -> tuple[Reference, Reference]:
    return Reference(ORG, row["left"]), Reference(ORG, row["right"])


def test_the_pairs_are_many_and_hard() -> None:
    """At least 400 pairs, and at least 60 of them homonyms or arms under their parent's name."""
    assert len(PAIRS) >= 400
    assert sum(row["ground"] in ("homonym", "arm", "group") for row in PAIRS) >= 60


def test_no_pair_that_differs_is_joined_automatically() -> None:
    """Precision 1.00, each pair by itself and all of them in one graph."""
    everyone = identity.resolve([Use(who, "Company", 1) for row in PAIRS for who in pair(row)], [])
    for row in PAIRS:
        left, right = pair(row)
        alone = identity.resolve([Use(left, "Company", 1), Use(right, "Company", 1)], [])
        for found in (alone, everyone):
            assert row["truth"] == "same" or found[left] != found[right], row


def test_what_is_one_is_joined_or_proposed() -> None:
    """At least 0.95 of the pairs that are one, among all names and what the documents say of them."""
    everyone = identity.resolve([Use(who, "Company", 1) for row in PAIRS for who in pair(row)], [])
    says = [(each, "news.txt") for row in PAIRS for each in told.found(row["told"] or "")]
    proposed = {
        frozenset((everyone[Reference(ORG, each.left)], everyone[Reference(ORG, each.right)]))
        for each in proposals.among(everyone, {}, [], says)
    }
    true = [pair(row) for row in PAIRS if row["truth"] == "same"]
    joined = [frozenset(everyone[who] for who in each) for each in true]
    covered = [each for each in joined if len(each) == 1 or each in proposed]
    assert len(covered) / len(true) >= 0.95


NAMES = [
    "Corvid",
    "Corvid Inc",
    "Corvid Corporation",
    "Corvid S.A.",
    "Orion",
    "Orion Inc",
    "Dunmere & Rye",
    "DUNMERE and Rye Ltd",
]


@given(
    names=st.lists(st.sampled_from(NAMES), min_size=1, unique=True),
    log=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(["same", "different", "unsure"])),
        max_size=8,
    ),
    seed=st.integers(0, 1000),
)
def test_no_chain_joins_what_is_judged_different(
    names: list[str], log: list[tuple[str, str, str]], seed: int
) -> None:
    """Whatever else is judged or joined automatically, in whatever order; keys tell the entities apart."""
    judgements = [Judgement(ORG, *each) for each in log if each[0] != each[1]]
    uses = [Use(Reference(ORG, name), "Company", 1) for name in names]
    found = identity.resolve(uses, judgements)
    for each in judgements:
        left, right = Reference(ORG, each.left), Reference(ORG, each.right)
        if each.verdict == "different" and left in found and right in found:
            assert found[left].key != found[right].key
    random.Random(seed).shuffle(uses)  # noqa: S311 - the order of a test
    random.Random(seed).shuffle(judgements)  # noqa: S311 - the order of a test
    assert identity.resolve(uses, judgements) == found


def test_identifiers_join_and_part() -> None:
    """One LEI is one body whatever the names; two are two, and so nothing automatic holds between them."""
    lei = [Judgement(ORG, name, value, "identifier") for name, value in (("Alba", "lei:1"), ("Brindle", "lei:1"))]
    found = keys(["Alba", "Brindle", "Corvid", "Corvid Inc"], *lei)
    assert found["Alba"] == found["Brindle"]
    other = [
        Judgement(ORG, name, value, "identifier") for name, value in (("Corvid", "lei:1"), ("Corvid Inc", "lei:2"))
    ]
    assert keys(["Corvid", "Corvid Inc"])["Corvid"] == keys(["Corvid", "Corvid Inc"])["Corvid Inc"]
    found = keys(["Corvid", "Corvid Inc"], *other)
    assert found["Corvid"] != found["Corvid Inc"]


@pytest.mark.parametrize(
    ("names", "judgements", "expected"),
    [
        (["Orion", "Orion Corporation"], [], {"Orion": "Orion Corporation"}),
        (["Orion", "Orion Corporation", "Orion S.A."], [], {"Orion": "Orion"}),
        (["Orion"], [("Orion", "Orion Pharma")], {"Orion": "Orion Pharma"}),
        (
            ["Orion", "Orion Oyj"],
            [("Orion Oyj", "Orion Pharma")],
            {"Orion": "Orion Pharma", "Orion Oyj": "Orion Pharma"},
        ),
    ],
)
def test_short_forms_hold_inside_their_document(
    names: list[str], judgements: list[tuple[str, str]], expected: dict[str, str]
) -> None:
    """There a common word means the one firm that is named in full, or whom someone says that it means."""
    log = [Judgement(ORG, *each, "means", "s") for each in judgements]
    meant = identity.meanings([Reference(ORG, name) for name in names], log)
    assert {who.name: meant[who].name for who in meant if who.name in expected} == expected


def test_the_list_of_common_words_holds_no_firm_of_the_samples() -> None:
    """What tells a firm does not hang on whether we have a document on it."""
    data = Path(__file__).parents[2] / "data"
    files = [path for folder in ("reports", "releases") for path in (data / folder).glob("*.entities.jsonl")]
    records = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    firms = {each["name"] for each in records if each["type"] == "Company"}
    assert len(firms) > 50
    assert [each for each in sorted(firms) if not names.is_distinctive(names.core(each))] == []
