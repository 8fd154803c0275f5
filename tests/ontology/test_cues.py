from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Graph, URIRef

import extract
import ontology
from ontology import cues
from ontology.cues import UnknownCueError

FILE = Path(ontology.__file__).with_name("cues.ttl")
CODE = "\n".join(path.read_text("utf-8") for path in Path(extract.__file__).parent.glob("*.py"))
GRAPH = Graph().parse(FILE, format="turtle")
CUES = sorted(GRAPH.subjects(RDF.type, URIRef(ontology.BASE + "Cue")))


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: str(cue).rpartition("#")[2])
def test_each_cue_is_explained_and_asked_for(cue: URIRef) -> None:
    """A cue is called as its label says, says what it is for, has wordings that are patterns, and a rule uses it."""
    label = str(GRAPH.value(cue, RDFS.label))
    assert str(cue) == f"{ontology.BASE}cue-{label}"
    assert str(GRAPH.value(cue, RDFS.comment)).endswith((".", '"'))
    assert cues.wordings(label)
    assert all(re.compile(wording) for wording in cues.wordings(label))
    assert re.search(rf"[\"']{label}[\"']", CODE), f"no rule asks for {label}"


def test_the_order_of_wordings_is_kept() -> None:
    """Where one wording begins another, the list decides which is tried first."""
    assert cues.any_of("unit-scale") == "(?:million|billion|mn|bn|m|crore|thousand)"


def test_a_pattern_finds_whole_words_in_either_case() -> None:
    """A cue is found as a word at any place, and not as part of a word."""
    assert cues.pattern("fastest").search("The Fastest of all")
    assert not cues.pattern("fastest").search("unfastested")


def test_a_pattern_can_keep_to_the_case() -> None:
    """What is asked for as written is not found in capitals."""
    assert cues.pattern("rank-told", case=True).search("grew fastest")
    assert not cues.pattern("rank-told", case=True).search("grew FASTEST")


def test_lists_of_words_are_joined() -> None:
    """Several cues are one set of words."""
    assert {"drive", "hamper"} <= cues.words("pushes", "holds")


def test_an_unknown_cue_is_refused() -> None:
    """A misspelt cue fails and says where cues are listed."""
    with pytest.raises(UnknownCueError, match=r"cues\.ttl lists no cue 'fasttest'"):
        cues.pattern("fasttest")
