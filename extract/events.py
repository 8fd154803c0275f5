"""The events that prose tells of, one fact for each, however often it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span as Sentence

import ontology
from extract import cast, drafts, figures, fillers, frames, names, posts, seats, status, terms
from extract.dates import Dated
from extract.drafts import Draft
from extract.fact import Fact, Participant
from extract.fillers import Reading
from extract.frames import Frame
from extract.names import Name
from extract.numerals import Figure
from extract.passage import Context, Passage
from extract.posts import Post
from extract.seats import State

#: The dates of a passage and the one that leads it.
When = tuple[Sequence[Dated], str | None]

#: Roles of relations whose bearers become the parties of their termination.
_RELATED = frozenset(("partner", "supplier", "customer"))
_DENIES = re.compile(
    r"(?i)\b(?:den(?:y|ies|ied)|dismiss(?:es|ed)?|reject(?:s|ed)?|refut(?:es|ed)) (?:the|these|those|this|any such|all) "
    r"(?:\w+ )?(?:reports?|rumou?rs?|stor(?:y|ies)|speculation|claims?|talks)"
)
_MONEYED = frozenset(
    ("acquisition", "divestiture", "investment", "contract", "expansion", "partnership", "joint_venture")
)


def find(passages: Sequence[Passage], context: Context) -> list[Fact]:
    """The events of a document's prose in order of the text, with the role, date, amount and status of each."""
    found: list[Draft] = []
    for passage, row in zip(passages, names.find(passages, context.companies), strict=True):
        found += _of_passage(passage, row, context.published)
    found = _denied(passages, found)
    whole = [draft for draft in drafts.distinct(found) if drafts.is_whole(draft)]
    ventures = {names.key(p.name) for draft in whole for p in draft.participants if p.role == "venture"}
    sold = {(names.key(p.name), _seller(draft)) for draft in whole if draft.status == "asserted" for p in draft.participants if p.role in ("asset", "target")}
    whole = [replace(draft, status="ended") if _child_and_parent(draft) in sold else draft for draft in whole]
    return [_fact(draft, context) for draft in whole if not _is_share_of(draft, ventures)]


def _seller(draft: Draft) -> str:
    return next((names.key(p.name) for p in draft.participants if p.role == "seller"), "")


def _child_and_parent(draft: Draft) -> tuple[str, str]:
    by_role = {p.role: names.key(p.name) for p in draft.participants}
    return by_role.get("subsidiary", ""), by_role.get("parent", "")


def _denied(passages: Sequence[Passage], found: list[Draft]) -> list[Draft]:
    """Rumours that a later sentence denies ("X denies the report") with the status that this gives them."""
    for passage in passages:
        for sentence in passage.doc.sents:
            if not _DENIES.search(sentence.text):
                continue
            place = passage.start + sentence.start_char
            at = max((i for i, d in enumerate(found) if d.start < place), key=lambda i: found[i].start, default=None)
            if at is not None and found[at].status == "rumoured":
                found = [replace(d, status="denied") if i == at else d for i, d in enumerate(found)]
    return found


def _is_share_of(draft: Draft, ventures: set[str]) -> bool:
    """Whether a draft only says how a joint venture is shared."""
    return draft.kind == "subsidiary" and any(
        p.role == "subsidiary" and names.key(p.name) in ventures for p in draft.participants
    )


def _of_passage(passage: Passage, row: Sequence[Name], published: str | None) -> list[Draft]:
    text = passage.doc.text
    amounts = figures.money(text)
    reading = fillers.read(passage.doc, row, [(f.start, f.end) for f in amounts])
    states = [_state(passage, state) for state in seats.states(reading)]
    if passage.section == "boilerplate":
        return states
    dates = figures.dates(text, published)
    lead = next((d.date for d in dates if _leads(text, d)), None)
    found: list[Draft] = []
    for frame in frames.frames(reading):
        draft = _draft(passage, reading, frame, amounts, (dates, lead))
        if draft is not None and draft.status == "ended":
            found += [_ending(draft, frame), replace(draft, date=terms.begun(frame.token.sent, dates))]
        elif draft is not None:
            found.append(draft)
    events = terms.supplemented(drafts.joined(found), passage, amounts, dates)
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
            if i < sentence.end and not posts.is_personal(group[0]) and group[0].type in cast.BODIES
        ),
        None,
    )
    if company is None or company == post.person:
        return None
    start, end = _bounds(sentence)
    people = [cast.participant(post.person, "person"), cast.participant(company, "company")]
    if post.predecessor is not None and posts.is_personal(post.predecessor):
        people.append(cast.participant(post.predecessor, "predecessor"))
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
        participants=tuple(cast.participant(name, role) for role, name in roles.items()),
        start=passage.start + start,
        end=passage.start + end,
        rule=f"{kind}-clause",
        status=said,
        attributes=attributes,
    )


def _leads(text: str, dated: Dated) -> bool:
    """Whether a date stands before everything else: "In May 2031, ...", "May 2031: ..."."""
    return re.fullmatch(r"[\W\d]{0,6}(?:(?:In|On|As of) )?(?:early |late |mid-)?", text[: dated.start]) is not None


def _draft(passage: Passage, reading: Reading, frame: Frame, amounts: Sequence[Figure], when: When) -> Draft | None:
    said = status.status(frame)
    if said is None:
        return None
    frame = cast.settled(frame, reading)
    sentence = frame.token.sent
    figure = terms.money(frame, sentence, amounts) if frame.trigger.kind in _MONEYED else None
    attributes = dict(terms.attributes(frame, sentence))
    if figure is not None:
        attributes |= {name: True for name in ("minimum", "maximum") if getattr(figure, name)}
    told = frame.trigger.noun and frames.determined(frame.token)
    start, end = _bounds(sentence)
    return Draft(
        kind=frame.trigger.kind,
        participants=cast.participants(frame, reading),
        start=passage.start + start,
        end=passage.start + end,
        rule=f"{frame.trigger.kind}-{'noun' if frame.trigger.noun else 'verb'}",
        status=said,
        quantity=figure.quantity if figure else None,
        date=terms.date(frame, sentence, when[0], None if told else when[1]),
        attributes={k: v for k, v in attributes.items() if k in ontology.kind(frame.trigger.kind).attributes},
        told=told,
    )


def _ending(draft: Draft, frame: Frame) -> Draft:
    """The termination that ends the relation of a draft."""
    kind = ontology.kind("termination")
    parties = tuple(Participant(p.name, "party", p.type) for p in draft.participants if p.role in _RELATED)
    return replace(
        draft,
        kind=kind.name,
        participants=parties,
        rule="termination-of-relation",
        status=status.ending(frame),
        attributes={"subject": terms.text(frame.token)},
    )


def _bounds(sentence: Sentence) -> tuple[int, int]:
    text = sentence.text
    left = len(text) - len(text.lstrip(" \t\n•-–*o§·"))
    return sentence.start_char + left, sentence.start_char + len(text.rstrip(" \t\n.;"))


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
