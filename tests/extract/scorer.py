"""Compares extracted records with annotated ones, after section 4 of the annotation guide.

Records are the JSON objects of the data files. A record and a prediction fit each other or do not; a largest set of
fitting pairs is chosen, required records first. From its size follow found, missed and wrong: a prediction that
fits a record which another one has taken is a repetition and counts as neither.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

Record = Mapping[str, Any]
Fits = Callable[[Record, Record], bool]

#: Kinds that the lenient comparison takes for one another.
FAMILIES = {
    "acquisition": "sale",
    "divestiture": "sale",
    "partnership": "tie",
    "joint_venture": "tie",
    "contract": "tie",
}
#: Kinds told of a market, which the lenient comparison leaves away.
OF_A_MARKET = frozenset(("market_size", "cagr", "segment", "region", "largest", "fastest_growing", "player"))
REASONS = frozenset(("driver", "challenge", "trend"))
#: Kinds that are nothing without their figure.
OF_A_FIGURE = frozenset(("market_size", "cagr", "statistic"))
#: The roles of a sale, whoever tells it.
SIDES = {"acquirer": "buying", "buyer": "buying", "target": "sold", "asset": "sold", "seller": "selling"}
ACTORS = frozenset(("Company", "Person", "HealthSystem", "Organization"))
# fmt: off
LEGAL_FORMS = frozenset((
    "inc", "incorporated", "ltd", "limited", "plc", "llc", "llp", "lp", "co", "company", "corp", "corporation",
    "group", "holding", "holdings", "gmbh", "ag", "kg", "kgaa", "se", "sa", "sas", "spa", "srl", "ab", "asa", "as",
    "oy", "oyj", "kk", "bv", "nv", "pte", "pty", "pvt", "private", "a", "s", "n", "v", "the",
))
# fmt: on
#: Likeness of two names and of two labels, 0 to 100, from which they are the same.
SAME_NAME, SAME_LABEL = 90, 80


@dataclass(frozen=True, slots=True)
class Counts:
    """How many required records were found and missed, and how many predictions fit none."""

    found: int = 0
    missed: int = 0
    wrong: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.found + other.found, self.missed + other.missed, self.wrong + other.wrong)

    @property
    def precision(self) -> float:
        """Share of what was found in all that was said; 0 where nothing was said."""
        return self.found / (self.found + self.wrong) if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the required records that were found; 0 where nothing is required."""
        return self.found / (self.found + self.missed) if self.found else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where nothing was required and nothing wrong was said."""
        both = 2 * self.found + self.missed + self.wrong
        return 2 * self.found / both if both else 1.0


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotation of one document: records, the forms of each name in it, and wrong facts it tempts to."""

    records: tuple[Record, ...]
    forms: Mapping[str, frozenset[str]]
    traps: tuple[Record, ...] = ()


def load(facts: Path) -> Gold:
    """The annotation in NAME.facts.jsonl and the files of that name for entities and traps."""
    stem = facts.name.removesuffix(".facts.jsonl")
    forms: dict[str, set[str]] = defaultdict(set)
    for entity in _lines(facts.with_name(f"{stem}.entities.jsonl")):
        forms[entity["name"]] |= {entity["name"], *entity.get("surface", ())}
    traps = tuple(_lines(facts.with_name(f"{stem}.traps.jsonl")))
    return Gold(tuple(_lines(facts)), {name: frozenset(each) for name, each in forms.items()}, traps)


