"""The pieces of which the patterns about posts are put together.

A pattern is a regular expression in which words in capitals stand for pieces ("WHO", "AUX", "NAMING"). Names of
groups may come back in one pattern; they are numbered, and `parts` gives what was found under their plain names.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from extract.inflection import forms
from ontology import triggers

#: What may stand between a subject and its verb, and tells tense and mood.
_SOFT = (
    "has|have|had|having|was|were|is|are|be|been|being|will|would|shall|may|might|could|to|set|due|about|expected|"
    "likely|going|slated|scheduled|poised|tipped|said|understood|reported|rumoured|believed|asked|plans|plan|planned|intends|agreed|decided|wants|today|now|also|then|"
    "recently|yesterday|formally|officially|newly|just|immediately|temporarily|unanimously|himself|herself|eventually|"
    "already|reportedly|meanwhile|therefore|both|later|in turn|in future|this (?:week|month|year|morning)|"
    r"last (?:week|month|year)|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|on \d{1,2} [A-Z][a-z]+(?: \d{4})?"
)
_ANY = r"<[po](?P<%s>\d+)>"
_OWNERS = "shareholders|owners?|members|investors"
_DESCRIBED = "veteran|insider|manager|alumn\\w+|banker|executive"

#: Pieces that end in the space behind them, or are nothing.
_OPTIONAL = {
    "AUX": rf"(?:(?:{_SOFT}),? ){{0,6}}",
    "FUTURE": r"(?:will|would|is to|are to|to|shall|may|could|is set to|is due to|is expected to) (?:\w+ly )?",
    "ART": (
        rf"(?:(?:its|(?P<ours>our)|their|his|her|the|a|an|{_ANY % 'holder'}['’]s?) )?"
        "(?:(?:new|first|next|sole|own|permanent|future|designated|incoming|[a-z]+-ever|second|full-time|additional|"
        "of) )*"
    ),
    "AS": (
        "(?:(?:as|to|to be|to become|to serve as|to act as|to join as|to take over as|to take on the role of|into|"
        "for|to fill|(?:as|to|in|into|for|with|on) (?:the|its|a) (?:newly created |new )?"
        "(?:post|position|role|office|job|title|seat|rank)s?(?: of)?) )?"
    ),
    "GAP": r"(?:[^<>{};:.\"“”]{0,60}? )?",
    "FAR": (
        rf"(?:(?:[^;:{{}}<\"“”]|<o\d+>|<p\d+>(?=[’']| \{{t| (?:{_DESCRIBED}) <)|\{{t\d+\}}(?=,? <p)){{0,70}}? )?"
    ),
    "ORGAN": (
        rf"(?:(?:\{{b\d+\}}|{_OWNERS}) of (?:the )?(?:[a-z-]+ ){{0,2}}{_ANY % 'by'},? |"
        rf"{_ANY % 'by'}(?:['’]s?)?(?: (?:[\w-]+ ){{0,3}}?(?:\{{b\d+\}}|{_OWNERS}))?,? )?"
    ),
    "SEAT": (
        r"(?:(?:[\w-]+ ){0,2}(?:member|seat|place|observer)s? (?:of|on|to|at) (?:its |(?P<ours>our )|the |their )?"
        rf"(?:{_ANY % 'owner'}['’]s? )?)?"
    ),
    "PLAIN": r"(?:(?:the|its|our|their) )?(?:[a-z][\w-]* ){0,3}?",
    "HELD": r"(?:\{t\d+\},? )?",
}
_PIECES = {
    "WHO": r"(?P<who><p\d+>(?:(?: \([^()]{0,60}\))?(?:,? and |, )<p\d+>)*|\b(?:she|he)\b)",
    "BEFORE": r"<p(?P<before>\d+)>",
    "ASIDE": (
        r"(?: (?:from|of|at) <[po]\d+>)?(?: \([^()]{0,80}\))?"
        r"(?:(?:,| [–—-]) (?!and\b|but\b|while\b)[^;:]{1,140}?(?:,(?! \d)| [–—-]))?(?:,? who,?|,)?"
    ),
    "TITLE": r"\{[tb](?P<title>\d+)\}(?! <p)",
    "HOLDING": r"\{t(?P<title>\d+)\}",
    "OF": (
        rf"(?:,? (?:(?:of|at) (?:the )?{_ANY % 'company'}|"
        r"(?:of|at|for|with|in|to) (?:(?:the|its|our|their) )?(?:[a-z][\w-]* ){0,3}?<o(?P<company>\d+)>))?"
    ),
    "FROM": rf"(?: (?:of|at|for|with|from|on|to) (?:(?:the|its|our) )?(?:[a-z-]+ ){{0,3}}?{_ANY % 'company'})?",
    "TEAM": (
        r"(?:(?P<ours>us|our team)|the (?:company|group|firm|bank|team|business|start-?up|board|issuer|"
        r"organi[sz]ation|(?:executive|leadership|management) team))"
    ),
    "UNIT": (
        r"(?:(?P<field>[a-z][\w-]*(?: [a-z][\w-]*){0,3}) (?:of|at) (?:the )?(?:[a-z][\w-]* ){0,3}?"
        rf"{_ANY % 'company'}|(?P<field>[a-z][\w-]*(?: [a-z][\w-]*){{0,4}}))"
    ),
    "CHARGE": r"(?P<field>in charge of (?:its |(?P<ours>our )|the )?[a-z][\w-]*(?: [a-z][\w-]*){0,3})",
    "COMPANY": _ANY % "company",
    "JOINED": _ANY % "joined",
    "HOLDER": rf"(?:its|(?P<ours>our)|their|his|her|the|{_ANY % 'holder'}['’]s?)",
}
_LISTS = {
    "NAMING": "naming",
    "BECOMING": "taking",
    "JOINING": "joining",
    "LEADING": "leading",
    "ARRIVING": "arriving",
    "HANDING": "handing",
    "CLEARING": "clearing",
    "HELM": "helm",
    "SUCCEEDING": "succession",
    "YIELDING": "yielding",
    "GOING": "leaving",
    "DISMISSING": "dismissal",
}
_NOUNS = {"NOMINATION": "nomination", "FAREWELL": "farewell"}


def verbs(name: str) -> str:
    """The alternation of all forms of the verbs of a word list, the longest first."""
    return _alternatives({form for phrase in triggers.words(name) for form in forms(phrase)})


def _alternatives(found: set[str] | frozenset[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(found, key=lambda each: (-len(each), each)))


@cache
def _pieces() -> dict[str, str]:
    listed = {piece: f"(?:{verbs(name)})" for piece, name in _LISTS.items()}
    nouns = {piece: f"(?:{_alternatives(triggers.words(name))})" for piece, name in _NOUNS.items()}
    return {**{f"{piece} ": text for piece, text in _OPTIONAL.items()}, **_PIECES, **listed, **nouns}


def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression of a pattern, without regard to case; it begins with a word, not within one."""
    pieces = _pieces()
    names = "|".join(sorted(pieces, key=lambda each: -len(each)))
    whole = pattern
    while whole != (whole := re.sub(rf"(?<![A-Za-z\[])(?:{names})", lambda match: pieces[match[0]], whole)):
        pass
    seen: Counter[str] = Counter()

    def numbered(match: re.Match[str]) -> str:
        seen[match[1]] += 1
        return f"(?P<{match[1]}_{seen[match[1]]}>"

    return re.compile(r"(?<!\w)" + re.sub(r"\(\?P<(\w+)>", numbered, whole), re.IGNORECASE)


def parts(match: re.Match[str]) -> dict[str, str]:
    """What the groups of a pattern found, by their plain names; of those with one name, the first that found any."""
    found: dict[str, str] = {}
    for name, text in match.groupdict().items():
        if text is not None:
            found.setdefault(name.rpartition("_")[0], text)
    return found
