"""A document's lines with their list markers, numbers and cells; says nothing about sections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.document import Document
from ontology import cues

_BULLETS = "•·▪●◦○‣∙■□➢➤►▸▶✓✔»*"
_SCALE = rf"{cues.any_of('number-scale')}\b"
_NUMBER = "|".join(
    (
        rf"(?:Chapter[\s\u00a0]+)?\d{{1,2}}(?:\.\d{{1,2}})+\.?[\s\u00a0]*(?=[^\W\d_])(?!{_SCALE})",
        r"(?:Chapter[\s\u00a0]+)?\(?\d{1,2}[.)][\s\u00a0]*(?=[^\d\s%])",
        rf"\d{{1,2}}[\s\u00a0]+(?=[A-Z])(?!{_SCALE})",
        r"\d{1,2}(?=[A-Z][^\W\d_]+[ \w])",
        r"\(?[a-z][.)][\s\u00a0]+(?=\S)",
        r"\(?[ivx]{1,4}[.)][\s\u00a0]+(?=\S)",
        r"\#{1,6}[\s\u00a0]+(?=\S)",
    )
)
_MARKER = re.compile(
    rf"(?P<space>[\s\u00a0\ufeff]*)(?:(?P<bullet>[{_BULLETS}§–—-])[\s\u00a0]+(?=\S)|(?P<tight>[{_BULLETS}§])(?=\S)"
    rf"|(?P<letter>o)[\s\u00a0]+(?=\S)|(?P<number>{_NUMBER}))?"
)
_SENTENCE_END = re.compile(r"[.!?][”\"')\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text that is not blank.

    `start` and `end` are the offsets of its content, without list marker and surrounding space; `marker` is the
    bullet ("•", "o", "§", "-") or number ("1.2") before it; `indent` counts the characters before the marker;
    `blanks` counts the blank lines before it.
    """

    start: int
    end: int
    text: str
    marker: str
    numbered: bool
    indent: int
    blanks: int

    @property
    def bullet(self) -> bool:
        """Whether the line is a list item by its marker."""
        return bool(self.marker) and not self.numbered

    @property
    def prose(self) -> bool:
        """Whether the line holds a sentence, not a heading, an item or a cell."""
        words = len(self.text.split())
        if words < 4 or self.cells or self.text.count("·") > 1:
            return False
        ended = bool(_SENTENCE_END.search(self.text)) and not _ABBREVIATED.search(self.text)
        told = words >= 9 and bool(_FINITE.search(self.text)) and not self.text.endswith(":")
        return (
            (ended and words >= 5) or words >= 24 or told or bool(_INNER_SENTENCE.search(self.text) and words >= 10)
        )

    @property
    def cells(self) -> tuple[tuple[int, str], ...]:
        """The cells of a table row as (offset of the cell, text); empty where the line is no row."""
        ruled = "\t" in self.text or " | " in self.text or self.text.startswith("|")
        if not ruled and not (len(self.text) < 160 and _SPACED.search(self.text)):
            return ()
        found = []
        for cell in re.finditer(r"[^\t|]+" if ruled else r"\S+(?: \S+)*", self.text):
            text = cell.group().strip(" \u00a0")
            if text and not re.fullmatch(r"[-:\s]+", text):
                found.append((self.start + cell.start() + cell.group().index(text), text))
        return tuple(found) if len(found) > 1 else ()


_ABBREVIATED = re.compile(rf"\b{cues.any_of('line-abbreviation')}\.$", re.I)
_FINITE = re.compile(rf" {cues.any_of('finite')} (?:\w+ ){{0,2}}?{cues.any_of('finite-complement')}\b")
#: Columns set apart by blanks; two blanks behind a full stop only end a sentence.
_SPACED = re.compile(r"[^\s.!?:;,] {2,}\S")
_INNER_SENTENCE = re.compile(r"[a-z0-9%)]{2}\. [A-Z]")


def lines(document: Document) -> Iterator[Line]:
    """The lines of a document that are not blank, in order."""
    blanks = 0
    for match in re.finditer(r"[^\r\n\u2028\u000b\u000c]+|\r\n?|\n", document.text):
        raw = match.group()
        if raw in ("\r\n", "\r", "\n"):
            blanks += 1
            continue
        if not raw.strip(" \u00a0\t\ufeff"):
            continue
        yield _line(raw, match.start(), max(blanks - 1, 0))
        blanks = 0


def _line(raw: str, offset: int, blanks: int) -> Line:
    marker = _MARKER.match(raw)
    begin = marker.end() if marker else 0
    lead = marker["space"] if marker else ""
    content = raw[begin:]
    kept = content.strip(" \u00a0\t\ufeff")
    start = offset + begin + content.index(kept)
    number = marker["number"] if marker else None
    shown = (marker["bullet"] or marker["tight"] or marker["letter"] or number or "") if marker else ""
    heading = shown.startswith("#")
    return Line(
        start=start,
        end=start + len(kept),
        text=kept,
        marker="" if heading else shown.strip(),
        numbered=bool(number) and not heading,
        indent=len(lead.replace("\ufeff", "").replace("\t", "    ")),
        blanks=blanks,
    )
