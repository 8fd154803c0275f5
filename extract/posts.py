"""Who takes or leaves which post, read from a sentence whose names and titles have been replaced by numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from spacy.tokens import Span

from extract import postpatterns, postwords, titles
from extract.names import Name
from extract.postpatterns import Pattern
from extract.reading import Reading
from extract.titles import Title
from ontology import triggers

_LATER = re.compile(r"\b(?:will|would|shall|to|set|due|about|expected|likely|plans?|planned|nominates?|propos\w+)\b")
_MAYBE = re.compile(r"\b(?:may|might|could|reportedly|tipped)\b")
_HONORIFIC = re.compile(r"\b(?:Mr|Ms|Mrs|Mx|Dr|Prof|Sir|Dame|Shri|Smt|Eng|Ing|Dipl)\b\.?\s(?=[<A-Z])")
_NUMBERS = re.compile(r"<p(\d+)>")
#: What a correction takes back: "last week we wrote that Orvane had hired ...".
_WITHDRAWN = re.compile(
    r"(?i)\b(?:we|an earlier version) (?:\w+ )?(?:wrote|said|reported|stated|claimed)\b[^.]*\bhad\b"
)
_SERVES = re.compile(r"\b(?:act|serv|continu|com|work|sign)|^to\b")
_PLURAL = re.compile(r"(?:have|are|were|join|become|take)\b")
_SIDE = re.compile(r"\b(?:of|at|with|from|by|for) $|['’]s? $|\(ex $")
#: Titles that companies hold as well: who is made one need be known as a person.
_LOOSE = (
    "partner",
    "adviser",
    "advisor",
    "auditor",
    "lead manager",
    "principal",
    "representative",
    "architect",
    "leader",
    "lead",
)


@dataclass(frozen=True, slots=True)
class Post:
    """A person takes or leaves a post.

    `person` is None for "she" and "he", `company` where the sentence leaves it to the ones before, `ours` where it is
    that of the speaker; `present` says that the present tense is used, which with a later date tells of a plan.
    """

    person: Name | None
    company: Name | None
    title: str
    status: str
    predecessor: Name | None = None
    present: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with "<p0>" and "<o1>" for its names, "{t0}" and "{b0}" for its titles and boards."""

    text: str = ""
    names: tuple[Name, ...] = ()
    titles: tuple[str, ...] = ()
    people: frozenset[int] = field(default_factory=frozenset)


@cache
def _hint() -> re.Pattern[str]:
    lists = (
        "naming",
        "taking",
        "arriving",
        "handing",
        "clearing",
        "joining",
        "leading",
        "helm",
        "succession",
        "yielding",
        "leaving",
        "dismissal",
    )
    nouns = triggers.words("nomination") | triggers.words("farewell") | {"successor", "new"}
    verbs = "|".join(postwords.verbs(each) for each in lists)
    others = r"will be|is|to (?:the|its) (?:\w+ )?(?:board|committee|council)"
    return re.compile(rf"(?i)\b(?:{'|'.join(sorted(nouns))}|{others}|{verbs})\b")


@cache
def _office() -> re.Pattern[str]:
    words = "|".join(sorted(triggers.words("office") | triggers.words("panel")))
    others = (
        r"in charge|the (?:helm|top)|on an interim|reins|succe\w+|replac\w+|t(?:akes?|ook) over|hand\w* over|"
        "(?:will|to) (?:run|lead|head)"
    )
    return re.compile(rf"(?i)\b(?:{words}|{others})s?\b")


def may_tell(text: str) -> bool:
    """Whether a text holds what tells of posts."""
    return _office().search(text) is not None


def is_personal(name: Name) -> bool:
    """Whether a name may be that of a person: two to five words, of letters where nothing says that it is one."""
    words = name.full.split()
    if name.type == "Person":
        return 1 < len(words) < 6
    if name.sure or name.type not in ("Company", "Location", "Product"):
        return False
    return 1 < len(words) < 6 and all(word[0].isalpha() and not any(map(str.isdigit, word)) for word in words)


def masked(reading: Reading, sentence: Span) -> Masked:
    """The sentence in its masked form; empty where no word points to a post."""
    bounds = (sentence.start_char, sentence.end_char)
    if _WITHDRAWN.search(reading.text, *bounds):
        return Masked()
    if not _office().search(reading.text, *bounds) or not _hint().search(reading.text, *bounds):
        return Masked()
    names = tuple(
        name
        for name in reading.names
        if sentence.start <= name.start < sentence.end and not titles.is_office(name.text)
    )
    at = {i: name for name in names for i in range(name.start, name.end)}
    found = titles.titles(sentence, at)
    pieces: list[str] = []
    place = sentence.start_char
    marked: list[Name | Title] = [*names, *found]
    for each in sorted(marked, key=lambda each: each.start):
        first, last = reading.doc[each.start], reading.doc[each.end - 1]
        if first.idx < place:
            continue
        pieces += [reading.text[place : first.idx], _mark(each, names, found)]
        place = last.idx + len(last)
    text = re.sub(r"\s+", " ", "".join((*pieces, reading.text[place : sentence.end_char])))
    sure = frozenset(i for i, name in enumerate(names) if _is_human(name, reading))
    words = tuple(" ".join(reading.doc[title.start : title.end].text.split()) for title in found)
    return Masked(_HONORIFIC.sub("", text), names, words, sure)


