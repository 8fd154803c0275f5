"""Names reduced to keys: what of a name tells who it is; decides nothing about who is who."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from hashlib import sha256

from cleanco import basename
from cleanco.termdata import terms_by_country

import ontology

_MARKS = re.compile(r"[™®©℠]|\((?:R|TM|SM|C)\)")
_WORDS = {"&": " and ", "+": " plus ", "@": " at "}
_LONGEST = 80


def slug(name: str) -> str:
    """The name as a path of an IRI: letters and digits without case, accents and marks, joined by hyphens.

    What holds neither letter nor digit, or is longer than an IRI should be, ends in a hash.
    """
    plain = unmarked(name)
    for sign, word in _WORDS.items():
        plain = plain.replace(sign, word)
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "'’")
    path = re.sub(r"[\W_]+", "-", kept).strip("-")
    if path and len(path) <= _LONGEST:
        return path
    return f"{path[:_LONGEST]}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}".strip("-")


def unmarked(name: str) -> str:
    """The name without trademark signs and with single spaces."""
    return " ".join(_MARKS.sub(" ", unicodedata.normalize("NFC", name)).split())


def family(type_name: str) -> str:
    """The family of IRIs that a type of participant belongs to; an unknown type is one of its own."""
    known = ontology.types().get(type_name)
    return known.family if known else slug(type_name)


def core(name: str) -> str:
    """A company's name without marks and legal forms; the whole name where nothing else would be left."""
    plain = unmarked(name)
    while (shorter := basename(plain)) and shorter != plain:
        plain = shorter
    return plain


@cache
def countries(name: str) -> frozenset[str]:
    """The countries whose law knows the legal form that the name carries; none where it carries no form."""
    plain = unmarked(name)
    form = _letters(plain.removeprefix(basename(plain) or plain))
    return frozenset(country for country, terms in _forms().items() if form and form in terms)


@cache
def _forms() -> dict[str, frozenset[str]]:
    return {country: frozenset(map(_letters, terms)) for country, terms in terms_by_country.items()}


def _letters(form: str) -> str:
    return re.sub(r"\W", "", form).casefold()
