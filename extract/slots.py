"""The slots of a trigger with who or what fills them: what the parser gives, mended where it lost something."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Token

from extract import fillers, syntax
from extract.fillers import Filler
from extract.reading import Reading
from ontology import triggers
from ontology.triggers import Trigger

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
#: Prepositions that are looked for further right where the parser hung them elsewhere.
_LOOSE = frozenset(("from", "with", "between"))
_RELATIONS = frozenset(("partnership", "joint_venture", "contract"))
_MEMBERS = frozenset(("partner", "party", "participant"))
_SIGNING = frozenset(
    (
        "sign",
        "win",
        "conclude",
        "secure",
        "announce",
        "agree",
        "place",
        "receive",
        "award",
        "enter",
        "have",
        "form",
        "get",
    )
)
_CLAUSAL = frozenset(("subject", "with", "to", "from", "by"))

Slots = dict[str, list[Filler]]


def slots(reading: Reading, token: Token, trigger: Trigger) -> Slots:
    """The fillers of each slot of a trigger, in order of their nearness."""
    found: Slots = {}
    apart = _apart() - trigger.governors
    for slot, head in syntax.noun_slots(token, apart) if trigger.noun else syntax.verb_slots(token):
        _add(found, slot, [filler for filler in fillers.group_of(reading, head) if filler.head != token])
    if trigger.noun:
        _add(found, "compound", _compound(reading, token))
        _add_beside(reading, token, found)
        _add_clauses(reading, token, found)
    verbs = _verbs(reading, token)
    if not verbs or verbs[0].lemma_ in apart:
        return found
    _add_subject(reading, verbs, found)
    _add_loose(reading, token, trigger, found)
    if trigger.noun and trigger.kind in _RELATIONS:
        _add_partners(reading, token, found)
    if token.dep_ == "relcl" and not _named(found, ("object",)):
        _add(found, "object", _explained(reading, token))
    if not trigger.noun:
        _add_relative(reading, token, trigger, found)
    if not trigger.noun and not found.get("object"):
        _add(found, "object", _right_object(reading, token))
    return found


def determined(noun: Token) -> bool:
    """Whether a noun tells what is known already: "the agreement", "this partnership"."""
    return any(child.lower_ in ("the", "this", "these") for child in noun.children)


def is_joined(noun: Token) -> bool:
    """Whether someone is said to take part in what was told before: "X is the partner in this collaboration"."""
    return determined(noun) and any(each.lemma_ in _MEMBERS for each in syntax.governors(noun))


def _add(found: Slots, slot: str, members: Iterable[Filler]) -> None:
    row = found.setdefault(slot, [])
    row += [filler for filler in members if filler not in row]


def _named(found: Slots, names: Iterable[str]) -> bool:
    return any(filler.name for slot in names for filler in found.get(slot, ()))


def _verbs(reading: Reading, token: Token) -> list[Token]:
    """The verbs that govern a trigger, itself included; for a noun that the parser cut off the last one before it."""
    found = [each for each in (token, *syntax.governors(token)) if each.pos_ in ("VERB", "AUX")]
    if found or token.pos_ in ("VERB", "AUX"):
        return found
    before = reading.doc[reading.sentence(token.i).start : token.i]
    return [each for each in before if each.tag_ in FINITE or each.tag_ == "VBN"][-1:]


@cache
def _apart() -> frozenset[str]:
    """Verbs whose subject only speaks of the event: who denies or approves a deal is no party to it."""
    return triggers.words("denial") | triggers.words("permission")


def _add_subject(reading: Reading, verbs: list[Token], found: Slots) -> None:
    """Adds the names right before the verb where the parser found none or fewer."""
    slot, top = _subject_slot(verbs[0]), next((verb for verb in verbs if verb.tag_ in FINITE), verbs[-1])
    known = {filler.name for filler in found.get(slot, ()) if filler.name}
    others = {filler.name for other, row in found.items() if other != slot for filler in row}
    left = [filler for filler in fillers.left_subject(reading, top) if filler.name not in others]
    if not known and not left and slot == "subject":
        left = _owners(reading, [filler.head for filler in found.get(slot, ())])
    if left and (not known or (len(left) > len(known) and known <= {filler.name for filler in left})):
        found[slot] = left


def _owners(reading: Reading, heads: list[Token]) -> list[Filler]:
    """Whose unnamed unit acts: "Quillon Health's imaging division launched ..."."""
    units = [head for head in heads if fillers.word(head) in triggers.words("child")]
    owners = [child for head in units for child in head.children if child.dep_ == "poss"]
    owners += [owner for head in units for slot, owner in syntax.nested(head) if slot == "of"]
    return [filler for owner in owners for filler in fillers.group_of(reading, owner) if filler.name is not None]


def _subject_slot(verb: Token) -> str:
    """The slot that the subject of a verb fills: "object" in the passive, "to" where the passive keeps its object."""
    if not syntax.passive(verb):
        return "subject"
    return "to" if any(child.dep_ == "dobj" for child in verb.children) else "object"


def _add_loose(reading: Reading, token: Token, trigger: Trigger, found: Slots) -> None:
    taken = {filler.name for row in found.values() for filler in row}
    for slot in trigger.slots:
        if slot in _LOOSE and not _named(found, (slot,)):
            _add(found, slot, [filler for filler in _further_right(reading, token, slot) if filler.name not in taken])


def _further_right(reading: Reading, token: Token, slot: str) -> list[Filler]:
    """The named fillers of a preposition further right in the clause."""
    for each in reading.doc[token.i + 1 : min(token.i + 15, reading.sentence(token.i).end)]:
        if each.tag_ in FINITE or each.text in (";", ":") or each.dep_ == "relcl":
            return []
        if each.lower_ == slot and each.pos_ == "ADP":
            heads = [child for child in each.children if child.dep_ == "pobj"]
            return [f for head in heads for f in fillers.group_of(reading, head) if f.name is not None]
    return []


def _compound(reading: Reading, noun: Token) -> list[Filler]:
    """The name that a noun is compounded with: "completes Cordwain Shoes takeover"."""
    name = reading.at.get(noun.i - 1) if noun.i else None
    if name is None or reading.doc[name.end - 1].dep_ not in ("compound", "nmod"):
        return []
    return [Filler(reading.doc[name.end - 1], name)]


def _add_beside(reading: Reading, noun: Token, found: Slots) -> None:
    """Adds the name right behind a noun ("their joint venture Orflex") and the one across a comma."""
    behind = reading.at.get(noun.i + 1)
    if behind is not None and behind.start == noun.i + 1:
        _add(found, "name", [Filler(reading.doc[behind.start], behind)])
    called = reading.at.get(noun.i + 2)
    if called is not None and called.start == noun.i + 2 and noun.nbor(1).lower_ in ("called", "named", "dubbed"):
        _add(found, "called", [Filler(reading.doc[called.start], called)])
    across = fillers.beside(reading, noun)
    if across is not None:
        _add(found, "beside", [Filler(reading.doc[across.start], across)])


def _add_clauses(reading: Reading, noun: Token, found: Slots) -> None:
    """Adds what clauses behind a noun say: "a contract to deliver to X", "the contract with X, which Y signed"."""
    for each in noun.subtree:
        if each.dep_ == "acl" and each.tag_ == "VB" and each.head == noun:
            _add(found, "aim", [Filler(each, None)])
            for slot, head in syntax.verb_slots(each):
                if slot in ("to", "for", "with") and slot not in found:
                    _add(found, slot, fillers.group_of(reading, head))
        elif each.dep_ in ("relcl", "acl") and each.lemma_ in _SIGNING:
            for slot, head in syntax.verb_slots(each):
                if slot in _CLAUSAL and head != noun and not _named(found, (slot,)):
                    _add(found, slot, fillers.group_of(reading, head))


def _add_partners(reading: Reading, noun: Token, found: Slots) -> None:
    """Adds who the last subjects were, where a relation names one side only, or is told as known already."""
    if is_joined(noun):
        known = {filler.name for filler in found.get("subject", ())}
        last = next((group for i, group in reversed(reading.subjects) if i < noun.i and not known & set(group)), ())
        _add(found, "subject", [Filler(noun, name) for name in last])
    if _named(found, ("subject", "poss", "between", "among")):
        return
    if any(filler.head.lower_ in fillers.SPEAKERS for filler in found.get("subject", ())):
        return  # "we" of a speaker who is not known
    last = next((group for i, group in reversed(reading.subjects) if i < noun.i), ())
    others = {f.name.full for slot in ("with", "by") for f in found.get(slot, ()) if f.name}
    if (others or (determined(noun) and len(last) > 1)) and not others & {name.full for name in last}:
        found["subject"] = [Filler(noun, name) for name in last]


def _explained(reading: Reading, verb: Token) -> list[Filler]:
    """Whom a relative clause within an apposition is about: "Flexura, a maker of software that X acquired"."""
    for each in verb.ancestors:
        if each.tag_ in FINITE:
            break
        if each.dep_ == "appos" and (name := fillers.name_of(reading, each)) is not None:
            return [Filler(each, name)]
    return []


def _add_relative(reading: Reading, verb: Token, trigger: Trigger, found: Slots) -> None:
    """Adds the name before "which" by the order of the words: "X, which Y bought", "X, in which Y took ..."."""
    start = max(reading.sentence(verb.i).start, verb.i - 10)
    pronoun = next((t for t in reversed(reading.doc[start : verb.i]) if t.tag_ in ("WDT", "WP") and t.i), None)
    if pronoun is None or any(t.tag_ in FINITE and t.pos_ == "VERB" for t in reading.doc[pronoun.i : verb.i]):
        return
    slot, at = "object", pronoun.i
    if reading.doc[at - 1].pos_ == "ADP":
        slot, at = reading.doc[at - 1].lower_, at - 1
    while at > start and reading.doc[at - 1].text in (",", ")", "”", '"'):
        at -= 1
    name = reading.at.get(at - 1)
    if name is None or not fillers.may_act(name):
        return
    doers = [reading.at[i] for i in range(pronoun.i + 1, verb.i) if i in reading.at]
    if slot == "object" and not doers and not any(t.pos_ == "PRON" for t in reading.doc[pronoun.i + 1 : verb.i]):
        return
    known = {filler.name for row in found.values() for filler in row}
    if (slot in trigger.slots or slot in ("in", "of")) and name not in known and not _named(found, (slot,)):
        found[slot] = [Filler(reading.doc[name.end - 1], name)]


def _right_object(reading: Reading, verb: Token) -> list[Filler]:
    """The name right behind a verb, past its article and description."""
    for token in reading.doc[verb.i + 1 : verb.i + 7]:
        if token.i in reading.at:
            return [Filler(token, reading.at[token.i])]
        if token.pos_ not in ("DET", "ADJ", "NOUN", "PRON") or token.dep_ in ("nsubj", "pobj", "npadvmod"):
            return []
    return []
