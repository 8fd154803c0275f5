from __future__ import annotations

import pytest

from tests.extract.tables import Read, shown

DEFINED = 'Orvane plc ("Orvane" or the "Company") informs the Exchange as under:'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Closure of the Linz unit with effect from 30 September 2031.",
            "termination planned 2031-09-30 -: party Orvane plc",
        ),
        ("The wire mill in Brno will be closed.", "termination planned - -: party Orvane plc"),
        (
            "Expansion of the detergent plant in Ghent by March 2033.",
            "expansion planned - -: company Orvane plc; location Ghent",
        ),
    ],
)
def test_what_a_notice_tells_without_an_actor_is_done_by_its_issuer(told: Read, text: str, expected: str) -> None:
    """An item without a verb is planned by the issuer; a passive without an agent is its act."""
    assert expected in [shown(fact) for fact in told(DEFINED, text)]


def test_an_actor_that_is_named_stays(told: Read) -> None:
    """Who is named acts, not the issuer; without an issuer nobody does."""
    text = "The wire mill in Brno will be closed by Flexura."
    assert all("Orvane" not in shown(fact) for fact in told(DEFINED, text))
    assert told("The wire mill in Brno will be closed.") == []