def _mark(each: Name | Title, names: tuple[Name, ...], found: list[Title]) -> str:
    if isinstance(each, Title):
        return f"{{{'b' if each.panel else 't'}{found.index(each)}}}"
    return f"<{'p' if is_personal(each) else 'o'}{names.index(each)}>"


def _is_human(name: Name, reading: Reading) -> bool:
    return name.type == "Person" or reading.doc[name.end - 1].ent_type_ == "PERSON"


def posts(told: Masked) -> Iterator[Post]:
    """The appointments that a sentence tells of, each person once; those who leave come last."""
    if not told.text:
        return
    taken: set[Name | None] = set()
    for pattern in (*postpatterns.taking(), *postpatterns.leaving()):
        for match in pattern.regex.finditer(told.text):
            for post in _posts(told, pattern, match):
                if post.person not in taken:
                    taken.add(post.person)
                    yield post


def _posts(told: Masked, pattern: Pattern, match: re.Match[str]) -> Iterator[Post]:
    parts = postwords.parts(match)
    people = _people(parts["who"])
    if _PLURAL.match(parts.get("verb", "")):
        people = list(dict.fromkeys(people + _listed(told, match.start("verb_1"))))
    first = _post(told, pattern, match)
    doubtful = pattern.strict or _SERVES.search(parts.get("verb", "")) or first.title.lower().endswith(_LOOSE)
    if doubtful and not all(number is None or number in told.people for number in people):
        return
    for number in people:
        yield replace(first, person=told.names[number] if number is not None else _before(told, match.start()))
    behind = (
        postpatterns.ALSO.match(told.text, match.end()) if parts.get("title") and pattern.says == "taken" else None
    )
    while behind:
        more = postwords.parts(behind)
        for number in _people(more["who"]):
            yield replace(
                first,
                person=told.names[number] if number is not None else None,
                title=told.titles[int(more["title"])],
                company=_company(told, more) or first.company,
            )
        behind = postpatterns.ALSO.match(told.text, behind.end())


def _listed(told: Masked, place: int) -> list[int | None]:
    """The people that a plural verb at a place has for its subjects: "A, partner at X, and B have joined"."""
    if ", and <p" not in told.text[:place] and ") and <p" not in told.text[:place]:
        return []
    found = [(int(each[1]), each.start()) for each in _NUMBERS.finditer(told.text, 0, place)]
    return [n for n, start in found if n in told.people and not _SIDE.search(told.text[:start])]


def _before(told: Masked, place: int) -> Name | None:
    """Whom "she" stands for, if the sentence names a person before it."""
    found = [int(number) for number in _NUMBERS.findall(told.text, 0, place) if int(number) in told.people]
    return told.names[found[-1]] if found else None


def _people(who: str) -> list[int | None]:
    return [int(number) for number in _NUMBERS.findall(who)] or [None]


def _post(told: Masked, pattern: Pattern, match: re.Match[str]) -> Post:
    parts = postwords.parts(match)
    number = parts.get("title") or parts.get("also")
    words = told.titles[int(number)] if number else parts.get("field") or ""
    before = postpatterns.PREDECESSOR.search(told.text, match.start()) if pattern.says == "taken" else None
    ahead = told.names[int(postwords.parts(before)["before"])] if before else None
    verb = parts.get("verb") or ""
    return Post(
        person=None,
        company=_company(told, parts) or _around(told, match, pattern.says),
        title=words,
        status="ended" if pattern.says == "left" else _status(verb),
        predecessor=ahead if ahead is None or f"<p{told.names.index(ahead)}>" not in parts["who"] else None,
        present=pattern.present,
        ours="ours" in parts,
    )


def _company(told: Masked, parts: dict[str, str]) -> Name | None:
    for part in ("company", "joined", "owner", "holder", "by", "label"):
        number = parts.get(part)
        name = told.names[int(number)] if number is not None else None
        if name is None or (name.sure and name.type in ("Country", "Region")):
            continue
        if name.type != "Person" or not name.sure or part == "company":
            return name
    return None


def _around(told: Masked, match: re.Match[str], says: str) -> Name | None:
    """The company that the words around a person give: "Orvane's finance chief P", "P, a director of X, left"."""
    found = postpatterns.LABEL.match(told.text)
    if found is not None:
        return _company(told, postwords.parts(found))
    who = next(match.start(each) for each in ("before_1", "who_1") if each in match.re.groupindex and match[each])
    found = postpatterns.HELD.search(told.text, 0, who) if says != "taken" else None
    found = found or (postpatterns.HOLDS.search(told.text, who) if says != "taken" else None)
    return _company(told, postwords.parts(found)) if found is not None else None


def _status(verb: str) -> str:
    if _MAYBE.search(verb):
        return "rumoured"
    return "planned" if _LATER.search(verb) and verb != "to" else "asserted"


def successions(told: Masked) -> Iterator[tuple[Name | None, Name | None, Post]]:
    """Who follows whom, where a sentence says so, with the post; None for "she" and "he", and for "his" successor."""
    for pattern in postpatterns.following() if told.text else ():
        for match in pattern.regex.finditer(told.text):
            parts = postwords.parts(match)
            before = told.names[int(parts["before"])] if "before" in parts else None
            (number, *_) = _people(parts["who"])
            who = told.names[number] if number is not None else None
            if who == before or (before is not None and not is_personal(before)):
                continue
            yield who, before, replace(_post(told, pattern, match), person=who, predecessor=before)
