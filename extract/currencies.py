"""The currencies of market reports by code, sign and name; reads no numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.numerals import GAP, scale

_CODE_TABLE = """
USD EUR GBP INR JPY CNY KRW CHF SEK NOK DKK ISK BRL AED SAR QAR KWD BHD OMR ILS TRY RUB PLN CZK HUF RON BGN UAH
AUD CAD NZD HKD SGD TWD MXN CLP COP PEN ARS ZAR NGN KES EGP MAD GHS THB MYR IDR PHP VND PKR BDT LKR KZT
"""
_CODES = {code: code for code in _CODE_TABLE.split()}
#: Signs that stand alone. "$" and "¥" belong to several currencies: they stay as they are until the text decides.
_SIGNS = {
    "$": "$", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "¥", "₩": "KRW", "₺": "TRY", "₽": "RUB", "₪": "ILS",
    "฿": "THB", "₫": "VND", "₱": "PHP", "₦": "NGN", "₴": "UAH", "₸": "KZT", "৳": "BDT",
}  # fmt: skip
_ABBREVIATIONS = {
    "US$": "USD", "U.S.$": "USD", "US $": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "CDN$": "CAD",
    "HK$": "HKD", "S$": "SGD", "SG$": "SGD", "NZ$": "NZD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "JP¥": "JPY",
    "CN¥": "CNY", "RMB": "CNY", "Rs.": "INR", "Rs": "INR", "RM": "MYR", "Rp": "IDR", "SFr": "CHF", "SFr.": "CHF",
    "zł": "PLN",
}  # fmt: skip
#: Power of ten of a letter that is written with the currency: MSEK, TEUR, k€, EURm, £bn.
_SCALED = {"T": 3, "K": 3, "k": 3, "M": 6, "m": 6, "bn": 9}
_DOLLARS = {
    "": "$", "us": "USD", "u.s.": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD", "taiwan": "TWD",
    "hong kong": "HKD", "singapore": "SGD", "new zealand": "NZD", "new taiwan": "TWD",
}  # fmt: skip
_NAMES = {
    "euro": "EUR", "pound sterling": "GBP", "pounds sterling": "GBP", "british pound": "GBP", "pound": "GBP",
    "rupee": "INR", "indian rupee": "INR", "pakistani rupee": "PKR", "yen": "JPY", "japanese yen": "JPY",
    "yuan": "CNY", "chinese yuan": "CNY", "renminbi": "CNY", "won": "KRW", "korean won": "KRW",
    "south korean won": "KRW", "swiss franc": "CHF", "kronor": "SEK", "swedish kronor": "SEK",
    "swedish krona": "SEK", "swedish crown": "SEK", "norwegian kroner": "NOK", "norwegian krone": "NOK",
    "norwegian crown": "NOK", "danish kroner": "DKK", "danish krone": "DKK", "danish crown": "DKK", "reais": "BRL",
    "brazilian real": "BRL", "uae dirham": "AED", "emirati dirham": "AED", "saudi riyal": "SAR",
    "qatari riyal": "QAR", "rand": "ZAR", "baht": "THB", "thai baht": "THB", "ringgit": "MYR", "rupiah": "IDR",
    "zloty": "PLN", "złoty": "PLN", "forint": "HUF", "czech koruna": "CZK", "czech crown": "CZK",
    "turkish lira": "TRY", "mexican peso": "MXN", "philippine peso": "PHP", "chilean peso": "CLP",
    "colombian peso": "COP", "shekel": "ILS", "israeli shekel": "ILS", "rouble": "RUB", "ruble": "RUB",
    "dong": "VND", "naira": "NGN", "hryvnia": "UAH", "taka": "BDT",
}  # fmt: skip
_BY_NAME = {f"{name}{plural}": code for name, code in _NAMES.items() for plural in ("", "s")}
_BY_NAME |= {f"{kind} dollar{plural}".strip(): code for kind, code in _DOLLARS.items() for plural in ("", "s")}
#: Names that are common words as well: behind a bare number they are not taken for money.
_COMMON_WORDS = frozenset(_NAMES) & {"pound", "won", "rand", "dong", "taka"}

_SIGN = "|".join(map(re.escape, _SIGNS))
_CODE = "|".join(_CODES)
_ABBREVIATION = "|".join(re.escape(each) for each in sorted(_ABBREVIATIONS, key=len, reverse=True))
_BEFORE = re.compile(
    rf"(?:(?<![A-Za-z])(?:(?P<factor>[TKMmk])(?P<scaled>{_CODE}|[€$])|(?P<leading>{_CODE}|[€£])(?P<trailing>m|M|bn))"
    rf"|(?<![A-Z])(?P<code>{_CODE})|(?<![A-Za-z])(?P<abbreviation>{_ABBREVIATION})|(?P<sign>{_SIGN}))"
    rf"(?:[^\S\n]?(?:{_SIGN}))?{GAP}\Z"
)
_BEFORE_SCALE = re.compile(
    rf"(?:(?<![A-Z])(?P<code>{_CODE})|(?P<sign>US\$|Rs\.?|[$€£₹]))[^\S\n]?(?P<scale>[A-Za-z]+)[^\S\n]\Z"
)
_LAST = frozenset(each[-1] for each in [*_CODES, *_SIGNS, *_ABBREVIATIONS, "m", "M", "n"])
_BEHIND_SIGN = re.compile(rf"[^\S\n]?({_SIGN})(?!{GAP}[0-9])")
_BEHIND_CODE = re.compile(rf"(?:{GAP}|-)(?:([TKMmk])(?={_CODE}|€))?({_CODE}|RMB|zł|€)(?![A-Za-z0-9])(?!{GAP}[0-9])")
_BEHIND_UNIT = re.compile(rf"[^\S\n]?(?P<open>\()?(?P<code>{_CODE}|US\$|Rs\.?|[€£₹$])(?=[^\S\n]?[A-Za-z])")
_BEHIND_WORDS = re.compile(r"(?:[^\S\n]\n?|\n|-)([^\W\d_]+|U\.S\.)(?:[\s-]([^\W\d_]+)(?:\s([^\W\d_]+))?)?")
_DECLARED = re.compile(
    r"(?i)\bin\s(?:(?:millions?|thousands?)\sof\s)?"
    r"(us|u\.s\.|australian|canadian|hong kong|singapore|new zealand)\sdollars"
    r"\s?(?=unless|except|[.,;)\n]|$)"
)


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency written at characters `start` to `end`: ISO 4217 code (or a bare "$" or "¥").

    `power` is the power of ten that is written with it (MSEK, "EUR Million"), `is_word` says that its name is a
    common word too.
    """

    start: int
    end: int
    code: str
    power: int | None = None
    is_word: bool = False


