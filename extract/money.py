"""Amounts of money in text, in plain units of their currency; an amount that can be read in two ways is not returned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.fact import Quantity
from extract.numerals import GAP, Figure, Numeral, bounds, numerals, scale

_CODES = (
    "USD EUR GBP INR JPY CNY KRW CHF SEK NOK DKK ISK BRL AED SAR QAR KWD BHD OMR ILS TRY RUB PLN CZK HUF RON BGN UAH "
    "AUD CAD NZD HKD SGD TWD MXN CLP COP PEN ARS ZAR NGN KES EGP MAD GHS THB MYR IDR PHP VND PKR BDT LKR KZT"
).split()
_LETTERED = {
    "US$": "USD", "U.S.$": "USD", "US $": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "CDN$": "CAD",
    "HK$": "HKD", "S$": "SGD", "SG$": "SGD", "NZ$": "NZD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "JP¥": "JPY",
    "CN¥": "CNY", "RMB": "CNY", "RMB¥": "CNY", "Rs.": "INR", "Rs": "INR", "RM": "MYR", "Rp": "IDR", "SFr": "CHF",
    "SFr.": "CHF", "zł": "PLN",
}  # fmt: skip
_SIGNS = {
    "$": "$", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "¥", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₪": "ILS",
    "฿": "THB", "₫": "VND", "₱": "PHP", "₦": "NGN", "₴": "UAH", "₸": "KZT", "৳": "BDT",
}  # fmt: skip
_SCALED = {"T": 3, "K": 3, "k": 3, "M": 6, "m": 6, "B": 9, "bn": 9}
_DOLLARS = {
    "us": "USD", "u.s.": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD", "hong kong": "HKD",
    "singapore": "SGD", "new zealand": "NZD", "taiwan": "TWD", "new taiwan": "TWD",
}  # fmt: skip
_NAMES = {
    "euro": "EUR", "pound sterling": "GBP", "british pound": "GBP", "pound": "GBP", "indian rupee": "INR",
    "rupee": "INR", "pakistani rupee": "PKR", "yen": "JPY", "japanese yen": "JPY", "yuan": "CNY",
    "chinese yuan": "CNY", "renminbi": "CNY", "won": "KRW", "korean won": "KRW", "south korean won": "KRW",
    "swiss franc": "CHF", "kronor": "SEK", "swedish kronor": "SEK", "swedish krona": "SEK", "swedish crown": "SEK",
    "norwegian kroner": "NOK", "norwegian krone": "NOK", "norwegian crown": "NOK", "danish kroner": "DKK",
    "danish krone": "DKK", "danish crown": "DKK", "reais": "BRL", "brazilian real": "BRL", "uae dirham": "AED",
    "emirati dirham": "AED", "saudi riyal": "SAR", "qatari riyal": "QAR", "rand": "ZAR", "baht": "THB",
    "thai baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "zloty": "PLN", "złoty": "PLN", "zlotys": "PLN",
    "forint": "HUF", "czech koruna": "CZK", "czech crown": "CZK", "turkish lira": "TRY", "mexican peso": "MXN",
    "philippine peso": "PHP", "chilean peso": "CLP", "colombian peso": "COP", "israeli shekel": "ILS",
    "shekel": "ILS", "rouble": "RUB", "ruble": "RUB", "dong": "VND", "naira": "NGN", "hryvnia": "UAH", "taka": "BDT",
}  # fmt: skip
#: Names that are common words as well: they are money only behind a scale word.
_NEEDS_SCALE = {"pound", "won", "rand", "dong", "taka", "real"}
_DECIMAL_POINT = set(
    "USD GBP INR JPY CNY KRW AUD CAD NZD HKD SGD TWD MXN AED SAR ILS THB MYR PHP PKR BDT LKR".split()
)


def _alternatives(names: Sequence[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_CODE, _SIGN, _LETTER = _alternatives(_CODES), "|".join(map(re.escape, _SIGNS)), _alternatives(list(_LETTERED))
_CURRENCY = rf"(?<![A-Z])(?P<code>{_CODE})|(?<![A-Za-z])(?P<letters>{_LETTER})|(?P<sign>{_SIGN})"
_PREFIX = re.compile(
    rf"(?:(?<![A-Za-z])(?P<scaled>[TKMmk](?:{_CODE}|€|\$)|(?:{_CODE}|€|£)(?:[mM]|bn))|{_CURRENCY})"
    rf"(?:[^\S\n]?(?:{_SIGN}))?(?:{GAP})$"
)
_SUFFIX = re.compile(
    rf"(?:{GAP}|-)(?:(?P<scaled>[TKMmk](?:{_CODE}|€))(?!\w)"
    rf"|(?P<code>{_CODE})(?![A-Z])|(?P<letters>RMB|zł)(?!\w)|(?P<sign>[€£₹¥₩$])"
    rf"|(?P<dollar>(?i:(?:(?:{_alternatives(list(_DOLLARS))})[\s-])?dollars?\b))"
    rf"|(?P<name>(?i:{_alternatives(list(_NAMES))})s?\b(?! of\b)))(?!{GAP}[0-9])"
)
_PREFIX_ENDS = frozenset("$€£¥łs.rRMmnp") | set(_SIGNS) | {code[-1] for code in _CODES}
_RANGE = re.compile(r"\s?(?:-|–|—|to|and)\s?")
_BETWEEN, _FROM = re.compile(r"(?i)\bbetween\s$"), re.compile(r"(?i)\bfrom\s$")
_DOLLAR_OF_TEXT = re.compile(
    r"(?i)\b(?:in|are|to)\s(?:(?:millions?|thousands?)\sof\s)?(us|u\.s\.|australian|canadian|hong kong|singapore|new zealand)"
    r"\sdollars\b[^.\n]{0,40}?(?:unless|except|[.)\n]|$)"
)
#: A scale word of another language, or one that is not known here.
_OTHER_SCALE = re.compile(r"[^\S\n]?(?i:mil|bil|tri|mrd|mld|mds)[a-zõ]*\b")
_YUAN = re.compile(r"(?i)yuan|renminbi|\bRMB\b|\bCNY\b")


@dataclass(frozen=True, slots=True)
class _Amount:
    start: int
    end: int
    number: Numeral
    power: int | None
    currency: str | None


def money(text: str, dollar: str | None = None) -> list[Figure]:
    """The amounts of money in reading order, unit = ISO 4217 code, value in plain units of it.

    `dollar` is the currency of a bare "$"; by default the one that the text declares ("in Canadian dollars"),
    else USD. A bare "¥" is JPY, and not read where the text speaks of yuan.
    """
    plain = {"$": dollar or _declared_dollar(text) or "USD", "¥": None if _YUAN.search(text) else "JPY"}
    amounts = [_amount(text, number) for number in numerals(text)]
    figures: list[Figure] = []
    at = 0
    while at < len(amounts):
        pair = _pair(text, amounts[at], amounts[at + 1]) if at + 1 < len(amounts) else None
        figures += [each for part in pair or [(amounts[at], False)] if (each := _figure(text, *part, plain))]
        at += 2 if pair else 1
    return figures


def _declared_dollar(text: str) -> str | None:
    match = _DOLLAR_OF_TEXT.search(text) if "dollars" in text or "DOLLARS" in text else None
    return _DOLLARS[match[1].lower()] if match else None


def _amount(text: str, number: Numeral) -> _Amount:
    """The numeral with what stands around it: currency before or behind, scale word."""
    found = scale(text, number.end, money=True)
    power, end = found if found else (None, number.end)
    before = _PREFIX.search(text, max(0, number.start - 9), number.start) if _may_end_prefix(text, number) else None
    after = _SUFFIX.match(text, end)
    if after and after["name"] and power is None and after["name"].lower().removesuffix("s") in _NEEDS_SCALE:
        after = None
    start = before.start() if before else number.start
    currency = None
    for match in (before, after):
        if match is None:
            continue
        name, more = _currency(match)
        currency = name if currency is None or currency in "$¥" else currency
        power = more if more is not None and power is None else power
        end = max(end, match.end())
    return _Amount(start, end, number, power, currency)


def _may_end_prefix(text: str, number: Numeral) -> bool:
    at = number.start - 1
    while at >= 0 and text[at].isspace() and number.start - at <= 2:
        at -= 1
    return at >= 0 and text[at] in _PREFIX_ENDS


def _currency(match: re.Match[str]) -> tuple[str, int | None]:
    groups = match.groupdict()
    if scaled := groups["scaled"]:
        code = next((code for code in _CODES if code in scaled), None) or _SIGNS[re.sub(r"[^€$£]", "", scaled)]
        return code, _SCALED[re.sub(rf"{_CODE}|[€$£]", "", scaled)]
    if dollar := groups.get("dollar"):
        kind = " ".join(dollar.lower().replace("-", " ").split()[:-1])
        return _DOLLARS.get(kind, "$"), None
    if name := groups.get("name"):
        name = " ".join(name.lower().split())
        return _NAMES.get(name) or _NAMES[name.removesuffix("s")], None
    if sign := groups["sign"]:
        return _SIGNS[sign], None
    return groups["code"] or _LETTERED[groups["letters"]], None


def _pair(text: str, low: _Amount, high: _Amount) -> list[tuple[_Amount, bool]] | None:
    """Both ends of a range, each with the currency and scale that is written only once."""
    link = text[low.end : high.start]
    if not _RANGE.fullmatch(link) or (low.currency is None and high.currency is None):
        return None
    between = _BETWEEN.search(text, max(0, low.start - 8), low.start) is not None
    if link.strip() == "and" and not between:
        return None
    power = low.power
    if power is None and low.number.value < high.number.value:
        power = high.power
    if low.currency is None and power is None and high.power is not None:
        return None
    rising = _FROM.search(text, max(0, low.start - 5), low.start) is not None
    return [
        (replace(low, power=power, currency=low.currency or high.currency), not rising),
        (replace(high, currency=high.currency or low.currency), not rising),
    ]


def _figure(text: str, amount: _Amount, ranged: bool, plain: dict[str, str | None]) -> Figure | None:
    currency = plain.get(amount.currency, amount.currency) if amount.currency else None
    if currency is None or not _is_certain(text, amount, currency):
        return None
    qualifier, minimum, maximum = bounds(text, amount.start, amount.end)
    value = amount.number.value * Decimal(10) ** (amount.power or 0)
    quantity = Quantity(value, currency, text[amount.start : amount.end])
    return Figure(amount.start, amount.end, quantity, qualifier, minimum, maximum, ranged)


def _is_certain(text: str, amount: _Amount, currency: str) -> bool:
    number = amount.number
    if amount.power is None and _OTHER_SCALE.match(text, number.end):
        return False
    if number.form == "unreadable" or (number.form == "comma" and currency == "INR"):
        return False
    if number.form == "thousandth" and amount.power is None:
        return currency in _DECIMAL_POINT
    digits = text[number.start : number.end]
    year = len(digits) == 4 and digits[:2] in ("19", "20") and digits.isdecimal()
    named = text[amount.start : number.start].rstrip().isalpha()
    return not (year and amount.power is None and (named or amount.end > number.end))
