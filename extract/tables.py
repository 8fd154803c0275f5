"""Sizes and rates in tables with a part of the market per row; reads no prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract import figures, years
from extract.claim import Claim
from extract.fact import Quantity
from extract.keyfigures import period_attributes
from extract.lines import Line
from extract.pairs import RATE_KEY
from extract.sections import Section
from extract.vocabulary import Part, Vocabulary
from ontology import cues

_RULER = re.compile(r"[|:\s-]+")
_UNIT = re.compile(rf"\(?(?P<code>{cues.any_of('unit-code')})\s*(?P<scale>{cues.any_of('unit-scale')})\b", re.I)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_YEARLY_GROWTH = re.compile(r"\bgrowth\b.*\b(?:year|annual)", re.I)


def find(sections: Sequence[Section], vocabulary: Vocabulary) -> Iterator[Claim]:
    """The sizes and rates of tables; their columns are years or a growth rate."""
    for section in sections:
        if section.kind not in ("contents", "developments"):
            lines = [line for line in section.all_lines if not _RULER.fullmatch(line.text)]  # of Markdown tables
            for first, last in _blocks(lines):
                yield from _table(lines[first - 1].text if first else "", lines[first:last], vocabulary)


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of two and more rows, as the index of the first row and of the line behind the last."""
    first = 0
    for i in range(len(lines) + 1):
        if i == len(lines) or not lines[i].cells:
            if i - first >= 2:
                yield first, i
            first = i + 1


def _table(title: str, rows: Sequence[Line], vocabulary: Vocabulary) -> Iterator[Claim]:
    header = [text for _, text in rows[0].cells]
    told = any(years.ALONE.search(text) or RATE_KEY.search(text) for text in header[1:])
    heads = told and not vocabulary.part_of(header[0])
    for row in rows[1:] if heads else rows:
        part = vocabulary.part_of(row.cells[0][1])
        columns = header if heads and len(row.cells) == len(header) else [""] * len(row.cells)
        for (at, text), column in zip(row.cells[1:], columns[1:], strict=True):
            if part:
                yield from _cell(part, (row.start, at, text), f"{title} {column}", column)


def _cell(part: Part, cell: tuple[int, int, str], context: str, column: str) -> Iterator[Claim]:
    """What a cell says of a part: `cell` is the offsets of row and text and the text, `context` title and column."""
    start, at, text = cell
    span = (start, at + len(text))
    percents, money = figures.percent(text), figures.money(text)
    if percents:
        if RATE_KEY.search(column or context) or _YEARLY_GROWTH.search(context):
            period = period_attributes(column, context)
            rate = percents[0].quantity
            yield Claim("cagr", (part,), *span, rate, attributes=period, rule="rate-in-table", weight=0.9)
        return
    dates = years.ALONE.findall(column) or years.ALONE.findall(context)
    size = money[0].quantity if len(money) == 1 else _scaled(text, context)
    if size and len(dates) == 1:
        yield Claim("market_size", (part,), *span, size, date=dates[0], rule="size-in-table", weight=0.9)


def _scaled(text: str, context: str) -> Quantity | None:
    """A bare number in a column whose heading gives currency and scale ("USD million")."""
    unit = _UNIT.search(context)
    if unit is None or not _NUMBER.fullmatch(text.strip()):
        return None
    money = figures.money(f"{unit['code']} {text.strip()} {unit['scale']}")
    return Quantity(Decimal(money[0].quantity.value), money[0].quantity.unit, text.strip()) if money else None
