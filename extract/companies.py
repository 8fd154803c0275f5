"""Lists of company names: in lines, after a colon, in prose; knows names by their form only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.lines import Line
from extract.nameforms import is_form
from extract.sections import Section
from ontology import regions

_CUE = re.compile(
    r"\b(?:(?:key|major|leading|prominent|top|main|notable|established|largest|biggest|important|other|big|well-known|active|"
    r"global|some of the|the)\s+(?:\w+\s+){0,4}?(?:players|companies|vendors|manufacturers|suppliers|providers|participants|"
    r"competitors|producers|brands|firms|operators|makers|names)|players|companies|vendors)\b"
    r"[^.:;]{0,90}?(?:\binclud(?:e|es|ing)\b|\bare\b|\bsuch as\b|\bcomprises?\b|\blike\b|\bnamely\b|:)\s*(?::\s*)?"
    r"|\b(?:study|report|research|analysis) (?:also )?(?:profiles|features|portrays|lists|names|examines|looks at)\s+",
    re.I,
)
_SUBJECT = re.compile(
    r"\b(?:are|were|remain)\s+(?:\w+\s+){0,3}?(?:key|major|leading|prominent|top|main|notable|largest|biggest|dominant|some of the)\b"
    r"[^.]{0,30}\b(?:players|companies|vendors|manufacturers|suppliers|providers|participants|competitors|producers|firms)\b",
    re.I,
)
_LABEL = re.compile(
    r"^(?:key |major |leading |top |main )?(?:market )?(?:players|companies|vendors|manufacturers)(?: profiled| covered| included)?\s*:\s*",
    re.I,
)
_END = re.compile(
    r",?\s+(?:and |or )?(?:among|amongst)\s+(?:others|other)\b|,?\s+(?:and|&)\s+(?:many\s+)?(?:others|more|several others|other \w+)\b|,?\s+etc\b|"
    r",?\s+(?:which|who|that|with|while|where|whose|all of|each of|together|as well as other)\b|\s+–\s|;\s+(?=[a-z])"
)
_ANNOUNCES = re.compile(
    r"\b(?:players|companies|vendors|manufacturers|suppliers|rivals|competitors|makers|producers|firms|providers|participants|operators|brands)\b"
    r"[^.]*(?::$|\b(?:as follows|listed below|below|the following)\b)",
    re.I,
)
_NO_NAME = re.compile(
    r"^(?:view|see|note|source|disclaimer|sorted|list|company|overview|business|swot|profiles?|others?|and|among|the following|"
    r"these|this|our|download|request|more|detailed|analysis|additional|key|major|recent|financ\w+|product|products|services?|"
    r"market|strateg\w+|figure|table|chapter|others?|rest|total|by|tier|new entrants|startups?|n/?a)\b(?!.*\b(?:Inc|Ltd|LLC|GmbH|AG|Corp|plc|AB|SA|Co)\b)",
    re.I,
)
_VERBS = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "and/or",
        "that",
        "which",
        "led",
        "lead",
        "leads",
        "hold",
        "holds",
        "offer",
        "offers",
        "invest",
        "invests",
    ]
)
_JOINTS = frozenset(
    [
        "of",
        "de",
        "du",
        "la",
        "le",
        "des",
        "di",
        "da",
        "del",
        "della",
        "and",
        "&",
        "et",
        "y",
        "e",
        "und",
        "the",
        "for",
        "van",
        "von",
        "der",
        "den",
        "zu",
        "z",
        "o.o.",
        "in",
        "i",
    ]
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A company of a list; `start` and `end` are offsets of its name, `country` the span of a place in brackets."""

    start: int
    end: int
    name: str
    country: tuple[int, int, str] | None = None


def players(sections: Sequence[Section], dimension_opener: re.Pattern[str]) -> Iterator[Listed]:
    """The companies that a report lists among the players of its market, in order, restated ones again."""
    for section in sections:
        if section.kind in ("players", "trends", "overview", "faq", "scope", "regions", "segments"):
            yield from _of_section(section, dimension_opener)


