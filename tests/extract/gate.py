"""Measures the extractor on the annotated documents and holds it to its floors.

python -m tests.extract.gate                      prints the figures beside their floors
python -m tests.extract.gate --update             pins the floors a little below the present figures
python -m tests.extract.gate --update --allow-regression    pins them even where that lowers one
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import click

from extract import pipeline, readers
from extract.document import Document
from extract.fact import Fact, to_record
from tests.extract import scorer
from tests.extract.scorer import Counts

DATA = Path(__file__).parents[2] / "data"
FLOORS = Path(__file__).parent / "floors.json"
MODES = ("lenient", "strict")
TOTAL = "total"
#: How far below the present figure a floor lies: of a whole set, and of a kind, where one record weighs more.
MARGIN, KIND_MARGIN = 0.01, 0.03

#: F1 by name (a kind or TOTAL) and mode.
Figures = dict[str, dict[str, float]]


class RegressionError(click.ClickException):
    """Floors that would be lowered without leave."""


@dataclass(frozen=True, slots=True)
class Result:
    """The counts of some documents by mode and kind, and how many traps were stepped into."""

    counts: Mapping[str, Mapping[str, Counts]]
    violations: int = 0

    def total(self, mode: str) -> Counts:
        """The counts of all kinds together."""
        return sum(self.counts[mode].values(), Counts())

    def figures(self) -> Figures:
        """F1 of each kind that the gold asks for, and in total."""
        asked = [kind for kind, counts in self.counts["lenient"].items() if counts.found + counts.missed]
        rows = {kind: {mode: self.counts[mode].get(kind, Counts()).f1 for mode in MODES} for kind in sorted(asked)}
        return rows | {TOTAL: {mode: self.total(mode).f1 for mode in MODES}}


@dataclass(frozen=True, slots=True)
class Floors:
    """What is held: the hash over each set of gold, F1 at least, by set and by kind, and traps at most by set."""

    gold: dict[str, str] = field(default_factory=dict)
    sets: Figures = field(default_factory=dict)
    kinds: Figures = field(default_factory=dict)
    traps: dict[str, int] = field(default_factory=dict)


def sets() -> dict[str, Path]:
    """The sets of annotated documents by name: reports, releases and every batch of gold that is no longer blind."""
    folders = [DATA / "reports", DATA / "releases", *(DATA / "gold" / batch for batch in seen())]
    return {str(each.relative_to(DATA)): each for each in folders}


def seen() -> list[str]:
    """The batches whose first run is on record: no test may be the first to run on a blind one."""
    record = (DATA / "gold" / "README.md").read_text("utf-8").partition("## First runs")[2]
    return sorted(re.findall(r"^\| `([\w-]+)` \|", record, re.M))


def digest(folder: Path) -> str:
    """The SHA-256 over names and contents of the texts and annotations of a set."""
    over = sha256()
    for path in sorted(folder.glob("*")):
        over.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return over.hexdigest()


def documents(folder: Path) -> list[Document]:
    """The annotated documents of a set in the order of their names."""
    return [readers.read(path.with_name(path.name.replace(".facts.jsonl", ".txt"))) for path in _annotated(folder)]


def _annotated(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.facts.jsonl"))


def measure(folder: Path, facts: Sequence[Sequence[Fact]]) -> Result:
    """The figures of a set, given the facts of each of its documents."""
    counts: dict[str, dict[str, Counts]] = {mode: defaultdict(Counts) for mode in MODES}
    violations = 0
    for path, found in zip(_annotated(folder), facts, strict=True):
        gold = scorer.load(path)
        predicted = [to_record(fact, path.stem, path.stem) for fact in found]
        violations += len(scorer.violations(predicted, gold))
        for mode in MODES:
            for kind, each in scorer.score(predicted, gold, strict=mode == "strict").items():
                counts[mode][kind] += each
    return Result(counts, violations)


def together(results: Sequence[Result]) -> Result:
    """The figures of several sets as one."""
    counts: dict[str, dict[str, Counts]] = {mode: defaultdict(Counts) for mode in MODES}
    for result in results:
        for mode in MODES:
            for kind, each in result.counts[mode].items():
                counts[mode][kind] += each
    return Result(counts, sum(result.violations for result in results))


def measured() -> dict[str, Result]:
    """The figures of every set; extracts all documents."""
    return {
        name: measure(folder, [facts for _, facts in pipeline.extract(documents(folder))])
        for name, folder in sets().items()
    }


def load() -> Floors:
    """The floors that are pinned; none before the first update."""
    return Floors(**json.loads(FLOORS.read_text("utf-8"))) if FLOORS.exists() else Floors()


def failures(results: Mapping[str, Result], floors: Floors) -> list[str]:
    """What does not hold, in words: changed gold, figures below their floor, more traps than before."""
    return [*_changed(floors), *regressions(results, floors)]


def _changed(floors: Floors) -> Iterator[str]:
    present = {name: digest(folder) for name, folder in sets().items()}
    for name in sorted(present.keys() | floors.gold.keys()):
        if present.get(name) != floors.gold.get(name):
            what = "is gone" if name not in present else "changed" if name in floors.gold else "is new"
            yield f"the gold of {name} {what}: pin new floors with python -m tests.extract.gate --update"


def regressions(results: Mapping[str, Result], floors: Floors) -> list[str]:
    """The figures of pinned sets below their floor, and the sets in which more traps are stepped into."""
    by_set = {name: result.figures()[TOTAL] for name, result in results.items()}
    by_kind = together([result for name, result in results.items() if name in floors.gold]).figures()
    found = [
        f"{name}: {mode} F1 {present.get(name, {}).get(mode, 0):.3f} is below its floor {floor:.3f}"
        for pinned, present in ((floors.sets, by_set), (floors.kinds, by_kind))
        for name, modes in pinned.items()
        for mode, floor in modes.items()
        if present.get(name, {}).get(mode, 0) < floor
    ]
    return found + [
        f"{name}: {results[name].violations} traps stepped into, at most {most} before"
        for name, most in floors.traps.items()
        if name in results and results[name].violations > most
    ]


def raised(results: Mapping[str, Result], floors: Floors, *, allow_regression: bool) -> Floors:
    """The floors for the present figures; raises RegressionError where a figure fell.

    On the same gold they are never below the old ones.
    """
    fallen = [] if allow_regression else regressions(results, floors)
    if fallen:
        raise RegressionError("\n".join([*fallen, "--allow-regression pins lower floors all the same"]))
    present = {name: digest(folder) for name, folder in sets().items()}
    old = floors if present == floors.gold and not allow_regression else Floors()
    by_set = {name: result.figures()[TOTAL] for name, result in results.items()}
    return Floors(
        gold=present,
        sets=_pinned(by_set, old.sets, MARGIN),
        kinds=_pinned(together(list(results.values())).figures(), old.kinds, KIND_MARGIN),
        traps={name: min(each.violations, old.traps.get(name, each.violations)) for name, each in results.items()},
    )


def _pinned(present: Figures, old: Figures, margin: float) -> Figures:
    """Each figure less the margin, the total of all kinds less that of a set; an old floor where that is higher."""
    pinned: Figures = {}
    for name, row in present.items():
        less = MARGIN if name == TOTAL else margin
        pinned[name] = {m: max(round(max(f1 - less, 0), 3), old.get(name, {}).get(m, 0.0)) for m, f1 in row.items()}
    return pinned


def table(results: Mapping[str, Result], floors: Floors) -> Iterator[str]:
    """The figures as lines: each set in total, then each kind over all sets, floors in brackets."""
    yield f"{'':22}{'LENIENT':^36}{'STRICT':^36}"
    yield f"{'':22}" + f"{'P':>7}{'R':>7}{'F1':>7}{'floor':>9}{'':6}" * 2 + "traps"
    for name, result in results.items():
        yield _row(name, {m: result.total(m) for m in MODES}, floors.sets) + f"{result.violations}"
    whole = together(list(results.values()))
    for kind in whole.figures():
        of_kind = {m: whole.total(m) if kind == TOTAL else whole.counts[m].get(kind, Counts()) for m in MODES}
        yield _row(kind, of_kind, floors.kinds)


def _row(name: str, counts: Mapping[str, Counts], pinned: Figures) -> str:
    cells = []
    for mode, each in counts.items():
        floor = pinned.get(name, {}).get(mode)
        shown = f"({floor:.3f})" if floor is not None else "-"
        cells.append(f"{each.precision:7.3f}{each.recall:7.3f}{each.f1:7.3f}{shown:>9}{'':6}")
    return f"{name:22}" + "".join(cells)


@click.command()
@click.option("--update", is_flag=True, help="Pin the floors a little below the present figures.")
@click.option("--allow-regression", is_flag=True, help="With --update: also where that lowers a floor.")
def main(*, update: bool, allow_regression: bool) -> None:
    """Print precision, recall and F1 on the annotated documents; fail where a figure is below its floor."""
    results, floors = measured(), load()
    if update:
        floors = raised(results, floors, allow_regression=allow_regression)
        FLOORS.write_text(json.dumps(vars_of(floors), indent=1, sort_keys=True) + "\n", "utf-8")
    click.echo("\n".join(table(results, floors)))
    found = failures(results, floors)
    if found:
        raise click.ClickException("\n".join(found))


def vars_of(floors: Floors) -> dict[str, object]:
    """The floors as JSON holds them."""
    return {"gold": floors.gold, "sets": floors.sets, "kinds": floors.kinds, "traps": floors.traps}


if __name__ == "__main__":
    main()
