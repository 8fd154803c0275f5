"""Who else put money into a round: what sentences beside its news tell of lead and further investors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract import drafts, masks
from extract.drafts import Draft
from extract.fact import Participant
from extract.masks import Masked, any_number
from extract.names import Name
from extract.reading import Reading

_HINT = re.compile(
    r"(?i)\b(?:led|leads?|lead|leading|co-led|join\w*|particip\w+|took part|taking part|takes? part|"
    r"follow\w*|backe[dr]s?|investors?|"
    r"shareholders|(?:money|funds|cash|capital|investment|million|billion|m|bn) c[ao]mes?|came|put up)\b"
)
_ABOUT_MONEY = re.compile(
    r"(?i)\b(?:series [a-h]\d?|seed|round|funding|financing|invest\w*|fundrais\w+|capital|money|raised|"
    r"backers?|placement)\b"
)
_ROUND = (
    r"(?:it|the (?:[\w-]+ ){0,3}?(?:round|financing|funding|investment|raise|placement|fundraising|deal|series \w))"
)
_KIND = (
    r"(?:(?:existing|new|other|returning|earlier|further|previous|fellow|current|seed|early|all|additional|"
    r"strategic|angel|our|its|their|institutional|business|long-standing|prior) )+"
)
_WHO = r"(?:investors?|backers?|shareholders?|funds?|angels?|supporters?|owners?)"


_LEADS = masks.patterns(
    # "The round was led by Fjordcap", "led jointly by A and B"
    rf"\b(?:co-)?led (?:jointly |again |once more )?by {any_number('who')}",
    # "Fjordcap led; ...", "Fjordcap led it", "A and B co-led the round"
    rf"{any_number('who')}{masks.ASIDE},? (?:who |which |has |have |again |jointly )*(?:co-)?(?:led|"
    rf"leads?)(?: {_ROUND})?(?=[ ,;.]|$)(?! (?:the|a|an|its|in|to|by)\b)",
    # "with Fjordcap as lead investor", "Fjordcap came in as new lead"
    rf"{any_number('who')} (?:came in |acted |acting |joined |comes in )?as (?:the |a |new "
    rf")*(?:co-)?lead(?:ing)?(?: investors?)?\b",
    # "lead investor Fjordcap", "The lead investor is Fjordcap"
    rf"\blead(?:ing)? investors?(?: (?:is|was|are|were))?:? {any_number('who')}",
)
_FOLLOWS = masks.patterns(
    # "with participation from A and B", "joined by A", "backed by A", "supported by A"
    rf"\b(?:participation|support|contributions?|money|backing|investments?) (?:from|of|by) {any_number('who')}",
    rf"\b(?:joined|followed|supported|accompanied|backed) by {any_number('who')}",
    # "Existing investors A and B also took part", "with existing shareholders A and B taking part"
    rf"\b{_KIND}{_WHO},? (?:such as |like |including |namely |were |are |include |included |came from "
    rf")?{any_number('who')}",
    # "A and B also participated", "A and B followed", "A, B and C joined the round"
    rf"{any_number('who')}{masks.ASIDE},? (?:(?:who|which|also|both|all|again|have|has|each|too) )*"
    rf"(?:participated|took part|taking part|take part|participating|followed|follow|joined in|joined "
    rf"{_ROUND}|joining {_ROUND}|"
    rf"joined as (?:new )?investors?|joining as (?:new )?investors?|came in too|invested(?: too| as well| "
    rf"again)?|are (?:also )?(?:in|on board)|"
    rf"came on board|put in (?:more|further) money|join as (?:new )?investors?)(?=[ ,;.]|$)",
    # "Also taking part were A and B", "Further backers include A"
    rf"\b(?:taking part|participating|investing|joining|on board)(?: in {_ROUND})? (?:are|were|is|was) "
    rf"{any_number('who')}",
    rf"\b{_WHO} (?:(?:in {_ROUND}|in this round|also|now) )?(?:include[sd]?|are|were|is|was|"
    rf"comprise[sd]?):? {any_number('who')}",
    # "The money comes from A and B"
    rf"\b(?:money|funds|cash|capital|funding|investment|million|billion|bn|m) (?:comes?|came|is coming)(?: "
    rf"in \w+)?(?: –| -|:)? from {any_number('who')}",
    rf"\bfrom {_KIND}{_WHO} {any_number('who')}",
    # "..., and from Castell Motors" of a series begun with "came from"
    rf",? and from {any_number('who')}",
)


def followers(reading: Reading, found: Sequence[Draft]) -> Iterator[Draft]:
    """Fragments with the investors that a passage names beside its rounds or for those told before it."""
    for told in masks.telling(reading, _HINT) if _ABOUT_MONEY.search(reading.text) else ():
        leads = _investors(told, _LEADS, frozenset())
        if not _concerns(reading, told, found):
            continue
        rest = _investors(told, _FOLLOWS, frozenset(name.full for name in leads))
        if leads or rest:
            yield _fragment(reading, told, leads, rest)


def _concerns(reading: Reading, told: Masked, found: Sequence[Draft]) -> bool:
    """Whether a sentence speaks of money in itself, or a round has been told of right before."""
    start, end = reading.bounds(told.sentence)
    near = any(d.kind == "investment" and -800 < start - d.start <= end - start for d in found)
    return near or re.search(r"(?i)\b(?:series [a-h]\b|seed|funding|financing|round)\b", told.text) is not None


def _investors(told: Masked, patterns: Sequence[re.Pattern[str]], taken: frozenset[str]) -> list[Name]:
    found: dict[str, Name] = {}
    for pattern in patterns:
        for match in pattern.finditer(told.text):
            for name in told.listed(match, "who"):
                if name.full not in taken and name.type in (
                    "Company",
                    "Organization",
                    "Location",
                    "Person",
                    "Product",
                ):
                    found.setdefault(name.full, name)
    return [name for name in found.values() if not (name.sure and name.type in ("Location", "Product"))]


def _fragment(reading: Reading, told: Masked, leads: Sequence[Name], rest: Sequence[Name]) -> Draft:
    start, end = reading.bounds(told.sentence)
    roles = [(name, "lead_investor") for name in leads] + [(name, "investor") for name in rest]
    people = tuple(
        Participant(n.full, role, n.type if n.type in ("Person", "Organization") else "Company") for n, role in roles
    )
    return Draft("investment", people, start, end, "investment-round", told=True)


def attached(found: Sequence[Draft]) -> list[Draft]:
    """The drafts of a document; investors that a later passage names come to the round told last before them."""
    result: list[Draft] = []
    for draft in found:
        fragment = draft.rule == "investment-round" and not drafts.is_whole(draft)
        at = _round_before(result, draft) if fragment else None
        if at is None:
            result.append(draft)
        else:
            result[at] = drafts.merged(result[at], _new(draft, result[at]))
    return result


def _round_before(found: Sequence[Draft], draft: Draft) -> int | None:
    rounds = (i for i in range(len(found) - 1, -1, -1) if found[i].kind == "investment" and drafts.is_whole(found[i]))
    at = next(rounds, None)
    if at is None or draft.start - found[at].start > 1200:
        return None
    return at if found[at].status in ("asserted", "planned") and not _is_holding(found[at]) else None


def _is_holding(draft: Draft) -> bool:
    return draft.rule.endswith("-clause")


def _new(draft: Draft, whole: Draft) -> Draft:
    """What a fragment adds: nobody who has a part in the round already."""
    known = {p.name for p in whole.participants}
    return replace(draft, participants=tuple(p for p in draft.participants if p.name not in known))