def _of_section(section: Section, dimension_opener: re.Pattern[str]) -> Iterator[Listed]:
    listing = section.kind == "players"
    for i, line in enumerate(section.lines):
        if line.prose or len(line.text) > 160:
            found = list(_of_prose(line, labelled=listing))
            yield from found
            if not found and _ANNOUNCES.search(line.text):
                listing = True
            elif not found and listing and _LABEL.match(line.text) is None and section.kind != "players":
                listing = False
        elif line.cells:
            continue
        elif dimension_opener.match(line.text.rstrip(" :")) or _ends_list(line, section.lines[:i]):
            listing = False
        elif listing:
            label = _LABEL.match(line.text)
            if label:
                yield from listed(line.text[label.end() :], line.start + label.end())
            elif looks_like_name(line.text) or (line.bullet and _among_names(line, section.lines, i)):
                yield from (
                    listed(line.text, line.start)
                    if _several(line.text) and not line.bullet
                    else _single(line.text, line.start)
                )


def _among_names(line: Line, lines: Sequence[Line], i: int) -> bool:
    """Whether a bullet that does not look like a name stands between bullets that do."""
    beside = [each for each in (*lines[max(0, i - 2) : i], *lines[i + 1 : i + 3]) if each.marker == line.marker]
    return len(line.text.split()) <= 4 and len(beside) >= 2 and all(looks_like_name(each.text) for each in beside)


def _ends_list(line: Line, before: Sequence[Line]) -> bool:
    return bool(before) and not line.bullet and not line.numbered and line.blanks > 0 and before[-1].bullet


def _several(text: str) -> bool:
    """Whether one line holds a list of names: separators that are no part of a legal form."""
    return len(list(listed(text, 0))) > 1 and (";" in text or text.count(",") > 1)


def _single(text: str, at: int) -> Iterator[Listed]:
    name = text.rstrip(" ,;*")
    yield _with_country(name, at)


def _of_prose(line: Line, *, labelled: bool) -> Iterator[Listed]:
    label = _LABEL.match(line.text)
    if label:
        yield from listed(_until_end(line.text[label.end() :]), line.start + label.end())
        return
    for sentence_start, sentence in _sentences(line.text):
        cue = _CUE.search(sentence)
        if cue and (labelled or _about_market(sentence[: cue.end()])):
            yield from names_only(_until_end(sentence[cue.end() :]), line.start + sentence_start + cue.end())
            continue
        subject = _SUBJECT.search(sentence)
        if subject and labelled:
            yield from names_only(sentence[: subject.start()], line.start + sentence_start)


def _about_market(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:market|industry|sector|players|operating|vendors|space|profiled|profiles|field|study)\b",
            text,
            re.I,
        )
    )


_SENTENCE = re.compile(r"(?<=[a-z0-9)%”\"])[.?!]\s+(?=[A-Z0-9“\"])")
_FORM_AT_END = re.compile(
    r"(?:\b(?:Inc|Ltd|Co|Corp|LLC|Pvt|Pty|Ltda|St|Dr|No|Mr|Ms|[A-Z]|S\.A|S\.p\.A|S\.r\.l|B\.V|N\.V|L\.P|a\.s|s\.r\.o))$"
)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in _SENTENCE.finditer(text):
        following = text[match.end() :].split(" ", 1)[0]
        if _FORM_AT_END.search(text[: match.start()]) and not re.fullmatch(
            r"The|In|It|This|These|They|For|A|An|Its|Other|Some", following
        ):
            continue
        yield start, text[start : match.start() + 1]
        start = match.end()
    yield start, text[start:]


def _until_end(text: str) -> str:
    cut = _END.search(text)
    text = text[: cut.start()] if cut else text
    return (
        text
        if re.search(r"\b(?:Inc|Ltd|Co|Corp|S\.A|Ltda|S\.p\.A|S\.r\.l|B\.V|N\.V|L\.P|a\.s|s\.r\.o)\.$", text)
        else text.rstrip(" .")
    )


