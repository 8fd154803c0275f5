"""Sourced figures that are no size or growth rate of the market: statistic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extract import figures
from extract.attribution import Attribution, Reader
from extract.claim import Claim
from extract.fact import AttributeValue, Quantity
from extract.numerals import Figure, bounds, numerals, outside, scale
from extract.sentences import Sentence, plain
from extract.sources import Source
from extract.wording import described

#: Sections whose figures are about deals, firms or the publisher.
_FOREIGN = frozenset(("boilerplate", "contents", "players"))
_YEAR = re.compile(
    r"(?<![\d.,–-])(?P<lead>(?:[A-Za-z]+[ ’']){0,3})(?:FY\s?|fiscal )?(?P<year>(?:19|"
    r"20)\d\d)(?:[/–-]\d\d)?(?![\d%]|,\d|[–-]\d{3})"
)
_BASE = re.compile(
    r"\b(?:over|from|than|than in|versus|vs|since|before|after|until|(?:compared|"
    r"relative) (?:with|to)|against|share of|level of|levels of|figure of|up to(?: "
    r"\w+)?)\s*(?:the )?$",
    re.I,
)
_BEFORE_BASE = re.compile(
    r"(?:\b(?:against|versus|vs\.?|compared (?:with|to)|up from|down from|from|instead of|"
    r"after|(?:as )?(?:opposed|against) to)\s+)(?:just |only |about |around |some |roughly |"
    r"approximately |nearly )*$",
    re.I,
)
_EARLIER = re.compile(
    r"\b(?P<count>a|one|two|three|four|five|ten) years? (?:earlier|before|previously)\b|"
    r"\bthe (?:previous|preceding|prior) year\b|\bthe year before\b",
    re.I,
)
_COUNTED = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_NOW = re.compile(r"\b(?:now|today|currently|still|years? ago|so far|to date)\b", re.I)
_LAST_YEAR = re.compile(r"\b(?:last|this) year\b", re.I)
_JOINED = re.compile(r"[,;]?\s+(?:and|while|but|plus|with|or)\b", re.I)
_RATE = re.compile(r"\bCAGR\b|\bcompound(?:ed)?\b|\bannual(?:ly)? growth\b|\bgrowth rate\b", re.I)
_MARKET = re.compile(
    r"\b(?:market|industry) (?:size|value|volume|revenues?|share)\b|"
    r"\bshare of the (?:\w+ ){0,5}(?:market|revenue)\b|\bmarket\b",
    re.I,
)
_EARNINGS = re.compile(
    r"\b(?:revenues?|turnover|EBITDA|net (?:income|profit)|operating (?:profit|income|result)|"
    r"order (?:intake|book)|earnings|offer|bid|premium (?:of|over|to)|per share|valuation|"
    r"purchase price)\b",
    re.I,
)
_DEALS = re.compile(
    r"\b(?:negotiat\w+|sale of|sell\w*|acqui\w+|stake|merg\w+|takeover|buy(?:s|ing)?|bought|"
    r"raise[sd]|loans?|contract|in talks)\b",
    re.I,
)
_OWN_DOING = re.compile(r"\s*(?:that\s+)?(?:it|they|we)\b(?!\s+surveyed)", re.I)
_AGE = re.compile(
    r"\b(?:aged?(?: of| between)?|older than|younger than|under the age of|over the age of|"
    r"over the (?:next|past|last)|(?:the )?(?:next|past|last|previous|first|coming)|"
    r"within(?: the)?|every|after|for(?: more than| over| at least)?|"
    r"between|minus|of(?: up to| at least| more than| over)?|than|at least every|each of the|"
    r"to)\s+(?:about |around |some |at least |more than |over |up to )?$",
    re.I,
)
_AGE_TAIL = re.compile(
    r"\s*(?:years?\s)?(?:or (?:older|younger|more|over)|of age|old|ago|earlier|later|before)\b", re.I
)
_TIMES = frozenset(
    (
        "seconds",
        "minutes",
        "hours",
        "days",
        "weeks",
        "months",
        "years",
        "degrees",
        "°C",
        "km",
        "kilometres",
        "metres",
        "m",
        "miles",
        "kW",
    )
)
_SAMPLE = re.compile(
    r"(?:\b(?:survey|poll|interview|question|ask|stud(?:y|i)|sampl|panel|"
    r"analy)\w*\s+(?:\w+\s+){0,3}|%\s+of\s+(?:the\s+|all\s+|its\s+)?|"
    r"per\s?cent\s+of\s+(?:the\s+)?|\b(?:in|across|from|among)\s+)"
    r"(?:more than |over |some |about |around |nearly |the |all )*$",
    re.I,
)
_PLACES = re.compile(
    r"(?:\w+ )?(?:countries|nations|states|cities|towns|markets|regions|languages|continents|"
    r"centres|centers|sites)\b",
    re.I,
)
_IN_TEN = re.compile(
    r"\b(?P<some>one|two|three|four|five|six|seven|eight|nine|"
    r"\d{1,2})(?: (?:out )?of(?: every)?| in(?: every)?|-in-)[ -]?(?P<all>three|four|five|six|"
    r"seven|eight|nine|ten|twenty|20|100|1?\d)\b(?! (?:years|months|countries))",
    re.I,
)
_FRACTION = re.compile(
    r"\b(?:(?P<lead>about|around|roughly|almost|nearly|over|more than|less than|some|"
    r"just over|just under|at least|up to)\s+)?(?P<part>half|(?:a|one)[ -]third|two[ -]thirds|"
    r"(?:a|one)[ -]quarter|three[ -]quarters|(?:a|one)[ -]fifth|two[ -]fifths|three[ -]fifths|"
    r"four[ -]fifths|(?:a|one)[ -]tenth)"
    r"(?=\s+(?:of\b|less\b|more\b|lower\b|higher\b))",
    re.I,
)
_FRACTIONS = {
    "half": "50",
    "third": "33.3",
    "thirds": "66.7",
    "quarter": "25",
    "quarters": "75",
    "fifth": "20",
    "tenth": "10",
}
_SMALL = {
    word: n
    for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
} | {"twenty": 20}
_BARE_AFTER = re.compile(
    r"\b(?:against|versus|compared (?:with|to)|up from|down from|from|to|at|of|reach\w*|was|"
    r"were|is|are|totalled|totaled|by|exceed\w*|hit|number(?:ed|s)|surpass\w*|pass(?:ed|es)|"
    r"than|counted)\s+"
    r"(?:just |only |about |around |some |roughly |approximately |nearly |almost |over |"
    r"more than |a record |an estimated )*$",
    re.I,
)
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
class _Read:
    """A figure of a sentence with what is known of it so far."""

    figure: Figure
    source: Attribution
    year: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a document tells all its sentences.

    `reference` is its date (YYYY, YYYY-MM or YYYY-MM-DD), `own` holds names in lower case that state no statistics
    (players, publisher), `topics` maps the start of a paragraph to the label of the driver or challenge it is about,
    `news` says that the document is no report: its sections on news are its text.
    """

    reference: str | None = None
    own: frozenset[str] = frozenset()
    topics: Mapping[int, str] = field(default_factory=dict)
    news: bool = False


