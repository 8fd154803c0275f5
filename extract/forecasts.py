"""Sizes, growth rates and ranks of a market in prose: market_size, cagr, largest, fastest_growing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract import companies as companies_module
from extract import figures
from extract.claim import Claim
from extract.fact import Participant
from extract.lines import Line
from extract.numerals import Figure
from extract.sections import Section
from extract.sentences import Sentence
from extract.vocabulary import Part, Vocabulary

#: Sections whose figures are about deals, firms or the publisher.
_FOREIGN = frozenset(("developments", "boilerplate", "contents"))
_YEAR = r"(?:FY\s?|fiscal (?:year )?|financial year )?(?P<year>(?:19|20)\d\d)(?:[-/–]\d\d(?!\d))?"
_AFTER = re.compile(
    rf"^[\s,;)]*(?:\([^()]{{0,40}}\)\s*)?(?:(?:in value|in revenue|in sales|of sales|of revenue|by value|worth|worldwide|globally)\s*,?\s*)?"
    rf"(?:in|by|for|during|at the (?:end|close) of|by the (?:end|close) of|as of|as at|until|till|through|from|back in|already in|over the course of)\s+"
    rf"(?:the\s+)?(?:(?:end|close|base year|calendar year|year|course) (?:of )?)?(?:the )?{_YEAR}"
)
_BRACKET = re.compile(rf"^\s*(?:[A-Za-z ]{{0,20}})?[(\[]\s*(?:in |by )?{_YEAR}[)\]]")
_YEARS = re.compile(r"(?<![\d–-])(?P<year>(?:19|20)\d\d)(?![\d%])(?!\s*[–-]\s*(?:19|20)?\d\d)")
_DEAL = re.compile(
    r"\b(?:contract|acqui\w+|purchas\w+|orders?|deal|raised|round|stake|buys?|bought|tender|loan|sold)\b", re.I
)
_NO_SIZE = re.compile(
    r"\b(?:costs?|prices?|priced|fees?|invest(?:s|ed|ing|ments?)?|fund(?:s|ed|ing)?|budgets?|grants?|loans?|savings?|spends?|raised?|rounds?|"
    r"contracts?|orders?|deals?|earmark\w*|allocat\w*|subsid\w*|programmes?|programs?|fines?|penalt\w+|profits?|losses|damages|tariffs?|"
    r"capital|bonds?|exports?|imports?|acquisitions?|acquired|bought|sold for|stake|salary|wages?|per (?:unit|tonne|ton|kWh|head|litre|kg|site|year)|"
    r"each|apiece|incremental|additional|by another|opportunity (?:of|worth)|infrastructure package|stimulus|aid|support|tax credits?|import duty)\b",
    re.I,
)
_SIZE = re.compile(
    r"\b(?:market|industry|sector|valued|valuation|worth|revenues?|sales|size|segment|generat\w+|account\w*|contribut\w+|reach\w*|stood|stand|"
    r"estimated|total\w*|amount\w*|turnover|spending|grow\w*|came to|come to|comes to|rise|rose|hit|value|expects?|forecasts?|projects?|sees?|predicts?|estimates?)\b",
    re.I,
)
_GROWTH_BY = re.compile(
    r"\b(?:by|increase of|growth of|gain of|rise of|add(?:s|ing)?|an extra)\s+(?:about |around |some |nearly |over |another |an additional )?$",
    re.I,
)
_CAGR = re.compile(
    r"\bCAGR\b|\bcompound(?:ed)?(?:[ -]annual)?(?:[ -]growth)?(?:[ -]rate)?\b|\bannual(?:ly|ised|ized)?\b|\bper (?:year|annum)\b|\ba year\b|\beach year\b|\byearly\b|"
    r"\bgrowth rate\b|\bp\.\s?a\.|\bevery year\b",
    re.I,
)
_GROWS = re.compile(
    r"\b(?:grow|grows|growing|growth|expand|expands|expanding|increase|advance|advancing|rise|climb|progress|develop|register\w*|record\w*|post\w*|exhibit\w*|witness\w*)\b",
    re.I,
)
_PERIOD = re.compile(
    r"\b(?:forecast|projection|projected|study|outlook|analysis|assessment|prediction|same|review) (?:period|horizon|timeframe|years|window|span)\b",
    re.I,
)
_SHRINKS = re.compile(r"\b(?:shr[aiu]nk|shrinking|declin\w+|fell|fallen|decreas\w+|contract(?:ed|ing))\b", re.I)
_HISTORIC_PAST = re.compile(r"\b(?:19|20)\d\d\b")
_LARGEST = re.compile(
    r"\b(?:(?:largest|biggest|highest|dominant|leading|dominating|major|maximum|greatest|lion[’']s|top|main|most significant)\s+(?:single\s+|overall\s+|regional\s+|national\s+|individual\s+|global\s+)?"
    r"(?:(?:revenue|market|value|volume)\s+)*(?:share|market|segment|region|regional market|category|position|contributor|revenue|place|player|supplier|company|vendor|producer|maker|country|consumer|slice|part|portion|product|technology|group|format|among all|of all|buyers?|users?|use|application)|"
    r"dominat(?:e|es|ed|ing)|dominance|topp(?:ed|ing)|tops|led|leads?|leading position|market leader|leader(?:ship)?|in the lead|first place|number one|No\. 1|ranks? first|comes? first|"
    r"largest|biggest|ahead of)\b",
    re.I,
)
_FASTEST = re.compile(
    r"\b(?:fastest|quickest|most rapid(?:ly)?|highest (?:growth|CAGR|rate|compound|pace|annual)|strongest growth|highest growth|swiftest|most dynamic)\b",
    re.I,
)
_NONE_FASTER = re.compile(
    r"\bno (?:other )?\w+ (?:grows?|is growing|will grow|expands?)\b[^.;]{0,80}?\bfaster\b[^.;]{0,80}?\bthan\b", re.I
)
_SHARE = re.compile(
    r"\b(?:share|account\w*|held|hold|holds|captur\w+|command\w*|contribut\w+|represent\w*|made up|make up|makes up|with|took|takes?|generated|stood at|of (?:the )?(?:market|revenue|value|sales|demand|volume|total))\b",
    re.I,
)
_NOT_LARGEST = re.compile(
    r"\b(?:second|third|fourth|next|not|no longer|one of the|among the|five|three|two|four|ten|largest suppliers together)\b[\s-]*$",
    re.I,
)
_LED_OTHER = re.compile(
    r"^(?:led|leads?|leading|lead)\b\s*(?:by|to|up|the (?:round|way|company|team)|times?|a )", re.I
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report tells all its sentences: the forecast period of its header and the names of its players."""

    period: tuple[int, int] | None = None
    companies: tuple[str, ...] = ()