def before(text: str, at: int) -> Currency | None:
    """The currency in front of a number that starts at `at`."""
    if (unit := _BEFORE_SCALE.search(text, max(0, at - 16), at)) and (
        found := scale(text, unit.start("scale"), money=True)
    ):
        return Currency(unit.start(), at, _code(unit["code"] or unit["sign"]), found[0])
    if text[max(0, at - 2) : at].rstrip()[-1:] not in _LAST and text[max(0, at - 3) : at].rstrip()[-1:] not in _LAST:
        return None
    match = _BEFORE.search(text, max(0, at - 9), at)
    if match is None:
        return None
    code = match["scaled"] or match["leading"] or match["code"] or match["abbreviation"] or match["sign"]
    power = _SCALED.get(match["factor"] or match["trailing"] or "")
    return Currency(match.start(), at, _code(code), power)


def behind(text: str, at: int) -> Currency | None:
    """The currency behind a number, or its scale word, that ends at `at`; none where it belongs to a next number."""
    if (unit := _BEHIND_UNIT.match(text, at)) and (found := scale(text, unit.end(), money=True)):
        closed = text.startswith(")", found[1])
        if closed or not unit["open"]:
            return Currency(unit.start("code"), found[1] + bool(unit["open"]), _code(unit["code"]), found[0])
    if match := _BEHIND_SIGN.match(text, at):
        return Currency(match.start(1), match.end(), _code(match[1]))
    if match := _BEHIND_CODE.match(text, at):
        return Currency(match.start(2), match.end(), _code(match[2]), _SCALED.get(match[1] or ""))
    words = _BEHIND_WORDS.match(text, at)
    for last in (3, 2, 1):
        if words and words[last]:
            name = " ".join(filter(None, words.groups()[:last])).lower()
            if (code := _BY_NAME.get(name)) and not text.startswith(" of", words.end(last)):
                return Currency(
                    words.start(1), words.end(last), code, is_word=name.removesuffix("s") in _COMMON_WORDS
                )
    return None


def declared_dollar(text: str) -> str | None:
    """The currency of a bare "$" where the text says which dollars it means ("in Canadian dollars")."""
    match = _DECLARED.search(text) if "ollars" in text else None
    return _DOLLARS[match[1].lower()] if match else None


def _code(written: str) -> str:
    return _CODES.get(written) or _SIGNS.get(written) or _ABBREVIATIONS[written]
