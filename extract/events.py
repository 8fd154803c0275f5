"""The events that prose tells of, one fact for each, however often it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span as Sentence

import ontology
from extract import drafts, figures, fillers, frames, names, posts, seats, status, syntax, terms
from extract.dates import Dated
from extract.drafts import Draft
from extract.fact import Fact, Participant
from extract.fillers import Filler, Reading
from extract.frames import Frame
from extract.names import Name
from extract.numerals import Figure
from extract.passage import Context, Passage
from extract.posts import Post
from extract.seats import State

#: The dates of a passage and the one that leads it.
When = tuple[Sequence[Dated], str | None]

#: Roles whose bearer may be told by a noun phrase instead of a name.
_DESCRIBED = {"target": "Asset", "asset": "Asset"}
_PLACE_ROLES = frozenset(("location", "region"))
_PLACES = frozenset(("Location", "Country", "Region"))
_BODIES = frozenset(("Company", "HealthSystem", "Organization", "Regulator", "Publisher"))
_NO_PARTY_ROLES = _PLACE_ROLES | {"person", "predecessor", "product"}
_BODIES = frozenset(("Company", "HealthSystem", "Organization", "Regulator", "Publisher"))
_MONEYED = frozenset(
    ("acquisition", "divestiture", "investment", "contract", "expansion", "partnership", "joint_venture")
)


def find(passages: Sequence[Passage], context: Context) -> list[Fact]:
    """The events of a document's prose in order of the text, with the role, date, amount and status of each."""
    found: list[Draft] = []
    for passage, row in zip(passages, names.find(passages, context.companies), strict=True):
        found += _of_passage(passage, row, context.published)
    return [_fact(draft, context) for draft in drafts.distinct(found) if drafts.is_whole(draft)]


def _of_passage(passage: Passage, row: Sequence[Name], published: str | None) -> list[Draft]:
    text = passage.doc.text
    amounts = figures.money(text)
    reading = fillers.read(passage.doc, row, [(f.start, f.end) for f in amounts])
    states = [_state(passage, state) for state in seats.states(reading)]
    if passage.section == "boilerplate":
        return states
    dates = figures.dates(text, published)
    lead = next((d.date for d in dates if _leads(text, d)), None)
    found = (_draft(passage, reading, frame, amounts, (dates, lead)) for frame in frames.frames(reading))
    events = drafts.joined(draft for draft in found if draft is not None)
    return events + appointments(passage, reading, (dates, lead)) + states


def appointments(passage: Passage, reading: Reading, when: When) -> list[Draft]:
    """The appointments of a passage; who is followed may stand in the next sentence."""
    found: list[tuple[Name, Draft]] = []
    for sentence in passage.doc.sents:
        for who, before in posts.successions(reading, sentence):
            at = next((i for i in range(len(found) - 1, -1, -1) if who in (None, found[i][0])), None)
            if at is not None and found[at][1].status != "ended":
                found[at] = (found[at][0], _followed(found[at][1], before))
        for post in posts.posts(reading, sentence):
            draft = _appointment(passage, reading, sentence, post, when)
            if draft is not None:
                found.append((post.person, draft))
    named = {p.name for _, draft in found for p in draft.participants if p.role == "predecessor"}
    return [draft for person, draft in found if not (draft.status == "ended" and person.full in named)]


def _followed(draft: Draft, before: Name) -> Draft:
    known = {p.role for p in draft.participants}
    added = () if "predecessor" in known else (Participant(before.full, "predecessor", "Person"),)
    return replace(draft, participants=draft.participants + added)


def _appointment(passage: Passage, reading: Reading, sentence: Sentence, post: Post, when: When) -> Draft | None:
    company = post.company or next(
        (
            group[0]
            for i, group in reversed(reading.subjects)
            if i < sentence.end and not posts.is_personal(group[0]) and group[0].type in _BODIES
        ),
        None,
    )
    if company is None or company == post.person:
        return None
    start, end = _bounds(sentence)
    people = [_named(post.person, "person"), _named(company, "company")]
    if post.predecessor is not None and posts.is_personal(post.predecessor):
        people.append(_named(post.predecessor, "predecessor"))
    return Draft(
        kind="appointment",
        participants=tuple(people),
        start=passage.start + start,
        end=passage.start + end,
        rule="appointment-post",
        status=post.status,
        date=terms.effective(sentence, *when),
        attributes={"title": post.title} if post.title else {},
    )


