"""Who published a document and when, as its text says; finds nothing of what it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extract import figures
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
_NO_PUBLISHER = re.compile(rf"^{cues.any_of('no-publisher')}\b", re.I)


def published(text: str) -> str | None:
    """The date of publication as precise as stated (YYYY, YYYY-MM or YYYY-MM-DD): a dateline, else a marked date."""
    line = figures.dateline(text[:HEAD])
    if line is not None:
        return line.date
    for match in (*_DATED.finditer(text[:HEAD]), *_DATED.finditer(text, max(HEAD, len(text) - HEAD))):
        dates = figures.dates(match["date"])
        if dates and len(dates[0].date) > 4:
            return dates[0].date
    return next(_bylines(text[: HEAD // 2]), None)


def _bylines(text: str) -> Iterator[str]:
    """The days that stand between marks or blanks, apart from all sentences: "By A. Writer | 3 March 2031"."""
    for piece in re.split(r"[\n|·•]|\s{3,}", text):
        own = piece.strip()
        found = figures.dates(own) if 9 < len(own) < 25 else []
        if found and (found[0].start, found[0].end) == (0, len(own)) and len(found[0].date) == 10:
            yield found[0].date


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
