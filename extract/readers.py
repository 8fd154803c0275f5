"""Bytes to Document, one function per format; reads files only, addresses are for the refresh."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice, takewhile
from pathlib import Path
from zipfile import BadZipFile

import docx
import pypdf
import trafilatura
from docx.opc.exceptions import PackageNotFoundError
from pypdf.errors import PyPdfError
from spacy.lang.en.stop_words import STOP_WORDS

from extract import imprint
from extract.document import Document
from extract.lines import Line, lines
from extract.market import find
from ontology import cues
from ontology.errors import KgError

#: Largest file that is read, in bytes; a long report has some 100 kB of text, a scanned one some MB.
MAX_BYTES = 20_000_000
#: Longest text that is extracted from, in characters.
MAX_CHARACTERS = 2_000_000
#: Share of function words below which a text is not English: English prose has 0.35 to 0.5, German 0.08.
MIN_FUNCTION_WORDS = 0.15


class UnreadableDocumentError(KgError):
    """A file that no document can be made of; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a format's reader finds in the bytes."""

    text: str
    title: str = ""
    publisher: str | None = None
    published: str | None = None


def read(path: Path) -> Document:
    """The document in a file; raises UnreadableDocumentError.

    The text of plain text and Markdown is the file's text unchanged, so offsets hold in the file.
    """
    return from_bytes(load(path), str(path))


