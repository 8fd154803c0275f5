"""What the endpoint says of itself: the SPARQL 1.1 service description, and a start page with the questions."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import urlencode

import pyoxigraph as ox

from kg import negotiation, query
from kg.query import Question
from kg.worker import Limits

_SD = "http://www.w3.org/ns/sparql-service-description#"
_TURTLE = """
@prefix sd: <{sd}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<{address}> a sd:Service ;
    sd:endpoint <{address}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {formats} ;
    sd:defaultDataset <{address}#dataset> ;
    rdfs:comment "{limits}"@en .
<{address}#dataset> a sd:Dataset ; sd:defaultGraph <{address}#default> .
<{address}#default> a sd:Graph ; rdfs:comment "The union of all named graphs."@en .
"""

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>SPARQL endpoint</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem }}
textarea, pre {{ width: 100%; box-sizing: border-box; font: 13px/1.45 ui-monospace, monospace; overflow-x: auto }}
dt {{ font-weight: 600; margin-top: 1rem }} dd {{ margin: 0 }}
</style></head><body>
<h1>SPARQL endpoint</h1>
<p>Queries go to <code>{address}</code> by GET or POST, as the SPARQL 1.1 Protocol has it. The graph is read-only.
The default graph is the union of all named graphs, one for each source.</p>
<form action="{address}"><label>Query <textarea name="query" rows="8" spellcheck="false">{example}</textarea></label>
<p><button>Run</button></p></form>
<h2>Questions</h2>
<dl>
{questions}
</dl>
</body></html>
"""


def service(address: str, limits: Limits, accept: str) -> tuple[str, bytes]:
    """Media type and body of the service description, in the format asked for, else in Turtle."""
    chosen = negotiation.choose(accept, negotiation.GRAPHS) or ox.RdfFormat.TURTLE
    turtle = _TURTLE.format(sd=_SD, address=address, formats=_formats(), limits=_sentence(limits))
    triples = (quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE))
    body = ox.serialize(triples, format=chosen, prefixes={"sd": _SD})
    return negotiation.media_type(chosen), body or b""


def page(address: str) -> str:
    """The start page in HTML: a form, and each question of the library with its text and a link that runs it."""
    questions = "\n".join(_entry(address, question) for question in query.questions().values())
    example = query.get("fact-counts").text
    return _PAGE.format(address=escape(address), example=escape(example), questions=questions)


def _formats() -> str:
    iris = {form.iri for form in negotiation.TABLES.values()} | {form.iri for form in negotiation.GRAPHS.values()}
    return ", ".join(f"<{iri}>" for iri in sorted(iris))


def _sentence(limits: Limits) -> str:
    return (
        f"A query may take {limits.seconds:g} seconds and {limits.memory} MB of memory, "
        f"its answer {limits.answer} bytes; SERVICE and updates are refused."
    )


def _entry(address: str, question: Question) -> str:
    return "".join(_pieces(address, question))


def _pieces(address: str, question: Question) -> Iterator[str]:
    yield f"<dt>{escape(question.title)}</dt><dd>{escape(question.about)}."
    if all(parameter.default is not None for parameter in question.parameters):
        link = f"{address}?{urlencode({'query': question.text})}"
        yield f' <a href="{escape(link)}">Run</a>'
    yield f"<details><summary>{escape(question.name)}.rq</summary><pre>{escape(question.text)}</pre></details></dd>"
