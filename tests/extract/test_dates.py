from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import dates, periods

#: The day of the documents below: a Wednesday.
TODAY = "2031-05-14"

PERIODS = [
    ("Forecast Period2026-2030Market", 2026, 2030, "2026-2030"),
    ("CAGR (2025–2030)", 2025, 2030, "2025–2030"),
    ("from 2025 to 2030", 2025, 2030, "2025 to 2030"),
    ("between 2025 and 2030", 2025, 2030, "2025 and 2030"),
    ("between 2025 to 2030", 2025, 2030, "2025 to 2030"),
    ("2025 through 2030", 2025, 2030, "2025 through 2030"),
    ("over the forecast period (2024-2032)", 2024, 2032, "2024-2032"),
    ("2024 - 2032", 2024, 2032, "2024 - 2032"),
    ("FY2024-FY2030", 2024, 2030, "FY2024-FY2030"),
    ("FY24–FY30", 2024, 2030, "FY24–FY30"),
    ("fiscal 2024 to fiscal 2030", 2024, 2030, "fiscal 2024 to fiscal 2030"),
    ("2025–32", 2025, 2032, "2025–32"),
    ("2024/25", 2024, 2025, "2024/25"),
    ("2025E-2030F", 2025, 2030, "2025E-2030F"),
]


@pytest.mark.parametrize(("text", "first", "last", "quote"), PERIODS)
def test_a_period_has_two_years(text: str, first: int, last: int, quote: str) -> None:
    """Each way of writing a forecast period gives its first and last year and where it stands."""
    [found] = periods(text)
    assert (found.first, found.last, text[found.start : found.end]) == (first, last, quote)


@pytest.mark.parametrize(
    "text",
    ["2024 and 2030", "2030-2025", "2031-05-14", "2025-30%", "2025 - 30 companies", "from 2025 to 30 countries",
     "(EU) 2024/1781", "2025-2030-01", "12/2025-2030", "$2025-2030"],
)  # fmt: skip
def test_two_numbers_are_not_always_a_period(text: str) -> None:
    """Years that are listed, dates, shares, counts and numbers of laws are no periods."""
    assert periods(text) == []


ABSOLUTE = [
    ("In June 2025, X", "2025-06", "June 2025"),
    ("Sept. 2025", "2025-09", "Sept. 2025"),
    ("JUNE 2025", "2025-06", "JUNE 2025"),
    ("on May 14, 2031.", "2031-05-14", "May 14, 2031"),
    ("May 14th, 2031", "2031-05-14", "May 14th, 2031"),
    ("Nov. 13, 2030", "2030-11-13", "Nov. 13, 2030"),
    ("14 May 2031", "2031-05-14", "14 May 2031"),
    ("14th of May 2031", "2031-05-14", "14th of May 2031"),
    ("Wednesday, 14 May 2031", "2031-05-14", "Wednesday, 14 May 2031"),
    ("2031-05-14", "2031-05-14", "2031-05-14"),
    ("2031-05", "2031-05", "2031-05"),
    ("14.05.2031", "2031-05-14", "14.05.2031"),
    ("14/05/2031", "2031-05-14", "14/05/2031"),
    ("05/14/2031", "2031-05-14", "05/14/2031"),
    ("June 3–5, 2025", "2025-06", "June 3–5, 2025"),
    ("3-5 June 2025", "2025-06", "3-5 June 2025"),
    ("in 2024, imports", "2024", "2024"),
    ("Base Year\n2024\nForecast", "2024", "2024"),
    ("until 31 December 2031.", "2031-12-31", "31 December 2031"),
    ("in Dec. 2031", "2031-12", "Dec. 2031"),
    ("(2024)", "2024", "2024"),
    ("IBM's 2024 Cost Report", "2024", "2024"),
    ("Market Size2024USD", "2024", "2024"),
    ("2025E", "2025", "2025"),
    ("FY24", "2024", "FY24"),
    ("fiscal year 2024", "2024", "fiscal year 2024"),
    ("early 2026", "2026", "early 2026"),
    ("mid-2026", "2026", "mid-2026"),
    ("in the summer of 2026", "2026", "the summer of 2026"),
    ("by the close of 2025.", "2025-12", "the close of 2025"),
    ("end of 2025", "2025-12", "end of 2025"),
    ("at year-end 2025", "2025-12", "year-end 2025"),
    ("31 February 2031", "2031", "2031"),
    ("at the end of June 2025", "2025-06", "June 2025"),
]


@pytest.mark.parametrize(("text", "date", "quote"), ABSOLUTE)
def test_a_date_is_as_precise_as_the_text(text: str, date: str, quote: str) -> None:
    """A stated date is read in every spelling, to the day, month or year that is stated and no further."""
    [found] = dates(text)
    assert (found.date, text[found.start : found.end], found.relative, found.quarter) == (date, quote, False, None)


QUARTERS = [
    ("Q3 2024", "2024", "2024-Q3"),
    ("3Q24", "2024", "2024-Q3"),
    ("Q3 FY2024", "2024", "2024-Q3"),
    ("2024-Q3", "2024", "2024-Q3"),
    ("the third quarter of 2024", "2024", "2024-Q3"),
    ("the fourth quarter of fiscal 2024", "2024", "2024-Q4"),
    ("H1 2025", "2025", "2025-H1"),
    ("the second half of 2025", "2025", "2025-H2"),
]


@pytest.mark.parametrize(("text", "date", "quarter"), QUARTERS)
def test_a_quarter_stays_a_quarter(text: str, date: str, quarter: str) -> None:
    """A part of a year is no month: its date is the year, the part is told beside it."""
    [found] = dates(text)
    assert (found.date, found.quarter) == (date, quarter)