def _state(passage: Passage, state: State) -> Draft:
    kind, roles, said, attributes, token = state
    start, end = _bounds(token.sent)
    return Draft(
        kind=kind,
        participants=tuple(_named(name, role) for role, name in roles.items()),
        start=passage.start + start,
        end=passage.start + end,
        rule=f"{kind}-clause",
        status=said,
        attributes=attributes,
    )


def _leads(text: str, dated: Dated) -> bool:
    """Whether a date stands before everything else: "In May 2031, ...", "May 2031: ..."."""
    return re.fullmatch(r"[\W\d]{0,6}(?:(?:In|On|As of) )?(?:early |late |mid-)?", text[: dated.start]) is not None


def _draft(
    passage: Passage,
    reading: Reading,
    frame: Frame,
    amounts: Sequence[Figure],
    when: tuple[Sequence[Dated], str | None],
) -> Draft | None:
    said = status.status(frame)
    if said is None:
        return None
    sentence = frame.token.sent
    figure = terms.money(frame, sentence, amounts) if frame.trigger.kind in _MONEYED else None
    attributes = dict(terms.attributes(frame, sentence))
    if figure is not None:
        attributes |= {name: True for name in ("minimum", "maximum") if getattr(figure, name)}
    determined = any(child.lower_ in ("the", "this", "these") for child in frame.token.children)
    start, end = _bounds(sentence)
    return Draft(
        kind=frame.trigger.kind,
        participants=tuple(_participants(frame)),
        start=passage.start + start,
        end=passage.start + end,
        rule=f"{frame.trigger.kind}-{'noun' if frame.trigger.noun else 'verb'}",
        status=said,
        quantity=figure.quantity if figure else None,
        date=terms.date(frame, sentence, *when),
        attributes={k: v for k, v in attributes.items() if k in ontology.kind(frame.trigger.kind).attributes},
        told=frame.trigger.noun and determined,
    )


def _bounds(sentence: Sentence) -> tuple[int, int]:
    text = sentence.text
    left = len(text) - len(text.lstrip(" \t\n•-–*o§·"))
    return sentence.start_char + left, sentence.start_char + len(text.rstrip(" \t\n.;"))


def _participants(frame: Frame) -> Iterator[Participant]:
    """The fillers that may take their role, each name once."""
    kind = ontology.kind(frame.trigger.kind)
    seen: set[str] = set()
    for role in kind.roles:
        for filler in frame.roles.get(role.name, ()):
            found = _participant(filler, role.name)
            if found is not None and names.key(found.name) not in seen:
                seen.add(names.key(found.name))
                yield found


def _participant(filler: Filler, role: str) -> Participant | None:
    name = filler.name
    if name is None:
        return _described(filler, role)
    place = name.type in _PLACES
    if role in _PLACE_ROLES and not place:
        return None
    if role not in _NO_PARTY_ROLES and place and (name.sure or name.type != "Location"):
        return None
    return _named(name, role)


def _named(name: Name, role: str) -> Participant:
    if role in _PLACE_ROLES:
        return Participant(name.text, role, name.type if name.type in _PLACES else "Location")
    if role in ("person", "predecessor"):
        return Participant(name.full, role, "Person")
    if role == "product":
        return Participant(name.text, role, "Product")
    return Participant(name.full, role, name.type if name.type in _BODIES else "Company")


def _described(filler: Filler, role: str) -> Participant | None:
    if role not in _DESCRIBED or filler.head.pos_ not in ("NOUN", "PROPN"):
        return None
    left, right = syntax.phrase(filler.head)
    return Participant(re.sub(r"\s+", " ", filler.head.doc[left:right].text), role, _DESCRIBED[role])


def _fact(draft: Draft, context: Context) -> Fact:
    document = context.document
    return Fact(
        kind=draft.kind,
        participants=draft.participants,
        evidence=document.span(draft.start, draft.end),
        rule=draft.rule,
        confidence=0.8 if draft.status == "asserted" else 0.7,
        quantity=draft.quantity,
        date=draft.date,
        status=draft.status,
        attributes=draft.attributes,
        mentions=tuple(document.span(*span) for span in draft.spans),
    )
