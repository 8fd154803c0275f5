from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from graphs import graph_of

import ontology
from kg.explorer import forecast
from kg.explorer.details import Document, Evidence, Fact
from kg.explorer.forecast import Point
from kg.network import Edge, Entity, Event


def fact(kind: str, *, value: str = "", date: str = "", publisher: str = "Quill", **players: str) -> Fact:
    document = Document(f"document of {publisher}", "A report", publisher, "2031", "report.txt")
    attributes = {key: (players.pop(key),) for key in ("dimension", "level", "since", "until") if key in players}
    renamed = {{"since": "from", "until": "to"}.get(key, key): values for key, values in attributes.items()}
    return Fact(
        iri=f"{kind} {value} {date} {publisher}",
        kind=ontology.kind(kind),
        label="",
        status="asserted",
        confidence=0.9,
        rule="test",
        signals=(),
        date=date,
        value=Decimal(value) if value else None,
        unit="percent" if kind in ("cagr", "largest") else "USD",
        value_text=value,
        players=tuple(players.items()),
        attributes=renamed,
        evidence=(Evidence("e", "quote", "sentence", 0, 5, document),),
    )


def size(value: str, date: str, publisher: str = "Quill", **players: str) -> Fact:
    return fact("market_size", value=value, date=date, publisher=publisher, market="robots", **players)


def test_between_two_stated_years_growth_is_even() -> None:
    """The line between 100 and 121 over two years passes 110, and only the ends are stated."""
    found = forecast.points([size("121", "2032"), size("100", "2030"), size("50", "2030", segment="weeders")])

    assert [(p.year, round(p.value, 6), p.stated) for p in sorted(found, key=lambda p: p.year)] == [
        (2030, 100.0, True),
        (2031, 110.0, False),
        (2032, 121.0, True),
    ]


def test_publishers_stand_side_by_side() -> None:
    """Each publisher has a line of its own; no figure is mixed with another's."""
    found = forecast.points([size("1", "2030"), size("2", "2030", "Marrow"), size("4", "2031", "Marrow")])

    assert found == [
        Point("Marrow", 2030, 2.0, "USD"),
        Point("Marrow", 2031, 4.0, "USD"),
        Point("Quill", 2030, 1.0, "USD"),
    ]


def test_a_contradiction_is_drawn_and_not_chosen_away() -> None:
    """Two values of one document for one year are both points; only one of them is on the line."""
    found = list(forecast.points([size("100", "2030"), size("90", "2030"), size("200", "2031")]))

    assert sorted((point.year, point.value) for point in found) == [(2030, 90.0), (2030, 100.0), (2031, 200.0)]
    assert sorted(point.year for point in found if point.on_line) == [2030, 2031]


def edge(source: str, target: str, form: str, *, inferred: bool = False) -> Edge:
    return Edge(source, target, form, form, (source,), "asserted", 0.9, inferred=inferred)


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, forecast.Part]:
    entities = [Entity("robots", "Market", "Robots"), Entity("weeders", "Segment", "Weeders")]
    entities += [Entity("europe", "Region", "Europe"), Entity("castell", "Company", "Castell")]
    events = [Event(name, "partnership", name, "asserted", 0.9, "", (name,)) for name in ("one", "two", "far")]
    edges = [
        edge("one", "weeders", "link"),
        edge("one", "robots", "link", inferred=True),
        edge("two", "weeders", "link", inferred=True),
        edge("one", "europe", "role"),
        edge("far", "europe", "role"),
        edge("castell", "one", "role"),
    ]
    facts = [
        fact("segment", market="robots", segment="weeders", dimension="Product"),
        fact("cagr", value="17.90", market="robots", segment="weeders", since="2030", until="2035"),
        fact("fastest_growing", market="robots", segment="weeders"),
        fact("largest", value="44.5", date="2029", market="robots", region="europe"),
        size("25000000", "2030", segment="weeders"),
        fact("player", market="robots", company="castell"),
    ]
    graph = graph_of(tmp_path, entities, events, edges)
    return {part.iri: part for part in forecast.parts(graph, "robots", facts)}


def test_a_segment_has_its_figures_and_its_deals(parts: dict[str, forecast.Part]) -> None:
    """What documents say of a segment stands in one row, stated deals apart from inferred ones."""
    assert parts["weeders"] == forecast.Part(
        iri="weeders",
        name="Weeders",
        dimension="Product",
        size="USD 25 m (2030)",
        growth="17.9 % 2030–2035",
        remark="fastest growing",
        deals=1,
        inferred=1,
    )


def test_only_deals_of_the_market_count_for_a_region(parts: dict[str, forecast.Part]) -> None:
    """A deal in Europe that has nothing to do with the market is no deal of the market in Europe."""
    assert (parts["europe"].deals, parts["europe"].remark) == (1, "largest 44.5 % 2029")
    assert set(parts) == {"weeders", "europe"}
