"""Where names stand in prose: listed companies, capitalised runs, and brands that are no words of the language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from extract.nameforms import LEGAL_TAIL, MARKS, bare
from ontology import regions, triggers

_CAMEL = re.compile(r"^[a-z]+[A-Z]|\w\.(?:ai|io|com|bio|tech)$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FUNCTION = frozenset(("DT", "IN", "PRP", "PRP$", "CC", "TO", "MD", "WDT", "WRB", "WP"))
_OPENERS = frozenset(("•", "-", "–", ":", "“", '"'))
_JOINERS = frozenset(("-", "/", "’", "'", "+", "–"))
_OF_BODIES = frozenset(
    ("bank", "centre", "center", "port", "city", "state", "county", "region", "republic", "duchy", "kingdom", "town")
)
_AND_FIRMS = frozenset(("works", "sons", "brothers", "syndicate", "company", "partners", "industries", "associates"))

#: Tokens `start` to `end`, half-open.
Range = tuple[int, int]


def listed_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of the listed names, also without their legal forms; None where nothing is listed."""
    forms = {form for name in names for form in _forms(name) if form}
    if not forms:
        return None
    longest = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")


def name_spans(doc: Doc, text: str, listed: re.Pattern[str] | None) -> list[Range]:
    """The ranges of the names of a passage in order; `text` is that of the passage."""
    found, taken = [], [False] * (len(doc) + 1)
    for match in listed.finditer(text) if listed else ():
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None and not any(taken[span.start : span.end]):
            end = _with_legal_form(doc, text, span.end)
            found.append((span.start, end))
            taken[span.start : end] = [True] * (end - span.start)
    at, tokens = 0, list(doc)
    while at < len(tokens):
        if taken[at] or not _starts(tokens[at]):
            at += 1
            continue
        end = _run(doc, text, at, taken)
        found.extend(_trimmed(doc, at, end))
        at = max(end, at + 1)
    return sorted(found)


def _forms(name: str) -> tuple[str, ...]:
    short = bare(name)
    return (name, short, short.title()) if short.isupper() and len(short) > 4 else (name, short)


def _run(doc: Doc, text: str, start: int, taken: list[bool]) -> int:
    """The end of the name that begins at a token, legal form included."""
    end = start + 1
    while (legal := _with_legal_form(doc, text, end)) == end and end < len(doc) and not taken[end]:
        step = _continues(doc, start, end)
        if not step:
            break
        end += step
    return legal


def _capital(token: Token) -> bool:
    text = token.text
    return (text[0].isupper() or bool(_CAMEL.search(text))) and ")" not in text and "(" not in text


def _starts(token: Token) -> bool:
    text = token.text
    if "." not in text and (not text[0].isalpha() or (text.islower() and not token.is_oov)):
        return False
    if token.tag_ in _FUNCTION and not token.text.isupper():
        return False
    if token.lower_ in triggers.words("notName") or (
        token.i and token.nbor(-1).lower_ in ("series", "phase", "round")
    ):
        return False
    if not _capital(token):
        return _coined(token)
    if token.is_sent_start or token.i == 0 or token.nbor(-1).text in _OPENERS:
        following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        if token.tag_ in ("NNP", "NNPS") or token.is_oov or _CAMEL.search(token.text):
            return True
        if following is None or not _capital(following) or token.tag_ in ("RB", "VBG", "VBN"):
            return False
        return token.tag_ != "JJ" or _is_marked(token)
    return token.tag_ not in ("RB", "VBD", "VBZ") or bool(token.ent_type_)


def _is_marked(token: Token) -> bool:
    """Whether a trademark sign follows the words in capitals that begin here: "Soft Loaf™"."""
    for each in token.doc[token.i + 1 : token.i + 6]:
        if MARKS.search(each.text):
            return True
        if not _capital(each):
            return False
    return False


def _coined(token: Token) -> bool:
    """A lower-case brand: no word of the language, yet what the sentence is about."""
    if (
        not token.is_oov
        or not token.text.isalnum()
        or len(token) < 3
        or not token.is_lower
        or not token.text[0].isalpha()
    ):
        return False
    if token.i + 1 < len(token.doc) and LEGAL_TAIL.fullmatch(f" {token.nbor(1).text}"):
        return True
    if token.i + 2 < len(token.doc) and token.nbor(1).text == "&" and token.nbor(2).lower_ == "co":
        return True
    if not token.is_alpha and token.dep_ in ("compound", "nsubj"):
        return True
    plain = not any(
        child.dep_ in ("det", "amod", "compound", "poss", "nummod") and child.lower_ not in ("based", "headquartered")
        for child in token.children
    )
    return plain and token.dep_ in ("nsubj", "nsubjpass", "poss", "agent") and token.tag_ in ("NN", "NNP")


def _continues(doc: Doc, start: int, at: int) -> int:
    """How many tokens from `at` on belong to the name that began at `start`; 0 where it ends."""
    token, before = doc[at], doc[at - 1]
    following = doc[at + 1] if at + 1 < len(doc) else None
    if token.is_space and following is not None and "\n" not in token.text:
        step = _continues(doc, start, at + 1)
        return step + 1 if step else 0
    if token.is_sent_start and not before.text.endswith("."):
        return 0
    if token.text in "®™" or (_capital(token) and not token.is_sent_start and _is_named(token)):
        return 1
    if (
        _NUMBER.fullmatch(token.text)
        and len(token) < 5
        and not _is_year(token.text)
        and before.text not in (",", ")")
    ):
        return int(following is None or following.is_punct or following.pos_ not in ("NOUN", "PROPN", "NUM"))
    return _joins(doc, at) or _inside_body(doc, start, at)


