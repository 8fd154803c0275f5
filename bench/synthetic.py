"""A market of any size, made up: documents with facts, recorded in a home and projected; see README.md.

Every fifth document is a report on a market, the others are releases of eight deals each. The same number of
documents gives the same facts.
"""

from __future__ import annotations

import random
import sys
import time
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

import click

from extract.document import Document
from extract.fact import Fact, Participant, Quantity
from kg import home as homes
from kg import projection, store
from kg.home import Home
from kg.ledger import Ledger
from kg.record import Reading, record

#: Triples of the graph that one document gives, on average.
TRIPLES = 334
_REPORT_EVERY, _DEALS = 5, 8
_DIMENSIONS = ("Modality", "End Use")
_SYLLABLES = (
    "al ba cor den el fin gar hel in jor kel lum mar nov or pol quin ros sal tor ul vel win xen yor zan".split()
)
_LEGAL = ("Inc.", "Ltd", "GmbH", "Health", "Imaging", "Systems", "Group")
_REGIONS = ("North America", "Europe", "Asia Pacific", "Latin America", "Middle East & Africa")
_COUNTRIES = ("Germany", "France", "Japan", "India", "Brazil", "Canada", "Kenya", "Norway", "Spain", "Chile")
_KINDS = ("partnership", "acquisition", "investment", "contract", "launch", "expansion")


@dataclass(frozen=True, slots=True)
class _World:
    """Who and what the documents tell of."""

    companies: Sequence[str]
    weights: Sequence[float]
    markets: Sequence[str]
    segments: Sequence[Sequence[str]]

    def company(self, chance: random.Random) -> str:
        return self.companies[bisect(self.weights, chance.random() * self.weights[-1])]


def readings(documents: int, seed: int = 7) -> Iterator[Reading]:
    """So many documents with their facts, in order."""
    world = _world(documents, random.Random(seed))
    for number in range(documents):
        yield reading(number, world)


def reading(number: int, world: _World, edition: int = 0) -> Reading:
    """The document of that number; another edition tells of other deals under the same address."""
    chance = random.Random(f"{number}/{edition}")
    make = _report if number % _REPORT_EVERY == 0 else _release
    text, facts = make(number, world, chance)
    name = f"{number}.txt"
    date = f"{2018 + number % 8}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    document = Document(name, text, text.partition("\n")[0], publisher=f"Wire {number % 50}", published=date)
    return Reading(document, [each(document) for each in facts], text.encode(), f"https://news.example.com/{name}")


def replaced(number: int, documents: int, edition: int) -> Reading:
    """A later edition of one document of a graph of that many."""
    return reading(number, _world(documents, random.Random(7)), edition)


def fill(home: Home, documents: int) -> None:
    """Records so many documents and projects them in one go."""
    with Ledger(home.ledger) as ledger:
        ledger.connection.execute("PRAGMA synchronous = OFF")  # made anew after a crash
        run = ledger.run("synthetic")
        started = time.monotonic()
        for number, each in enumerate(readings(documents), 1):
            record(ledger, run, each)
            if number % 500 == 0:
                click.echo(
                    f"{number} of {documents} documents recorded, {time.monotonic() - started:.0f} s", err=True
                )
    projection.catch_up(home)


@dataclass(frozen=True, slots=True)
class _Telling:
    """A fact before its document is whole: evidence as text, found again there."""

    kind: str
    parties: Sequence[tuple[str, str, str]]
    sentence: str
    value: tuple[int | Decimal, str] | None = None
    date: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()

    def __call__(self, document: Document) -> Fact:
        at = document.text.index(self.sentence)
        return Fact(
            kind=self.kind,
            participants=tuple(Participant(name, role, kind) for name, role, kind in self.parties),
            evidence=document.span(at, at + len(self.sentence)),
            rule="synthetic",
            confidence=0.9,
            quantity=Quantity(Decimal(self.value[0]), self.value[1], str(self.value[0])) if self.value else None,
            date=self.date,
            status="asserted",
            attributes=dict(self.attributes),
        )


