"""What it costs to replace one source and to publish, by the size of the graph; see README.md."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import click
import synthetic

from kg import projection, store
from kg.home import Home
from kg.ledger import Ledger
from kg.record import record


def replaced(home: Home, number: int, edition: int) -> tuple[float, float]:
    """Processor seconds of this thread to record and project another edition of a document; seconds to publish it."""
    with Ledger(home.ledger) as ledger:
        documents = len(ledger.sources())
        reading = synthetic.replaced(number, documents, edition)
        run = ledger.run("replace")
    seconds: list[tuple[float, float]] = []
    original = projection.publish

    def timed(live: store.Live, *, always: bool = False) -> None:
        started, before = time.perf_counter(), time.thread_time()
        original(live, always=always)
        seconds.append((time.perf_counter() - started, time.thread_time() - before))

    projection.publish = timed
    try:
        started = time.thread_time()
        with Ledger(home.ledger) as ledger:
            record(ledger, run, reading)
        projection.catch_up(home)
        whole = time.thread_time() - started
    finally:
        projection.publish = original
    ((publishing, of_it),) = seconds
    return whole - of_it, publishing


def measured(path: Path, rounds: int) -> tuple[int, list[tuple[float, float]]]:
    """Triples of a copy of that home, and the times of each round: of releases in turn, none of them a report."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        home = Home(Path(folder) / "home")
        shutil.copytree(path, home.path, copy_function=shutil.copy2)
        replaced(home, 1, 1)  # opens and warms what the first one pays for
        times = [replaced(home, 2 + 5 * number % 20, 1 + number) for number in range(rounds)]
        with store.current(home) as version:
            return len(version.embedded()), times


@click.command()
@click.option("--rounds", default=7, show_default=True, help="How many sources are replaced.")
@click.argument("homes", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(rounds: int, homes: Sequence[Path]) -> None:
    """Replace sources in copies of HOMES, from the smallest to the largest, and print the medians."""
    first = None
    click.echo(f"medians of {rounds} rounds")
    for path in homes:
        triples, times = measured(path, rounds)
        replacing, publishing = (median(each) for each in zip(*times, strict=True))
        first = first or replacing
        click.echo(
            f"{triples:9} triples: replacing {replacing * 1000:6.0f} ms ({replacing / first:.2f} times the first), "
            f"publishing {publishing * 1000:6.0f} ms"
        )


if __name__ == "__main__":
    main()
