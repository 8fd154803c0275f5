"""Where sentences begin and end in a text, by its lines and punctuation alone; parses nothing."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9À-Þ•])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Inc|Ltd|Corp|Co|Bros|Dr|Mr|Mrs|Ms|Prof|St|No|vs|approx|e\.g|i\.e|U\.\s?S|U\.\s?K|Jan|Feb|Mar|Apr|Jun|"
    r"Jul|Aug|Sept?|Oct|Nov|Dec|Fig|[Bb]n|[Mm]n|[Mm]io|Rs|ca|est|excl|incl))\.$"
)
_OPEN_END = re.compile(r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|of|on|or|that|the|to|with))$")
_ITEM = re.compile(r"[ \t]*(?:[-–—•*§·o▪►]\s|\d+[.)]\s|\|)")
_LEAST_WRAPPED = 45


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of a text in order, as half-open character offsets without surrounding space."""
    found = []
    for start, end in _blocks(text):
        at = start
        for stop in _END.finditer(text, start, end):
            if not _ABBREVIATION.search(text, at, stop.start() + 1):
                found.append((at, stop.end()))
                at = stop.end()
        found.append((at, end))
    return [span for span in (_stripped(text, *each) for each in found) if span[0] < span[1]]


def _blocks(text: str) -> list[tuple[int, int]]:
    """Lines, with those joined that were only wrapped."""
    blocks: list[tuple[int, int]] = []
    at, before = 0, ""
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        if _goes_on(before, line):
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((at, end))
        at, before = end, line.rstrip()
    return blocks


def _goes_on(before: str, line: str) -> bool:
    if len(before) < _LEAST_WRAPPED or before[-1] in ".!?:;" or not line.strip() or _ITEM.match(line):
        return False
    return line.lstrip()[0].islower() or bool(_OPEN_END.search(before))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def around(sentences: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The offsets of the sentence, or run of sentences, that holds `start` to `end`."""
    touched = [span for span in sentences if span[0] < end and span[1] > start]
    return min([start, *(span[0] for span in touched)]), max([end, *(span[1] for span in touched)])
