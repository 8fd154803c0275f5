"""Where the names stand that the quotes of a fact leave to a pronoun, a description, or the reader."""

from __future__ import annotations

import re
from dataclasses import replace

import ontology
from extract.document import Document, Span
from extract.fact import Fact
from extract.nameforms import bare


def shown(fact: Fact, document: Document) -> Fact:
    """The event or state with the nearest place that names each party whom none of its quotes names."""
    found = (_nearest(name, fact.evidence, document) for name in absent(fact))
    return replace(fact, antecedents=tuple(span for span in found if span is not None))


def absent(fact: Fact) -> list[str]:
    """The names of the core parties whom no quote of a fact names, each once."""
    kind = ontology.kind(fact.kind)
    quotes = [fact.evidence.quote, *(mention.quote for mention in fact.mentions)]
    names = dict.fromkeys(p.name for p in fact.participants if kind.role(p.role).core)
    return [name for name in names if not any(_stands_in(name, quote) for quote in quotes)]


def _stands_in(name: str, quote: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name.split()[0])}", quote, re.IGNORECASE) is not None


def _nearest(name: str, evidence: Span, document: Document) -> Span | None:
    """The last place before the evidence where the name stands, else the first one at all; None where none does."""
    for form in dict.fromkeys((name, bare(name))):
        places = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", document.text)] if form else []
        if places:
            before = [place for place in places if place[0] < evidence.start]
            return document.span(*(before[-1] if before else places[0]))
    return None
