"""Sentences of prose with what they are about: the parts of the market in their subjects and around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from extract.passage import Passage
from extract.sections import Section
from extract.vocabulary import Part, Place, Vocabulary, spans
from ontology import cues

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_PART_AGAIN = re.compile(rf"^{cues.any_of('part-again')}\b", re.I)
_BESIDE = re.compile(rf"(?:\s*[,:(–—-]\s*|\s+)(?:{cues.any_of('beside-figure')}\s+)*[(~]?$")
_TOLD_YEAR = re.compile(r"\b(?:in|during|for|of) ((?:19|20)\d\d)\b(?!\s*[-–])")
_LOCATED = re.compile(rf"{cues.any_of('located')}\b")


#: Within how many characters the market's name opens a sentence that is about the whole of it.
OPENING = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `start` its offset in the document, `text` as it stands there.

    `section` is the kind of its section, `topic` the part of the market that the heading above names, `before` the
    parts named last before it in the same section, `places` where it names parts (offsets in `text`), `masked`
    the spans of the market's own name, in which no part is named; `year` is the last year that the paragraph
    named before.
    """

    start: int
    text: str
    span: SpacySpan
    section: str
    topic: Part | None
    before: tuple[Part, ...]
    places: tuple[Place, ...]
    masked: tuple[tuple[int, int], ...]
    first: bool
    bullet: bool
    year: str | None = None

    def subject(self, at: int) -> tuple[int, int] | None:
        """The span of the subject of the clause around offset `at` of the text; None where there is none."""
        token = self.token_at(at)
        subject = _subject(token) if token is not None else None
        if subject is None:
            return None
        edge = subject.left_edge.idx - self.span.start_char
        last = subject.right_edge
        return edge, last.idx + len(last) - self.span.start_char

    def about(self, at: int) -> tuple[Part, ...] | None:
        """The parts that a figure or claim at `at` is about: () the whole market, None if that cannot be told."""
        beside, subject = self._beside(at), self.subject(at)
        if beside:
            named = self.parts_within(*subject) if subject else ()
            return named if beside in named else (beside,)
        if subject is None:
            return self._around(at)
        inside = self.parts_within(*subject)
        if inside:
            return inside
        words = self.text[subject[0] : subject[1]]
        if _PART_AGAIN.match(words):
            return self._carried(subject[0])
        located = self._located(subject)
        if located:
            return located
        if _names_whole(words) or self._names_market(*subject):
            return (
                (self.topic,)
                if self.topic and self.section in ("regions", "segments") and not self._names_market(*subject)
                else ()
            )
        return self._around(at)

    def token_at(self, at: int) -> Token | None:
        """The token at offset `at` of the text, or before the blank there; None outside of the sentence."""
        target = self.span.start_char + at
        for token in self.span:
            if token.idx <= target < token.idx + len(token.text_with_ws):
                return token
        return None

    def _beside(self, at: int) -> Part | None:
        for place in reversed(self.places):
            if place.end <= at:
                return place.part if at - place.end < 40 and _BESIDE.fullmatch(self.text[place.end : at]) else None
        return None

    def parts_within(self, start: int, end: int) -> tuple[Part, ...]:
        """The first part of each role that is named from `start` to `end` of the text."""
        found: dict[str, Part] = {}
        for place in self.places:
            if start <= place.start < end:
                found.setdefault(place.part.role, place.part)
        return tuple(found.values())

    def _located(self, subject: tuple[int, int]) -> tuple[Part, ...]:
        """A part that the sentence opens with: "In Poland, sales ..."."""
        lead = self.text[: subject[0]]
        if not _LOCATED.match(lead) or len(lead) > 80:
            return ()
        return self.parts_within(0, subject[0])

    def _carried(self, at: int) -> tuple[Part, ...] | None:
        earlier = [place.part for place in self.places if place.end <= at]
        if earlier:
            return (earlier[-1],)
        if self.before:
            return self.before
        return (self.topic,) if self.topic else () if self.section in ("overview", "faq") else None

    def _around(self, at: int) -> tuple[Part, ...] | None:
        if self.topic and self.section in ("regions", "segments"):
            return (self.topic,)
        earlier = self.parts_within(0, at)
        if earlier and self.section in ("regions", "segments"):
            return earlier
        whole = (
            self.masked
            or cues.pattern("whole-told").search(self.text)
            or (self.section == "overview" and not self.places)
        )
        return () if whole else None

    def _names_market(self, start: int, end: int) -> bool:
        return any(start <= first < end for first, _ in self.masked)


