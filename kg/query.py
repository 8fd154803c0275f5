"""The library of questions (`queries/*.rq`) and how SPARQL is run on a published version; it writes nothing.

A question is a SPARQL query with a header of comments:

    # title: Deals of a company
    # about: what the answer holds
    # param: company text the company, by any of its names

The value of a parameter stands in `VALUES ?company { ... }`, which holds its default, so that every file runs as it
is in any SPARQL tool. `UNDEF` there means that a value must be given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import IO, Protocol

import pyoxigraph as ox

from kg import guard
from ontology.errors import KgError

#: The formats by name, for tables and for graphs.
TABLE_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS = {"turtle": ox.RdfFormat.TURTLE, "json": ox.RdfFormat.JSON_LD, "xml": ox.RdfFormat.RDF_XML}
#: How the vocabularies of the graph are abbreviated.
PREFIXES = {
    "ci": "https://w3id.org/ci-kg#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_XSD = "http://www.w3.org/2001/XMLSchema#"
_HEADER = re.compile(r"^# (title|about|param): (.+)$", re.MULTILINE)
_VALUES = re.compile(r"VALUES\s+\?(\w+)\s*\{([^{}]*)\}")


class UnknownQuestionError(KgError):
    """A name that the library does not hold."""


class ParameterError(KgError):
    """A parameter that the question does not have, that lacks its value, or whose value is not of its type."""


class QueryError(KgError):
    """A query that cannot be parsed, run or written in the format asked for."""


class Readable(Protocol):
    """What a query runs on: a published version of the graph."""

    def store(self) -> ox.Store:
        """The graphs of the version, to be read only."""
        ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question; `type` is text, integer, decimal, date or iri, `default` None where it has none."""

    name: str
    type: str
    about: str
    default: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """A query of the library: `text` is valid SPARQL that holds the defaults."""

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """An answer for people: column names, and rows of texts, empty where nothing is bound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@cache
def questions() -> dict[str, Question]:
    """The whole library by name, in alphabetical order."""
    found = [each for each in files("kg").joinpath("queries").iterdir() if each.name.endswith(".rq")]
    return {
        each.name.removesuffix(".rq"): parse(each.name.removesuffix(".rq"), each.read_text("utf-8"))
        for each in sorted(found, key=lambda each: each.name)
    }


def names() -> tuple[str, ...]:
    """The names of all questions of the library."""
    return tuple(questions())


def get(name: str) -> Question:
    """The question of that name; raises UnknownQuestionError."""
    if name not in questions():
        raise UnknownQuestionError(f"there is no question {name!r}: `kg queries` lists {', '.join(names())}")
    return questions()[name]


def parse(name: str, text: str) -> Question:
    """The question that a text with a header asks; without a header it has no parameters.

    Raises ParameterError where the header names a parameter that the text does not use.
    """
    header = _HEADER.findall(text)
    fields = {key: value for key, value in header if key != "param"}
    return Question(
        name=name,
        title=fields.get("title", name),
        about=fields.get("about", ""),
        parameters=tuple(_parameters(name, text, [value for key, value in header if key == "param"])),
        text=text,
    )


def bind(question: Question, values: Mapping[str, str]) -> str:
    """The text of the question with the values of its parameters; those not given keep their default.

    Raises ParameterError for a name it does not have, a value that is not of the type, or one that is missing.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in values:
        if name not in known:
            raise ParameterError(f"{question.name} has no parameter {name!r}, only {', '.join(known) or 'none'}")
    missing = [each.name for each in question.parameters if each.default is None and each.name not in values]
    if missing:
        raise ParameterError(f"{question.name} needs a value for {', '.join(missing)}: {missing[0]}=...")
    terms = {name: _term(known[name], value) for name, value in values.items()}
    return _VALUES.sub(lambda m: f"VALUES ?{m[1]} {{ {terms[m[1]]} }}" if m[1] in terms else m[0], question.text)


def run(version: Readable, text: str) -> Answer:
    """The answer of a query on the union of all graphs, or on those that it names with FROM.

    Raises QueryError for a text that is no query, for one that would contact another server, and where the graph
    cannot be read.
    """
    if (refusal := guard.refusal(text)) is not None:
        raise QueryError(refusal)
    try:
        return version.store().query(text, use_default_graph_as_union=not guard.names_dataset(text))
    except SyntaxError as error:
        raise QueryError(f"this is not SPARQL 1.1: {error}") from error
    except (OSError, RuntimeError) as error:  # the engine tells of damaged files by the latter
        raise QueryError(f"the graph cannot be read: {error}; `kg build` makes it anew") from error


def table(answer: Answer) -> Table:
    """The answer as texts; a graph gives its triples, a yes/no question one cell."""
    if isinstance(answer, ox.QueryBoolean):
        return Table(("answer",), (("yes" if answer else "no",),))
    if isinstance(answer, ox.QueryTriples):
        rows = (tuple(_text(term) for term in triple) for triple in answer)
        return Table(("subject", "predicate", "object"), tuple(sorted(rows)))
    columns = tuple(variable.value for variable in answer.variables)
    return Table(columns, tuple(tuple(_text(term) for term in row) for row in answer))


def write(answer: Answer, name: str, output: IO[bytes]) -> None:
    """Write the answer in a format of FORMATS except table; raises QueryError where it does not hold the answer."""
    if isinstance(answer, ox.QueryTriples):
        if name not in GRAPH_FORMATS:
            raise QueryError(f"the query gives a graph, which {name} does not hold: take turtle, json, xml or table")
        ox.serialize(answer, output, GRAPH_FORMATS[name], prefixes=PREFIXES)
    elif name not in TABLE_FORMATS:
        raise QueryError(f"the query gives a table, which {name} does not hold: take csv, tsv, json, xml or table")
    else:
        answer.serialize(output, TABLE_FORMATS[name])


def _parameters(question: str, text: str, lines: list[str]) -> Iterator[Parameter]:
    defaults = {name: value.strip() for name, value in _VALUES.findall(text)}
    for line in lines:
        name, kind, about = (*line.split(maxsplit=2), "", "")[:3]
        if name not in defaults or kind not in _TERMS:
            raise ParameterError(f"{question}: '# param: {line}' needs a type and a place: VALUES ?{name} {{ ... }}")
        yield Parameter(name, kind, about, _plain(defaults[name]))


def _plain(term: str) -> str | None:
    return None if term == "UNDEF" else re.sub(r'^["<](.*)[">](\^\^\S+)?$', r"\1", term)


def _decimal(value: str) -> ox.Literal:
    if not (number := Decimal(value)).is_finite():
        raise ValueError(value)
    return ox.Literal(f"{number:f}", datatype=ox.NamedNode(f"{_XSD}decimal"))


def _date(value: str) -> ox.Literal:
    return ox.Literal(date.fromisoformat(f"{value}-01-01"[:10]).isoformat(), datatype=ox.NamedNode(f"{_XSD}date"))


#: From a value as typed to its term, for each type of parameter; a year or month stands for its first day.
_TERMS: dict[str, Callable[[str], ox.NamedNode | ox.Literal]] = {
    "text": ox.Literal,
    "integer": lambda value: ox.Literal(int(value)),
    "decimal": _decimal,
    "date": _date,
    "iri": ox.NamedNode,
}


def _term(parameter: Parameter, value: str) -> str:
    try:
        return str(_TERMS[parameter.type](value))
    except (ValueError, InvalidOperation) as error:
        raise ParameterError(f"{parameter.name}={value}: this is no {parameter.type}") from error


def _text(term: object) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)
