from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import adding
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import fact, fill, reading

from extract.document import Document
from kg import cli, home, nearness, projection, store
from kg.home import Home
from kg.ledger import Ledger
from kg.record import Reading

STORY = """Quillon Robotics buys Brindle Mowers

GHENT, 5 May 2031 - Quillon Robotics has bought Brindle Mowers, a maker of mowers for gardens on steep slopes, for an
amount that neither side would tell. The two have built machines together since 2027, and most of the staff of Brindle
will move to the plant in Ghent next spring, where a new line for batteries is under way. "We have known each other
for years," said the head of Quillon. Customers of both will keep their contracts, and prices will stay as they are.

About Quillon Robotics
{about}
"""
OTHER = """Fjord Bank lends to Haddock

Fjord Bank lends EUR 25 million to Haddock & Rye for a new dock. The loan runs for nine years. Work begins in June and
will take two years, during which ships will be sent to the older basin further north.

About Quillon Robotics
{about}
"""
ABOUT = "Quillon Robotics builds robots for gardens. It was founded in 2019, has 800 people and sells widely. " * 3


def bought(name: str, text: str, published: str | None = None) -> Reading:
    page = Document(name, text, name, published=published)
    quote = "Quillon Robotics has bought Brindle Mowers"
    roles = {"acquirer": "Quillon Robotics", "target": "Brindle Mowers"}
    return reading(page, [fact(page, "acquisition", roles, quote=quote, date="2031-05-05")])


FIRST = bought("a.txt", STORY.format(about=ABOUT), "2031-05-05")
COPIED = STORY.format(about="See quillon.example.").replace("years,", "ages,")
COPY = bought("b.txt", f"From our wire service:\n{COPIED}", "2031-05-06")
APART = bought(
    "c.txt",
    "Quillon Robotics has bought Brindle Mowers, our paper has learned from two of its customers.",
    "2031-05-04",
)


def quads(place: Home) -> set[str]:
    """The graph without learned times."""
    with store.current(place) as found:
        lines = map(str, found.store())
        return {line for line in lines if "firstSeen" not in line and "ledgerNumber" not in line}


def withdraw(place: Home, *named: str) -> str:
    done = CliRunner().invoke(cli.main, ["--home", str(place.path), "withdraw", *named], catch_exceptions=False)
    return done.output


@pytest.mark.parametrize("named", ["b.txt", COPY.document.id])
def test_add_withdraw_add_equals_add(empty_home: Home, named: str) -> None:
    """A document that is withdrawn leaves nothing behind, and comes back as it was."""
    fill(empty_home, [FIRST, APART])
    without = quads(empty_home)
    fill(empty_home, [COPY])
    together = quads(empty_home)
    assert "withdrawn with 1 facts" in withdraw(empty_home, named)
    assert quads(empty_home) == without
    fill(empty_home, [COPY])
    assert quads(empty_home) == together


def test_one_of_two_places_of_a_text_is_forgotten_alone(empty_home: Home) -> None:
    """What the other place still says stays."""
    fill(empty_home, [FIRST])
    alone = quads(empty_home)
    fill(empty_home, [replace(FIRST, document=replace(FIRST.document, name="copy.txt"), address="copy.txt")])
    assert "the same text stands elsewhere" in withdraw(empty_home, "copy.txt")
    assert quads(empty_home) == alone


def test_an_unknown_document_is_refused(empty_home: Home) -> None:
    """So is one that is withdrawn already."""
    fill(empty_home, [FIRST])
    withdraw(empty_home, "a.txt")
    for named in ("a.txt", "z.txt", FIRST.document.id):
        done = CliRunner().invoke(cli.main, ["--home", str(empty_home.path), "withdraw", named])
        assert (done.exit_code, "no document of that name" in done.output) == (1, True)


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        (FIRST, COPY, True),
        (
            FIRST,
            bought("d.txt", STORY.format(about="") + "The paper adds that the mayor of Ghent was pleased."),
            True,
        ),
        (FIRST, APART, False),
    ],
)
def test_copies_are_told_by_their_body(left: Reading, right: Reading, alike: bool) -> None:
    """Small edits and other endings do not hide a copy."""
    one, two = (nearness.shingles(each.document.text) for each in (left, right))
    assert nearness.are_alike(one, two) is alike
    assert bool(set(nearness.bands(one)) & set(nearness.bands(two))) is alike


def test_the_same_ending_makes_no_copy() -> None:
    """What a firm writes of itself stands in all of its releases."""
    one, two = (nearness.shingles(text.format(about=ABOUT * 5)) for text in (STORY, OTHER))
    assert not nearness.are_alike(one, two)


def origins(place: Home) -> tuple[int, int]:
    """The number of statements and of origins of the one deal."""
    with store.current(place) as found:
        quads = list(found.store())
    members = [quad for quad in quads if quad.predicate.value.endswith("#member")]
    (count,) = [quad.object.value for quad in quads if quad.predicate.value.endswith("#origins")]
    return len(members), int(count)


def test_the_origins_of_copies_count_as_one(empty_home: Home) -> None:
    """All documents are read; one that tells it in its own words is a second origin."""
    fill(empty_home, [FIRST, COPY])
    assert origins(empty_home) == (2, 1)
    fill(empty_home, [APART])
    assert origins(empty_home) == (3, 2)
    withdraw(empty_home, "a.txt")
    assert origins(empty_home) == (2, 2)


PAGES = [FIRST, COPY, APART, *(adding.document(number) for number in (0, 2, 3, 4))]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    place = home.make(tmp_path_factory.mktemp("order") / "home")
    fill(place, PAGES)
    return quads(place)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6), cuts=st.sets(st.integers(1, len(PAGES) - 1), max_size=3))
def test_the_order_of_arrival_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, expected: set[str], seed: int, cuts: set[int]
) -> None:
    """Any permutation of documents, in any grouping into runs, ends in the same graph apart from learned times."""
    place, pages = home.make(tmp_path_factory.mktemp("order") / "home"), PAGES[:]
    random.Random(seed).shuffle(pages)  # noqa: S311 - the order of a test
    bounds = [0, *sorted(cuts), len(pages)]
    for start, end in pairwise(bounds):
        fill(place, pages[start:end])
    assert quads(place) == expected


def test_a_withdrawn_document_stays_withdrawn_when_all_is_built_anew(empty_home: Home, tmp_path: Path) -> None:
    """The graph is a function of the ledger."""
    fill(empty_home, [FIRST, COPY, APART])
    withdraw(empty_home, "a.txt")
    grown = quads(empty_home)
    projection.catch_up(empty_home, anew=True)
    assert quads(empty_home) == grown
    with Ledger(empty_home.ledger) as ledger:
        assert ledger.counts()["sources"] == 2
