"""Counts and measures in text: a number and what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.fact import Quantity
from extract.numerals import Figure, Numeral, bounds, is_year, numerals, outside, scale

#: A measure a line, as it is recorded, with its further spellings.
_MEASURE_TABLE = """
seconds: second
minutes: minute
hours: hour
days: day
weeks: week
months: month
years: year
times: fold
degrees
tons: ton
tonnes: tonne, metric tons, metric tonnes
barrels: barrel
watts: watt
horsepower
gallons: gallon
bushels: bushel
carats: carat
acres: acre
hectares: hectare
miles: mile
litres: liters, litre, liter
kilometres: kilometre, kilometers, kilometer, km
metres: metre, meters, meter
kilograms: kilogram, kilogrammes, kilos, kg
square feet: sq ft, sqft
square metres: square meters, sq m, sqm, m², m2
cubic metres: cubic meters, cubic metre, cubic meter, m³, m3
kW: kilowatts
MW: megawatts
GW: gigawatts
kWh: kilowatt-hours, kilowatt hours
MWh: megawatt-hours, megawatt hours
GWh: gigawatt-hours, gigawatt hours
TWh: terawatt-hours, terawatt hours
"""
_MEASURES = {
    spelling.strip(): unit
    for unit, _, spellings in (line.partition(":") for line in _MEASURE_TABLE.strip().splitlines())
    for spelling in (unit, *spellings.split(","))
    if spelling
}
_SYMBOL_TABLE = """
W kW MW GW TW kWh MWh GWh TWh kWp MWp GWp kV MVA kVA kHz MHz GHz kbps Mbps Gbps kB MB GB TB PB
HP hp dB dBA nm mm cm mg ml mtpa bpd °C
"""
_SYMBOLS = frozenset(_SYMBOL_TABLE.split())
#: Words that end or forbid a noun behind a number.
_STOP_TABLE = """
a about above after ago all also although among an and any are as at be because been before being below between both
but by can could did do does during each either every following for from had has have he her his however if in into
is it its less may might more most must nearly no nor not of off on once one only onto or our out over own per percent
pct percentage points point plus respectively shall she should since so some such than that the their them then there
these they this those through throughout thus to too toward towards under until up upon versus via vs was we were what
when where whether which while who whose will with within without would am pm a.m p.m basis bps
january february march april june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec
"""
_STOP = frozenset(_STOP_TABLE.split())
_COLLECTIVE = frozenset(("people", "women", "men", "children", "staff", "personnel", "aircraft", "cattle"))
#: Capitalised words that may stand before a count; behind any other the number is part of a name ("Windows 11").
_OPENING_TABLE = """
A About Above Across All Almost Among An And Another Approximately Around At Below Between By Currently For From Has
Have In Its Just More Nearly Of Only Our Over Roughly Some Than The There These Those To Today Total Under Up
With Within
"""
_OPENING = frozenset(_OPENING_TABLE.split())
_NAME_BEFORE = re.compile(
    r"([A-Z][\w.]*|\b(?i:type|phase|stage|level|grade|class|version|page|chapter|section|figure|table|part|no\.?))\s?\Z"
)
_NOUN_WORD = re.compile(r"(?:\+?[^\S\n]\n?|\n|(?P<hyphen>-))(?P<word>[^\W\d_][\w'’/&²°-]*|°C)")
_STREETS = ("street", "avenue", "road", "lane", "boulevard", "drive", "square", "place", "way", "court", "parkway")
_OF_THEM = re.compile(r"\sof\s(?:those|these|the|its|their|our)(?=\s[^\W\d])")
_GLUED = re.compile(r"(?P<word>[A-Za-z°]{1,4})(?!\w)")
_TIMES_SIGN = re.compile(r"[^\S\n]?[x×](?!\w)")


def counts(text: str, taken: Sequence[Figure] = ()) -> list[Figure]:
    """The numbers with a noun behind them, in reading order.

    Unit is a measure ("minutes", "MW", "tonnes", "times") or `count`; `noun` holds the words that are counted.
    Years, dates, designations ("Type 2") and what `taken` covers (money and percentages, sorted) are left out.
    """
    return [each for number in numerals(text) if outside(number.start, taken) and (each := _count(text, number))]


def _count(text: str, number: Numeral) -> Figure | None:
    found = scale(text, number.end)
    power, end = found if found else (0, number.end)
    if not _is_countable(text, number, scaled=found is not None):
        return None
    unit, noun_start, noun_end = _noun(text, end, joined=end == number.end)
    if noun_end == noun_start:
        return None
    large = found is not None or "," in text[number.start : number.end]
    if not large and unit == "count" and _is_label(text, number, text[noun_start:noun_end]):
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
    if is_year(text, number):
        return False
    name = _NAME_BEFORE.search(text, max(0, number.start - 16), number.start)
    return "," in digits or name is None or name[1] in _OPENING


def _is_label(text: str, number: Numeral, noun: str) -> bool:
    """Whether it is the number of a heading ("4.1 Introduction") or of a house ("21 Alder Street")."""
    line = text.rfind("\n", 0, number.start) + 1
    opens = not text[line : number.start].strip() and noun[0].isupper()
    return opens or (noun[0].isupper() and noun.rsplit(None, 1)[-1].lower() in _STREETS)


def _noun(text: str, at: int, *, joined: bool) -> tuple[str, int, int]:
    """Unit and place of the words that are counted behind a number which ends at `at`; an empty place if none are."""
    if match := _TIMES_SIGN.match(text, at):
        return "times", match.end() - 1, match.end()
    if joined and (match := _GLUED.match(text, at)):
        word = match["word"]
        unit = word if word in _SYMBOLS else _MEASURES.get(word)
        return (unit, at, match.end()) if unit else ("count", at, at)
    among = _OF_THEM.match(text, at)
    words = _words(text, among.end() if among else at)
    if not words:
        return "count", at, at
    first, start, end = words[0]
    if len(words) > 1 and (unit := _MEASURES.get(f"{first} {words[1][0]}".lower())):
        return unit, start, words[1][2]
    unit = first if first in _SYMBOLS else _MEASURES.get(first.lower())
    if unit is None and text[start - 1] == "-":
        return "count", start, end
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
