"""Who speaks in a document: whom "we" and "the Company" mean, and who acts in lists that name no actor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.nameforms import LEGAL_TAIL, is_form, key
from extract.names import Name
from extract.passage import Passage

_DEFINED = re.compile(r"\([^()\n]{0,60}?[\"“‘'](?:the )?(?:Company|Issuer|Group)[\"”’']\)")
_ABOUT = re.compile(r"(?m)^[ \t]*(?:About|ABOUT) (?!the\b|this\b|us\b|our\b|THE\b)([^\n:]{2,60}?)(?::|[ \t]*$)")
_MARKED = re.compile(
    r"(?m)^[ \t]*(?:SOURCE:?|For and on behalf of|For|Company:|Issuer:|Name of (?:the )?issuer:)[ \t]+"
    r"(?P<name>[^\W\d_][^\n|]{2,60}?)[ \t.]*$"
)
_NAVIGATION = re.compile(r"\s{2,}|\s*[|›>·]\s*")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"")
_SPEAKS = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
_PLACES = frozenset(("Location", "Country", "Region", "Person"))
#: How often a page must say "we" outside of quotes to be written by the owner of its site.
_OWN_PAGE = 3


def issuer(text: str) -> str | None:
    """The name of who issues a document, as its marks give it: a signature, "About X", the head of its own site."""
    for match in _MARKED.finditer(text):
        if match[0].lstrip().startswith(("SOURCE", "Company", "Issuer", "Name")) or _is_firm(match["name"]):
            return _without_address(match["name"])
    described = {key(match[1]): match[1] for match in _ABOUT.finditer(text)}
    if len(described) == 1:
        return next(iter(described.values()))
    head = _NAVIGATION.split(text.lstrip().split("\n", 1)[0].strip())[0]
    if not 2 < len(head) < 40 or len(_SPEAKS.findall(_QUOTED.sub("", text))) < _OWN_PAGE:
        return None
    return head if len(re.findall(rf"(?<!\w){re.escape(head)}(?!\w)", text)) > 2 else None


def _without_address(name: str) -> str:
    """The name alone: "Orvane AG, Hafenstr. 4, 28195 Bremen" is Orvane AG; "Orvane, Inc." is whole."""
    first, *rest = name.strip().split(", ")
    return f"{first}, {rest[0]}" if rest and is_form(rest[0]) else first


def _is_firm(name: str) -> bool:
    return bool(LEGAL_TAIL.search(name + " "))


def speaker(text: str, rows: Sequence[Sequence[Name]], marked: str | None) -> Name | None:
    """Who speaks in a release by its marks: whom its text calls the "Company", else `marked` as its issuer."""
    known = _known(rows)
    defined = _DEFINED.search(text)
    if defined is not None:
        ahead = re.sub(r"\([^()]*\)", "", text[max(0, defined.start() - 160) : defined.start()])
        before = [name for name in known.values() if name.text in ahead and not name.text.isupper()]
        if before:
            nearest = max(before, key=lambda name: (ahead.rfind(name.text) + len(name.text), len(name.text)))
            return replace(nearest, type="Company", sure=True)
    if marked is not None:
        found = known.get(key(marked)) or _begun(marked, known.values())
        return (
            replace(found, type="Company", sure=True) if found else Name(0, 1, marked, marked, "Company", sure=True)
        )
    return None


def _known(rows: Sequence[Sequence[Name]]) -> dict[str, Name]:
    """The names of companies and products by their key, each as it stands first in the text."""
    return {key(name.text): name for row in reversed(rows) for name in reversed(row) if name.type not in _PLACES}


def _begun(marked: str, known: Iterable[Name]) -> Name | None:
    """The one name that begins with a short form, or that the form begins with."""
    own = key(marked)
    return next((name for name in known if key(name.full).startswith(own + " ") or key(name.full) == own), None)


def of_passages(
    text: str, passages: Sequence[Passage], rows: Sequence[Sequence[Name]], marked: str | None
) -> list[Name | None]:
    """Who speaks in each passage: in the description of a company ("About X") the company, else the speaker."""
    found, known = speaker(text, rows, marked), _known(rows)
    abouts = [(match.end(), match[1]) for match in _ABOUT.finditer(text)]
    result = []
    for passage in passages:
        about = next((name for end, name in reversed(abouts) if end <= passage.start), None)
        own = known.get(key(about)) if about is not None and passage.section == "boilerplate" else None
        result.append(replace(own, type="Company", sure=True) if own is not None else found)
    return result
