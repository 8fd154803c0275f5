"""Reads documents whose text carries its annotation: "=== name | industry | genre", "EVENTS: ...", text with marks.

A mark `{1.acquirer,2.company|Orvane AG}` says which roles a name has in which events; in `{1.acquirer=Orvane AG|the
group}` a description or pronoun stands for it; `{1.acquirer=Orvane AG|}` is somebody who takes part in what a
sentence tells without being mentioned there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.document import Document
from tests.extract import gate

FOLDER = gate.DATA / "gold" / "marked"
_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]*)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A participant at characters `start` to `end` (half-open; empty where it is not mentioned) of a document."""

    start: int
    end: int
    kind: str
    role: str
    name: str
    refers: bool


def documents(path: Path) -> Iterator[tuple[Document, list[Mark]]]:
    """The documents of a file with their marks."""
    for block in re.split(r"(?m)^=== ", path.read_text("utf-8"))[1:]:
        head, _, rest = block.partition("\n")
        events, _, body = rest.partition("\n")
        kinds = {n: kind for n, kind, _ in (event.split() for event in events[7:].split(";") if event.strip())}
        yield _document(head.partition("|")[0].strip(), kinds, body)


def _document(name: str, kinds: dict[str, str], body: str) -> tuple[Document, list[Mark]]:
    text, marks, last = "", [], 0
    for mark in _MARK.finditer(body):
        text += body[last : mark.start()]
        labels, _, meant = mark[1].partition("=")
        for number, _, role in (label.strip().partition(".") for label in labels.split(",")):
            bearer = (meant or mark[2]).strip()
            refers = bool(meant) and bool(mark[2]) and meant != mark[2]
            marks.append(Mark(len(text), len(text) + len(mark[2]), kinds[number], role, bearer, refers))
        text, last = text + mark[2], mark.end()
    return Document(name, text + body[last:]), marks
