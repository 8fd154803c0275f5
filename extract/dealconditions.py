"""What triggers of deals ask of their slots, so that they tell of companies and money and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from extract.conditions import Check, Found, holds_money
from extract.fillers import may_act, word
from extract.names import Name
from ontology import triggers

_FIRMS = frozenset(("Company", "HealthSystem", "Organization", "Publisher"))
_SHARES = frozenset(("share", "bond", "unit", "warrant"))
_FEW = frozenset(("a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"))


def is_firm(name: Name | None) -> bool:
    """Whether the bearer of a name is a company, or may be one as no list or context says otherwise."""
    if name is None or not may_act(name):
        return False
    return name.type in _FIRMS or (not name.sure and name.type != "Person")


def _has(found: Found, *slots: str) -> bool:
    return any(is_firm(name) for name in found.names(*slots))


def _is_sum(found: Found) -> bool:
    """Whether the object is money itself: "secured €9 million from", not "won an $8 million contract"."""
    heads = [f.head for f in found.all("object")]
    return any(figure.start <= head.idx < figure.end for head in heads for figure in found.reading.amounts)


def _firm(found: Found) -> bool:
    return any(is_firm(f.name) for f in found.behind)


def _joining(found: Found) -> bool:
    """As in "adds Pivotly to its portfolio"."""
    into = any(word(f.head) in triggers.words("portfolio") for f in found.all("to"))
    return into and _has(found, "object")


def _wanted(found: Found) -> bool:
    """As in "strikes a deal for Cordwain Shoes"."""
    return any(f.name is not None and f.name.type in _FIRMS for f in found.all("for"))


def _pairing(found: Found) -> bool:
    """As in "X and Y combine"."""
    doers = {f.name for f in found.all("subject") if is_firm(f.name)}
    others = {f.name for f in found.all("with") if is_firm(f.name)}
    return not found.all("object") and (len(doers) == 2 or (len(doers) == 1 and len(others) == 1))


def _handed(found: Found) -> bool:
    """As in "transferred its envelope business to Wodnik"."""
    assets = triggers.words("asset") - {"share", "right", "rights", "interest"}
    return any(word(f.head) in assets for f in found.all("object")) and _has(found, "to")


def _passing(found: Found) -> bool:
    """As in "the envelope business goes to Wodnik"."""
    things = (f for f in found.all("subject") if f.name is None)
    return any(word(f.head) in triggers.words("asset") for f in things) and _has(found, "to")


def _lot(found: Found) -> bool:
    """As in "sell six river barges to the Polish owner Wodnik for €14 million": few things, one price."""
    things = [f.head for f in found.all("object") if f.name is None and f.head.pos_ == "NOUN"]
    return any(_is_few(head) for head in things) and _is_priced(found) and _has(found, "to")


def _is_few(noun: Token) -> bool:
    counts = [c.lower_ for c in noun.children if c.dep_ == "nummod"]
    return all(count in _FEW or (count.isdigit() and int(count) < 100) for count in counts)


def _is_priced(found: Found) -> bool:
    sentence = found.reading.sentence(found.token.i)
    return any(sentence.start_char <= each.start < sentence.end_char for each in found.reading.amounts)


def _sold_to(found: Found) -> bool:
    """As in "the sale of its 31 radio stations to Beacon for $64 million"."""
    things = [f for f in found.all("of") if f.name is not None or _is_few(f.head)]
    owned = any(c.dep_ == "poss" for f in things for c in f.head.children)
    return bool(things) and _has(found, "to") and (owned or _is_priced(found))


def _sum(found: Found) -> bool:
    """As in "secured €9 million from Fjordcap": an amount, and who gives it or a word for what it is."""
    if not _is_sum(found):
        return False
    sentence = found.reading.sentence(found.token.i)
    funding = triggers.words("funding") - {"money", "fund", "investment"}
    return _has(found, "from") or any(word(each) in funding for each in sentence if each.pos_ in ("NOUN", "PROPN"))


def _paid_in(found: Found) -> bool:
    """As in "puts $9 million into Lumenade"."""
    paid = any(holds_money(found.reading, f.head) for f in found.all("object"))
    return paid and _has(found, "into", "in", "to")


def _backed(found: Found) -> bool:
    """As in "is backing Lumenade with $9 million"."""
    paid = any(holds_money(found.reading, f.head) for f in found.all("with"))
    return paid and _has(found, "object")


def _lent(found: Found) -> bool:
    """As in "supports the project with a loan of €4 million to Lumenade"."""
    return _has(found, "to") and _has(found, "subject", "by", "from")


def _of_round(found: Found) -> bool:
    """As in "A also participated", "B joined the round", not "she joins the board"."""
    aims = found.all("object")
    return all(word(f.head) in triggers.words("funding") | {"part"} for f in aims) and not found.all("as")


def _new_shares(found: Found) -> bool:
    """As in "issues 2 million new shares to Fjordcap"."""
    return any(word(f.head) in _SHARES for f in found.all("object")) and _has(found, "to", "with")


def _subscribed(found: Found) -> bool:
    """As in "subscribed for new shares in Lumenade"."""
    return any(word(f.head) in _SHARES for f in found.all("for", "to", "object"))


#: The conditions by the names that triggers of `ci.ttl` use for them.
CHECKS: Mapping[str, Check] = {
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
