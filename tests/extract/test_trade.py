from __future__ import annotations

import pytest

from tests.extract.tables import Read, cases, shown

#: Statements of owners and seats beside the events are tested with the events of all kinds.
_STATES = frozenset(("headquarters", "subsidiary"))


@pytest.mark.parametrize(("text", "expected"), cases("trade.txt"))
def test_trade_of_a_sentence(told: Read, text: str, expected: list[str]) -> None:
    """Each way of telling of partnerships, contracts, launches, sites and ends gives its event and nothing else."""
    facts = told(*text.split(" ¶ "))
    assert [shown(fact) for fact in facts if fact.kind not in _STATES] == expected