def names_only(text: str, at: int) -> Iterator[Listed]:
    """Names up to the first piece that is none; a list of one word that is no name is no list."""
    found = list(listed(text, at))
    kept: list[Listed] = []
    for each in found:
        if not looks_like_name(each.name):
            break
        kept.append(each)
    if len(kept) >= 2 and sum(each.name[0].isupper() or each.name[0].isdigit() for each in kept) * 2 > len(kept):
        yield from kept


def listed(text: str, at: int) -> Iterator[Listed]:
    """The names of a list that is separated by semicolons or commas; `at` is the offset of `text`."""
    for start, stop in _pieces(text):
        piece = text[start:stop]
        lead = re.match(r"\s*(?:and\s+|&\s+|the\s+(?=[a-z]))?", piece)
        begin = start + (lead.end() if lead else 0)
        name = text[begin:stop].rstrip(" ,;")
        if name:
            yield _with_country(name, at + begin)


def _pieces(text: str) -> list[tuple[int, int]]:
    if ";" in text:
        return _between(text, [(m.start(), m.end()) for m in re.finditer(r";\s*(?:and\s+)?", text)])
    cuts = [(m.start(), m.end()) for m in re.finditer(r",\s+(?:(?:and|&)\s+)?", text) if _outside(text, m.start())]
    cuts = [
        cut
        for i, cut in enumerate(cuts)
        if not is_form(text[cut[1] : cuts[i + 1][0] if i + 1 < len(cuts) else _form_end(text, cut[1])])
    ]
    tail = cuts[-1][1] if cuts else 0
    joint = [m for m in re.finditer(r"\s+and\s+(?=[\w“\"])", text[tail:]) if _outside(text, tail + m.start())]
    if joint and not re.search(r",\s+and\s", text):
        last = joint[-1]
        cuts.append((tail + last.start(), tail + last.end()))
    return _between(text, cuts)


def _form_end(text: str, start: int) -> int:
    """Where a legal form that begins at `start` ends: before "and", a bracket, or the end."""
    match = re.search(r"\s+(?:and|&)\s+|\s+\(", text[start:])
    return start + match.start() if match else len(text)


def _outside(text: str, at: int) -> bool:
    return text.count("(", 0, at) <= text.count(")", 0, at)


def _between(text: str, cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return list(zip(starts, ends, strict=True))


def _with_country(name: str, at: int) -> Listed:
    if name.count("(") > name.count(")"):
        name = name[: name.rindex("(")].rstrip(" ,")
    match = re.search(r"\s*\((?P<place>[^()]+)\)\s*$", name)
    if match and (not is_form(match["place"]) or re.fullmatch(r"[A-Z]{2}", match["place"])):
        bare = name[: match.start()].rstrip(" ,")
        code = regions.by_code(match["place"]) if re.fullmatch(r"[A-Z]{2,3}", match["place"]) else None
        place = regions.find(match["place"]) or code
        country = (at + match.start("place"), at + match.end("place"), match["place"]) if place else None
        return Listed(at, at + len(bare), bare, country)
    return Listed(at, at + len(name), name)


def looks_like_name(text: str) -> bool:
    """Whether a text has the form of a company's name: short, capitalised or a single word, no verb."""
    words = text.split()
    if not words or len(words) > 9 or len(text) > 80 or _NO_NAME.match(text) or text.endswith((":", "?", "!")):
        return False
    if not re.search(r"[^\W\d_]{2}|\d[A-Z]", text) or re.search(r"%|\b(?:19|20)\d\d\b|[$€£]", text):
        return False
    if any(word in _VERBS for word in words[1:]):
        return False
    lower = [word for word in words if word[0].islower() and word not in _JOINTS and not is_form(word.strip("(),"))]
    return len(lower) * 2 < len(words) or len(words) <= 2
