"""Key figures that stand as pairs of name and value, in header boxes and tables; reads no prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract import figures
from extract.claim import Claim
from extract.companies import Listed, names_only
from extract.fact import Participant, Quantity
from extract.lines import Line
from extract.outline import Item, items_of
from extract.sections import Section
from extract.vocabulary import Part, Vocabulary
from ontology import regions

_YEAR = re.compile(r"(?<![\d–-])((?:19|20)\d\d)(?![\d%])(?!\s*[–-]\s*(?:19|20)?\d\d)")
_SIZE_KEY = re.compile(r"\b(?:market|revenue|size|valuation|value|forecast|sales|turnover|worth|volume)\b", re.I)
_RATE_KEY = re.compile(
    r"\bCAGR\b|\bgrowth rate\b|\bannual growth\b|\bgrowth\b.*\b(?:per year|a year|p\.\s?a\.|annual\b)|^growth$", re.I
)
_PERIOD_KEY = re.compile(
    r"\b(?:forecast|projection|outlook|prediction|estimat\w+)\b.*\b(?:period|years?|horizon|data|span|timeframe)\b|^forecast$",
    re.I,
)
_LARGEST_KEY = re.compile(
    r"(?:largest|leading|dominant|dominating|biggest|top)\s+(?:market|regional market|region|segment|share|country|end[- ]user|application|product|type)(?:\s*\(.*\)|\s+in \d{4})?(?:\s+by .*)?$",
    re.I,
)
_FASTEST_KEY = re.compile(
    r"(?:fastest|quickest|highest)[\s-]+(?:grow\w*|growth|CAGR)\s*(?:market|regional market|region|segment|country|end[- ]user|application|product|type)?(?:\s*\(.*\))?(?:\s+by .*)?$",
    re.I,
)
_PLAYERS_KEY = re.compile(
    r"(?:key |major |leading |top |main |prominent )?(?:market )?(?:companies|players|vendors|manufacturers|company profiles)(?: profiled| covered| included| mentioned)?$",
    re.I,
)
_PLACES_KEY = re.compile(
    r"(?:by )?(?:regions?|regional|countr(?:y|ies)|geograph(?:y|ies|ic|ical))(?:\s*(?:and|&|/)\s*countr(?:y|ies))?\s*(?:scope|covered|coverage|analy[sz]ed|segments?|included)?$",
    re.I,
)
_UNIT = re.compile(
    r"\(?(?P<code>USD|US\$|EUR|€|GBP|£|\$|INR|JPY|CNY)\s*(?P<scale>million|billion|mn|bn|m|crore|thousand)\b", re.I
)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and its value, each with its offset in the document; `rows` are the lines they stand on."""

    key: str
    key_start: int
    value: str
    value_start: int

    @property
    def end(self) -> int:
        """Offset behind the value."""
        return self.value_start + len(self.value)


def pairs(sections: Sequence[Section]) -> Iterator[Pair]:
    """The pairs of a report outside of its contents: two cells, "name: value", or a name with its value below."""
    for section in sections:
        if section.kind in ("contents", "developments", "boilerplate"):
            continue
        lines = (*((section.heading,) if section.heading else ()), *section.lines)
        for i, line in enumerate(lines):
            yield from _on_line(line)
            if (
                i + 1 < len(lines)
                and not line.prose
                and not line.cells
                and _is_key(line.text)
                and not lines[i + 1].cells
            ):
                below = lines[i + 1]
                if len(below.text) < 400 and not _is_key(below.text):
                    yield Pair(line.text, line.start, below.text, below.start)


def _is_key(text: str) -> bool:
    bare = text.rstrip(": ")
    if len(bare.split()) > 9 or re.search(r"[$€£%]|\b[A-Z]{3}[\s\u00a0]\d", bare):
        return False
    dated = bool(_YEAR.search(bare)) and bool(_SIZE_KEY.search(bare))
    return (
        dated
        or any(key.search(bare) for key in (_RATE_KEY, _PERIOD_KEY))
        or any(key.match(bare) for key in (_LARGEST_KEY, _FASTEST_KEY, _PLAYERS_KEY, _PLACES_KEY))
    )


