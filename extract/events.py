"""The events that prose tells of, one fact for each, however often it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import ontology
from extract import (
    actors,
    attributes,
    cast,
    deals,
    drafts,
    entities,
    fillers,
    frames,
    names,
    references,
    roles,
    slots,
    speakers,
    status,
    terms,
    tone,
)
from extract.appointments import appointments
from extract.drafts import Draft
from extract.fact import Fact, Participant
from extract.frames import Frame
from extract.holdings import holdings
from extract.homes import homes
from extract.kinship import kinship
from extract.loans import loans
from extract.nameforms import key
from extract.names import Name
from extract.owners import owners
from extract.passage import Context, Passage
from extract.reading import Reading, Subjects, prepared
from extract.roles import Weighed
from extract.rounds import attached, followers
from extract.seats import seats
from extract.supplements import denied, supplemented
from extract.ventures import ventures

#: Roles of relations whose bearers become the parties of their termination.
_RELATED = frozenset(("partner", "supplier", "customer"))
#: Kinds of events that are still to come where their date is: "comes out on 18 September".
_ONCE = frozenset(("launch", "expansion", "termination"))
#: Roles that a name near an event does not fill by itself: what ends may be anything, also what has no name.
_FREE = frozenset(("subject",))
#: How many of the names of earlier passages a reference may mean.
_RECENT = 100
#: How many tokens no sentence of prose has.
_LONGEST = 500
#: How many characters may stand before the first sentence that tells something ("In May 2031: ...").
_LEAD = 40


def find(passages: Sequence[Passage], context: Context) -> list[Fact]:
    """The events of a document's prose in order of the text, with the role, date, amount and status of each."""
    read, news = readings(passages, context), context.market is None
    found = denied([draft for reading in read for draft in _of_passage(reading, news=news)], read)
    told = drafts.without_shared_amounts(drafts.distinct(attached(found)))
    whole = [draft for draft in told if drafts.is_whole(draft)]
    return [_fact(draft, context) for draft in drafts.consistent(whole)]


def readings(passages: Sequence[Passage], context: Context) -> list[Reading]:
    """The passages prepared for the search, each with whom the ones before it spoke of."""
    text, news = context.document.text, context.market is None
    issuer = speakers.issuer(text) if news else None
    rows = names.find(passages, (*context.companies, *((issuer,) if issuer and issuer[0].islower() else ())))
    voices = speakers.of_passages(text, passages, rows, issuer) if news else [None] * len(rows)
    known = entities.entities(text, passages, rows) if news else {}
    likely = references.speaker(known)
    voices = [voice if voice is not None and voice.sure else likely for voice in voices]
    found: list[Reading] = []
    before: Reading | None = None
    told: tuple[Name, ...] = ()
    for passage, row, voice in zip(passages, rows, voices, strict=True):
        if not passage.text.isupper() and _is_prose(passage):
            reading = replace(prepared(passage, row, context.published, voice), entities=known, before=told)
            told = (*told, *row)[-_RECENT:] if news else ()
            apart = passage.bullet or text[max(0, passage.start - 1) : passage.start] not in ("", "\n")
            carried = _carried(before, voice, apart=apart) if news and passage.section != "boilerplate" else ()
            before = fillers.with_subjects(replace(reading, subjects=tuple(carried)))
            found.append(before)
    return found


def _is_prose(passage: Passage) -> bool:
    """Whether all sentences of a passage end: one of hundreds of words is a list or rubbish, slow to read."""
    return len(passage.doc) < _LONGEST or all(len(sentence) < _LONGEST for sentence in passage.doc.sents)


def _carried(before: Reading | None, voice: Name | None, *, apart: bool) -> list[Subjects]:
    """Whom a paragraph may speak of without a name: the last several, and who issues the release or is the topic.

    `apart` says that it is an item of its own, in which only the issuer is known.
    """
    found: list[tuple[Name, ...]] = []
    if before is not None and not apart:
        groups = [group for _, group in before.subjects if not all(name.type == "Person" for name in group)]
        single = Counter(group[0].full for group in groups if len(group) == 1).most_common(1)
        topic = (group for group in groups if single and len(group) == 1 and group[0].full == single[0][0])
        found = [*[group for group in groups if len(group) > 1][-1:], *list(topic)[:1]]
    if voice is not None and voice.sure:
        found = [*(group for group in found if len(group) > 1), (voice,)]
    return [(-1, tuple(replace(name, start=0, end=1) for name in group)) for group in found]


