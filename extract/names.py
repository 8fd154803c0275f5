"""Finds the names in prose, decides of which type each bearer is and which longer form a short one stands for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extract import datelines
from extract.bearers import CONTEXT, LISTED, Ground, grounds
from extract.nameforms import key, written
from extract.namespans import Range, listed_pattern, name_spans
from extract.passage import Passage
from ontology import regions, triggers

_ALIAS = re.compile(r' ?\((?:the )?["“‘\']?(\w[^()"”’\']{1,40}?)["”’\']?\)')


@dataclass(frozen=True, slots=True)
class Name:
    """A name at tokens `start` to `end` (half-open) of a passage.

    `text` is the name as written, without trademark signs; `full` the fullest form that the document has for it;
    `type` one of `ontology.types()`; `sure` says that form, list or context decided, not a guess from the word alone.
    """

    start: int
    end: int
    text: str
    full: str
    type: str
    sure: bool


def organisations(passage: Passage, companies: Iterable[str] = ()) -> tuple[Name, ...]:
    """The names of one passage, in order of the text."""
    return find([passage], companies)[0]


def find(passages: Sequence[Passage], companies: Iterable[str] = ()) -> list[tuple[Name, ...]]:
    """The names of each passage; all passages of a document together decide on type and fullest form."""
    listed = {key(name): name for name in companies}
    pattern = listed_pattern(listed.values())
    ranges = [name_spans(passage.doc, passage.text, pattern) for passage in passages]
    weights: dict[str, Counter[Ground]] = defaultdict(Counter)
    for passage, found in zip(passages, ranges, strict=True):
        if opening := datelines.end(passage.text):  # the place and the agency of a dateline act in nothing
            found[:] = [each for each in found if passage.doc[each[0]].idx >= opening]
        for start, end in found:
            row = weights[key(written(passage.doc, start, end))]
            row.update(grounds(passage.doc, passage.text, start, end))
    for form in weights.keys() & listed.keys():
        weights[form].update([("Company", LISTED)])
    rows = [_typed(passage.doc, found, weights) for passage, found in zip(passages, ranges, strict=True)]
    return _fullest(passages, rows, listed)


def _typed(doc: Doc, ranges: Sequence[Range], weights: Mapping[str, Counter[Ground]]) -> list[Name]:
    """The names of a passage with the type that most grounds speak for; guesses alone, however many, are not sure."""
    names = []
    for start, end in ranges:
        text = written(doc, start, end)
        found = weights[key(text)]
        sums = {kind: sum(weight * n for (each, weight), n in found.items() if each == kind) for kind, _ in found}
        kind = max(sums, key=lambda each: sums[each], default="Company")
        sure = any(each == kind and weight >= CONTEXT for each, weight in found)
        names.append(Name(start, end, text, text, kind, sure))
    return names


def _fullest(
    passages: Sequence[Passage], rows: Sequence[Sequence[Name]], listed: Mapping[str, str]
) -> list[tuple[Name, ...]]:
    """The names with the longer form that the list of players, their paragraph or one before it gives for them."""
    result: list[tuple[Name, ...]] = []
    before: dict[str, Name] = {}
    for passage, names in zip(passages, rows, strict=True):
        seen: dict[str, Name] = {}
        row = []
        for name in names:
            full = _listed(name, listed) or _full(key(name.text), seen) or _elsewhere(key(name.text), before) or name
            row.append(Name(name.start, name.end, name.text, full.full, full.type, full.sure or name.sure))
            seen.setdefault(key(name.text), row[-1])
            last = passage.doc[name.end - 1]
            if alias := _ALIAS.match(passage.text, last.idx + len(last)):
                seen.setdefault(key(alias.group(1)), row[-1])
        before = {**seen, **before}
        result.append(tuple(row))
    return result


def _listed(name: Name, listed: Mapping[str, str]) -> Name | None:
    """The name as the list of players has it, in full or as its first words."""
    own = key(name.text)
    players = (
        [listed[own]] if own in listed else [full for form, full in listed.items() if form.startswith(own + " ")]
    )
    if len(players) != 1 or (own not in listed and (name.type == "Location" or len(own) < 4)):
        return None
    return replace(name, full=players[0], type="Company", sure=True)


def _full(own: str, seen: Mapping[str, Name]) -> Name | None:
    """The one longer name that begins with a single word, or the one person of that surname."""
    if own in seen:
        return seen[own]
    longer = [other for form, other in seen.items() if form.startswith(own + " ")] if " " not in own else []
    people = [other for form, other in seen.items() if other.type == "Person" and form.endswith(" " + own)]
    return longer[0] if len(longer) == 1 else people[0] if len(people) == 1 else None


def _elsewhere(own: str, before: Mapping[str, Name]) -> Name | None:
    """As within a paragraph, but no arm of the bearer: "Grünkorb" is not "Grünkorb Ventures"."""
    found = _full(own, before)
    if found is None or found.type in ("Country", "Region", "Location"):
        return None
    rest = key(found.full).removeprefix(own).split()
    return None if any(word in triggers.words("armWord") or regions.find(word) for word in rest) else found
