from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import adding
import pytest
from samples import fill, gold, sample

from kg import home, projection, store
from kg.home import Home
from kg.ledger import Ledger

CHILD = Path(adding.__file__)
NUMBERS = list(range(8))


def start(place: Path, numbers: list[int]) -> subprocess.Popen[str]:
    command = [sys.executable, str(CHILD), str(place), *map(str, numbers)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def lines(place: Home) -> list[str]:
    """The published graph as sorted N-Quads without run numbers and times."""
    with store.current(place) as version:
        quads = sorted(f"{quad} .\n" for quad in version.store())
    return [quad for quad in quads if "ledgerNumber" not in quad and "firstSeen" not in quad]


def uninterrupted(path: Path) -> list[str]:
    place = home.make(path)
    fill(place, [adding.document(number) for number in NUMBERS])
    return lines(place)


def test_a_process_killed_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """After every kill -9 all that was acknowledged is there; the next start repairs by itself and goes on.

    What stands in the end is what stands without any kill.
    """
    place, acknowledged, chance = Home(tmp_path / "home"), set[str](), random.Random(7)  # noqa: S311 - moments to die
    kills = 0
    while kills < 12:
        child = start(place.path, chance.sample(NUMBERS, len(NUMBERS)))
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        try:
            child.wait(chance.uniform(0.0, 0.6))
        except subprocess.TimeoutExpired:
            kills += 1
        child.kill()
        told, errors = child.communicate()
        assert "Traceback" not in errors
        acknowledged |= {name for name in told.splitlines(keepends=True) if name.endswith("\n")}
        if acknowledged:
            with Ledger(place.ledger) as ledger:
                recorded = [ledger.source(each).document.name + "\n" for each in ledger.sources()]
            assert len(recorded) == len(set(recorded))
            assert acknowledged <= set(recorded)
            published = " ".join(lines(place))
            assert all(f'"{name.strip()}"' in published for name in acknowledged)
    fill(place, [adding.document(number) for number in NUMBERS])
    assert lines(place) == uninterrupted(tmp_path / "calm")
    assert not list(place.versions.glob(".making-*"))


def test_several_processes_add_at_the_same_time(tmp_path: Path) -> None:
    """They wait for each other, and the graph is that of one process."""
    place = home.make(tmp_path / "home")
    children = [start(place.path, NUMBERS[at::2]) for at in range(2)] + [start(place.path, NUMBERS)]
    for child in children:
        told, errors = child.communicate(timeout=120)
        assert (child.returncode, errors) == (0, "")
        assert len(told.splitlines()) in (1 + len(NUMBERS), 1 + len(NUMBERS) // 2)
    assert lines(place) == uninterrupted(tmp_path / "calm")


def test_what_is_recorded_but_not_projected_is_projected_at_the_next_start(empty_home: Home) -> None:
    """A crash between the ledger's commit and the graph's leaves nothing out."""
    fill(empty_home, [adding.document(0)])
    with Ledger(empty_home.ledger) as ledger:
        from kg.record import record

        record(ledger, ledger.run("add"), adding.document(1))
    assert not any('"1.txt"' in line for line in lines(empty_home))
    projection.catch_up(empty_home)
    assert any('"1.txt"' in line for line in lines(empty_home))


def test_a_version_that_was_not_published_is_published_at_the_next_start(empty_home: Home) -> None:
    """A crash between the graph's commit and the flip of the pointer is repaired."""
    fill(empty_home, [adding.document(0)])
    (empty_home.versions / "current").unlink()
    with pytest.raises(store.NothingPublishedError):
        store.current(empty_home)
    projection.catch_up(empty_home)
    assert any('"0.txt"' in line for line in lines(empty_home))


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    """Documents give byte-identical N-Quads in any order, in one batch or one by one, apart from runs and times."""
    paths = sample()
    batch, single = home.make(tmp_path / "batch"), home.make(tmp_path / "single")
    fill(batch, [gold(path) for path in paths])
    for path in reversed(paths):
        fill(single, [gold(path)])
    assert lines(single) == lines(batch)
