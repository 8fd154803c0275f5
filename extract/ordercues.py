"""What the other candidates of a sentence show of one of them: its place among them, and what stands between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span

from extract.candidates import Candidate
from extract.reading import Reading

_TELLING = frozenset(("VERB", "NOUN", "ADP"))
#: How many words between two candidates make a cue as a whole.
_GAP = 3


def cues(reading: Reading, candidate: Candidate, found: Sequence[Candidate]) -> Iterator[str]:
    """The cues of a candidate among all of its sentence."""
    kind = candidate.names[0].type
    others = [each for each in found if each is not candidate]
    bearers = {name.full for name in candidate.names}
    yield f"again {any(bearers & {name.full for name in each.names} for each in others)}"
    yield from (f"other {each.form} {each.names[0].type}" for each in others)
    mentioned = [each for each in others if each.is_mentioned]
    alike = [each for each in mentioned if each.names[0].type == kind]
    if not candidate.is_mentioned:
        yield f"alike {kind} {min(len(alike), 3)}"
        return
    earlier = sum(each.start < candidate.start for each in alike)
    yield f"place {kind} {min(earlier, 3)} {min(len(alike) - earlier, 3)}"
    yield f"alone {kind} {not alike}"
    if before := [each for each in mentioned if each.end <= candidate.start]:
        last = max(before, key=lambda each: each.end)
        yield from _between("previous", kind, last, reading.doc[last.end : candidate.start])
    if behind := [each for each in mentioned if each.start >= candidate.end]:
        following = min(behind, key=lambda each: each.start)
        yield from _between("next", kind, following, reading.doc[candidate.end : following.start])


def _between(side: str, kind: str, other: Candidate, gap: Span) -> Iterator[str]:
    yield from (f"{side} {other.names[0].type}", f"{side} {other.names[0].type} {kind}")
    yield f"{side} gap {' '.join(token.lower_ for token in gap) if len(gap) <= _GAP else ''}"
    yield from (f"{side} {token.lemma_.lower()}" for token in gap if token.pos_ in _TELLING)
