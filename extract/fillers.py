"""Who or what a noun phrase names: descriptions in front of a name, pronouns, subjects that the parser lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from extract import references, syntax
from extract.lists import listed_with
from extract.names import Name
from extract.reading import Reading
from ontology import triggers

#: Types that never act in a deal, however they got into its slots.
NO_PARTIES = frozenset(("Country", "Region", "Regulation", "Market", "Segment"))
_PARTIES = frozenset(("Company", "HealthSystem", "Organization"))
FINITE_FORMS = frozenset(("VBD", "VBZ", "VBP", "MD"))
_PRONOUNS = frozenset(("it", "they", "its", "their", "them"))
_VERBS = frozenset(("VBD", "VBZ", "VBP", "VB", "VBN", "VBG", "MD"))
_OBJECTS = frozenset(("dobj", "pobj", "dative"))
SPEAKERS = frozenset(("we", "our", "us", "ours"))
_ORGANS = frozenset(("Company", "Issuer", "Group", "Board"))
_NAMED = frozenset(("NOUN", "PROPN", "PRON", "X", "NUM", "ADJ", "VERB"))


@dataclass(frozen=True, slots=True)
class Filler:
    """What stands in a slot: the head of its noun phrase, and the name where it is one or stands for one."""

    head: Token
    name: Name | None


def with_subjects(reading: Reading) -> Reading:
    """The reading with whom the subjects stand for, so that pronouns and "the company" can be resolved."""
    for token in reading.doc:
        if token.lower_ == "it" and token.dep_ in _OBJECTS:
            meant = tuple(name for name in antecedent(reading, token) or () if may_act(name))
            if any(
                i >= 0 and group == meant for i, group in reading.subjects
            ):  # what is spoken of by a pronoun remains the topic
                reading = replace(reading, subjects=(*reading.subjects, (token.i, meant)))
        if token.tag_ in _VERBS and token.pos_ in ("VERB", "AUX"):
            own = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            found = group_of(reading, own) if own is not None and own.i < token.i else ()
            if own is not None and token.lemma_ == "be" and not any(f.name for f in found):
                found = _presented(reading, token)
            group = tuple(f.name for f in found or left_subject(reading, token) if f.name and may_act(f.name))
            if group and (not reading.subjects or reading.subjects[-1][1] != group or own is not None):
                start = group[0].start if reading.at.get(group[0].start) == group[0] else token.i
                reading = replace(reading, subjects=(*reading.subjects, (start, group)))
    return reading


def _presented(reading: Reading, verb: Token) -> tuple[Filler, ...]:
    """Whom "one example is X" brings up."""
    shown = next((child for child in verb.children if child.dep_ == "attr" and child.i in reading.at), None)
    return group_of(reading, shown) if shown is not None else ()


def may_act(name: Name) -> bool:
    """Whether the bearer of a name can be a party."""
    return name.type not in NO_PARTIES


def group_of(reading: Reading, head: Token) -> tuple[Filler, ...]:
    """What a noun phrase names, with all that is coordinated with it; pronouns give whom they stand for."""
    if (meant := antecedent(reading, head)) is not None:
        return tuple(Filler(head, name) for name in meant)
    found: list[Filler] = []
    known: set[Name | None] = set()
    for each in _coordinated(reading, head):
        name = name_of(reading, each)
        for member in listed_with(reading, name) if name and name not in known else (name,):
            if member is None or (member not in known and not _is_aside(member, head)):
                found.append(Filler(each, member))
                known.add(member)
    return tuple(found)


def _is_aside(name: Name, head: Token) -> bool:
    """Whether a name stands in a relative clause that only describes another one: "A, who moved to B, and C"."""
    for each in (token := head.doc[name.start], *token.ancestors):
        if each == head:
            return False
        if each.dep_ == "relcl" and each.head in (head, *head.children):
            return True
    return False


def name_of(reading: Reading, head: Token) -> Name | None:
    """The name that a noun phrase consists of or ends in: "the supermarket chain Grünkorb", "the city of Ghent"."""
    if head.i in reading.at:
        return reading.at[head.i]
    following = reading.at.get(head.i + 1)
    if following is not None and following.start == head.i + 1 and head.pos_ == "NOUN":
        return following
    before = reading.at.get(head.i - 1) if head.i else None
    if before is not None and head.lower_ in ("family", "brothers", "families"):
        return with_family(reading, before)
    if head.tag_ == "JJ" and head.dep_ == "pobj":
        return _behind(reading, head)
    return _explained(reading, head) or _body(reading, head)


def with_family(reading: Reading, name: Name) -> Name:
    """The name with the word for whose it is: "the Pellworth family"."""
    behind = reading.doc[name.end] if name.end < len(reading.doc) else None
    if behind is None or behind.lower_ not in ("family", "families", "brothers", "sisters", "siblings"):
        return name
    end = name.end + 1
    end += int(end < len(reading.doc) and reading.doc[end].lower_ in ("foundation", "trust", "office", "holding"))
    text = f"{name.text} {reading.doc[name.end : end].text}"
    return replace(name, end=end, text=text, full=text, type="Organization", sure=True)


def _behind(reading: Reading, people: Token) -> Name | None:
    """The name that an adjective describes which the parser took for a noun: "of Dutch jointing specialist X"."""
    for token in people.doc[people.i + 1 : people.i + 6]:
        if token.i in reading.at:
            return reading.at[token.i]
        if token.pos_ not in ("NOUN", "ADJ", "VERB") or token.tag_ in FINITE_FORMS:
            return None
    return None


def _explained(reading: Reading, head: Token) -> Name | None:
    """The name beside a common noun that explains it or that it explains."""
    if word(head) in triggers.words("team"):
        return _leader(reading, head)
    close = head.i + 1 < len(head.doc) and head.nbor(1).text != ","
    for child in head.children:
        if child.dep_ != "appos" or child.i not in reading.at:
            continue
        owned = any(each.dep_ == "poss" for each in head.children)
        if (close and child.i - head.i < 4) or owned or word(head) in triggers.words("child") | {"product"}:
            return reading.at[child.i]
    return beside(reading, head) if head.dep_ == "appos" and head.pos_ == "NOUN" else None


def _leader(reading: Reading, head: Token) -> Name | None:
    """Who leads "a consortium led by X"."""
    leads = (child for child in head.children if child.dep_ == "acl" and child.lemma_ in ("lead", "head"))
    named = (place for lead in leads for slot, place in syntax.nested(lead) if slot == "by")
    return next((name for place in named if (name := name_of(reading, place)) is not None), None)


def beside(reading: Reading, noun: Token) -> Name | None:
    """The name across a comma: "Orflex, a joint venture", "a joint venture, Volterix"."""
    left, _ = syntax.phrase(noun)
    while left > 0 and reading.doc[left - 1].pos_ == "DET":
        left -= 1
    if left > 1 and reading.doc[left - 1].text == "," and left - 2 in reading.at:
        return reading.at[left - 2]
    following = reading.at.get(noun.i + 2)
    apart = noun.i + 2 < len(reading.doc) and reading.doc[noun.i + 1].text == ","
    return following if apart and following is not None and following.start == noun.i + 2 else None


def _body(reading: Reading, head: Token) -> Name | None:
    """A body told by what it is and where: of "the city of Ghent" Ghent, "the municipal utility of Bodø" whole."""
    rules = word(head) in triggers.words("ruler")
    if not rules and word(head) not in triggers.words("body"):
        return None
    if not any(child.dep_ == "det" and child.lower_ == "the" for child in head.children):
        return None
    place = reading.at.get(head.i + 2)
    if place is None or place.start != head.i + 2 or head.nbor(1).lower_ != "of":
        return None
    if rules:
        return replace(place, type="Organization", sure=True)
    left, _ = syntax.phrase(head)
    text = " ".join(head.doc[left : place.end].text.split())
    return Name(left, place.end, text, text, "Organization", sure=True)


def left_subject(reading: Reading, verb: Token) -> tuple[Filler, ...]:
    """The names right before a verb group, or before what stands in commas there, whatever the parser says."""
    doc, i, start = verb.doc, verb.i, reading.sentence(verb.i).start
    while i > start and (doc[i - 1].pos_ in ("AUX", "ADV", "PART") or doc[i - 1].lower_ in ("today", "this", "week")):
        i -= 1
    if i == start:
        return ()
    name = reading.at.get(i - 1)
    if name is None and doc[i - 1].text in (",", ")", "–", "—"):
        name = _topic(reading, start, i)
    if name is None or not may_act(name) or _in_phrase(doc, name):
        return ()
    return tuple(Filler(doc[each.end - 1], each) for each in listed_with(reading, name))


def word(token: Token) -> str:
    """The lemma in lower case, of hyphened words the whole: "start-up"."""
    doc, i = token.doc, token.i
    if i >= 2 and doc[i - 1].text == "-" and not doc[i - 1].whitespace_:
        return f"{doc[i - 2].lower_}-{token.lemma_.lower()}"
    return token.lemma_.lower()


def _topic(reading: Reading, start: int, end: int) -> Name | None:
    """The name that opens the sentence, if all that follows up to `end` stands in commas or brackets behind it."""
    opening = next((name for name in reading.names if start <= name.start < end and may_act(name)), None)
    if opening is None or opening.end >= end or reading.doc[opening.end].text not in (",", "("):
        return None
    ahead = reading.doc[start : opening.start]
    plain = all(
        token.pos_ not in ("VERB", "AUX") and token.lower_ not in ("by", "from", "with", "to") for token in ahead
    )
    return opening if plain else None


def _in_phrase(doc: Doc, name: Name) -> bool:
    """Whether a preposition stands before the name, so that it is no subject: "a decree of the ministry obliges"."""
    i = name.start - 1
    while i > 0 and doc[i].pos_ in ("DET", "ADJ") and not doc[i].is_sent_start:
        i -= 1
    return i >= 0 and doc[i].pos_ == "ADP" and not doc[name.end - 1].dep_.startswith("nsubj")


def _coordinated(reading: Reading, head: Token) -> list[Token]:
    found = [head]
    for each in found:
        found += [
            child for child in each.children if child.dep_ == "conj" and child not in found and child.i > each.i
        ]
    return [each for each in found if each.pos_ in _NAMED or each.i in reading.at]


def antecedent(reading: Reading, head: Token) -> tuple[Name, ...] | None:
    """Whom "we", "it", "they", "the company", "both partners" stand for; None for other noun phrases."""
    told = suggested(reading, head)
    form = references.form(head) if reading.entities else None
    return _meant(reading, head, told) if form == "we" or (form == "company" and told is not None) else told


def referent(reading: Reading, head: Token) -> tuple[Name, ...] | None:
    """As `antecedent`, and whom "she", "the carrier" and "the federation" may stand for: likely, not certain."""
    told = suggested(reading, head)
    return _meant(reading, head, told) if reading.entities and references.form(head) is not None else told


def _meant(reading: Reading, head: Token, told: tuple[Name, ...] | None) -> tuple[Name, ...] | None:
    """Who is meant by a reference to one: the likeliest of the document, unless the phrase names somebody itself."""
    if len(told or ()) > 1 or (head.pos_ == "NOUN" and name_of(reading, head) is not None):
        return told
    meant = references.meant(reading, head, told or ())
    return (meant,) if meant is not None else told


def suggested(reading: Reading, head: Token) -> tuple[Name, ...] | None:
    """Whom a pronoun or description stands for by the subjects before it alone; None for other noun phrases."""
    if reading.speaker is not None and (head.lower_ in SPEAKERS or _is_organ(reading, head)):
        return (replace(reading.speaker, start=head.i, end=head.i + 1),)
    determiner = next((c.lower_ for c in head.lefts if c.dep_ in ("det", "predet", "nummod", "poss")), "")
    pair = head.lower_ == "two" and determiner == "the"
    bearer = determiner in ("the", "this", "both", "these", "two") and word(head) in triggers.words("bearer")
    if bearer and (name_of(reading, head) is not None or any(c.lower_ == "of" for c in head.children)):
        return None
    if not pair and not bearer and head.lower_ not in _PRONOUNS:
        return None
    several = pair or head.lower_ in ("they", "their", "them") or head.tag_ == "NNS" or determiner in ("both", "two")
    barred = _own_subject(reading, head)
    earlier = [group for i, group in reversed(reading.subjects) if i < head.i and not barred & set(group)]
    earlier = [group for group in earlier if not all(name.type == "Person" and name.sure for name in group)]
    if several:
        found = next((group for group in earlier if len(group) > 1), ()) or _pair_before(reading, head)
    else:
        found = next((group for group in earlier if len(group) == 1), ())
    if found or earlier:
        return found or earlier[0][: None if several else 1]
    return _ahead(reading, head) if head.tag_ == "PRP$" else ()


def _own_subject(reading: Reading, head: Token) -> set[Name]:
    """The subject of a pronoun's own clause, whom it cannot stand for: of "X bought 85% of it" X."""
    if head.tag_ != "PRP" or head.dep_ not in _OBJECTS:
        return set()
    verb = next((each for each in head.ancestors if each.pos_ in ("VERB", "AUX")), None)
    doer = syntax.subject(verb) if verb is not None else None
    name = reading.at.get(doer.i) if doer is not None and doer != head else None
    return {name} if name is not None else set()


def _is_organ(reading: Reading, head: Token) -> bool:
    """Whether "the Company", "our Board" speaks of who issues the release."""
    return head.text in _ORGANS and head.i not in reading.at and any(c.dep_ in ("det", "poss") for c in head.lefts)


def _ahead(reading: Reading, head: Token) -> tuple[Name, ...]:
    """Whom a pronoun means that comes before its subject: "Following its sale, Lumeo ..."."""
    end = reading.sentence(head.i).end
    return next((group for i, group in reading.subjects if head.i < i < end), ())


def _pair_before(reading: Reading, head: Token) -> tuple[Name, ...]:
    """The two parties that the sentence before names, if it names just two."""
    end = reading.sentence(head.i).start
    start = reading.sentence(end - 1).start if end else 0
    found = {n.full: n for n in reading.names if start <= n.start < end and n.type in _PARTIES}
    return tuple(found.values()) if len(found) == 2 else ()
