"""Names in a row: "A, B and C", "A, based in Leeds, and the chain B"."""

from __future__ import annotations

from spacy.tokens import Doc

from extract.names import Name
from extract.reading import Reading

_LINKS = frozenset((",", "and", "&", "or", "both"))


def listed(reading: Reading, name: Name) -> list[Name]:
    """The name and those listed behind it; a list ends in "and" before its last member."""
    found, last, closed = [name], name, False
    while not closed and (step := _next(reading, last)) is not None:
        last, closed = step
        found.append(last)
    return found if closed else found[:1]


def listed_with(reading: Reading, name: Name) -> list[Name]:
    """The whole list that a name is a member of, also what stands before it."""
    start = reading.sentence(name.start).start
    rows = (listed(reading, each) for each in reading.names if start <= each.start <= name.start)
    return next((row for row in rows if name in row), [name])


def _next(reading: Reading, name: Name) -> tuple[Name, bool] | None:
    """The next member of a list, and whether it is the last one."""
    doc, i, closed = reading.doc, _past_aside(reading.doc, name.end), False
    while i < len(doc) and doc[i].lower_ in _LINKS:
        closed = closed or doc[i].lower_ in ("and", "&", "or")
        i += 1
    start = i
    if start == name.end:
        return None
    while i < len(doc) and i - start < 6 and i not in reading.at:
        if not _describes(doc, i):
            return None
        i += 1
    following = reading.at.get(i)
    if following is not None and closed and doc[name.end].text == "," and _leads_on(doc, following):
        return None
    if (
        following is None
        or doc[i].is_sent_start
        or (not closed and start != i)
        or _begins_clause(doc, name, following)
    ):
        return None
    return following, closed


def _leads_on(doc: Doc, name: Name) -> bool:
    """Whether a list begins with the name itself: "led by A, and B and C took part"."""
    return name.end < len(doc) and doc[name.end].lower_ == "and"


def _describes(doc: Doc, i: int) -> bool:
    """Whether a token may stand between "and" and a name: "and the bakery chain B"."""
    if "-" in (doc[i - 1].text, doc[i].text, doc[i + 1].text if i + 1 < len(doc) else ""):
        return True
    return not doc[i].is_punct and doc[i].pos_ in ("DET", "NOUN", "ADJ", "PROPN")


def _begins_clause(doc: Doc, name: Name, following: Name) -> bool:
    """Whether the second name is the subject of a clause of its own: "bought A, and B announced"."""
    root = doc[following.start : following.end].root
    if root.dep_ not in ("nsubj", "nsubjpass") or root.head.i < following.end:
        return False
    above = list(doc[name.start].ancestors)
    return root.head not in above and any(token.pos_ == "VERB" for token in above)


def _past_aside(doc: Doc, i: int) -> int:
    """Behind "A, based in Leeds, and ...": the comma that ends the aside, if "and" follows it; else `i`."""
    if i + 2 >= len(doc) or doc[i].text != "," or doc[i + 1].tag_ not in ("VBN", "VBG", "DT", "WDT", "JJ", "IN"):
        return i
    for at in range(i + 2, min(i + 16, len(doc) - 1)):
        if doc[at].text in (";", ".") or doc[at].is_sent_start or doc[at].tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return i
        if doc[at].text == "," and doc[at + 1].lower_ == "and":
            return at
    return i