def find(sentences: Sequence[Sentence], frame: Frame) -> Iterator[Claim]:
    """The claims on size, growth and rank in sentences, in order, restated ones again."""
    for sentence in sentences:
        if sentence.section not in _FOREIGN:
            yield from _sizes(sentence)
            yield from _rates(sentence, frame)
            yield from _ranks(sentence, frame)


def _sizes(sentence: Sentence) -> Iterator[Claim]:
    text = sentence.text
    money = figures.money(text)
    year = None
    for i, figure in enumerate(money):
        later = [other for other in money[i + 1 :] if not _converted(text, figure, other)]
        limit = later[0].start if later else len(text)
        begin = money[i - 1].end if i else 0
        year = _year(text, figure, begin, limit) or (year if i else None)
        if (
            year is None
            and sentence.year
            and sentence.section in ("regions", "segments")
            and _CAME_TO.search(text[max(0, figure.start - 60) : figure.start])
        ):
            year = int(sentence.year)
        if year is None or figure.quantity.value < 100_000 or not _is_size(sentence, figure, begin, limit):
            continue
        if i and _converted(text, money[i - 1], figure):
            continue
        about = sentence.about(figure.start)
        if about is None or _is_companys(sentence, figure):
            continue
        if not about and not (
            sentence.masked
            or re.search(r"\b(?:market|industry|sector)\b", text, re.I)
            or sentence.section in ("overview", "faq")
        ):
            continue
        start, end = _extent(sentence, begin, figure, limit, year)
        yield Claim(
            "market_size",
            about,
            sentence.start + start,
            sentence.start + end,
            figure.quantity,
            date=str(year),
            rule="size-in-prose",
            confidence=0.9,
        )


