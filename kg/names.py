"""Names reduced to keys: what of a name tells who it is; decides nothing about who is who."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from hashlib import sha256
from importlib.resources import files

from cleanco import basename
from cleanco.termdata import terms_by_country

import ontology
from ontology import regions

_MARKS = re.compile(r"[™®©℠]|\((?:R|TM|SM|C)\)")
_WORDS = {"&": " and ", "+": " plus ", "@": " at "}
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d"}
)
_LONGEST = 80
#: Legal forms that are not in the list of cleanco, with the country whose law knows them.
_FURTHER = {
    r"\(publ\.?\)": "Sweden",
    r"aktiengesellschaft": "Germany",
    r"gesellschaft mit beschr[äa]nkter haftung": "Germany",
    r"s\.?\s?a\.?\s?b\.? de c\.?\s?v\.?": "Mexico",
    r"s\.?\s?[àa]\.? ?r\.?\s?l\.?": "Luxembourg",
    r"public company limited": "Thailand",
    r"(?:sdn\.? )?(?:bhd|berhad)\.?": "Malaysia",
}
_FURTHER_FORM = re.compile(rf"[\s,]+(?:{'|'.join(_FURTHER)})$", re.IGNORECASE)
#: Long words of legal forms, and the short ones that mean the same.
_SHORT = {
    "incorporated": "inc",
    "corporation": "corp",
    "limited": "ltd",
    "company": "co",
    "berhad": "bhd",
    "aktiengesellschaft": "ag",
    "and": "",
}


def slug(name: str) -> str:
    """The name as a path of an IRI: letters and digits without case, accents and marks, joined by hyphens.

    What holds neither letter nor digit, or is longer than an IRI should be, ends in a hash.
    """
    plain = unmarked(name)
    for sign, word in _WORDS.items():
        plain = plain.replace(sign, word)
    decomposed = unicodedata.normalize("NFKD", plain.translate(_LETTERS)).casefold()
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


@cache
def core(name: str) -> str:
    """A company's name without article, marks and legal forms; the whole name where nothing else would be left.

    Initials lose their points and spaces: "J. P. Morgan" is "JP Morgan".
    """
    plain = _without_forms(re.sub(r"^the\s+(?=\w+.*\w)", "", unmarked(name), flags=re.IGNORECASE))
    return re.sub(r"\b((?:[A-Z]\.\s?){2,})", lambda found: re.sub(r"[.\s]", "", found[0]) + " ", plain).strip()


@cache
def countries(name: str) -> frozenset[str]:
    """The countries whose law knows the legal form that the name carries; none where it carries no form."""
    plain = unmarked(name)
    if further := _FURTHER_FORM.search(plain):
        return frozenset(land for form, land in _FURTHER.items() if re.search(f"(?i){form}$", further[0]))
    form = _letters(plain.removeprefix(_without_form(plain) or plain))
    return frozenset(country for country, terms in _forms().items() if form and form in terms)


@cache
def form(name: str) -> str:
    """The legal form that the name carries, in its short letters: "inc" of "Incorporated"; empty for none."""
    whole = unmarked(name)
    words = re.findall(r"[^\W_]+", whole[len(_without_forms(whole)) :].replace(".", "").casefold())
    return "".join(_SHORT.get(word, word) for word in words)


@cache
def is_distinctive(core_name: str) -> bool:
    """Whether a name tells a company by itself: it has two words or more, or one that no other firm would bear."""
    words = slug(core_name).split("-")
    return len(words) > 1 or (len(words[0]) > 2 and words[0] not in _common_words())


def _without_forms(plain: str) -> str:
    while (shorter := _without_form(plain)) and shorter != plain:
        plain = shorter
    return plain


def _without_form(plain: str) -> str:
    """The name without its last legal form; a place at the end is none, though some law calls a form so."""
    if further := _FURTHER_FORM.search(plain):
        return plain[: further.start()]
    shorter = str(basename(plain))
    gone = plain[len(shorter) :].strip(" ,.()") if plain.startswith(shorter) else ""
    return plain if gone and regions.find(gone) else shorter


@cache
def _common_words() -> frozenset[str]:
    """Words that say too little of a firm to tell it by: those of news of any trade, and usual names of firms.

    The list is our own, kept by hand: words in lower case that reports and releases of many trades are written in,
    and stars, stones, animals, gods and virtues that firms everywhere are called by. No list that the project has
    would do: cues and regions hold words with a meaning for reading, and spaCy is not loaded when a graph is asked.
    No name belongs in it because a document has it. Where a word is missing, firms that bear it may become one; where
    one is too many, `kg review` asks.
    """
    return frozenset(files("kg").joinpath("common-words.txt").read_text("utf-8").split())


@cache
def _forms() -> dict[str, frozenset[str]]:
    return {country: frozenset(map(_letters, terms)) for country, terms in terms_by_country.items()}


def _letters(form: str) -> str:
    return re.sub(r"\W", "", form).casefold()
