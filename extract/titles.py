"""Where titles of posts and the bodies that one sits on stand in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extract.names import Name
from ontology import regions, triggers

_VERBAL = frozenset(("head", "chair", "lead", "partner", "deputy", "chief", "principal", "post"))
_STOP = frozenset(
    (
        "new",
        "former",
        "current",
        "future",
        "next",
        "own",
        "last",
        "ex",
        "experienced",
        "outgoing",
        "incoming",
        "today",
    )
)
_OPEN = frozenset(("vp", "svp", "evp", "avp", "director", "head", "president", "partner", "manager", "officer"))
_BODY_OF = frozenset(("directors", "management", "trustees", "governors", "managers", "administration"))
_LINKS = frozenset(("and", "&", "/", "-"))
_ARTICLES = frozenset(("the", "its", "our", "their", "a", "all"))


@dataclass(frozen=True, slots=True)
class Title:
    """A title at tokens `start` to `end` (half-open), or a panel: the board that one sits on."""

    start: int
    end: int
    panel: bool = False


def is_office(text: str) -> bool:
    """Whether words are nothing but those of titles ("Vice President", "Operations")."""
    known = triggers.words("office") | triggers.words("officeWord") | {"and", "&", "-"}
    return all(word in known for word in text.lower().replace("-", " ").replace(",", "").split())


def titles(sentence: Span, at: Mapping[int, Name]) -> list[Title]:
    """The titles of a sentence, in order; `at` is the name that a token belongs to."""
    found: list[Title] = []
    done = sentence.start
    for token in sentence:
        if token.i < done or token.i in at:
            continue
        if token.lower_ in triggers.words("panel") and not _is_verb(token):
            title = _panel(token, done, sentence.end, at)
        elif _is_head(token):
            title = _title(token, done, sentence.end, at)
        else:
            continue
        done = title.end
        found.append(title)
    return list(_joined(found, sentence.doc))


def _is_head(token: Token) -> bool:
    word = token.lower_ if token.lower_ in triggers.words("office") else token.lemma_.lower()
    return word in triggers.words("office") and not (word in _VERBAL and _is_verb(token))


def _is_verb(token: Token) -> bool:
    before = token.nbor(-1).lower_ if token.i else ""
    return token.pos_ == "VERB" or before in ("to", "will", "would", "who") or token.tag_ in ("VBZ", "VBD")


def _left(token: Token, floor: int, at: Mapping[int, Name]) -> int:
    i = token.i
    while i > floor and i - 1 not in at and _may_precede(token.doc[i - 1], token.doc[i]):
        i -= 1
    while i < token.i and (token.doc[i].text in ("-", "of", "and") or token.doc[i].is_punct):
        i += 1
    return i


def _may_precede(before: Token, after: Token) -> bool:
    if before.text == "-" or after.text == "-":
        return not before.is_space and not (after.text == "-" and before.lower_ in ("ex",))
    if before.lower_ in _STOP or before.lower_ in ("of", "co"):
        return False
    if before.lower_ in triggers.words("officeWord") or before.lower_ in triggers.words("office"):
        return before.pos_ != "VERB" or before.lower_ in ("managing", "operating", "marketing")
    return before.pos_ in ("NOUN", "ADJ") and before.tag_ != "NNS" and before.dep_ in ("compound", "amod", "nmod")


def _title(token: Token, floor: int, ceiling: int, at: Mapping[int, Name]) -> Title:
    doc, end = token.doc, token.i + 1
    while end < ceiling and end not in at and (_is_head(doc[end]) or _goes_on(doc, end, ceiling)):
        end += 1
    end = _behind(doc, end, ceiling, at)
    return Title(_left(token, floor, at), end)


def _goes_on(doc: Doc, i: int, ceiling: int) -> bool:
    """Whether a title goes on behind its noun: "VP Product", "Chief Executive Officer", "vice president finance"."""
    word = doc[i].lower_
    if word in triggers.words("officeWord") and word != "of":
        return doc[i - 1].lower_ in _OPEN or (
            i + 1 < ceiling and doc[i + 1].lower_ in triggers.words("office") | {"officer"}
        )
    return (
        word == "-" and not doc[i].whitespace_ and i + 1 < ceiling and doc[i + 1].lower_ in triggers.words("office")
    )


def _behind(doc: Doc, end: int, ceiling: int, at: Mapping[int, Name]) -> int:
    """The end of a title with its field: "head of the Nordic office", "Senior Vice President, Global Sales"."""
    if end >= ceiling or doc[end].lower_ not in ("of", "for", ",", "in"):
        return end
    comma, i = doc[end].text == ",", end + 1
    if doc[end].lower_ == "in" and not (i < ceiling and doc[i].lower_ == "charge"):
        return end
    while i < ceiling and doc[i].lower_ in _ARTICLES and not comma:
        i += 1
    first = i
    while i < ceiling and _is_field(doc[i], at, listed=comma):
        i += 1
    while i > first and doc[i - 1].lower_ in ("and", "&", "-", "of", "for"):
        i -= 1
    if comma and i < ceiling and not doc[i].is_punct and doc[i].lower_ not in ("at", "of", "effective"):
        return end
    return i if i > first else end


def _is_field(token: Token, at: Mapping[int, Name], *, listed: bool) -> bool:
    name = at.get(token.i)
    if name is not None:
        return not listed and regions.find(name.text) is not None
    if token.lower_ in triggers.words("officeWord") or token.text in ("&", "-"):
        return True
    if listed:
        return False
    return token.lower_ == "and" or token.pos_ == "ADJ" or (token.pos_ in ("NOUN", "PROPN") and token.is_alpha)


def _panel(token: Token, floor: int, ceiling: int, at: Mapping[int, Name]) -> Title:
    doc, end = token.doc, token.i + 1
    if end + 1 < ceiling and doc[end].lower_ == "of" and doc[end + 1].lower_ in _BODY_OF:
        end += 2
    return Title(_left(token, floor, at), end, panel=True)


def _joined(found: list[Title], doc: Doc) -> Iterator[Title]:
    """The titles with those made one that "and" links: "president and CEO"."""
    last: Title | None = None
    for title in found:
        near = last is not None and title.start - last.end == 1 and doc[last.end].lower_ in _LINKS
        if last is not None and (near or title.start == last.end):
            last = Title(last.start, title.end, last.panel and title.panel)
            continue
        if last is not None:
            yield last
        last = title
    if last is not None:
        yield last