_CAME_TO = re.compile(
    r"\b(?:with|contributed|generated|reached|came to|accounted for|was worth|stood at|earned|valued at|totall?ed)\s+(?:about |some |around |nearly |an estimated |revenues? of |sales of )?$",
    re.I,
)


def _converted(text: str, first: Figure, second: Figure) -> bool:
    """Whether the second figure is the first in another currency: "EUR 3 million (USD 3.3 million)"."""
    between = text[first.end : second.start]
    return first.quantity.unit != second.quantity.unit and bool(
        re.fullmatch(
            r"\s*[(,]?\s*(?:or\s+|i\.e\.\s+)?(?:about |around |some |roughly |equivalent to |approximately |circa |ca\. )?",
            between,
        )
    )


def _is_size(sentence: Sentence, figure: Figure, begin: int, limit: int) -> bool:
    before, after = sentence.text[begin : figure.start], sentence.text[figure.end : min(limit, figure.end + 25)]
    near = before[-70:]
    if (
        _NO_SIZE.search(near)
        or _DEAL.search(before)
        or re.match(r"\s*(?:per|a|each|in (?:funding|investment|aid|savings|grants|subsidies))\b(?! year)", after)
        or _GROWTH_BY.search(before)
    ):
        return False
    if sentence.section == "players" and not sentence.masked and not re.search(r"\bmarket\b", before):
        return False
    return bool(_SIZE.search(sentence.text)) or bool(sentence.places) or sentence.section in ("regions", "segments")


