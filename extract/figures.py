"""The figures of a text: money, percentages, counts and measures, periods and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.dates import Dated, Period, dateline, dates, periods
from extract.fact import Quantity
from extract.money import money
from extract.numerals import Figure, Numeral, bounds, numerals, outside, scale

_PERCENT = re.compile(
    r"[^\S\n]?%(?![^\S\n]?(?:points?|pts?)\b)|(?:[^\S\n]?\n?|-)(?:per[\s-]?cent|pct)\b(?!(?:age)?[\s-]points?\b)"
)
_PERCENT_RANGE = re.compile(r"\s?(?:-|–|—|to|and)\s?")
_BETWEEN_OR_FROM = re.compile(r"(?i)\b(between|from)\s$")
_MINUS = re.compile(r"(?:^|[\s(:])([-−–])$")

_MEASURES = {
    **{
        word: word
        for word in "seconds minutes hours days weeks months years times degrees tons barrels acres".split()
    },
    **{word + "s": word + "s" for word in "gallon bushel mile inche carat hectare ounce pound".split()},
    **dict.fromkeys(("tonnes", "tonne", "metric tons", "metric tonnes", "mt"), "tonnes"),
    **dict.fromkeys(("liters", "litres", "liter", "litre"), "litres"),
    **dict.fromkeys(("kilometres", "kilometers", "km"), "km"),
    **dict.fromkeys(("kilograms", "kilogrammes", "kilos", "kg"), "kg"),
    **dict.fromkeys(("metres", "meters"), "m"),
    **dict.fromkeys(("square feet", "sq ft", "sq. ft.", "sq. ft", "sqft"), "square feet"),
    **dict.fromkeys(("square metres", "square meters", "sq m", "sqm", "m²", "m2"), "square metres"),
    **dict.fromkeys(("megawatts",), "MW"),
    **dict.fromkeys(("gigawatts",), "GW"),
    **dict.fromkeys(("kilowatts",), "kW"),
    **dict.fromkeys(("megawatt-hours", "megawatt hours"), "MWh"),
    **dict.fromkeys(("gigawatt-hours", "gigawatt hours"), "GWh"),
    **dict.fromkeys(("terawatt-hours", "terawatt hours"), "TWh"),
    **dict.fromkeys(("kilowatt-hours", "kilowatt hours"), "kWh"),
    "°c": "°C",
    "fold": "times",
}
_SYMBOLS = frozenset(
    "W kW MW GW TW kWh MWh GWh TWh kV MVA kVA V kHz MHz GHz kbps Mbps Gbps kB MB GB TB PB nm mm cm km kg mg ml mtpa bpd".split()
)
_HYPHENATED = {word[:-1]: word for word in ("seconds", "minutes", "hours", "days", "weeks", "months", "years")}
_NOUN_WORD = re.compile(r"(?:\+?[^\S\n]\n?|\n|(?P<hyphen>-))(?P<word>[^\W\d_][\w'’/&²°-]*)")
_GLUED_SYMBOL = re.compile(r"(?P<word>[A-Za-z°µ]{1,4}[²³]?)(?![\w²³])")
_TIMES_SIGN = re.compile(r"[^\S\n]?[x×](?!\w)")
_STOP = frozenset(
    "a about above after ago all also although among an and any are as at be because been before being below between both but "
    "by can could did do does during each either every following for from had has have he her his however if in into is it its "
    "less may might more most must nearly no nor not of off on once one only onto or our out over own per percent pct percentage "
    "points point plus respectively shall she should since so some such than that the their them then there these they this "
    "those through throughout thus to too toward towards under until up upon versus via vs was we were what when where whether "
    "which while who whose will with within without would years-old am pm a.m p.m january february march april june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec basis bps".split()
)
_COLLECTIVE = frozenset("people women men children staff personnel aircraft cattle countries".split())
_NAME_BEFORE = re.compile(
    r"([A-Z][\w.]*|(?i:\b(?:type|phase|stage|level|grade|class|version|page|chapter|section|figure|table|part|no\.?|#)))\s?$"
)
_SENTENCE_WORDS = frozenset(
    "In The Over About At Some With From Its Our And To Of For By More Nearly Almost Around Approximately All These Those A An "
    "Up Roughly Than Only Just Another Total Currently Today There Across Within Between Under Above Below Operates Has Have".split()
)


def percent(text: str) -> list[Figure]:
    """The percentages in reading order, unit `percent`, as the number written; percentage points are none."""
    signed = [(number, _PERCENT.match(text, number.end)) for number in numerals(text)]
    found: list[Figure | None] = []
    at = 0
    while at < len(signed):
        (low, low_sign), (high, high_sign) = (
            signed[at],
            signed[at + 1] if at + 1 < len(signed) else (signed[at][0], None),
        )
        low_end = low_sign.end() if low_sign else low.end
        if (
            high_sign
            and (ranged := _is_range(text, low, (low_end, high.start), open_low=not low_sign, high=high)) is not None
        ):
            found += [_share(text, low, low_end, ranged), _share(text, high, high_sign.end(), ranged)]
            at += 2
        else:
            found += [_share(text, low, low_end, False)] if low_sign else []
            at += 1
    return [each for each in found if each]


def counts(text: str, taken: Sequence[Figure] = ()) -> list[Figure]:
    """The numbers with a noun behind them, in reading order.

    Unit is a measure ("minutes", "MW", "tonnes", "times") or `count`; `noun` holds the words that are counted.
    Years, dates, designations ("Type 2") and what `taken` covers (money and percentages, sorted) are left out.
    """
    return [each for number in numerals(text) if outside(number.start, taken) and (each := _count(text, number))]


def _is_range(text: str, low: Numeral, link: tuple[int, int], *, open_low: bool, high: Numeral) -> bool | None:
    """None if the two are no pair, else whether they are a range (and not "from ... to ...")."""
    between = text[link[0] : link[1]]
    if not _PERCENT_RANGE.fullmatch(between):
        return None
    # "2 - 5%" may be a number and a heading's dash
    if open_low and (low.value >= high.value or between.strip() != between and not between.strip().isalpha()):
        return None
    before = _BETWEEN_OR_FROM.search(text, max(0, low.start - 9), low.start)
    word = before[1].lower() if before else None
    if between.strip() == "and" and word != "between":
        return None
    return word != "from"


def _share(text: str, number: Numeral, end: int, ranged: bool) -> Figure | None:
    digits = text[number.start : number.end]
    if number.form in ("unreadable", "spaced") or (digits.isdecimal() and len(digits) > 4):
        return None
    minus = _MINUS.search(text, max(0, number.start - 2), number.start)
    if minus and minus[1] == "–":
        return None
    start = minus.start(1) if minus else number.start
    qualifier, minimum, maximum = bounds(text, start, end)
    value = -number.value if minus else number.value
    return Figure(start, end, Quantity(value, "percent", text[start:end]), qualifier, minimum, maximum, ranged)


def _count(text: str, number: Numeral) -> Figure | None:
    found = scale(text, number.end)
    power, end = found if found else (0, number.end)
    if not _is_countable(text, number, scaled=found is not None):
        return None
    unit, noun_start, noun_end = _noun(text, end, joined=end == number.end)
    if noun_end == noun_start:
        return None
    qualifier, minimum, maximum = bounds(text, number.start, end)
    stop = noun_end if unit != "count" else end
    quantity = Quantity(number.value * Decimal(10) ** power, unit, text[number.start : stop])
    noun = text[noun_start:noun_end]
    return Figure(number.start, stop, quantity, qualifier, minimum, maximum, noun=" ".join(noun.split()))


def _is_countable(text: str, number: Numeral, *, scaled: bool) -> bool:
    digits, before = text[number.start : number.end], text[max(0, number.start - 1) : number.start]
    if number.form in ("unreadable", "spaced") or (number.form in ("comma", "thousandth") and not scaled):
        return False
    if before.isalnum() or before in ("/", "-", "–", "#", ":", "$", "€", "£", "_"):
        return False
    if digits[0].isalpha() or scaled:
        return scaled
    if len(digits) == 4 and digits.isdecimal() and digits[:2] in ("19", "20"):
        return False
    name = _NAME_BEFORE.search(text, max(0, number.start - 16), number.start)
    return "," in digits or name is None or name[1] in _SENTENCE_WORDS


def _noun(text: str, at: int, *, joined: bool) -> tuple[str, int, int]:
    """Unit and place of the words that are counted behind a number which ends at `at`; an empty place if none are."""
    if match := _TIMES_SIGN.match(text, at):
        return "times", match.end() - 1, match.end()
    if joined and (match := _GLUED_SYMBOL.match(text, at)):
        word = match["word"]
        return (word, at, match.end()) if word in _SYMBOLS else ("count", at, at)
    words = _words(text, at)
    if not words:
        return "count", at, at
    first, start, end = words[0]
    if len(words) > 1 and (unit := _MEASURES.get(f"{first} {words[1][0]}".lower())):
        return unit, start, words[1][2]
    unit = first if first in _SYMBOLS else _MEASURES.get(first.lower())
    if unit is None and text[start - 1] == "-":
        return _HYPHENATED.get(first.split("-")[0].lower(), "count"), start, end
    return (unit, start, end) if unit else ("count", start, words[-1][2])


def _words(text: str, at: int) -> list[tuple[str, int, int]]:
    words: list[tuple[str, int, int]] = []
    while len(words) < 4 and (match := _NOUN_WORD.match(text, at)):
        word = match["word"].rstrip("'’&/-.")
        if word.lower() in _STOP or (match["hyphen"] and words):
            break
        at = match.start("word") + len(word)
        words.append((word, match.start("word"), at))
        if word.lower() in _COLLECTIVE or (word.endswith("s") and not word.endswith(("ss", "us", "is"))):
            break
    return words


__all__ = ["Dated", "Figure", "Period", "counts", "dateline", "dates", "money", "percent", "periods"]
