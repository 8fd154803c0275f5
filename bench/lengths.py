"""How the cost of extraction grows with the length of a document, and what memory it takes; see README.md."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import click

from extract import pipeline
from extract.document import Document

DATA = Path(__file__).parents[1] / "data"
#: A release of usual length, and longer and longer ones, in words.
LENGTHS = (600, 2_000, 10_000, 50_000, 200_000)


def text(words: int) -> str:
    """So many words of the annotated releases, one after the other, from the beginning again where they end."""
    releases = sorted(DATA.glob("gold/releases*/*.txt"))
    found = "\n\n".join(path.read_text("utf-8") for path in releases).split(" ")
    return " ".join((found * (words // len(found) + 1))[:words])


def bare(content: str) -> float:
    """The seconds of processor time that spaCy alone takes for the lines of a text."""
    start = time.process_time()
    for _ in pipeline.language().pipe([line for line in content.splitlines() if line.strip()], batch_size=64):
        pass
    return time.process_time() - start


def whole(content: str) -> float:
    """The seconds of processor time from a text to its facts."""
    start = time.process_time()
    for _ in pipeline.extract([Document("text.txt", content)]):
        pass
    return time.process_time() - start


@click.command()
def main() -> None:
    """Time documents of several lengths against the bare pipeline on the same text."""
    whole(text(LENGTHS[0]))  # models load, patterns compile
    click.echo("  words   bare pipeline   whole extraction   ratio   microseconds a word   memory at most")
    for words in LENGTHS:
        content = text(words)
        alone, all_in = bare(content), whole(content)
        kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
        click.echo(
            f"{words:7}   {alone:11.2f} s   {all_in:14.2f} s   {alone / all_in:5.2f}   "
            f"{all_in / words * 1e6:19.0f}   {kilobytes / 1024:11.0f} MB"
        )


if __name__ == "__main__":
    main()