def _is_companys(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is the revenue of a firm: the subject is a name and no part or market."""
    subject = sentence.subject(figure.start)
    if subject is None:
        return False
    words = sentence.text[subject[0] : subject[1]]
    return bool(
        re.search(
            r"\b(?:company|group|firm|supplier|maker|agency|government|ministry|association|commission)\b",
            words,
            re.I,
        )
    )


def _year(text: str, figure: Figure, begin: int, limit: int) -> int | None:
    """The year of a figure: behind it, in brackets, else before it in the same clause."""
    after = text[figure.end : limit]
    match = _AFTER.match(after) or _BRACKET.match(after)
    if match:
        return int(match["year"])
    span = re.search(r"\bbetween (?P<first>(?:19|20)\d\d) and (?:19|20)\d\d\b", text[begin : figure.start], re.I)
    if span and re.search(r"\bfrom\s+$", text[: figure.start]):
        return int(span["first"])
    before = [int(m["year"]) for m in _YEARS.finditer(text, begin, figure.start)]
    if before:
        return before[-1]
    later = _YEARS.search(text, figure.end, limit)
    if later and not re.search(
        r"[;:]|\bwhile\b|\band is\b|\bgrow\w*\b|\breach\w*\b", text[figure.end : later.start()]
    ):
        return int(later["year"])
    return None


def _extent(sentence: Sentence, begin: int, figure: Figure, limit: int, year: int) -> tuple[int, int]:
    """The clause that states a figure: from its subject (or the figure before it) to the year behind it."""
    text = sentence.text
    stop = figure.end
    match = re.compile(rf"[^;]{{0,60}}?\b{year}\b\)?").match(text, figure.end, limit)
    if match:
        stop = match.end()
    start = begin
    if begin == 0:
        subject = sentence.subject(figure.start)
        start = subject[0] if subject and subject[0] < figure.start else max(0, figure.start - 80)
        lead = re.match(rf"(?:In|By|For)\s+(?:the year\s+)?{year}\b", text)
        start = 0 if lead else start
    while start < figure.start and not text[start].isalnum() and text[start] not in "€$£₹¥(":
        start += 1
    return start, stop


def _rates(sentence: Sentence, frame: Frame) -> Iterator[Claim]:
    text = sentence.text
    percents = figures.percent(text)
    for i, figure in enumerate(percents):
        begin = percents[i - 1].end if i else 0
        limit = percents[i + 1].start if i + 1 < len(percents) else len(text)
        first, last = _period(text, figure, begin, limit)
        if not _is_rate(text, figure, begin, limit, bool(first and last)) or _SHRINKS.search(
            text[begin : figure.start]
        ):
            continue
        about = sentence.about(figure.start)
        if about is None:
            continue
        if first is None and last is None and frame.period and _PERIOD.search(text[begin:limit]):
            first, last = frame.period
        attributes = {name: str(year) for name, year in (("from", first), ("to", last)) if year}
        start, end = _rate_extent(sentence, begin, figure, limit, last)
        yield Claim(
            "cagr",
            about,
            sentence.start + start,
            sentence.start + end,
            figure.quantity,
            attributes=attributes,
            rule="rate-in-prose",
            confidence=0.9,
        )


def _is_rate(text: str, figure: Figure, begin: int, limit: int, periodic: bool) -> bool:
    before, after = text[max(begin, figure.start - 70) : figure.start], text[figure.end : min(limit, figure.end + 45)]
    if re.search(r"\b(?:share|account\w*|held|captur\w+|commanded)\b[^,;]*$", before, re.I) and not _CAGR.search(
        before
    ):
        return False
    if _CAGR.search(before) or re.match(
        r"\W*(?:CAGR|compound|annual|a year|per year|per annum|each year|p\.\s?a\.|yearly|every year)\b", after, re.I
    ):
        return True
    if _CAGR.search(after) and not re.search(r"[,;]", after[: _CAGR.search(after).start()]):  # type: ignore[union-attr]  # the search just matched
        return True
    return periodic and bool(
        re.search(
            r"\b(?:grow|growing|growth|grows|expand\w*|increase|rise|advance)\b[^,;%]{0,30}(?:at|of|by|rate of|about|around|:)\s+(?:about |around |an? |some |over )?$",
            before,
            re.I,
        )
    )


def _period(text: str, figure: Figure, begin: int, limit: int) -> tuple[int | None, int | None]:
    """First and last year of a rate: the period behind it, else before it, else an end year ("through 2037")."""
    found = [p for p in figures.periods(text) if begin <= p.start and p.end <= limit]
    behind = [p for p in found if p.start >= figure.end]
    chosen = behind[0] if behind else (found[-1] if found else None)
    if chosen is None:
        chosen = next(
            (
                p
                for p in figures.periods(text)
                if len(found) == 0 and p.start >= figure.end and _shared(text[figure.end : p.start])
            ),
            None,
        )
    if chosen:
        return chosen.first, chosen.last
    until = re.compile(r"[^;]{0,40}?\b(?:through|to|until|till|by)\s+(?:the end of\s+)?(?P<year>20\d\d)\b").match(
        text, figure.end, limit
    )
    if until and not re.search(r"[$€£]|\bUSD|\breach", until.group()):
        return None, int(until["year"])
    return None, None


def _shared(between: str) -> bool:
    return bool(re.fullmatch(r"[^;.]{0,120}", between)) and "%" in between


def _rate_extent(sentence: Sentence, begin: int, figure: Figure, limit: int, last: int | None) -> tuple[int, int]:
    text = sentence.text
    stop = figure.end
    match = re.compile(rf"[^;]{{0,70}}?\b{last}\b\)?").match(text, figure.end, limit) if last else None
    phrase = re.compile(r"[^;]{0,30}?\b(?:forecast|projection|study|outlook|same) (?:period|horizon)\b").match(
        text, figure.end, limit
    )
    chosen = match or phrase
    stop = chosen.end() if chosen else stop
    subject = sentence.subject(figure.start)
    start = (
        subject[0] if subject and begin <= subject[0] < figure.start and figure.start - subject[0] < 160 else begin
    )
    verb = None
    for verb in re.finditer(
        r"\b(?:at|growing|expected|projected|grow|exhibiting|registering|anticipated|a CAGR|CAGR|expanding)\b",
        text[start : figure.start],
    ):
        if figure.start - start > 160:
            start += verb.start()
            break
    while start < figure.start and not text[start].isalnum():
        start += 1
    return start, stop


def _ranks(sentence: Sentence, frame: Frame) -> Iterator[Claim]:
    text = sentence.text
    yield from _leader(sentence, frame)
    if sentence.section == "players":
        return
    for match in (*_FASTEST.finditer(text), *_NONE_FASTER.finditer(text)):
        part = _ranked(sentence, match)
        if part:
            yield _rank("fastest_growing", sentence, part, match)
            break
    best: tuple[Part, re.Match[str]] | None = None
    for match in _LARGEST.finditer(text):
        if (
            _NOT_LARGEST.search(text[: match.start()])
            or _LED_OTHER.match(text[match.start() :])
            or _FASTEST.match(text[match.start() :])
        ):
            continue
        part = _ranked(sentence, match)
        if part:
            best = (part, match)
            break
    if best:
        yield _rank("largest", sentence, *best)
        return
    yield from _majority(sentence)


_LEADER = re.compile(
    r"\b(?:market leader|(?:largest|biggest|leading|dominant|number[- ]one|top)\s+(?:\w+\s+)?(?:supplier|player|vendor|producer|manufacturer|company|maker|provider|operator|brand)\b(?!s)|"
    r"(?:largest|highest|biggest) (?:market )?share|leads? the (?:market|field|industry)|market is led by|led the market)",
    re.I,
)


def _leader(sentence: Sentence, frame: Frame) -> Iterator[Claim]:
    """The leading company of the market, by a name of its list of players."""
    match = _LEADER.search(sentence.text)
    if match is None or _NOT_LARGEST.search(sentence.text[: match.start()]):
        return
    for company, start, end in _named(sentence.text, frame.companies):
        if not (end <= match.start() and match.start() - end < 90) and not 0 <= start - match.end() < 12:
            continue
        share = next(
            (
                f
                for f in figures.percent(sentence.text)
                if abs(f.start - match.end()) < 110 and not _CAGR.search(sentence.text[f.start - 20 : f.end + 20])
            ),
            None,
        )
        year = _rank_year(sentence.text, share, match)
        first, last = min(start, match.start()), max(end, match.end(), share.end if share else 0)
        yield Claim(
            "largest",
            (),
            sentence.start + first,
            sentence.start + last,
            share.quantity if share else None,
            date=str(year) if year else None,
            attributes={"of": "company"},
            others=(Participant(company, "company", "Company"),),
            rule="leader-in-prose",
            confidence=0.85,
        )
        return


def _named(text: str, companies: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Where a text names one of the companies, in full or without its legal form, in order."""
    found = []
    for company in companies:
        words = company.replace(",", "").split()
        while len(words) > 1 and companies_module.is_form(words[-1]):
            words.pop()
        for count in range(len(words), 0, -1):
            short = " ".join(words[:count])
            at = (
                re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text)
                if count == len(words) or len(short) > 4
                else None
            )
            if at:
                found.append((company, at.start(), at.end()))
                break
    yield from sorted(found, key=lambda each: each[1])


