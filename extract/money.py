"""Amounts of money in text, in plain units; an amount that can be read in two ways is not returned."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from extract import currencies
from extract.currencies import Currency
from extract.fact import Quantity
from extract.numerals import Figure, Numeral, Range, bounds, is_year, link, numerals, scale

#: Currencies of countries that write a decimal point: 1.635 of them is no thousand.
_DECIMAL_POINT = frozenset(
    ("USD", "GBP", "INR", "JPY", "CNY", "KRW", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "MXN", "AED", "SAR", "ILS")
)
#: A scale word of another language.
_OTHER_SCALE = re.compile(r"[^\S\n]?(?i:mil|bil|tri|mrd|mld|mds)[a-zõ]*\b")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with the scale and currency around it, as far as they are written."""

    start: int
    end: int
    number: Numeral
    power: int | None = None
    currency: str | None = None


def money(text: str, dollar: str | None = None) -> list[Figure]:
    """The amounts of money in reading order, unit = ISO 4217 code, value in plain units of it.

    `dollar` is the currency of a bare "$"; by default the one that the text declares ("in Canadian dollars"),
    else USD. A bare "¥" is JPY, and not read where the text speaks of yuan.
    """
    plain = {"$": dollar or currencies.declared_dollar(text) or "USD", "¥": None if _has_yuan(text) else "JPY"}
    amounts = [_amount(text, number) for number in numerals(text)]
    found: list[Figure | None] = []
    at = 0
    while at < len(amounts):
        low, high = amounts[at], amounts[at + 1] if at + 1 < len(amounts) else None
        linked = link(text, low.start, low.end, high.start) if high and (low.currency or high.currency) else None
        if high and linked and (pair := _shared(text, low, high)):
            found += [_figure(text, each, plain, ranged=linked is Range.ENDS) for each in pair]
            at += 2
        else:
            found.append(_figure(text, low, plain))
            at += 1
    return _apart([each for each in found if each])


def _apart(found: list[Figure]) -> list[Figure]:
    """The amounts that share no character with a neighbour: whose currency "1 USD $1" holds cannot be told."""
    shared = {each for one, two in pairwise(found) if one.end > two.start for each in (one.start, two.start)}
    return [each for each in found if each.start not in shared]


def _has_yuan(text: str) -> bool:
    return "¥" in text and re.search(r"(?i)\b(?:yuan|renminbi|RMB|CNY)\b", text) is not None


def _amount(text: str, number: Numeral) -> _Amount:
    if number.form == "unreadable":
        return _Amount(number.start, number.end, number)
    power, end = scale(text, number.end, money=True) or (None, number.end)
    before, after = currencies.before(text, number.start), currencies.behind(text, end)
    if after and after.is_word and power is None:
        after = None
    stated = after if after and (before is None or before.code in "$¥") else before
    if stated is None or (power is None and _is_heading(text, number, before, after)):
        return _Amount(number.start, end, number, power)
    return _Amount(
        start=before.start if before else number.start,
        end=after.end if after else end,
        number=number,
        power=power if power is not None else stated.power,
        currency=stated.code,
    )


def _is_heading(text: str, number: Numeral, before: Currency | None, after: Currency | None) -> bool:
    """Whether it is a year beside the unit of a column ("USD 2025", "2025 (USD Million)"); "$2000" is an amount."""
    return is_year(text, number) and (before is None or after is not None or text[before.start].isalpha())


def _shared(text: str, low: _Amount, high: _Amount) -> tuple[_Amount, _Amount] | None:
    """Both ends of a range, with the currency and the scale that only one of them has; None if they are no pair."""
    alone = low.currency is None and low.power is None
    # "in 2030 to USD 5 billion" holds a year, "4 to 5 million euros" two amounts
    if alone and (high.start < high.number.start or is_year(text, low.number)):
        return None
    # "$500 to $1 million" is five hundred dollars, "$4 to $5 billion" four billion
    power = high.power if low.power is None and low.number.value < high.number.value else low.power
    if low.currency is None and power is None and high.power is not None:
        return None
    currency = low.currency or high.currency
    return replace(low, power=power, currency=currency), replace(high, currency=high.currency or currency)


def _figure(text: str, amount: _Amount, plain: dict[str, str | None], *, ranged: bool = False) -> Figure | None:
    currency = plain.get(amount.currency, amount.currency) if amount.currency else None
    if currency is None or not _is_certain(text, amount, currency):
        return None
    qualifier, minimum, maximum = bounds(text, amount.start, amount.end)
    value = amount.number.value * Decimal(10) ** (amount.power or 0)
    quantity = Quantity(value, currency, text[amount.start : amount.end])
    return Figure(amount.start, amount.end, quantity, qualifier, minimum, maximum, ranged)


def _is_certain(text: str, amount: _Amount, currency: str) -> bool:
    number = amount.number
    if number.form == "unreadable" or (number.form == "comma" and currency == "INR"):
        return False
    if amount.power is not None:
        return True
    return not _OTHER_SCALE.match(text, number.end) and (number.form != "thousandth" or currency in _DECIMAL_POINT)
