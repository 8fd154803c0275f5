"""Tests of extract.shares."""

from __future__ import annotations

import pytest

from extract import shares


@pytest.mark.parametrize(
    ("text", "percent", "minority"),
    [
        ("a stake in Lumeo from 40% to 85%", 40, False),
        ("the remaining 40 per cent", 40, False),
        ("three quarters of Lumeo", 75, False),
        ("a third of Lumeo", 33, True),
        ("its stake to 24% from 15%", 24, True),
        ("up to 15% in Lumeo", 15, True),
        ("a 9.9-percent stake", 9, True),
    ],
)
def test_shares(text: str, percent: int, minority: bool) -> None:
    """Percentages and fractions are read, and what is held after a purchase decides whether it is a minority."""
    found = shares.share(text)
    assert found is not None
    assert (int(found.percent), shares.is_minority(text)) == (percent, minority)


def test_a_stake_of_unknown_size() -> None:
    """A stake of which nothing is said is a minority; a majority or all that is left is none."""
    assert shares.share("took a stake in Lumeo") is None
    assert shares.is_minority("took a stake in Lumeo")
    assert not shares.is_minority("a controlling stake")
