"""Reasons as claims: the span that gives one, its label and the parts of the market it is told of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.claim import Claim
from extract.sentences import Sentence
from extract.vocabulary import Part
from ontology import cues

#: Kinds of sections on reasons: the kind of fact that they give, and what their heading says more precisely.
REASONS: dict[str, tuple[str, str | None]] = {
    "drivers": ("driver", None),
    "restraints": ("challenge", "restraint"),
    "challenges": ("challenge", None),
    "trends": ("trend", None),
    "opportunities": ("trend", "opportunity"),
}
#: Longest reason, in words.
_LONGEST = 40
_NOTHING_TOLD = re.compile(rf"(?:the |its |their )?{cues.any_of('nothing-told')}$", re.I)
_NO_LABEL = re.compile(rf"^(?:{cues.any_of('no-label')}\s+|,\s*)+", re.I)
_LABEL_KIND = re.compile(rf"^{cues.any_of('label-kind')}s?\s*[:–-]\s*", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence being read: the kind of reason and heading that its section gives, and the topic that names it."""

    sentence: Sentence
    kind: str | None
    heading: str | None
    topic: str | None

    @property
    def on_part(self) -> bool:
        """Whether the sentence stands in a section on parts of the market."""
        return self.sentence.section in ("segments", "regions")


def reason(
    kind: str,
    span: tuple[int, int],
    label: str,
    *,
    rule: str,
    weight: float,
    parts: tuple[Part, ...] = (),
    heading: str | None = None,
) -> Claim:
    """The claim that the document gives a reason at `span`, its label made of the text `label`."""
    attributes = {"label": label_of(label), "scope": parts[0].role if parts else "market"}
    if heading:
        attributes["heading"] = heading
    return Claim(kind, parts, *span, attributes=attributes, rule=rule, weight=weight)


def claims(
    reading: Reading,
    kind: str,
    items: Sequence[tuple[int, int]],
    *,
    at: int,
    rule: str,
    heading: str | None = None,
) -> Iterator[Claim]:
    """One claim per item that tells something; `at` is where the sentence says that they are reasons."""
    parts = _parts_at(reading, at)
    for span in items:
        if _tells(reading.sentence, *span):
            yield claim(reading, kind, span, rule=rule, heading=heading, parts=parts)


def claim(
    reading: Reading,
    kind: str,
    span: tuple[int, int],
    *,
    rule: str,
    heading: str | None = None,
    parts: tuple[Part, ...] = (),
) -> Claim:
    """The claim of one reason at offsets of the sentence's text; one told by its place is named by its heading."""
    sentence = reading.sentence
    text = reading.topic if reading.topic and rule == "reason-by-place" else sentence.text[slice(*span)]
    if kind == "driver":
        heading = None
    elif kind == "trend" and reading.heading == "opportunity":
        heading = "opportunity"
    whole = (sentence.start + span[0], sentence.start + span[1])
    return reason(kind, whole, text, rule=rule, weight=0.75, parts=parts, heading=heading)


def label_of(text: str) -> str:
    """A short name of a reason: without leading articles, at most ten words, first letter capital."""
    bare = _NO_LABEL.sub("", _LABEL_KIND.sub("", text.strip(" .,:;")))
    words = re.split(r",\s|\s(?:which|that|who)\s", bare)[0].split()[:10]
    while len(words) > 1 and words[-1].casefold() in cues.words("no-label-end"):
        words.pop()
    return (words[0][:1].upper() + " ".join(words)[1:]) if words else text.strip()


def _tells(sentence: Sentence, start: int, end: int) -> bool:
    """Whether an item has words of its own and is neither too long nor nothing but the market or a part of it."""
    text = sentence.text[start:end]
    named = [(place.start, place.end) for place in sentence.places] + list(sentence.masked)
    return (
        len(text.split()) <= _LONGEST
        and not any(first <= start + 4 and end <= last + 9 for first, last in named)
        and bool(re.search(r"[^\W\d_]{3}", text))
        and not _NOTHING_TOLD.fullmatch(text.strip())
    )


def _parts_at(reading: Reading, at: int) -> tuple[Part, ...]:
    sentence = reading.sentence
    about = sentence.about(at)
    if not reading.on_part:
        return about[:1] if about and sentence.places and not reading.kind else ()
    if sentence.topic:
        return (sentence.topic,)
    subject = sentence.subject(at)
    inside = sentence.parts_within(*subject) if subject else ()
    if inside and subject and subject[0] < at:
        return inside[:1]
    return (about or sentence.before)[:1]