def _is_named(token: Token) -> bool:
    """Whether a capital word can go on with a name: no preposition, unless spaCy sees a body's name around it."""
    return token.tag_ != "IN" or (token.ent_iob_ == "I" and token.ent_type_ == "ORG")


def _joins(doc: Doc, at: int) -> int:
    """How many tokens a hyphen, "&" or particles join to what stands before them, 0 where they do not."""
    token, following = doc[at], doc[at + 1] if at + 1 < len(doc) else None
    if following is None:
        return 0
    close = token.text in _JOINERS and not doc[at - 1].whitespace_ and not token.whitespace_
    if close and (_capital(following) or following.is_digit):
        return 2
    if token.text == "&" and (_capital(following) or following.lower_ == "co"):
        return 2
    end = at
    while end < len(doc) and end - at < 3 and _is_particle(doc, end):
        end += 1
    return end - at + 1 if end > at and end < len(doc) and _capital(doc[end]) else 0


def _is_particle(doc: Doc, at: int) -> bool:
    """Whether a token is a particle of names, or half of "im", which spaCy takes for "I'm"."""
    if doc[at].lower_ in triggers.words("nameParticle"):
        return True
    halves = doc[at].lower_ + doc[at + 1].lower_ if at + 1 < len(doc) and not doc[at].whitespace_ else ""
    return halves == "im" or (doc[at].lower_ == "m" and doc[at - 1].lower_ == "i" and not doc[at - 1].whitespace_)


def _inside_body(doc: Doc, start: int, at: int) -> int:
    """How "of", "for" and "and" belong to the name of a body: Ministry of Agriculture and Forestry."""
    if doc[at].lower_ not in ("of", "for", "and", "on"):
        return 0
    inside = {doc[i].lower_ for i in range(start, at)}
    if doc[at].lower_ == "and":
        if doc[at].ent_iob_ != "I":
            return 0
        inside |= {doc[i].lower_ for i in range(at, min(at + 5, len(doc))) if doc[i].ent_iob_ == "I"}
    if not inside & (triggers.head_words().keys() | _OF_BODIES | (_AND_FIRMS if doc[at].lower_ == "and" else set())):
        return 0
    step = 2 if at + 2 < len(doc) and doc[at + 1].lower_ == "the" else 1
    return step + 1 if at + step < len(doc) and _capital(doc[at + step]) else 0


def _with_legal_form(doc: Doc, text: str, end: int) -> int:
    if end >= len(doc):
        return end
    match = LEGAL_TAIL.match(text, doc[end - 1].idx + len(doc[end - 1]))
    if match is None or not match.group().strip():
        return end
    while end < len(doc) and doc[end].idx < match.end():
        end += 1
    return end


def _trimmed(doc: Doc, start: int, end: int) -> Iterator[Range]:
    """The name without titles, nationalities and articles before it and without what cannot end it."""
    titles = triggers.words("title")
    for at in range(start + 1, end - 1):
        if doc[at].lower_ in triggers.words("post") and doc[at + 1].lower_ not in triggers.words("post"):
            yield from _trimmed(doc, start, at + 1)
            yield from _trimmed(doc, at + 1, end)
            return
    end = _before_title(doc, start, end)
    start = _behind_organ(doc, start, end)
    while start < end and (doc[start].lower_ in titles or doc[start].text in ("-", "/")):
        start += 1
    if (
        end - start > 1
        and doc[start].tag_ == "JJ"
        and (doc[start].ent_type_ == "NORP" or _of_people(doc[start].text))
    ):
        start += 1
    if start < end and doc[start].lower_ in ("the", "a", "an"):
        start += 1
    while end > start and doc[end - 1].text in ("-", "&", "/", "’s", "'s", "’", "'"):
        end -= 1
    if start < end and any(char.isalpha() for char in doc[start:end].text) and not _is_alone(doc, start, end):
        yield start, end


def _before_title(doc: Doc, start: int, end: int) -> int:
    """The end of a name without the title behind it: "names Ilse Farrow Chief Executive Officer"."""
    if end - start < 2 or doc[end - 1].lower_ not in triggers.words("post"):
        return end
    known = triggers.words("office") | triggers.words("officeWord") | {"-", "&"}
    while end > start and doc[end - 1].lower_ in known:
        end -= 1
    return end


def _behind_organ(doc: Doc, start: int, end: int) -> int:
    """Where the name of a body itself begins: behind "Management Board of", "Board of Directors of"."""
    for at in range(end - 2, start, -1):
        if doc[at].lower_ == "of" and all(each.lower_ in triggers.words("organ") for each in doc[start:at]):
            return at + (2 if doc[at + 1].lower_ == "the" else 1)
    return start


def _is_alone(doc: Doc, start: int, end: int) -> bool:
    """Whether the run names nobody: a label ("Mergers & Acquisitions"), or alone a people, a title, a unit."""
    token = doc[start]
    if all(each.lower_ in triggers.words("organ") for each in doc[start:end]):
        return True
    if all(each.lower_ in triggers.words("label") for each in doc[start:end] if each.is_alpha):
        return True
    people = token.ent_type_ == "NORP" and token.tag_ != "NNP"
    none = people or _of_people(token.text) or token.lower_ in triggers.words("title")
    return end - start == 1 and (none or token.lower_ in triggers.words("unitWord"))


def _of_people(text: str) -> bool:
    return text in regions.demonyms() and text not in regions.names()


def _is_year(text: str) -> bool:
    return len(text) == 4 and text[:2] in ("19", "20", "21")
