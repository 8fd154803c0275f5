"""What a sentence shows of each name in it: the cues by which `extract.roles` weighs who takes which part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from spacy.tokens import Span, Token

from extract import fillers, frames, ordercues
from extract.candidates import Candidate
from extract.reading import Reading

_CONTENT = frozenset(("VERB", "NOUN", "ADJ", "ADV", "AUX", "PROPN"))
_OF_GOVERNOR = frozenset(("aux", "auxpass", "neg", "prt", "dobj", "prep"))
_OF_HEAD = frozenset(("appos", "amod", "compound", "poss", "case", "relcl", "acl"))
_CARRYING = frozenset(("ADP", "SCONJ", "PART"))
#: A step up the tree: the relation or preposition, and what governs.
Step = tuple[str, Token]
#: A trigger in a sentence: its token's number and its kind.
Told = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """What all candidates of a sentence share: its content words, the triggers in it, and the cues of both."""

    words: tuple[str, ...]
    told: tuple[Told, ...]
    cues: tuple[int, ...]


def shown(reading: Reading, sentence: Span) -> Shown:
    """The content words and triggers of a sentence."""
    own = [t for t in sentence if t.pos_ in _CONTENT and not (t.i in reading.at and t.pos_ == "PROPN")]
    told = tuple((token.i, kind) for token in own for kind in frames.kinds_of(token))
    words = tuple(dict.fromkeys(token.lemma_.lower() for token in own))
    shared = (
        *(f"told {kind}" for kind in dict.fromkeys(kind for _, kind in told)),
        *(f"word {word}" for word in words),
    )
    return Shown(words, told, tuple(map(number, shared)))


def cues(reading: Reading, sentence: Span, found: Sequence[Candidate], seen: Shown) -> list[list[int]]:
    """The cues of each of a sentence's candidates as numbers, each once."""
    told = ((*_cues(reading, sentence, each, seen), *ordercues.cues(reading, each, found)) for each in found)
    return [[number(cue) for cue in dict.fromkeys(row)] for row in told]


def number(cue: str) -> int:
    """The number of a cue, below 2 to the 32nd; a table of weights takes it modulo its length (feature hashing)."""
    return crc32(cue.encode())


def chain(head: Token, length: int = 3) -> list[Step]:
    """What governs a token, upwards: prepositions stand for themselves, members of a list for its first."""
    found: list[Step] = []
    token = head
    for _ in range(12):
        above = token.head
        if len(found) == length or token.dep_ == "ROOT" or above == token:
            break
        if token.dep_ == "conj":
            token = above
            continue
        slot, below = token.dep_, token
        if slot in ("pobj", "pcomp") and above.pos_ in _CARRYING:
            slot = above.lower_
            below = above.head if above.dep_ == "conj" else above
            if below.head == below:
                break
            above = below.head
        found.append((slot, above))
        token = below if above == token else above
    return found


def _cues(reading: Reading, sentence: Span, candidate: Candidate, seen: Shown) -> Iterator[str]:
    name, form = candidate.names[0], candidate.form
    yield from (f"form {form}", f"type {name.type}", f"type {name.type} {form}", f"sure {name.sure}")
    yield f"bearers {min(len(candidate.names), 3)}"
    yield from (f"told {kind}" for _, kind in seen.told)
    yield from (f"told {kind} {form}" for _, kind in seen.told)
    yield from (f"told {kind} {name.type}" for _, kind in seen.told)
    if not candidate.is_mentioned:
        return
    if name.text != name.full:
        yield "short"
    yield from _governors(reading, candidate, seen)
    yield from _around(reading, sentence, candidate)


def _governors(reading: Reading, candidate: Candidate, seen: Shown) -> Iterator[str]:
    doc, start = reading.doc, candidate.start
    head = doc[start : candidate.end].root
    above = chain(head)
    slots = [slot for slot, _ in above]
    for depth, (slot, governor) in enumerate(above):
        word = fillers.word(governor)
        yield from (f"up {depth} {slot} {word}", f"up {depth} {slot}", f"up {depth} {word}", f"by {word} {depth}")
        yield from (f"path {'/'.join(slots[: depth + 1])} {word}", f"up {slot} {governor.pos_}")
        for child in governor.children:
            if child.dep_ in _OF_GOVERNOR and child != head:
                yield f"beside {depth} {child.dep_} {'<name>' if child.i in reading.at else child.lower_}"
    if head.dep_ == "conj":
        yield "listed"
    for child in head.children:
        if child.dep_ in _OF_HEAD:
            yield f"own {child.dep_} {'<name>' if child.i in reading.at else child.lower_}"
    first = slots[0] if slots else "-"
    for at, kind in seen.told:
        side = "after" if at < start else "before"
        yield from (f"{side} {kind}", f"{kind} {first}", f"{side} {kind} {min(abs(at - start) // 3, 4)}")
    if candidate.form == "reference":
        yield f"said {head.lower_}"


def _around(reading: Reading, sentence: Span, candidate: Candidate) -> Iterator[str]:
    doc, start, end = reading.doc, candidate.start, candidate.end
    near = {i: _shape(reading, i) for i in (*range(start - 3, start), *range(end, end + 3))}
    yield from (f"left {start - i} {near[i]}" for i in range(start - 3, start))
    yield from (f"right {i - end} {near[i]}" for i in range(end, end + 3))
    yield f"left {near[start - 2]} {near[start - 1]}"
    yield f"right {near[end]} {near[end + 1]}"
    yield f"about {near[start - 1]} {near[end]}"
    earlier = any(sentence.start <= name.start < start for name in reading.names)
    yield "later" if earlier else "first"
    before = next((doc[i] for i in range(start - 1, sentence.start - 1, -1) if doc[i].pos_ == "VERB"), None)
    behind = next((doc[i] for i in range(end, sentence.end) if doc[i].pos_ == "VERB"), None)
    if before is not None:
        yield f"verb before {before.lemma_.lower()}"
    if behind is not None:
        yield f"verb behind {behind.lemma_.lower()}"


def _shape(reading: Reading, i: int) -> str:
    if not 0 <= i < len(reading.doc):
        return "_"
    if i in reading.at:
        return f"<{reading.at[i].type}>"
    token = reading.doc[i]
    return "<number>" if token.like_num else token.lower_
