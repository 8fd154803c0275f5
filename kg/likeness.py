"""Why two names may stand for one: reasons in words, each with a weight; decides nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from kg import identity, names
from kg.identity import Reference
from ontology import regions

_SMALL = frozenset(
    {"and", "plus", "of", "the", "for", "in", "de", "du", "des", "la", "le", "les", "et", "der", "die", "und"}
)
#: Words that say nothing of what a firm does: with or without them it is mostly the same one.
_GENERAL = frozenset(
    ("group", "groupe", "holding", "holdings", "international", "worldwide", "global", "company")
) | {
    *("technologies", "technology", "companies", "enterprises", "industries", "systems", "solutions", "services"),
    "communications",
}
_UMLAUTS = {"ue": "u", "oe": "o", "ae": "a", "ss": "s"}
_LONGEST = 30  # letters of a name in which a slip is looked for without any other likeness
_SHORTEST = 5  # letters of a name in which a slip of one letter is looked for


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two names may be one, in a sentence; `weight` is larger the more it tells (0 to 1).

    `arm` is true where it speaks for a parent and its regional arm: related, but two.
    """

    text: str
    weight: float
    arm: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a name is compared: its words without legal form and small words, and all letters in one row."""

    name: str
    words: tuple[str, ...]
    row: str
    initials: frozenset[str]


@cache
def shape(reference: Reference) -> Shape:
    """The shape of a name."""
    own = names.core(reference.name) if reference.family == identity.ORGANIZATION else names.unmarked(reference.name)
    every = [word for word in names.slug(own).split("-") if word]
    words = tuple(word for word in every if word not in _SMALL) or tuple(every)
    return Shape(reference.name, words, "".join(words), frozenset(_initials(own, reference.name)))


def keys(reference: Reference) -> Iterator[tuple[str, object]]:
    """What two names must have one of in common for any reason to hold, but for those that `parts` finds."""
    each = shape(reference)
    yield "row", _plain(each.row)
    yield "words", tuple(sorted(each.words))
    if len(each.words) > 1:
        yield "letters", "".join(word[0] for word in each.words)
        yield "first", each.words[0]
        yield from (("acronym", letters) for letters in each.initials)
    elif acronym := _acronym(reference.name):
        yield "acronym", acronym
        yield "first", acronym
    if _SHORTEST <= len(each.row) <= _LONGEST:
        yield from (("slip", each.row[:at] + each.row[at + 1 :]) for at in range(len(each.row)))
        yield "slip", each.row


def parts(reference: Reference) -> Iterator[tuple[str, ...]]:
    """The beginnings and ends of a name, in words: names that it may be the long form of."""
    words = shape(reference).words
    for count in range(1, len(words)):
        yield words[:count]
        yield words[-count:]


def reasons(left: Reference, right: Reference) -> list[Reason]:
    """Why the two names may be one, the strongest first; none where nothing speaks for it."""
    one, two = shape(left), shape(right)
    found = [reason for a, b in ((one, two), (two, one)) for reason in _one_sided(a, b)]
    found += list(_alike(left, right))
    best: dict[str, Reason] = {}
    for each in sorted(found, key=lambda reason: -reason.weight):
        best.setdefault(each.text, each)
    return list(best.values())


def _alike(left: Reference, right: Reference) -> Iterator[Reason]:
    one, two = shape(left), shape(right)
    if one.words == two.words:
        yield _same_words(left, right)
    elif one.row == two.row:
        yield Reason("They have the same letters, written apart differently.", 0.9)
    elif _plain(one.row) == _plain(two.row):
        yield Reason("They differ only in how an umlaut or a doubled letter is written.", 0.85)
    elif sorted(one.words) == sorted(two.words):
        yield Reason("They have the same words in another order.", 0.7)
    elif len(one.words) == len(two.words) and _shortened(one.words, two.words):
        yield Reason("One has the words of the other, shortened.", 0.75)
    if one.words != two.words and one.row != two.row and not _numbers_differ(one, two):
        slips = OSA.distance(one.row, two.row, score_cutoff=2)
        shortest = min(len(one.row), len(two.row))
        if slips == 1 and shortest >= _SHORTEST:
            yield Reason("They differ in one letter; they may as well be two companies of similar name.", 0.6)
        elif slips == 2 and shortest >= 2 * _SHORTEST:
            yield Reason("They differ in two letters; they may as well be two companies of similar name.", 0.45)


def _same_words(left: Reference, right: Reference) -> Reason:
    forms = [names.form(each.name) for each in (left, right)]
    if left.family == identity.ORGANIZATION and forms[0] != forms[1]:
        if not names.is_distinctive(names.core(left.name)):
            return Reason(
                "They are the same but for the legal form, and many firms bear this word as their name.", 0.6
            )
        return Reason("They are the same but for legal forms of different countries.", 0.7)
    return Reason("They are the same but for small words, case or signs.", 0.95)


def _one_sided(short: Shape, long: Shape) -> Iterator[Reason]:
    """Reasons for which one name may be a short form of the other."""
    at = _inside(short.words, long.words)
    if at is not None and len(short.words) < len(long.words):
        rest = long.words[:at] + long.words[at + len(short.words) :]
        yield _short_form(short, long, " ".join(rest), at == 0)
    elif at is None and len(long.words) > 1 and len(short.row) > 3 and long.row.startswith(short.row):
        yield Reason(f"“{short.name}” is how “{long.name}” begins.", 0.5)
    acronym = _acronym(short.name)
    if acronym and acronym in long.initials:
        yield Reason(f"“{short.name}” has the initials of “{long.name}”.", 0.55 if len(acronym) > 2 else 0.45)


def _short_form(short: Shape, long: Shape, rest: str, first: bool) -> Reason:
    if first and _is_place(rest):
        return Reason(
            f"“{long.name}” reads as the arm of “{short.name}” in a region: related, but two.", 0.4, arm=True
        )
    if set(rest.split()) <= _GENERAL:
        return Reason(f"“{long.name}” only adds general words to “{short.name}”.", 0.65)
    where = "begins" if first else "goes on"
    return Reason(f"“{short.name}” is how “{long.name}” {where}: a short form, a parent, or another firm.", 0.3)


def _is_place(rest: str) -> bool:
    """Whether the last words name a part of the world, whatever comes before: "Healthcare Americas"."""
    words = rest.split()
    return any(regions.find(" ".join(words[at:])) is not None for at in range(len(words))) or words[-1] in _PLACES


_PLACES = frozenset(("america", "americas", "europe", "asia", "emea", "apac"))


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> int | None:
    for at in range(len(long) - len(short) + 1):
        if long[at : at + len(short)] == short and at in (0, len(long) - len(short)):
            return at
    return None


def _shortened(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether each word is the other, or begins like it or leaves letters out of it ("Intl")."""
    return all(a == b or _abbreviates(a, b) or _abbreviates(b, a) for a, b in zip(one, two, strict=True))