def _of_passage(reading: Reading, *, news: bool) -> list[Draft]:
    states = [
        *_first_of(homes(reading), seats(reading), by="location"),
        *_first_of(kinship(reading), owners(reading), by="subsidiary"),
        *holdings(reading),
    ]
    if reading.passage.section == "boilerplate":
        return states
    found: list[Draft] = []
    settled = [cast.settled(frame, reading) for frame in frames.frames(reading)]
    said = [(frame, _draft(reading, frame)) for frame in settled]
    drawn = [(frame, draft and actors.completed(draft, frame, reading)) for frame, draft in said]
    over = {f.token.i for f, draft in drawn if draft and draft.status == "ended" and draft.kind in drafts.RELATIONS}
    for frame, draft in drawn:
        if draft is None or (draft.kind == "termination" and _heads(frame) & over):
            continue  # the end of a relation is told with the relation
        if draft.status == "ended":
            draft = _of_known(draft, found)
            began = terms.begun(reading, reading.sentence(frame.token.i))
            found += [_ending(draft, frame), replace(draft, date=began)]
        else:
            found.append(draft)
    found += ventures(reading)
    found += loans(reading, found)
    found += followers(reading, found)
    ruled = [*supplemented(drafts.joined(found), reading), *appointments(reading), *states]
    return _weighed(reading, ruled) if news else ruled


def _first_of(ruled: Iterable[Draft], further: Iterable[Draft], *, by: str) -> list[Draft]:
    """What numbered sentences tell, and what the parser's slots tell beyond: one state of each bearer of a role."""
    found: dict[tuple[int, str], Draft] = {}
    for draft in (*ruled, *further):
        bearer = next((p.name for p in draft.participants if p.role == by), "")
        found.setdefault((draft.start, bearer), draft)
    return list(found.values())


def _weighed(reading: Reading, ruled: Sequence[Draft]) -> list[Draft]:
    """What the rules read, and what the cues of each sentence tell of it and beyond it.

    Events that the cues deny are left out; a whole one gets the parties in roles that no rule has filled; kinds that
    no rule has read as a whole in a sentence are added.
    """
    rows = [(each, roles.weighed(reading, each)) for each in reading.sentences]
    known = [(reading.bounds(sentence), weighed) for sentence, weighed in rows if weighed is not None]
    found = [draft for draft in ruled if not _is_denied(draft, known)]
    added = []
    for (start, end), weighed in known:
        for frame in weighed.frames:
            if (draft := _draft(reading, frame)) is None:
                continue
            read = [i for i, each in enumerate(found) if start < each.end and each.start < end]
            read = [i for i in read if frame.kind in drafts.family(found[i].kind) and drafts.is_whole(found[i])]
            alike = [i for i in read if found[i].kind == frame.kind]
            if len(alike) == 1:
                found[alike[0]] = _filled(found[alike[0]], draft)
            elif not read:
                added.append(_by_roles(reading, frame, draft))
    return [*found, *added]


def _by_roles(reading: Reading, frame: Frame, draft: Draft) -> Draft:
    sentence = reading.sentence(frame.token.i)
    said = tone.toned(frame.kind, draft.status, sentence.text, reading.behind(sentence))
    return replace(draft, rule=f"{frame.kind}-roles", status=said)


def _filled(ruled: Draft, told: Draft) -> Draft:
    """What a rule read, with the parties of another telling of it in roles that are still empty."""
    filled, known = {p.role for p in ruled.participants}, {key(p.name) for p in ruled.participants}
    if not known & {key(p.name) for p in told.participants}:
        return ruled
    added = (p for p in told.participants if p.role not in filled | _FREE and key(p.name) not in known)
    return replace(ruled, participants=(*ruled.participants, *added))


