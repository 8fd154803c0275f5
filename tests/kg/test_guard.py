from __future__ import annotations

import pytest

from kg import guard

CALLS = [
    "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "select * { service silent <http://x/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE <http://x/> { ?s ?p ?o } }",
    "PREFIX ex: <http://x/> SELECT * { SERVICEex:a { ?s ?p ?o } }",
    "PREFIX ex: <http://x/> SELECT * { ?s ?p trueSERVICEex:a { ?s ?p ?o } }",
    "PREFIX ex: <http://x/> SELECT * { ?s ?p ex:a\\' . SERVICE <http://x/> {} ?s ?p 'b' }",
    "SELECT * { ?s ?p <http://x/\\u0041#> . SERVICE <http://x/> {} }",
    "SELECT * { ?s ?p '\\u0027' . SERVICE <http://x/> {} ?s ?p '''a''' }",
    "SELECT * { ?s ?p '\\'' . SERVICE <http://x/> {} ?s ?p 'b' }",
    'SELECT * { ?s ?p """a""""b""" SERVICE <http://x/> {} }',
    "SELECT * { ?s ?p 'a' # it's\n SERVICE <http://x/> {} # it's\n}",
]
HARMLESS = [
    "SELECT * { ?s ?p 'SERVICE' } # SERVICE",
    'SELECT * { ?service <http://x/SERVICE> """SERVICE"""@en }',
    "PREFIX ex: <http://x/> SELECT * { ?s ex:SERVICE ?o }",
    "SELECT * { ?s ?p 'it\\'s a SERVICE' }",
]


@pytest.mark.parametrize("text", CALLS)
def test_a_call_of_another_server_is_seen_however_it_is_written(text: str) -> None:
    """No spelling that a parser takes for SERVICE gets past."""
    assert guard.calls_out(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_service_in_data_is_no_call(text: str) -> None:
    """Names, strings and comments may hold the word."""
    assert not guard.calls_out(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INSERT DATA { <a:a> <a:a> <a:a> }", True),
        ("prefix ex: <http://x/> delete where { ?s ?p ?o }", True),
        ("DROP ALL", True),
        ("LOAD <http://x/>", True),
        ("ADD <a:a> TO <a:b>", True),
        ("SELECT * { ?insert <http://x/DELETE> 'DROP ALL' } # CLEAR", False),
        ("PREFIX insert: <http://x/> SELECT * { ?s insert:load 'x' }", False),
    ],
)
def test_updates_are_told_from_queries(text: str, expected: bool) -> None:
    """A keyword of updates outside of names and strings makes the text one."""
    assert guard.updates(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * FROM <http://x/> { ?s ?p ?o }", True),
        ("PREFIX ex: <http://x/> SELECT * from named ex:a { GRAPH ?g { ?s ?p ?o } }", True),
        ("SELECT ?from { ?from <http://x/from> 'FROM <http://x/>' }", False),
        ("PREFIX from: <http://x/> SELECT * { ?s from:from ?o }", False),
    ],
)
def test_a_dataset_in_the_query_is_told_from_names(text: str, expected: bool) -> None:
    """FROM counts only as the keyword."""
    assert guard.names_dataset(text) is expected
