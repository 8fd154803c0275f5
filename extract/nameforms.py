"""Forms of names: legal forms behind them, trademark signs, and the key that all forms of one name share."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cleanco import termdata
from spacy.tokens import Doc

from ontology.cues import words

_FORMS = (
    r"Incorporated|Inc|Corporation|Corp|Company|Co|Limited|Ltd|LLC|L\.L\.C|LLP|LP|PLC|Plc|plc|PLLC|Pty|Pvt|Private|Pte|"
    r"GmbH|mbH|AG|KGaA|KG|SE|eG|e\.V|OHG|ASA|AS|A/S|AB|ApS|Oyj|Oy|HF|hf|N\.V|NV|B\.V|BV|S\.A\.S|SAS|SARL|S\.à r\.l|"
    r"S\.A\.U|S\.A|SAU|SA|SpA|S\.p\.A|S\.r\.l|Srl|S\.L\.U|S\.L|SL|Ltda|Lda|de C\.V|S\. de R\.L|K\.K|KK|"
    r"[Ss]p\. z o\.o|s\.r\.o|a\.s|d\.o\.o|Kft|Zrt|Nyrt|OÜ|UAB|SIA|Bhd|Sdn|Tbk|JSC|PJSC|A\.Ş|AŞ|Cía"
)
#: Legal forms as they are printed behind a name, with comma, brackets or "&" between.
LEGAL_TAIL = re.compile(rf"(?:,? ?(?:& |and )?\(?(?:{_FORMS})\b\)?\.?| & co\b\.?)+")
#: Signs that mark a product's name.
MARKS = re.compile(r"[®™©]")
_DOTTED = re.compile(r"\b(?:Inc|Corp|Co|Ltd|Ltda|Lda|Pvt|Pte|Pty|Bhd|Jr|St)\.$|\.\w+\.$")


def bare(name: str) -> str:
    """The name without its legal form."""
    return LEGAL_TAIL.sub("", name + " ").strip(" ,")


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What all forms of a name share: lower case, without legal form, marks and punctuation."""
    plain = MARKS.sub("", name).strip()
    short = LEGAL_TAIL.sub("", plain + " ").strip() if " " in plain else plain
    return re.sub(r"[\W_]+", " ", short or plain).strip().casefold()


def written(doc: Doc, start: int, end: int) -> str:
    """The name at tokens `start` to `end`, on one line, without trademark signs and the full stop of its sentence."""
    text = re.sub(r"\s+", " ", MARKS.sub("", doc[start:end].text)).strip()
    return text if _DOTTED.search(text) else text.rstrip(".")


@cache
def legal_forms() -> frozenset[str]:
    """Legal forms of companies in many countries, without dots and in lower case; cleanco's lists.

    They tell whether a piece of a list of names is nothing but a legal form. In running text, where most of these
    letters are words, `LEGAL_TAIL` knows the forms as they are printed.
    """
    forms = {form for group in termdata.terms_by_type.values() for form in group}
    forms |= {form for group in termdata.terms_by_country.values() for form in group}
    plain = {re.sub(r"[^\w&]+", "", form.casefold()) for form in forms}
    return frozenset((plain | words("legal-form")) - words("no-legal-form") - {""})


def is_form(piece: str) -> bool:
    """Whether a text is nothing but a legal form ("Co., Ltd.")."""
    pieces = [re.sub(r"[^\w&]+", "", word.casefold()) for word in re.sub(r"\([^()]*\)", " ", piece).split()]
    known = (legal_forms(), words("legal-form-part"))
    return bool(pieces) and len(pieces) <= 4 and all(any(word in each for each in known) for word in pieces if word)
