"""Search as one types among many entities, in one process: the index of names, and the nearest names."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import click
import networkx as nx
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib import RDF, SKOS

import ontology
from kg import search
from kg.explorer import finder
from kg.explorer.snapshot import Snapshot
from kg.network import Entity
from kg.store import Version

_BASE = "http://localhost:8080/organization/"
_SYLLABLES = (
    "al ba cor den el fin gar hel in jor kel lum mar nov or pol quin ros sal tor ul vel win xen yor zan".split()
)
_FORMS = ("Inc.", "Ltd", "GmbH", "Group", "Systems", "Health", "Imaging")
_SHOWN = 9


def _names(count: int) -> Iterator[tuple[str, str, list[str]]]:
    """IRI, label and spellings of made-up organizations."""
    chance = random.Random(7)
    for number in range(count):
        words = ("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize() for _ in range(2))
        name = " ".join(words)
        yield f"{_BASE}{number}", f"{name} {chance.choice(_FORMS)}", [name]


def _store(found: list[tuple[str, str, list[str]]]) -> Store:
    kind = next(each for each in ontology.types().values() if each.name == "Organization")
    store, graph = Store(), NamedNode(_BASE)
    label, also = NamedNode(str(SKOS.prefLabel)), NamedNode(str(SKOS.altLabel))
    for iri, name, spellings in found:
        node = NamedNode(iri)
        quads = [Quad(node, NamedNode(str(RDF.type)), NamedNode(str(kind.iri)), graph)]
        quads += [Quad(node, label, Literal(name), graph)]
        quads += [Quad(node, also, Literal(each), graph) for each in (name, *spellings)]
        store.extend(quads)
    return store


def _snapshot(found: list[tuple[str, str, list[str]]]) -> Snapshot:
    graph = nx.MultiDiGraph()
    for iri, name, _ in found:
        graph.add_node(iri, item=Entity(iri, "Organization", name), degree=0)
    snapshot = Snapshot(cast(Version, None), _BASE, graph, Store())  # names are looked for in the network alone
    _ = snapshot.plain_names
    return snapshot


def _told(what: str, work: Callable[[str], object], texts: list[str]) -> str:
    times = []
    for text in texts:
        started = time.perf_counter()
        work(text)
        times.append(1000 * (time.perf_counter() - started))
    times.sort()
    return f"{what:24} {statistics.median(times):7.1f} {times[int(0.95 * (len(times) - 1))]:7.1f} {times[-1]:7.1f}"


@click.command()
@click.option("--entities", default=200_000, show_default=True)
@click.option("--rounds", default=100, show_default=True)
def main(entities: int, rounds: int) -> None:
    """Time the suggestions among made-up entities."""
    found = list(_names(entities))
    labels = random.Random(3).sample([label for _, label, _ in found], rounds)
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "search.sqlite"
        search.write(_store(found), index)
        click.echo(f"{entities:,} entities, an index of {index.stat().st_size >> 20} MB")
        click.echo(f"{'milliseconds':24} {'p50':>7} {'p95':>7} {'most':>7}")
        for letters in (1, 2, 3, 5, 8):
            texts = [label[:letters] for label in labels]
            click.echo(_told(f"{letters} letters", lambda text: search.find(index, text, limit=_SHOWN), texts))
        click.echo(_told("whole name", lambda text: search.find(index, text, limit=_SHOWN), labels))
        snapshot = _snapshot(found)
        wrong = [label[:3] + "qq" + label[4:] for label in labels[:20]]
        click.echo(_told("nearest names", lambda text: finder.nearest(snapshot, text), wrong))


if __name__ == "__main__":
    main()
