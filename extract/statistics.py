"""Sourced figures that are no size or growth rate of the market: statistic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.attribution import Attribution, Reader
from extract.claim import Claim
from extract.fact import AttributeValue
from extract.figureyears import with_years
from extract.sentences import Sentence, plain
from extract.sources import Source
from extract.toldfigures import COMPARED, Read, figures_of, is_statistic, source_of
from extract.wording import described

#: Sections whose figures are about deals, firms or the publisher.
_FOREIGN = frozenset(("boilerplate", "contents", "players"))
_UP = re.compile(
    r"\b(?:r[io]se(?:n)?|rising|grew|grown|climb\w*|increas\w*|up|jump\w*|surg\w*|gain\w*|"
    r"rais\w*|expand\w*|more|higher|growth)\b[^,;%]{0,40}$",
    re.I,
)
_DOWN = re.compile(
    r"\b(?:fell|fall(?:en|s|ing)?|declin\w*|decreas\w*|down|drop\w*|reduc\w*|cut\w*|"
    r"shr[aiu]nk\w*|lower\w*|sank|slump\w*|sav(?:e|es|ed|ing)|shorten\w*|less)\b[^,;%]{0,60}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a document tells all its sentences.

    `reference` is its date (YYYY, YYYY-MM or YYYY-MM-DD), `own` holds names in lower case that state no statistics
    (players, publisher), `news` says that the document is no report: its sections on news are its text.
    """

    reference: str | None = None
    own: frozenset[str] = frozenset()
    news: bool = False


def find(sentences: Sequence[Sentence], frame: Frame) -> Iterator[Claim]:
    """The statistics of sentences, one for each figure, in order of the text."""
    reader = Reader(frame.reference, frame.own)
    memory: list[Source] = []
    found: list[Claim] = []
    before: Sentence | None = None
    for sentence in map(plain, sentences):
        if sentence.section in _FOREIGN or (sentence.section == "developments" and not frame.news):
            continue
        if before is None or before.section != sentence.section:
            memory = []
        told = reader.find(sentence.text, memory)
        on = not told and not sentence.first and _continues(sentence, before, found)
        if on:
            told = [Attribution(0, 0, 0, len(sentence.text), memory[-1])]
        for each in told:
            found = _amended(found, each, before, sentence)
        found += _statistics(sentence, told, _Setting(frame.reference, found[-1] if on else None))
        memory += [each.source for each in told]
        before = sentence
    yield from found


def _amended(found: list[Claim], told: Attribution, before: Sentence | None, sentence: Sentence) -> list[Claim]:
    """What a later sentence adds to the figures before it: their source, or whom their source cites."""
    if not told.backward or before is None:
        return found
    if told.source.originals and told.source.reporters:
        who = (*told.source.reporters, *told.source.originals)
        return [replace(claim, others=who) if claim.others == told.source.reporters else claim for claim in found]
    if sentence.first or any(claim.start >= before.start for claim in found):
        return found
    whole = Attribution(0, 0, 0, len(before.text), told.source)
    return found + list(_statistics(before, [whole], _Setting()))


#: How a sentence goes on with the figures of the one before: "In 2022 the share had been 42%".
_GOES_ON = re.compile(
    r"(?:(?:(?:One|A|Two|Three|Five|Ten) years? (?:before|earlier|later)|The year before|"
    r"In (?:FY ?)?\d{4}|By \d{4}|Back in \d{4})[^.;]{0,40}? )?"
    r"(?:(?:it|the (?:share|figure|number|proportion|percentage|rate|average|total|"
    r"value)) (?:had (?:only |still )?(?:been|stood)|was|stood|is|will be)\b|"
    r"(?:this|that|it) (?:compares|compared|is up|was up|is down|was down|is an? (?:increase|"
    r"rise|decline|fall)|was an? (?:increase|rise|decline|fall))\b)",
    re.I,
)


def _continues(sentence: Sentence, before: Sentence | None, found: Sequence[Claim]) -> bool:
    """Whether a sentence without a source goes on with the figures of the sentence before."""
    if before is None or not found or found[-1].start < before.start - 1:
        return False
    return sentence.text[:1].islower() or _GOES_ON.match(sentence.text) is not None


@dataclass(frozen=True, slots=True)
class _Setting:
    """What stands around a sentence: the document's date, the figure it goes on from."""

    reference: str | None = None
    last: Claim | None = None


def _statistics(sentence: Sentence, told: Sequence[Attribution], setting: _Setting) -> list[Claim]:
    if not told:
        return []
    text = sentence.text
    read = [
        Read(figure, source)
        for figure in figures_of(text, told)
        if (source := source_of(figure, told)) and is_statistic(sentence, figure, source)
    ]
    read = with_years(text, read, setting.reference)
    claims: list[Claim] = []
    for i in range(len(read)):
        claims.append(_claim(sentence, read, i, claims[-1] if claims else setting.last))
    return claims


