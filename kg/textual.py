"""Answers and outcomes as text for a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.query import Question, Table

if TYPE_CHECKING:
    from kg.ingest import Outcome
    from kg.overview import State

_GAP = "  "


def render(table: Table, width: int) -> str:
    """The table in aligned columns, or, where they are wider than `width` characters, as one block for each row."""
    if not table.rows:
        return "no rows"
    rows = [tuple(map(plain, row)) for row in table.rows]
    widths = [max(map(len, column)) for column in zip(table.columns, *rows, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        return "\n\n".join(_block(table.columns, row, width) for row in rows)
    lines = (table.columns, tuple("-" * each for each in widths), *rows)
    return "\n".join(_GAP.join(map(str.ljust, line, widths)).rstrip() for line in lines)


def plain(text: str) -> str:
    """The text on one line, without characters that a terminal would act upon."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def outcome(result: Outcome) -> str:
    """What became of a document, on one line; for an error its message, which names the document."""
    if result.recorded is None:
        return plain(str(result.error))
    found = result.recorded
    if not found.changed:
        return f"{plain(result.name)}: known already, nothing changed ({found.known} facts; {result.seconds:.1f} s)"
    kinds = ", ".join(f"{count} {kind}" for kind, count in found.kinds.items())
    counts = f"{found.new} new, {found.known} known, {found.closed} no longer said"
    return f"{plain(result.name)}: {counts} ({kinds}; {result.seconds:.1f} s)"


def totals(results: Iterable[Outcome]) -> str:
    """The sum of all outcomes on one line."""
    counts: Counter[str] = Counter()
    for each in results:
        counts["failed"] += each.recorded is None
        if each.recorded:
            counts["changed" if each.recorded.changed else "unchanged"] += 1
            counts["new"] += each.recorded.new
    documents = f"{counts['changed']} documents added or changed, {counts['unchanged']} unchanged"
    return f"{documents}, {counts['failed']} failed; {counts['new']} new facts"


def state(held: State) -> str:
    """What a home holds, in a few lines."""
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(held.kinds.items()))
    shown = f"version {held.version} of {held.published}, {held.triples} triples"
    if held.version is None:
        shown = "nothing yet"
    elif held.behind:
        shown += f", {held.behind} changes behind the record: `kg build` catches up"
    lines = {
        "base": held.base,
        "sources": str(held.sources),
        "facts": f"{sum(held.kinds.values())} ({kinds})" if kinds else "0",
        "left out": f"{held.problems} facts that are not valid; `kg validate` tells why"
        if held.problems
        else "no fact",
        "published": shown,
    }
    return "\n".join(f"{name:<10}{value}" for name, value in lines.items())


def listing(questions: Iterable[Question]) -> str:
    """The questions with what they answer and their parameters."""
    return "\n\n".join("\n".join(_entry(question)) for question in questions)


def _entry(question: Question) -> Iterator[str]:
    yield f"{question.name}: {question.title}"
    yield from textwrap.wrap(question.about, 100, initial_indent="    ", subsequent_indent="    ")
    for each in question.parameters:
        default = "must be given" if each.default is None else f"default {each.default!r}"
        yield f"    --param {each.name}=... ({each.type}, {default}): {each.about}"


def _block(columns: tuple[str, ...], row: tuple[str, ...], width: int) -> str:
    margin = max(map(len, columns)) + len(_GAP)
    cells = ((name.ljust(margin), value) for name, value in zip(columns, row, strict=True) if value)
    return "\n".join(
        textwrap.fill(value, max(width, margin + 20), initial_indent=name, subsequent_indent=" " * margin)
        for name, value in cells
    )
