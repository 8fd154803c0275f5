"""What a trigger of a deal asks of its slots, so that it tells of companies and money and of nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Token

from extract.fillers import Filler, may_act, word
from extract.names import Name
from extract.reading import Reading
from ontology import triggers

if TYPE_CHECKING:
    from extract.frames import Frame

_FIRMS = frozenset(("Company", "HealthSystem", "Organization", "Publisher"))
_SHARES = frozenset(("share", "bond", "unit", "warrant"))
_FEW = frozenset(("a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"))

Guard = Callable[[Reading, "Frame", Sequence[Filler]], bool]


def is_firm(name: Name | None) -> bool:
    """Whether the bearer of a name is a company, or may be one as no list or context says otherwise."""
    if name is None or not may_act(name):
        return False
    return name.type in _FIRMS or (not name.sure and name.type != "Person")


def holds_money(reading: Reading, head: Token) -> bool:
    """Whether a noun phrase holds an amount."""
    left, right = head.left_edge.idx, head.right_edge.idx + len(head.right_edge)
    return any(left <= figure.start < right for figure in reading.amounts)


def _has(frame: Frame, *slots: str) -> bool:
    return any(is_firm(f.name) for slot in slots for f in frame.slots.get(slot, ()))


def _is_sum(reading: Reading, frame: Frame) -> bool:
    """Whether the object is money itself: "secured €9 million from", not "won an $8 million contract"."""
    heads = [f.head for f in frame.slots.get("object", ())]
    return any(figure.start <= head.idx < figure.end for head in heads for figure in reading.amounts)


def _firm(_reading: Reading, _frame: Frame, behind: Sequence[Filler]) -> bool:
    return any(is_firm(f.name) for f in behind)


def _joining(_reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "adds Pivotly to its portfolio"."""
    into = any(word(f.head) in triggers.words("portfolio") for f in frame.slots.get("to", ()))
    return into and _has(frame, "object")


def _wanted(_reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "strikes a deal for Cordwain Shoes"."""
    return any(f.name is not None and f.name.type in _FIRMS for f in frame.slots.get("for", ()))


def _pairing(_reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "X and Y combine"."""
    doers = {f.name for f in frame.slots.get("subject", ()) if is_firm(f.name)}
    others = {f.name for f in frame.slots.get("with", ()) if is_firm(f.name)}
    return not frame.slots.get("object") and (len(doers) == 2 or (len(doers) == 1 and len(others) == 1))


def _handed(_reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "transferred its envelope business to Wodnik"."""
    assets = triggers.words("asset") - {"share", "right", "rights", "interest"}
    return any(word(f.head) in assets for f in frame.slots.get("object", ())) and _has(frame, "to")


def _passing(_reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "the envelope business goes to Wodnik"."""
    things = (f for f in frame.slots.get("subject", ()) if f.name is None)
    return any(word(f.head) in triggers.words("asset") for f in things) and _has(frame, "to")


def _lot(reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "sell six river barges to the Polish owner Wodnik for €14 million": few things, one price."""
    things = [f.head for f in frame.slots.get("object", ()) if f.name is None and f.head.pos_ == "NOUN"]
    return any(_is_few(head) for head in things) and _is_priced(reading, frame.token) and _has(frame, "to")


def _is_few(noun: Token) -> bool:
    counts = [c.lower_ for c in noun.children if c.dep_ == "nummod"]
    return all(count in _FEW or (count.isdigit() and int(count) < 100) for count in counts)


def _is_priced(reading: Reading, token: Token) -> bool:
    sentence = reading.sentence(token.i)
    return any(sentence.start_char <= each.start < sentence.end_char for each in reading.amounts)


def _sold_to(reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "the sale of its 31 radio stations to Beacon for $64 million"."""
    things = [f for f in frame.slots.get("of", ()) if f.name is not None or _is_few(f.head)]
    owned = any(c.dep_ == "poss" for f in things for c in f.head.children)
    return bool(things) and _has(frame, "to") and (owned or _is_priced(reading, frame.token))


def _sum(reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "secured €9 million from Fjordcap": an amount, and who gives it or a word for what it is."""
    if not _is_sum(reading, frame):
        return False
    sentence = reading.sentence(frame.token.i)
    funding = triggers.words("funding") - {"money", "fund", "investment"}
    return _has(frame, "from") or any(word(each) in funding for each in sentence if each.pos_ in ("NOUN", "PROPN"))


def _paid_in(reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "puts $9 million into Lumenade"."""
    paid = any(holds_money(reading, f.head) for f in frame.slots.get("object", ()))
    return paid and _has(frame, "into", "in", "to")


def _backed(reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "is backing Lumenade with $9 million"."""
    paid = any(holds_money(reading, f.head) for f in frame.slots.get("with", ()))
    return paid and _has(frame, "object")


def _lent(_reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "supports the project with a loan of €4 million to Lumenade"."""
    return _has(frame, "to") and _has(frame, "subject", "by", "from")


def _of_round(_reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "A also participated", "B joined the round", not "she joins the board"."""
    aims = frame.slots.get("object", ())
    return all(word(f.head) in triggers.words("funding") | {"part"} for f in aims) and not frame.slots.get("as")


def _new_shares(_reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "issues 2 million new shares to Fjordcap"."""
    return any(word(f.head) in _SHARES for f in frame.slots.get("object", ())) and _has(frame, "to", "with")


def _subscribed(_reading: Reading, frame: Frame, _behind: Sequence[Filler]) -> bool:
    """As in "subscribed for new shares in Lumenade"."""
    return any(word(f.head) in _SHARES for slot in ("for", "to", "object") for f in frame.slots.get(slot, ()))


#: The conditions by the names that triggers of `ci.ttl` use for them.
GUARDS: Mapping[str, Guard] = {
    "firm": _firm,
    "joining": _joining,
    "wanted": _wanted,
    "pairing": _pairing,
    "handed": _handed,
    "passing": _passing,
    "lot": _lot,
    "soldto": _sold_to,
    "sum": _sum,
    "paidin": _paid_in,
    "backed": _backed,
    "lent": _lent,
    "ofround": _of_round,
    "newshares": _new_shares,
    "subscribed": _subscribed,
}
