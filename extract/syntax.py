"""Walks over the dependency tree: what stands in which slot of a verb or noun, and what governs it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

#: Prepositions that stand for another one.
_SAME_SLOT = {"into": "into", "onto": "to", "at": "at", "alongside": "with", "amongst": "among", "via": "through"}
#: Slots that are the verb's even where they hang on another of its phrases.
_LOOSE = frozenset(("in", "at", "near"))
_SHARING = frozenset(("participation", "support", "backing", "contribution", "commitment", "help"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))

#: A slot and the head of what fills it: ("with", token).
Slot = tuple[str, Token]


def passive(verb: Token) -> bool:
    """Whether the verb's own subject suffers the action: "was acquired", "the firm acquired by X"."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl") and not any(c.dep_ == "aux" for c in verb.children)


def subject(verb: Token) -> Token | None:
    """The head of who acts or suffers: the verb's own subject, that of the verb it hangs on, the noun it modifies."""
    seen = 0
    while seen < 6:
        own = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if own is not None:
            return verb.head if own.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else own
        if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBG") and verb.head.pos_ in ("NOUN", "PROPN"):
            return verb.head
        if verb.dep_ == "ROOT" or verb.head == verb:
            return None
        verb, seen = verb.head, seen + 1
    return None


def verb_slots(verb: Token) -> Iterator[Slot]:
    """The slots of a verb, nearest first; in the passive the agent is the subject and the subject the object."""
    turned = passive(verb)
    doer = subject(verb)
    objects = [child for child in verb.children if child.dep_ in ("dobj", "dative", "oprd", "attr", "nsubjpass")]
    if doer is not None and not turned:
        yield "subject", doer
    elif doer is not None:
        yield ("to" if any(child.dep_ == "dobj" for child in objects) else "object"), doer
    for child in objects:
        if child.dep_ == "dative":
            yield from _dative(child)
        elif child.dep_ in ("oprd", "attr"):
            yield "as", child
        elif child.dep_ == "dobj":
            yield "object", child
    yield from (
        ("object", child) for child in verb.children if child.dep_ in ("xcomp", "pcomp") and child.tag_ == "VBG"
    )
    if verb.dep_ == "relcl" and not turned and not objects and doer != verb.head:
        yield "object", verb.head
    for slot, head in _prepositions(verb):
        yield ("subject" if turned and slot == "by" else slot), head
        yield from (inner for inner in nested(head, 1) if inner[0] in _LOOSE or head.lemma_ in _SHARING)
    for child in objects:
        if child.dep_ != "nsubjpass":
            yield from nested(child)


def _dative(child: Token) -> Iterator[Slot]:
    if child.pos_ == "ADP":
        for head in child.children:
            yield "to", head
    else:
        yield "to", child


def noun_slots(noun: Token, apart: frozenset[str] = frozenset()) -> Iterator[Slot]:
    """The slots of a noun: its owner, its prepositions, those of the governing verb unless it is in `apart`."""
    for child in noun.children:
        if child.dep_ == "poss":
            yield "poss", child
    yield from nested(noun)
    below = noun
    for verb in governors(noun):
        if verb.pos_ not in ("VERB", "AUX"):
            yield from nested(verb) if below.dep_ != "conj" else ()
            below = verb
            continue
        if verb.lemma_ in apart:
            return
        for slot, head in verb_slots(verb):
            if slot == "of" and below.dep_ == "nsubj":
                continue  # it belongs to the object: "the purchase follows the sale of X"
            if slot in ("object", "as") and head != noun and is_predicate(noun):
                yield "named", head
            elif head != noun and slot not in ("object", "as") and noun not in head.subtree:
                yield slot, head
        return


def is_predicate(noun: Token) -> bool:
    """Whether a noun says what the object of its verb becomes: "named X its supplier", "chosen as supplier"."""
    return noun.dep_ == "oprd" or (noun.dep_ == "pobj" and noun.head.lower_ == "as")


