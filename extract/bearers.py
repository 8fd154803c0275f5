"""Grounds for the type of whoever bears a name; a name is of the type that all its places together speak for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from extract.nameforms import LEGAL_TAIL, MARKS
from ontology import cues, people, regions, triggers

#: How much each ground counts; what spaCy guesses is the weakest.
LISTED, FORM, HEAD_WORD, GIVEN, CONTEXT, GUESS = 6.0, 5.0, 4.0, 3.0, 2.0, 1.0

_TICKER = re.compile(r" ?\([A-Z][A-Za-z ]{1,20}: ?[A-Z0-9.]{1,10}[);]")
_BETWEEN = frozenset(("-", "’", "'", "."))
_WHO = re.compile(r",? who\b")
_POSTS = cues.any_of("post-word")
_AS_POST = re.compile(
    rf"(?:,? (?:\d\d|[a-z-]+ly|until now|now|most recently))?, (?!(?:a|an|one|the)\b)(?:[\w&-]+ ){{0,4}}?{_POSTS}\b|"
    rf" (?:has |will |is )?(?:join(?:s|ed|ing)?|return(?:s|ed)?)\b[^.;,]{{0,50}}? as (?:[\w&-]+ ){{0,4}}?{_POSTS}\b|"
    rf" (?:as|to be|to become|becomes|became|will become|takes over as|took over as|has become) "
    rf"(?:(?:its|the|their|our) )?(?:new )?(?:[\w&-]+ ){{0,4}}?{_POSTS}\b",
    re.I,
)
_BASED = re.compile("-(?:based|headquartered)")
_GUESSES = {
    "ORG": "Company",
    "PERSON": "Person",
    "GPE": "Location",
    "LOC": "Location",
    "FAC": "Location",
    "PRODUCT": "Product",
    "WORK_OF_ART": "Product",
    "LAW": "Regulation",
}
_LEVELS = {"country": "Country", "region": "Region", "part": "Location"}

#: A type and what a ground adds to it.
Ground = tuple[str, float]


def grounds(doc: Doc, text: str, start: int, end: int) -> Iterator[Ground]:
    """The grounds that one place where a name stands gives; `text` is that of the passage."""
    span = doc[start:end]
    yield from _by_form(span, text)
    yield from _by_given_name(span, text)
    yield from _by_words(span)
    yield from _before(doc, start)
    yield from _in_clause(span)
    yield from _by_apposition(doc, end)
    if (guess := _GUESSES.get(span.root.ent_type_)) is not None:
        yield guess, GUESS


def _by_form(span: Span, text: str) -> Iterator[Ground]:
    if LEGAL_TAIL.fullmatch(f" {span[-1].text}") or _has_form(span):
        yield "Company", FORM
    if _TICKER.match(text, span.end_char):
        yield "Company", FORM
    if MARKS.search(span.text):
        yield "Product", FORM
    if _BASED.match(text, span.end_char):
        yield "Location", FORM
    if (region := regions.find(span.text)) is not None:
        yield _LEVELS[region.level], FORM


def _has_form(span: Span) -> bool:
    """Whether a name ends in a legal form that is several tokens: "S.p.A.", "a. s."."""
    found = LEGAL_TAIL.search(span.text + " ") if "." in span[-1].text else None
    return found is not None and found.start() > 0 and found.end() >= len(span.text)


def _by_given_name(span: Span, text: str) -> Iterator[Ground]:
    """A person: by a given name in front of further names, by "who" behind them, by the post that is named there."""
    if not 1 < len(span) < 8 or not all(token.is_alpha or token.text in _BETWEEN for token in span):
        return
    words = [token for token in span if token.is_alpha]
    if words[-1].lower_ in triggers.head_words() or words[-1].lower_ in triggers.words("companyWord"):
        return
    if people.is_given(words[0].text) and len(words) > 1:
        yield "Person", GIVEN
    if _WHO.match(text, span.end_char):
        yield "Person", CONTEXT
    joined = span.start > 0 and span.doc[span.start - 1].lemma_ in ("join", "rejoin", "leave", "quit", "lead", "at")
    if not joined and _AS_POST.match(text, span.end_char):
        yield "Person", CONTEXT


def _by_words(span: Span) -> Iterator[Ground]:
    """The word that says what the bearer is: the last one, or that before "of"."""
    heads = triggers.head_words()
    words = [token.lower_ for token in span]
    cut = next((i for i, word in enumerate(words) if word in ("of", "for", "de") and i), len(words))
    if len(words) > 1 and (kind := heads.get(words[cut - 1]) or heads.get(words[0])):
        yield kind, HEAD_WORD
    elif len(words) > 1 and words[-1] in triggers.words("companyWord"):
        yield "Company", GIVEN


def _before(doc: Doc, start: int) -> Iterator[Ground]:
    before = doc[start - 1] if start else None
    if before is None:
        return
    if before.pos_ == "NOUN" and before.lemma_.lower() in triggers.words("companyNoun"):
        yield "Company", CONTEXT
    elif before.pos_ == "NOUN" and before.lemma_.lower() in triggers.words("productNoun"):
        yield "Product", CONTEXT
    if before.lower_ in triggers.words("title"):
        yield "Person", 1.5 * CONTEXT
    if before.lower_ in ("'s", "’s", "its", "their"):
        yield "Product", GUESS


def _in_clause(span: Span) -> Iterator[Ground]:
    root, before = span.root, span.doc[span.start - 1] if span.start else None
    if root.dep_ in ("nsubj", "nsubjpass") and root.ent_type_ != "GPE":
        speaks = root.head.lemma_ in ("say", "add") and root.ent_type_ == "PERSON" and len(span) > 1
        yield ("Person", CONTEXT) if speaks else ("Company", GUESS)
    if root.dep_ == "poss" or (root.dep_ == "pobj" and root.head.lower_ in ("with", "by", "between")):
        yield "Company", GUESS
    if before is not None and before.lower_ in ("in", "near", "at") and root.ent_type_ in ("GPE", "LOC", "FAC"):
        yield "Location", 0.9 * GUESS


def _by_apposition(doc: Doc, end: int) -> Iterator[Ground]:
    """What follows behind a comma: ", a provider of ..." or ", chief executive of ..."."""
    if end + 2 >= len(doc) or doc[end].text not in (",", "–", "—", "("):
        return
    if doc[end + 1].lower_ in triggers.words("title"):
        yield "Person", 1.5 * CONTEXT
    if doc[end + 1].lower_ not in ("a", "an", "the", "one"):
        return
    for token in doc[end + 2 : end + 9]:
        if (token.is_punct and token.text != "-") or token.lower_ in ("of", "that", "which", "for", "with", "in"):
            return
        for words, kind in (("companyNoun", "Company"), ("productNoun", "Product")):
            if token.lemma_.lower() in triggers.words(words):
                yield kind, CONTEXT
                return
