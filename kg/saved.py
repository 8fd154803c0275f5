"""Questions as plain links, for spreadsheets and other tools that can only fetch an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from kg import query
from kg.home import Home
from kg.query import Question
from kg.worker import Task
from ontology.errors import KgError

#: What the endings of links stand for.
ENDINGS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
}
#: Before a CSV table: without it Excel takes UTF-8 for another encoding.
MARK = "\ufeff".encode()

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Questions as links</title><link rel="stylesheet" href="/style.css"></head><body>
<p><a href="/">SPARQL endpoint</a></p>
<h1>Questions as links</h1>
<p>Each address gives a table; other endings: {endings}. Parameters stand behind the question mark.</p>
<dl>
{entries}
</dl>
</body></html>
"""


class UnknownEndingError(KgError):
    """A link that ends in a format that there is none of."""


def questions(home: Home) -> dict[str, Question]:
    """The questions of the library, and those that stand as `queries/NAME.rq` in the home."""
    own = {path.stem: _read(path) for path in sorted((home.path / "queries").glob("*.rq"))}
    return {**query.questions(), **own}


def task(question: Question, ending: str, values: Mapping[str, str], accept: str) -> Task:
    """The query that a link asks; without an ending the Accept header chooses. Raises KgError."""
    if ending and ending not in ENDINGS:
        raise UnknownEndingError(f"there is no .{ending}, only .{', .'.join(ENDINGS)}")
    return Task(query.bind(question, values), ENDINGS.get(ending, accept))


def page(home: Home, address: str) -> str:
    """The page that lists all links."""
    entries = "\n".join("".join(_entry(question, address)) for question in questions(home).values())
    return _PAGE.format(endings=", ".join(f".{each}" for each in ENDINGS if each != "csv"), entries=entries)


def link(question: Question, address: str, ending: str = "csv") -> str:
    """The link of a question, with its defaults; a parameter that has none is shown by its name in capitals."""
    values = {each.name: each.name.upper() if each.default is None else each.default for each in question.parameters}
    return f"{address}/{question.name}.{ending}{'?' if values else ''}{urlencode(values)}"


def _read(path: Path) -> Question:
    return query.parse(path.stem, path.read_text("utf-8"))


def _entry(question: Question, address: str) -> Iterator[str]:
    target = escape(link(question, address))
    yield f"<dt>{escape(question.title)}</dt><dd>{escape(question.about)}.<br>"
    yield f'<a href="{target}"><code>{target}</code></a>'
    for each in question.parameters:
        yield f"<br><small>{escape(each.name)} ({escape(each.type)}): {escape(each.about)}</small>"
    yield "</dd>"
