"""Loans and grants told by a noun in passing: "with a loan of EUR 25 million from the Rhine Bank, signed in May"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract import drafts, masks, terms
from extract.cast import participant
from extract.deals import BODIES
from extract.drafts import Draft
from extract.masks import Masked, one
from extract.names import Name
from extract.numerals import Figure
from extract.reading import Reading

_HINT = re.compile(r"\b(?:[Ll]oan|[Gg]rant|facility|revolver|credit)\b")
_NOUN = r"\b(?:loan|grant|(?:debt|loan|credit|financing) facility|revolver|credit line|line of credit)"
_LENT = re.compile(
    rf"{_NOUN}\b[^.;<>,]{{0,40}}? (?:from|by|agreed with|provided by|granted by|of(?= the <)) "
    rf"(?:a syndicate (?:headed|led) by )?{one('lender')}(?!'s)"
)
_LAST_NOUN = re.compile(rf"{_NOUN}\b")
_SUBJECT = re.compile(r"[^<>]{0,40}?<(?P<taker>\d+)>(?!'s)")
_AHEAD = re.compile(r"\b(?:will|to receive|promised|applied for|expects?|seeks?|hopes?|plans?)\b")
#: A day of signing right behind the lender: "..., signed in May 2030", "agreed with the bank in July".
_SIGNED = re.compile(r"(?:,? (?:signed|agreed|granted|concluded|taken out|arranged))?(?: (?:in|on))? ?$")
_LENDERS = BODIES | {"Region", "Country"}


def loans(reading: Reading, told: Sequence[Draft]) -> Iterator[Draft]:
    """The loans and grants of a passage that no sentence gives yet: who lends, and to whom if not said the issuer."""
    for masked in masks.telling(reading, _HINT):
        for match in _LENT.finditer(masked.text):
            lender = masked.name(match, "lender")
            taker = _taker(reading, masked, match, lender)
            if taker is not None and lender.type in _LENDERS and not _is_told(told, reading, masked, lender):
                yield _draft(reading, masked, match, (taker, lender))


def _taker(reading: Reading, masked: Masked, match: re.Match[str], lender: Name) -> Name | None:
    """Who gets the money: the company that the sentence begins with, else the issuer of the release."""
    opens = _SUBJECT.match(masked.text, 0, match.start())
    first = masked.name(opens, "taker") if opens else None
    taker = first if first is not None and first.type in BODIES else reading.speaker
    return taker if taker is not None and taker.full != lender.full else None


def _is_told(told: Sequence[Draft], reading: Reading, masked: Masked, lender: Name) -> bool:
    start, end = reading.bounds(masked.sentence)
    near = (d for d in told if d.kind == "investment" and d.start < end and start < d.end and drafts.is_whole(d))
    return any(p.name == lender.full for d in near for p in d.participants)


def _draft(reading: Reading, masked: Masked, match: re.Match[str], pair: tuple[Name, Name]) -> Draft:
    taker, lender = pair
    start, end = reading.bounds(masked.sentence)
    figure = _amount(reading, masked, lender)
    return Draft(
        kind="investment",
        participants=(participant(taker, "investee"), participant(lender, "investor")),
        start=start,
        end=end,
        rule="investment-loan",
        status="planned" if _AHEAD.search(masked.text, 0, match.start()) else "asserted",
        quantity=figure.quantity if figure else None,
        date=_day(reading, masked, lender),
    )


def _amount(reading: Reading, masked: Masked, lender: Name) -> Figure | None:
    """The amount beside the word "loan" that stands last before the lender."""
    stop = reading.doc[min(lender.start, len(reading.doc) - 1)].idx
    nouns = list(_LAST_NOUN.finditer(reading.text, masked.sentence.start_char, max(stop, masked.sentence.start_char)))
    if not nouns:
        return None
    at = nouns[-1].start()
    near = [f for f in reading.amounts if at - 45 < f.start < stop and terms.is_price(reading.text, f)]
    return min(near, key=lambda figure: abs(figure.start - at), default=None)


def _day(reading: Reading, masked: Masked, lender: Name) -> str | None:
    last = reading.doc[min(lender.end, len(reading.doc)) - 1]
    behind = (d for d in reading.dates_in(masked.sentence) if d.start > last.idx)
    return next((d.date for d in behind if _SIGNED.fullmatch(reading.text[last.idx + len(last) : d.start])), None)