def find(sentences: Sequence[Sentence], frame: Frame) -> Iterator[Claim]:
    """The statistics of sentences, one for each figure, in order of the text."""
    reader = Reader(frame.reference, frame.own)
    memory: list[Source] = []
    found: list[Claim] = []
    before: Sentence | None = None
    topic: str | None = None
    for sentence in map(plain, sentences):
        if sentence.section in _FOREIGN or (sentence.section == "developments" and not frame.news):
            continue
        if before is None or before.section != sentence.section:
            memory = []
        topic = frame.topics.get(sentence.start) if sentence.first else topic
        told = reader.find(sentence.text, memory)
        on = not told and not sentence.first and _continues(sentence, before, found)
        if on:
            told = [Attribution(0, 0, 0, len(sentence.text), memory[-1])]
        for each in told:
            found = _amended(found, each, before, sentence, topic)
        found += _statistics(sentence, told, _Setting(topic, frame.reference, found[-1] if on else None))
        memory += [each.source for each in told]
        before = sentence
    yield from found


def _amended(
    found: list[Claim], told: Attribution, before: Sentence | None, sentence: Sentence, topic: str | None
) -> list[Claim]:
    """What a later sentence adds to the figures before it: their source, or whom their source cites."""
    if not told.backward or before is None:
        return found
    if told.source.originals and told.source.reporters:
        who = (*told.source.reporters, *told.source.originals)
        return [replace(claim, others=who) if claim.others == told.source.reporters else claim for claim in found]
    if sentence.first or any(claim.start >= before.start for claim in found):
        return found
    whole = Attribution(0, 0, 0, len(before.text), told.source)
    return found + list(_statistics(before, [whole], _Setting(topic)))


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
    """What stands around a sentence: its paragraph's reason, the document's date, the figure it goes on from."""

    topic: str | None = None
    reference: str | None = None
    last: Claim | None = None


