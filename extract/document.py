"""Documents and spans of their text; says nothing about what the text means."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from ontology.errors import KgError


class SpanError(KgError):
    """A span that does not lie in its document."""


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a source.

    `name` is the path or address it was read from, `text` what was extracted from it (for plain text and
    Markdown the file as it is, line ends unchanged), `published` a date as precise as known (YYYY, YYYY-MM or
    YYYY-MM-DD), `media_type` that of the bytes. `id` is a hash of the text: the same text is the same document,
    wherever it came from.
    """

    name: str
    text: str = field(repr=False)
    title: str = ""
    publisher: str | None = None
    published: str | None = None
    media_type: str = "text/plain"
    id: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        digest = sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "id", digest[:32])

    def span(self, start: int, end: int) -> Span:
        """The span of `text[start:end]`; raises SpanError where that is empty or outside of the text."""
        if not 0 <= start < end <= len(self.text):
            raise SpanError(f"{self.name}: there is no span {start} to {end} in {len(self.text)} characters")
        return Span(self.id, start, end, self.text[start:end])


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (half-open, in `Document.text`) of a document, and the quote found there.

    Made by `Document.span` only, so `text[start:end] == quote` always holds.
    """

    document: str
    start: int
    end: int
    quote: str
