"""A SPARQL 1.1 server of another make as the store: asked like the embedded one, filled over standard protocols."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import urlencode

import pyoxigraph as ox

from kg import guard
from ontology.errors import KgError

_Format = TypeVar("_Format")

#: Triples of one update: more than that some engines refuse.
BATCH = 500
#: How long an engine may take to answer, in seconds, where nothing else is said.
PATIENCE = 60.0

_TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}
#: What a graph held when it was written, so that it is written again only when that has changed.
_DIGEST = ox.NamedNode("http://purl.org/dc/terms/identifier")


class RemoteError(KgError, OSError):
    """A server that cannot be reached, or that does not do what it is asked."""


class RemoteTimeoutError(RemoteError, TimeoutError):
    """A server that did not answer in time."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A server: the addresses of its query, update and (if any) graph store protocol, and what headers it wants.

    It is read like a pyoxigraph store: `query`, `quads_for_pattern`, `named_graphs`, `len` and iteration. Its default
    graph must be the union of its named graphs. Raises SyntaxError for what is no query, and RemoteError.
    """

    queries: str
    updates: str = ""
    graphs: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = PATIENCE

    @classmethod
    def at(cls, address: str, headers: Mapping[str, str] | None = None) -> Remote:
        """The server at the address of its queries; updates go to the same one, or to `/update` beside `/query`."""
        beside = address.removesuffix("/query") + "/update" if address.endswith("/query") else address
        return cls(address, beside, headers=headers or {})

    def query(
        self,
        query: str,
        *,
        base_iri: str | None = None,
        use_default_graph_as_union: bool = True,  # noqa: ARG002 - which is what it is
        default_graph: Iterable[ox.NamedNode] = (),
        named_graphs: Iterable[ox.NamedNode] = (),
    ) -> ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]:
        """The answer of a query; that of CONSTRUCT and DESCRIBE as triples."""
        text = f"BASE <{base_iri}>\n{query}" if base_iri else query
        form = [("query", text)]
        form += [("default-graph-uri", graph.value) for graph in default_graph]
        form += [("named-graph-uri", graph.value) for graph in named_graphs]
        graph = guard.gives_graph(query)
        accepted = ", ".join(_GRAPHS if graph else _TABLES)
        media_type, body = self._sent(self.queries, urlencode(form).encode(), {"Accept": accepted})
        if graph:
            return (quad.triple for quad in _graph(media_type, body, self.queries))
        return ox.parse_query_results(body, _known(_TABLES, media_type, self.queries))

    def update(self, text: str) -> None:
        """Run an update."""
        if not self.updates:
            raise RemoteError(
                f"{self.queries}: no address for updates is known; set `update` under [store] in kg.toml"
            )
        self._sent(self.updates, urlencode({"update": text}).encode())

    def replace(self, graph: ox.NamedNode, triples: Sequence[ox.Triple]) -> None:
        """Make a named graph hold these triples and no others; not in one step where there are more than BATCH."""
        if self.graphs:
            body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            address = f"{self.graphs}?{urlencode({'graph': graph.value})}"
            self._sent(address, body, {"Content-Type": "application/n-triples"}, method="PUT")
            return
        self.update(f"DROP SILENT GRAPH {graph}")
        for at in range(0, len(triples), BATCH):
            lines = " .\n".join(map(str, triples[at : at + BATCH]))
            self.update(f"INSERT DATA {{ GRAPH {graph} {{ {lines} }} }}")

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        object: ox.NamedNode | ox.Literal | None,  # noqa: A002 - as pyoxigraph has it
        graph_name: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads that match, None for any term."""
        given = {"s": subject, "p": predicate, "o": object, "g": graph_name}
        s, p, o, g = (f"?{name}" if term is None else str(term) for name, term in given.items())
        for row in self._rows(f"SELECT * {{ GRAPH {g} {{ {s} {p} {o} }} }}"):
            found: list[Any] = [row[name] if term is None else term for name, term in given.items()]
            yield ox.Quad(*found)

    def named_graphs(self) -> Iterator[ox.NamedNode]:
        """The graphs that hold anything, also those of others."""
        return (row["g"] for row in self._rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))

    def __iter__(self) -> Iterator[ox.Quad]:
        return self.quads_for_pattern(None, None, None)

    def __len__(self) -> int:
        rows = self._rows("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
        return int(next(iter(rows))["n"].value)

    def _rows(self, text: str) -> ox.QuerySolutions:
        found = self.query(text)
        if not isinstance(found, ox.QuerySolutions):
            raise RemoteError(f"{self.queries}: answers SELECT with something else")
        return found

    def _sent(
        self, address: str, body: bytes, headers: Mapping[str, str] | None = None, *, method: str = "POST"
    ) -> tuple[str, bytes]:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        if not address.startswith(("http://", "https://")):
            raise RemoteError(f"{address}: the address of a server begins with http:// or https://")
        request = urllib.request.Request(  # noqa: S310 - checked above
            address, body, {**form, **self.headers, **(headers or {})}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=self.seconds) as answer:  # noqa: S310 - checked above
                return answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as error:
            told = " ".join(error.read(500).decode("utf-8", "replace").split())
            if error.code == 400 and address == self.queries:
                raise SyntaxError(told) from error
            raise RemoteError(f"{address}: answers with status {error.code}: {told}") from error
        except TimeoutError as error:
            raise RemoteTimeoutError(f"{address}: no answer within {self.seconds:g} seconds") from error
        except OSError as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise RemoteTimeoutError(f"{address}: no answer within {self.seconds:g} seconds") from error
            raise RemoteError(f"{address}: cannot be reached ({getattr(error, 'reason', error)})") from error


def fill(remote: Remote, graph: ox.Store, base: str) -> int:
    """Make the server hold the graphs of a version, writing only those that differ; returns how many those were.

    What each graph holds is noted in the graph `graph/store` below the base, so what a broken attempt left undone is
    done by the next.
    Raises RemoteError, also where the server's default graph is not the union of its named graphs.
    """
    state = ox.NamedNode(f"{base}graph/store")
    noted = remote.quads_for_pattern(None, _DIGEST, None, state)
    known = {quad.subject: quad.object for quad in noted if isinstance(quad.subject, ox.NamedNode)}
    held = {each: _sorted(graph, each) for each in graph.named_graphs() if isinstance(each, ox.NamedNode)}
    digests = {each: ox.Literal(_digest(triples)) for each, triples in held.items()}
    changed = [each for each in known.keys() | digests.keys() if known.get(each) != digests.get(each)]
    for each in sorted(changed, key=str):
        if each in known:
            remote.update(f"DELETE WHERE {{ GRAPH {state} {{ {each} {_DIGEST} ?digest }} }}")
        remote.replace(each, held.get(each, []))
        if each in digests:
            remote.update(f"INSERT DATA {{ GRAPH {state} {{ {each} {_DIGEST} {digests[each]} }} }}")
    _check_union(remote, state)
    return len(changed)


def _check_union(remote: Remote, state: ox.NamedNode) -> None:
    note = f"?graph {_DIGEST} ?digest"
    if remote.query(f"ASK {{ GRAPH {state} {{ {note} }} }}") and not remote.query(f"ASK {{ {note} }}"):
        raise RemoteError(
            f"{remote.queries}: queries without GRAPH see nothing; set up the server so that its default graph is "
            "the union of all graphs (Oxigraph: --union-default-graph, Fuseki: tdb2:unionDefaultGraph)"
        )


def _sorted(graph: ox.Store, name: ox.NamedNode) -> list[ox.Triple]:
    return sorted((quad.triple for quad in graph.quads_for_pattern(None, None, None, name)), key=str)


def _digest(triples: Iterable[ox.Triple]) -> str:
    return sha256("\n".join(map(str, triples)).encode()).hexdigest()[:32]


def _graph(media_type: str, body: bytes, address: str) -> Iterator[ox.Quad]:
    return ox.parse(body, _known(_GRAPHS, media_type, address))


def _known(formats: Mapping[str, _Format], media_type: str, address: str) -> _Format:
    if media_type not in formats:
        raise RemoteError(f"{address}: answers in {media_type}, not in one of {', '.join(formats)}")
    return formats[media_type]