def _statistics(sentence: Sentence, told: Sequence[Attribution], setting: _Setting) -> list[Claim]:
    if not told:
        return []
    text = sentence.text
    read = [
        _Read(figure, source)
        for figure in _figures(text, told)
        if (source := _source_of(figure, told)) and _is_statistic(sentence, figure, source)
    ]
    read = _with_years(text, read, setting.reference)
    claims: list[Claim] = []
    for i in range(len(read)):
        claims.append(_claim(sentence, read, i, claims[-1] if claims else setting.last))
    topic = setting.topic
    return [
        replace(claim, attributes={**claim.attributes, "supports": topic}) if topic else claim for claim in claims
    ]


# ------------------------------------------------------------ figures


def _figures(text: str, told: Sequence[Attribution]) -> list[Figure]:
    """The figures of a sentence outside of its sources: money, percentages, counts, parts in words, bare numbers."""
    spans = [(each.start, each.end) for each in told]
    sure = sorted([*figures.money(text), *figures.percent(text), *_parts(text)], key=lambda each: each.start)
    sure = sorted([*sure, *figures.counts(text, sure)], key=lambda each: each.start)
    sure = [each for i, each in enumerate(sure) if not i or each.start >= sure[i - 1].end]
    found = sorted([*sure, *_bare(text, sure)], key=lambda each: each.start)
    return [each for each in found if not any(start <= each.start < end for start, end in spans)]


def _parts(text: str) -> Iterator[Figure]:
    """Shares in words: "7 in 10 Belgians" is 70 percent, "a quarter less" 25, "two thirds of" 66.7."""
    for match in _IN_TEN.finditer(text):
        some, whole = (_SMALL.get(match[name].lower()) or int(match[name]) for name in ("some", "all"))
        if 0 < some < whole:
            share = (Decimal(100) * some / whole).quantize(Decimal("0.1"))
            yield Figure(
                match.start(),
                match.end(),
                Quantity(share, "percent", match.group()),
                bounds(text, match.start(), match.end())[0],
            )
    for match in _FRACTION.finditer(text):
        words = re.split(r"[ -]", match["part"].lower())
        share = Decimal(_FRACTIONS[words[-1]]) * (
            {"two": 2, "three": 3, "four": 4}.get(words[0], 1) if words[-1] == "fifths" else 1
        )
        start = match.start("part")
        yield Figure(
            start, match.end(), Quantity(share, "percent", match["part"]), bounds(text, start, match.end())[0]
        )


def _bare(text: str, sure: Sequence[Figure]) -> Iterator[Figure]:
    """Numbers without a noun that go on from a figure or carry a scale: "against 27", "reached 6.9 million"."""
    for number in numerals(text):
        if not outside(number.start, sure) or number.form in ("unreadable", "spaced", "comma", "thousandth"):
            continue
        scaled = scale(text, number.end)
        power, end = scaled if scaled else (0, number.end)
        digits = text[number.start : number.end]
        before = [each for each in sure if each.end <= number.start and each.quantity.unit not in ("years", "months")]
        last = before[-1] if before else None
        large = bool(scaled) or "," in digits
        if (
            not _BARE_AFTER.search(text[: number.start])
            or re.match(r"[\w%°/]|-\w|\.\d", text[end:])
            or (not large and re.fullmatch(r"(?:19|20)\d\d", digits))
        ):
            continue
        comparing = (
            last is not None
            and last.quantity.unit != "percent"
            and len(last.quantity.unit) != 3
            and bool(_BEFORE_BASE.search(text[: number.start]))
        )
        if not large and not comparing:
            continue
        unit = last.quantity.unit if last and comparing else "count"
        qualifier, minimum, maximum = bounds(text, number.start, end)
        quantity = Quantity(number.value * Decimal(10) ** power, unit, text[number.start : end])
        yield Figure(number.start, end, quantity, qualifier, minimum, maximum, noun=last.noun if last else "")


