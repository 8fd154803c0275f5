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
