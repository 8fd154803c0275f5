"""Fits the weights of `extract/references.json`: who is meant by "we", "she", "it", "the carrier".

python -m tests.extract.train_references            fits on all marked documents, prints how many are right, writes
python -m tests.extract.train_references --held 4   leaves every fourth file out and judges by it; writes nothing

Examples are the marks `{1.acquirer=Orvane AG|the group}` of `data/gold/marked`. An averaged ranking perceptron
(Collins 2002) learns to put who is meant before all others that the document names.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click
import numpy as np

from extract import fillers, references
from extract.reading import Reading
from tests.extract import role_examples, scorer

WEIGHTS = Path(references.__file__).with_name("references.json")
EPOCHS, STEP, SEED = 30, 0.1, 1

#: The signs of each entity that may be meant, and whether it is.
Example = list[tuple[tuple[str, ...], bool]]


def examples(path: Path) -> Iterator[tuple[str, Example]]:
    """The references of a file of marked documents with their form, each where somebody known is meant."""
    for document, marks in role_examples.documents(path):
        readings = role_examples.readings(document)
        referring = (mark for mark in marks if document.text[mark.start : mark.end] not in ("", mark.name))
        for mark in {(mark.start, mark.end): mark for mark in referring}.values():
            for reading in readings:
                yield from _of_mark(reading, mark)


def _of_mark(reading: Reading, mark: role_examples.Mark) -> Iterator[tuple[str, Example]]:
    span = reading.doc.char_span(
        mark.start - reading.passage.start, mark.end - reading.passage.start, alignment_mode="expand"
    )
    if mark.start < reading.passage.start or span is None or (form := references.form(span.root)) is None:
        return
    told = fillers.suggested(reading, span.root) or ()
    found = [
        (signs, any(scorer.same_name(each, mark.name) for each in (entity.name.full, entity.name.text)))
        for entity, signs in references.ranked(reading, span.root, told)
    ]
    if any(right for _, right in found):
        yield form, found


def fitted(found: Sequence[Example]) -> Mapping[str, float]:
    """The weights that put who is meant first, averaged over all steps."""
    weights: Counter[str] = Counter()
    total: Counter[str] = Counter()
    chance = np.random.default_rng(SEED)
    for _ in range(EPOCHS):
        for example in (found[i] for i in chance.permutation(len(found))):
            said = _first(example, weights)
            right = _first([each for each in example if each[1]], weights)
            if not said[1]:
                weights.update(dict.fromkeys(right[0], STEP))
                weights.subtract(dict.fromkeys(said[0], STEP))
            total.update(weights)
    return {sign: round(weight / len(found) / EPOCHS, 3) for sign, weight in sorted(total.items()) if weight}


def _first(example: Example, weights: Mapping[str, float]) -> tuple[tuple[str, ...], bool]:
    return max(example, key=lambda each: sum(weights.get(sign, 0.0) for sign in each[0]))


def judged(found: Iterable[tuple[str, Example]], weights: Mapping[str, Mapping[str, float]]) -> dict[str, str]:
    """How many references are told right, by form."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for form, example in found:
        counts[form].append(_first(example, weights.get(form, {}))[1])
    return {form: f"{sum(each)} of {len(each)}" for form, each in sorted(counts.items())}


@click.command()
@click.option("--held", type=int, default=0, help="Leave every so manieth file out, judge by it, write nothing.")
def main(*, held: int) -> None:
    """Fit the weights of the references."""
    paths = sorted(role_examples.MARKED.glob("*.txt"))
    out = set(paths[::held]) if held else set()
    by_form: dict[str, list[Example]] = defaultdict(list)
    for path in paths:
        for form, example in examples(path) if path not in out else ():
            by_form[form].append(example)
    weights = {form: fitted(found) for form, found in sorted(by_form.items())}
    judges = [each for path in (sorted(out) or paths) for each in examples(path)]
    click.echo(judged(judges, weights))
    if not held:
        WEIGHTS.write_text(json.dumps(weights, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
