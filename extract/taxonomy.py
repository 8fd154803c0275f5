"""Segments, regions and players that a report lists, as claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.claim import Claim
from extract.document import Document
from extract.fact import Participant
from extract.listitems import Item, is_places
from extract.namelists import Listed
from extract.vocabulary import Part
from ontology import cues, regions

_HALVES = re.compile(r"(?P<left>[A-Z][a-z-]{3,})(?P<right>[A-Z][a-z-]{3,})")
_NO_SEGMENT = re.compile(rf"{cues.any_of('no-segment')}$", re.I)


def segments_and_regions(items: Iterable[Item], document: Document) -> Iterator[Claim]:
    """One claim per item of the lists; two items that lost markup ran together become two."""
    for item in items:
        if is_places(item.dimension):
            yield from region(item)
        elif (
            not (_NO_SEGMENT.match(item.text) or (item.parent and _NO_SEGMENT.match(item.parent.text)))
            and len(item.text.split()) <= 9
        ):
            for name in _halves(item.text, document):
                part = Part("segment", "Segment", name, item.dimension)
                yield Claim(
                    "segment",
                    (part,),
                    item.start,
                    item.end,
                    attributes={"dimension": item.dimension},
                    rule="segment-in-list",
                    weight=0.92,
                )


def _halves(name: str, document: Document) -> tuple[str, ...]:
    """The two names of a run-together item, or the name: a word that prose never writes so is two."""
    match = _HALVES.fullmatch(name)
    if match is None:
        return (name,)
    in_prose = any(name in line for line in document.text.splitlines() if len(line) > 150)
    return (name,) if in_prose else (match["left"], match["right"])


def region(item: Item) -> Iterator[Claim]:
    """The claim that a report covers a region or country, with its level and the region above."""
    name = re.sub(r"^the\s+|\s*\([A-Z][A-Za-z]{1,6}\)$", "", item.text)
    found = regions.find(item.text) or regions.find(name)
    if (found is None and not re.match(r"[A-Z]", item.text)) or _NO_SEGMENT.match(item.text):
        return
    if found and found.name == "World":  # the whole, not a part
        return
    level = found.level if found else "region" if item.depth == 0 else "country"
    start = item.start + item.text.index(name)
    attributes = {"level": level} | (
        {"parent": item.parent.text} if item.parent and is_places(item.dimension) else {}
    )
    part = Part("region", "Country" if level == "country" and found else "Region", name)
    yield Claim(
        "region", (part,), start, start + len(name), attributes=attributes, rule="region-in-list", weight=0.93
    )


def players(listed: Iterable[Listed], publisher: str | None) -> Iterator[Claim]:
    """One claim per company of the lists; a country in brackets gives its head office."""
    found = list(listed)
    pieces = {piece for company in found if ", " in company.name for piece in company.name.split(", ")}
    for company in found:
        if company.name in pieces:  # cut out of a name with a comma
            continue
        if publisher and company.name.casefold() == publisher.casefold():
            continue
        who = Participant(company.name, "company", "Company")
        yield Claim("player", (), company.start, company.end, others=(who,), rule="player-in-list", weight=0.92)
        if company.country:
            _, end, name = company.country
            where = Participant(name, "location", "Country")
            yield Claim(
                "headquarters",
                (),
                company.start,
                end + 1,
                others=(who, where),
                rule="country-in-brackets",
                weight=0.8,
                marketless=True,
            )
