"""Who or what a noun phrase names: lists, descriptions in front of a name, pronouns, subjects the parser lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from extract import syntax
from extract.names import Name
from ontology import triggers

#: Types that never act in a deal, however they got into its slots.
NO_PARTIES = frozenset(("Country", "Region", "Regulation", "Market", "Segment"))
_PARTIES = frozenset(("Company", "HealthSystem", "Organization"))
_LINKS = frozenset((",", "and", "&", "or", "both"))
_PRONOUNS = frozenset(("it", "they", "its", "their", "them"))
_RULED = frozenset(("city", "town", "state", "government", "municipality", "province", "port"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage with the names found in it.

    `money` are the character spans of its amounts, `at` the name that a token belongs to, `subjects` the names that
    subjects stand for, with the token where each begins.
    """

    doc: Doc
    names: tuple[Name, ...]
    money: tuple[tuple[int, int], ...]
    at: Mapping[int, Name]
    subjects: tuple[tuple[int, tuple[Name, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Filler:
    """What stands in a slot: the head of its noun phrase, and the name where it is one or stands for one."""

    head: Token
    name: Name | None


def read(doc: Doc, names: Sequence[Name], money: Sequence[tuple[int, int]]) -> Reading:
    """The passage prepared for the search: which token belongs to which name, and who the subjects were."""
    at = {i: name for name in names for i in range(name.start, name.end)}
    reading = Reading(doc, tuple(names), tuple(money), at)
    for token in doc:
        if token.pos_ in ("VERB", "AUX") and token.tag_ in ("VBD", "VBZ", "VBP", "VB", "VBN", "VBG", "MD"):
            own = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            found = group_of(reading, own) if own is not None and own.i < token.i else ()
            group = tuple(f.name for f in found or left_subject(reading, token) if f.name and _may_act(f.name))
            if group and (not reading.subjects or reading.subjects[-1][1] != group or own is not None):
                reading = replace(reading, subjects=(*reading.subjects, (group[0].start, group)))
    return reading


def group_of(reading: Reading, head: Token) -> tuple[Filler, ...]:
    """What a noun phrase names, with all that is coordinated with it; pronouns give whom they stand for."""
    if (meant := _antecedent(reading, head)) is not None:
        return tuple(Filler(head, name) for name in meant)
    found: list[Filler] = []
    for each in _coordinated(reading, head):
        name = name_of(reading, each)
        for member in _listed(reading, name) if name else (None,):
            if member is None or all(f.name != member for f in found):
                found.append(Filler(each, member))
    return tuple(found)


def name_of(reading: Reading, head: Token) -> Name | None:
    """The name that a noun phrase consists of or ends in: "the supermarket chain Kornmarkt", "the city of Ghent"."""
    if head.i in reading.at:
        return reading.at[head.i]
    following = reading.at.get(head.i + 1)
    if following is not None and following.start == head.i + 1 and head.pos_ == "NOUN":
        return following
    for child in head.children:
        near = child.i - head.i < 4 and head.i + 1 < len(head.doc) and head.nbor(1).text != ","
        if child.dep_ == "appos" and child.i in reading.at and (near or word(head) in triggers.words("child")):
            return reading.at[child.i]
        if child.lower_ == "of" and word(head) in _RULED:
            ruled = next((reading.at[c.i] for c in child.children if c.i in reading.at), None)
            return ruled and replace(ruled, type="Organization", sure=True)
    if head.dep_ == "appos" and head.pos_ == "NOUN":
        return beside(reading, head)
    return _body(reading, head)


def beside(reading: Reading, noun: Token) -> Name | None:
    """The name that a noun phrase explains behind or before a comma: "HJ Thermal, a joint venture", "a joint venture, Volterix"."""
    left, _ = syntax.phrase(noun)
    while left > 0 and reading.doc[left - 1].pos_ == "DET":
        left -= 1
    if left > 1 and reading.doc[left - 1].text == "," and left - 2 in reading.at:
        return reading.at[left - 2]
    following = reading.at.get(noun.i + 2)
    apart = noun.i + 2 < len(reading.doc) and reading.doc[noun.i + 1].text == ","
    return following if apart and following is not None and following.start == noun.i + 2 else None


def _body(reading: Reading, head: Token) -> Name | None:
    """A body told by what it is and where: "the municipal utility of Tromsø"."""
    if word(head) not in triggers.words("body") or not any(
        c.dep_ == "det" and c.lower_ == "the" for c in head.children
    ):
        return None
    place = next((reading.at[h.i] for slot, h in syntax.nested(head) if slot == "of" and h.i in reading.at), None)
    if place is None or place.start != head.i + 2:
        return None
    left, _ = syntax.phrase(head)
    text = " ".join(head.doc[left : place.end].text.split())
    return Name(left, place.end, text, text, "Organization", sure=True)


def left_subject(reading: Reading, verb: Token) -> tuple[Filler, ...]:
    """The names right before a verb group, or before what stands in commas there, whatever the parser made of them."""
    doc, i = verb.doc, verb.i
    while i > verb.sent.start and (
        doc[i - 1].pos_ in ("AUX", "ADV", "PART") or doc[i - 1].lower_ in ("today", "this", "week")
    ):
        i -= 1
    if i == verb.sent.start:
        return ()
    name = reading.at.get(i - 1)
    if name is None and doc[i - 1].text in (",", ")", "–", "—"):
        name = _topic(reading, verb.sent.start, i)
    if name is None or not _may_act(name) or _in_phrase(doc, name):
        return ()
    members = next((m for each in _before(reading, name) if name in (m := _listed(reading, each))), [name])
    return tuple(Filler(doc[each.end - 1], each) for each in members)


def word(token: Token) -> str:
    """The lemma in lower case, of hyphened words the whole: "start-up"."""
    doc, i = token.doc, token.i
    if i >= 2 and doc[i - 1].text == "-" and not doc[i - 1].whitespace_:
        return f"{doc[i - 2].lower_}-{token.lemma_.lower()}"
    return token.lemma_.lower()


def _may_act(name: Name) -> bool:
    return name.type not in NO_PARTIES


def _in_phrase(doc: Doc, name: Name) -> bool:
    """Whether a preposition stands before the name, so that it is no subject: "a decree of the ministry obliges"."""
    i = name.start - 1
    while i > 0 and doc[i].pos_ in ("DET", "ADJ") and not doc[i].is_sent_start:
        i -= 1
    return i >= 0 and doc[i].pos_ == "ADP" and not doc[name.end - 1].dep_.startswith("nsubj")


def _before(reading: Reading, name: Name) -> Iterator[Name]:
    """The names of the same sentence up to a name, in order of the text."""
    start = reading.doc[name.start].sent.start
    return (each for each in reading.names if start <= each.start <= name.start)


def _topic(reading: Reading, start: int, end: int) -> Name | None:
    """The name that opens the sentence, if all that follows up to `end` stands in commas or brackets behind it."""
    opening = next((name for name in reading.names if start <= name.start < end and _may_act(name)), None)
    if opening is None or opening.end >= end or reading.doc[opening.end].text not in (",", "("):
        return None
    ahead = reading.doc[start : opening.start]
    plain = all(
        token.pos_ not in ("VERB", "AUX") and token.lower_ not in ("by", "from", "with", "to") for token in ahead
    )
    return opening if plain else None


def _coordinated(reading: Reading, head: Token) -> list[Token]:
    found = [head]
    for each in found:
        found += [
            child for child in each.children if child.dep_ == "conj" and child not in found and child.i > each.i
        ]
    named = ("NOUN", "PROPN", "PRON", "X", "NUM", "ADJ", "VERB")
    return [each for each in found if each.pos_ in named or each.i in reading.at]


def _listed(reading: Reading, name: Name) -> list[Name]:
    """The name and those listed with it; a list ends in "and" before its last member."""
    found, last, closed = [name], name, False
    while not closed and (step := _next_in_list(reading, last)) is not None:
        last, closed = step
        found.append(last)
    return found if closed else found[:1]


def _next_in_list(reading: Reading, name: Name) -> tuple[Name, bool] | None:
    doc, i, closed = reading.doc, name.end, False
    i = _past_aside(doc, i)
    while i < len(doc) and doc[i].lower_ in _LINKS:
        closed = closed or doc[i].lower_ in ("and", "&", "or")
        i += 1
    start = i
    if start == name.end:
        return None
    while i < len(doc) and i - start < 6 and i not in reading.at:
        if (doc[i].is_punct and doc[i].text != "-") or doc[i].pos_ not in ("DET", "NOUN", "ADJ", "PUNCT", "PROPN"):
            return None
        i += 1
    following = reading.at.get(i)
    if following is None or doc[i].is_sent_start or (not closed and start != i):
        return None
    root = doc[following.start : following.end].root
    alone = root.dep_ in ("nsubj", "nsubjpass") and root.head.i > following.end
    if (
        alone
        and root.head not in doc[name.start].ancestors
        and any(t.pos_ == "VERB" for t in doc[name.start].ancestors)
    ):
        return None
    return following, closed


def _past_aside(doc: Doc, i: int) -> int:
    """Behind "Oatfold, headquartered in Leeds, and ...": the comma that ends the aside, if "and" follows it."""
    if i + 2 >= len(doc) or doc[i].text != "," or doc[i + 1].tag_ not in ("VBN", "VBG", "DT", "WDT", "JJ", "IN"):
        return i
    for at in range(i + 2, min(i + 16, len(doc) - 1)):
        if doc[at].text in (";", ".") or doc[at].is_sent_start:
            return i
        if doc[at].text == "," and doc[at + 1].lower_ == "and":
            return at
    return i


def _antecedent(reading: Reading, head: Token) -> tuple[Name, ...] | None:
    """Whom "it", "they", "the company", "both partners" stand for; None for other noun phrases."""
    determiner = next((c.lower_ for c in head.lefts if c.dep_ in ("det", "predet", "nummod", "poss")), "")
    pair = head.lower_ == "two" and determiner == "the"
    bearer = determiner in ("the", "this", "both", "these", "two") and word(head) in triggers.words("bearer")
    if bearer and (name_of(reading, head) is not None or any(c.lower_ == "of" for c in head.children)):
        return None
    if not pair and not bearer and head.lower_ not in _PRONOUNS:
        return None
    several = pair or head.lower_ in ("they", "their", "them") or head.tag_ == "NNS" or determiner in ("both", "two")
    earlier = [group for i, group in reading.subjects if i < head.i]
    if several:
        return next((group for group in reversed(earlier) if len(group) > 1), None) or (
            earlier[-1] if earlier else ()
        )
    return next((group for group in reversed(earlier) if len(group) == 1), None) or (
        earlier[-1][:1] if earlier else ()
    )


def _pair_before(reading: Reading, head: Token) -> tuple[Name, ...]:
    """The two parties that the sentence before names, if it names just two."""
    start = head.sent.start
    before = reading.doc[start - 1].sent.start if start else 0
    found = {n.full: n for n in reading.names if before <= n.start < start and _may_act(n) and n.type in _PARTIES}
    return tuple(found.values()) if len(found) == 2 else ()


def passive_slot(verb: Token) -> str:
    """The slot that the subject of a verb fills: "object" in the passive, "to" where the passive keeps its object."""
    if not syntax.passive(verb):
        return "subject"
    return "to" if any(child.dep_ == "dobj" for child in verb.children) else "object"
