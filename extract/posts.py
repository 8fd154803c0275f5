"""Who takes or leaves which post, read from a sentence whose names have been replaced by numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from extract.names import Name
from extract.reading import Reading

_HINT = re.compile(
    r"(?i)\b(?:appoint|nam(?:e|es|ed)\b|hire|elect|promot|recruit|install|chosen|tapped|designat|becom|became|been\b|"
    r"will be\b|t(?:ake|akes|ook|aken|aking)\b|serve|assum|join|chair|left\b|leav|quit|step|resign|"
    r"retire|succe|replac|follow)"
)
_LAST = (
    "officer|executive|president|chairman|chairwoman|chairperson|chair|director|head|manager|ceo|cfo|cto|coo|cio|cmo|"
    "secretary|treasurer|controller|partner"
)
_BOARD = r" of (?:the )?(?:supervisory |management |executive )?board(?: of directors)?"
_TITLE = (
    r"(?P<title>(?:(?!(?:as|its|the|their|new|a|an)\b)[\w&’'-]+,? ){0,5}?"
    rf"(?:{_LAST})(?: (?:officer|director|vice president))?(?:{_BOARD}| of (?!the\b)[a-z][a-z ]+?(?=[ ,.;]))?)"
)
_AS = r"(?:(?:as|to|to be|to become|to the (?:post|position|role) of|in the role of) )?"
_POST = rf"{_AS}(?:its |our |their |the |a |an )?(?:new |first |next |sole )?{_TITLE}"
_OF = r"(?: (?:of|at|for|with) (?:the )?(?:[a-z-]+ ){0,3}<(?P<company>\d+)>)?"
_NAMED = "appointed|named|hired|elected|promoted|recruited|installed|chosen|tapped|designated"
_NAMING = rf"(?:{_NAMED}|appoints|names|hires|elects|promotes)"
_BECOMES = (
    "becomes|became|will become|has become|is to become|has been|will be|takes over as|took over as|"
    "will take over as|has taken over as|takes up the post of|took office as|will serve as|assumes the role of"
)
_FOLLOWING = (
    "will succeed|succeeds|succeeded|has succeeded|is to succeed|will replace|replaces|replaced|to succeed|to replace"
)
_GOING = "stepped down|steps down|will step down|has stepped down|resigned|resigns|has resigned|retired|retires"
_ASIDE = r"(?:,[^<>;]{0,90}(?:<\d+>[^<>;,]{0,40})?,)?"
_DOCTOR = r"(?:Dr\.? |Prof\.? |Mr\.? |Ms\.? )?"
_OFFICE = re.compile(rf"(?i)\b(?:{_LAST})|\b(?:left|leav|quit|succe|replac|follow|from\b|step|resign|retire)")
_PERSON = rf"{_DOCTOR}<(?P<person>\d+)>"
_BY = r"(?:<(?P<by>\d+)>['’]s? (?:\w+ )?(?:board|shareholders|owners?|council) (?:of directors )?(?:has |have )?)?"
_WHO = rf"{_PERSON}(?: of <\d+>)?{_ASIDE}(?:,? who)? "


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_TAKES = _patterns(
    rf"{_WHO}(?P<verb>(?:has been|have been|was|is|had been|will be|is to be) {_NAMING}) {_POST}{_OF}",
    rf"{_PERSON} (?P<verb>{_NAMED}) {_POST}{_OF}",
    rf"{_BY}(?P<verb>(?:will |has |have |had |to )?{_NAMING}) {_PERSON}{_ASIDE} {_POST}{_OF}",
    rf"{_WHO}(?P<verb>{_BECOMES}) {_POST}{_OF}",
    rf"{_WHO}(?P<verb>has joined|joined|joins|will join|is joining) <(?P<company>\d+)> {_POST}",
    rf"{_WHO}(?P<verb>{_FOLLOWING}) {_DOCTOR}<\d+> {_POST}{_OF}",
    rf"(?P<verb>appointment|promotion|election) of {_PERSON}{_ASIDE} {_POST}{_OF}",
    rf"{_WHO}(?P<verb>will chair|chairs|to chair) (?:its|the) (?P<title>board)",
)
_LEAVES = _patterns(
    rf"{_WHO}(?P<verb>has left|left|leaves|will leave|quit|has quit) <(?P<company>\d+)>"
    rf"(?:,? where (?:he|she|they) (?:had|has) been {_POST})?",
    rf"{_WHO}(?P<verb>{_GOING}) (?:from (?:his|her|the) (?:post|position) )?{_POST}{_OF}",
)
_FOLLOWS = re.compile(
    r"(?i)(?:<(?P<person>\d+)>|\b(?:she|he))?(?:,? who)? ?(?:\w+ )?\b(?:succeed(?:s|ing|ed)?|replac(?:es?|ing|ed)|"
    rf"follow(?:s|ing|ed)|tak(?:es|ing) over from|took over from|in succession to|successor to) "
    rf"{_DOCTOR}<(?P<before>\d+)>"
)
_LATER = re.compile(r"\b(?:will|to become|to be|to chair|is to)\b")


@dataclass(frozen=True, slots=True)
class Post:
    """A person takes or leaves a post; `company` is None where the sentence leaves it to the ones before."""

    person: Name
    company: Name | None
    title: str
    status: str
    predecessor: Name | None


#: A sentence with "<0>", "<1>" for its names, and the names.
Masked = tuple[str, list[Name]]


def may_tell(text: str) -> bool:
    """Whether a text holds what tells of posts."""
    return _OFFICE.search(text) is not None and _HINT.search(text) is not None


def posts(told: Masked) -> Iterator[Post]:
    """The appointments that a sentence tells of, each person once."""
    text, names = told
    before = _predecessors(text, names)
    taken: set[Name] = set()
    for pattern in (*_TAKES, *_LEAVES) if text else ():
        for match in pattern.finditer(text):
            person = names[int(match["person"])]
            if person in taken or not is_personal(person):
                continue
            taken.add(person)
            number = match.groupdict().get("company") or match.groupdict().get("by")
            title = re.sub(r"<(\d+)>", lambda m: names[int(m[1])].text, match["title"] or "")
            yield Post(
                person=person,
                company=names[int(number)] if number is not None else None,
                title=title,
                status=_status(pattern, match["verb"]),
                predecessor=next(
                    (b for b in (before.get(person), before.get(None)) if b not in (None, person)), None
                ),
            )


def successions(told: Masked) -> Iterator[tuple[Name | None, Name]]:
    """Who follows whom, where a sentence says so; None for "she" and "he"."""
    text, names = told
    yield from ((who, name) for who, name in _predecessors(text, names).items() if is_personal(name))


def is_personal(name: Name) -> bool:
    """Whether a name may be that of a person: two to five words, of letters where nothing says that it is one."""
    words = name.full.split()
    if name.type == "Person":
        return 1 < len(words) < 6
    if name.sure or name.type not in ("Company", "Location", "Product"):
        return False
    return 1 < len(words) < 6 and all(word[0].isalpha() and not any(map(str.isdigit, word)) for word in words)


def _status(pattern: re.Pattern[str], verb: str) -> str:
    if pattern in _LEAVES:
        return "ended"
    return "planned" if _LATER.search(verb) else "asserted"


def _predecessors(text: str, names: list[Name]) -> dict[Name | None, Name]:
    found: dict[Name | None, Name] = {}
    for match in _FOLLOWS.finditer(text):
        who = names[int(match["person"])] if match["person"] else None
        found[who] = names[int(match["before"])]
    return found


def masked(reading: Reading, sentence: Span) -> Masked:
    """The sentence with "<0>", "<1>" for its names, and the names; empty where no word points to a post."""
    bounds = (sentence.start_char, sentence.end_char)
    if not _HINT.search(reading.text, *bounds) or not _OFFICE.search(reading.text, *bounds):
        return "", []
    names = [name for name in reading.names if sentence.start <= name.start < sentence.end]
    pieces, at = [], sentence.start_char
    for number, name in enumerate(names):
        last = reading.doc[name.end - 1]
        pieces += [reading.text[at : reading.doc[name.start].idx], f"<{number}>"]
        at = last.idx + len(last)
    return re.sub(r"\s", " ", "".join((*pieces, reading.text[at : sentence.end_char]))), names
