from __future__ import annotations

import pytest

from kg.explorer.view import Pin, View, from_query, in_period, to_query

BASE = "http://kg.example/"
FULL = View(
    centre=BASE + "organization/castell",
    picked=BASE + "fact/1",
    hops=2,
    expanded=(BASE + "market/robots", BASE + "organization/brindle"),
    pins=(Pin(BASE + "market/robots", -12, 340),),
    dropped=(BASE + "region/europe",),
    hidden=frozenset({"Region", "launch"}),
    statuses=frozenset({"asserted", "planned"}),
    confidence=0.55,
    period=("2024-05", "2026"),
    within=(BASE + "segment/robots/hedges",),
    origins=(BASE + "document/1",),
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
        {"d": "soon..2031-5"},
        {"k": "organization/castell@x,1 @1,1"},
        {"unknown": "1"},
    ],
)
def test_what_cannot_be_is_passed_over(query: dict[str, str]) -> None:
    """An address with a value that does not exist shows the usual view of its entity."""
    assert from_query({"e": "organization/castell", **query}, BASE) == View(BASE + "organization/castell")


def test_an_address_never_leads_out_of_the_home() -> None:
    """A whole IRI of elsewhere is not taken for one of ours."""
    assert from_query({"e": "http://elsewhere.example/x"}, BASE).centre == "http://elsewhere.example/x"


@pytest.mark.parametrize(
    ("date", "period", "expected"),
    [
        ("", ("", ""), True),
        ("", ("2024", ""), False),
        ("2024", ("2024-06", "2025"), True),
        ("2024-05", ("2024-06", ""), False),
        ("2024-06-30", ("", "2024-06"), True),
        ("2024-07-01", ("", "2024-06"), False),
        ("2025", ("", "2025-03"), True),
        ("2023", ("2024", "2025"), False),
    ],
)
def test_a_coarse_date_counts_as_its_whole_interval(date: str, period: tuple[str, str], expected: bool) -> None:
    """What may lie in the period is not filtered out; what has no date is, once a period is chosen."""
    assert in_period(date, period) is expected


def test_a_view_counts_its_filters_and_can_drop_them() -> None:
    """The reader sees how many filters are set, and one press shows everything of the same neighbourhood."""
    assert FULL.filters == 6
    assert FULL.unfiltered().filters == 0
    assert (FULL.unfiltered().hops, FULL.unfiltered().pins) == (FULL.hops, FULL.pins)
