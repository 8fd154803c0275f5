"""What the endpoint says of itself: service description with the numbers of its graph, and pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from importlib.resources import files

import pyoxigraph as ox

from kg import negotiation, query, sandbox, saved
from kg.home import Home
from kg.query import Question
from kg.worker import Limits

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
#: The graph by classes and by properties.
CLASSES = "SELECT ?class (COUNT(*) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n) ?class"
PROPERTIES = "SELECT ?property (COUNT(*) AS ?n) { ?s ?property ?o } GROUP BY ?property ORDER BY DESC(?n) ?property"

_TURTLE = """
@prefix sd: <{sd}> .
@prefix void: <{void}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<{address}> a sd:Service ;
    sd:endpoint <{address}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {formats} ;
    sd:defaultDataset <{address}#dataset> ;
    rdfs:comment "{limits}"@en .
<{address}#dataset> a sd:Dataset, void:Dataset ;
    sd:defaultGraph <{address}#default> ;
    void:sparqlEndpoint <{address}> ;
    void:uriSpace "{base}" ;
    void:vocabulary <https://w3id.org/ci-kg#> .
<{address}#default> a sd:Graph ; rdfs:comment "The union of all named graphs."@en .
"""
_STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  overflow-wrap: anywhere }
textarea, pre { width: 100%; box-sizing: border-box; font: 13px/1.45 ui-monospace, monospace; overflow-x: auto }
dt { font-weight: 600; margin-top: 1rem } dd { margin: 0 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem }
tr + tr { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent) }
th { width: 14rem; font-weight: 500 }
.note, small { opacity: .75 }
"""
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>SPARQL endpoint</title><link rel="stylesheet" href="/style.css"></head><body>
<h1>SPARQL endpoint</h1>
<p>Queries go to <code>{address}</code> by GET or POST, as the SPARQL 1.1 Protocol has it. The graph is read-only.
The default graph is the union of all named graphs, one for each source.</p>
<p><a href="/editor">Editor</a> · <a href="/queries">questions as links</a> · <a href="/ontology">ontology</a> ·
<a href="/sparql">service description</a></p>
<form action="{address}"><label>Query <textarea name="query" rows="8" spellcheck="false">{example}</textarea></label>
<p><button>Run</button></p></form>
<h2>Questions</h2>
<dl>
{questions}
</dl>
</body></html>
"""
_EDITOR = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>SPARQL editor</title><link rel="stylesheet" href="/yasgui/yasgui.min.css">
<link rel="icon" href="data:,">
</head><body><div id="yasgui"></div>
<script type="application/json" id="questions">{questions}</script>
<script src="/yasgui/yasgui.min.js"></script><script src="/yasgui/editor.js"></script>
</body></html>
"""


def service(address: str, home: Home, limits: Limits) -> str:
    """The service description in Turtle, without the numbers of the graph."""
    return _TURTLE.format(
        sd=_SD,
        void=_VOID,
        address=address,
        formats=_formats(),
        limits=_sentence(limits),
        base=home.base,
    )


def numbers(address: str, classes: bytes, properties: bytes) -> str:
    """The numbers of the graph in Turtle, from the answers to `CLASSES` and `PROPERTIES` as JSON."""
    dataset = f"<{address}#dataset>"
    counts = {name: _counts(answer, name) for name, answer in (("class", classes), ("property", properties))}
    lines = [
        f"{dataset} void:triples {sum(counts['property'].values())} .",
        f"{dataset} void:classes {len(counts['class'])} ; void:properties {len(counts['property'])} .",
    ]
    for name, told in (("class", "void:entities"), ("property", "void:triples")):
        for at, (iri, count) in enumerate(counts[name].items()):
            part = f"<{address}#{name}-{at}>"
            lines.append(f"{dataset} void:{name}Partition {part} . {part} void:{name} <{iri}> ; {told} {count} .")
    return f"@prefix void: <{_VOID}> .\n" + "\n".join(lines)


def written(turtle: str, accept: str) -> tuple[str, bytes]:
    """Media type and body of that Turtle in the format asked for, else in Turtle."""
    chosen = negotiation.choose(accept, negotiation.GRAPHS) or ox.RdfFormat.TURTLE
    triples = (quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE))
    body = ox.serialize(triples, format=chosen, prefixes={"sd": _SD, "void": _VOID})
    return negotiation.media_type(chosen), body or b""


def page(address: str) -> str:
    """The start page in HTML: a form, and each question of the library with its text and a link that runs it."""
    questions = "\n".join("".join(_entry(question)) for question in query.questions().values())
    example = query.get("fact-counts").text
    return _PAGE.format(address=escape(address), example=escape(example), questions=questions)


def editor(questions: Mapping[str, Question]) -> str:
    """The page of the editor, with the questions as its examples."""
    examples = [{"name": each.title, "query": each.text} for each in questions.values()]
    return _EDITOR.format(questions=json.dumps(examples).replace("<", "\\u003c"))


def style() -> str:
    """The style sheet of all pages."""
    return _STYLE


def script(name: str) -> bytes | None:
    """A file of the editor, None where there is none of that name."""
    folder = files("kg").joinpath("yasgui")
    found = [each for each in folder.iterdir() if each.name == name]
    return found[0].read_bytes() if found else None


def _counts(answer: bytes, name: str) -> dict[str, int]:
    rows = json.loads(answer)["results"]["bindings"]
    return {row[name]["value"]: int(row["n"]["value"]) for row in rows}


def _formats() -> str:
    iris = {form.iri for form in negotiation.TABLES.values()} | {form.iri for form in negotiation.GRAPHS.values()}
    return ", ".join(f"<{iri}>" for iri in sorted(iris))


def _sentence(limits: Limits) -> str:
    barriers = "by parse and by the system" if sandbox.available() else "by parse alone, as this system has no filter"
    return (
        f"A query may take {limits.seconds:g} seconds and {limits.memory} MB of memory, "
        f"its answer {limits.answer} bytes. "
        f"Updates are refused; SERVICE, files and other addresses are shut {barriers}."
    )


def _entry(question: Question) -> Iterator[str]:
    yield f"<dt>{escape(question.title)}</dt><dd>{escape(question.about)}."
    if all(parameter.default is not None for parameter in question.parameters):
        yield f' <a href="{escape(saved.link(question, "/queries"))}">As a table</a>'
    yield f"<details><summary>{escape(question.name)}.rq</summary><pre>{escape(question.text)}</pre></details></dd>"
