"""Measures the events on CORE: relations between two given companies in sentences of an encyclopaedia.

python -m tests.extract.company_relations train.json            the fifth that is held out: figures only
python -m tests.extract.company_relations train.json --seen     the other four fifths, which may be read
python -m tests.extract.company_relations train.json --seen --errors 20

CORE is by Borchert, De Weerdt and Moens (EMNLP 2023), CC BY 4.0; the file is `dataset/train.json` of its repository.
An item is held out where the SHA-256 of its id, taken as a number, is divisible by five.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import click

from extract import events, pipeline
from extract.document import Document
from extract.fact import Fact
from extract.nameforms import key
from extract.passage import Context, Passage

#: Relation of CORE to the kind that means it, with the roles of its first and second end.
MAP = {
    "collaboration": (("partnership", "partner", "partner"), ("joint_venture", "partner", "partner")),
    "acquired_by": (("acquisition", "target", "acquirer"), ("divestiture", "asset", "buyer")),
    "merged_with": (("acquisition", "target", "acquirer"), ("acquisition", "acquirer", "target")),
    "shareholder_of": (("investment", "investor", "investee"), ("investment", "lead_investor", "investee")),
    "client_of": (("contract", "customer", "supplier"),),
    "subsidiary_of": (("subsidiary", "subsidiary", "parent"),),
}
_CLOSE = frozenset((",", ".", ";", ":", ")", "]", "'s", "’s", "%", "!", "?", "'", "’"))
_OPEN = frozenset(("(", "[", "$", "€", "£"))
#: Ends that stand for a company named elsewhere; a sentence alone cannot resolve them.
_STANDING = frozenset(
    (
        "it",
        "its",
        "they",
        "their",
        "he",
        "she",
        "we",
        "who",
        "which",
        "the company",
        "the group",
        "the firm",
        "company",
    )
)


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence with two companies; `first` stands in `relation` to `second` ("X acquired_by Y")."""

    text: str
    first: str
    second: str
    relation: str
    named: bool  #: whether both ends are names


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items have a relation that maps, how many were given one, and how many the right one."""

    asked: int
    given: int
    right: int

    @property
    def precision(self) -> float:
        """The share of the given relations that are right; 1 where none was given."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """The share of the relations asked for that were found; 1 where none was asked for."""
        return self.right / self.asked if self.asked else 1.0


def held_out(identifier: str) -> bool:
    """Whether an item is never read, nor used but for the figures."""
    return int(sha256(identifier.encode()).hexdigest(), 16) % 5 == 0


def load(path: Path, *, seen: bool) -> list[Item]:
    """The items of a file of CORE: the four fifths that may be read if `seen`, else the one held out."""
    return [_item(raw) for raw in json.loads(path.read_text("utf-8")) if held_out(raw["id"]) is not seen]


def _item(raw: Mapping[str, object]) -> Item:
    tokens: list[str] = list(raw["context"])  # type: ignore[call-overload]  # the file's own shape, see its README
    ends = [" ".join(tokens[int(str(raw[f"{e}_start"])) : int(str(raw[f"{e}_end"])) + 1]) for e in ("e1", "e2")]
    first, second = (_sentence(end.split(" ")) for end in ends)
    named = not {first.lower(), second.lower()} & _STANDING
    if raw["invert_relation"]:
        first, second = second, first
    return Item(_sentence(tokens), first, second, str(raw["relation"]), named)


def _sentence(tokens: Sequence[str]) -> str:
    """The tokens with the spaces that print has between them."""
    pieces: list[str] = []
    for token in tokens:
        tight = not pieces or token in _CLOSE or pieces[-1] in _OPEN
        pieces += [token] if tight else [" ", token]
    return "".join(pieces)


def relations(items: Sequence[Item]) -> Iterator[set[str]]:
    """The relations of each pair that the events of its sentence state; both names are known to be companies'."""
    for item, doc in zip(items, pipeline.language().pipe(item.text for item in items), strict=True):
        companies = tuple(end for end in (item.first, item.second) if end.lower() not in _STANDING)
        context = Context(Document("core", item.text), companies=companies)
        yield set(_stated(item, events.find([Passage(0, doc)], context)))


def _stated(item: Item, facts: Sequence[Fact]) -> Iterator[str]:
    first, second = key(item.first), key(item.second)
    for fact in facts:
        roles = {(key(participant.name), participant.role) for participant in fact.participants}
        for relation, readings in MAP.items():
            if any(fact.kind == kind and {(first, a), (second, b)} <= roles for kind, a, b in readings):
                yield relation


def tally(items: Sequence[Item], found: Sequence[set[str]]) -> Tally:
    """The figures of items, given the relations found in each."""
    asked = sum(item.relation in MAP for item in items)
    given = sum(bool(each) for each in found)
    right = sum(item.relation in each for item, each in zip(items, found, strict=True))
    return Tally(asked, given, right)


def wrong(items: Sequence[Item], found: Sequence[set[str]]) -> Iterator[tuple[Item, set[str]]]:
    """The items with a relation that they do not have, or without the one that they have."""
    for item, each in zip(items, found, strict=True):
        if each - {item.relation} or (item.relation in MAP and not each):
            yield item, each


@click.command()
@click.option("--seen", is_flag=True, help="The four fifths that may be read, not the fifth held out.")
@click.option("--errors", default=0, help="How many wrong and missed ones to list; with --seen only.")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def main(path: Path, *, seen: bool, errors: int) -> None:
    """Print precision and recall on the items of PATH, a training file of CORE."""
    items = load(path, seen=seen)
    for title, chosen in (
        ("both ends named", [item for item in items if item.named]),
        ("one end a pronoun", [item for item in items if not item.named]),
    ):
        found = list(relations(chosen))
        whole = tally(chosen, found)
        click.echo(f"{title}: {len(chosen)} items, precision {whole.precision:.3f}, recall {whole.recall:.3f}")
        for relation in MAP:
            asked = [each for item, each in zip(chosen, found, strict=True) if item.relation == relation]
            right = sum(relation in each for each in asked)
            click.echo(f"  {relation:16} asked {len(asked):4}  right {right:4}")
        for item, each in list(wrong(chosen, found))[: errors if seen else 0]:
            click.echo(f"  {item.relation} {sorted(each)}: [{item.first}] [{item.second}] {item.text}")


if __name__ == "__main__":
    main()
