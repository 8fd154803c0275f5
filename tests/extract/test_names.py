from __future__ import annotations

from collections.abc import Callable

import pytest

from extract import names
from extract.nameforms import key, written
from extract.passage import Passage

SPANS = [
    ("In May 2031, Falkenau AG and Hollis & Penn signed.", ["Falkenau AG", "Hollis & Penn"]),
    ("Buen Grano, S. de R.L. bought Casera Verde S.p.A. in May.", ["Buen Grano, S. de R.L.", "Casera Verde S.p.A."]),
    ("Falkenau sells Motoris Edge™ 4 and OmniGrip®.", ["Falkenau", "Motoris Edge 4", "OmniGrip"]),
    ("The Ministry of Agriculture and Forestry met Orvane.", ["Ministry of Agriculture and Forestry", "Orvane"]),
    ("Chief Financial Officer Ilse van der Farrow left.", ["Ilse van der Farrow"]),
    ("The German maker Falkenau raised EUR 5 million in Series B funding.", ["Falkenau"]),
    ("Orvane's purchase of Flexura ended in March 2031.", ["Orvane", "Flexura"]),
    ("More and more growers want sensors.", []),
]

TYPES = [
    ("Falkenau AG signed.", "Falkenau AG", "Company"),
    ("Doctors of Saint Aldous Hospital met.", "Saint Aldous Hospital", "HealthSystem"),
    ("It works with the University of Uppsala on tests.", "University of Uppsala", "Organization"),
    ("It was cleared by the Food and Drug Administration.", "Food and Drug Administration", "Regulator"),
    ("It is sold in Germany.", "Germany", "Country"),
    ("It is sold in Asia Pacific.", "Asia Pacific", "Region"),
    ("The Tallinn-based maker grew.", "Tallinn", "Location"),
    ("It presented OmniGrip® in May.", "OmniGrip", "Product"),
    ("Castell (NYSE: CSM) grew.", "Castell", "Company"),
    ("Ilse Farrow, chief executive of Orvane, left.", "Ilse Farrow", "Person"),
]


@pytest.mark.parametrize(("text", "expected"), SPANS)
def test_where_names_stand(passage: Callable[..., Passage], text: str, expected: list[str]) -> None:
    """Names are found whole: with legal form, "&", particles and version, without titles, articles and peoples."""
    assert [name.text for name in names.organisations(passage(text))] == expected


@pytest.mark.parametrize(("text", "name", "kind"), TYPES)
def test_type_of_the_bearer(passage: Callable[..., Passage], text: str, name: str, kind: str) -> None:
    """Form, head word, regions and what stands beside a name decide of which type its bearer is."""
    found = {each.text: each for each in names.organisations(passage(text))}
    assert found[name].type == kind
    assert found[name].sure


def test_guesses_alone_are_not_sure(passage: Callable[..., Passage]) -> None:
    """However often a name is repeated, a guess of its type from the words around it does not become certain."""
    row = names.organisations(passage("Flexura grew. Flexura shrank. Flexura grew. Flexura shrank."))
    assert {name.sure for name in row} == {False}


def test_short_form_stands_for_the_full_name(passage: Callable[..., Passage]) -> None:
    """A first word, a surname and a bracketed alias stand for the full name; an arm of the bearer is another one."""
    first = passage("Dongnam Hoist met Kornblum Diagnostics (KBD) and Desmond Achter, president of Orvane.")
    second = passage("Dongnam paid KBD. Achter left.")
    found = [name.full for row in names.find([first, second]) for name in row if name.text in ("Dongnam", "Achter")]
    assert found == ["Dongnam Hoist", "Desmond Achter"]
    arm = names.find([passage("Grünkorb Ventures Ltd invested in Orvane."), passage("Grünkorb opened a store.")])
    assert [name.full for name in arm[1]] == ["Grünkorb"]


def test_players_are_known_by_their_list(passage: Callable[..., Passage]) -> None:
    """A listed brand in lower case, or one in capitals that prose writes small, is found and given in full."""
    row = names.organisations(passage("Lumeora and pailo grew."), ["LUMEORA SAS", "pailo & co"])
    assert [(name.text, name.full) for name in row] == [("Lumeora", "LUMEORA SAS"), ("pailo", "pailo & co")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Curdless Foods Inc.", "curdless foods"), ("Ritiro®", "Ritiro"), ("Shenlan Water Co., Ltd.", "Shenlan Water")],
)
def test_key_of_a_name(one: str, other: str) -> None:
    """Legal form, trademark sign and case do not make two names."""
    assert key(one) == key(other)


def test_full_stop_of_the_sentence_is_no_part_of_a_name(passage: Callable[..., Passage]) -> None:
    """Names lose the full stop of their sentence and keep that of their legal form."""
    doc = passage("It bought Lumeo A/S. It sold Orvane Inc. in May.").doc
    found = [name.text for name in names.organisations(passage(doc.text))]
    assert found == ["Lumeo A/S", "Orvane Inc."]
    assert written(doc, 0, 2) == "It bought"
