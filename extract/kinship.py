"""Whom companies belong to, as appositions, predicates and foundings tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import deals, masks, titles
from extract.drafts import Draft
from extract.masks import Masked
from extract.names import Name
from extract.reading import Reading
from extract.seats import state

#: The pieces that words in capitals stand for in the patterns.
_PIECES = {
    "CHILD": r"<(?P<child>\d+)>",
    "PARENT": r"(?:the |an? )?(?:<\d+>'s )?(?:[\w’'-]+ ){0,4}?<(?P<parent>\d+)>",
    "HOLDER": r"<(?P<parent>\d+)>",
    "ASIDE": masks.ASIDE + r"(?:, (?:whose|which|who) [^,;]{3,80}(?=,))?"
    r"(?:, (?:based|headquartered|located|seated) in <\d+>(?:, <\d+>)?)?",
    "KIN": (
        r"(?:(?!(?:the|an?|its|to|has|have|of|and|heads?|bought|buys?|runs?|with|for)\b)[\w’-]+ ){0,4}?"
        r"(?:subsidiar(?:y|ies)|units?|arms?|divisions?|affiliates?|offshoots?|daughter compan(?:y|ies)|"
        r"operating compan(?:y|ies)|business)"
    ),
    "FOUNDED": (
        r"(?:establish\w*|found\w*|incorporat\w*|form\w*|creat\w*|register\w*|set up|setting up|sets up|launch\w*|"
        r"open\w*)"
    ),
    "FOUNDING": r"(?:incorporation|formation|establishment|creation|setting up)",
    "CALLED": (
        r"(?:,? (?:which (?:is|will be) |to be )?(?:named|called|in the name(?: and style)? of|"
        r"under the name(?: of)?|by the name of|known as),? )"
    ),
    "PLACE": r"(?:,? in <\d+>(?:, <\d+>)?)?",
    "UNTIL": r"(?:,? (?:until|till) [\w ,]{2,25}?)?",
    "FORMER": r"(?P<former>former )?",
    "HOUSE": r"(?:[\w-]+ )?(?:owner|parent|parent company|holding company|parent group)",
    "LISTED": (
        r"(?P<children>(?:[\w’'-]+ ){0,6}?<\d+>(?:(?:-\w+)?(?: [\w’'-]+){0,5}?,? (?:and )?(?:of )?"
        r"(?:[\w’'-]+ ){0,5}?<\d+>){0,3})"
    ),
    "WHOLLY": r"(?:(?:wholly|fully|majority|jointly|mostly|(?P<share>\d+(?:\.\d+)?)\s?(?:%|per ?cent))[ -])?",
}
#: Where no parent is named, it is who speaks.
_PATTERNS = masks.patterns(
    # "Lumeo, a wholly owned subsidiary of Quillon", "Lumeo, until last year a unit of Quillon"
    r"CHILDASIDE(?:,UNTIL |,? (?:which |who )?(?P<verb>is |was |are |remains )(?:now |still |also )?)(?:an? |the )?"
    "FORMERKIN of PARENT",
    # "Lumeo will operate as a subsidiary of Quillon", "Lumeo becomes a unit of Quillon"
    "CHILD (?P<verb>(?:will |is to |would )?(?:[a-z]+ ){0,2}?(?:operates?|run|continues?|remain|be|becomes?|became|"
    "functions?|acts?)(?: to operate| to run)?) (?:as )?(?:an? )?KIN of PARENT",
    # "Quillon's subsidiary Lumeo", "its Dubai-based subsidiary Lumeo", "its tower business, Lumeo"
    r"HOLDER's (?:<\d+>-based )?FORMERKIN(?: for [\w ]{3,30}?)?,? CHILD",
    # "Lumeo, our Dutch subsidiary, does the research"
    r"CHILD, HOLDER's KIN\b",
    # "Quillon's subsidiaries include Lumeo and Orvane"
    r"HOLDER's KIN (?:include|are|comprise) (?P<children>[^.;]*<\d+>)",
    # "Quillon established Lumeo, a wholly owned subsidiary, in Singapore"
    r"HOLDER (?:has |have |had )?(?:today |recently )?FOUNDED CHILD, an? KIN\b",
    # "Quillon approved the incorporation of a wholly owned subsidiary in the name of Lumeo"
    r"(?P<verb>\bFOUNDING of) an? KINPLACECALLED[“\"‘']?CHILD",
    # "a wholly owned subsidiary, Lumeo, has been incorporated", "incorporated a subsidiary, Lumeo"
    r"\ban? KIN,? (?:(?:called|named) )?CHILD,? (?:has been |was |is )?FOUNDED",
    r"\bFOUNDED an? KINPLACE(?:,|CALLED) ?CHILD",
    # "Lumeo, a wholly owned subsidiary, ...", "Lumeo is a wholly owned subsidiary"
    r"CHILD(?:,| is) an? (?:(?:wholly|fully|majority|100%)[ -]owned |[a-z]+ )?subsidiary"
    "(?: of the (?:company|group|issuer))?(?=[,.;]|$)",
    # "Lumeo, owned by Quillon", "Lumeo, which is majority-owned by Quillon"
    "CHILDASIDE,? (?:(?:which|who) )?(?P<verb>is |was |are )?(?:now |also )?WHOLLY(?P<former>formerly )?"
    "(?:owned|controlled) by (?:funds of |the (?:investor|group|family) )?PARENT",
    # "Quillon-owned Lumeo"
    r"HOLDER-(?:owned|controlled) (?:[\w-]+ ){0,4}?CHILD",
    # "Quillon, which owns Lumeo"
    r"HOLDERASIDE,? (?:which |who )(?:also |fully |now )?(?:owns|controls) (?:the |an? )?(?:[\w’'-]+ ){0,4}?CHILD",
    # "Quillon, the parent company of Lumeo and of Orvane"
    "HOLDERASIDE,? (?:(?:which )?is )?(?:the )?FORMERHOUSE of LISTED",
    # "Lumeo's parent company Quillon", "its owner Quillon"
    r"CHILD's FORMERHOUSE,? (?:the )?(?:[\w-]+ ){0,3}?HOLDER",
    # "Lumeo, part of the Quillon group since 2029"
    "CHILDASIDE,?UNTIL (?:(?:which|who) )?(?P<verb>is |was |has been |are )?(?:now |also )?(?:a )?"
    "part of PARENT(?!'s)",
    # "Lumeo belongs to Quillon"
    "CHILDASIDE,?UNTIL (?:(?:which|who) )?(?P<verb>belongs|belonged|has belonged|will belong) to PARENT(?!'s)",
    # "Lumeo, a portfolio company of Quillon", "Lumeo, a Quillon company"
    "CHILDASIDE,? (?:is )?an? portfolio company of PARENT",
    r"CHILD, an? HOLDER(?:'s)? (?:group )?(?:company|subsidiary|business|brand)\b",
    pieces=_PIECES,
)


_HINT = re.compile(
    r"(?i)\b(?:subsidiar|units?\b|arms?\b|divisions?\b|affiliates?\b|offshoot|daughter|owned|controlled|owns\b|"
    r"controls\b|owner\b|parent\b|part of|belong|portfolio company|operating compan|business\b|group company)"
)
#: What stands before a name that is sold, or a place: "sold its biscuit arm Lumeo", "in Ghent".
_OFF = re.compile(
    r"(?i)\b(?:(?:sold|divested|disposed of|parted with)\b[^<>]{0,30}<\d+>'s (?![^<>]*subsidiary)[^<>]{0,30}|"
    r"(?:in|at|near|from) (?:the )?)$"
)
_GENERIC = frozenset(("division", "group", "company", "unit", "business", "subsidiary", "arm", "parent"))
_LATER = re.compile(
    r"(?i)\b(?:will|would|is to|upon completion|approved|propos\w+|plans?|to be|after (?:the )?closing)\b"
)
_PAST = re.compile(
    r"(?i)\b(?:until|till)\b(?! (?:now|today))|\bwas\b|\bbelonged\b|\bformer\b|\bformerly\b|\bused to\b"
)
_MINOR = re.compile(r"(?i)^[^.;]{0,15}\b(?:in which|where)\b[^.;]{0,60}?\b(?P<share>\d+(?:\.\d+)?)\s?(?:%|per ?cent)")


def kinship(reading: Reading) -> Iterator[Draft]:
    """The subsidiaries that a passage tells of, in order of the text."""
    for told in masks.telling(reading, _HINT):
        yield from _of_sentence(reading, told)


def _of_sentence(reading: Reading, told: Masked) -> Iterator[Draft]:
    taken: set[str] = set()
    for pattern in _PATTERNS:
        for match in pattern.finditer(told.text):
            for child, parent in _pairs(reading, told, match):
                if "child" in match.re.groupindex and _OFF.search(told.text[: match.start("child") - 1]):
                    continue
                if child.full in taken or not _may_belong(child, parent) or _is_minor(told, match):
                    continue
                taken.add(child.full)
                roles = {"subsidiary": child, "parent": parent}
                token = reading.doc[told.sentence.start]
                yield state(reading, token, "subsidiary", roles, _status(told.text, match))


def _pairs(reading: Reading, told: Masked, match: re.Match[str]) -> Iterator[tuple[Name, Name]]:
    parts = match.groupdict()
    if parts.get("children"):
        listed = re.sub(r"\b(?:in|at|near|from) (?:the )?<\d+>", "", match["children"])
        children = [told.names[int(number)] for number in re.findall(r"<(\d+)>(?!-)", listed)]
    else:
        children = [told.name(match, "child")]
    for child in children:
        parent = told.name(match, "parent") if parts.get("parent") else _founder(reading, told, match, child)
        if parent is not None:
            yield child, parent


def _founder(reading: Reading, told: Masked, match: re.Match[str], child: Name) -> Name | None:
    """Whose subsidiary it is where none is named: who speaks, else whom the text last spoke of."""
    if reading.speaker is not None and reading.speaker.full != child.full:
        return reading.speaker
    ahead = [told.names[int(number)] for number in re.findall(r"<(\d+)>", told.text[: match.start()])]
    last = [group[0] for i, group in reversed(reading.subjects) if i < told.sentence.end]
    return next((name for name in (*reversed(ahead), *last) if _may_belong(child, name)), None)


def _may_belong(child: Name, parent: Name) -> bool:
    if (
        child.full == parent.full
        or child.text.lower() in _GENERIC
        or titles.is_office(child.text)
        or titles.is_office(parent.text)
    ):
        return False
    return not any(
        (name.type in deals.PLACE_TYPES | {"Regulation", "Person"} and name.sure) or name.text[0].isdigit()
        for name in (child, parent)
    )


def _is_minor(told: Masked, match: re.Match[str]) -> bool:
    """Whether a minority stake is told: "its affiliate Lumeo, in which it owns 33%", "25% owned by Quillon"."""
    share = match.groupdict().get("share")
    found = _MINOR.match(told.text[match.end() :])
    return any(float(each) <= 50 for each in (share, found["share"] if found else None) if each)


def _status(text: str, match: re.Match[str]) -> str:
    verb = match.groupdict().get("verb") or ""
    if match.groupdict().get("former") or _PAST.search(match[0]):
        return "ended"
    before = text[: match.start()][-60:]
    late = _LATER.search(verb) or ("of" in verb and _LATER.search(text))
    return "planned" if late or (_LATER.search(before) and verb.startswith("incorporation")) else "asserted"
