"""The wordings of `cues.ttl` by which prose is read, as patterns and word lists; knows no sentence and no fact."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from rdflib import RDFS, Graph, URIRef
from rdflib.collection import Collection

from ontology.errors import KgError

_WORDING = URIRef("https://w3id.org/ci-kg#wording")


class UnknownCueError(KgError):
    """A cue that `cues.ttl` does not list."""


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    """All cues by label with their wordings in the order in which they are tried.

    The graph is one of its own: only who extracts pays for reading it.
    """
    graph = Graph().parse(data=files("ontology").joinpath("cues.ttl").read_text("utf-8"), format="turtle")
    return {
        str(graph.value(cue, RDFS.label)): tuple(str(each) for each in Collection(graph, first))
        for cue, first in graph.subject_objects(_WORDING)
    }


def wordings(name: str) -> tuple[str, ...]:
    """The wordings of a cue, each a regular expression, in order; raises UnknownCueError."""
    try:
        return _lists()[name]
    except KeyError:
        raise UnknownCueError(f"ontology/cues.ttl lists no cue {name!r}; add ci:cue-{name} there") from None


@cache
def any_of(*names: str) -> str:
    """A group that matches any wording of the cues, to stand in a longer pattern; raises UnknownCueError."""
    return f"(?:{'|'.join(wording for name in names for wording in wordings(name))})"


@cache
def words(*names: str) -> frozenset[str]:
    """The wordings of cues that are plain words or lemmas, as a set; raises UnknownCueError."""
    return frozenset(wording for name in names for wording in wordings(name))


@cache
def pattern(name: str, *, case: bool = False) -> re.Pattern[str]:
    """Any wording of the cue as whole words, with `case` only as written; raises UnknownCueError."""
    return re.compile(rf"\b{any_of(name)}\b", 0 if case else re.I)