def in_headings(
    sections: Sequence[Section], vocabulary: Vocabulary, market: re.Pattern[str] | None
) -> Iterator[Claim]:
    """Ranks that headings claim ("Asia Pacific to be the fastest-growing region") and that questions ask for."""
    for section in sections:
        lines = (*((section.heading,) if section.heading else ()), *section.lines)
        for i, line in enumerate(lines):
            if line.text.endswith("?") and i + 1 < len(lines):
                yield from _answered(line.text, lines[i + 1], vocabulary, market)
            elif (
                (line is section.heading
                and section.topic)
                or (line is section.heading and section.kind in ("segments", "regions"))
            ):
                places = vocabulary.places(
                    line.text, [(m.start(), m.end()) for m in market.finditer(line.text)] if market else ()
                )
                for kind, pattern in (("fastest_growing", _FASTEST), ("largest", _HEADED_LARGEST)):
                    told = pattern.search(line.text)
                    before = [place for place in places if told and place.end <= told.start()]
                    if before:
                        yield _of_heading(kind, before[-1].part, line.start, line.end)


_HEADED_LARGEST = re.compile(
    r"\b(?:largest|highest share|dominat\w+|dominant|leads?|leading|biggest|clear dominance|majority)\b", re.I
)


def _answered(question: str, line: Line, vocabulary: Vocabulary, market: re.Pattern[str] | None) -> Iterator[Claim]:
    del market
    places = vocabulary.places(line.text)
    if not places or places[0].start > 12 or _FASTEST.search(line.text) or _LARGEST.search(line.text):
        return
    if re.search(r"\b(?:fastest|quickest|highest growth|grows? (?:the )?fast)", question, re.I):
        yield _of_heading("fastest_growing", places[0].part, line.start, line.end)
    elif re.search(r"\b(?:largest|biggest|leads?|leading|dominat\w+|highest share|most)\b", question, re.I):
        years = _YEARS.search(line.text)
        yield replace(
            _of_heading("largest", places[0].part, line.start, line.end), date=years["year"] if years else None
        )


