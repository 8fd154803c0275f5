from __future__ import annotations

import pytest

from kg.explorer import matrix
from kg.explorer.dealings import Deal
from kg.network import Entity, Event

KNOWN = {
    iri: Entity(iri, type_, label)
    for iri, type_, label in [
        ("market", "Market", "Garden Robot Market"),
        ("mow", "Segment", "Mowers"),
        ("hedge", "Segment", "Hedge robots"),
        ("roof", "Segment", "Roof robots"),
        ("europe", "Region", "Europe"),
        ("asia", "Region", "Asia Pacific"),
        ("africa", "Region", "Africa"),
        ("spain", "Country", "Spain"),
    ]
}


def deal(iri: str, parts: tuple[str, ...], inferred: tuple[str, ...] = (), status: str = "asserted") -> Deal:
    return Deal(Event(iri, "launch", iri, status, 0.9, "2031", (iri,)), (), (), parts, inferred, None, "")


DEALS = [
    deal("both", ("mow", "spain")),
    deal("loose", ("hedge",), ("europe",)),
    deal("asian", ("market", "asia")),
    deal("denied", ("hedge", "asia"), status="denied"),
    deal("elsewhere", ("africa",)),
]


@pytest.mark.parametrize(
    ("segment", "region", "state", "events"),
    [
        ("mow", "europe", "deals", ("both",)),
        ("hedge", "europe", "inferred", ("loose",)),
        ("mow", "asia", "white", ()),
        ("hedge", "asia", "white", ()),
        ("roof", "europe", "unknown", ()),
        ("mow", "africa", "unknown", ()),
    ],
)
def test_white_space_is_told_from_ignorance(segment: str, region: str, state: str, events: tuple[str, ...]) -> None:
    """An event in a country counts for its region; a cell is white only where events are known of row and column.

    What is denied fills no cell, and what happens in a region outside this market says nothing about it.
    """
    found = matrix.cells(DEALS, "market", ["mow", "hedge", "roof"], ["europe", "asia", "africa"], KNOWN)
    (cell,) = [each for each in found if (each.segment, each.region) == (segment, region)]

    assert (cell.state, cell.deals + cell.inferred) == (state, events)