def _abbreviates(short: str, long: str) -> bool:
    if not 3 <= len(short) <= len(long) - 2 or short[0] != long[0]:
        return False
    if long.startswith(short):
        return True
    letters = iter(long)
    return len(short) <= len(long) - 4 and short[-1] == long[-1] and all(letter in letters for letter in short)


def _numbers_differ(one: Shape, two: Shape) -> bool:
    """Whether figures, also Roman ones, tell two names apart ("Fund II", "Fund III")."""
    told = [[word for word in each.words if word.isdigit() or re.fullmatch("[ivx]+", word)] for each in (one, two)]
    return told[0] != told[1]


def _plain(row: str) -> str:
    for long, short in _UMLAUTS.items():
        row = row.replace(long, short)
    return re.sub(r"(.)\1", r"\1", row)


def _acronym(name: str) -> str | None:
    """The letters of a name that may be initials: "L&T", "vRad", "IBM Corp."; None for others."""
    own = re.sub(r"[.&\s]", "", names.core(name))
    is_short = 2 <= len(own) <= 6 and own.isalpha()
    return own.casefold() if is_short and re.search(r"[A-Z]{2}|[a-z][A-Z]", own) else None


def _initials(own: str, name: str) -> Iterator[str]:
    """What the words of a name may be shortened to: with and without small words, or part of a compound."""
    for text in {own, name}:
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        words = re.findall(r"[^\W_]+", plain.replace("'", "").replace("’", ""))
        if not 2 <= len(words) <= 10:
            continue
        small = [word for word in words if word.casefold() not in _SMALL]
        for chosen in (words, small):
            yield "".join(word[0] for word in chosen).casefold()
        yield "".join(part[0] for word in words for part in re.findall(r"[A-Z][a-z]*|^[a-z]+", word)).casefold()
        if len(small) == 2:
            yield (small[0][0] + small[1][:3]).casefold()
        if small[0].upper() == "US":
            yield "".join(word[0] for word in small[1:]).casefold()
        if re.match(r"U\.\s?S\.", text):
            yield "".join(word[0] for word in small if len(word) > 1).casefold()