def _on_line(line: Line) -> Iterator[Pair]:
    if len(line.cells) >= 2:
        (key_at, key), (at, value) = line.cells[:2]
        if len(line.cells) == 2:
            yield Pair(key, key_at, value, at)
        return
    match = re.match(r"(?P<key>[^:.!?]{3,70}?)\s*:\s+(?P<value>\S.{0,380})$", line.text)
    if match:
        yield Pair(match["key"], line.start + match.start("key"), match["value"], line.start + match.start("value"))


def period(found: Sequence[Pair]) -> tuple[int, int] | None:
    """The forecast period that the header gives, as first and last year."""
    for pair in found:
        if _PERIOD_KEY.search(pair.key):
            years = figures.periods(pair.value)
            if years:
                return years[0].first, years[0].last
    return None


def claims(found: Sequence[Pair], vocabulary: Vocabulary, market: re.Pattern[str] | None) -> Iterator[Claim]:
    """The sizes, rates and ranks that pairs state."""
    for pair in found:
        yield from _size(pair, vocabulary, market)
        yield from _rate(pair, vocabulary, market)
        yield from _rank(pair, vocabulary)


def _parts(text: str, vocabulary: Vocabulary, market: re.Pattern[str] | None) -> tuple[Part, ...]:
    masked = [(m.start(), m.end()) for m in market.finditer(text)] if market else []
    found: dict[str, Part] = {}
    for place in vocabulary.places(text, masked):
        found.setdefault(place.part.role, place.part)
    return tuple(found.values())


def _size(pair: Pair, vocabulary: Vocabulary, market: re.Pattern[str] | None) -> Iterator[Claim]:
    money = figures.money(pair.value)
    other = re.search(r"\bmarket\b", pair.value, re.I) and not (market and market.search(pair.value))
    if (
        len(money) != 1
        or other
        or not _SIZE_KEY.search(pair.key)
        or _RATE_KEY.search(pair.key)
        or len(pair.value) > 90
    ):
        return
    years = _YEAR.findall(pair.key) or _YEAR.findall(pair.value)
    parts = _parts(pair.key, vocabulary, market)
    if len(years) == 1 and re.search(r"\b(?:market|revenue|size|value|valuation|forecast|sales)\b", pair.key, re.I):
        yield Claim(
            "market_size",
            parts,
            pair.key_start,
            pair.end,
            money[0].quantity,
            date=years[0],
            rule="size-in-header",
            confidence=0.95,
        )


def _rate(pair: Pair, vocabulary: Vocabulary, market: re.Pattern[str] | None) -> Iterator[Claim]:
    percents = figures.percent(pair.value)
    if (
        len(percents) != 1
        or not (_RATE_KEY.search(pair.key) or re.match(r"(?:a )?CAGR\b", pair.value))
        or len(pair.value) > 90
    ):
        return
    years = figures.periods(pair.key) or figures.periods(pair.value)
    attributes = {"from": str(years[0].first), "to": str(years[0].last)} if years else {}
    parts = _parts(pair.key, vocabulary, market)
    yield Claim(
        "cagr",
        parts,
        pair.key_start,
        pair.end,
        percents[0].quantity,
        attributes=attributes,
        rule="rate-in-header",
        confidence=0.95,
    )


def _rank(pair: Pair, vocabulary: Vocabulary) -> Iterator[Claim]:
    for kind, key in (("largest", _LARGEST_KEY), ("fastest_growing", _FASTEST_KEY)):
        for name, told, start in ((pair.value, pair.key, pair.value_start), (pair.key, pair.value, pair.key_start)):
            if key.match(told.rstrip(" .")):
                bare = re.sub(r"\s*\(.*\)$", "", name).strip(" .")
                part = vocabulary.part_of(bare)
                if (
                    part is None
                    and len(bare.split()) <= 5
                    and re.search("segment|product|type|application|user", told, re.I)
                ):
                    part = Part("segment", "Segment", bare)
                if part:
                    years = _YEAR.findall(told) if kind == "largest" else []
                    attributes = {"of": part.role} | ({"dimension": part.dimension} if part.dimension else {})
                    yield Claim(
                        kind,
                        (part,),
                        min(pair.key_start, start),
                        pair.end,
                        None,
                        date=years[0] if years else None,
                        attributes=attributes,
                        rule="rank-in-header",
                        confidence=0.95,
                    )


