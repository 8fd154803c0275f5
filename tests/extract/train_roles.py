"""Fits the weights of `extract/roles.npz`: what a sentence tells, and which name takes which part in it, by cues.

python -m tests.extract.train_roles                      fits on all that is annotated, and writes the weights
python -m tests.extract.train_roles --without releases4  leaves a batch out and prints how well its roles are told
python -m tests.extract.train_roles --without releases4 --write PATH    writes such weights

Logistic regression with hashed cues, fitted by AdaGrad (Duchi et al. 2011); cues drop out. The kinds are fitted on
all sentences, the roles of a kind on those that tell it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from extract import roles
from extract.roles import LABELS, ROLES, Array, Table, Weights
from tests.extract import gate, role_examples
from tests.extract.role_examples import Example

WEIGHTS = Path(roles.__file__).with_name("roles.npz")
#: How many rows the tables have.
KIND_SIZE, ROLE_SIZE = 1 << 16, 1 << 15
EPOCHS, BATCH, RATE, DROPOUT, PENALTY, SEED = 10, 64, 0.1, 0.2, 1e-5, 1
#: The log odds at the beginning.
BASE = -2.0
_OF_KIND = [list(ROLES).index(kind) for kind, _ in LABELS]

Likely = Callable[[Array], Array]


def fitted(examples: Sequence[Example]) -> Weights:
    """The weights that tell the answers of the examples best."""
    answers = [each.answer for each in examples]
    kinds = _table(
        [each.cues for each in examples],
        np.stack([each.kinds for each in answers]),
        np.stack([each.open_kinds for each in answers]),
        size=KIND_SIZE,
        likely=roles.chances,
    )
    telling = [each for each in examples if each.answer.kinds.any()]
    told = [each.answer.kinds[_OF_KIND] * each.answer.open_labels for each in telling]
    roles_ = _table(
        [row for each in telling for row in each.rows],
        np.concatenate([each.answer.labels for each in telling]),
        np.concatenate(told),
        size=ROLE_SIZE,
        likely=roles.shares,
    )
    return Weights(kinds, roles_)


def _table(cues: Sequence[Sequence[int]], labels: Array, decided: Array, *, size: int, likely: Likely) -> Table:
    """The table that makes the labels likeliest where they are decided, by AdaGrad."""
    chance = np.random.default_rng(SEED)
    rows = [np.unique(np.array(each, np.int64) % size) for each in cues]
    table = Table(np.zeros((size, labels.shape[1]), np.float32), np.full(labels.shape[1], BASE, np.float32))
    grown = np.full((size, 1), 1e-2, np.float32)
    for _ in range(EPOCHS):
        order = chance.permutation(len(rows))
        for at in range(0, len(order), BATCH):
            chosen = order[at : at + BATCH]
            used, share = _shares([row[chance.random(len(row)) > DROPOUT] for row in (rows[i] for i in chosen)])
            error = (likely(share @ table.cues[used] + table.base) - labels[chosen]) * decided[chosen]
            slope = share.T @ error + PENALTY * table.cues[used]
            grown[used] += (slope**2).mean(1, keepdims=True)
            table.cues[used] -= RATE * slope / np.sqrt(grown[used])
            table.base[:] -= RATE * 0.02 * error.sum(0)
    return table


def _shares(rows: Sequence[NDArray[np.int64]]) -> tuple[NDArray[np.int64], Array]:
    """The cues that some rows use, and how much each row (first dimension) gives on each of them."""
    used, place = np.unique(np.concatenate(rows), return_inverse=True)
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    share = np.zeros((len(rows), len(used)), np.float32)
    share[owner, place] = np.array([roles.SCALE / np.sqrt(len(row) + 1) for row in rows], np.float32)[owner]
    return used, share


def annotated(without: Sequence[str]) -> list[Example]:
    """The examples in all that is annotated, but for the sets with these names."""
    folders = [each for name, each in gate.sets().items() if "releases" in name and each.name not in without]
    found = [example for folder in folders for example in role_examples.of_set(folder)]
    found += [
        each for path in sorted(role_examples.SENTENCES.glob("*.txt")) for each in role_examples.of_sentences(path)
    ]
    return found + [
        each for path in sorted(role_examples.MARKED.glob("*.txt")) for each in role_examples.of_marked(path)
    ]


def judged(weights: Weights, examples: Iterable[Example]) -> tuple[float, float, float, float]:
    """Precision and recall of the kinds that sentences tell, and of the roles in them."""
    counts = np.zeros((2, 3))
    for each in examples:
        told = np.array(list(weights.told(each.cues).values())) > roles.TOLD
        taken = np.stack([weights.taken(row) for row in each.rows]) > roles.TAKES
        answer = each.answer
        counts[0] += _counted(told * answer.open_kinds, answer.kinds)
        counts[1] += _counted(taken * told[_OF_KIND] * answer.open_labels, answer.labels)
    right, given, asked = counts.T
    precision, recall = right / given, right / asked
    return float(precision[0]), float(recall[0]), float(precision[1]), float(recall[1])


def _counted(given: Array, asked: Array) -> tuple[float, float, float]:
    return float((given * asked).sum()), float(given.sum()), float(asked.sum())


def keep(weights: Weights, path: Path) -> None:
    """Write weights where `roles.weights` finds them."""
    np.savez_compressed(
        path,
        kinds=weights.kinds.cues.astype(np.float16),
        kinds_base=weights.kinds.base,
        roles=weights.roles.cues.astype(np.float16),
        roles_base=weights.roles.base,
    )


@click.command()
@click.option(
    "--without", multiple=True, help="A set to leave out and to judge the weights by; nothing is written by itself."
)
@click.option("--write", type=click.Path(path_type=Path), help="Where to write weights that leave a set out.")
def main(*, without: tuple[str, ...], write: Path | None) -> None:
    """Fit the weights of the roles."""
    examples = annotated(without)
    weights = fitted(examples)
    parts = int(sum(each.answer.labels.sum() for each in examples))
    click.echo(f"{len(examples)} sentences, {sum(len(each.rows) for each in examples)} candidates, {parts} roles")
    if not without or write:
        keep(weights, write or WEIGHTS)
    for name, folder in gate.sets().items():
        if folder.name in without:
            p, r, q, s = judged(weights, role_examples.of_set(folder))
            click.echo(f"{name}: kinds precision {p:.3f}, recall {r:.3f}; roles precision {q:.3f}, recall {s:.3f}")


if __name__ == "__main__":
    main()
