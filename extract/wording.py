"""Whom a figure is about and what it measures, in the words of its sentence."""

from __future__ import annotations

import re

from extract.attribution import Attribution
from extract.numerals import Figure
from extract.sentences import Sentence

_ARTICLE = re.compile(r"^(?:(?:the|a|an|its|their|all|some|that|of|also|about|around|roughly|approximately)\s+)+", re.I)
_YEAR_TAIL = re.compile(r"\s*,?\s*\b(?:in|by|at|as of|during|for|since)\s+(?:the\s+)?(?:(?:end|close|start|beginning)\s+of\s+)?(?:\w+\s+)?(?:FY\s?)?(?:19|20)\d\d\b.*$", re.S)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|said|say|says|reported?|reports|consider(?:s|ed)?|use[sd]?|plan(?:s|ned)?|want(?:s|ed)?|bought|buys?|[a-z]{3,}ed|[a-z]{3,}s)\b"
)
#: The share of a whole that stands behind a figure: "52% of household consumption".
_OF = re.compile(r"\s*(?:of|for)\s+(?P<whole>[^,;]+)")


def described(sentence: Sentence, figure: Figure, told: Attribution, stop: int) -> tuple[str, str]:
    """Subject and measure of a figure of a sentence, neither of them empty; `stop` is where what it says ends."""
    text = sentence.text
    share = figure.quantity.unit == "percent"
    behind = _YEAR_TAIL.sub("", text[figure.end : stop])
    subject = sentence.subject(figure.start)
    if subject and subject[0] <= figure.start < subject[1]:
        return _counted(behind, figure, "share" if share else "number")
    before = text[subject[0] : subject[1]] if subject and subject[1] <= figure.start and subject[0] >= min(told.end, figure.start) else ""
    if not before and not text[max(told.first, 0) : figure.start].strip(" ,:;"):
        return _counted(behind, figure, "share" if share else "number")
    return _told_of(text, figure, before, behind)


def _counted(behind: str, figure: Figure, kind: str) -> tuple[str, str]:
    """ "27% of European shoppers bought a cheese": the shoppers, the share that did."""
    rest = re.sub(r"^\s*of\s+", "", figure.noun + " " + behind if figure.noun and figure.quantity.unit == "count" and not behind.strip().startswith(figure.noun) else behind)
    verb = _VERB.search(rest, len(figure.noun))
    subject = _ARTICLE.sub("", rest[: verb.start()] if verb else rest).strip(" ,;.")
    predicate = rest[verb.start() :].strip(" ,;.") if verb else ""
    return subject or figure.noun or kind, f"{kind} that {predicate}" if predicate else kind


def _told_of(text: str, figure: Figure, subject: str, behind: str) -> tuple[str, str]:
    """ "outdoor irrigation accounted for 52% of household consumption": irrigation, the share of consumption."""
    of = _OF.match(behind)
    who = _ARTICLE.sub("", re.sub(r"\s+", " ", subject)).strip(" ,;.")
    if figure.quantity.unit == "percent" and of:
        return who or of["whole"].strip(), f"share of {of['whole'].strip()}"
    before = re.split(r"[,;:]\s|\bthat\s", text[: figure.start])[-1]
    measure = _ARTICLE.sub("", before.replace(subject, "", 1)).strip(" ,;.")
    noun = figure.noun if figure.quantity.unit == "count" else ""
    measure = f"{measure} {noun}".strip() or behind.strip(" ,;.") or figure.quantity.unit
    return who or noun or measure, measure


__all__ = ["described"]