def players(found: Sequence[Pair]) -> Iterator[Listed]:
    """The companies of pairs like "Key companies profiled"."""
    for pair in found:
        if _PLAYERS_KEY.match(pair.key) and not re.search(r"[a-z](?:Ltd|Inc)\.?[A-Z]|\.[A-Z][a-z]{2}", pair.value):
            yield from names_only(
                re.sub(r",?\s+(?:and|&)\s+(?:others|more)\b.*$|\.\s+A total of.*$", "", pair.value), pair.value_start
            )


def places(found: Sequence[Pair]) -> Iterator[Item]:
    """The regions and countries that pairs like "Regional scope" list."""
    for pair in found:
        if _PLACES_KEY.match(pair.key):
            items = list(items_of("Region", pair.value_start, pair.value))
            if len(items) > 2 or any(regions.find(item.text) for item in items):
                yield from items


def tables(sections: Sequence[Section], vocabulary: Vocabulary) -> Iterator[Claim]:
    """Sizes and rates in tables with a part of the market per row; columns are years or a growth rate."""
    for section in sections:
        if section.kind in ("contents", "developments"):
            continue
        told = (*((section.heading,) if section.heading else ()), *section.lines)
        lines = [line for line in told if not re.fullmatch(r"[|:\s-]+", line.text)]  # rulers of Markdown tables
        i = 0
        while i < len(lines):
            rows = 0
            while i + rows < len(lines) and lines[i + rows].cells:
                rows += 1
            if rows >= 2:
                title = lines[i - 1].text if i else ""
                yield from _table(title, lines[i : i + rows], vocabulary)
            i += max(rows, 1)


def _table(title: str, rows: Sequence[Line], vocabulary: Vocabulary) -> Iterator[Claim]:
    header = [text for _, text in rows[0].cells]
    heads = any(_YEAR.search(text) or _RATE_KEY.search(text) for text in header[1:]) and not vocabulary.part_of(
        header[0]
    )
    for row in rows[1:] if heads else rows:
        part = vocabulary.part_of(row.cells[0][1])
        if part is None:
            continue
        for j, (at, text) in enumerate(row.cells[1:], 1):
            column = header[j] if heads and j < len(header) and len(row.cells) == len(header) else ""
            yield from _cell(f"{title} {column}", column, part, (row, at, text))


def _cell(context: str, column: str, part: Part, cell: tuple[Line, int, str]) -> Iterator[Claim]:
    row, at, text = cell
    start, end = row.start, at + len(text)
    percents, money = figures.percent(text), figures.money(text)
    if percents and (
        _RATE_KEY.search(column or context) or re.search(r"\bgrowth\b.*\b(?:year|annual)", context, re.I)
    ):
        years = figures.periods(column) or figures.periods(context)
        attributes = {"from": str(years[0].first), "to": str(years[0].last)} if years else {}
        yield Claim(
            "cagr",
            (part,),
            start,
            end,
            percents[0].quantity,
            attributes=attributes,
            rule="rate-in-table",
            confidence=0.9,
        )
        return
    years_in_column = _YEAR.findall(column) or _YEAR.findall(context)
    quantity = money[0].quantity if len(money) == 1 else _scaled(text, context)
    if quantity and len(years_in_column) == 1 and not percents:
        yield Claim(
            "market_size",
            (part,),
            start,
            end,
            quantity,
            date=years_in_column[0],
            rule="size-in-table",
            confidence=0.9,
        )


def _scaled(text: str, context: str) -> Quantity | None:
    """A bare number in a column whose heading gives currency and scale ("USD million")."""
    unit = _UNIT.search(context)
    if unit is None or not _NUMBER.fullmatch(text.strip()):
        return None
    figure = figures.money(f"{unit['code']} {text.strip()} {unit['scale']}")
    return Quantity(Decimal(figure[0].quantity.value), figure[0].quantity.unit, text.strip()) if figure else None


def country_of(company: str, name: str) -> tuple[Participant, ...]:
    """Participants of a headquarters that a list of players gives in brackets behind a name."""
    return Participant(company, "company", "Company"), Participant(name, "location", "Country")
