"""A process that adds small documents to a home and prints the name of each once it is acknowledged.

Arguments: the home, and the numbers of the documents.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from samples import fact, reading

from extract.document import Document
from kg import home, ingest
from kg.record import Reading

NAMES = ("Alba", "Brindle", "Corvid", "Dunmere", "Ember", "Fjord", "Ghent", "Haddock")


def document(number: int) -> Reading:
    """A report on a market where the number is even, else a release of a deal that several documents tell of."""
    left, right = NAMES[number % 4], NAMES[4 + number % 3]
    text = f"{left} and {right} partner on mowers for the garden robot market in May 2031, says number {number}."
    page = Document(f"{number}.txt", text, f"Number {number}")
    facts = [fact(page, "partnership", {"partner": (left, right)}, date="2031-05", quote=text[: text.index(" on ")])]
    if number % 2 == 0:
        facts.append(fact(page, "segment", {"market": "Garden Robot Market", "segment": "Mowers"}, quote="mowers"))
    return reading(page, facts)


def main(place: str, numbers: list[int]) -> None:
    ingest._PUBLISH_EVERY = 0.0  # as many moments to die at as there can be
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    where = home.make(Path(place))
    for outcome in ingest.keep(where, [(f"{number}.txt", partial(document, number)) for number in numbers]):
        sys.stdout.write(f"{outcome.name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], [int(number) for number in sys.argv[2:]])
