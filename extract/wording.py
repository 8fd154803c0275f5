"""Whom a figure is about and what it measures, in the words of its sentence."""

from __future__ import annotations

import re

from extract.attribution import Attribution
from extract.numerals import Figure
from extract.sentences import Sentence

_ARTICLE = re.compile(
    r"^(?:(?:the|a|an|its|their|all|some|that|of|also|about|around|roughly|approximately|"
    r"every|those|these|and|which|by)\s+)+",
    re.I,
)
_WHEN = re.compile(
    r"\s*,?\s*\b(?:in|by|at|as of|during|for|since)\s+(?:the\s+)?(?:(?:end|close|start|"
    r"beginning)\s+of\s+)?(?:[A-Z]\w+\s+)?(?:FY\s?)?(?:19|20)\d\d\b"
)
_LOOSE_END = re.compile(
    r"(?:[\s,;.:]+|\b(?:at|to|by|from|of|about|around|some|nearly|roughly|than|for|with|over|"
    r"more|a|record|was|were|is|are|stood|put|puts))+$",
    re.I,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|said|says|want|plan|use|buy|"
    r"pay|live|[a-z]{3,}ed)\b"
)
#: The share of a whole that stands behind a figure: "52% of household consumption".
_OF = re.compile(r"\s*(?:of|for)\s+(?P<whole>[^,;]+)")
#: What is measured, by its own noun: "the average premium for a policy stood at", "the number of pets reached".
_NOUN = re.compile(
    r"(?:the |an? )?(?P<measure>(?:[a-z]+ ){0,3}?(?:number|share|percentage|proportion|costs?|"
    r"prices?|premium|value|volume|output|production|capacity|demand|consumption|imports|"
    r"exports|sales|rate|expenditure|spending|income|"
    r"wait|time|area|stock|count|total|quantity|amount|population))(?: (?:of|for|in|"
    r"to) (?P<subject>[^,;:]+?))?(?= (?:is|are|was|were|has|have|had|will|would|can|could|"
    r"reach\w*|st[oa]{1,2}\w*|r[io]se|fell|falls?|climb\w*|grew|grow\w*|increas\w*|declin\w*|"
    r"amount\w*|came|total\w*|exceed\w*|hit|dropped|jumped|at)\b|$)"
)
_THEM = re.compile(r"(?:of )?(?:them|those|these|it|they|which)\b", re.I)
_KINDS = {"percent": "share", "count": "number"}


def described(
    sentence: Sentence, figure: Figure, told: Attribution, stop: int, last: str | None = None
) -> tuple[str, str]:
    """Subject and measure of a figure of a sentence, neither of them empty.

    `stop` is where what the sentence says with the figure ends, `last` the subject of the figure before it.
    """
    text = sentence.text
    kind = _KINDS.get(figure.quantity.unit, "amount" if figure.quantity.unit.isupper() else "quantity")
    subject = sentence.subject(figure.start)
    begin = max(told.end if told.end <= figure.start else 0, told.first, 0)
    clause = re.split(r"[;:]\s|,\s(?:and|while|but)\s", text[begin : figure.start])[-1]
    if subject and subject[0] <= figure.start < subject[1]:
        found = _counted(text[figure.end : subject[1]], text[subject[1] : stop], kind)
    elif not _bare(clause):
        found = _counted(*_parted(text[figure.end : stop], figure), kind)
    else:
        owner = (
            text[subject[0] : subject[1]] if subject and begin <= subject[0] and subject[1] <= figure.start else ""
        )
        found = _told(clause, owner, figure, text[figure.end : stop], kind)
    who, measure = found
    return (last if last and (not who or _THEM.fullmatch(who)) else who or figure.noun or kind), measure or kind


def _bare(text: str) -> str:
    """The words of a phrase without articles before, dates in it and what hangs on at its end."""
    return _ARTICLE.sub("", _LOOSE_END.sub("", _WHEN.sub("", " ".join(text.split()))).strip(' ,;:–—“”"')).strip(
        ' ,;:–—“”"'
    )


def _parted(behind: str, figure: Figure) -> tuple[str, str]:
    noun = len(figure.noun) if behind.strip().startswith(figure.noun) else 0
    verb = _VERB.search(behind, noun)
    return (behind[: verb.start()], behind[verb.start() :]) if verb else (behind, "")


def _counted(noun: str, predicate: str, kind: str) -> tuple[str, str]:
    """As in "27% of European shoppers bought a cheese": the shoppers, the share that bought one."""
    what = " ".join(_WHEN.sub("", predicate).split()).strip(" ,;.")
    who = re.sub(r"\b(?:\w+ years? (?:ago|earlier|before)|a year (?:ago|earlier|before))\b", "", noun)
    who = _bare(re.sub(r"^\W*(?:(?:share|number|percentage|proportion) )?(?:of|out of)\s+", "", who))
    return who, f"{kind} that {what}" if what else kind


def _told(clause: str, owner: str, figure: Figure, behind: str, kind: str) -> tuple[str, str]:
    """As in "outdoor irrigation accounted for 52% of household consumption": irrigation, the share of consumption."""
    named = _NOUN.match(re.sub(r"^(?:\s*that)?\s*", "", clause))
    if named and named["subject"]:
        return _bare(named["subject"]), _bare(named["measure"])
    who, of = _bare(owner), _OF.match(behind)
    if figure.quantity.unit == "percent" and of:
        return who or _bare(of["whole"]), f"{kind} of {_bare(of['whole'])}"
    words = _bare(
        clause.replace(owner, "", 1)
        if owner
        else re.sub(r"^\s*(?:puts?|counts?|estimates?|speaks? of)\b", "", clause)
    )
    noun = figure.noun if figure.quantity.unit == "count" else ""
    measure = f"{words} {noun}".strip() if who else kind
    return who or words or noun, measure


__all__ = ["described"]