@pytest.mark.parametrize(
    "text",
    ["05/06/2031", "the 2020s", "2,024 people", "2024 units", "2024 MW", "USD 20,242", "(EU) 2024/1781", "ISO 2024",
     "Vision 2030", "No. 2024", "$2024", "2024.5", "2025-2030", "may follow", "March on", "model B2024"],
)  # fmt: skip
def test_numbers_and_words_that_are_no_certain_date_are_left_out(text: str) -> None:
    """Dates that can be read in two ways, counts and the years of periods are no dates."""
    assert dates(text) == []


RELATIVE = [
    ("Orvane said today", "2031-05-14", None),
    ("this week", "2031-05-14", None),
    ("this morning", "2031-05-14", None),
    ("yesterday", "2031-05-13", None),
    ("last night", "2031-05-13", None),
    ("tomorrow", "2031-05-15", None),
    ("last week", "2031-05", None),
    ("last month", "2031-04", None),
    ("earlier this month", "2031-05", None),
    ("next month", "2031-06", None),
    ("earlier this year", "2031", None),
    ("last year", "2030", None),
    ("last quarter", "2031", "2031-Q1"),
    ("in the third quarter of this year", "2031", "2031-Q3"),
    ("in the first half of last year", "2030", "2030-H1"),
    ("by the end of next year", "2032-12", None),
    ("by the end of the year", "2031-12", None),
    ("by year-end", "2031-12", None),
    ("this summer", "2031", None),
    ("on Tuesday", "2031-05-13", None),
    ("on Wednesday", "2031-05-14", None),
    ("last Wednesday", "2031-05-07", None),
    ("will vote on Friday", "2031-05-16", None),
    ("on Nov. 13", "2030-11-13", None),
    ("on 2 May", "2031-05-02", None),
    ("will open on 1 December", "2031-12-01", None),
    ("in March", "2031-03", None),
    ("in October", "2030-10", None),
    ("will open in October", "2031-10", None),
    ("last October", "2030-10", None),
    ("in June last year", "2030-06", None),
    ("on 3 June last year", "2030-06-03", None),
    ("two months ago", "2031-03", None),
    ("three years ago", "2028", None),
    ("10 days ago", "2031-05-04", None),
]


@pytest.mark.parametrize(("text", "date", "quarter"), RELATIVE)
def test_a_relative_date_is_resolved_against_the_reference(text: str, date: str, quarter: str | None) -> None:
    """Words that point to the day of the document are resolved with it, and left alone without it."""
    [found] = dates(text, TODAY)
    assert (found.date, found.quarter, found.relative) == (date, quarter, True)
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("last month", "2031"), ("yesterday", "2031-05"), ("on Tuesday", "2031-05"),
        ("last June", "2031-11-02"), ("next Tuesday", TODAY), ("on June 3", TODAY),
        ("in the third quarter", TODAY), ("a year earlier", TODAY), ("last winter", TODAY),
        ("by August Home", TODAY), ("1-3 June", TODAY), ("holiday", TODAY),
        ("31 June", TODAY),
    ],
)  # fmt: skip
def test_a_relative_date_that_may_be_two_days_is_left_out(text: str, reference: str) -> None:
    """Where the reference is too coarse, or this year's and last year's day are both possible, there is no date."""
    assert dates(text, reference) == []


@pytest.mark.parametrize("reference", ["31", "2031-13", "2031-02-30", "May 2031"])
def test_a_reference_must_be_a_date(reference: str) -> None:
    """A reference that is no date is an error of the caller, not a text without dates."""
    with pytest.raises(ValueError, match=r"."):
        dates("last month", reference)


WRITTEN = ["%d %B %Y", "%B %d, %Y", "%b. %d, %Y", "%d %b %Y", "%Y-%m-%d", "%d.%m.%Y", "%A, %d %B %Y"]


@given(
    day=st.dates(datetime.date(1960, 1, 1), datetime.date(2079, 12, 31)),
    style=st.sampled_from(WRITTEN),
    around=st.sampled_from([("", ""), ("on ", ", "), ("(", ")"), ("since ", "."), ("\n", "\n")]),
)
def test_a_written_day_is_read_back(day: datetime.date, style: str, around: tuple[str, str]) -> None:
    """A day that is written in any usual style is read as that day, and its span is what was written."""
    quote = day.strftime(style).replace("May.", "May")
    text = f"{around[0]}{quote}{around[1]}"
    [found] = dates(text)
    assert (found.date, text[found.start : found.end]) == (day.isoformat(), quote)


PIECES = (
    "May", "14", "2031", "3–5", "Nov.", "Q3", "1H", "last", "this", "year", "month", "end of", "the", "half of",
    "Tuesday", "FY", "24", "2025-2030", ",", "/", ".", "-", "ago", "two", "weeks", "today", "quarter", "third",
    "until", "2024-02", "31", "February", "next", "year-end",
)  # fmt: skip
words = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", " ", "\n"])), max_size=20).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


@given(st.one_of(words, st.text(max_size=60)), st.sampled_from([None, "2031", "2031-05", TODAY]))
def test_dates_and_periods_never_overlap(text: str, reference: str | None) -> None:
    """Whatever the text, each date and period has a place of its own in it, and each date exists."""
    found = [(each.start, each.end) for each in dates(text, reference)]
    found += [(each.start, each.end) for each in periods(text)]
    assert all(0 <= start < end <= len(text) for start, end in found)
    places = [at for start, end in found for at in range(start, end)]
    assert len(places) == len(set(places))
    for each in dates(text, reference):
        datetime.date.fromisoformat(each.date + "-01-01"[len(each.date) - 4 :])
