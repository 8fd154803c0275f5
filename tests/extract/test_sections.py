"""A report's lines stand in the sections that its headings open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Document
from extract.headings import bare_heading
from extract.lines import lines
from extract.sections import Section, sections

MARKET = "Garden Robot Market"
PROSE = "The number of gardens has been growing for years in many countries of the world."


def read(text: str) -> tuple[Section, ...]:
    return sections(list(lines(Document("test.txt", text))), MARKET)


def kinds(text: str) -> list[str]:
    return [section.kind for section in read(text) if section.heading or section.lines]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Market Overview", "overview"),
        ("Executive Summary", "overview"),
        ("Garden Robot Market Size", "overview"),
        ("Key Highlights", "overview"),
        ("Market Drivers", "drivers"),
        ("1.2 Growth Drivers", "drivers"),
        ("What is driving the garden robot market", "drivers"),
        ("Market Restraints", "restraints"),
        ("Market Challenges:", "challenges"),
        ("## Challenges", "challenges"),
        ("Market Opportunities", "opportunities"),
        ("Latest Trends", "trends"),
        ("Garden Robot Market Trends", "trends"),
        ("Regional Insights", "regions"),
        ("Regional Analysis of the Garden Robot Market", "regions"),
        ("Segmental Insights", "segments"),
        ("Product Insights", "segments"),
        ("Recent Developments", "developments"),
        ("RECENT DEVELOPMENTS", "developments"),
        ("Mergers & Acquisitions", "developments"),
        ("Industry News", "developments"),
        ("Key Market Players", "players"),
        ("List of Key Companies Profiled", "players"),
        ("Top Companies in the Garden Robot Market", "players"),
        ("Report Scope", "scope"),
        ("Garden Robot Market Report Segmentation", "scope"),
        ("Frequently Asked Questions", "faq"),
        ("About us", "boilerplate"),
        ("Related Reports", "boilerplate"),
    ],
)
def test_headings_open_sections(heading: str, kind: str) -> None:
    """What publishers call a part of a report opens the same kind of section, with or without market and number."""
    below = read(f"{PROSE}\n\n{heading}\n\n{PROSE}")[-1]
    assert (below.kind, below.heading is not None) == (kind, True)


@pytest.mark.parametrize(
    "line",
    [
        "Drivers of garden robots were in short supply, and so were their batteries.",
        "CAGR\t6.4%",
        "The challenges of the market are many and they have been there for years.",
    ],
)
def test_sentences_and_rows_open_none(line: str) -> None:
    """A word of a heading inside a sentence or row is no heading."""
    assert kinds(f"Market Overview\n\n{line}\n\n{PROSE}") == ["overview"]


def test_every_line_stands_in_one_section() -> None:
    """Sections follow one another without loss: headings and lines are the lines of the document."""
    text = f"{PROSE}\n\nMarket Drivers\n\n{PROSE}\n\nKey Players\n• Orvane\n• Flexura\n\nAbout us\nWe sell reports."
    assert kinds(text) == ["overview", "drivers", "players", "boilerplate"]
    flat = [line for s in read(text) for line in ((s.heading, *s.lines) if s.heading else s.lines)]
    assert flat == list(lines(Document("test.txt", text)))


ANY = ["Market Drivers", "Key Players", "• Orvane", PROSE, "", "1. Intro", "1.1 Size", "FAQ", "Buy the report now"]


@given(st.lists(st.sampled_from(ANY)))
def test_no_line_is_lost(parts: list[str]) -> None:
    """However the lines follow one another, each stands in a section."""
    text = "\n".join(parts)
    flat = {line for s in read(text) for line in ((s.heading, *s.lines) if s.heading else s.lines)}
    assert flat == set(lines(Document("test.txt", text)))


def test_topics_keep_the_section() -> None:
    """A heading that names one driver, or a region, opens a topic of the part it stands in."""
    topics = (
        "Market Drivers",
        "Too few gardeners",
        PROSE,
        "Regional Insights",
        "Europe Garden Robot Market Trends",
        PROSE,
    )
    text = "\n\n".join(topics)
    assert [(s.kind, s.topic, s.heading.text) for s in read(text) if s.heading] == [
        ("drivers", False, "Market Drivers"),
        ("drivers", True, "Too few gardeners"),
        ("regions", False, "Regional Insights"),
        ("regions", True, "Europe Garden Robot Market Trends"),
    ]


def test_contents_without_a_heading_are_seen() -> None:
    """A run of numbered lines is a page of contents; the prose behind it is read again."""
    contents = "\n".join(
        [
            "1. Introduction",
            "1.1 Scope",
            "1.2 Method",
            "2. Market",
            "2.1 Size",
            "2.2 Trends",
            "3. Players",
            "3.1 Orvane",
            "3.2 Flexura",
        ]
    )
    text = f"Market Overview\n\n{PROSE}\n\n{contents}\n\nMarket Drivers\n\n{PROSE}"
    assert kinds(text) == ["overview", "contents", "drivers"]


def test_contents_end_with_the_next_prose() -> None:
    """Headings repeated in the contents open nothing there."""
    text = f"Table of Contents\n\n1. Market Drivers\n2. Key Players\n3. Recent Developments\n\n{PROSE}"
    assert kinds(text) == ["contents", "overview"]


def test_calls_to_buy_interrupt_no_section() -> None:
    """A sales line is boilerplate alone; what follows belongs to the part before."""
    text = f"Market Drivers\n\n{PROSE}\n\nRequest a free sample of this report\n\n{PROSE}"
    assert [(s.kind, len(s.lines)) for s in read(text)] == [("drivers", 1), ("boilerplate", 0), ("drivers", 1)]


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("Global Garden Robot Market Trends", "Trends"),
        ("Garden Robots Industry Segmentation", "Garden Robots Industry Segmentation"),
        ("Recent Developments in the Garden Robot Market", "Recent Developments in"),
        ("Regional Insights (2030)", "Regional Insights"),
        ("Market Outlook, 2031 - 2036:", "Market Outlook"),
    ],
)
def test_bare_heading(heading: str, bare: str) -> None:
    """A heading is known without the market's name, years and brackets."""
    assert bare_heading(heading, MARKET) == bare


def test_questions_of_a_faq_open_no_section() -> None:
    """A question that sounds like a heading stays in the list of questions."""
    text = f"Frequently Asked Questions\n\nWhich region is largest?\n{PROSE}\n\nWhich segment grows fastest?\n{PROSE}"
    assert kinds(text) == ["faq"]
