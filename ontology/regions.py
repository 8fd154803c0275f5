"""Regions and countries by name, read from `regions.ttl`; knows nothing of towns and states."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import pyoxigraph as ox

BASE = "https://w3id.org/ci-kg/regions#"

_SKOS, _CI = "http://www.w3.org/2004/02/skos/core#", "https://w3id.org/ci-kg#"
_ARTICLE = re.compile(r"(?i)the\s+")
_REST = re.compile(r"(?i)rest\s+of\s+")
_SEPARATORS = str.maketrans({"-": " ", "–": " ", "‑": " ", "/": " ", ".": " ", "’": "'", "&": " and "})


@dataclass(frozen=True, slots=True)
class Region:
    """A region, country or part of a country.

    `code` is its local name in `regions.ttl`: the UN M49 code of a region, the ISO 3166 code of a country or part,
    a word for a region of market reports ("asia-pacific"). `level` is region, country or part, `parent` the code of
    the region above, `names` the preferred name and all others that mean it in running text, `demonyms` its
    adjectives. "Rest of X" has the code `rest-of-` and that of X, and X as its parent.
    """

    code: str
    name: str
    level: str
    parent: str | None
    names: tuple[str, ...]
    demonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    by_code: Mapping[str, Region]
    by_key: Mapping[str, Region]


@lru_cache(maxsize=4096)
def find(name: str) -> Region | None:
    """The region that goes by the name, whatever its case, accents, hyphens and article; None if none does.

    Names of up to three letters are told by their case: "US" is the country, "us" is nobody.
    "Rest of X" is a region of its own for each X that is one.
    """
    text = (
        _ARTICLE.sub("", " ".join(name.split()), count=1) if _ARTICLE.match(name.strip()) else " ".join(name.split())
    )
    if region := _table().by_key.get(_key(text)):
        return region
    if rest := _REST.match(text):
        return _rest_of(find(text[rest.end() :]))
    return find(text[: -len(" region")]) if text.lower().endswith(" region") else None


@cache
def by_code(code: str) -> Region | None:
    """The region of a code of `regions.ttl`, an ISO 3166-1 alpha-3 code or a UN M49 number; None if none has it."""
    return _table().by_code.get(code)


@cache
def names() -> Mapping[str, Region]:
    """Every name that means a region in running text, as written, with its region; "Rest of X" is not among them.

    Nor is the world: in a sentence it is no region that a report divides its market by.
    """
    return {name: region for region in _regions() for name in region.names if region.code != "001"}


@cache
def demonyms() -> Mapping[str, Region]:
    """Every adjective and name of a people that means one region only ("German", "U.S.")."""
    found: dict[str, list[Region]] = {}
    for region in _regions():
        for demonym in region.demonyms:
            found.setdefault(demonym, []).append(region)
    return {demonym: regions[0] for demonym, regions in found.items() if len(regions) == 1}


def _rest_of(base: Region | None) -> Region | None:
    if base is None or base.code.startswith("rest-of-"):
        return None
    code, name = f"rest-of-{base.code}", f"Rest of {base.name}"
    return by_code(code) or Region(code, name, "region", base.code, (name,), ())


def _key(name: str) -> str:
    letters = name.replace(".", "").replace(" ", "")
    if len(letters) <= 3:
        return letters
    plain = unicodedata.normalize("NFKD", name.translate(_SEPARATORS))
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).casefold().split())


def _regions() -> list[Region]:
    return list(dict.fromkeys(_table().by_code.values()))


@cache
def _table() -> _Table:
    by_code: dict[str, Region] = {}
    by_key: dict[str, Region] = {}
    for code, terms in _terms().items():
        region = Region(
            code=code,
            name=terms[_SKOS + "prefLabel"][0],
            level=terms[_CI + "level"][0],
            parent=terms.get(_SKOS + "broader", [None])[0],
            names=tuple(terms[_SKOS + "prefLabel"] + terms.get(_SKOS + "altLabel", [])),
            demonyms=tuple(terms.get(_CI + "demonym", ())),
        )
        by_key |= dict.fromkeys(map(_key, (*region.names, *terms.get(_SKOS + "hiddenLabel", ()))), region)
        further = terms.get(_CI + "iso3", []) + terms.get(_SKOS + "notation", [])
        by_code |= dict.fromkeys((code, *further), region)
    return _Table(by_code, by_key)


def _terms() -> dict[str, dict[str, list[str]]]:
    """The values of each property of each concept, in the order of the file."""
    found: dict[str, dict[str, list[str]]] = {}
    # pyoxigraph reads the file in a twentieth of the time of rdflib
    data = files("ontology").joinpath("regions.ttl").read_bytes()
    for triple in ox.parse(data, format=ox.RdfFormat.TURTLE):
        subject, value = triple.subject.value, triple.object.value
        if subject.startswith(BASE):
            values = found.setdefault(subject.removeprefix(BASE), {})
            values.setdefault(triple.predicate.value, []).append(value.removeprefix(BASE))
    return found
