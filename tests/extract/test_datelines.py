from __future__ import annotations

import pytest

from extract import datelines


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("GHENT, Belgium, May 14, 2031 (PRESSLINE) -- Orvane has bought Flexura.", "Orvane has bought Flexura."),
        ("Ghent and Lille, 14 May 2031 – Orvane has bought Flexura.", "Orvane has bought Flexura."),
        ("ST. GHENT, Minn., Sept. 14, 2031 /Pressline/ -- Orvane has bought Flexura.", "Orvane has bought Flexura."),
        ("Ghent, May 14, 2031: Orvane has bought Flexura.", "Orvane has bought Flexura."),
        ("GHENT, England, 14 May 2031 | Orvane has bought Flexura.", "Orvane has bought Flexura."),
        ("GHENT (NNS) — Orvane has bought Flexura.", "Orvane has bought Flexura."),
        ("GHENT--Orvane has bought Flexura.", "Orvane has bought Flexura."),
        ("GHENT, Mass.--(PRESSLINE)--Orvane has bought Flexura.", "Orvane has bought Flexura."),
        ("GHENT. The operator Orvane has bought Flexura.", "The operator Orvane has bought Flexura."),
    ],
)
def test_dateline_is_no_part_of_the_sentence(line: str, text: str) -> None:
    """Place, date and agency that open a paragraph are told from its own words."""
    assert line[datelines.end(line) :] == text


@pytest.mark.parametrize(
    "line",
    [
        "In May 2031, Orvane bought Flexura.",
        "May 2031: Orvane bought Flexura.",
        "14 May 2031: Orvane bought Flexura.",
        "Orvane will put a tool on the market in April 2031: Lumeo reads scans.",
        "DATA — The ten largest ports handled 68 million containers.",
    ],
)
def test_a_leading_date_is_no_dateline(line: str) -> None:
    """A date without a place, and a sentence that holds a date, stay whole."""
    assert datelines.end(line) == 0


DATELINES = [
    ("LONDON, 14 May 2031 - Orvane has agreed", "2031-05-14"),
    ("NEW YORK--(BUSINESS WIRE)--May 3, 2031--Orvane", "2031-05-03"),
    ("Orvane buys Tessaly\n\nCHICAGO, June 3, 2025 (GLOBE NEWSWIRE) -- Orvane", "2025-06-03"),
    ("OSLO, Norway, June 3, 2025 /PRNewswire/ -- Orvane", "2025-06-03"),
    ("17 February 2026 — 9 minute read", "2026-02-17"),
    ("Orvane ends talks\n\nOdense, Denmark, 3 November 2026\n\nOn Sunday a newspaper", "2026-11-03"),
    ("HULL, England, 21 July 2026 | Orvane", "2026-07-21"),
    ("LONDON 14 May 2031 – Orvane", "2031-05-14"),
    ("Home > News\nPublished on May 14, 2031\nOrvane", "2031-05-14"),
    ("Orvane buys Tessaly\n\nMAY 2031 — Orvane", "2031-05"),
    ("GHENT, Belgium – 08 June 2029, 7.00 a.m.\n\nOrvane", "2029-06-08"),
    ("January 06, 2031 08:30 AM Eastern Standard Time\n\nOrvane", "2031-01-06"),
    ("Ghent, Tuesday 9 September 2031, 08:00\n\nOrvane", "2031-09-09"),
    ("By Ilse Farrow | GHENT | Thu 22 Apr 2032\n\nOrvane", "2032-04-22"),
    ("Ghent / Lille, 13 January 2031. Orvane will", "2031-01-13"),
    ("28-Jun-2032 / 18:22 CET\nOrvane", "2032-06-28"),
    ("Published Nov. 20, 2030 • 8:15 am\nOrvane", "2030-11-20"),
    ("Stock exchange release | 4 February 2030 at 9:00 EET\n\nOrvane", "2030-02-04"),
]


@pytest.mark.parametrize(("text", "date"), DATELINES)
def test_a_dateline_tells_the_day_of_a_release(text: str, date: str) -> None:
    """The date before the dash, agency or colon of a news item's head is its date."""
    found = datelines.dateline(text)
    assert found is not None
    assert found.date == date


@pytest.mark.parametrize(
    "text",
    [
        "Orvane bought Tessaly on 3 June 2025. It paid",
        "On June 3, 2025 Orvane agreed",
        "In June 2025 - X",
        "x" * 700 + " 14 May 2031 - Y",
        "",
    ],
)
def test_a_date_in_running_text_is_no_dateline(text: str) -> None:
    """A date in a sentence, a month, or a date far down says nothing about the document's own date."""
    assert datelines.dateline(text) is None
