"""Where a text says that a name stands for another one: renames, trading names, abbreviations in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg import names

_WORD = r"(?:[A-ZÀ-ÖØ-Þ0-9][\w&.'’+-]*\w|[A-ZÀ-ÖØ-Þ0-9]|[a-z]+[A-Z]\w*)"
_SMALL = r"(?:&|and|of|the|for|de|du|des|la|le|und|für|der)"
_NAME = rf"{_WORD}(?:(?:,? (?=(?:Inc|Ltd|LLC|Corp|PLC|L\.P)\b)| {_SMALL} | )(?:{_WORD})\.?)*"
_FORMERLY = (
    r"(?:formerly|previously|once)(?: known as| called| operating as| trading as)?|f/k/a|fka|née|"
    r"the former|which was called|then called"
)
_NOW = r"now(?: known as| called| operating as| trading as)?|today(?: known as)?"
_RENAMED = (
    r"(?:was |has been |is being |will be )?renamed(?: itself| as| to)?|changed its name to|"
    r"(?:has )?rebranded(?: itself)?(?: as| to)?|became|has become"
)
_TRADES = r"does business as|doing business as|trading as|trades as|d/b/a|dba"
_QUOTE = "[\"“”'‘’]"

#: How a wording is told, whether the left name is the one that is current, and the wording itself.
_WORDINGS = tuple(
    (
        how,
        current,
        re.compile(pattern.replace("LEFT", rf"(?P<left>{_NAME})").replace("RIGHT", rf"(?P<right>{_NAME})")),
    )
    for how, current, pattern in (
        ("formerly", "left", rf"LEFT,? \(?(?:{_FORMERLY}) RIGHT"),
        ("now", "right", rf"LEFT,? \(?(?:{_NOW}) RIGHT"),
        ("renamed", "right", rf"LEFT (?:{_RENAMED}) RIGHT"),
        ("trades as", "right", rf"LEFT,? (?:{_TRADES}) RIGHT"),
        ("in brackets", "left", rf"LEFT \((?:the )?{_QUOTE}?RIGHT{_QUOTE}?\)"),
        ("by its ticker", "left", r"LEFT \((?:NASDAQ|NYSE|AIM|LSE|TSX|ASX|OTCQX|OTCQB|NSE|BSE)\s?: ?RIGHT\)"),
    )
)


@dataclass(frozen=True, slots=True)
class Told:
    """A text says that two names stand for one: `left` is the current or full one, `how` is the kind of wording."""

    left: str
    right: str
    how: str
    quote: str


def found(text: str) -> Iterator[Told]:
    """What a text says of names that stand for one, in order of the wordings."""
    for how, current, pattern in _WORDINGS:
        for match in pattern.finditer(text):
            left, right = match["left"], match["right"].rstrip(".,")
            if names.slug(left) != names.slug(right):
                pair = (left, right) if current == "left" else (right, left)
                yield Told(*pair, how, " ".join(match[0].split()))
