from __future__ import annotations

import json

import pytest
from payloads import PAYLOADS

from kg import query
from kg.explorer import asking
from kg.explorer.asking import Answer
from kg.home import Home
from kg.worker import Failure

JSON = "application/sparql-results+json"


def test_answers_become_tables() -> None:
    """Bindings, yes or no, and triples are rows of texts; what is not bound is empty."""
    table = {"head": {"vars": ["a", "b"]}, "results": {"bindings": [{"b": {"type": "literal", "value": "1"}}]}}

    assert asking.read(JSON, json.dumps(table).encode()) == Answer(("a", "b"), (("", "1"),))
    assert asking.read(JSON, b'{"head": {}, "boolean": true}').rows == (("yes",),)
    triples = asking.read("application/n-triples", b'<http://x/s> <http://x/p> "o" .')
    assert triples == Answer(("subject", "predicate", "object"), (("http://x/s", "http://x/p", "o"),), graph=True)


def test_columns_of_numbers_are_known() -> None:
    """A chart is offered what can be charted."""
    answer = Answer(("name", "value", "none", "odd"), (("x", "1.5", "", "nan"), ("y", "", "", "2")))

    assert list(asking.numbers(answer)) == ["value"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * {", "invalid"),
        ("DROP ALL", "refused"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "refused"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "size"),
    ],
)
def test_what_cannot_be_answered_says_why(sample_home: Home, text: str, reason: str) -> None:
    """A query that is wrong, forbidden or too large ends in a sentence, and the next one is answered."""
    reply = asking.ask(sample_home, text)

    assert isinstance(reply, Failure)
    assert reply.reason == reason
    assert asking.ask(sample_home, "ASK { ?s ?p ?o }") == Answer(("answer",), (("yes",),))


def test_no_value_becomes_a_part_of_the_query(sample_home: Home) -> None:
    """Whatever is typed into the form of a question is looked for, as a text."""
    question = query.get("company-partners")
    for payload in PAYLOADS:
        assert asking.ask(sample_home, query.bind(question, {"company": payload})) == Answer(
            ("company", "hops", "partner", "through"), ()
        )
