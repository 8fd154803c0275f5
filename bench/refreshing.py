"""What it costs to take in one release, extraction apart, by the size of the graph; see README.md."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median

import click
import synthetic

from kg import home as homes
from kg import ingest, store
from kg.home import Home
from kg.ledger import Ledger
from kg.record import Reading

_FIRST = 10_000_001  # the number of the first release that is taken in: no home holds it, and none is a report
_STEP = 5


def taken(home: Home, reading: Reading) -> float:
    """Seconds in which a running refresh records, projects and publishes a reading."""
    started = time.perf_counter()
    list(ingest.keep(home, [(reading.document.name, partial(_same, reading))], what="refresh"))
    return time.perf_counter() - started


def _same(reading: Reading) -> Reading:
    return reading


def releases(documents: int, count: int) -> list[Reading]:
    """So many releases that tell of the market of a home of that many documents."""
    return [synthetic.replaced(_FIRST + _STEP * each, documents, 0) for each in range(count)]


def measured(path: Path | None, documents: int, rounds: int) -> tuple[int, list[float]]:
    """Triples of a copy of that home, or of an empty one, and the seconds of each round."""
    with tempfile.TemporaryDirectory(dir=path.parent if path else None) as folder:
        home = homes.make(Path(folder) / "home") if path is None else Home(Path(folder) / "home")
        if path:
            shutil.copytree(path, home.path, copy_function=shutil.copy2)
        first, *rest = releases(documents, rounds + 1)
        taken(home, first)  # opens and warms what the first one pays for
        times = [taken(home, each) for each in rest]
        with store.current(home) as version:
            return len(version.embedded()), times


def curve(documents: int, step: int) -> None:
    """Prints the seconds a document, while so many come in one by one into an empty home."""
    with tempfile.TemporaryDirectory() as folder:
        home = homes.make(Path(folder) / "home")
        since, last = time.perf_counter(), 0
        given = ((each.document.name, partial(_same, each)) for each in synthetic.readings(documents))
        for number, _ in enumerate(ingest.keep(home, given), 1):
            if number % step == 0:
                now = time.perf_counter()
                click.echo(f"{number:7} documents: {(now - since) / (number - last) * 1000:6.1f} ms a document")
                since, last = now, number


@click.command()
@click.option("--rounds", default=7, show_default=True, help="How many releases are taken in.")
@click.option("--curve", "documents", type=int, help="Instead, let so many documents come in one by one.")
@click.option("--step", default=500, show_default=True, help="Documents between two lines of the curve.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
def main(rounds: int, documents: int | None, step: int, paths: Sequence[Path]) -> None:
    """Take releases into an empty home and into copies of the homes PATHS, and print the medians."""
    if documents:
        curve(documents, step)
        return
    known = {path: _documents(path) for path in paths}
    first = None
    click.echo(f"medians of {rounds} rounds")
    for path in (None, *paths):
        triples, times = measured(path, max(known.values(), default=100), rounds)
        first = first or median(times)
        ratio = median(times) / first
        click.echo(
            f"{triples:9} triples: {median(times) * 1000:6.0f} ms a release ({ratio:.2f} times the empty graph)"
        )


def _documents(path: Path) -> int:
    with Ledger(Home(path).ledger) as ledger:
        return len(ledger.sources())


if __name__ == "__main__":
    main()