def _world(documents: int, chance: random.Random) -> _World:
    companies = [f"{_word(chance)} {_word(chance)} {chance.choice(_LEGAL)}" for _ in range(20 + documents * 3 // 2)]
    weights = list(accumulate(1 / (rank + 1) ** 0.6 for rank in range(len(companies))))
    markets = [f"{_word(chance)} {_word(chance)} Market" for _ in range(5 + documents // 100)]
    segments = [[f"{_word(chance)} {_word(chance).lower()}" for _ in range(8)] for _ in markets]
    return _World(companies, weights, markets, segments)


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3)).capitalize()


def _release(number: int, world: _World, chance: random.Random) -> tuple[str, list[_Telling]]:
    at = chance.randrange(len(world.markets))
    facts = [_deal(each, world, at, chance) for each in range(_DEALS)]
    return "\n".join([f"Release {number}", *(fact.sentence for fact in facts)]), facts


def _deal(number: int, world: _World, market: int, chance: random.Random) -> _Telling:
    kind = chance.choice(_KINDS)
    one, other = world.company(chance), world.company(chance)
    while other == one:
        other = chance.choice(world.companies)
    amount = chance.randint(1, 900) * 1_000_000
    where, country = chance.choice(world.segments[market]), chance.choice(_COUNTRIES)
    parties, value = {
        "partnership": ([(one, "partner"), (other, "partner")], None),
        "acquisition": ([(one, "acquirer"), (other, "target")], amount),
        "investment": ([(one, "investee"), (other, "investor")], amount),
        "contract": ([(one, "supplier"), (other, "customer")], amount),
        "launch": ([(one, "company")], None),
        "expansion": ([(one, "company")], None),
    }[kind]
    date = f"{2018 + chance.randrange(8)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    sentence = (
        f"({number}) {one} and {other} agreed on a {kind} for {where} in {country} on {date}, worth USD {amount}, "
        "which shortens the turnaround of emergency reads across all imaging sites of the region."
    )
    typed = [(name, role, "Company") for name, role in parties]
    return _Telling(kind, typed, sentence, (value, "USD") if value else None, date)


def _report(number: int, world: _World, chance: random.Random) -> tuple[str, list[_Telling]]:
    at = number // _REPORT_EVERY % len(world.markets)
    facts = [*_figures(world, at, chance), *_players(world, at, chance)]
    return "\n".join([f"Report {number}", *(fact.sentence for fact in facts)]), facts


def _figures(world: _World, at: int, chance: random.Random) -> Iterator[_Telling]:
    name, market = world.markets[at], (world.markets[at], "market", "Market")
    year = 2020 + chance.randrange(6)
    for which, (when, kind) in enumerate(((year, "base"), (year + 7, "forecast"))):
        value = chance.randint(100, 900) * 10_000_000 * (1 + which)
        told = f"The {name} was USD {value} in {when}."
        yield _Telling("market_size", [market], told, (value, "USD"), str(when), (("type", kind),))
    for index, name in enumerate(world.segments[at]):
        segment, dimension = (name, "segment", "Segment"), _DIMENSIONS[index % 2]
        yield _Telling(
            "segment", [market, segment], f"By {dimension}: {name}.", attributes=(("dimension", dimension),)
        )
        rate = Decimal(chance.randint(200, 2500)) / 100
        span = (("scope", "segment"), ("from", str(year)), ("to", str(year + 7)))
        yield _Telling("cagr", [market, segment], f"{name} grows at {rate}% a year.", (rate, "percent"), None, span)
    best = chance.choice(world.segments[at])
    told = f"{best} is the fastest-growing part of it."
    yield _Telling("fastest_growing", [market, (best, "segment", "Segment")], told, attributes=(("of", "segment"),))
    for region in _REGIONS:
        where = (region, "region", "Region")
        yield _Telling("region", [market, where], f"Region: {region}.", attributes=(("level", "region"),))


def _players(world: _World, at: int, chance: random.Random) -> Iterator[_Telling]:
    for company in dict.fromkeys(world.company(chance) for _ in range(8)):
        parties = [(world.markets[at], "market", "Market"), (company, "company", "Company")]
        yield _Telling("player", parties, f"Player: {company}.")


@click.command()
@click.argument("home", type=click.Path(path_type=Path))
@click.argument("triples", type=int)
def main(home: Path, triples: int) -> None:
    """Make HOME with a graph of about so many TRIPLES."""
    place = homes.make(home)
    started = time.monotonic()
    fill(place, max(1, triples // TRIPLES))
    with store.current(place) as version:
        click.echo(f"{len(version.store())} triples in {time.monotonic() - started:.0f} s")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