def nested(noun: Token, depth: int = 0) -> Iterator[Slot]:
    """The prepositions that hang on a noun, and those that hang on what they bring in."""
    for slot, head in _prepositions(noun):
        yield slot, head
        if depth < 2 and head.pos_ != "PROPN":
            yield from (inner for inner in nested(head, depth + 1) if inner[0] != slot)
    for child in noun.children:
        if child.dep_ == "acl" and child.lemma_ in ("call", "name", "dub"):
            yield from (("called", named) for named in child.children if named.dep_ in ("oprd", "dobj", "attr"))


def _prepositions(head: Token) -> Iterator[Slot]:
    for child in head.children:
        if child.dep_ in ("prep", "agent") and child.lower_ not in ("according", "due", "thanks", "owing", "prior"):
            slot = _SAME_SLOT.get(child.lower_, child.lower_)
            for inner in child.children:
                if inner.dep_ == "pobj":
                    if (noun := _mended(inner)) != inner:
                        yield from _prepositions(inner)
                    inner = noun
                    yield slot, inner
                    if inner.pos_ == "PROPN":
                        yield from _prepositions(inner)
                elif inner.dep_ == "prep":
                    yield from ((inner.lower_, far) for far in inner.children if far.dep_ == "pobj")


def _mended(head: Token) -> Token:
    """The noun that a part of its compound governs which was taken for a verb: "its soy spreads business"."""
    if head.tag_ != "VBZ":
        return head
    return next((child for child in head.rights if child.dep_ == "dobj" and child.i == head.i + 1), head)


def governors(token: Token) -> Iterator[Token]:
    """What a token hangs on, upwards, as long as it says something of it: "has agreed to buy" gives "agree"."""
    for _ in range(7):
        if token.dep_ == "ROOT" or token.head == token:
            return
        if (token.dep_ == "ccomp" and token.head.i > token.i) or _modifies(token):
            return
        if token.dep_ == "conj" and token.pos_ == "VERB" and any(c.dep_ in _SUBJECTS for c in token.children):
            return
        token = _main(token, token.head)
        if token.pos_ != "ADP":
            yield token


def _main(doer: Token, verb: Token) -> Token:
    """The verb that a subject is really of: of "the deal, entered into in 2028, has come to an end" the last one."""
    if doer.dep_ != "nsubj" or verb.tag_ not in ("VBD", "VBN") or verb.i == 0 or verb.nbor(-1).text != ",":
        return verb
    if any(child.dep_ in ("aux", "auxpass") for child in verb.children):
        return verb
    finite = (child for child in verb.children if child.dep_ == "conj" and child.i > verb.i)
    joined = (c for c in finite if not any(g.dep_ == "cc" and g.i < c.i for g in verb.children))
    return next((c for c in joined if any(aux.dep_ in ("aux", "auxpass") for aux in c.children)), verb)


def _modifies(verb: Token) -> bool:
    """Whether a verb only describes a noun ("X, based in Y"), unlike "talks to buy", "reports that it bought"."""
    marks = {child.dep_ if child.dep_ == "mark" else child.lower_ for child in verb.children}
    if verb.dep_ == "relcl":
        return "to" not in marks
    return verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBG") and "mark" not in marks


def auxiliaries(verb: Token) -> set[str]:
    """The auxiliaries and negations of a verb, in lower case."""
    return {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass", "neg")}


def phrase(head: Token, *, tail: bool = False) -> tuple[int, int]:
    """The noun phrase around a head without article and owner, as tokens; `tail` adds what hangs on it behind."""
    left, top = head.i, head.head if head.dep_ == "dobj" and head.head.dep_ == "pobj" else head
    while left > top.left_edge.i and _belongs(head.doc[left - 1], top):
        left -= 1
    right = head.i + 1
    if tail:
        for child in head.rights:
            if child.dep_ not in ("prep", "acl") or child.tag_ in ("VBG", "VBN") or child.i != right:
                break
            right = child.right_edge.i + 1
    return left, right


def _belongs(token: Token, head: Token) -> bool:
    if token.dep_ in ("det", "poss", "case", "punct") and token.text != "-":
        return False
    if token == head:
        return True
    if token.tag_ in ("DT", "PRP$", "POS", "IN", "CC", "TO", ",", ":") or (
        token.pos_ in ("VERB", "ADP") and token.dep_ != "amod"
    ):
        return False
    return token in head.subtree