def load(path: Path) -> bytes:
    """The bytes of a file; raises UnreadableDocumentError where there is no file or it is too large."""
    if not path.exists():
        raise UnreadableDocumentError(f"{path}: there is no such file")
    if path.is_dir():
        raise UnreadableDocumentError(f"{path}: is a directory; name the files in it ({path}/*)")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableDocumentError(
                f"{path}: {size / 1e6:.0f} MB is more than the {MAX_BYTES / 1e6:.0f} MB that are read; split it"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocumentError(f"{path}: cannot be read: {error.strerror}") from error


def from_bytes(raw: bytes, name: str) -> Document:
    """The document in bytes; the format follows from the end of `name`. Raises UnreadableDocumentError."""
    if not raw.strip():
        raise UnreadableDocumentError(f"{name}: is empty")
    suffix = Path(name).suffix.casefold()
    if suffix not in READERS:
        known = ", ".join(sorted(READERS))
        raise UnreadableDocumentError(f"{name}: {suffix or 'no ending'} is not a format that is read ({known})")
    media_type, reader = READERS[suffix]
    found = reader(raw, name)
    _refuse(found.text, name)
    given = "" if _NO_TITLE.search(found.title) else found.title
    document = Document(
        name=name,
        text=found.text,
        title=given,
        publisher=found.publisher or imprint.publisher(found.text),
        published=found.published or imprint.published(found.text),
        media_type=media_type,
    )
    return document if given else replace(document, title=title(document))


def _refuse(text: str, name: str) -> None:
    if not text.strip("\ufeff \u00a0\t\r\n\f"):
        raise UnreadableDocumentError(f"{name}: holds no text; a scanned page needs text recognition first")
    if re.search("[\ud800-\udfff]", text):
        raise UnreadableDocumentError(f"{name}: holds broken characters (unpaired surrogates); save or print it anew")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableDocumentError(
            f"{name}: {len(text):,} characters are more than the {MAX_CHARACTERS:,} that are read; split it"
        )
    words = re.findall(r"[^\W\d_]+", text)
    if len(words) >= 40:
        share = sum(word.casefold() in STOP_WORDS for word in words) / len(words)
        prose = _prose_words(text)
        if prose:
            share = max(share, sum(word.casefold() in STOP_WORDS for word in prose) / len(prose))
        if share < MIN_FUNCTION_WORDS:
            raise UnreadableDocumentError(f"{name}: does not read as English, the only language that is read")


def _prose_words(text: str) -> list[str]:
    """The words of long lines: lists and tables have few function words in any language."""
    return [word for line in text.splitlines() if len(line) > 100 for word in re.findall(r"[^\W\d_]+", line)]


def title(document: Document) -> str:
    """The heading at the top that names the document: what it is about, not the way to it ("Home > Markets > ...").

    The first that names the document's market; else the first of five words and more; else the market's name or the
    longest heading.
    """
    top = list(islice(lines(document), TITLE_LINES))
    headings = [line.text for line in takewhile(lambda line: not _TOLD.search(line.text), top) if _is_title(line)]
    market = find(document, list(lines(document)))
    about = [text for text in headings if market and market.quote.casefold() in text.casefold()]
    full = [text for text in headings if len(text.split()) >= 5]
    name = [market.quote] if market else sorted(headings, key=len, reverse=True)
    return next(iter((*about, *full, *name, *(line.text for line in top))), "")[:200]


#: What programs write as the title of a file: nothing, their own name, or the file's.
_NO_TITLE = re.compile(rf"^\s*$|^{cues.any_of('file-title')}\b|\.(?:docx?|pdf|pptx?|indd|html?)$", re.I)
#: Lines at the top of a document in which its title is looked for.
TITLE_LINES = 30
_TOLD = re.compile(r"[^\W\d_]{3}\. [A-Z].*\.$")
_WAY = re.compile(r"\s[›»|>]+\s|^(?:home|you are here)\b|(?:.*\s[/·•]\s){2}|^skip to\b|^\[", re.I)
_STAMP = re.compile(
    rf"\b(?:19|20)\d\d\s*[-–—|]\s*\d+\W*min|^{cues.any_of('stamp')}\b\s*[:#]|^{cues.any_of('key-stamp')}\b.*\d",
    re.I,
)


def _is_title(line: Line) -> bool:
    told = line.prose and line.text.endswith((".", "!", "?", ":"))
    return not (told or line.bullet or line.cells or _WAY.search(line.text) or _STAMP.search(line.text))


def _plain(raw: bytes, name: str) -> Extracted:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif b"\x00" in raw[:4096]:
        raise UnreadableDocumentError(f"{name}: is binary, not text")
    else:
        encoding = "utf-8"
    try:
        return Extracted(raw.decode(encoding))
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError(
            f"{name}: is not {encoding.upper()} (byte {error.start}: {raw[error.start]:#04x}); save it as UTF-8"
        ) from error


def _html(raw: bytes, name: str) -> Extracted:
    found = trafilatura.bare_extraction(raw, include_comments=False, include_tables=True, with_metadata=True)
    if found is None or isinstance(found, dict) or not found.text:
        raise UnreadableDocumentError(f"{name}: no article text was found in the page")
    return Extracted(found.text, found.title or "", found.sitename or None, found.date or None)


def _pdf(raw: bytes, name: str) -> Extracted:
    try:
        pdf = pypdf.PdfReader(BytesIO(raw))
        text = "\n\n".join(page.extract_text() for page in pdf.pages)
        title = pdf.metadata.title if pdf.metadata else None
    except (PyPdfError, ValueError) as error:
        raise UnreadableDocumentError(f"{name}: is no readable PDF: {error}") from error
    return Extracted(text, title or "")


def _docx(raw: bytes, name: str) -> Extracted:
    try:
        file = docx.Document(BytesIO(raw))
    except (PackageNotFoundError, BadZipFile, SyntaxError, KeyError, ValueError) as error:
        raise UnreadableDocumentError(f"{name}: is no readable DOCX: {error}") from error
    parts = []
    for block in file.iter_inner_content():
        if hasattr(block, "rows"):
            parts += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            style = block.style.name if block.style else ""
            parts.append(f"• {block.text}" if style.startswith("List") else block.text)
    return Extracted("\n\n".join(parts), file.core_properties.title or "")


#: Reader by the end of a file's name, with the media type of the format.
READERS: dict[str, tuple[str, Callable[[bytes, str], Extracted]]] = {
    ".txt": ("text/plain", _plain),
    ".md": ("text/markdown", _plain),
    ".html": ("text/html", _html),
    ".htm": ("text/html", _html),
    ".pdf": ("application/pdf", _pdf),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
}
