"""Which facts of a projection the ontology refuses, and why, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyshacl
from pyoxigraph import NamedNode, Quad, RdfFormat, serialize
from rdflib import RDF, SH, Graph
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
        where = f"{_named(path)}: " if path else ""
        found = f" (found {_named(value)})" if value not in (None, node) else ""
        yield str(node), f"{where}{report.value(result, SH.resultMessage)}{found}"


def _named(node: Node | None) -> str:
    text = str(node)
    return "ci:" + text.removeprefix(ontology.BASE) if text.startswith(ontology.BASE) else text


def _reason(quads: tuple[Quad, ...], broken: Mapping[str, list[str]]) -> str:
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    return "; ".join(sorted({message for node in subjects & broken.keys() for message in broken[node]}))


def _shapes() -> Graph:
    return ontology.graph()
