"""What else a sentence says of an event: term, round, stake, purpose, product, facility."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from spacy.tokens import Token

import ontology
from extract import syntax
from extract.fact import AttributeValue
from extract.fillers import word
from extract.frames import Frame
from extract.reading import Reading
from ontology import triggers

_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_SUMS = frozenset(("total", "sum", "amount", "price", "consideration"))
_TERM = re.compile(rf"(?i)\b(?P<count>\d+|{'|'.join(_COUNTS)})[- ](?P<unit>year|month|week)s?\b")
_ROUND = re.compile(
    r"\b(?:(?i:series) [A-Z]\d?|(?i:(?:pre-)?seed|bridge|angel)(?= (?i:round|funding|financing|capital)))\b"
)
_STAKE = re.compile(
    r"(?i)\b(\d+(?:\.\d+)?\s?(?:%|per ?cent))|"
    r"\b(majority|controlling|minority|remaining)\b(?= (?:stake|share|interest|holding))"
)


Attributes = Iterator[tuple[str, AttributeValue]]


def attributes(frame: Frame, reading: Reading) -> dict[str, AttributeValue]:
    """The attributes of a frame, as far as its kind has them."""
    said = reading.sentence(frame.token.i).text
    found: dict[str, AttributeValue] = {}
    for read in _READERS.get(frame.kind, ()):
        for name, value in read(frame, said):
            found.setdefault(name, value)
    return {name: value for name, value in found.items() if name in ontology.kind(frame.kind).attributes}


def text(head: Token, *, tail: bool = False) -> str:
    """The noun phrase of a head without article and owner, with what hangs on it behind if `tail` is set."""
    left, right = syntax.phrase(head, tail=tail)
    return re.sub(r"\s+", " ", head.doc[left:right].text).strip(" ,.")


def _term(_frame: Frame, said: str) -> Attributes:
    if (term := _TERM.search(said)) is not None:
        count = _COUNTS.get(term["count"].lower(), term["count"])
        yield "term", f"{count} {term['unit'].lower()}{'' if str(count) == '1' else 's'}"


def _round(frame: Frame, said: str) -> Attributes:
    """The round, unless the money is lent: "X, which led our Series B, granted us a loan"."""
    if word(frame.token) in ("loan", "grant", "lend", "borrow"):
        return
    if (found := _ROUND.search(said)) is not None:
        yield "round", found.group()[0].upper() + found.group()[1:]


def _stake(_frame: Frame, said: str) -> Attributes:
    if (stake := _STAKE.search(said)) is not None:
        yield "stake", (stake[1] or stake[2]).replace(" ", "")


def _nature(frame: Frame, _said: str) -> Attributes:
    noun = frame.token
    if any(child.lemma_.lower() == "strategic" for child in noun.children):
        yield "type", "strategic"
    elif word(noun) in ("collaboration", "alliance", "cooperation", "co-operation"):
        yield "type", word(noun)
    elif word(noun) in ("memorandum", "mou"):
        yield "type", "MOU"
    aim = next((c for c in noun.children if c.dep_ in ("acl", "advcl", "xcomp") and c.tag_ == "VB"), None)
    if aim is not None:
        yield "purpose", noun.doc[aim.i : aim.right_edge.i + 1].text.rstrip(" .")


def _goods(frame: Frame, _said: str) -> Attributes:
    for filler in frame.slots.get("for", ()):
        if (
            filler.name is None
            and filler.head.pos_ in ("NOUN", "PROPN")
            and not filler.head.ent_type_
            and word(filler.head) not in _SUMS
        ):
            yield "product", text(filler.head)
    for child in frame.token.children:
        if child.dep_ in ("acl", "advcl", "xcomp") and (
            child.lemma_ in triggers.words("supply") or child.lemma_ in ("build", "construct", "maintain")
        ):
            yield from (("product", text(goods)) for goods in child.children if goods.dep_ == "dobj")


def _facility(frame: Frame, _said: str) -> Attributes:
    for filler in frame.roles.get("part", ()):
        if filler.name is None and word(filler.head) in triggers.words("facility"):
            yield "facility", text(filler.head, tail=True)


def _product(frame: Frame, _said: str) -> Attributes:
    products = frame.roles.get("product", ())
    if any(filler.name for filler in products):
        apposed = (
            child for f in products for child in f.head.children if child.dep_ == "appos" and child.pos_ == "NOUN"
        )
        yield from (("product_type", text(child, tail=True)) for child in apposed)
        return
    for filler in (*products, *frame.slots.get("object", ())):
        if filler.head.pos_ == "NOUN":
            yield "product", text(filler.head, tail=True)


def _subject(frame: Frame, _said: str) -> Attributes:
    for filler in frame.roles.get("subject", ()):
        if filler.name is None:
            yield "subject", text(filler.head, tail=True)


_READERS: Mapping[str, tuple[Callable[[Frame, str], Attributes], ...]] = {
    "partnership": (_term, _nature),
    "contract": (_term, _goods),
    "investment": (_round, _stake),
    "acquisition": (_stake,),
    "divestiture": (_stake,),
    "expansion": (_facility,),
    "launch": (_product,),
    "joint_venture": (_nature,),
    "termination": (_subject,),
}
