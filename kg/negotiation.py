"""The formats that SPARQL answers are written in, and which of them an Accept header asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import pyoxigraph as ox

Format = TypeVar("Format")

_JSON, _XML = ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML
_CSV, _TSV = ox.QueryResultsFormat.CSV, ox.QueryResultsFormat.TSV

#: Tables and yes/no answers by media type; the first is what a client gets that does not mind.
TABLES: Mapping[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": _JSON,
    "application/sparql-results+xml": _XML,
    "text/csv": _CSV,
    "text/tab-separated-values": _TSV,
    "application/json": _JSON,
    "application/xml": _XML,
    "text/xml": _XML,
}
#: Graphs by media type, likewise.
GRAPHS: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/xml": ox.RdfFormat.RDF_XML,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}


def choose(accept: str, offered: Mapping[str, Format]) -> Format | None:
    """The offered format that the Accept header likes best, None where it accepts none of them.

    For each format the most exact of the ranges that fit counts (RFC 9110, 12.5.1); of equals, an exactly named one
    before a range, then the one that the client names first, then the one that is offered first.
    """
    ranges = [_range(part) for part in (accept or "*/*").split(",") if part.strip()]
    best: tuple[float, int, int] | None = None
    chosen = None
    for media_type, form in offered.items():
        fitting = [(_exactness(pattern, media_type), -at, quality) for at, (pattern, quality) in enumerate(ranges)]
        exactness, at, quality = max(fitting, default=(0, 0, 0.0))
        rank = (quality, exactness, at)
        if exactness and quality > 0 and (best is None or rank > best):
            best, chosen = rank, form
    return chosen


def media_type(form: ox.QueryResultsFormat | ox.RdfFormat) -> str:
    """The Content-Type of the format; text is UTF-8 and says so."""
    plain = form.media_type.split(";")[0]
    return f"{plain}; charset=utf-8" if plain.startswith("text/") else plain


def _range(part: str) -> tuple[str, float]:
    pattern, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weights = [piece[2:] for piece in parameters if piece.startswith("q=")]
    try:
        return pattern, float(weights[0]) if weights else 1.0
    except ValueError:
        return pattern, 0.0


def _exactness(pattern: str, media_type: str) -> int:
    if pattern == media_type:
        return 3
    if pattern.endswith("/*") and media_type.startswith(pattern[:-1]):
        return 2
    return 1 if pattern == "*/*" else 0
