from __future__ import annotations

from urllib.parse import urlencode

import pytest

from kg import protocol
from kg.protocol import FORM, QUERY, UPDATE, Message, ProtocolError
from kg.worker import Task

ASK = "ASK { ?s ?p 'ä' }"
GRAPHS = {"default-graph-uri": ["http://x/1", "http://x/2"], "named-graph-uri": "http://x/3"}
NAMED = {"default_graphs": ("http://x/1", "http://x/2"), "named_graphs": ("http://x/3",)}

QUERIES = {
    "GET": (Message(urlencode({"query": ASK}), "text/csv"), Task(ASK, "text/csv")),
    "GET with dataset": (Message(urlencode({"query": ASK, **GRAPHS}, doseq=True)), Task(ASK, **NAMED)),
    "form": (Message("", "", FORM, urlencode({"query": ASK}).encode()), Task(ASK)),
    "form with charset": (Message("", "", f"{FORM}; charset=UTF-8", urlencode({"query": ASK}).encode()), Task(ASK)),
    "form with dataset": (
        Message("", "", FORM, urlencode({"query": ASK, **GRAPHS}, doseq=True).encode()),
        Task(ASK, **NAMED),
    ),
    "direct": (Message("", "", QUERY, ASK.encode()), Task(ASK)),
    "direct with dataset": (
        Message(urlencode(GRAPHS, doseq=True), "", 'Application/SPARQL-query; charset="utf8"', ASK.encode()),
        Task(ASK, **NAMED),
    ),
}
REFUSED = {
    "no query": (Message("default-graph-uri=x"), 400, "this one 0"),
    "two queries": (Message(urlencode({"query": [ASK, ASK]}, doseq=True)), 400, "this one 2"),
    "a query in address and body": (Message(urlencode({"query": ASK}), "", QUERY, ASK.encode()), 400, "this one 2"),
    "update by GET": (Message("update=CLEAR+ALL"), 403, "read-only"),
    "update by form": (Message("", "", FORM, b"update=CLEAR+ALL"), 403, "read-only"),
    "update directly": (Message("", "", UPDATE, b"CLEAR ALL"), 403, "read-only"),
    "another type": (Message("", "", "text/plain", ASK.encode()), 415, "text/plain"),
    "no type": (Message("", "", "", urlencode({"query": ASK}).encode()), 415, "missing"),
    "another charset": (Message("", "", f"{QUERY}; charset=UTF-16", ASK.encode("utf-16")), 415, "UTF-16"),
    "not UTF-8": (Message("", "", QUERY, ASK.encode("utf-16")), 400, "not UTF-8"),
    "parameters that are not UTF-8": (Message("query=ASK%20%7B%22%FF%22%7D"), 400, "not UTF-8"),
}


@pytest.mark.parametrize("name", QUERIES)
def test_all_ways_of_asking_give_the_same_query(name: str) -> None:
    """GET, form and direct POST carry the query, and the graphs that the request names."""
    message, expected = QUERIES[name]

    assert protocol.task(message) == expected


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_query_is_refused_with_status_and_reason(name: str) -> None:
    """A client learns from the status whose fault it is, and from the words what to do."""
    message, status, words = REFUSED[name]
    with pytest.raises(ProtocolError, match=words) as caught:
        protocol.task(message)

    assert caught.value.status == status
