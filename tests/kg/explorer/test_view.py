from __future__ import annotations

import pytest

from kg.explorer.view import View, from_query, to_query

BASE = "http://kg.example/"
FULL = View(
    centre=BASE + "organization/castell",
    picked=BASE + "fact/1",
    hops=2,
    expanded=(BASE + "market/robots", BASE + "organization/brindle"),
    hidden=frozenset({"Region", "launch"}),
    statuses=frozenset({"asserted", "planned"}),
    confidence=0.55,
    deals="links",
    inferred=True,
)


@pytest.mark.parametrize("view", [FULL, View(None), View(BASE + "region/europe", picked="0123456789abcdef")])
def test_the_address_is_the_saved_view(view: View) -> None:
    """What an address says is what was seen when it was copied."""
    assert from_query(to_query(view, BASE), BASE) == view


def test_the_usual_is_left_out_of_the_address() -> None:
    """A plain view has a plain address."""
    assert to_query(View(BASE + "organization/castell"), BASE) == {"e": "organization/castell"}


@pytest.mark.parametrize(
    "query",
    [
        {"h": "9"},
        {"h": "x"},
        {"c": "much"},
        {"c": "nan"},
        {"s": "unheard"},
        {"v": "cubes"},
        {"i": "1"},
        {"unknown": "1"},
    ],
)
def test_what_cannot_be_is_passed_over(query: dict[str, str]) -> None:
    """An address with a value that does not exist shows the usual view of its entity."""
    assert from_query({"e": "organization/castell", **query}, BASE) == View(BASE + "organization/castell")


def test_an_address_never_leads_out_of_the_home() -> None:
    """A whole IRI of elsewhere is not taken for one of ours."""
    assert from_query({"e": "http://elsewhere.example/x"}, BASE).centre == "http://elsewhere.example/x"
