"""What holds for every fact of every document."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ontology
from extract import pipeline
from extract.document import Document
from extract.fact import Fact, from_record, to_record

Extracted = Mapping[str, list[tuple[Document, list[Fact]]]]
Documents = list[tuple[Document, list[Fact]]]

REPORT = """Garden Robot Market Size, Share & Trends Report, 2031

Market Overview

The garden robot market was worth USD 1.35 billion in 2029. It will grow at a CAGR of 6.4% from 2030 to 2035.

Regional Insights

Europe led the garden robot market with a share of 44.5% in 2029.

Recent Developments

• In May 2031, Orvane acquired Flexura for $9 million.

Key Players

• Orvane GmbH
• Brindle Robotics Ltd

Table of Contents

1. Introduction
2. The garden robot market was worth USD 9 billion in 2029.
2.1 Weeders dominated the market with a share of 60% in 2029
3. Company Profiles
3.1 Tessaly Labs Inc
3.2 Quillon Health Ltd

Frequently Asked Questions

How large is the garden robot market?
The garden robot market was worth USD 1.35 billion in 2029.
"""


@pytest.fixture(scope="session")
def documents(extracted: Extracted) -> Documents:
    """All annotated documents with their facts."""
    return list(chain.from_iterable(extracted.values()))


def facts(text: str) -> list[Fact]:
    ((_, found),) = pipeline.extract([Document("test.txt", text)])
    return found


def spans(fact: Fact) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in (fact.evidence, *fact.mentions)]


def plain(found: list[Fact]) -> list[object]:
    """Facts without their places and documents, with line ends as blanks."""
    return [
        (f.kind, f.participants, f.quantity, f.date, f.status, re.sub(r"\s+", " ", f.evidence.quote), len(f.mentions))
        for f in found
    ]


def test_documents_give_facts(documents: Documents) -> None:
    """The properties below are of facts that are there: hardly any document gives none."""
    assert sum(bool(found) for _, found in documents) > 0.9 * len(documents)


def test_evidence_and_mentions_stand_in_the_document(documents: Documents) -> None:
    """Every span of a fact is its document's text between the offsets."""
    for document, found in documents:
        for fact in found:
            for span in (fact.evidence, *fact.mentions):
                assert span.document == document.id
                assert document.text[span.start : span.end] == span.quote != ""


def test_the_best_evidence_is_no_further_mention(documents: Documents) -> None:
    """Each place is named once per fact, in order."""
    for _, found in documents:
        for fact in found:
            mentions = [(span.start, span.end) for span in fact.mentions]
            assert mentions == sorted(set(mentions) - {(fact.evidence.start, fact.evidence.end)})


def test_facts_use_declared_terms_only(documents: Documents) -> None:
    """Kinds, roles, types, attributes, statuses and dates are those of the ontology; confidence lies in 0 to 1."""
    for _, found in documents:
        for fact in found:
            kind = ontology.kind(fact.kind)
            for participant in fact.participants:
                assert participant.role in {role.name for role in kind.roles}
                assert participant.type in ontology.types()
                assert participant.name == participant.name.strip() != ""
            assert set(fact.attributes) <= set(kind.attributes), fact
            assert fact.status in ontology.STATUSES
            assert fact.date is None or re.fullmatch(r"(?:19|20)\d\d(?:-[01]\d(?:-[0-3]\d)?)?", fact.date)
            assert 0 < fact.confidence <= 1
            assert fact.rule


def test_kinds_have_the_figure_that_they_are_about(documents: Documents) -> None:
    """A size is money of a year, a growth rate a percentage, a statistic a figure."""
    for _, found in documents:
        for fact in found:
            if fact.kind in ("market_size", "cagr", "statistic"):
                assert fact.quantity is not None
                assert fact.kind != "cagr" or fact.quantity.unit == "percent"
                assert fact.kind != "market_size" or (fact.date and re.fullmatch("[A-Z]{3}", fact.quantity.unit))


def test_no_fact_comes_from_contents_pages(documents: Documents) -> None:
    """No span of any fact lies in a table of contents."""
    seen = 0
    for document, found in documents:
        contents = [
            each for each in pipeline.read_layout(document).sections if each.kind == "contents" and each.lines
        ]
        seen += len(contents)
        for section in contents:
            begin, end = section.lines[0].start, section.lines[-1].end
            assert not [fact for fact in found for a, b in spans(fact) if a < end and begin < b], document.name
    assert seen


