"""Numbers as text writes them, with their scale words; a number that can be read in two ways is not read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from extract.fact import Quantity

#: One blank, one line end, or nothing: what may stand inside a figure.
GAP = r"[^\S\n]?\n?"

_TOKEN = re.compile(r"[0-9](?:[0-9]*(?:[.,'’\u00a0\u202f\u2009][0-9]+)*)")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3}(?![0-9]))+(?:,[0-9]{1,2})?(?![0-9]|[.,][0-9])")
_FORM = re.compile(
    r"(?P<sure>(?:0|[1-9][0-9]*)(?:\.(?:[0-9]{1,2}|[0-9]{4,}))?|(?:0|[1-9][0-9]{3,})\.[0-9]{3}"
    r"|[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?"
    r"|[1-9][0-9]{0,2}(?:(?:'[0-9]{3})+|(?:’[0-9]{3})+)(?:\.[0-9]+)?)"
    r"|(?P<group>[1-9][0-9]{0,2},[0-9]{3})|(?P<thousandth>[1-9][0-9]{0,2}\.[0-9]{3})"
    r"|(?P<european>[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|\.[0-9]{3},[0-9]+)"
    r"|[1-9][0-9]{0,2}(?:[\u00a0\u202f\u2009][0-9]{3})+(?:,[0-9]+)?)"
    r"|(?P<comma>(?:0|[1-9][0-9]*),[0-9]{1,2}|0,[0-9]+|[1-9][0-9]{3,},[0-9]+)"
    r"|(?P<spaced>[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?)"
)
_NO_GROUPS = str.maketrans("", "", ",'’")
_DECIMAL_COMMA = re.compile(r",(?<=[0-9],)[0-9]{1,2}(?:[^\S\n]?(?:%|€|per ?cent|[mb]illion|[mb]n\b|EUR\b))")

_POWERS = {
    **dict.fromkeys(("thousand", "k"), 3),
    **dict.fromkeys(("lakh", "lac"), 5),
    **dict.fromkeys(("million", "m", "mm", "mn", "mln", "mio", "mil"), 6),
    **dict.fromkeys(("crore", "cr"), 7),
    **dict.fromkeys(("billion", "b", "bn", "bln", "bil"), 9),
    **dict.fromkeys(("thousand crore",), 10),
    **dict.fromkeys(("trillion", "t", "tn", "trn", "lakh crore", "million million"), 12),
    "thousand million": 9,
    "thousand billion": 12,
}
_WORDS = r"(?i:thousand (?:crore|million|billion)|lakh crore|thousand|million|billion|trillion|lakh|lac|crore)"
#: Scale words that mean nothing but a scale, whatever is counted.
_WORD_SCALE = re.compile(rf"(?:[^\S\n]?\n?|-)(?:({_WORDS})s?(?![a-z])|((?i:mln|bln|bn|mn))\b|(k)\b)")
#: Those of money: "m" is millions there, not metres.
_MONEY_SCALE = re.compile(
    rf"(?:[^\S\n]?\n?|-)(?:({_WORDS})s?(?![a-z])|((?i:mln|bln|trn|mio|mil|bil|mm|mn|bn|tn|cr))(?![a-z0-9])|([kKmMbB]|T)\b)"
)
_ONES = "one two three four five six seven eight nine ten eleven twelve"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORD_VALUES = {word: Decimal(n) for n, word in enumerate(_ONES.split(), 1)}
_WORD_VALUES |= {word: Decimal(10 * n) for n, word in enumerate(_TENS.split(), 2)}
_WORD_VALUES |= {
    f"{ten}-{one}": _WORD_VALUES[ten] + _WORD_VALUES[one] for ten in _TENS.split() for one in _ONES.split()[:9]
}
_WORD_VALUES |= {"a": Decimal(1), "a hundred": Decimal(100), "one hundred": Decimal(100), "half a": Decimal("0.5")}
#: What a number in words stands before; a sole number in words is none here ("one of them").
_AFTER_WORD = ("illion", "crore", "lakh", "cent")
_ANY_WORD = "|".join(sorted(_WORD_VALUES, key=len, reverse=True))
_WORD = re.compile(rf"(?i)(?<![\w-])(?<!\bof )({_ANY_WORD})[\s-](?:[mb]|tr|per|per )?\Z")
_PART_OF_LARGER = re.compile(rf"(?i)\b(?:{_ANY_WORD}|hundred|thousand|hundred and|thousand and|a half|and a)\s\Z")

_QUALIFIER = re.compile(
    r"(?i)(?:\b(?:(approximately|approx\.?|circa|ca\.|roughly|about|around|some|an estimated|estimated|nearly|almost|"
    r"close to|just over|just under|well over|well above|over|more than|greater than|higher than|above|in excess of|"
    r"exceeding|upwards? of|north of|at least|a minimum of|no less than|no fewer than|not less than|"
    r"up to|as much as|as many as|at most|a maximum of|no more than|not more than|"
    r"under|below|less than|fewer than|lower than|short of|a record|record))\s|([~≈><≥≤]))\s?\Z"
)
_LINK = re.compile(r"\s?(?:-|–|—|to|and)\s?")
_LINK_HEAD = re.compile(r"(?i)\b(between|from)\s\Z")
_SAME = {
    **dict.fromkeys(("approx", "approx.", "circa", "ca.", "some", "~", "≈"), "approximately"),
    **dict.fromkeys(("an estimated",), "estimated"),
    **dict.fromkeys((">",), "more than"),
    **dict.fromkeys(("<",), "less than"),
    **dict.fromkeys(("≥", "a minimum of", "no less than", "no fewer than", "not less than"), "at least"),
    **dict.fromkeys(("≤", "at most", "a maximum of", "no more than", "not more than"), "up to"),
    "a record": "record",
}
_OR_MORE = re.compile(r"\+(?![0-9])|[^\S\n]or (?:more|above|higher)\b|[ -]plus\b")
_OR_LESS = re.compile(r"[^\S\n]or (?:less|below|lower|fewer)\b")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in the text: characters `start` to `end` (without scale word), `value` as far as digits tell it.

    `form` says how certain the reading is: "sure"; "group" (1,635), "thousandth" (1.635), "comma" (1,5) and
    "spaced" (1 635) need more context; "unreadable" never gives a figure.
    """

    start: int
    end: int
    value: Decimal
    form: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at characters `start` to `end` (half-open) of the text searched, where `quantity.text` stands.

    `qualifier` is the word before it ("approximately", "over", "record"), normalised where several mean the same;
    `minimum` and `maximum` say that it is a bound ("at least", "up to"); `range` that it is an end of a range
    ("4.1-4.5"); `noun` is what is counted or measured, as written, and empty for money and percent.
    """

    start: int
    end: int
    quantity: Quantity
    qualifier: str | None = None
    minimum: bool = False
    maximum: bool = False
    range: bool = False
    noun: str = ""


class Range(Enum):
    """How two figures are linked: as the ends of a range, or as a way "from ... to ..."."""

    ENDS = "ends"
    WAY = "way"


@lru_cache(maxsize=4)
def numerals(text: str) -> tuple[Numeral, ...]:
    """All numbers of the text in reading order, those that cannot be read as "unreadable"."""
    comma_style = _DECIMAL_COMMA.search(text) is not None
    found: list[Numeral] = []
    for match in _TOKEN.finditer(text):
        if not found or match.start() >= found[-1].end:
            spaced = _SPACED.match(text, match.start()) if text.startswith(" ", match.end()) else None
            found.append(_numeral(spaced or match, text, comma_style))
    words = [each for part in _AFTER_WORD for at in _places(text, part) if (each := _word(text, at))]
    return tuple(sorted([*found, *words], key=lambda each: each.start)) if words else tuple(found)


def link(text: str, start: int, end: int, next_start: int) -> Range | None:
    """How a figure at `start` to `end` is linked with the next one; None where the two have nothing to do."""
    match = _LINK.fullmatch(text, end, next_start) if next_start - end < 6 else None
    before = _LINK_HEAD.search(text, max(0, start - 9), start) if match else None
    head = before[1].lower() if before else None
    if match is None or (match[0].strip() == "and" and head != "between"):
        return None
    return Range.WAY if head == "from" else Range.ENDS


def is_year(text: str, number: Numeral) -> bool:
    """Whether the number is written as a year is: four digits from 1900 on."""
    digits = text[number.start : number.end]
    return len(digits) == 4 and digits.isdecimal() and digits[:2] in ("19", "20")


def scale(text: str, at: int, money: bool = False) -> tuple[int, int] | None:
    """The power of ten of the scale word that follows a number which ends at `at`, and where that word ends."""
    match = (_MONEY_SCALE if money else _WORD_SCALE).match(text, at)
    if match is None or (match[3] and match[3] in "kT" and match.start(3) != at):
        return None
    word = " ".join((match[1] or match[2] or match[3]).lower().split())
    return _POWERS[word], match.end()


def bounds(text: str, start: int, end: int) -> tuple[str | None, bool, bool]:
    """Qualifier, minimum and maximum of a figure at `start` to `end`, after the words around it."""
    match = _QUALIFIER.search(text, max(0, start - 20), start)
    word = " ".join((match[1] or match[2]).lower().split()) if match else None
    word = _SAME.get(word, word) if word else None
    minimum = word == "at least" or _OR_MORE.match(text, end) is not None
    return word, minimum, word in ("up to", "as much as", "as many as") or _OR_LESS.match(text, end) is not None


def outside(start: int, taken: Sequence[Figure]) -> bool:
    """Whether no figure of the sorted `taken` covers the character at `start`."""
    at = bisect_left(taken, start + 1, key=lambda each: each.start)
    return at == 0 or taken[at - 1].end <= start


def _numeral(match: re.Match[str], text: str, comma_style: bool) -> Numeral:
    token, start = match[0], match.start()
    form, value = _read(token)
    glued = start > 0 and (text[start - 1] in ".,'" or text[start - 1].isdecimal())
    if glued or (comma_style and form in ("group", "thousandth")):
        form = "unreadable"
    return Numeral(start, match.end(), value, form)


def _read(token: str) -> tuple[str, Decimal]:
    match = _FORM.fullmatch(token)
    if match is None or match.lastgroup is None:
        return "unreadable", Decimal(0)
    if match.lastgroup in ("sure", "group", "thousandth"):
        return match.lastgroup, Decimal(token.translate(_NO_GROUPS))
    number = Decimal(re.sub(r"[.\s]", "", token).replace(",", "."))
    return "sure" if match.lastgroup == "european" else match.lastgroup, number


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _word(text: str, at: int) -> Numeral | None:
    match = _WORD.search(text, max(0, at - 20), at)
    if match is None or _PART_OF_LARGER.search(text, max(0, match.start() - 20), match.start()):
        return None
    return Numeral(match.start(1), match.end(1), _WORD_VALUES[match[1].lower()], "sure")
