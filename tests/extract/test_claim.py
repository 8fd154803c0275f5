"""A claim about a part of a market is one about that market."""

from __future__ import annotations

import pytest

from extract.claim import Claim
from extract.fact import Participant
from extract.vocabulary import Part

WEEDERS = Part("segment", "Segment", "Weeders", "Product")
ORVANE = Participant("Orvane", "company", "Company")
MARKET = Participant("Garden Robot Market", "market", "Market")


@pytest.mark.parametrize(
    ("claim", "market", "expected"),
    [
        (Claim("segment", (WEEDERS,), 0, 7), MARKET.name, (MARKET, Participant("Weeders", "segment", "Segment"))),
        (Claim("player", (), 0, 7, others=(ORVANE,)), MARKET.name, (MARKET, ORVANE)),
        (Claim("headquarters", (), 0, 7, others=(ORVANE,), marketless=True), MARKET.name, (ORVANE,)),
        (Claim("statistic", (), 0, 7), None, ()),
    ],
)
def test_participants(claim: Claim, market: str | None, expected: tuple[Participant, ...]) -> None:
    """The market comes first, then the parts, then the others; what is no matter of the market leaves it out."""
    assert claim.participants(market) == expected