def _lines(path: Path) -> Iterator[Record]:
    if path.exists():
        yield from (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


def score(predicted: Sequence[Record], gold: Gold, *, strict: bool) -> dict[str, Counts]:
    """The counts of one document by kind; found and missed under the record's kind, wrong under the prediction's."""
    near = _near(predicted, gold, _strictly(gold) if strict else _leniently(gold))
    taken = set(_matched(near, _required(gold)).values())
    counts: dict[str, Counts] = defaultdict(Counts)
    for i, record in enumerate(gold.records):
        if not record.get("optional"):
            counts[record["kind"]] += Counts(found=int(i in taken), missed=int(i not in taken))
    fitting = {i for each in near for i in each}
    for i, each in enumerate(predicted):
        counts[each["kind"]] += Counts(wrong=int(i not in fitting))
    return dict(counts)


def right(predicted: Sequence[Record], gold: Gold) -> list[bool | None]:
    """For each prediction whether it fits a record and has its status; None for one that only repeats another."""
    near = _near(predicted, gold, _leniently(gold))
    owner = _matched(near, _required(gold))
    fitting = {i for each in near for i in each}
    return [
        _status_agrees(said, gold.records[owner[i]]) if i in owner else None if i in fitting else False
        for i, said in enumerate(predicted)
    ]


def _near(predicted: Sequence[Record], gold: Gold, fits: Fits) -> list[list[int]]:
    """For each record the predictions that fit it."""
    return [[i for i, each in enumerate(predicted) if fits(each, record)] for record in gold.records]


def _required(gold: Gold) -> list[bool]:
    return [not record.get("optional") for record in gold.records]


def _matched(near: Sequence[Sequence[int]], required: Sequence[bool]) -> dict[int, int]:
    """Prediction to record in a largest matching that serves required records first."""
    owner: dict[int, int] = {}
    for record in sorted(range(len(near)), key=lambda i: not required[i]):
        _serve(record, near, owner, set())
    return owner


def _serve(record: int, near: Sequence[Sequence[int]], owner: dict[int, int], tried: set[int]) -> bool:
    """Finds a prediction for a record; one that another record holds is freed if that record finds another."""
    for prediction in near[record]:
        if prediction not in tried:
            tried.add(prediction)
            if prediction not in owner or _serve(owner[prediction], near, owner, tried):
                owner[prediction] = record
                return True
    return False


# ---------------------------------------------------------------- when a prediction fits a record


def _strictly(gold: Gold) -> Fits:
    def fits(said: Record, record: Record) -> bool:
        if said["kind"] != record["kind"] or not _status_agrees(said, record):
            return False
        if record["kind"] in REASONS:
            return _same_wording(said, record)
        return (
            any(_same_participants(said, form, gold) for form in _forms(record))
            and _value_agrees(said, record, strict=True)
            and _date_agrees(said, record, strict=True)
            and _reference_agrees(said, record, strict=True)
        )

    return fits


def _leniently(gold: Gold) -> Fits:
    def fits(said: Record, record: Record) -> bool:
        return (
            FAMILIES.get(said["kind"], said["kind"]) == FAMILIES.get(record["kind"], record["kind"])
            and _value_agrees(said, record, strict=False)
            and _date_agrees(said, record, strict=False)
            and _reference_agrees(said, record, strict=False)
            and any(_alike(said, form, gold) for form in _forms(record))
        )

    return fits


def _forms(record: Record) -> Iterator[Record]:
    """The record, and once more with each other list of participants that counts as right."""
    yield record
    for other in record.get("alternatives", ()):
        if other.get("participants"):
            yield {**record, "participants": other["participants"]}


def _status_agrees(said: Record, record: Record) -> bool:
    accepted = {other["status"] for other in record.get("alternatives", ()) if other.get("status")}
    return (said.get("status") or "asserted") in accepted | {record.get("status") or "asserted"}


def _same_participants(said: Record, record: Record, gold: Gold) -> bool:
    count = len(record["participants"])
    return (
        len(said["participants"]) == count == _in_common(said["participants"], record["participants"], gold, "role")
    )


def _alike(said: Record, record: Record, gold: Gold) -> bool:
    """Whether kinds of one family are told of the same parties, or in the same words where words are all."""
    kind = record["kind"]
    if kind in REASONS:
        return _same_wording(said, record)
    if kind == "statistic":
        return bool(_in_common(said["participants"], record["participants"], gold)) or _same_passage(
            said, record, 0.5
        )
    if kind == "regulation":
        named = [p for p in record["participants"] if p["role"] == "regulation"]
        named = named or [p for p in record["participants"] if p["role"] == "regulator"]
        return _in_common(said["participants"], named, gold) == len(named)
    if kind in OF_A_MARKET:
        return _same_part(said, record, gold)
    return _same_parties(said, record, gold)


def _same_part(said: Record, record: Record, gold: Gold) -> bool:
    theirs = [p for p in said["participants"] if p["role"] != "market" and p["type"] != "Market"]
    ours = [p for p in record["participants"] if p["role"] != "market"]
    if not ours:
        return not theirs or record["kind"] not in OF_A_FIGURE  # the figure of a part is not that of the market
    return 3 * _in_common(theirs, ours, gold) >= len(theirs) + len(ours)


def _same_parties(said: Record, record: Record, gold: Gold) -> bool:
    theirs, ours = said["participants"], record["participants"]
    if len(ours) == 1 and sum(p["type"] in ACTORS for p in theirs) > 1:
        return False
    if said["kind"] != record["kind"] and FAMILIES.get(record["kind"]) == "sale":
        theirs, ours = ([{**p, "side": SIDES.get(p["role"], p["role"])} for p in each] for each in (theirs, ours))
        common = _in_common(theirs, ours, gold, "side")
    else:
        common = _in_common(theirs, ours, gold)
    return common >= min(2, len(ours)) and 3 * common >= len(theirs) + len(ours)


def _in_common(theirs: Sequence[Record], ours: Sequence[Record], gold: Gold, field: str | None = None) -> int:
    """How many of two lists of participants are the same by name, and in a field where one is given."""
    near = [
        [i for i, p in enumerate(theirs) if (field is None or p[field] == own[field]) and named(p["name"], own, gold)]
        for own in ours
    ]
    return len(_matched(near, [True] * len(near)))


def named(name: str, participant: Record, gold: Gold) -> bool:
    """Whether a name is one of the forms that the text has for a participant."""
    forms = gold.forms.get(participant["name"], frozenset((participant["name"],)))
    return any(same_name(name, form) for form in (*forms, *participant.get("aliases", ())))


@cache
def same_name(name: str, form: str) -> bool:
    """Whether two names are one, but for case, accents, punctuation, legal form, or a letter in ten."""
    one, other = plain(name), plain(form)
    if one == other or not one:
        return one == other != ""
    long = len(one) > 4 and len(other) > 4
    return (
        long
        and re.findall(r"\d+", one) == re.findall(r"\d+", other)
        and fuzz.token_sort_ratio(one, other) >= SAME_NAME
    )


@cache
def plain(name: str) -> str:
    """A name in lower case, without accents, punctuation, article and legal forms at its end."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(str.maketrans("øłđæ", "olda")))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("&", " and ")
    found = re.sub(r"[^\w+:]+", " ", re.sub(r"[®™©.,'’\"()]", "", letters)).split()
    while len(found) > 1 and found[-1] in LEGAL_FORMS:
        found.pop()
    while len(found) > 1 and found[0] == "the":
        found.pop(0)
    return " ".join(found)


def _value_agrees(said: Record, record: Record, *, strict: bool) -> bool:
    accepted = [record, *(other for other in record.get("alternatives", ()) if "value" in other)]
    return any(_same_value(said, other, record["kind"], strict=strict) for other in accepted)


def _same_value(said: Record, other: Record, kind: str, *, strict: bool) -> bool:
    theirs, ours = said.get("value"), other.get("value")
    if theirs is None or ours is None:
        return theirs is ours or not (strict or (kind in OF_A_FIGURE and ours is not None))
    units = [str(each.get("unit") or "").casefold() for each in (said, other)]
    same_unit = units[0] == units[1] or (not strict and not all(units))
    return same_unit and abs(theirs - ours) <= 0.005 * max(abs(theirs), abs(ours))


def _date_agrees(said: Record, record: Record, *, strict: bool) -> bool:
    theirs = said.get("date")
    accepted = [record.get("date"), *(other["date"] for other in record.get("alternatives", ()) if "date" in other)]
    if not theirs or not record.get("date"):
        return not strict or None in accepted or not record.get("date")
    return any(_same_date(theirs, ours, strict=strict) for ours in accepted if ours)


def _same_date(one: str, other: str, *, strict: bool) -> bool:
    length = min(len(one), len(other)) if strict else 4
    return one[:length] == other[:length]


def _reference_agrees(said: Record, record: Record, *, strict: bool) -> bool:
    if record["kind"] != "statistic":
        return True
    theirs, ours = (str(each["attributes"].get("reference_year") or "")[:4] for each in (said, record))
    return theirs == ours if theirs and ours else not (strict and ours)


def _same_wording(said: Record, record: Record) -> bool:
    """Whether two reasons are given in one passage or carry similar labels."""
    labels = [plain(str(each["attributes"].get("label") or "")) for each in (said, record)]
    return _same_passage(said, record, 0.7) or (all(labels) and fuzz.token_sort_ratio(*labels) >= SAME_LABEL)


def _same_passage(said: Record, record: Record, part: float) -> bool:
    """Whether the evidence shares half of all words, or at least four and `part` of the shorter one's."""
    theirs = _words(said["evidence"])
    texts = [
        record["evidence"],
        *(other["evidence"] for other in record.get("alternatives", ()) if "evidence" in other),
    ]
    for ours in map(_words, texts):
        common, shorter = len(theirs & ours), min(len(theirs), len(ours))
        if common and (2 * common >= len(theirs | ours) or (common >= 4 and common >= part * shorter)):
            return True
    return False


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()) if len(w) > 2)


