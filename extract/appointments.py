"""The appointments of a passage as events, with the company and the predecessor from the sentences around them."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span

from extract import cast, deals, posts, terms
from extract.drafts import Draft
from extract.fact import Participant
from extract.names import Name
from extract.posts import Post
from extract.reading import Reading


def appointments(reading: Reading) -> list[Draft]:
    """The appointments of a passage; a leaver is one of his own only where nobody follows him."""
    found: list[Draft] = []
    for sentence in reading.sentences if posts.may_tell(reading.text) else ():
        told = posts.masked(reading, sentence)
        for who, before in posts.successions(told):
            found = _followed(found, who, before)
        for post in posts.posts(told):
            company = _named(post) or _last(found) or _employer(reading, sentence, post.person) or _issuer(reading)
            found += [_draft(reading, sentence, post, company)] if company is not None else []
    followed = {p.name for draft in found for p in draft.participants if p.role == "predecessor"}
    return [draft for draft in found if draft.status != "ended" or _person(draft) not in followed]


def _followed(found: list[Draft], who: Name | None, before: Name) -> list[Draft]:
    """The drafts with the predecessor of the last one that is meant; `who` is None for "she"."""
    meant = (i for i, d in enumerate(found) if d.status != "ended" and (who is None or _person(d) == who.full))
    at = max(meant, default=None)
    if at is None or any(p.role == "predecessor" for p in found[at].participants):
        return found
    added = cast.participant(before, "predecessor")
    draft = replace(found[at], participants=(*found[at].participants, added))
    return [*found[:at], draft, *found[at + 1 :]]


def _person(draft: Draft) -> str:
    return draft.participants[0].name


def _draft(reading: Reading, sentence: Span, post: Post, company: Participant) -> Draft:
    start, end = reading.bounds(sentence)
    people = [cast.participant(post.person, "person"), company]
    if post.predecessor is not None and posts.is_personal(post.predecessor):
        people.append(cast.participant(post.predecessor, "predecessor"))
    return Draft(
        kind="appointment",
        participants=tuple(people),
        start=start,
        end=end,
        rule="appointment-post",
        status=post.status,
        date=terms.effective(reading, sentence),
        attributes={"title": post.title} if post.title else {},
    )


def _named(post: Post) -> Participant | None:
    if post.company is None or post.company == post.person:
        return None
    return cast.participant(post.company, "company")


def _last(found: list[Draft]) -> Participant | None:
    """The company of the appointment before: "X will be chief executive of A. Y will chair its board."."""
    return next((p for draft in found[-1:] for p in draft.participants if p.role == "company"), None)


def _employer(reading: Reading, sentence: Span, person: Name) -> Participant | None:
    """The company that was last spoken of."""
    groups = (group[0] for i, group in reversed(reading.subjects) if i < sentence.end)
    name = next((name for name in groups if name.full != person.full and _employs(name)), None)
    return cast.participant(name, "company") if name is not None else None


def _issuer(reading: Reading) -> Participant | None:
    return cast.participant(reading.speaker, "company") if reading.speaker is not None else None


def _employs(name: Name) -> bool:
    return name.type in deals.BODIES or (name.type == "Person" and not posts.is_personal(name))
