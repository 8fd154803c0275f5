"""Whether an event has happened, is planned, rumoured, denied or over, after the words that govern its trigger."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extract import endings, syntax
from extract.fillers import word
from extract.frames import Frame
from extract.slots import determined
from extract.tradeconditions import is_under
from ontology import triggers

#: Kinds that are closed by the mere agreement; all others are planned until they are done.
_BY_AGREEMENT = frozenset(("partnership", "contract", "appointment", "investment"))
#: Relations that go on until someone ends them.
_LASTING = frozenset(("partnership", "contract", "joint_venture"))
_SALES = frozenset(("acquisition", "divestiture"))
_ENDS = _SALES | {"termination"}
_FUTURE = frozenset(("will", "shall", "'ll", "’ll", "would"))
#: What is followed by something that is done: "managed to sell", "is pleased to announce that it has bought".
_CARRIED_OUT = frozenset(("manage", "proceed", "continue", "pay", "spend", "wish"))
_GLAD = frozenset(("first", "proud", "pleased", "delighted", "happy", "glad", "thrilled", "excited", "honoured"))
_DOUBTFUL = frozenset(("may", "might", "could"))
_NEGATIVE = frozenset(("not", "n't", "n’t", "never", "no", "without", "neither"))


def status(frame: Frame) -> str | None:
    """The status of a frame; None where the clause negates it, so that nothing is stated."""
    said = frame.trigger.status
    chain = [frame.token, *syntax.governors(frame.token)]
    if frame.trigger.noun and any(child.lower_ == "no" for child in frame.token.children):
        return None
    if frame.kind in _LASTING and {"had", "been"} <= syntax.auxiliaries(frame.token):
        return None
    if said == "asserted" and frame.token.pos_ == "VERB":
        said = _of_verb(frame.kind, frame.token, said)
    elif said == "planned" and syntax.auxiliaries(frame.token) & _DOUBTFUL:
        said = "rumoured"
    for token, below in zip(chain[1:], chain, strict=False):
        found = _under(frame.kind, token, below, said)
        if found is None:
            return None
        said = found
    if said == "ended" and any(endings.lapses(token) for token in chain):
        return said
    known = frame.trigger.noun and determined(frame.token) and frame.token.dep_ in ("nsubj", "nsubjpass")
    if not known and any(_NEGATIVE & syntax.auxiliaries(token) for token in chain if token.pos_ in ("VERB", "AUX")):
        return "denied" if said == "denied" else None
    return "rumoured" if said in ("asserted", "planned") and _is_hearsay(chain) else said


def ending(frame: Frame) -> str:
    """The status of the termination that ends the relation which the trigger names."""
    chain = list(syntax.governors(frame.token))
    at = next((i for i, token in enumerate(chain) if endings.is_end(token) or endings.lapses(token)), None)
    if at is None:
        return "asserted"
    said = _of_verb("termination", chain[at], "planned" if endings.is_ahead(chain[at]) else "asserted")
    for token, below in zip(chain[at + 1 :], chain[at:], strict=False):
        said = _under("termination", token, below, said) or said
    return said if said in ("asserted", "planned", "rumoured", "denied") else "asserted"


def _of_verb(kind: str, verb: Token, said: str) -> str:
    helpers = syntax.auxiliaries(verb)
    if kind == "launch" and verb.lemma_ == "follow" and verb.tag_ == "VBZ":
        return "planned"  # "Lumeo Go, our app for insurers, follows in September"
    if verb.tag_ == "VBG" and kind in _ENDS and helpers & {"is", "are"}:
        return "planned"
    if helpers & _DOUBTFUL:
        return "rumoured"
    if kind == "contract" and is_under(verb):
        return said
    if helpers & _FUTURE:
        return "planned"
    if "to" in helpers:
        done = verb.head.lemma_.lower() in _CARRIED_OUT or verb.head.lower_ in _GLAD
        agreed = kind in ("partnership", "contract") and verb.head.lemma_.lower() == "agree"
        return "asserted" if done or agreed else "planned"
    return said


def _under(kind: str, token: Token, below: Token, said: str) -> str | None:
    """What becomes of a status under one more governor."""
    lemma = word(token)
    if lemma in triggers.words("denial"):
        return "denied"
    if lemma in triggers.words("permission") and below.dep_ in ("dobj", "nsubjpass"):
        return "denied" if lemma in ("block", "prohibit", "veto") else "planned"
    over = endings.is_end(token) or endings.lapses(token)
    if over and below.dep_ in ("dobj", "nsubjpass", "nsubj", "xcomp", "prep", "pobj"):
        return _ended(kind, said)
    if lemma in triggers.words("doubt") and token.pos_ in ("NOUN", "VERB") and below.dep_ not in ("nsubj", "relcl"):
        return "rumoured" if said != "denied" else said
    if token.pos_ in ("VERB", "AUX") and said == "asserted":
        said = _of_verb(kind, token, said)
    if said == "asserted" and below.dep_ == "attr" and any(_is_goal(child) for child in token.children):
        return "planned"
    if said == "asserted" and below.dep_ in ("xcomp", "dobj", "pobj", "prep", "acl") and _is_aim(lemma, below):
        return "planned"
    agreed = kind not in _BY_AGREEMENT and below.dep_ in ("xcomp", "acl", "pobj", "prep", "dobj")
    if said == "asserted" and agreed and lemma in ("agree", "agreement", "offer"):
        return "planned"
    return said


def _is_aim(lemma: str, below: Token) -> bool:
    """Whether a governor tells of an aim; "be set to", "be due to" do so only with an infinitive."""
    return lemma in triggers.words("intent") or (below.dep_ == "xcomp" and lemma in triggers.words("outlook"))


def _is_goal(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.lemma_ in ("aim", "goal", "purpose", "objective", "plan", "intention")


def _ended(kind: str, said: str) -> str:
    if kind == "expansion":
        return "ended"
    if said in ("planned", "rumoured"):
        return "denied"
    if kind in _LASTING:
        return "ended"
    return "denied" if kind in ("acquisition", "divestiture", "investment", "launch") else said


def _is_hearsay(chain: list[Token]) -> bool:
    """Whether press or unnamed sources say so: "according to the daily X", "newspapers reported that"."""
    listed = triggers.words("press")
    top = chain[-1]
    if top.dep_ == "ccomp" and any(word(c) in listed for c in top.head.children if c.dep_ == "nsubj"):
        return True
    for token in chain:
        if token.pos_ == "NOUN" and word(token) in triggers.words("rumour"):
            return True
        if token.pos_ not in ("VERB", "AUX"):
            continue
        if token.lemma_ in ("report", "rumour", "rumor", "say") and syntax.passive(token):
            return True
        doers = [child for child in token.children if child.dep_ == "nsubj"]
        if token.lemma_ in ("report", "say", "write") and any(word(child) in listed for child in doers):
            return True
        if any(word(child) in triggers.words("rumour") for child in doers):
            return True
        if any(child.lower_ in ("reportedly", "allegedly", "supposedly") for child in token.children):
            return True
        if any(word(head) in listed or _in_apposition(head) for head in _sources(token)):
            return True
    return False


def _sources(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.lower_ == "according":
            for inner in child.subtree:
                if inner.dep_ == "pobj" and inner.head.lower_ == "to":
                    yield inner


def _in_apposition(head: Token) -> bool:
    listed = triggers.words("press")
    return any(child.lemma_.lower() in listed and child.i < head.i for child in head.children)
