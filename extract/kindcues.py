"""What a sentence shows of the events it tells: the cues by which `extract.roles` weighs of which kinds they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Span

from extract import rolecues
from extract.candidates import Candidate
from extract.reading import Reading
from extract.rolecues import Shown

#: How many words make a sentence a step longer, and how many steps are told apart.
_STEP, _STEPS = 8, 5


def cues(reading: Reading, sentence: Span, found: Sequence[Candidate], seen: Shown) -> list[int]:
    """The cues of a sentence with these candidates as numbers, each once: its own, not those of the candidates."""
    told = (*_words(reading, sentence, seen), *_named(reading, sentence, found))
    return [*seen.cues, *map(rolecues.number, dict.fromkeys(told))]


def _words(reading: Reading, sentence: Span, seen: Shown) -> Iterator[str]:
    """Words beside each other: content words, and any two that are no part of a name; the verb of the sentence."""
    yield from (f"pair {one} {other}" for one, other in pairwise(seen.words))
    for one, other in pairwise(sentence):
        if one.is_alpha and other.is_alpha and one.i not in reading.at and other.i not in reading.at:
            yield f"text {one.lower_} {other.lower_}"
    yield from (f"pronoun {token.lower_}" for token in sentence if token.pos_ == "PRON")
    yield f"root {sentence.root.lemma_.lower()}"


def _named(reading: Reading, sentence: Span, found: Sequence[Candidate]) -> Iterator[str]:
    """Which types of names a sentence has, how long it is, and whether it has money and dates."""
    types = [each.names[0].type for each in found if each.form == "name"]
    known = sorted(set(types))
    yield f"types {' '.join(known)}"
    yield from (f"type {each} {min(types.count(each), 3)}" for each in known)
    if any(sentence.start_char <= amount.start < sentence.end_char for amount in reading.amounts):
        yield "money"
    if reading.dates_in(sentence):
        yield "date"
    yield f"long {min(len(sentence) // _STEP, _STEPS)}"
