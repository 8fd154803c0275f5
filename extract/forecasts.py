"""Sizes, growth rates and ranks of a market in the prose of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract import leaders, ranks, rates, sizes
from extract.claim import Claim
from extract.sentences import Sentence

#: Sections whose figures are about deals, firms or the publisher.
_FOREIGN = frozenset(("developments", "boilerplate", "contents"))


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report tells all its sentences: the forecast period of its header and the names of its players."""

    period: tuple[int, int] | None = None
    companies: tuple[str, ...] = ()


def find(sentences: Sequence[Sentence], frame: Frame) -> Iterator[Claim]:
    """The claims on size, growth and rank in sentences, in order, restated ones again."""
    for sentence in sentences:
        if sentence.section in _FOREIGN:
            continue
        yield from sizes.find(sentence)
        yield from rates.find(sentence, frame.period)
        yield from leaders.find(sentence, frame.companies)
        if sentence.section != "players":
            yield from ranks.find(sentence)
