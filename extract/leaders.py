"""Which company leads a market, as prose tells it: largest, of companies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract import figures
from extract.claim import Claim
from extract.fact import Participant
from extract.nameforms import is_form
from extract.numerals import Figure
from extract.ranks import NOT_FIRST, told_year
from extract.rates import CAGR
from extract.sentences import Sentence
from ontology import cues

_LEADER = re.compile(
    rf"\b(?:market leader|{cues.any_of('leading')}\s+(?:\w+\s+)?{cues.any_of('supplier')}\b(?!s)|"
    rf"{cues.any_of('leads-market')})",
    re.I,
)


def find(sentence: Sentence, companies: Sequence[str]) -> Iterator[Claim]:
    """The leading company of the market that a sentence names, by a name of the report's list of players."""
    match = _LEADER.search(sentence.text)
    if match is None or NOT_FIRST.search(sentence.text[: match.start()]):
        return
    for company, start, end in _named(sentence.text, companies):
        if (end <= match.start() and match.start() - end < 90) or 0 <= start - match.end() < 12:
            yield _claim(sentence, match, company, (start, end))
            return


def _claim(sentence: Sentence, match: re.Match[str], company: str, name: tuple[int, int]) -> Claim:
    share = _share(sentence.text, match)
    year = told_year(sentence.text, share, match)
    return Claim(
        "largest",
        (),
        sentence.start + min(name[0], match.start()),
        sentence.start + max(name[1], match.end(), share.end if share else 0),
        share.quantity if share else None,
        date=str(year) if year else None,
        attributes={"of": "company"},
        others=(Participant(company, "company", "Company"),),
        rule="leader-in-prose",
        weight=0.85,
    )


def _share(text: str, match: re.Match[str]) -> Figure | None:
    """The first percentage near the rank that is no rate of growth."""
    near = (figure for figure in figures.percent(text) if abs(figure.start - match.end()) < 110)
    return next((figure for figure in near if not CAGR.search(text[figure.start - 20 : figure.end + 20])), None)


def _named(text: str, companies: Sequence[str]) -> list[tuple[str, int, int]]:
    """Where a text names one of the companies, in full or without its legal form, in order."""
    found = []
    for company in companies:
        at = next((match for short in _short_names(company) if (match := _whole_word(short, text))), None)
        if at:
            found.append((company, at.start(), at.end()))
    return sorted(found, key=lambda each: each[1])


def _short_names(company: str) -> Iterator[str]:
    """The name without its legal form, then as much of its beginning as still tells it."""
    words = company.replace(",", "").split()
    while len(words) > 1 and is_form(words[-1]):
        words.pop()
    shorter = (" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    yield from (" ".join(words), *(short for short in shorter if len(short) > 4))


def _whole_word(name: str, text: str) -> re.Match[str] | None:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
