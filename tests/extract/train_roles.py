"""Fits the weights of `extract/roles.npz`: which name takes which part in an event, by the cues around it.

python -m tests.extract.train_roles                     fits on all that is annotated, and writes the weights
python -m tests.extract.train_roles --without releases4 leaves a batch out and prints how well its roles are told

Examples are the names, pronouns and descriptions in the sentences of annotated releases and in the single sentences
of `data/gold/sentences`. Logistic regression with hashed cues, fitted by AdaGrad (Duchi et al. 2011); cues drop out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span

from extract import events, pipeline, rolecues, roles
from extract.document import Document
from extract.passage import Context, Passage
from extract.reading import Reading
from extract.rolecues import Candidate
from extract.roles import Weights
from tests.extract import gate, scorer
from tests.extract.scorer import Gold, Record

WEIGHTS = Path(roles.__file__).with_name("roles.npz")
SENTENCES = gate.DATA / "gold" / "sentences"
EPOCHS, BATCH, RATE, DROPOUT, PENALTY, SEED = 14, 64, 0.1, 0.2, 1e-5, 1
#: What is fitted: a role of a kind, each with its column.
LABELS = tuple((kind, role) for kind, named in roles.ROLES.items() for role in named)
_PLACE = {label: i for i, label in enumerate(LABELS)}
_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")

Array = NDArray[np.float32]
#: Gives the labels of candidates, and which of them the annotation decides.
Told = Callable[[Sequence[Candidate]], tuple[Array, Array]]


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate's cues, its labels (1 where it has the role), and which labels the annotation decides (1)."""

    cues: list[int]
    labels: Array
    decided: Array


# ---------------------------------------------------------------- examples


def of_set(folder: Path) -> Iterator[Example]:
    """The examples in the annotated documents of a set."""
    for document in gate.documents(folder):
        gold = scorer.load(Path(document.name).with_suffix(".facts.jsonl"))
        for reading in _readings(document):
            for sentence in reading.sentences:
                yield from _examples(reading, sentence, partial(_told, reading, sentence, gold))


def _readings(document: Document) -> list[Reading]:
    layout = pipeline.read_layout(document)
    docs = pipeline.language().pipe(document.text[line.start : line.end] for line, _ in layout.prose)
    passages, context = pipeline.prose(layout, list(docs))
    return events.readings(passages, context)


def _examples(reading: Reading, sentence: Span, told: Told) -> Iterator[Example]:
    found = rolecues.candidates(reading, sentence)
    if not found:
        return
    seen = rolecues.shown(reading, sentence)
    for candidate, labels, decided in zip(found, *told(found), strict=True):
        yield Example(rolecues.cues(reading, sentence, candidate, seen), labels, decided)


def _told(reading: Reading, sentence: Span, gold: Gold, found: Sequence[Candidate]) -> tuple[Array, Array]:
    """The labels of the candidates; a sentence that seems to repeat a record told elsewhere decides nothing of it."""
    labels = np.zeros((len(found), len(LABELS)), dtype=np.float32)
    decided = np.ones_like(labels)
    start = reading.passage.start + sentence.start_char
    end = reading.passage.start + sentence.end_char
    for record in gold.records:
        hits = list(_hits(record, found, gold))
        if start < record["end"] and record["start"] < end:
            for i, place, _ in hits:
                labels[i, place] = 1
        elif len({name for _, _, name in hits}) >= min(2, len(record["participants"])):
            for i, _, _ in hits:
                decided[i, [_PLACE[record["kind"], role] for role in roles.ROLES[record["kind"]]]] = 0
    return labels, np.maximum(decided, labels)


def _hits(record: Record, found: Sequence[Candidate], gold: Gold) -> Iterator[tuple[int, int, str]]:
    for participant in record["participants"]:
        place = _PLACE.get((record["kind"], participant["role"]))
        for i, candidate in enumerate(found if place is not None else ()):
            forms = {form for name in candidate.names for form in (name.full, name.text)}
            if place is not None and any(scorer.named(form, participant, gold) for form in forms):
                yield i, place, participant["name"]


