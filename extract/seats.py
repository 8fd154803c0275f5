"""States of affairs in passing clauses: where a company has its head office, whom it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from extract import fillers, syntax
from extract.fillers import Reading, word
from extract.names import Name
from ontology import triggers

_OFFICES = frozenset(("headquarters", "headquarter", "seat", "hq", "domicile"))
_HEAD = frozenset(("head", "registered", "central", "main", "corporate"))
_PLACES = frozenset(("Location", "Country", "Region"))
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|per ?cent)")

#: Kind, names by role, status, attributes and the token that says so.
State = tuple[str, dict[str, Name], str, dict[str, str], Token]


def states(reading: Reading) -> Iterator[State]:
    """The seats and owners that a passage tells of, in order of the text."""
    for token in reading.doc:
        if token.lower_ in ("based", "headquartered", "domiciled", "seated") and token.pos_ in ("VERB", "ADJ"):
            yield from _based(reading, token)
        elif token.pos_ in ("NOUN", "PROPN"):
            yield from _office(reading, token)
            yield from _child(reading, token)
            yield from _parent(reading, token)
        elif token.pos_ == "VERB":
            yield from _owned(reading, token)


# ---------------------------------------------------------------- head offices


def _seat(reading: Reading, company: Name | None, place: Name | None, token: Token) -> Iterator[State]:
    if company is None or place is None or place.type in ("Person", "Product") or company == place:
        return
    verbs = [each for each in (token, *syntax.governors(token)) if each.pos_ in ("VERB", "AUX")]
    future = token.dep_ != "amod" and any(syntax.auxiliaries(each) & {"will", "shall"} for each in verbs[:1])
    yield "headquarters", {"company": company, "location": place}, "planned" if future else "asserted", {}, token


def _based(reading: Reading, token: Token) -> Iterator[State]:
    if token.i > 1 and token.nbor(-1).text == "-":
        place = reading.at.get(token.i - 2)
        yield from _seat(reading, _bearer(reading, token.head), place, token)
        return
    place = next(
        (reading.at.get(head.i) for slot, head in syntax.nested(token) if slot in ("in", "at", "near")), None
    )
    bearer = token.head if token.dep_ == "acl" else syntax.subject(token)
    if bearer is not None:
        yield from _seat(reading, _bearer(reading, bearer), place, token)


def _office(reading: Reading, noun: Token) -> Iterator[State]:
    head = word(noun) in ("office", "offices") and any(c.lower_ in _HEAD for c in noun.children)
    if not head and noun.lower_ not in _OFFICES:
        return
    place = next((reading.at.get(h.i) for slot, h in syntax.nested(noun) if slot in ("in", "at", "to")), None)
    verb = next(iter(syntax.governors(noun)), None)
    if place is None and verb is not None and noun.dep_ in ("nsubj", "nsubjpass", "dobj"):
        place = next((reading.at.get(h.i) for slot, h in syntax.verb_slots(verb) if slot in ("in", "at", "to")), None)
    owner = next((c for c in noun.children if c.dep_ == "poss" and c.tag_ != "PRP$"), None)
    if owner is None and noun.dep_ == "pobj" and noun.head.lower_ == "with":
        owner = noun.head.head
    if owner is None and verb is not None and verb.pos_ == "VERB" and noun.dep_ == "dobj":
        owner = syntax.subject(verb)
    if owner is None:
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        yield from _seat(reading, _bearer(reading, owner), place, noun)


def _bearer(reading: Reading, head: Token) -> Name | None:
    """The company that a noun phrase is, stands beside or stands for."""
    for _ in range(4):
        found = fillers.name_of(reading, head)
        if found is not None:
            return found if found.type not in _PLACES or not found.sure else None
        if head.dep_ == "appos":
            head = head.head
        elif head.dep_ in ("attr", "nsubj", "nsubjpass", "poss", "dobj", "pobj"):
            meant = [f.name for f in fillers.group_of(reading, head) if f.name is not None]
            if meant:
                return meant[0]
            doer = syntax.subject(head.head) if head.dep_ == "attr" else None
            if doer is None or doer == head:
                return None
            head = doer
        else:
            return None
    return None


# ---------------------------------------------------------------- owners


def _owner(child: Name | None, parent: Name | None, token: Token, status: str, stake: str = "") -> Iterator[State]:
    if child is None or parent is None or child.full == parent.full:
        return
    if (child.type in _PLACES and child.sure) or (parent.type in _PLACES and parent.sure):
        return
    yield "subsidiary", {"subsidiary": child, "parent": parent}, status, {"stake": stake} if stake else {}, token


def _child(reading: Reading, noun: Token) -> Iterator[State]:
    """ "X, a unit of Y", "Y's subsidiary X"."""
    if word(noun) not in triggers.words("child"):
        return
    named = fillers.name_of(reading, noun)
    owners = (
        [head for slot, head in syntax.nested(noun) if slot == "of"] if named is None or noun.dep_ == "appos" else []
    )
    owners += [c for c in (noun.head if noun.dep_ == "compound" else noun).children if c.dep_ == "poss"]
    parent = next((f.name for head in owners for f in fillers.group_of(reading, head) if f.name is not None), None)
    child = named
    if child is None and noun.dep_ in ("appos", "attr"):
        child = _bearer(reading, noun)
    yield from _owner(child, parent, noun, _told(noun))


def _parent(reading: Reading, noun: Token) -> Iterator[State]:
    """ "its parent company Y", "Y, the owner of X"."""
    company = word(noun) in ("company", "group", "firm") and any(
        c.lower_ in ("parent", "holding") for c in noun.children
    )
    if not company and word(noun) not in ("parent", "owner"):
        return
    parent = fillers.name_of(reading, noun) or (_bearer(reading, noun) if noun.dep_ in ("appos", "attr") else None)
    owned = [c for c in noun.children if c.dep_ == "poss"] + [h for slot, h in syntax.nested(noun) if slot == "of"]
    child = next((f.name for head in owned for f in fillers.group_of(reading, head) if f.name is not None), None)
    yield from _owner(child, parent, noun, _told(noun))


def _owned(reading: Reading, verb: Token) -> Iterator[State]:
    if verb.lemma_ not in ("own", "control", "belong", "hold"):
        return
    slots: dict[str, list[Token]] = {}
    for slot, head in syntax.verb_slots(verb):
        slots.setdefault(slot, []).append(head)

    def named(*order: str) -> Name | None:
        heads = (head for slot in order for head in slots.get(slot, ()))
        return next((f.name for head in heads for f in fillers.group_of(reading, head) if f.name is not None), None)

    said = verb.doc[verb.left_edge.i : verb.right_edge.i + 1].text
    share = _PERCENT.search(said)
    if verb.lemma_ == "belong":
        yield from _owner(named("subject"), named("to"), verb, _told(verb))
    elif share is None and verb.lemma_ != "hold":
        yield from _owner(named("object"), named("subject"), verb, _told(verb), "100%" if "wholly" in said else "")
    elif share is not None and float(share[1]) > 50:
        yield from _owner(named("of", "in", "object"), named("subject"), verb, _told(verb), share[1] + "%")
    elif share is not None:
        held, holder = named("of", "in", "object"), named("subject")
        if held is not None and holder is not None and held != holder:
            yield "investment", {"investee": held, "investor": holder}, "asserted", {"stake": share[1] + "%"}, verb


def _told(token: Token) -> str:
    """Planned where it will be, ended where it was."""
    verbs = [each for each in (token, *syntax.governors(token)) if each.pos_ in ("VERB", "AUX")]
    if any(child.lower_ in ("former", "formerly", "previous", "ex") for child in token.children):
        return "ended"
    if any(syntax.auxiliaries(verb) & {"will", "shall"} for verb in verbs):
        return "planned"
    was = token.dep_ == "attr" and verbs and verbs[0].lower_ in ("was", "were")
    return "ended" if was else "asserted"