def _of_heading(kind: str, part: Part, start: int, end: int) -> Claim:
    attributes = {"of": part.role} | ({"dimension": part.dimension} if part.dimension else {})
    return Claim(kind, (part,), start, end, attributes=attributes, rule="rank-in-heading", confidence=0.8)


def _ranked(sentence: Sentence, match: re.Match[str]) -> Part | None:
    """The part that a rank is told of: in the subject, else the one that the rank names behind it."""
    if not sentence.places:
        about = sentence.about(match.start())
        return about[0] if about and _pronoun_subject(sentence, match.start()) else None
    subject = sentence.subject(match.start())
    if subject:
        inside = [place for place in sentence.places if subject[0] <= place.start < subject[1]]
        if inside:
            return inside[0].part
        words = sentence.text[subject[0] : subject[1]]
        if re.match(r"(?:it|they|this|the (?:segment|region|country))\b", words, re.I):
            about = sentence.about(match.start())
            return about[0] if about else None
        if subject[0] <= match.start() < subject[1]:  # "The largest share fell to Europe"
            later = [place for place in sentence.places if place.start >= match.end()]
            return later[0].part if later and later[0].start - match.end() < 90 else None
        if not sentence.masked and not re.search(
            r"\b(?:market|segment|region|industry|share|sales|revenue|demand|growth)\b", words, re.I
        ):
            return None
    behind = [place for place in sentence.places if place.start >= match.end() and place.start - match.end() < 60]
    before = [place for place in sentence.places if place.end <= match.start() and match.start() - place.end < 80]
    chosen = before[-1:] or behind[:1]
    return chosen[0].part if chosen else None


def _pronoun_subject(sentence: Sentence, at: int) -> bool:
    subject = sentence.subject(at)
    return (
        bool(subject)
        and bool(
            re.match(
                r"(?:it|they|this|the (?:segment|region|country))\b", sentence.text[subject[0] : subject[1]], re.I
            )
        )
        if subject
        else False
    )


def _rank(kind: str, sentence: Sentence, part: Part, match: re.Match[str]) -> Claim:
    text = sentence.text
    share = _share(sentence, part, match) if kind == "largest" else None
    year = _rank_year(text, share, match) if kind == "largest" else None
    start, end = _rank_extent(sentence, part, match, share, year)
    attributes = {"of": part.role} | ({"dimension": part.dimension} if part.dimension else {})
    return Claim(
        kind,
        (part,),
        sentence.start + start,
        sentence.start + end,
        share.quantity if share else None,
        date=str(year) if year else None,
        attributes=attributes,
        rule="rank-in-prose",
        confidence=0.88,
    )


