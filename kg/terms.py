"""The ontology as the endpoint shows it: as RDF, and as a page of its kinds and types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

import pyoxigraph as ox

import ontology
from kg import negotiation, query

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ontology</title><link rel="stylesheet" href="/style.css"></head><body>
<p><a href="/">SPARQL endpoint</a></p>
<h1>Ontology</h1>
<p>The terms of the graph, all in <code>{namespace}</code>. As data: ask this address for <code>text/turtle</code>,
<code>application/ld+json</code> or another format of RDF; the <a href="/ontology/regions">regions</a> are apart.</p>
<h2>Who and what takes part</h2>
<table>{types}</table>
<h2>What is told</h2>
<table>{kinds}</table>
</body></html>
"""


def data(name: str, accept: str) -> tuple[str, bytes]:
    """Media type and body of `ci` or `regions` in the format asked for, else in Turtle."""
    chosen = negotiation.choose(accept, negotiation.GRAPHS) or ox.RdfFormat.TURTLE
    return negotiation.media_type(chosen), ox.serialize(_triples(name), format=chosen, prefixes=query.PREFIXES) or b""


def page() -> str:
    """The page of all terms."""
    types = "".join(_types())
    return _PAGE.format(namespace=escape(ontology.BASE), types=types, kinds="".join(_kinds()))


@cache
def _triples(name: str) -> tuple[ox.Triple, ...]:
    text = files("ontology").joinpath(f"{name}.ttl").read_bytes()
    return tuple(quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE))


def _types() -> Iterator[str]:
    return (_row(str(each.iri), "") for each in ontology.types().values())


def _kinds() -> Iterator[str]:
    for kind in ontology.kinds().values():
        yield _row(str(kind.iri), ", ".join(role.name.replace("_", " ") for role in kind.roles))


def _row(iri: str, roles: str) -> str:
    name, told = iri.removeprefix(ontology.BASE), _comment(iri)
    parties = f"<br><small>{escape(roles)}</small>" if roles else ""
    return f'<tr id="{escape(name)}"><th>{escape(name)}</th><td>{escape(told)}{parties}</td></tr>'


def _comment(iri: str) -> str:
    return _texts(iri, ("comment", "definition", "label"))


def _texts(iri: str, names: Iterable[str]) -> str:
    said = {each.predicate.value.rpartition("#")[2]: each for each in _triples("ci") if each.subject.value == iri}  # type: ignore[union-attr] # subjects are IRIs
    found = (said[name].object for name in names if name in said)
    return next((each.value for each in found if isinstance(each, ox.Literal)), "")
