"""What rules on reports find, before restatements are brought together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extract.fact import AttributeValue, Participant, Quantity
from extract.vocabulary import Part


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about the market or parts of it, at characters `start` to `end` of the document.

    `parts` are the parts it is about, empty for the whole market; `others` are participants besides market and
    parts (a company, a regulation, a reporter). Of tellings that are equally full the one of more `weight` is kept.
    """

    kind: str
    parts: tuple[Part, ...]
    start: int
    end: int
    quantity: Quantity | None = None
    date: str | None = None
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    others: tuple[Participant, ...] = ()
    rule: str = ""
    weight: float = 0.9
    status: str = "asserted"
    marketless: bool = False

    def participants(self, market: str | None) -> tuple[Participant, ...]:
        """Market, parts and others as participants of a fact."""
        whole = (Participant(market, "market", "Market"),) if market and not self.marketless else ()
        return whole + tuple(Participant(part.name, part.role, part.type) for part in self.parts) + self.others


def rank_attributes(part: Part) -> dict[str, str]:
    """What a rank is a rank of: segments of which dimension, or regions."""
    return {"of": part.role} | ({"dimension": part.dimension} if part.dimension else {})