def _claim(sentence: Sentence, read: Sequence[Read], i: int, last: Claim | None) -> Claim:
    text, each = sentence.text, read[i]
    figure, told = each.figure, each.source
    stop = _stop(text, read, i)
    start = min(told.start, told.first) if told.start < figure.start else told.first
    start += len(text[start:]) - len(text[start:].lstrip(' ,;:“"–—'))
    end = max(stop, told.end if told.start > figure.start else stop)
    attributes: dict[str, AttributeValue] = dict(_words(sentence, read, i, last))
    edition = _EDITION.search(text[: figure.start])
    if each.year and (edition is None or each.year in text[figure.end :]):
        attributes["reference_year"] = each.year
    if figure.qualifier:
        attributes["qualifier"] = figure.qualifier
    attributes |= _change(text, read, i)
    attributes |= {
        name: value for name in ("report", "original_report", "platform") if (value := getattr(told.source, name))
    }
    return Claim(
        "statistic",
        (),
        sentence.start + start,
        sentence.start + end,
        figure.quantity,
        date=edition["year"] if edition else told.source.date,
        attributes=attributes,
        others=(*told.source.reporters, *told.source.originals),
        rule="sourced-figure",
        weight=0.85 if told.source.surely else 0.7,
        marketless=True,
    )


#: An older edition that is compared: "the 2030 edition had measured 71%".
_EDITION = re.compile(
    r"\bthe (?P<year>(?:19|20)\d\d) (?:edition|issue|wave|survey|poll|report|study) (?:of [^,;]{3,40} )?"
    r"(?:had |has )?"
    r"(?:measured|found|put|counted|reported|shown|showed|recorded|given|gave|arrived at)\b[^,;]{0,40}$"
)


def _stop(text: str, read: Sequence[Read], i: int) -> int:
    """The end of what is said with a figure: its clause, up to the next figure."""
    end = read[i].figure.end
    limit = read[i + 1].figure.start if i + 1 < len(read) else len(text)
    match = re.compile(r"[,;]\s|\s[–—]\s|\.(?=\s|$)|\s\(").search(text, end, limit)
    stop = match.start() if match else limit
    year = read[i].year
    told = re.compile(rf"[^;]{{0,120}}?\b{year}\b").match(text, end, limit) if year else None
    cut = text[end : max(stop, told.end() if told else stop)]
    if i + 1 < len(read) and not match:
        cut = re.sub(
            r"(?:[,;]?\s+(?:and|to|or|as|up|down|compared|against|from|with|by|about|around|some|"
            r"nearly))+\s*$",
            "",
            cut,
        )
    return end + len(cut.rstrip(" ,.;"))


def _words(sentence: Sentence, read: Sequence[Read], i: int, last: Claim | None) -> dict[str, str]:
    """Subject and measure of a figure; what is compared with the figure before has them from there."""
    text, figure = sentence.text, read[i].figure
    if last is not None and (_goes_on(text, read, i) if i else not read[i].source.end and bool(_GOES_ON.match(text))):
        return {name: str(last.attributes[name]) for name in ("subject", "measure")}
    if last is not None and _OF_CHANGE.search(text[: figure.start]):
        word = _OF_CHANGE.search(text[: figure.start]).group(1)  # type: ignore[union-attr]  # found just before
        return {
            "subject": str(last.attributes["subject"]),
            "measure": f"{word.lower()} of {last.attributes['measure']}",
        }
    before = str(last.attributes["subject"]) if last else None
    subject, measure = described(sentence, figure, read[i].source, _stop(text, read, i), before)
    return {"subject": subject, "measure": measure}


_OF_CHANGE = re.compile(
    r"\b(increase|decrease|rise|fall|growth|decline|drop|reduction|gain) of\s+(?:\w+\s+){0,2}$", re.I
)
_CLAUSE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|[a-z]{3,}ed|rose|fell|grew|made|held|took)\b")


def _goes_on(text: str, read: Sequence[Read], i: int) -> bool:
    """Whether a figure is compared with the one before it, so that both are about the same."""
    figure = read[i].figure
    if COMPARED.search(text[: figure.start]):
        return True
    between = text[read[i - 1].figure.end : figure.start]
    same = figure.quantity.unit == read[i - 1].figure.quantity.unit and not re.match(r"\s+of\b", text[figure.end :])
    return same and not figure.noun and not _CLAUSE.search(between) and not _OF_CHANGE.search(text[: figure.start])


def _change(text: str, read: Sequence[Read], i: int) -> dict[str, AttributeValue]:
    figure = read[i].figure
    begin = read[i - 1].figure.end if i else 0
    before = text[begin : figure.start]
    if not re.search(
        r"\bby\s+(?:\w+\s+){0,2}$|\b(?:increase|decrease|rise|fall|growth|decline|drop|"
        r"reduction) of\s+(?:\w+\s+){0,2}$|(?<!made )(?<!make )(?<!makes )(?<!making )\b(?:up|"
        r"down)\s+$",
        before,
        re.I,
    ):
        return {}
    return {"change": "decrease"} if _DOWN.search(before) else {"change": "increase"} if _UP.search(before) else {}
