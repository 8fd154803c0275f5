"""Bytes of any format that is taken in to documents: those of `extract.readers`, and mails."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import PurePath

from extract.document import Document
from ontology.errors import KgError

#: The end of a file's name by the media type that servers give.
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


class InputError(KgError):
    """Bytes that are not what they are said to be."""


def read(raw: bytes, name: str) -> Document:
    """The document in bytes; the format follows from the end of `name`. Raises KgError where there is none."""
    from extract import readers  # brings in spaCy, which only extraction needs

    if PurePath(name).suffix.casefold() != ".eml":
        return readers.from_bytes(raw, name)
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 - what this policy makes
    part = mail.get_body(("html", "plain"))
    if part is None or not (text := str(part.get_content()).strip()):
        raise InputError(f"{name}: the mail holds no text")
    suffix = SUFFIXES[part.get_content_type()]
    document = readers.from_bytes(text.encode("utf-8", "replace"), name + suffix)
    document = replace(document, name=name, media_type="message/rfc822")
    told = {"title": str(mail["Subject"] or ""), "publisher": parseaddr(str(mail["From"] or ""))[0] or None}
    return replace(document, **{key: value for key, value in told.items() if value}, published=_sent(mail, document))


def _sent(mail: EmailMessage, document: Document) -> str | None:
    try:
        return document.published or parsedate_to_datetime(str(mail["Date"])).date().isoformat()
    except (ValueError, TypeError):
        return None


def with_ending(name: str, media_type: str) -> str:
    """A name that ends as its format does: that of an address may not."""
    end = SUFFIXES.get(media_type, "")
    return name if PurePath(name).suffix.casefold() in (end, ".htm") else name + end


def suffix(media_type: str, charset: str | None, address: str, raw: bytes) -> tuple[str, bytes]:
    """The end of a name that tells the format of what a server sent, and the bytes, text of them in UTF-8.

    Raises InputError where the type is none that is read, or the bytes are not of the type or charset that is said.
    """
    end = SUFFIXES.get(media_type) or (
        PurePath(address.partition("?")[0]).suffix.casefold()
        if not media_type or media_type == "application/octet-stream"
        else ""
    )
    if end not in SUFFIXES.values():
        raise InputError(f"{address}: {media_type or 'no media type'} is not a format that is read")
    if (end == ".pdf") != raw.startswith(b"%PDF-"):
        raise InputError(
            f"{address}: is said to be {media_type or end}, but {'is a PDF' if end != '.pdf' else 'is none'}"
        )
    if end in (".html", ".txt", ".md") and charset:
        try:
            raw = raw.decode(charset).encode("utf-8")
        except (LookupError, UnicodeError) as error:
            raise InputError(f"{address}: is not in {charset}, as the server says ({error})") from error
    return end, raw
