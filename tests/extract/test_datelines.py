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
