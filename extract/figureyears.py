"""The year that each figure of a sentence is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract import figures
from extract.toldfigures import COMPARED, Read

_YEAR = re.compile(
    r"(?<![\d.,–-])(?P<lead>(?:[A-Za-z]+[ ’']){0,3})(?:FY\s?|fiscal )?(?P<year>(?:19|"
    r"20)\d\d)(?:[/–-]\d\d)?(?![\d%]|,\d|[–-]\d{3})"
)
_BASE = re.compile(
    r"\b(?:over|from|than|than in|versus|vs|since|before|after|until|(?:compared|"
    r"relative) (?:with|to)|against|share of|level of|levels of|figure of|up to(?: "
    r"\w+)?)\s*(?:the )?$",
    re.I,
)
#: The year by which something is intended is not the one in which it was asked for.
_INTENDED = re.compile(r"\b(?:plan|intend|aim|want|hope)(?:s|ned|ed)? to [^,;]{1,60} (?:by|before|until)\s+$")
_EARLIER = re.compile(
    r"\b(?P<count>a|one|two|three|four|five|ten) years? (?:earlier|before|previously)\b|"
    r"\bthe (?:previous|preceding|prior) year\b|\bthe year before\b",
    re.I,
)
_COUNTED = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_NOW = re.compile(r"\b(?:now|today|currently|still|years? ago|so far|to date)\b", re.I)
_LAST_YEAR = re.compile(r"\b(?:last|this) year\b", re.I)
_JOINED = re.compile(r"[,;]?\s+(?:and|while|but|plus|with|or)\b", re.I)


def with_years(text: str, read: Sequence[Read], reference: str | None) -> list[Read]:
    """The figures with the year each is about."""
    known: list[Read] = []
    for i, each in enumerate(read):
        year = (
            _stated(text, read, i)
            or _earlier(text, read, i, known)
            or _ahead(text, read, i)
            or _relative(text, read, i, reference)
            or _inherited(text, read, i, known)
        )
        known.append(replace(each, year=year))
    return known


def _behind(text: str, read: Sequence[Read], i: int) -> tuple[int, str]:
    """Where the text that belongs to a figure begins and how it goes on up to the next figure, sources blanked."""
    start = read[i].figure.end
    stop = read[i + 1].figure.start if i + 1 < len(read) else len(text)
    return start, _blanked(text, read)[start:stop]


def _blanked(text: str, read: Sequence[Read]) -> str:
    spans = [(each.source.start, each.source.end) for each in read]
    spans += [(each.start, each.end) for each in figures.periods(text) if "/" not in text[each.start : each.end]]
    for first, last in spans:
        text = text[:first] + "\n" * (last - first) + text[last:]
    return text


def _stated(text: str, read: Sequence[Read], i: int) -> str | None:
    """The year behind a figure; of figures joined by "and" the year behind the last one."""
    _, after = _behind(text, read, i)
    for match in _YEAR.finditer(after):
        if re.search(r";", after[: match.start("year")]):
            return None
        ahead = after[: match.start("year")]
        if not _BASE.search(ahead) and not _INTENDED.search(ahead):
            return match["year"]
    joined = (
        i + 1 < len(read)
        and _JOINED.search(after)
        and not COMPARED.search(text[: read[i + 1].figure.start])
        and not _NOW.search(after)
    )
    if joined and ";" not in after and not _ahead(text, read, i):
        return _stated(text, read, i + 1)
    return None


def _ahead(text: str, read: Sequence[Read], i: int) -> str | None:
    """The year before a figure in its clause: "In 2030, 41% ...", "in 2027 it was 52%"."""
    start = read[i - 1].figure.end if i else 0
    before = _blanked(text, read)[start : read[i].figure.start]
    clause = re.split(r";\s", before)[-1]
    found = [
        m
        for m in _YEAR.finditer(clause)
        if re.search(r"\b(?:in|by|for|during|of|as of|at|end)\b[ \w]*$", clause[: m.start("year")], re.I)
        and not _BASE.search(clause[: m.start("year")])
    ]
    if i and found:
        stated = _stated(text, read, i - 1)
        found = [m for m in found if m["year"] != stated or m.start() > 40]
    return found[-1]["year"] if found and not re.search(r"\bup to\b", clause) else None


def _earlier(text: str, read: Sequence[Read], i: int, known: Sequence[Read]) -> str | None:
    """The year of "a year earlier", counted back from the figure before, else from the publication."""
    _, after = _behind(text, read, i)
    match = _EARLIER.search(after)
    if match is None:
        return None
    years = _COUNTED[(match["count"] or "a").lower()]
    if known and known[-1].year and COMPARED.search(text[: read[i].figure.start]):
        return str(int(known[-1].year) - years)
    date = read[i].source.source.date
    return str(int(date[:4]) - years) if date and not known and "from" not in after[: match.start()][-6:] else None


def _relative(text: str, read: Sequence[Read], i: int, reference: str | None) -> str | None:
    _, after = _behind(text, read, i)
    if reference is None or not _LAST_YEAR.search(after):
        return None
    return next((each.date[:4] for each in figures.dates(after, reference) if each.relative), None)


def _inherited(text: str, read: Sequence[Read], i: int, known: Sequence[Read]) -> str | None:
    """The year of the figure before, where this one is about the same time: "against 31% for a membrane plant"."""
    if not known:
        return None
    _, after = _behind(text, read, i)
    between = text[known[-1].figure.end : read[i].figure.start]
    if (
        _NOW.search(after)
        or _NOW.search(between)
        or (_EARLIER.search(after) and COMPARED.search(text[: read[i].figure.start]))
    ):
        return None
    return known[-1].year
