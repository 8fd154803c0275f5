"""The words of a whole sentence tell the status where the verb above an event does not."""

from __future__ import annotations

import pytest

from extract import tone


@pytest.mark.parametrize(
    ("kind", "said", "text", "behind", "expected"),
    [
        ("acquisition", "asserted", "Orvane is not in negotiations with Lumeo about a takeover.", "", "denied"),
        ("acquisition", "asserted", "A bid for Lumeo lapsed in the summer of 2030.", "", "denied"),
        (
            "acquisition",
            "asserted",
            "A blog claimed that Orvane was preparing a bid.",
            " There is no truth in",
            "denied",
        ),
        (
            "joint_venture",
            "asserted",
            "Talks with Lumeo on a joint venture ended in July without result.",
            "",
            "denied",
        ),
        ("expansion", "asserted", "Orvane has shelved plans for a plant off Namibia.", "", "denied"),
        ("acquisition", "planned", "Orvane is understood to be in talks to take over Lumeo.", "", "rumoured"),
        ("acquisition", "asserted", "The board approved the acquisition of 74% of Lumeo.", "", "planned"),
        (
            "acquisition",
            "asserted",
            "Orvane will move the team after it completed the purchase of Lumeo.",
            "",
            "asserted",
        ),
        ("contract", "planned", "Orvane signed an agreement under which it will supply Lumeo.", "", "asserted"),
        ("contract", "planned", "Orvane will supply Lumeo; contracts are to be signed in May.", "", "planned"),
        ("partnership", "asserted", "We tried it in the past through a reseller, Lumeo.", "", "ended"),
        ("headquarters", "planned", "Orvane will supply the Osaka group.", "", "asserted"),
        ("appointment", "asserted", "Ilse Farrow left Orvane on Friday for personal reasons.", "", "ended"),
        ("appointment", "asserted", "Ilse Farrow joined Orvane after Tomas Brandl left.", "", "asserted"),
        ("launch", "asserted", "Orvane launched FlexBase.", "", "asserted"),
    ],
)
def test_status_of_what_no_rule_has_read(kind: str, said: str, text: str, behind: str, expected: str) -> None:
    """Denials, hearsay, what is over and what is to come are told by the sentence and the one behind it."""
    assert tone.toned(kind, said, text, behind) == expected


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ("planned", "Orvane may buy Lumeo, but no talks are taking place.", "denied"),
        ("planned", "Orvane is looking at buying Lumeo, two people familiar with the matter said.", "rumoured"),
        ("planned", "Orvane has agreed to buy Lumeo.", "planned"),
        ("asserted", "Orvane has bought Lumeo; two people familiar with the matter said it paid well.", "asserted"),
    ],
)
def test_plans_are_hedged(said: str, text: str, expected: str) -> None:
    """A plan that a rule has read is a rumour or denied where its sentence says so; what is done stays done."""
    assert tone.hedged("acquisition", said, text, "") == expected
