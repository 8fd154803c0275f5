"""How fast documents become facts, beside the bare spaCy pipeline on the same text; see README.md."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import click

from extract import pipeline, readers

DATA = Path(__file__).parents[1] / "data"
BATCH = 64


def bare(originals: Sequence[tuple[str, bytes]]) -> None:
    """Parse the lines of all documents, and nothing else."""
    for _, original in originals:
        lines = filter(None, map(str.strip, original.decode("utf-8").splitlines()))
        for _ in pipeline.language().pipe(lines, batch_size=BATCH):
            pass


def whole(originals: Sequence[tuple[str, bytes]]) -> None:
    """From bytes to facts."""
    for _ in pipeline.extract(readers.from_bytes(original, name) for name, original in originals):
        pass


def seconds(work: Callable[[Sequence[tuple[str, bytes]]], None], originals: Sequence[tuple[str, bytes]]) -> float:
    """The processor time that the work takes in this process."""
    start = time.process_time()
    work(originals)
    return time.process_time() - start


@click.command()
@click.option("--rounds", default=5, show_default=True, help="How often both are timed, in turn.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
def main(rounds: int, files: tuple[Path, ...]) -> None:
    """Time the extraction of FILES (default: reports and gold texts of data/) against the bare pipeline."""
    annotated = (path.with_name(path.name.replace(".facts.jsonl", ".txt")) for path in DATA.rglob("*.facts.jsonl"))
    chosen = files or sorted(annotated)
    originals = [(str(path), path.read_bytes()) for path in chosen]
    words = sum(len(original.split()) for _, original in originals)
    bare(originals)
    whole(originals)  # both once before the clock runs: models load, patterns compile
    click.echo(f"{len(originals)} documents, {words} words, Python {sys.version.split()[0]}; words per second")
    click.echo("round   bare pipeline   whole extraction   ratio")
    ratios = []
    for number in range(1, rounds + 1):
        alone, all_in = seconds(bare, originals), seconds(whole, originals)
        ratios.append(alone / all_in)
        click.echo(f"{number:5}   {words / alone:13.0f}   {words / all_in:16.0f}   {ratios[-1]:5.2f}")
    click.echo(f"median ratio {median(ratios):.2f}")


if __name__ == "__main__":
    main()
