"""A span is a piece of its document and nothing else."""

from __future__ import annotations

import pytest

from extract.document import Document, SpanError

TEXT = "Orvane\r\nacquired Flexura\u00a0AG."


@pytest.mark.parametrize(("start", "end"), [(0, 6), (0, len(TEXT)), (6, 8), (17, 27)])
def test_a_span_quotes_its_document(start: int, end: int) -> None:
    """The quote is the text between the offsets, line ends included."""
    document = Document("test.txt", TEXT)
    span = document.span(start, end)
    assert (span.document, span.start, span.end, span.quote) == (document.id, start, end, TEXT[start:end])


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 4), (0, len(TEXT) + 1), (len(TEXT), len(TEXT) + 1)])
def test_there_is_no_span_outside_of_the_text(start: int, end: int) -> None:
    """Empty, reversed and outer spans are refused with the name of the document."""
    with pytest.raises(SpanError, match=f"test.txt: there is no span {start} to {end} in {len(TEXT)} characters"):
        Document("test.txt", TEXT).span(start, end)


def test_the_text_is_the_document() -> None:
    """Name, title and date do not change which document it is; a line end does."""
    one = Document("a.txt", TEXT, "Title", published="2031-05")
    assert one.id == Document("b.txt", TEXT).id
    assert one.id != Document("a.txt", TEXT.replace("\r\n", "\n")).id
    assert Document("a.txt", "broken \ud800").id  # what a reader refuses later still has an id
