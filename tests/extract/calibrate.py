"""Fits the weights of `extract/confidence.json` and tells how far a confidence can be trusted.

python -m tests.extract.calibrate            prints how often facts of each confidence are right, and writes nothing
python -m tests.extract.calibrate --write    writes the weights as well

Fitted on the first run over each batch of `data/gold` (the records in `data/gold/first-runs`), when the rules had not
seen it, and on what is read of reports today. Each industry is judged by weights that were fitted without it. The
method is logistic regression with an L2 penalty (Newton steps).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path

import click
import numpy as np

from extract import confidence, pipeline
from extract.confidence import Weights
from extract.document import Document
from extract.fact import Fact, from_record, to_record
from extract.roles import ROLES
from tests.extract import gate, scorer

WEIGHTS = Path(confidence.__file__).with_name("confidence.json")
FIRST_RUNS = gate.DATA / "gold" / "first-runs"
#: The penalty on squared weights; about the number of facts that outweigh it.
PENALTY = 2.0
BOUNDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """A fact that was read, whether it is right, the industry of its document, and whether a first run read it."""

    kind: str
    rule: str
    signals: tuple[str, ...]
    right: bool
    industry: str
    unseen: bool = False


def industries(folder: Path) -> dict[str, str]:
    """The industry of each document of a set by its name, after the `index.csv` of the set; empty without one."""
    path = folder / "index.csv"
    if not path.exists():
        return {}
    return {row[0]: row[1] for row in csv.reader(path.read_text("utf-8").splitlines()) if row}


def rows() -> list[Row]:
    """The facts read from all sets: those of their first run where they are kept, else those of today.

    Events and seats of today are left out: the rules were made with these documents, and do better on them than
    elsewhere.
    """
    found = [row for folder in gate.sets().values() for row in _of_set(folder)]
    return [row for row in found if row.unseen or row.kind not in ROLES]


def _of_set(folder: Path) -> Iterator[Row]:
    known, kept = industries(folder), FIRST_RUNS / f"{folder.name}.jsonl"
    documents = gate.documents(folder)
    if kept.exists():
        records = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
        read = [
            [from_record(each, document) for each in records if Path(each["doc"]).name == Path(document.name).name]
            for document in documents
        ]
    else:
        read = [facts for _, facts in pipeline.extract(documents)]
    for document, facts in zip(documents, read, strict=True):
        industry = known.get(Path(document.name).stem, folder.name)
        for row in _of_document(document, facts, industry):
            yield replace(row, unseen=kept.exists())


def _of_document(document: Document, facts: Sequence[Fact], industry: str) -> Iterator[Row]:
    path, news = Path(document.name), pipeline.read_layout(document).market is None
    gold = scorer.load(path.with_suffix(".facts.jsonl"))
    records = [to_record(fact, path.name, path.name) for fact in facts]
    for fact, right in zip(facts, scorer.right(records, gold), strict=True):
        if right is not None:
            yield Row(fact.kind, fact.rule, confidence.signals(fact, news=news), right, industry)


def fitted(found: Sequence[Row]) -> Weights:
    """The weights that make what was read most likely, small ones preferred."""
    names = sorted({name for row in found for name in _features(row)})
    place = {name: i + 1 for i, name in enumerate(names)}
    x = np.zeros((len(found), len(names) + 1))
    x[:, 0] = 1
    for i, row in enumerate(found):
        x[i, [place[name] for name in _features(row)]] = 1
    y = np.array([row.right for row in found], dtype=float)
    penalty = np.diag([0.0, *[PENALTY] * len(names)])
    w = np.zeros(len(names) + 1)
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve((x.T * (p * (1 - p))) @ x + penalty, x.T @ (y - p) - penalty @ w)
    parts: dict[str, dict[str, float]] = {"kind": {}, "rule": {}, "signal": {}}
    for name, i in place.items():
        parts[name[0]][name[1]] = round(float(w[i]), 3)
    return Weights(round(float(w[0]), 3), parts["kind"], parts["rule"], parts["signal"])


def _features(row: Row) -> list[tuple[str, str]]:
    return [("kind", row.kind), ("rule", row.rule), *(("signal", each) for each in row.signals)]


def left_out(found: Sequence[Row]) -> Iterator[tuple[Row, float]]:
    """Each fact with the probability that weights fitted without its industry give it."""
    for industry in sorted({row.industry for row in found}):
        weights = fitted([row for row in found if row.industry != industry])
        for row in (row for row in found if row.industry == industry):
            yield row, weights.probability(row.kind, row.rule, row.signals)


def reliability(judged: Sequence[tuple[bool, float]]) -> Iterator[str]:
    """How many facts have a confidence between two bounds, its mean, and how many of them are right."""
    yield "confidence    facts   mean   right"
    for low, high in pairwise(BOUNDS):
        inside = [(right, p) for right, p in judged if low <= p < high]
        if inside:
            mean, share = (sum(each) / len(inside) for each in zip(*((p, right) for right, p in inside), strict=True))
            yield f"{low:.1f} to {high:.1f}    {len(inside):5}  {mean:.3f}   {share:.3f}"


@click.command()
@click.option("--write", is_flag=True, help="Write the weights to extract/confidence.json.")
def main(*, write: bool) -> None:
    """Fit the weights of the confidence and show how well they do on industries left out."""
    found = rows()
    judged = [(row, p) for row, p in left_out(found)]
    for title, chosen in (
        ("all facts", judged),
        ("facts of first runs", [(row, p) for row, p in judged if row.unseen]),
    ):
        click.echo(f"{title}, each industry judged by the others: {len(chosen)}")
        for line in reliability([(row.right, p) for row, p in chosen]):
            click.echo(f"  {line}")
    if write:
        WEIGHTS.write_text(json.dumps(asdict(fitted(found)), indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
