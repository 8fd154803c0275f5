from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import negotiation

JSON, XML = ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML
CSV, TSV = ox.QueryResultsFormat.CSV, ox.QueryResultsFormat.TSV
TABLES = [
    ("", JSON),
    ("*/*", JSON),
    ("application/sparql-results+xml", XML),
    ("text/csv", CSV),
    ("text/tab-separated-values; charset=utf-8", TSV),
    ("text/*", CSV),
    ("application/json", JSON),
    ("text/csv;q=0.5, application/xml", XML),
    ("text/csv;q=0.5, */*;q=0.1", CSV),
    ("application/sparql-results+json;q=0, */*", XML),
    ("application/sparql-results+json;q=0, application/json;q=0, */*;q=0.1", XML),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", XML),
    ("text/turtle, application/sparql-results+xml, application/sparql-results+json", XML),
    ("TEXT/CSV", CSV),
    ("text/csv;q=high, text/tab-separated-values", TSV),
    ("image/png", None),
    ("text/csv;q=0", None),
]
GRAPHS = [
    ("", ox.RdfFormat.TURTLE),
    ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ("application/ld+json, text/turtle;q=0.9", ox.RdfFormat.JSON_LD),
    ("text/turtle;q=0.9, application/trig", ox.RdfFormat.TRIG),
    ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    ("text/csv", None),
]


@pytest.mark.parametrize(("accept", "expected"), TABLES)
def test_tables_come_in_the_format_the_client_likes_best(accept: str, expected: ox.QueryResultsFormat | None) -> None:
    """Quality, then exactness, then the order of the header decide; what is accepted at 0 is not given."""
    assert negotiation.choose(accept, negotiation.TABLES) == expected


@pytest.mark.parametrize(("accept", "expected"), GRAPHS)
def test_graphs_come_in_the_format_the_client_likes_best(accept: str, expected: ox.RdfFormat | None) -> None:
    """The same rules hold for graphs."""
    assert negotiation.choose(accept, negotiation.GRAPHS) == expected


def test_text_says_that_it_is_utf8() -> None:
    """A client that assumes another charset for text/* would break names."""
    assert negotiation.media_type(CSV) == "text/csv; charset=utf-8"
    assert negotiation.media_type(ox.RdfFormat.TURTLE) == "text/turtle; charset=utf-8"
    assert negotiation.media_type(JSON) == "application/sparql-results+json"
