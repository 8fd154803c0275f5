"""Joint ventures told without those words, or with them in clauses that frames do not reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract import masks, seats, shares
from extract.drafts import Draft
from extract.fact import Participant
from extract.masks import Masked, several
from extract.names import Name
from extract.reading import Reading

_HINT = re.compile(
    r"(?i)\b(?:joint|jv|owned|found(?:ed|ing)?|set up|sets up|establish\w*|formed?|create[sd]?|belongs?|"
    r"each (?:hold|own)|"
    r"half|equal|50[:/-]50|holds?|own)\b"
)
_FOUND = r"(?:founded|set up|established|formed|created|launched|started)"
_YEAR = r"(?: (?:back )?(?:in|on|at|since) (?:early |late |mid-)?(?:[A-Z][a-z]+ )?(?:\d{1,2},? )?(?:19|20|21)\d\d)?"
_WORD = r"(?:joint[ -]venture(?: company)?|jv|joint company|joint subsidiary|joint enterprise|joint undertaking)"
_FIRM = rf"(?:[\w’'-]+ ){{0,4}}?(?:{_WORD}|company|firm|business|venture|entity|start-up|newco|operator|producer)"
_PARTS = (
    r"(?:(?:jointly|equally|half and half|fifty-fifty|in equal (?:parts|shares|measure)|\d\d ?[:/-] ?\d\d|"
    r"on a \d\d[:/-]\d\d basis|together) )"
)
_OTHER = re.sub(r"\?P<\w+>", "?:", shares.SHARE)


_VENTURES = masks.patterns(
    # "Tidely, a joint venture in which Arvidson holds 70% and Maelstrom 30%"
    rf"<(?P<venture>\d+)>{masks.ASIDE},? (?:is )?(?:a|the) {_FIRM} in which "
    rf"(?P<partners>{masks.AHEAD}<\d+>{masks.ASIDE} "
    rf"(?:holds|has|owns|will hold|will own) [^<>]{{0,30}}?{_OTHER}[^<>]{{0,40}}?<\d+>)[^<>]{{0,20}}{_OTHER}",
    # "Arvidson will hold 60% of Tidely and Maelstrom 40%"
    rf"(?P<first><\d+>) (?:(?P<later>will|is to) )?(?:holds?|owns?|has|have) [^<>]{{0,20}}?{_OTHER} (?:of|"
    rf"in) (?:the )?(?:joint venture )?"
    rf"<(?P<venture>\d+)>,? (?:and|while|with) (?P<second><\d+>) [^<>]{{0,30}}?{_OTHER}",
    # "Tidely, which is owned 60/40 by Arvidson and Maelstrom"
    rf"<(?P<venture>\d+)>{masks.ASIDE}(?:,? (?:which )?(?:is|was|are))?,? {_PARTS}(?:owned|held|controlled|"
    rf"run) {_PARTS}?by {several('partners')}",
    rf"<(?P<venture>\d+)>{masks.ASIDE}(?:,? (?:which )?(?:is|was|are))?,? (?:owned|held|controlled) "
    rf"{_PARTS}by {several('partners')}",
    # "Tidely was founded in 2029 by Arvidson and Maelstrom"
    rf"<(?P<venture>\d+)>{masks.ASIDE}(?:,? (?:which )?(?:was|is))?,? {_FOUND}{_YEAR}(?: as a {_FIRM})? by "
    rf"{several('partners')}",
    # "Tidely, which Arvidson and Maelstrom founded in 2029", "the joint venture that Arvidson and Maelstrom founded"
    rf"<(?P<venture>\d+)>{masks.ASIDE},? (?:which|that|the {_FIRM} (?:that|which)) {several('partners')} "
    rf"(?:have |had )?(?:jointly )?{_FOUND}",
    # "Tidely belongs in equal parts to Arvidson and Maelstrom"
    rf"<(?P<venture>\d+)>{masks.ASIDE},? (?:which )?belongs? {_PARTS}to {several('partners')}",
    # "Arvidson and Maelstrom each hold half of Tidely"
    rf"{several('partners')},? (?:(?:each|now|both) )*(?:hold|own|have) (?:each )?(?:half|50 ?%|50 per "
    rf"?cent)(?: each)? (?:of|in) (?:the )?(?:[\w-]+ ){{0,3}}?<(?P<venture>\d+)>",
    # "Arvidson and Maelstrom have founded a turbine company in Bergen, Tidely AS"
    rf"{several('partners')} (?:(?:have|has|had|will|are to|plan to|agreed to|want to|jointly|today|"
    rf"together) )*(?P<verb>{_FOUND}|found|set up|establish|form|create|launch) "
    rf"(?:a|an|their) {_FIRM}(?: (?:in|at) (?:<\d+>|[A-Z]\w+))?(?: for [\w ]{{3,30}})?,? (?:called |named |"
    rf"to be called |dubbed )?<(?P<venture>\d+)>",
    # "Tidely, a joint venture of Arvidson and Maelstrom"
    rf"<(?P<venture>\d+)>{masks.ASIDE},? (?:(?:is|which is|was|remains) )?(?:a|an|the|their) "
    rf"{_FIRM.replace('company|firm|business|', '')} (?:of|between|by|with) {several('partners')}",
    # "their joint company Tidely", where "their" are two
    r"(?P<partners><\d+> and <\d+>)'s (?:[\w-]+ ){0,3}?(?:joint )?(?:company|venture|jv|subsidiary),? "
    r"<(?P<venture>\d+)>",
)
#: "The joint venture Tidely, formed with Maelstrom in 2029": the other partner is who the text speaks of.
_WITH = masks.patterns(
    rf"{_WORD},? (?:called |named )?<(?P<venture>\d+)>,? (?:which was |that was )?{_FOUND} (?:together "
    rf")?with {masks.AHEAD}<(?P<partner>\d+)>",
    rf"<(?P<venture>\d+)>, (?:a|the|its|our|<\d+>'s) {_FIRM} with {masks.AHEAD}<(?P<partner>\d+)>",
    rf"<(?P<venture>\d+)>, (?:which was |a {_FIRM} )?{_FOUND}{_YEAR} (?:together )?with "
    rf"{masks.AHEAD}<(?P<partner>\d+)>",
)


def ventures(reading: Reading) -> Iterator[Draft]:
    """The common companies that a passage tells of."""
    for told in masks.telling(reading, _HINT):
        for pattern in _VENTURES:
            for match in pattern.finditer(told.text):
                groups = match.groupdict()
                members = told.listed(match, "partners") if "partners" in groups else _both(told, match)
                yield from _draft(reading, told, match, members)
        for match in (m for pattern in _WITH for m in pattern.finditer(told.text)):
            other = _speaks(reading, told, match)
            if other is not None:
                yield from _draft(reading, told, match, [other, told.name(match, "partner")])


def _both(told: Masked, match: re.Match[str]) -> list[Name]:
    return [*told.listed(match, "first"), *told.listed(match, "second")]


def _speaks(reading: Reading, told: Masked, match: re.Match[str]) -> Name | None:
    """Who the other partner is: the next company of the sentence, else who was spoken of last."""
    taken = {told.name(match, "venture").full, told.name(match, "partner").full}
    rest = [name for name in told.names if name.full not in taken and name.type == "Company"]
    if rest:
        return rest[0]
    before = (group[0] for i, group in reversed(reading.subjects) if i < told.sentence.start)
    return next((name for name in before if name.full not in taken), reading.speaker)


def _draft(reading: Reading, told: Masked, match: re.Match[str], members: list[Name]) -> Iterator[Draft]:
    venture = told.name(match, "venture")
    partners = list(
        {name.full: name for name in members if name.type not in ("Person", "Location", "Country")}.values()
    )
    if len(partners) < 2 or venture.full in {name.full for name in partners} or _are_people(reading, partners):
        return
    verb = (match.groupdict().get("verb") or match.groupdict().get("later") or "").lower()
    said = told.text[max(0, match.start() - 10) : match.end()]
    planned = bool(re.search(r"\b(?:will|are to|plan to|agreed to|want to|is to)\b", said)) and bool(verb)
    draft = seats.state(
        reading, told.sentence[0], "joint_venture", {"venture": venture}, "planned" if planned else "asserted"
    )
    people = tuple(
        Participant(n.full, "partner", n.type if n.type == "Organization" else "Company") for n in partners
    )
    yield replace(draft, participants=(*people, *draft.participants), date=_day(reading, told, match))


def _are_people(reading: Reading, partners: list[Name]) -> bool:
    """Whether spaCy takes all of them for persons: a company "founded by" two people is no joint venture."""
    return all(reading.doc[min(n.end, len(reading.doc)) - 1].ent_type_ == "PERSON" for n in partners)


def _day(reading: Reading, told: Masked, match: re.Match[str]) -> str | None:
    """When the parties founded it, where the match says so."""
    if not re.search(rf"(?i)\b{_FOUND}", match.group()):
        return None
    days = reading.dates_in(told.sentence)
    return days[0].date if len(days) == 1 else None
