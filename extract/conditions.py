"""What a trigger asks of what stands in its slots, beyond word lists: a name, a place, money.

The conditions of deals and of trade stand in modules of their own; `frames` knows all by their names in `ci.ttl`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extract import syntax
from extract.fillers import Filler, may_act, word
from extract.names import Name
from extract.reading import Reading
from ontology import triggers

_PLACES = frozenset(("Country", "Region", "Location"))


@dataclass(frozen=True, slots=True)
class Found:
    """A trigger in its sentence with the fillers of its slots; `behind` are the object and what else it acts on."""

    reading: Reading
    token: Token
    slots: Mapping[str, Sequence[Filler]]
    behind: Sequence[Filler]

    def all(self, *names: str) -> list[Filler]:
        """The fillers of some slots."""
        return [filler for name in names for filler in self.slots.get(name, ())]

    def names(self, *names: str) -> list[Name]:
        """The names among the fillers of some slots."""
        return [filler.name for filler in self.all(*names) if filler.name is not None]


Check = Callable[[Found], bool]


def holds_money(reading: Reading, head: Token) -> bool:
    """Whether a noun phrase holds an amount."""
    left, right = head.left_edge.idx, head.right_edge.idx + len(head.right_edge)
    return any(left <= figure.start < right for figure in reading.amounts)


def is_listed(found: Found, needed: str, fillers: Sequence[Filler] | None = None) -> bool:
    """Whether one of the fillers, by default of those behind, or a noun trigger itself is of a word list."""
    among = found.behind if fillers is None else fillers
    if needed == "activity" and any(f.head.tag_ == "VBG" for f in among):
        return True
    described = [f.head.doc[f.name.start - 1] for f in among if f.name is not None and f.name.start]
    described += [c for f in among if f.name is not None for c in f.head.children if c.dep_ == "appos"]
    own = [found.token] if found.token.pos_ in ("NOUN", "PROPN") else []
    return any(word(head) in triggers.words(needed) for head in (*(f.head for f in among), *described, *own))


def _pays(found: Found) -> bool:
    return any(holds_money(found.reading, f.head) for f in found.all("object"))


def _sequel(found: Found) -> bool:
    """A further edition as subject: "A smaller version, the X 600, will follow"."""
    doers = (child for child in found.token.children if child.dep_ == "nsubj")
    edition = any(word(each) in triggers.words("edition") for each in doers)
    return edition and bool(found.names("subject")) and not found.all("object")


def _addition(found: Found) -> bool:
    """An amount that comes to a round: "added $8 million to its Series B"."""
    funds = (word(each) for f in found.all("to") for each in f.head.subtree)
    return _pays(found) and any(each in triggers.words("funding") for each in funds)


def _site(found: Found) -> bool:
    """A site that opens: "Its second plant opened"."""
    opened = not found.all("object") and found.token.dep_ != "acl"
    return opened and is_listed(found, "facility", found.all("subject"))


def _price(found: Found) -> bool:
    """An amount that is paid for a business or a share: "pays $8 million for X"."""
    bought = found.all("for")
    listed = is_listed(found, "asset", bought) or is_listed(found, "stake", bought)
    return _pays(found) and (bool(found.names("for")) or listed)


def _product(found: Found) -> bool:
    """A description of a product: a common noun that is no abstract thing."""
    nouns = (f.head for f in found.behind if f.name is None and f.head.pos_ == "NOUN")
    return any(word(noun) not in triggers.words("notProduct") for noun in nouns)


def _round(found: Found) -> bool:
    """A passive of which a round is the subject: "the round was led by X"."""
    before = found.reading.doc[found.reading.sentence(found.token.i).start : found.token.i]
    return syntax.passive(found.token) and any(word(each) in triggers.words("funding") for each in before)


#: The conditions by the names that triggers of `ci.ttl` use for them.
CHECKS: Mapping[str, Check] = {
    "name": lambda found: any(f.name is not None and may_act(f.name) for f in found.behind),
    "item": lambda found: any(may_act(name) for name in found.names("subject")),
    "company": lambda found: bool(found.names("with")),
    "place": lambda found: any(f.name is not None and f.name.type in _PLACES for f in found.behind),
    "pair": lambda found: bool(found.names("object") and found.names("to")),
    "money": lambda found: any(holds_money(found.reading, f.head) for f in found.behind),
    "sequel": _sequel,
    "addition": _addition,
    "site": _site,
    "price": _price,
    "product": _product,
    "round": _round,
}
