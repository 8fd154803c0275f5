"""Numbers as text writes them, with their scale words; a number that can be read in two ways is not read."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.fact import Quantity

#: One blank, one line end, or nothing: what may stand inside a figure.
GAP = r"[^\S\n]?\n?"

_TOKEN = re.compile(
    r"[0-9]{1,3}(?: [0-9]{3}(?![0-9]))+(?:,[0-9]{1,2})?(?![0-9]|[.,][0-9])|[0-9]+(?:[.,'’\u00a0\u202f\u2009][0-9]+)*"
)
_FORMS = (
    ("sure", re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|[1-9][0-9]{0,2},[0-9]{3}\.[0-9]+")),
    ("sure", re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")),
    ("group", re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")),
    ("thousandth", re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")),
    ("sure", re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")),
    ("sure", re.compile(r"[1-9][0-9]{0,2}(?:'[0-9]{3})+(?:\.[0-9]+)?|[1-9][0-9]{0,2}(?:’[0-9]{3})+(?:\.[0-9]+)?")),
)
_COMMA_FORMS = (
    ("sure", re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|\.[0-9]{3},[0-9]+)")),
    ("comma", re.compile(r"(?:0|[1-9][0-9]*),[0-9]{1,2}|0,[0-9]+|[1-9][0-9]{3,},[0-9]+")),
    ("sure", re.compile(r"[1-9][0-9]{0,2}(?:[\u00a0\u202f\u2009][0-9]{3})+(?:,[0-9]+)?")),
    ("spaced", re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:,[0-9]+)?")),
)
_COMMA_STYLE = re.compile(
    r"(?<=[0-9]),[0-9]{1,2}[^\S\n]?(?:%|€|per ?cent|[mb]illion|[mb]n\b|EUR\b)|\.[0-9]{3},[0-9]{1,2}\b"
)

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
_SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORD_VALUES = {word: Decimal(n) for n, word in enumerate(_SMALL.split(), 1)}
_WORD_VALUES |= {word: Decimal(10 * n) for n, word in enumerate(_TENS.split(), 2)}
_WORD_VALUES |= {
    f"{ten}-{one}": _WORD_VALUES[ten] + _WORD_VALUES[one] for ten in _TENS.split() for one in _SMALL.split()[:9]
}
_WORD_VALUES |= {"a": Decimal(1), "a hundred": Decimal(100), "one hundred": Decimal(100), "half a": Decimal("0.5")}
_AFTER_WORD = re.compile(r"(?:[mb]|tr)illion|crore|lakh|per ?cent")
_WORD = re.compile(
    r"(?i)(?<![\w-])(?<!\bof )(half a|(?:a|one) hundred|a|(?:(?:%s)-)?(?:%s))[\s-]$"
    % (_TENS.replace(" ", "|"), f"{_SMALL} {_TENS}".replace(" ", "|"))
)
_PART_OF_LARGER = re.compile(
    r"(?i)\b(?:%s|hundred|thousand|hundred and|thousand and|a half|and a)\s$" % f"{_SMALL} {_TENS}".replace(" ", "|")
)

_QUALIFIER = re.compile(
    r"(?i)(?:\b(?:(approximately|approx\.?|circa|ca\.|roughly|about|around|some|an estimated|estimated|nearly|almost|"
    r"close to|just over|just under|well over|well above|over|more than|greater than|higher than|above|in excess of|"
    r"exceeding|upwards? of|north of|at least|a minimum of|no less than|no fewer than|not less than|"
    r"up to|as much as|as many as|at most|a maximum of|no more than|not more than|"
    r"under|below|less than|fewer than|lower than|short of|a record|record))\s|([~≈><≥≤]))\s?$"
)
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
    """A figure at characters `start` to `end` (half-open) of the text that was searched; `quantity.text` stands there.

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


def numerals(text: str) -> list[Numeral]:
    """All numbers of the text in reading order, those that cannot be read as "unreadable"."""
    comma_style = _COMMA_STYLE.search(text) is not None
    found = [_numeral(match, text, comma_style) for match in _TOKEN.finditer(text)]
    words = [each for match in _AFTER_WORD.finditer(text) if (each := _word(text, match.start()))]
    return sorted([*found, *words], key=lambda each: each.start) if words else found


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
    for form, pattern in _FORMS:
        if pattern.fullmatch(token):
            return form, Decimal(re.sub(r"[,'’]", "", token))
    for form, pattern in _COMMA_FORMS:
        if pattern.fullmatch(token):
            return form, Decimal(re.sub(r"[.\s]", "", token).replace(",", "."))
    return "unreadable", Decimal(0)


def _word(text: str, at: int) -> Numeral | None:
    match = _WORD.search(text, max(0, at - 20), at)
    if match is None or _PART_OF_LARGER.search(text, max(0, match.start() - 20), match.start()):
        return None
    return Numeral(match.start(1), match.end(1), _WORD_VALUES[match[1].lower()], "sure")
