"""Sizes, rates and ranks that stand as pairs of name and value in header boxes; reads no prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract import figures, years
from extract.claim import Claim, rank_attributes
from extract.pairs import FASTEST_KEY, LARGEST_KEY, RATE_KEY, Pair
from extract.vocabulary import Part, Vocabulary, spans
from ontology import cues

_RANKS = (("largest", LARGEST_KEY), ("fastest_growing", FASTEST_KEY))
_SEGMENT_KEY = re.compile(cues.any_of("segment-key"), re.I)
#: Longest value that is a figure, in characters.
_LONGEST = 90


def claims(found: Sequence[Pair], vocabulary: Vocabulary, market: re.Pattern[str] | None) -> Iterator[Claim]:
    """The sizes, rates and ranks that pairs state."""
    for pair in found:
        yield from _size(pair, vocabulary, market)
        yield from _rate(pair, vocabulary, market)
        yield from _rank(pair, vocabulary)


def period_attributes(*texts: str) -> dict[str, str]:
    """First and last year of a rate, of the first text that names a period."""
    found = next((told[0] for text in texts if (told := figures.periods(text))), None)
    return {"from": str(found.first), "to": str(found.last)} if found else {}


def _parts(text: str, vocabulary: Vocabulary, market: re.Pattern[str] | None) -> tuple[Part, ...]:
    found: dict[str, Part] = {}
    for place in vocabulary.places(text, spans(market, text)):
        found.setdefault(place.part.role, place.part)
    return tuple(found.values())


def _size(pair: Pair, vocabulary: Vocabulary, market: re.Pattern[str] | None) -> Iterator[Claim]:
    money = figures.money(pair.value)
    told = years.ALONE.findall(pair.key) or years.ALONE.findall(pair.value)
    named = cues.pattern("money-key").search(pair.key) and not RATE_KEY.search(pair.key)
    if not named or len(money) != 1 or len(told) != 1 or len(pair.value) > _LONGEST or _on_other(pair, market):
        return
    yield Claim(
        "market_size",
        _parts(pair.key, vocabulary, market),
        pair.key_start,
        pair.end,
        money[0].quantity,
        date=told[0],
        rule="size-in-header",
        weight=0.95,
    )


def _on_other(pair: Pair, market: re.Pattern[str] | None) -> bool:
    """Whether the value names a market that is not the document's."""
    return bool(re.search(r"\bmarket\b", pair.value, re.I)) and not (market and market.search(pair.value))


def _rate(pair: Pair, vocabulary: Vocabulary, market: re.Pattern[str] | None) -> Iterator[Claim]:
    percents = figures.percent(pair.value)
    named = RATE_KEY.search(pair.key) or re.match(r"(?:a )?CAGR\b", pair.value)
    if not named or len(percents) != 1 or len(pair.value) > _LONGEST:
        return
    yield Claim(
        "cagr",
        _parts(pair.key, vocabulary, market),
        pair.key_start,
        pair.end,
        percents[0].quantity,
        attributes=period_attributes(pair.key, pair.value),
        rule="rate-in-header",
        weight=0.95,
    )


def _rank(pair: Pair, vocabulary: Vocabulary) -> Iterator[Claim]:
    """The part that a key like "Largest region" names, or that is the key of such a value."""
    sides = ((pair.value, pair.key, pair.value_start), (pair.key, pair.value, pair.key_start))
    for kind, key in _RANKS:
        for name, told, start in sides:
            part = _ranked(name, told, vocabulary) if key.match(told.rstrip(" .")) else None
            if part is None:
                continue
            named = years.ALONE.findall(told) if kind == "largest" else []
            yield Claim(
                kind,
                (part,),
                min(pair.key_start, start),
                pair.end,
                date=named[0] if named else None,
                attributes=rank_attributes(part),
                rule="rank-in-header",
                weight=0.95,
            )


def _ranked(name: str, told: str, vocabulary: Vocabulary) -> Part | None:
    bare = re.sub(r"\s*\(.*\)$", "", name).strip(" .")
    new = len(bare.split()) <= 5 and _SEGMENT_KEY.search(told)
    return vocabulary.part_of(bare) or (Part("segment", "Segment", bare) if new else None)
