"""The market that a document is about; finds no figures of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.document import Document, Span
from extract.lines import Line
from ontology import cues

_AFTER = re.compile(rf"\s+{cues.any_of('after-market')}", re.I)
_MARKET = re.compile(rf"\b(?:Market|market|MARKET)(?:place)?\b(?!\s+{cues.any_of('no-market')})")
_WORD = re.compile(r"[^\s,;:.!?()\[\]|\"“”•>»]+$")


def find(document: Document, lines: Sequence[Line]) -> Span | None:
    """The span of the market's name ("Garden Robot Market", without "Global"), or None where there is none.

    The name that most mentions end with wins; a title, or words like "market size" behind it, count more.
    """
    first = {line.start for line in lines[:12]}
    votes: Counter[str] = Counter()
    places: dict[str, list[tuple[int, int]]] = {}
    for line in lines:
        for match in _MARKET.finditer(line.text):
            start = _name_start(line.text, match.start())
            if start == match.start():
                continue
            key = _key(line.text[start : match.end()])
            weight = 1 + 2 * bool(_AFTER.match(line.text, match.end())) + 3 * (line.start in first)
            votes[key] += weight
            places.setdefault(key, []).append((line.start + start, line.start + match.end()))
    if not votes:
        return None
    best = max(votes, key=lambda key: (votes[key], len(key)))
    if votes[best] < 4:
        return None
    return document.span(*_nicest(document, places[best]))


def _key(name: str) -> str:
    return " ".join(re.sub(r"[-‐‑–]", " ", name.casefold()).split())


def _nicest(document: Document, places: list[tuple[int, int]]) -> tuple[int, int]:
    """The first mention in title case, else the first."""
    for start, end in places:
        name = document.text[start:end]
        if name[0].isupper() and name.endswith("Market"):
            return start, end
    return places[0]


def _name_start(text: str, market: int) -> int:
    """Where the name that ends with the word at `market` begins: at most eight words before it."""
    start, here = market, market
    for _ in range(8):
        before = text[:here].rstrip(" \u00a0")
        if len(before) == len(text[:here]):
            break
        word = _WORD.search(before)
        if not word or _stops(word.group()):
            break
        here = word.start()
        start = here
    return _without_joint(text, start, market)


def _without_joint(text: str, start: int, market: int) -> int:
    """Moves the start behind joining words that it would otherwise begin with."""
    while (match := re.match(r"(?:&|and|of|for)\s+", text[start:market])) is not None:
        start += match.end()
    return start


def _stops(word: str) -> bool:
    plain = word.strip("'’\"“”*").casefold()
    if plain in ("&", "and", "of"):
        return plain != "&"
    return plain in cues.words("before-market") or plain.endswith(("’s", "'s")) or not re.search(r"[^\W\d_]", plain)
