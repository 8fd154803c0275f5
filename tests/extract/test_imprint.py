"""Publisher and date are found in the marks that pages carry."""

from __future__ import annotations

import pytest

from extract import imprint


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("GRAZ, Austria, May 5, 2031 – Orvane acquired Flexura.", "2031-05-05"),
        ("Garden Robot Market\nPublished on: 17 May 2031", "2031-05-17"),
        ("Garden Robot Market\nLast updated: May 2031 | 120 pages", "2031-05"),
        ("Garden Robot Market\nPublished: 2031", None),  # rather the year of the edition
        ("In May 2031 Orvane acquired Flexura.", None),
        ("Orvane buys Flexura\n\nPosted by Linn on 24 June 2031 · 4 min read\n\nText.", "2031-06-24"),
        ("A talk\n30 September 2031, by Lennart Ost\n\nText.", "2031-09-30"),
        ("MARKETS\nBy Ina Card\n12 Nov 2031 17:06 CET\n\nText.", "2031-11-12"),
        ("Orvane buys Flexura\n\nJune 02, 2031 08:00 AM Eastern Daylight Time\n\nText.", "2031-06-02"),
        ("News\nContracts For Aug. 20, 2031\n\nText.", "2031-08-20"),
        ("News\nOn the move: appointments, May 2030\n\nText.", "2030-05"),
        ("News / 2031 / July\n\n10/07/2031, 08:00 CEST\n\nText.", "2031-07-10"),
        ("WIRE\nROUND-UP            Thursday, 6 March 2031, 17:40 CET\n\nText.", "2031-03-06"),
        ("Orvane opened its depot in May 2031\nText.", None),
        ("", None),
    ],
)
def test_published(text: str, date: str | None) -> None:
    """A dateline, else a marked date; a date of an event is none."""
    assert imprint.published(text) == date


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Some text.\n© 2031 Quill Research. All rights reserved.", "Quill Research"),
        ("Some text.\n\nAbout Quill Research:\nWe sell reports.", "Quill Research"),
        ("Source: Quill Research", "Quill Research"),
        ("A report by Quill Research\n© 2031 Quill Research\nSource: Tessaly Labs", "Quill Research"),
        ("About us", None),
        ("About the Market", None),
        ("", None),
    ],
)
def test_publisher(text: str, name: str | None) -> None:
    """Copyright, "about" and source name the publisher; the name with most marks wins."""
    assert imprint.publisher(text) == name
