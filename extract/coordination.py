"""Lists inside of sentences: where they begin and end, and where one item ends and the next begins.

All offsets are those of the sentence's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Token

from extract.sentences import Sentence
from ontology import cues

Range = tuple[int, int]

_AS_WELL_AS = re.compile(rf",?\s+{cues.any_of('as-well-as')}\s+", re.I)
_ITEM_OPENING = re.compile(rf"{cues.any_of('item-opening')}\b", re.I)
_ITEM_LEAD = re.compile(rf"[\s,;]*(?:and\s+|both\s+|also\s+|by\s+|{cues.any_of('item-lead')},\s+)*")
_NO_CUT = re.compile(rf"{cues.any_of('no-cut')}\b", re.I)
_RESULT = re.compile(rf";\s|:\s|\s[–—]\s|,?\s+{cues.any_of('result')}\b|,\s+{cues.any_of('aside-opening')}\b")
_ADVERBIAL = re.compile(rf"(?:{cues.any_of('adverbial')}\b[^,]{{0,60}}, )+")
_ASIDE = re.compile(rf",\s+{cues.any_of('aside')},?\s*$")
_CLAUSE = re.compile(r"[;:]\s|,\s+(?:while|whereas|but|and)\s+(?=(?:the|a|an|its|their)\b)")
_LOOSE_CLAUSE = re.compile(r"[;:]\s|,\s+(?:while|whereas|but)\s+")
_JOINT_AT_END = re.compile(r"[,;]?\s*(?:and|while|but|or)?\s*$")
_CLAUSE_JOINT_AT_END = re.compile(r"[,;]?\s*(?:and|while|but)?\s*$")

_SUBJECTS = ("nsubj", "nsubjpass")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_AUXILIARY = ("aux", "auxpass")
_SUBORDINATE = ("relcl", "acl", "ccomp")
_BEFORE_HEAD = ("amod", "compound", "det", "nmod", "advmod", "poss", "nummod", "quantmod")


def phrase_after(sentence: Sentence, at: int) -> Token | None:
    """The head of the phrase that begins at offset `at`; None where there is none that could be a reason."""
    token = sentence.token_at(at)
    if token is None:
        return None
    limit = sentence.span.start_char + at
    while token.head != token and token.head.idx >= limit:
        token = token.head
    return token if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "AUX") else None


def opening(sentence: Sentence, at: int, begin: int = 0) -> int:
    """Where a clause from `begin` up to `at` starts behind the adverbials it opens with."""
    lead = _ADVERBIAL.match(sentence.text, begin, at)
    return lead.end() if lead else begin


def loose_clause(sentence: Sentence, at: int) -> int:
    """Where the clause that reaches up to `at` starts by punctuation and conjunctions alone, behind adverbials."""
    joints = [match.end() for match in _LOOSE_CLAUSE.finditer(sentence.text[:at])]
    return opening(sentence, at, max(joints, default=0))


def clauses(sentence: Sentence) -> list[Range]:
    """Main clauses with a subject of their own."""
    root, end = sentence.span.root, len(sentence.text.rstrip(" ."))
    own = [token for token in root.conjuncts if any(child.dep_ in _SUBJECTS for child in token.children)]
    heads = [token for token in (root, *own) if token.pos_ in ("VERB", "AUX")]
    starts = [
        min(child.left_edge.idx for child in head.children if child.dep_ in _SUBJECTS) - sentence.span.start_char
        for head in heads[1:]
    ]
    cuts = [0, *sorted(starts), end]
    if len(heads) < 2:
        return [(0, end)]
    return [(a, a + len(_CLAUSE_JOINT_AT_END.sub("", sentence.text[a:b]))) for a, b in pairwise(cuts) if b - a > 12]


def items(sentence: Sentence, begin: int, end: int) -> list[Range]:
    """The items of a coordination that stands from `begin` to `end`."""
    text = sentence.text
    end = begin + len(text[begin:end].rstrip(" ,;.–-"))
    cuts = _cuts(sentence, begin, end)
    found = []
    for first, last in zip([begin, *(right for _, right in cuts)], [*(left for left, _ in cuts), end], strict=True):
        lead = _ITEM_LEAD.match(text[first:last])
        start = first + (lead.end() if lead else 0)
        stop = start + len(text[start:last].rstrip(" ,;."))
        if stop - start > 3:
            found.append((start, stop))
    return found


# ------------------------------------------------------------ behind a word like "due to"


def range_after(sentence: Sentence, at: int) -> Range:
    """Where reasons that begin at `at` end: before a result clause, or the next main verb with its subject."""
    text, offset = sentence.text, sentence.span.start_char
    end = len(text.rstrip(" ."))
    stop = _RESULT.search(text, at + 4, end)
    end = stop.start() if stop else end
    verbs = [token for token in sentence.span if at < token.idx - offset < end and _is_main(sentence, token, at)]
    limits = [limit for token in verbs if (limit := _clause_of(sentence, token, at)) is not None and limit > at]
    end = limits[0] if limits else end
    return at, at + len(_JOINT_AT_END.sub("", text[at:end]))


def _is_main(sentence: Sentence, token: Token, at: int) -> bool:
    """Whether a token is the finite verb of no relative or other subordinate clause."""
    if token.tag_ not in _FINITE or token.dep_ in _SUBORDINATE:
        return False
    if token.dep_ in _AUXILIARY and token.head.dep_ in (*_SUBORDINATE, "pcomp"):
        return False
    return not any(
        other.lower_ in ("that", "who", "which")
        and other.i < token.i
        and other.idx - sentence.span.start_char >= at
        and token.i - other.i < 6
        for other in token.head.subtree
    )


def _clause_of(sentence: Sentence, verb: Token, at: int) -> int | None:
    """Where the clause of a verb starts; None where it has no subject of its own and goes on with that before."""
    offset = sentence.span.start_char
    subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if subject is not None:
        return int(subject.left_edge.idx) - offset
    joined = verb.dep_ == "conj" and verb.head.idx - offset < at and verb.head.pos_ in ("VERB", "AUX")
    return int(verb.idx) - offset if joined or verb.tag_ == "MD" else None


# ------------------------------------------------------------ before a verb


def range_before(sentence: Sentence, verb: Token, subject: Token) -> Range:
    """Where the coordinated subjects of a verb stand: from the start of their clause to the verb."""
    begin = _subject_start(sentence, subject)
    end = _verb_start(verb, subject) - sentence.span.start_char
    aside = _ASIDE.search(sentence.text[begin:end])
    return begin, begin + aside.start() if aside else end


def _verb_start(verb: Token, subject: Token) -> int:
    """Where the verb group of a subject starts, as offset in the passage: "is expected to" before "drive"."""
    modifiers = [
        child for child in verb.children if child.dep_ in (*_AUXILIARY, "neg", "advmod") and child.idx > subject.idx
    ]
    first = min(token.idx for token in (verb, *modifiers))
    head = verb
    while head.dep_ in ("xcomp", "acomp", "conj") and head.head.idx > subject.idx:
        head = head.head
        behind = [token.idx for token in (head, *head.children) if token.idx > subject.right_edge.idx]
        first = min(first, *behind) if behind else min(first, head.idx)
    return int(first)


def _subject_start(sentence: Sentence, subject: Token) -> int:
    """Where the clause of a subject starts; at the subject itself where another verb stands between."""
    text, offset = sentence.text, sentence.span.start_char
    at = subject.idx - offset
    joints = [match.end() for match in _CLAUSE.finditer(text[:at])]
    begin = opening(sentence, at, joints[-1] if joints else 0)
    own = int(subject.left_edge.idx) - offset
    finite = any(token.tag_ in _FINITE and begin <= token.idx - offset < own for token in sentence.span)
    return own if finite or re.search(r"\b(?:that|if|when|because|as)\b", text[begin:own]) else begin


# ------------------------------------------------------------ between items


def _cuts(sentence: Sentence, begin: int, end: int) -> list[Range]:
    """Where one item ends and the next begins: commas, and "and" between heads or before an opening word."""
    text = sentence.text
    commas = list(_commas(sentence, begin, end))
    found = [*commas, *_ands(sentence, begin, end, commas)]
    found += [(begin + match.start(), begin + match.end()) for match in _AS_WELL_AS.finditer(text[begin:end])]
    found.sort()
    return [cut for i, cut in enumerate(found) if not i or cut[0] >= found[i - 1][1]]


def _commas(sentence: Sentence, begin: int, end: int) -> Iterator[Range]:
    text = sentence.text
    for match in re.finditer(r",\s+(?:(?:and|or)\s+)?(?:also\s+)?", text[begin:end]):
        left, right = begin + match.start(), begin + match.end()
        if _in_brackets(text, begin, left) or _NO_CUT.match(text[right:end]):
            continue
        if _ends_in_noun(sentence, left):
            yield left, right


def _ands(sentence: Sentence, begin: int, end: int, commas: Sequence[Range]) -> Iterator[Range]:
    text = sentence.text
    serial = any("and" in text[left:right] for left, right in commas)
    tail = max((right for _, right in commas), default=begin)
    for match in re.finditer(r"\s+and\s+(?:also\s+)?", text[begin:end]):
        left, right = begin + match.start(), begin + match.end()
        taken = any(first <= left < last for first, last in commas)
        if taken or _in_brackets(text, begin, left) or not _ends_in_noun(sentence, left):
            continue
        rest = text[right:end]
        opens = bool(_ITEM_OPENING.match(rest)) and len(rest.split()) > 1
        final = bool(commas) and not serial and left >= tail and not re.search(r"\sand\s", rest)
        if opens or final or _joins_heads(sentence, begin, right):
            yield left, right


def _ends_in_noun(sentence: Sentence, at: int) -> bool:
    token = sentence.token_at(max(at - 1, 0))
    return token is None or token.pos_ not in ("ADJ", "ADV", "DET", "ADP") or token.tag_ == "VBG"


def _joins_heads(sentence: Sentence, begin: int, right: int) -> bool:
    """Whether the word behind "and" belongs to a conjunct of the first item's head."""
    token, first = sentence.token_at(right), sentence.token_at(begin)
    if token is None or first is None:
        return False
    return _head_of(token, _BEFORE_HEAD).head == _head_of(first, (*_BEFORE_HEAD, "case")) and (
        _head_of(token, _BEFORE_HEAD).dep_ == "conj"
    )


def _head_of(token: Token, modifying: Sequence[str]) -> Token:
    """The head of the phrase in which a token stands before its head."""
    while token.dep_ in modifying and token.head.i > token.i:
        token = token.head
    return token


def _in_brackets(text: str, begin: int, at: int) -> bool:
    return text.count("(", begin, at) > text.count(")", begin, at)