def _share(sentence: Sentence, part: Part, match: re.Match[str]) -> Figure | None:
    """The share that goes with a rank: the nearest percentage with a word of share, none of growth."""
    text = sentence.text
    for figure in figures.percent(text):
        around = text[max(0, figure.start - 45) : figure.end + 30]
        others = [p for p in sentence.places if match.end() <= p.start < figure.start and p.part != part]
        if (
            others
            or abs(figure.start - match.end()) > 130
            or _CAGR.search(around)
            or not _SHARE.search(text[: figure.end + 30])
        ):
            continue
        if re.search(
            r"[;]|\bwhile\b|\bwhereas\b", text[min(match.end(), figure.start) : max(match.start(), figure.start)]
        ):
            continue
        return figure
    return None


def _rank_year(text: str, share: Figure | None, match: re.Match[str]) -> int | None:
    lead = re.match(r"(?:In|For|As of|By)\s+(?P<year>20\d\d)\b", text)
    end = max(match.end(), share.end if share else 0)
    after = re.compile(
        r"[^;.]{0,60}?\b(?:in|during|for|as of)\s+(?:the year )?(?P<year>(?:19|20)\d\d)\b(?!\s*[-–])"
    ).match(text, end)
    if after and not re.search(r"\bgrow|\bCAGR|\breach|\bfrom\b", after.group()):
        return int(after["year"])
    if lead:
        return int(lead["year"])
    between = [
        int(m["year"])
        for m in _YEARS.finditer(text, min(match.start(), share.start if share else match.start()), end)
    ]
    return between[-1] if between else None


def _rank_extent(
    sentence: Sentence, part: Part, match: re.Match[str], share: Figure | None, year: int | None
) -> tuple[int, int]:
    text = sentence.text
    places = [place for place in sentence.places if place.part == part]
    start = min([match.start(), *(place.start for place in places[:1])], default=match.start())
    if text[max(0, start - 4) : start].casefold() == "the ":
        start -= 4
    stop = max([match.end(), *(place.end for place in places[:1]), share.end if share else 0])
    closing = (
        re.compile(rf"[^;.]{{0,60}}?\b{year}\b").match(text, stop)
        if year
        else re.compile(r"[^,;.]{0,60}?\bmarket\b").match(text, stop)
    )
    return start, closing.end() if closing else stop


def _majority(sentence: Sentence) -> Iterator[Claim]:
    """A share of more than one half makes a part the largest, even where the word is missing."""
    text = sentence.text
    for figure in figures.percent(text):
        value = float(figure.quantity.value)
        around = text[max(0, figure.start - 60) : figure.end + 40]
        if not 50 < value < 100 or _CAGR.search(around) or not _SHARE.search(around) or figure.maximum:
            continue
        if not re.search(
            r"\b(?:market|revenues?|value|sales|demand|share|turnover|volume|total|money|spending)\b", text, re.I
        ):
            continue
        about = sentence.about(figure.start)
        if (
            not about
            or sentence.section in ("drivers", "challenges", "restraints", "developments")
            or re.search(r"\b(?:according to|survey|poll|respondents|percentage of)\b", text, re.I)
        ):
            continue
        after = re.compile(r"[^;]{0,60}?\b(?:in|during)\s+(?P<year>(?:19|20)\d\d)\b").match(text, figure.end)
        lead = re.match(r"In\s+(?P<year>20\d\d)\b", text)
        year = after["year"] if after else lead["year"] if lead else None
        start = max(
            (place.start for place in sentence.places if place.end <= figure.start and place.part == about[0]),
            default=max(0, figure.start - 40),
        )
        attributes = {"of": about[0].role} | ({"dimension": about[0].dimension} if about[0].dimension else {})
        yield Claim(
            "largest",
            about[:1],
            sentence.start + start,
            sentence.start + (after.end() if after else figure.end),
            figure.quantity,
            date=year,
            attributes=attributes,
            rule="majority-in-prose",
            confidence=0.8,
        )
