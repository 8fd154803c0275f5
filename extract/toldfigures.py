"""The figures of a sentence that names a source, and which of them are statistics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract import figures
from extract.attribution import Attribution
from extract.fact import Quantity
from extract.numerals import Figure, bounds, numerals, outside, scale
from extract.sentences import Sentence

COMPARED = re.compile(
    r"(?:\b(?:against|versus|vs\.?|compared (?:with|to)|up from|down from|from|instead of|"
    r"after|(?:as )?(?:opposed|against) to)\s+)(?:just |only |about |around |some |roughly |"
    r"approximately |nearly )*$",
    re.I,
)
_RATE = re.compile(r"\bCAGR\b|\bcompound(?:ed)?\b|\bannual(?:ly)? growth\b|\bgrowth rate\b", re.I)
_MARKET = re.compile(
    r"\b(?:market|industry) (?:size|value|volume|revenues?|share)\b|"
    r"\bshare of the (?:\w+ ){0,5}(?:market|revenue)\b|\bmarket\b",
    re.I,
)
_EARNINGS = re.compile(
    r"\b(?:revenues?|turnover|EBITDA|net (?:income|profit)|operating (?:profit|income|result)|"
    r"order (?:intake|book)|earnings|offer|bid|premium (?:of|over|to)|per share|valuation|"
    r"purchase price)\b",
    re.I,
)
_DEALS = re.compile(
    r"\b(?:negotiat\w+|sale of|sell(?!ing prices?\b)\w*|acqui\w+|stake|merg\w+|takeover|buy(?:s|ing)?|bought|"
    r"raise[sd]|loans?|contract|in talks)\b",
    re.I,
)
_OWN_DOING = re.compile(r"\s*(?:that\s+)?(?:it|they|we)\b(?!\s+surveyed)", re.I)
_AGE = re.compile(
    r"\b(?:aged?(?: of| between)?|older than|younger than|under the age of|over the age of|"
    r"over the (?:next|past|last)|(?:the )?(?:next|past|last|previous|first|coming)|"
    r"within(?: the)?|every|after|for(?: more than| over| at least)?|"
    r"between|minus|of(?: up to| at least| more than| over)?|than|at least every|each of the|"
    r"to)\s+(?:about |around |some |at least |more than |over |up to )?$",
    re.I,
)
_AGE_TAIL = re.compile(
    r"\s*(?:years?\s)?(?:or (?:older|younger|more|over)|of age|old|ago|earlier|later|before)\b", re.I
)
_TIMES = frozenset(
    (
        "seconds",
        "minutes",
        "hours",
        "days",
        "weeks",
        "months",
        "years",
        "degrees",
        "°C",
        "km",
        "kilometres",
        "metres",
        "m",
        "miles",
        "kW",
    )
)
_SAMPLE = re.compile(
    r"(?:\b(?:survey|poll|interview|question|ask|stud(?:y|i)|sampl|panel|"
    r"analy)\w*\s+(?:\w+\s+){0,3}|%\s+of\s+(?:the\s+|all\s+|its\s+)?|"
    r"per\s?cent\s+of\s+(?:the\s+)?|\b(?:in|across|from|among)\s+)"
    r"(?:more than |over |some |about |around |nearly |the |all )*$",
    re.I,
)
#: What stands before a figure that only says which things are counted: "firms with fewer than 250 employees".
_CLASS = re.compile(
    r"\b(?:(?:with|having|employing) (?:fewer|more|less) than|\d[^,;%]{0,60} (?:can|could|able to|capable of) [a-z]+ "
    r"(?:more than|over|up to|at least)|(?:larger|bigger|smaller|longer|shorter|heavier|taller) than)\s+$",
    re.I,
)
_PLACES = re.compile(
    r"(?:\w+ )?(?:countries|nations|states|cities|towns|markets|regions|languages|continents|"
    r"centres|centers|sites)\b",
    re.I,
)
_IN_TEN = re.compile(
    r"\b(?P<some>one|two|three|four|five|six|seven|eight|nine|"
    r"\d{1,2})(?: (?:out )?of(?: every)?| in(?: every)?|-in-)[ -]?(?P<all>three|four|five|six|"
    r"seven|eight|nine|ten|twenty|20|100|1?\d)\b(?! (?:years|months|countries))",
    re.I,
)
_FRACTION = re.compile(
    r"\b(?:(?P<lead>about|around|roughly|almost|nearly|over|more than|less than|some|"
    r"just over|just under|at least|up to)\s+)?(?P<part>half|(?:a|one)[ -]third|two[ -]thirds|"
    r"(?:a|one)[ -]quarter|three[ -]quarters|(?:a|one)[ -]fifth|two[ -]fifths|three[ -]fifths|"
    r"four[ -]fifths|(?:a|one)[ -]tenth)"
    r"(?=\s+(?:of\b|less\b|more\b|lower\b|higher\b))",
    re.I,
)
_FRACTIONS = {
    "half": "50",
    "third": "33.3",
    "thirds": "66.7",
    "quarter": "25",
    "quarters": "75",
    "fifth": "20",
    "tenth": "10",
}
_SMALL = {
    word: n
    for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
} | {"twenty": 20}
_BARE_AFTER = re.compile(
    r"\b(?:against|versus|compared (?:with|to)|up from|down from|from|to|at|of|reach\w*|was|"
    r"were|is|are|after|totalled|totaled|by|exceed\w*|hit|number(?:ed|s)|surpass\w*|pass(?:ed|es)|"
    r"than|counted)\s+"
    r"(?:just |only |about |around |some |roughly |approximately |nearly |almost |over |"
    r"more than |a record |an estimated )*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Read:
    """A figure of a sentence with what is known of it so far."""

    figure: Figure
    source: Attribution
    year: str | None = None


def figures_of(text: str, told: Sequence[Attribution]) -> list[Figure]:
    """The figures of a sentence outside of its sources: money, percentages, counts, parts in words, bare numbers."""
    spans = [(each.start, each.end) for each in told]
    sure = sorted([*figures.money(text), *figures.percent(text), *_parts(text)], key=lambda each: each.start)
    sure = sorted([*sure, *figures.counts(text, sure)], key=lambda each: each.start)
    sure = [each for i, each in enumerate(sure) if not i or each.start >= sure[i - 1].end]
    found = sorted([*sure, *_bare(text, sure)], key=lambda each: each.start)
    return [each for each in found if not any(start <= each.start < end for start, end in spans)]


def _parts(text: str) -> Iterator[Figure]:
    """Shares in words: "7 in 10 Belgians" is 70 percent, "a quarter less" 25, "two thirds of" 66.7."""
    for match in _IN_TEN.finditer(text):
        some, whole = (_SMALL.get(match[name].lower()) or int(match[name]) for name in ("some", "all"))
        if 0 < some < whole:
            share = (Decimal(100) * some / whole).quantize(Decimal("0.1"))
            yield Figure(
                match.start(),
                match.end(),
                Quantity(share, "percent", match.group()),
                bounds(text, match.start(), match.end())[0],
            )
    for match in _FRACTION.finditer(text):
        words = re.split(r"[ -]", match["part"].lower())
        share = Decimal(_FRACTIONS[words[-1]]) * (
            {"two": 2, "three": 3, "four": 4}.get(words[0], 1) if words[-1] == "fifths" else 1
        )
        start = match.start("part")
        yield Figure(
            start, match.end(), Quantity(share, "percent", match["part"]), bounds(text, start, match.end())[0]
        )


def _bare(text: str, sure: Sequence[Figure]) -> Iterator[Figure]:
    """Numbers without a noun that go on from a figure or carry a scale: "against 27", "reached 6.9 million"."""
    for number in numerals(text):
        if not outside(number.start, sure) or number.form in ("unreadable", "spaced", "comma", "thousandth"):
            continue
        scaled = scale(text, number.end)
        power, end = scaled if scaled else (0, number.end)
        digits = text[number.start : number.end]
        before = [each for each in sure if each.end <= number.start and each.quantity.unit not in ("years", "months")]
        last = before[-1] if before else None
        large = bool(scaled) or "," in digits
        if (
            not _BARE_AFTER.search(text[: number.start])
            or re.match(r"[\w%°/]|-\w|\.\d", text[end:])
            or (not large and re.fullmatch(r"(?:19|20)\d\d", digits))
        ):
            continue
        comparing = (
            last is not None
            and last.quantity.unit != "percent"
            and len(last.quantity.unit) != 3
            and bool(COMPARED.search(text[: number.start]))
        )
        if not large and not comparing:
            continue
        unit = last.quantity.unit if last and comparing else "count"
        qualifier, minimum, maximum = bounds(text, number.start, end)
        quantity = Quantity(number.value * Decimal(10) ** power, unit, text[number.start : end])
        yield Figure(number.start, end, quantity, qualifier, minimum, maximum, noun=last.noun if last else "")


def source_of(figure: Figure, told: Sequence[Attribution]) -> Attribution | None:
    """The source of a figure: the last one named before it, else the next one behind it."""
    covering = [each for each in told if each.first <= figure.start < each.last]
    ahead = [each for each in covering if each.start <= figure.start]
    return ahead[-1] if ahead else covering[0] if covering else None


def is_statistic(sentence: Sentence, figure: Figure, told: Attribution) -> bool:
    """Whether a sourced figure stands for itself: no size or rate of the market, age, sample or span of time."""
    text, unit = sentence.text, figure.quantity.unit
    before, after = text[max(0, told.first if told.first <= figure.start else 0) : figure.start], text[figure.end :]
    clause = re.split(r"[;:]\s", before)[-1]
    near = clause[-60:] + text[figure.start : figure.end] + re.split(r"[,;]", after)[0][:60]
    if _RATE.search(near) or _is_of_market(sentence, figure, near, clause):
        return False
    if unit in _TIMES and not _likewise(text, figure, unit) and (_AGE.search(before) or _AGE_TAIL.match(after)):
        return False
    if len(unit) != 3 and unit != "percent" and _CLASS.search(re.split(r"[,;]\s", before)[-1]):
        return False
    if re.search(r"\baged?\b[^,;%]{0,20}$", before) or re.match(r"\s*(?:percentage )?points?\b", after):
        return False
    if unit == "count" and (
        _SAMPLE.search(text[: figure.start])
        and (
            _PLACES.match(figure.noun)
            or "%" in before[-8:]
            or "cent of" in before[-14:]
            or re.search(r"survey|poll|interview|question|sampl", before[-40:], re.I)
        )
    ):
        return False
    if _OWN_DOING.match(text[told.end : told.end + 20]) and told.start < figure.start:
        return False
    return not (len(unit) == 3 and unit.isupper() and (_EARNINGS.search(near) or _DEALS.search(clause)))


def _likewise(text: str, figure: Figure, unit: str) -> bool:
    """Whether a span of time goes on from another one: "fell by 13 minutes, and came 26 minutes earlier"."""
    return bool(re.search(rf"\bby [\d.,]+ {unit}\b[^;]{{0,80}}$", text[: figure.start]))


def _is_of_market(sentence: Sentence, figure: Figure, near: str, clause: str) -> bool:
    unit = figure.quantity.unit
    if len(unit) == 3 and unit.isupper():
        masked = any(figure.start - 80 < start < figure.end + 40 for start, _ in sentence.masked)
        named = re.search(r"\bmarkets?\b", near + clause, re.I) is not None
        return named or (masked and re.search(r"\bmarket", sentence.text, re.I) is not None)
    return unit == "percent" and bool(_MARKET.search(near)) and not re.search(r"\blabou?r market\b", near, re.I)