def _names_whole(words: str) -> bool:
    return bool(cues.pattern("whole-subject").search(words))


def _subject(token: Token) -> Token | None:
    """The subject of the nearest verb above a token; of a relative clause the noun that it describes."""
    here = token
    while True:
        if here.pos_ in ("VERB", "AUX"):
            for child in here.children:
                if child.dep_ in _SUBJECTS:
                    if child.lower_ in ("which", "that", "who") and here.dep_ == "relcl":
                        return _described(here.head)
                    return child
            if here.dep_ == "acl" and here.head.pos_ in ("NOUN", "PROPN"):
                return here.head
        if here.head == here:
            return None
        here = here.head


def _described(noun: Token) -> Token:
    """The subject of "X is the noun that ...", else the noun."""
    if noun.dep_ in ("attr", "oprd") and noun.head.pos_ in ("AUX", "VERB"):
        return next((child for child in noun.head.children if child.dep_ in _SUBJECTS), noun)
    return noun


def sentences(
    passages: Sequence[tuple[Passage, Section, Part | None]], vocabulary: Vocabulary, market: re.Pattern[str] | None
) -> Iterator[Sentence]:
    """The sentences of passages; each passage comes with its section and the part that its heading names."""
    before: tuple[Part, ...] = ()
    last: Section | None = None
    for passage, section, topic in passages:
        if section is not last:
            before, last = (), section
        year: str | None = None
        texts = [span for span in _sentence_spans(passage.doc) if span.text.strip()]
        for i, span in enumerate(texts):
            masked = spans(market, span.text)
            sentence = Sentence(
                start=passage.start + span.start_char,
                text=span.text,
                span=span,
                section="segments" if section.kind == "scope" else section.kind,
                topic=topic,
                before=before,
                places=tuple(vocabulary.places(span.text, masked)),
                masked=masked,
                first=i == 0,
                bullet=passage.bullet,
                year=year,
            )
            yield sentence
            year = (_TOLD_YEAR.findall(span.text) or [year])[-1]
            if sentence.masked and sentence.masked[0][0] <= OPENING:  # told of the whole market
                before = ()
            elif sentence.places:
                before = (sentence.places[0].part,)


#: What a sentence does not end with: the model takes "No" before a number for its end.
_OPEN_END = re.compile(rf"(?:\b{cues.any_of('open-end')}\.?|\((?:EU|EC|EEC)\))\s*$")


def _sentence_spans(doc: Doc) -> Iterator[SpacySpan]:
    """The sentences of a passage; one that breaks off before a number goes on: "Regulation (EC) No | 1924/2006"."""
    begin: int | None = None
    for span in doc.sents:
        start = span.start if begin is None else begin
        following = doc[span.end].text if span.end < len(doc) else ""
        if _OPEN_END.search(span.text) and re.match(r"\d|No\b", following):
            begin = start
            continue
        yield doc[start : span.end]
        begin = None


def plain(sentence: Sentence) -> Sentence:
    """The sentence with every blank and line end as one space; offsets stay what they are."""
    return replace(sentence, text=re.sub(r"\s", " ", sentence.text))


def market_pattern(name: str | None) -> re.Pattern[str] | None:
    """A pattern for the market's name in prose, with or without "market" ("garden robots")."""
    if not name:
        return None
    stem = re.sub(r"\s+market(place)?$", "", name, flags=re.I)
    words = [
        re.escape(word) + ("s?" if not word.endswith("s") else "") for word in re.split(r"[\s\u00a0‐‑–-]+", stem)
    ]
    words[-1] = words[-1].replace("s?", "(?:s|es)?")
    joined = r"[\s\u00a0‐‑–-]+".join(words)
    return re.compile(rf"(?:(?:the|global)\s+)*\b{joined}(?:\s+{cues.any_of('market-tail')})?(?:\s+market)?\b", re.I)