def of_sentences(path: Path) -> Iterator[Example]:
    """The examples in a file of single sentences, each line "kind status; ... || text with {1.role|name}"."""
    found = [parsed(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    docs = pipeline.language().pipe(text for text, _ in found)
    for (text, marks), doc in zip(found, docs, strict=True):
        for reading in events.readings([Passage(0, doc)], Context(Document(path.name, text))):
            for sentence in reading.sentences:
                yield from _examples(reading, sentence, partial(_marked, reading, marks))


def parsed(line: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text of a line without its marks, and the marked characters with the place of their label."""
    head, _, marked = line.partition(" || ")
    kinds = [event.split()[0] for event in head.split(";")]
    text, marks, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        for number, role in (each.strip().split(".") for each in mark[1].partition("=")[0].split(",")):
            if (place := _PLACE.get((kinds[int(number) - 1], role))) is not None:
                marks.append((len(text), len(text) + len(mark[2]), place))
        text, last = text + mark[2], mark.end()
    return text + marked[last:], marks


def _marked(
    reading: Reading, marks: Sequence[tuple[int, int, int]], found: Sequence[Candidate]
) -> tuple[Array, Array]:
    labels = np.zeros((len(found), len(LABELS)), dtype=np.float32)
    decided = np.ones_like(labels)
    for i, candidate in enumerate(found):
        if candidate.start == candidate.end:
            decided[i] = 0
            continue
        last = reading.doc[candidate.end - 1]
        for start, end, place in marks:
            if start < last.idx + len(last) and reading.doc[candidate.start].idx < end:
                labels[i, place] = 1
    return labels, decided


# ---------------------------------------------------------------- fitting


def fitted(examples: Sequence[Example]) -> Weights:
    """The weights that tell the labels of the examples best, by AdaGrad."""
    chance = np.random.default_rng(SEED)
    cues = _padded(examples)
    labels, decided = np.stack([each.labels for each in examples]), np.stack([each.decided for each in examples])
    weights = np.zeros((rolecues.SIZE + 1, labels.shape[1]), dtype=np.float32)
    grown = np.full((rolecues.SIZE + 1, 1), 1e-2, dtype=np.float32)
    base = np.full(labels.shape[1], -3, dtype=np.float32)
    for _ in range(EPOCHS):
        order = chance.permutation(len(cues))
        for at in range(0, len(order), BATCH):
            chosen = order[at : at + BATCH]
            rows = np.where(chance.random(cues[chosen].shape) < DROPOUT, rolecues.SIZE, cues[chosen])
            scale = roles.SCALE / np.sqrt((rows < rolecues.SIZE).sum(1, keepdims=True) + 1)
            error = (1 / (1 + np.exp(-(weights[rows].sum(1) * scale + base))) - labels[chosen]) * decided[chosen]
            used, inverse = np.unique(rows, return_inverse=True)
            share = np.zeros((len(used), len(chosen)), dtype=np.float32)
            share[inverse.reshape(rows.shape), np.arange(len(chosen))[:, None]] = scale
            slope = share @ error + PENALTY * weights[used]
            grown[used] += (slope**2).mean(1, keepdims=True)
            weights[used] -= RATE * slope / np.sqrt(grown[used])
            weights[rolecues.SIZE] = 0
            base -= RATE * 0.02 * error.sum(0)
    return Weights(weights[:-1], base, _PLACE)


def _padded(examples: Sequence[Example]) -> NDArray[np.int32]:
    found = np.full((len(examples), max(len(each.cues) for each in examples)), rolecues.SIZE, dtype=np.int32)
    for row, each in zip(found, examples, strict=True):
        row[: len(each.cues)] = each.cues
    return found


@click.command()
@click.option("--without", multiple=True, help="A set to leave out and to judge the weights by; nothing is written.")
def main(*, without: tuple[str, ...]) -> None:
    """Fit the weights of the roles."""
    folders = [each for name, each in gate.sets().items() if "releases" in name]
    examples = [example for folder in folders if folder.name not in without for example in of_set(folder)]
    examples += [example for path in sorted(SENTENCES.glob("*.txt")) for example in of_sentences(path)]
    weights = fitted(examples)
    click.echo(f"{len(examples)} examples, {int(sum(each.labels.sum() for each in examples))} roles")
    if not without:
        labels = np.array([".".join(label) for label in LABELS])
        np.savez_compressed(WEIGHTS, cues=weights.cues.astype(np.float16), base=weights.base, labels=labels)
        return
    judged = [example for folder in folders if folder.name in without for example in of_set(folder)]
    likely = np.stack([weights.probabilities(each.cues) for each in judged])
    given = (likely > roles.TAKES) * np.stack([each.decided for each in judged])
    labels = np.stack([each.labels for each in judged])
    right = (given * labels).sum()
    click.echo(f"roles told: precision {right / given.sum():.3f}, recall {right / labels.sum():.3f}")


if __name__ == "__main__":
    main()
