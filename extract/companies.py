"""The companies that a report names as players of its market: in lines, behind a label, in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.lines import Line
from extract.namelists import Listed, listed, looks_like_name, names_only, single
from extract.sections import Section
from ontology import cues

_CUE = re.compile(
    rf"\b(?:{cues.any_of('players-lead')}\s+(?:\w+\s+){{0,4}}?{cues.any_of('players-noun')}|"
    rf"{cues.any_of('players-bare')})\b"
    rf"[^.:;]{{0,90}}?{cues.any_of('lists')}\s*(?::\s*)?"
    rf"|\b{cues.any_of('report')} (?:also )?{cues.any_of('profiles')}\s+",
    re.I,
)
_SUBJECT = re.compile(
    rf"\b(?:are|were|remain)\s+(?:\w+\s+){{0,3}}?{cues.any_of('players-told-lead')}\b"
    rf"[^.]{{0,30}}\b{cues.any_of('players-told')}\b",
    re.I,
)
_LABEL = re.compile(
    rf"^{cues.any_of('players-label-lead')}?(?:market )?{cues.any_of('players-label')}"
    rf"{cues.any_of('players-label-end')}?\s*:\s*",
    re.I,
)
_END = re.compile(
    r",?\s+(?:and |or )?(?:among|amongst)\s+(?:others|other)\b|"
    r",?\s+(?:and|&)\s+(?:many\s+)?(?:others|more|several others|other \w+)\b|,?\s+etc\b|"
    rf",?\s+{cues.any_of('list-end-clause')}\b|\s+–\s|;\s+(?=[a-z])"
)
_ANNOUNCES = re.compile(rf"\b{cues.any_of('players-announced')}\b[^.]*(?::$|\b{cues.any_of('below')}\b)", re.I)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)%”\"])[.?!]\s+(?=[A-Z0-9“\"])")
_FORM_AT_END = re.compile(rf"(?:\b{cues.any_of('form-at-end')})$")
_SENTENCE_OPENING = re.compile(cues.any_of("sentence-opening"))
_DOTTED_FORM = re.compile(rf"\b{cues.any_of('dotted-form')}\.$")
_READ = ("players", "trends", "overview", "faq", "scope", "regions", "segments")
#: A line longer than this is read as prose, in characters.
_LONGEST_LINE = 160


def players(sections: Sequence[Section], dimension_opener: re.Pattern[str]) -> Iterator[Listed]:
    """The companies that a report lists among the players of its market, in order, restated ones again."""
    for section in sections:
        if section.kind in _READ:
            yield from _of_section(section, dimension_opener)


def _of_section(section: Section, dimension_opener: re.Pattern[str]) -> Iterator[Listed]:
    listing = section.kind == "players"
    for i, line in enumerate(section.lines):
        if line.prose or len(line.text) > _LONGEST_LINE:
            found = list(_of_prose(line, labelled=listing))
            yield from found
            if not found and _ANNOUNCES.search(line.text):
                listing = True
            elif not found and section.kind != "players" and not _LABEL.match(line.text):
                listing = False
        elif line.cells:
            continue
        elif dimension_opener.match(line.text.rstrip(" :")) or _ends_list(line, section.lines[:i]):
            listing = False
        elif listing:
            yield from _of_line(line, section.lines, i)


def _of_line(line: Line, lines: Sequence[Line], i: int) -> Iterator[Listed]:
    label = _LABEL.match(line.text)
    if label:
        yield from listed(line.text[label.end() :], line.start + label.end())
    elif looks_like_name(line.text) or (line.bullet and _among_names(line, lines, i)):
        if _several(line.text) and not line.bullet:
            yield from listed(line.text, line.start)
        else:
            yield single(line.text.rstrip(" ,;*"), line.start)


def _among_names(line: Line, lines: Sequence[Line], i: int) -> bool:
    """Whether a bullet that does not look like a name stands between bullets that do."""
    beside = [each for each in (*lines[max(0, i - 2) : i], *lines[i + 1 : i + 3]) if each.marker == line.marker]
    return len(line.text.split()) <= 4 and len(beside) >= 2 and all(looks_like_name(each.text) for each in beside)


def _ends_list(line: Line, before: Sequence[Line]) -> bool:
    return bool(before) and not line.bullet and not line.numbered and line.blanks > 0 and before[-1].bullet


def _several(text: str) -> bool:
    """Whether one line holds a list of names: separators that are no part of a legal form."""
    return len(list(listed(text, 0))) > 1 and (";" in text or text.count(",") > 1)


def _of_prose(line: Line, *, labelled: bool) -> Iterator[Listed]:
    label = _LABEL.match(line.text)
    if label:
        yield from listed(_until_end(line.text[label.end() :]), line.start + label.end())
        return
    for start, sentence in _sentences(line.text):
        cue = _CUE.search(sentence)
        subject = _SUBJECT.search(sentence) if labelled else None
        if cue and (labelled or cues.pattern("market-spoken-of").search(sentence[: cue.end()])):
            yield from names_only(_until_end(sentence[cue.end() :]), line.start + start + cue.end())
        elif subject:
            yield from names_only(sentence[: subject.start()], line.start + start)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a line with their offsets in it; the full stop of "Inc." ends none."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        following = text[match.end() :].split(" ", 1)[0]
        if not _FORM_AT_END.search(text[: match.start()]) or _SENTENCE_OPENING.fullmatch(following):
            yield start, text[start : match.start() + 1]
            start = match.end()
    yield start, text[start:]


def _until_end(text: str) -> str:
    cut = _END.search(text)
    text = text[: cut.start()] if cut else text
    return text if _DOTTED_FORM.search(text) else text.rstrip(" .")
