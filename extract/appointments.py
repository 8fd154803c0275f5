"""The appointments of a passage as events, with the company and the predecessor from the sentences around them."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Span

from extract import cast, deals, posts, terms, tone
from extract.drafts import Draft
from extract.fact import Participant
from extract.names import Name
from extract.posts import Post
from extract.reading import Reading

_QUASHED = re.compile(
    r"(?i)\b(?:rumou?rs?|reports?|speculation|talk|claims?) that\b.*\b(?:put to rest|denied|dismissed|quashed|"
    r"not true|untrue|rejected|wide of the mark|unfounded)\b"
)
_STARTED = re.compile(
    r"(?i)(she|he|they|both|the two|the (?:appointments?|changes?|moves?)) (?:\w+ ){0,2}?(?:joined|joins?|started|"
    r"starts?|began|begins?|took|takes?|assumed?|elected|appointed|take over|effective|comes? into)\b"
)
_NEWBORN = re.compile(
    r"(?i)\b(?:new|combined|merged|joint) (?:company|group|firm|entity|business|venture)\b|\bventure\b"
)
_CALLED = re.compile(r"(?i)\b(?:called|named|dubbed|under the name(?: of)?|known as|trade as|operate as)\W+$")


def appointments(reading: Reading) -> list[Draft]:
    """The appointments of a passage; a leaver is one of his own only where nobody follows him."""
    found: list[Draft] = []
    sentences = reading.sentences if posts.may_tell(reading.text) else ()
    for sentence, told in ((each, posts.masked(reading, each)) for each in sentences):
        for post in posts.posts(told):
            found += _drafts(reading, sentence, post, found)
        for who, ahead, post in posts.successions(told):
            before = ahead or _meant(reading, sentence)
            if before is None:
                continue
            post = replace(post, predecessor=before)
            known = _followed(found, who, before)
            found = known if known is not None else [*found, *_drafts(reading, sentence, post, found)]
        found = _dated(found, reading, sentence, told)
    found = _succeeded(found)
    followed = {p.name for draft in found for p in draft.participants if p.role == "predecessor"}
    return [draft for draft in found if draft.status != "ended" or _person(draft) not in followed]


def _newborn(reading: Reading, sentence: Span, title: str) -> tuple[bool, Participant | None]:
    """Whether a post is one at "the new company", and the name that was given to it before."""
    if not _NEWBORN.search(title):
        return False, None
    before = (name for name in reversed(reading.names) if name.start < sentence.start)
    named = (name for name in before if _CALLED.search(reading.text, 0, reading.doc[name.start].idx))
    return True, next((cast.participant(name, "company") for name in named), None)


def _drafts(reading: Reading, sentence: Span, post: Post, found: list[Draft]) -> list[Draft]:
    person = post.person or _meant(reading, sentence)
    if person is None:
        return []
    young, child = _newborn(reading, sentence, post.title)
    known = (_issuer(reading) if post.ours else None) or _named(post)
    others = None if young else _last(found) or _employer(reading, sentence, person) or _issuer(reading)
    company = known or child or others
    return [_draft(reading, sentence, replace(post, person=person), company)] if company is not None else []


def _meant(reading: Reading, sentence: Span) -> Name | None:
    """Whom "she" or "he" stands for: the person that was last spoken of."""
    before = [name for name in reading.names if name.start < sentence.start and name.type == "Person"]
    return before[-1] if before else None


def _followed(found: list[Draft], who: Name | None, before: Name) -> list[Draft] | None:
    """The drafts with the predecessor of the last one that is meant, None if there is none; `who` None is "she"."""
    meant = (
        i
        for i, d in enumerate(found)
        if d.status != "ended" and _person(d) != before.full and (who is None or _person(d) == who.full)
    )
    at = max(meant, default=None)
    if at is None:
        return None
    if any(p.role == "predecessor" for p in found[at].participants):
        return found
    added = cast.participant(before, "predecessor")
    draft = replace(found[at], participants=(*found[at].participants, added))
    return [*found[:at], draft, *found[at + 1 :]]


def _dated(found: list[Draft], reading: Reading, sentence: Span, told: posts.Masked) -> list[Draft]:
    """The drafts with the day that a later sentence gives for the last of them: "She joined on 5 May"."""
    since = _STARTED.match(sentence.text.strip())
    if not found or since is None or next(posts.posts(told), None) is not None:
        return found
    date = next((each.date for each in reading.dates_in(sentence)), None)
    offset = reading.passage.start + sentence.start_char
    if date is None or not any(draft.start < offset for draft in found):
        return found
    both = 2 if since[1].lower() in ("both", "they", "the two") else 1
    return [
        replace(draft, date=date) if i >= len(found) - both and not draft.date else draft
        for i, draft in enumerate(found)
    ]


def _succeeded(found: list[Draft]) -> list[Draft]:
    """The drafts in which who takes the post of a leaver follows him: the same title, or an interim one."""
    for leaver in [draft for draft in found if draft.status == "ended"]:
        at = next((i for i, draft in enumerate(found) if _takes_over(draft, leaver)), None)
        if at is not None:
            added = replace(leaver.participants[0], role="predecessor")
            people = (*found[at].participants, added)
            found[at] = replace(found[at], participants=people, date=found[at].date or leaver.date)
    return found


def _takes_over(draft: Draft, leaver: Draft) -> bool:
    people = {p.role: p.name for p in draft.participants}
    if draft.status == "ended" or "predecessor" in people or people["person"] == _person(leaver):
        return False
    ours, theirs = (str(each.attributes.get("title", "")).casefold() for each in (draft, leaver))
    ours = re.sub(r"^(?:on an )?(?:interim|acting)\b ?", "", ours)
    same = not ours or bool(theirs and (ours in theirs or theirs in ours))
    return same and any(p.role == "company" and p.name == people["company"] for p in leaver.participants)


def _person(draft: Draft) -> str:
    return draft.participants[0].name


def _draft(reading: Reading, sentence: Span, post: Post, company: Participant) -> Draft:
    start, end = reading.bounds(sentence)
    people = [cast.participant(post.person, "person")] if post.person is not None else []
    people.append(company)
    if post.predecessor is not None and posts.is_personal(post.predecessor) and post.predecessor != post.person:
        people.append(cast.participant(post.predecessor, "predecessor"))
    date = terms.effective(reading, sentence)
    return Draft(
        kind="appointment",
        participants=tuple(people),
        start=start,
        end=end,
        rule="appointment-post",
        status=_status(reading, sentence, post, date),
        date=date,
        attributes={"title": post.title} if post.title else {},
    )


def _status(reading: Reading, sentence: Span, post: Post, date: str | None) -> str:
    text = sentence.text
    named = text.find(post.person.text) if post.person is not None else -1
    if tone.REFUSED.search(text, 0, max(named, 0)):
        return "denied"
    if _QUASHED.search(text):
        return "denied"
    if post.status == "ended":
        return "ended"
    if post.status == "rumoured" or tone.HEARSAY.search(text):
        return "rumoured"
    return "planned" if post.present and reading.is_ahead(date) else post.status


def _named(post: Post) -> Participant | None:
    if post.company is None or post.company == post.person:
        return None
    return cast.participant(post.company, "company")


def _last(found: list[Draft]) -> Participant | None:
    """The company of the appointment before: "X will be chief executive of A. Y will chair its board."."""
    return next((p for draft in found[-1:] for p in draft.participants if p.role == "company"), None)


def _employer(reading: Reading, sentence: Span, person: Name) -> Participant | None:
    """Whom the paragraph last spoke of, else who issues the release, else whom the paragraphs before spoke of."""
    own = [group[0] for i, group in reversed(reading.subjects) if 0 <= i < sentence.end]
    known = any(name.type in deals.BODIES for name in reading.names)
    carried = [group[0] for i, group in reversed(reading.subjects) if i < 0 and not known]
    tagged = (name.full for name in reading.names if reading.doc[name.end - 1].ent_type_ == "PERSON")
    people = {person.full} | {name for name in tagged if " " in name}
    order = (*own, *([reading.speaker] if reading.speaker is not None else ()), *carried)
    name = next((name for name in order if name.full not in people and _employs(name)), None)
    return cast.participant(name, "company") if name is not None else None


def _issuer(reading: Reading) -> Participant | None:
    return cast.participant(reading.speaker, "company") if reading.speaker is not None else None


def _employs(name: Name) -> bool:
    return name.type in deals.BODIES or (name.type == "Person" and not name.sure and " " not in name.full)
