"""Who published a document and when, as its text says; finds nothing of what it is about."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterator

from extract import datelines, figures
from extract.figures import Dated
from ontology import cues

#: How far from its beginning a page names its date, in characters.
HEAD = 2500

_DATED = re.compile(
    rf"(?:\b{cues.any_of('dated')}\b|(?:^|[|·])[ \t]*{cues.any_of('dated-label')}\b[ \t]*:)"
    r"\s*[:|–-]?\s*(?P<date>[^\n|]{4,30})",
    re.I | re.M,
)
_NAME = r"(?P<name>(?:[A-Z][\w’'-]*|&|and|of)(?: (?:[A-Z][\w’'-]*|&|and|of)){0,4})"
_PUBLISHERS = (
    re.compile(rf"\b{cues.any_of('published-by')} by {_NAME}"),
    re.compile(rf"^About {_NAME}\s*(?::|$)", re.M),
    re.compile(rf"(?:©|\(c\)|[Cc]opyright)\s*(?:(?:19|20)\d\d[,\s]*)?(?:by )?{_NAME}"),
    re.compile(rf"\b{_NAME} {cues.any_of('publisher-does')}"),
    re.compile(rf"^Source: {_NAME}", re.M),
)
_BYLINE = re.compile(r"(?i)(?:posted|published|updated|released|issued|written|filed|by)\b")
_BEHIND = re.compile(
    r"(?i)(?:,? ?(?:at )?\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?"
    r"(?: [A-Z]{2,5}\b| \w+ (?:standard|daylight|summer) time)?|"
    r",? by [A-Z].*|\(.{2,20}\))?$"
)
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](20\d\d)\b")
_EUROPEAN = re.compile(r"\b(?:CES?T|BST|GMT|WES?T|EES?T|IST)\b")
_NO_PUBLISHER = re.compile(rf"^{cues.any_of('no-publisher')}\b", re.I)


def published(text: str) -> str | None:
    """The date of publication as precise as stated (YYYY, YYYY-MM or YYYY-MM-DD): a dateline, else a marked date."""
    line = datelines.dateline(text[:HEAD])
    if line is not None:
        return line.date
    for match in (*_DATED.finditer(text[:HEAD]), *_DATED.finditer(text, max(HEAD, len(text) - HEAD))):
        dates = figures.dates(match["date"])
        if dates and len(dates[0].date) > 4:
            return dates[0].date
    head = text[: HEAD // 2]
    return next(_bylines(head), None) or next(_headers(head), None)


def _bylines(text: str) -> Iterator[str]:
    """The days that stand between marks or blanks, apart from all sentences: "By A. Writer | 3 March 2031"."""
    for piece in re.split(r"[\n|·•]|\s{3,}", text):
        own = piece.strip()
        found = figures.dates(own) if 9 < len(own) < 25 else []
        if found and (found[0].start, found[0].end) == (0, len(own)) and len(found[0].date) == 10:
            yield found[0].date


def _headers(text: str) -> Iterator[str]:
    """The dates of lines that are no sentences: "Posted by A on 24 June 2031", "12 Nov 2031 17:06 CET"."""
    for line in re.split(r"\n|[ \t]{4,}", text):
        own = line.strip()
        if not 6 < len(own) < 110 or own.endswith((".", ":", "?", "!")):
            continue
        found = [each for each in figures.dates(own) if len(each.date) >= 7]
        numeric = _NUMERIC.match(own)
        if numeric and not found:
            yield from _day_first(numeric, text)
        elif len(found) == 1 and _stands_apart(own, found[0]):
            yield found[0].date


def _stands_apart(line: str, dated: Dated) -> bool:
    before, after = line[: dated.start].strip(" ,-–—|·"), line[dated.end :].strip()
    if len(dated.date) < 10:
        return not after and len(before) < 60 and bool(before) and dated.start > 1 and line[dated.start - 2] in ",–-—"
    if _BYLINE.match(before) or (before.lower().endswith((" for", "for")) and not after and len(before) < 30):
        return len(before) < 60
    return not before and bool(_BEHIND.match(after))


def _day_first(numeric: re.Match[str], text: str) -> Iterator[str]:
    """The day of "10/07/2031, 08:00 CEST": day first where a European clock or the name of the month says so."""
    first, second, year = int(numeric[1]), int(numeric[2]), int(numeric[3])
    named = second <= 12 and re.search(rf"\b{calendar.month_name[second]}\b", text) is not None
    if 1 <= second <= 12 and 1 <= first <= 31 and (named or _EUROPEAN.search(numeric.string, numeric.end())):
        yield f"{year}-{second:02}-{first:02}"


def publisher(text: str) -> str | None:
    """The name that most marks of a publisher agree on ("© 2031 Name", "About Name"); None where there is none."""
    votes: Counter[str] = Counter()
    for pattern in _PUBLISHERS:
        for match in pattern.finditer(text):
            name = re.sub(r"\s+(?:and|of|All|Rights)(?:\s.*)?$", "", match["name"]).strip()
            if not _NO_PUBLISHER.match(name) and len(name) > 2:
                votes[name] += 1
    if not votes:
        return None
    return max(votes, key=lambda name: (votes[name] + 2 * text[:400].count(name), len(name)))
