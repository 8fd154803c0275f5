"""What an IRI of the graph stands for, as a page for people: what is said of it, and what points to it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from rdflib import RDF

import ontology
from kg import query

#: How many statements a page shows in each direction.
SHOWN = 200

_ABOUT = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?way ?property ?value ?name {{
  {{ SELECT DISTINCT ("of" AS ?way) ?property ?value {{ <{iri}> ?property ?value }}
     ORDER BY ?property ?value LIMIT {shown} }}
  UNION
  {{ SELECT DISTINCT ("to" AS ?way) ?property ?value {{ ?value ?property <{iri}> }}
     ORDER BY ?property ?value LIMIT {shown} }}
  OPTIONAL {{ ?value skos:prefLabel|rdfs:label|dcterms:title ?name }}
}} ORDER BY ?way ?property ?name ?value"""

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="alternate" type="text/turtle" href="{path}"><link rel="stylesheet" href="/style.css">
</head><body>
<p><a href="/">SPARQL endpoint</a></p>
<h1>{title}</h1>
<p><code>{iri}</code></p>
{said}
{pointing}
<p class="note">The same as data: ask this address for <code>text/turtle</code>, <code>application/ld+json</code> or
another format of RDF.</p>
</body></html>
"""

_Row = dict[str, dict[str, str]]


def about(iri: str) -> str:
    """The query for what a page on that IRI shows."""
    return _ABOUT.format(iri=iri, shown=SHOWN)


def description(iri: str) -> str:
    """The query for what is said of that IRI, as a graph."""
    return f"DESCRIBE <{iri}>"


def page(iri: str, base: str, answer: bytes) -> str | None:
    """The page, from the answer to `about` as JSON; None where nothing is known of the IRI."""
    rows: list[_Row] = json.loads(answer)["results"]["bindings"]
    if not rows:
        return None
    said = [row for row in rows if row["way"]["value"] == "of"]
    pointing = [row for row in rows if row["way"]["value"] == "to"]
    return _PAGE.format(
        title=escape(_title(iri, said)),
        iri=escape(iri),
        path=escape(_local(iri, base)),
        said=_table("What is said of it", said, base),
        pointing=_table("What points to it", pointing, base),
    )


def _title(iri: str, said: Iterable[_Row]) -> str:
    labels = {_short(row["property"]["value"]): row["value"]["value"] for row in said}
    return next((labels[name] for name in ("skos:prefLabel", "dcterms:title", "rdfs:label") if name in labels), iri)


def _table(title: str, rows: Iterable[_Row], base: str) -> str:
    values: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        values[row["property"]["value"]].setdefault(row["value"]["value"], _value(row, base))
    if not values:
        return ""
    lines = "\n".join(_lines(values))
    return f"<h2>{title}</h2>\n<table>\n{lines}\n</table>"


def _lines(values: dict[str, dict[str, str]]) -> Iterator[str]:
    for name, found in values.items():
        listed = "<br>".join(found.values())
        more = "<br>…" if len(found) >= SHOWN else ""
        yield f"<tr><th>{escape(_short(name))}</th><td>{listed}{more}</td></tr>"


def _value(row: dict[str, Any], base: str) -> str:
    value = row["value"]
    if value["type"] != "uri":
        return escape(value["value"])
    name = row["name"]["value"] if "name" in row else _short(value["value"])
    if not value["value"].startswith((base, "http://", "https://")):
        return escape(name)
    return f'<a href="{escape(_local(value["value"], base))}">{escape(name)}</a>'


def _local(iri: str, base: str) -> str:
    """Where the IRI is to be had from this server: its own by their path, whatever the base says of the host."""
    if iri.startswith(ontology.BASE):
        return f"/ontology#{iri.removeprefix(ontology.BASE)}"
    return "/" + iri.removeprefix(base) if iri.startswith(base) else iri


def _short(iri: str) -> str:
    if iri == str(RDF.type):
        return "type"
    for prefix, namespace in query.PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
