"""Lists of names in one text, taken apart; knows names of companies by their form only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.nameforms import is_form
from ontology import cues, regions

_NO_NAME = re.compile(
    rf"^{cues.any_of('no-company')}\b(?!.*\b{cues.any_of('company-form')}\b)",
    re.I,
)
#: Longest name, in words and in characters.
_WORDS, _CHARACTERS = 9, 80


@dataclass(frozen=True, slots=True)
class Listed:
    """A company of a list; `start` and `end` are offsets of its name, `country` the span of a place in brackets."""

    start: int
    end: int
    name: str
    country: tuple[int, int, str] | None = None


def listed(text: str, at: int) -> Iterator[Listed]:
    """The names of a list that is separated by semicolons or commas; `at` is the offset of `text`."""
    for start, stop in _pieces(text):
        lead = re.match(r"\s*(?:and\s+|&\s+|the\s+(?=[a-z]))?", text[start:stop])
        begin = start + (lead.end() if lead else 0)
        name = text[begin:stop].rstrip(" ,;")
        if name:
            yield single(name, at + begin)


def names_only(text: str, at: int) -> Iterator[Listed]:
    """Names up to the first piece that is none; a list of one word that is no name is no list."""
    kept: list[Listed] = []
    for each in listed(text, at):
        if not looks_like_name(each.name):
            break
        kept.append(each)
    capital = sum(each.name[0].isupper() or each.name[0].isdigit() for each in kept)
    if len(kept) >= 2 and capital * 2 > len(kept):
        yield from kept


def single(name: str, at: int) -> Listed:
    """One name at an offset; a place in brackets behind it is its country."""
    if name.count("(") > name.count(")"):
        name = name[: name.rindex("(")].rstrip(" ,")
    match = re.search(r"\s*\((?P<place>[^()]+)\)\s*$", name)
    if match is None or (is_form(match["place"]) and not re.fullmatch(r"[A-Z]{2}", match["place"])):
        return Listed(at, at + len(name), name)
    bare = name[: match.start()].rstrip(" ,")
    code = regions.by_code(match["place"]) if re.fullmatch(r"[A-Z]{2,3}", match["place"]) else None
    place = regions.find(match["place"]) or code
    country = (at + match.start("place"), at + match.end("place"), match["place"]) if place else None
    return Listed(at, at + len(bare), bare, country)


def looks_like_name(text: str) -> bool:
    """Whether a text has the form of a company's name: short, capitalised or a single word, no verb."""
    words = text.split()
    if not words or len(words) > _WORDS or len(text) > _CHARACTERS:
        return False
    if _NO_NAME.match(text) or text.endswith((":", "?", "!")) or not re.search(r"[^\W\d_]{2}|\d[A-Z]", text):
        return False
    if re.search(r"%|\b(?:19|20)\d\d\b|[$€£]", text) or not cues.words("no-name-word").isdisjoint(words[1:]):
        return False
    joints = cues.words("name-joint")
    lower = [word for word in words if word[0].islower() and word not in joints and not is_form(word.strip("(),"))]
    return len(lower) * 2 < len(words) or len(words) <= 2


def _pieces(text: str) -> list[tuple[int, int]]:
    if ";" in text:
        return _between(text, [match.span() for match in re.finditer(r";\s*(?:and\s+)?", text)])
    commas = [match.span() for match in re.finditer(r",\s+(?:(?:and|&)\s+)?", text) if _outside(text, match.start())]
    ends = [start for start, _ in commas[1:]]
    cuts = [
        (start, stop)
        for i, (start, stop) in enumerate(commas)
        if not is_form(text[stop : ends[i] if i < len(ends) else _form_end(text, stop)])
    ]
    tail = cuts[-1][1] if cuts else 0
    joints = [
        match for match in re.finditer(r"\s+and\s+(?=[\w“\"])", text[tail:]) if _outside(text, tail + match.start())
    ]
    if joints and not re.search(r",\s+and\s", text):
        cuts.append((tail + joints[-1].start(), tail + joints[-1].end()))
    return _between(text, cuts)


def _form_end(text: str, start: int) -> int:
    """Where a legal form that begins at `start` ends: before "and", a bracket, or the end."""
    match = re.search(r"\s+(?:and|&)\s+|\s+\(", text[start:])
    return start + match.start() if match else len(text)


def _outside(text: str, at: int) -> bool:
    return text.count("(", 0, at) <= text.count(")", 0, at)


def _between(text: str, cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return list(zip(starts, ends, strict=True))