def test_contents_that_make_claims_give_none() -> None:
    """Sizes, ranks and names of a contents page are not read, whatever they say."""
    found = facts(REPORT)
    begin, end = REPORT.index("Table of Contents"), REPORT.index("Frequently")
    assert not [fact for fact in found for a, b in spans(fact) if a < end and begin < b]
    assert {fact.kind for fact in found} == {"market_size", "cagr", "largest", "acquisition", "player"}


def test_documents_do_not_influence_each_other(documents: Documents) -> None:
    """A second run, in another order and company, gives each document the same facts in the same order."""
    first = documents[::-2]
    again = list(pipeline.extract([document for document, _ in first]))
    assert [document.name for document, _ in again] == [document.name for document, _ in first]
    for (document, found), (_, before) in zip(again, first, strict=True):
        assert found == before, document.name


def test_ids_are_of_the_document_alone(documents: Documents) -> None:
    """Facts of a document have ids of their own."""
    for document, found in documents:
        assert len({fact.id("source") for fact in found}) == len(found), document.name


def test_facts_are_the_same_in_another_file_of_another_name(documents: Documents) -> None:
    """Name and title of a file do not change what its text says."""
    document, found = min(documents, key=lambda each: len(each[0].text))
    ((_, again),) = pipeline.extract([replace(document, name="other.txt", title="Other")])
    assert again == found


def test_records_carry_facts(documents: Documents) -> None:
    """Every fact written as a record and read again is the same, but for the figure as written."""
    for document, found in documents:
        for fact in found:
            again = from_record(to_record(fact, document.name, "source"), document)
            if fact.quantity and again.quantity:
                again = replace(again, quantity=replace(again.quantity, text=fact.quantity.text))
            assert replace(again, attributes=fact.attributes) == fact


@pytest.mark.parametrize("folder", ["reports", "releases"])
def test_line_ends_change_places_only(extracted: Extracted, folder: str) -> None:
    """A file with Windows line ends and a byte order mark gives the same facts at its own offsets."""
    document, found = extracted[folder][0]
    text = "\ufeff" + document.text.replace("\n", "\r\n")
    ((windows, again),) = pipeline.extract([replace(document, text=text)])
    assert plain(again) == plain(found)
    assert all(windows.text[a:b].strip() for fact in again for a, b in spans(fact))


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "1234", "•", "| |", "?!", "Orvane", "\u00a0\n•\n\t"])
def test_there_need_not_be_facts(text: str) -> None:
    """A document without a sentence has no facts."""
    assert facts(text) == []


PIECES = [
    "Garden Robot Market Report",
    "Market Drivers",
    "Table of Contents",
    "1. Market Size in 2030: USD 5 million",
    "1.1 Orvane",
    "• Orvane GmbH",
    "• ",
    "By Product: Mowers, Weeders (Petrol",
    "By Region",
    "Europe\tUSD 5 million\t6.4%",
    "| Region | 2030 |",
    "|---|---|",
    "CAGR (2030-2035)",
    "6.4%",
    "The market is driven by it, by them, and by; and by",
    "Orvane acquired Flexura and Flexura acquired Orvane for $0 in 2031-13.",
    "In May 2031, Orvane, Inc., Flexura and Co. and (Haddock & Rye) signed.",
    "According to the the Quill Institute, 41% of 41% used 41 in 2030.",
    "GRAZ, Austria, May 5, 2031 –",
    "Europe Europe Europe led Europe with 144.5% in 1929.",
    "???? …… “” ’’ (((( %%%% $$$$",
    "USD USD 5 billion billion in in 2030 2030",
    "é́ ﷽ 中文 \u200b\u202e",
    "",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["\n", "\r\n", "\n\n", " "]))
def test_any_text_can_be_read(pieces: list[str], end: str) -> None:
    """However broken a text is, extraction ends, and what it gives stands in the text."""
    text = end.join(pieces)
    for fact in facts(text):
        assert all(text[a:b].strip() for a, b in spans(fact))
        assert fact.id("source")


def test_the_model_loads_without_a_warning_and_hides_no_other() -> None:
    """The warning on the model's version is silenced where the model is loaded, and only there."""
    code = (
        "import warnings; before = list(warnings.filters); from extract.pipeline import language; language();"
        "assert not [f for f in warnings.filters if f not in before and f[1] and 'W095' in f[1].pattern]"
    )
    done = subprocess.run([sys.executable, "-W", "error::UserWarning", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