def _source_of(figure: Figure, told: Sequence[Attribution]) -> Attribution | None:
    """The source of a figure: the last one named before it, else the next one behind it."""
    covering = [each for each in told if each.first <= figure.start < each.last]
    ahead = [each for each in covering if each.start <= figure.start]
    return ahead[-1] if ahead else covering[0] if covering else None


def _is_statistic(sentence: Sentence, figure: Figure, told: Attribution) -> bool:
    """Whether a sourced figure stands for itself: no size or rate of the market, age, sample or span of time."""
    text, unit = sentence.text, figure.quantity.unit
    before, after = text[max(0, told.first if told.first <= figure.start else 0) : figure.start], text[figure.end :]
    clause = re.split(r"[;:]\s", before)[-1]
    near = clause[-60:] + text[figure.start : figure.end] + re.split(r"[,;]", after)[0][:60]
    if _RATE.search(near) or _is_of_market(sentence, figure, near, clause):
        return False
    if unit in _TIMES and not _likewise(text, figure, unit) and (_AGE.search(before) or _AGE_TAIL.match(after)):
        return False
    if re.search(r"\baged?\b[^,;%]{0,20}$", before) or re.match(r"\s*(?:percentage )?points?\b", after):
        return False
    if unit == "count" and (
        _SAMPLE.search(text[: figure.start])
        and (
            _PLACES.match(figure.noun)
            or "%" in before[-8:]
            or "cent of" in before[-14:]
            or re.search(r"survey|poll|interview|question|sampl", before[-40:], re.I)
        )
    ):
        return False
    if _OWN_DOING.match(text[told.end : told.end + 20]) and told.start < figure.start:
        return False
    return not (len(unit) == 3 and unit.isupper() and (_EARNINGS.search(near) or _DEALS.search(clause)))


def _likewise(text: str, figure: Figure, unit: str) -> bool:
    """Whether a span of time goes on from another one: "fell by 13 minutes, and came 26 minutes earlier"."""
    return bool(re.search(rf"\bby [\d.,]+ {unit}\b[^;]{{0,80}}$", text[: figure.start]))


def _is_of_market(sentence: Sentence, figure: Figure, near: str, clause: str) -> bool:
    unit = figure.quantity.unit
    if len(unit) == 3 and unit.isupper():
        masked = any(figure.start - 80 < start < figure.end + 40 for start, _ in sentence.masked)
        named = re.search(r"\bmarkets?\b", near + clause, re.I) is not None
        return named or (masked and re.search(r"\bmarket", sentence.text, re.I) is not None)
    return unit == "percent" and bool(_MARKET.search(near)) and not re.search(r"\blabou?r market\b", near, re.I)


# ------------------------------------------------------------ years


def _with_years(text: str, read: Sequence[_Read], reference: str | None) -> list[_Read]:
    """The figures with the year each is about."""
    known: list[_Read] = []
    for i, each in enumerate(read):
        year = (
            _stated(text, read, i)
            or _earlier(text, read, i, known)
            or _ahead(text, read, i)
            or _relative(text, read, i, reference)
            or _inherited(text, read, i, known)
        )
        known.append(replace(each, year=year))
    return known


def _behind(text: str, read: Sequence[_Read], i: int) -> tuple[int, str]:
    """Where the text that belongs to a figure begins and how it goes on up to the next figure, sources blanked."""
    start = read[i].figure.end
    stop = read[i + 1].figure.start if i + 1 < len(read) else len(text)
    return start, _blanked(text, read)[start:stop]


def _blanked(text: str, read: Sequence[_Read]) -> str:
    spans = [(each.source.start, each.source.end) for each in read]
    spans += [(each.start, each.end) for each in figures.periods(text) if "/" not in text[each.start : each.end]]
    for first, last in spans:
        text = text[:first] + "\n" * (last - first) + text[last:]
    return text


def _stated(text: str, read: Sequence[_Read], i: int) -> str | None:
    """The year behind a figure; of figures joined by "and" the year behind the last one."""
    _, after = _behind(text, read, i)
    for match in _YEAR.finditer(after):
        if re.search(r";", after[: match.start("year")]):
            return None
        if not _BASE.search(after[: match.start("year")]):
            return match["year"]
    joined = (
        i + 1 < len(read)
        and _JOINED.search(after)
        and not _BEFORE_BASE.search(text[: read[i + 1].figure.start])
        and not _NOW.search(after)
    )
    if joined and ";" not in after and not _ahead(text, read, i):
        return _stated(text, read, i + 1)
    return None


