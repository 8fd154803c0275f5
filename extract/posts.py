"""Appointments: who takes or leaves which post, read from a sentence with its names replaced by numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from extract.names import Name
from extract.reading import Reading

_TITLE = (
    r"(?P<title>(?:(?!(?:as|its|the|their|new|a|an)\b)[\w&’'-]+,? ){0,5}?"
    r"(?:officer|executive|president|chair|chairman|chairwoman|chairperson|director|head|manager|ceo|cfo|cto|coo|cio|cmo|secretary|"
    r"treasurer|controller|partner)(?: (?:officer|director|vice president))?"
    r"(?: of (?:the )?(?:supervisory |management |executive )?board(?: of directors)?| of (?!the\b)[a-z][a-z ]+?(?=[ ,.;]))?)"
)
_POST = rf"(?:(?:as|to|to be|to become|to the (?:post|position|role) of|in the role of) )?(?:its |their |the |a |an )?(?:new |first |next |sole )?{_TITLE}"
_OF = r"(?: (?:of|at|for|with) (?:the )?(?:[a-z-]+ ){0,3}<(?P<company>\d+)>)?"
_NAMING = r"(?:appointed|named|hired|elected|promoted|recruited|installed|chosen|tapped|designated|appoints|names|hires|elects|promotes)"
_ASIDE = r"(?:,[^<>;]{0,90}(?:<\d+>[^<>;,]{0,40})?,)?"
_PERSON = r"(?:Dr\.? |Prof\.? |Mr\.? |Ms\.? )?<(?P<person>\d+)>"

#: Status ("" as the verb says) and pattern of each way of telling it.
_TAKES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_PERSON}{_ASIDE} (?P<verb>(?:has been|have been|was|is|had been|will be|is to be) {_NAMING}) {_POST}{_OF}",
        rf"{_PERSON} (?P<verb>{_NAMING}) {_POST}{_OF}",
        rf"(?P<verb>(?:will |has |have |had |to )?{_NAMING}) {_PERSON}{_ASIDE} {_POST}{_OF}",
        rf"{_PERSON}{_ASIDE} (?:who )?(?P<verb>becomes|became|will become|has become|is to become|has been|will be|takes over as|took over as|"
        rf"will take over as|has taken over as|takes up the post of|took office as|will serve as|assumes the role of) {_POST}{_OF}",
        rf"{_PERSON}{_ASIDE} (?P<verb>has joined|joined|joins|will join|is joining) <(?P<company>\d+)> {_POST}",
        rf"{_PERSON}{_ASIDE} (?P<verb>will succeed|succeeds|succeeded|has succeeded|is to succeed|will replace|replaces|replaced|"
        rf"to succeed|to replace) (?:Dr\.? |Mr\.? |Ms\.? )?<\d+> {_POST}{_OF}",
        rf"(?P<verb>appointment|promotion|election) of {_PERSON}{_ASIDE} {_POST}{_OF}",
        rf"{_PERSON}{_ASIDE} (?P<verb>will chair|chairs|to chair) (?:its|the) (?P<title>board)",
    )
)
_LEAVES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_PERSON}{_ASIDE} (?P<verb>has left|left|leaves|will leave|quit|has quit) <(?P<company>\d+)>"
        rf"(?:,? where (?:he|she|they) (?:had|has) been {_POST})?",
        rf"{_PERSON}{_ASIDE} (?P<verb>stepped down|steps down|will step down|has stepped down|resigned|resigns|has resigned|retired|retires) "
        rf"(?:from (?:his|her|the) (?:post|position) )?{_POST}{_OF}",
    )
)
_FOLLOWS = re.compile(
    r"(?:<(?P<person>\d+)>|\b(?:she|he))?(?:,? who)? ?(?:\w+ )?\b(?:succeed(?:s|ing|ed)|replac(?:es|ing|ed)|follow(?:s|ing|ed)"
    r"|tak(?:es|ing) over from|took over from|in succession to|successor to) (?:Dr\.? |Mr\.? |Ms\.? )?<(?P<before>\d+)>",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:will|to become|to be|to chair|is to)\b")


@dataclass(frozen=True, slots=True)
class Post:
    """A person takes or leaves a post; `company` is None where the sentence leaves it to the ones before.

    `start` is the character of the passage where the telling words stand.
    """

    person: Name
    company: Name | None
    title: str
    status: str
    predecessor: Name | None
    start: int


def posts(reading: Reading, sentence: Span) -> Iterator[Post]:
    """The appointments that a sentence tells of."""
    text, names, at = _masked(reading, sentence)
    before = _predecessors(text, names)
    taken: set[Name] = set()
    for pattern in (*_TAKES, *_LEAVES):
        for match in pattern.finditer(text):
            person = names[int(match["person"])]
            if person in taken or not is_personal(person):
                continue
            taken.add(person)
            number = match.groupdict().get("company")
            company = names[int(number)] if number is not None else None
            status = "ended" if pattern in _LEAVES else "planned" if _LATER.search(match["verb"]) else "asserted"
            title = re.sub(r"<(\d+)>", lambda m: names[int(m[1])].text, match["title"] or "")
            yield Post(
                person, company, title, status, before.get(person) or before.get(None), at(match.start("verb"))
            )


def successions(reading: Reading, sentence: Span) -> Iterator[tuple[Name | None, Name]]:
    """Who follows whom, where a sentence says so; None for "she" and "he"."""
    text, names, _ = _masked(reading, sentence)
    yield from ((who, name) for who, name in _predecessors(text, names).items() if is_personal(name))


def is_personal(name: Name) -> bool:
    """Whether a name may be that of a person: two to five words of letters, and nothing says otherwise."""
    words = name.full.split()
    if name.type == "Person":
        return len(words) < 6
    plain = all(word[0].isalpha() and not any(char.isdigit() for char in word) for word in words)
    return (
        1 < len(words) < 6
        and plain
        and not name.sure
        and "&" not in words
        and name.type in ("Company", "Location", "Product")
    )


def _predecessors(text: str, names: list[Name]) -> dict[Name | None, Name]:
    found: dict[Name | None, Name] = {}
    for match in _FOLLOWS.finditer(text):
        who = names[int(match["person"])] if match["person"] else None
        found[who] = names[int(match["before"])]
    return found


def _masked(reading: Reading, sentence: Span) -> tuple[str, list[Name], Callable[[int], int]]:
    """The sentence with "<0>", "<1>" for its names, the names, and where a character of it stands in the passage."""
    names = [name for name in reading.names if sentence.start <= name.start < sentence.end]
    doc, text, pieces, at = reading.doc, "", [], sentence.start_char
    for number, name in enumerate(names):
        begin, end = doc[name.start].idx, doc[name.end - 1].idx + len(doc[name.end - 1])
        text += doc.text[at:begin]
        pieces.append((len(text), begin))
        text += f"<{number}>"
        pieces.append((len(text), end))
        at = end
    text += doc.text[at : sentence.end_char]

    def place(offset: int) -> int:
        shown, real = max((piece for piece in pieces if piece[0] <= offset), default=(0, sentence.start_char))
        return real + offset - shown

    return re.sub(r"\s", " ", text), names, place