def _is_denied(draft: Draft, weighed: Sequence[tuple[tuple[int, int], Weighed]]) -> bool:
    """Whether all sentences that a draft was read from are very unlikely to tell an event of its kind."""
    told = [
        max(each.told[kind] for kind in drafts.family(draft.kind))
        for (start, end), each in weighed
        if start < draft.end and draft.start < end
    ]
    of_event = ontology.kind(draft.kind).family == "event" and draft.kind in roles.ROLES
    return of_event and bool(told) and max(told) < roles.DENIES


def _heads(frame: Frame) -> set[int]:
    return {filler.head.i for slot in ("object", "subject", "from") for filler in frame.slots.get(slot, ())}


def _draft(reading: Reading, frame: Frame) -> Draft | None:
    """What a frame says; None where its clause negates it."""
    people = cast.participants(frame, reading)
    said = status.status(frame) or deals.denied(frame.kind, people)
    if said is None:
        return None
    sentence = reading.sentence(frame.token.i)
    said = tone.hedged(frame.kind, said, sentence.text, reading.behind(sentence))
    start, end = reading.bounds(sentence)
    told = frame.trigger.noun and slots.determined(frame.token) and not slots.is_joined(frame.token)
    later = told and said == "asserted" and sentence.start_char > _LEAD
    date = terms.date(
        frame, reading, None if later else reading.lead, planned=said == "planned", over=said == "ended"
    )
    if said == "asserted" and reading.is_ahead(date):
        said, date = ("planned", date) if frame.kind in _ONCE else (said, reading.lead)
    figure = terms.money(frame, reading) if ontology.kind(frame.kind).value_unit == "money" else None
    bounds = {name: True for name in ("minimum", "maximum") if figure is not None and getattr(figure, name)}
    return Draft(
        kind=frame.kind,
        participants=people,
        start=start,
        end=end,
        rule=f"{frame.kind}-{'noun' if frame.trigger.noun else 'verb'}",
        status=said,
        quantity=figure.quantity if figure else None,
        date=date,
        attributes={**attributes.attributes(frame, reading), **bounds},
        told=told,
        reach=abs(figure.start - frame.token.idx) if figure else 0,
    )


def _of_known(draft: Draft, found: list[Draft]) -> Draft:
    """A relation that is over, with the parties that it was told with before; the telling before is taken out."""
    if not draft.told or draft.participants or drafts.is_whole(draft):
        return draft
    at = next((i for i in range(len(found) - 1, -1, -1) if found[i].kind in drafts.family(draft.kind)), None)
    if at is None or found[at].status != "asserted":
        return draft
    earlier = found.pop(at)
    return replace(draft, kind=earlier.kind, participants=earlier.participants, start=earlier.start)


def _ending(draft: Draft, frame: Frame) -> Draft:
    """The termination that ends the relation of a draft."""
    parties = tuple(Participant(p.name, "party", p.type) for p in draft.participants if p.role in _RELATED)
    called = (f.name for slot in ("name", "called", "beside") for f in frame.slots.get(slot, ()) if f.name)
    known = {p.name for p in parties}
    subject = next(
        (Participant(name.text, "subject", "Organization") for name in called if name.full not in known), None
    )
    return replace(
        draft,
        kind="termination",
        participants=(*parties, subject) if subject else parties,
        rule="termination-of-relation",
        status=status.ending(frame),
        attributes={"subject": attributes.text(frame.token)},
    )


def _fact(draft: Draft, context: Context) -> Fact:
    """The fact of a draft, with the attributes that its kind has."""
    document, known = context.document, ontology.kind(draft.kind).attributes
    return Fact(
        kind=draft.kind,
        participants=draft.participants,
        evidence=document.span(draft.start, draft.end),
        rule=draft.rule,
        quantity=draft.quantity,
        date=draft.date,
        status=draft.status,
        attributes={name: value for name, value in draft.attributes.items() if name in known},
        mentions=tuple(document.span(*span) for span in sorted({*draft.spans} - {(draft.start, draft.end)})),
    )