def _ahead(text: str, read: Sequence[_Read], i: int) -> str | None:
    """The year before a figure in its clause: "In 2030, 41% ...", "in 2027 it was 52%"."""
    start = read[i - 1].figure.end if i else 0
    before = _blanked(text, read)[start : read[i].figure.start]
    clause = re.split(r";\s", before)[-1]
    found = [
        m
        for m in _YEAR.finditer(clause)
        if re.search(r"\b(?:in|by|for|during|of|as of|at|end)\b[ \w]*$", clause[: m.start("year")], re.I)
        and not _BASE.search(clause[: m.start("year")])
    ]
    if i and found:
        stated = _stated(text, read, i - 1)
        found = [m for m in found if m["year"] != stated or m.start() > 40]
    return found[-1]["year"] if found and not re.search(r"\bup to\b", clause) else None


def _earlier(text: str, read: Sequence[_Read], i: int, known: Sequence[_Read]) -> str | None:
    """The year of "a year earlier", counted back from the figure before, else from the publication."""
    _, after = _behind(text, read, i)
    match = _EARLIER.search(after)
    if match is None:
        return None
    years = _COUNTED[(match["count"] or "a").lower()]
    if known and known[-1].year and _BEFORE_BASE.search(text[: read[i].figure.start]):
        return str(int(known[-1].year) - years)
    date = read[i].source.source.date
    return str(int(date[:4]) - years) if date and not known and "from" not in after[: match.start()][-6:] else None


def _relative(text: str, read: Sequence[_Read], i: int, reference: str | None) -> str | None:
    _, after = _behind(text, read, i)
    if reference is None or not _LAST_YEAR.search(after):
        return None
    return next((each.date[:4] for each in figures.dates(after, reference) if each.relative), None)


def _inherited(text: str, read: Sequence[_Read], i: int, known: Sequence[_Read]) -> str | None:
    """The year of the figure before, where this one is about the same time: "against 31% for a membrane plant"."""
    if not known:
        return None
    _, after = _behind(text, read, i)
    between = text[known[-1].figure.end : read[i].figure.start]
    if (
        _NOW.search(after)
        or _NOW.search(between)
        or (_EARLIER.search(after) and _BEFORE_BASE.search(text[: read[i].figure.start]))
    ):
        return None
    return known[-1].year


# ------------------------------------------------------------ claims


def _claim(sentence: Sentence, read: Sequence[_Read], i: int, last: Claim | None) -> Claim:
    text, each = sentence.text, read[i]
    figure, told = each.figure, each.source
    stop = _stop(text, read, i)
    start = min(told.start, told.first) if told.start < figure.start else told.first
    start += len(text[start:]) - len(text[start:].lstrip(' ,;:“"–—'))
    end = max(stop, told.end if told.start > figure.start else stop)
    attributes: dict[str, AttributeValue] = dict(_words(sentence, read, i, last))
    if each.year:
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
        date=told.source.date,
        attributes=attributes,
        others=(*told.source.reporters, *told.source.originals),
        rule="sourced-figure",
        confidence=0.85 if told.source.surely else 0.7,
        marketless=True,
    )


def _stop(text: str, read: Sequence[_Read], i: int) -> int:
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


def _words(sentence: Sentence, read: Sequence[_Read], i: int, last: Claim | None) -> dict[str, str]:
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


def _goes_on(text: str, read: Sequence[_Read], i: int) -> bool:
    """Whether a figure is compared with the one before it, so that both are about the same."""
    figure = read[i].figure
    if _BEFORE_BASE.search(text[: figure.start]):
        return True
    between = text[read[i - 1].figure.end : figure.start]
    same = figure.quantity.unit == read[i - 1].figure.quantity.unit and not re.match(r"\s+of\b", text[figure.end :])
    return same and not figure.noun and not _CLAUSE.search(between) and not _OF_CHANGE.search(text[: figure.start])


def _change(text: str, read: Sequence[_Read], i: int) -> dict[str, AttributeValue]:
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
