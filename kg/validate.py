"""Which facts of a projection the ontology refuses, and why, in words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyshacl
from pyoxigraph import NamedNode, Quad, RdfFormat, serialize
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

import ontology
from kg.graph import Projection


def problems(projections: Sequence[Projection]) -> dict[str, str]:
    """The facts, by id, that must not be shown, with the reasons; each projection is judged by its own nodes.

    A node that breaks a shape takes all facts with it that need it: a fact without evidence, a company that is
    none, a date that is no date.
    """
    held = list(projections)
    needed = {key: (*quads, *each.needed[key]) for each in held for key, quads in each.facts.items()}
    documents = {quad for each in held for quad in each.document}
    broken = _broken({*documents, *(quad for quads in needed.values() for quad in quads)})
    return {key: reason for key, quads in needed.items() if (reason := _reason(quads, broken))}


def _broken(quads: Iterable[Quad]) -> dict[str, list[str]]:
    """The messages of the shapes that are broken, by the IRI of the node that breaks them."""
    data = Graph().parse(data=serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES), format="nt")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), ont_graph=_shapes(), inplace=True)
    found: defaultdict[str, list[str]] = defaultdict(list)
    if not conforms:
        for node, message in _messages(report):
            found[node].append(message)
    return found


def _messages(report: Graph) -> Iterator[tuple[str, str]]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node, path, value = (report.value(result, p) for p in (SH.focusNode, SH.resultPath, SH.value))
        told = str(report.value(result, SH.resultMessage))
        about = _words(path) if path else ""
        found = f": {_words(value)!r}" if value not in (None, node) else ""
        yield str(node), f"{_in_words(told, about)}{found}"


def _in_words(told: str, about: str) -> str:
    """The validator's message as a sentence on the property, without the IRIs of nodes."""
    if count := re.match(r"(Less|More) than (\d+) values", told):
        return f"{about}: {'fewer' if count[1] == 'Less' else 'more'} than {count[2]} given"
    if kind := re.match(r"Value does not have class ci:(\w+)", told):
        return f"{about}: not of the type {kind[1]}"
    return f"{about}: {told[0].lower()}{told[1:]}" if about else told


def _words(node: Node | None) -> str:
    """A literal as it is, an own term or the last part of another IRI in words."""
    text = str(node).removeprefix(ontology.BASE)
    name = text.rpartition("/")[2] if isinstance(node, URIRef) else text
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower() if isinstance(node, URIRef) else name


def _reason(quads: tuple[Quad, ...], broken: Mapping[str, list[str]]) -> str:
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    return "; ".join(sorted({message for node in subjects & broken.keys() for message in broken[node]}))


def _shapes() -> Graph:
    return ontology.graph()