# ---------------------------------------------------------------- traps


def violations(predicted: Sequence[Record], gold: Gold) -> list[Record]:
    """The traps stepped into: by predictions that found no record, or by any where the trap is about a detail."""
    found = _matched(_near(predicted, gold, _leniently(gold)), _required(gold))
    astray = [said for i, said in enumerate(predicted) if i not in found]
    return [
        trap
        for trap in gold.traps
        if any(_steps_into(said, trap, gold) for said in (predicted if trap.get("also_matched") else astray))
    ]


def _steps_into(said: Record, trap: Record, gold: Gold) -> bool:
    """Whether a prediction agrees with everything that a trap gives."""
    status = said.get("status") or "asserted"
    return (
        said["kind"] == trap["kind"]
        and (status == trap["status"] if trap.get("status") else status not in ("denied", "ended"))
        and (trap["value"] is None or (said["value"] is not None and _same_value(said, trap, "", strict=False)))
        and (not trap["date"] or (bool(said["date"]) and _same_date(said["date"], trap["date"], strict=True)))
        and all(_has(said, wanted, gold) for wanted in trap["participants"])
        and all(_agrees(said["attributes"].get(name), value) for name, value in trap["attributes"].items())
    )


def _has(said: Record, wanted: Record, gold: Gold) -> bool:
    return any(
        wanted["role"] in (p["role"], "partner") and (wanted["name"] == "*" or named(p["name"], wanted, gold))
        for p in said["participants"]
    )


def _agrees(theirs: object, ours: object) -> bool:
    """Whether an attribute is what a trap says; a trap's null is an attribute that is missing."""
    return theirs is ours if ours is None or theirs is None else plain(str(theirs)) == plain(str(ours))
