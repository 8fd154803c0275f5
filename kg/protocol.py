"""What a request asks for after the SPARQL 1.1 Protocol; answers nothing itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin

from kg import guard
from kg.worker import Task
from ontology.errors import KgError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

#: What each attempt to write is answered with.
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class ProtocolError(KgError):
    """A request that is no query of the protocol, with the HTTP status that says so."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


@dataclass(frozen=True, slots=True)
class Message:
    """What of an HTTP request counts: the query string of its address, and body and Content-Type of a POST."""

    query_string: str
    accept: str = ""
    content_type: str | None = None
    body: bytes = b""


def task(message: Message) -> Task:
    """The query that the message carries; raises ProtocolError where it carries none or several, or an update."""
    parameters = [*_pairs(message.query_string), *_body(message)]
    if _all(parameters, "update"):
        raise ProtocolError(403, guard.READ_ONLY)
    queries = _all(parameters, "query")
    if len(queries) != 1:
        raise ProtocolError(400, f"a request carries exactly one parameter `query`, this one {len(queries)}")
    return Task(
        text=queries[0],
        accept=message.accept,
        default_graphs=_all(parameters, "default-graph-uri"),
        named_graphs=_all(parameters, "named-graph-uri"),
    )


def graph(message: Message, base: str, path: str = "") -> Task:
    """The graph that a request of the Graph Store Protocol reads: by `graph`, by `default`, or by its address itself.

    The default graph is the union of all. Raises ProtocolError where the request names none, or several.
    """
    parameters = _pairs(message.query_string)
    named, default = _all(parameters, "graph"), _all(parameters, "default")
    if len(named) + len(default) + bool(path) != 1:
        raise ProtocolError(400, "name one graph: /graph-store?graph=IRI, /graph-store?default, or /graph-store/PATH")
    if default:
        return Task(_ALL, message.accept)
    return Task(_ALL, message.accept, default_graphs=(urljoin(base, named[0] if named else path),), required=True)


def _body(message: Message) -> list[tuple[str, str]]:
    if message.content_type is None:
        return []
    media_type, _, rest = message.content_type.partition(";")
    charset = re.search(r'charset="?([\w-]+)', rest, re.IGNORECASE)
    if charset and charset[1].lower().replace("-", "") != "utf8":
        raise ProtocolError(415, f"the body is {charset[1]}: only UTF-8 is read")
    try:
        text = message.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the body is not UTF-8") from error
    match media_type.strip().lower():
        case "application/x-www-form-urlencoded":
            return _pairs(text)
        case "application/sparql-query":
            return [("query", text)]
        case "application/sparql-update":
            return [("update", text)]
    raise ProtocolError(415, f"the Content-Type of a POST is {FORM} or {QUERY}, not {media_type or 'missing'}")


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the parameters are not UTF-8") from error


def _all(parameters: Iterable[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in parameters if key == name)
