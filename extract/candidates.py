"""Who may take part in the events of a sentence: names in it, and whom its pronouns and descriptions stand for."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from extract import fillers
from extract.names import Name
from extract.reading import Reading

_REFERRING = frozenset(("PRON", "NOUN", "PROPN", "NUM"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention at tokens `start` to `end` (half-open; empty for one that is not in the sentence) and its bearers.

    `form` is "name", "reference" ("the company", "it"), "speaker" (who issues the release) or "last" (the subject of
    the sentence before).
    """

    form: str
    start: int
    end: int
    names: tuple[Name, ...]

    @property
    def is_mentioned(self) -> bool:
        """Whether the sentence has words for it."""
        return self.end > self.start


def candidates(reading: Reading, sentence: Span) -> list[Candidate]:
    """Whoever may take part in the events of a sentence, in order of the text; at last those it does not mention."""
    inside = [name for name in reading.names if sentence.start <= name.start < sentence.end]
    found = [Candidate("name", name.start, name.end, (name,)) for name in inside]
    for token in sentence:
        if token.pos_ in _REFERRING and token.i not in reading.at and (meant := fillers.referent(reading, token)):
            found.append(Candidate("reference", token.i, token.i + 1, tuple(meant)))
    known = {name.full for each in found for name in each.names}
    if reading.speaker is not None and reading.speaker.full not in known:
        found.append(Candidate("speaker", sentence.start, sentence.start, (reading.speaker,)))
    last = next((group for i, group in reversed(reading.subjects) if i < sentence.start), ())
    if last and not any(name.full in known for name in last):
        found.append(Candidate("last", sentence.start, sentence.start, last))
    return found


def head(reading: Reading, candidate: Candidate) -> Token:
    """The token that stands for a candidate in the parse; for one that is not mentioned the sentence's first."""
    return reading.doc[candidate.start : max(candidate.end, candidate.start + 1)].root
