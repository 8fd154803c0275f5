"""Paragraphs of prose as the segmenter hands them on, and what is known of their document."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from extract.document import Document


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph or bullet of prose: `doc.text` is the document's text from character `start` on.

    `section` is one of overview, body, development, boilerplate; `bullet` says that it is an item of a list; `date`
    is that of a heading which is nothing but a date ("July 2031"). `text` may be given by whoever has it already.
    """

    start: int
    doc: Doc
    section: str = "body"
    bullet: bool = False
    date: str | None = None
    text: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.text:  # spaCy joins the text of its tokens anew at each call
            object.__setattr__(self, "text", self.doc.text)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a document before its prose is read.

    `published` is the dateline or the date of the document (YYYY, YYYY-MM or YYYY-MM-DD), `market` the market that
    it reports on, `companies` the names of its list of players.
    """

    document: Document
    published: str | None = None
    market: str | None = None
    companies: tuple[str, ...] = ()
