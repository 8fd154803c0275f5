"""How fast the product's questions are answered over HTTP, beside Oxigraph's server and rdflib; see README.md."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from math import exp, log
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

import click
import httpx
import pyoxigraph as ox
import rdflib
from serving import serving

from kg import query, store
from kg.home import Home
from kg.query import Question

_JSON = {"Accept": "application/sparql-results+json"}
_CI = "https://w3id.org/ci-kg#"
_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
#: The second busiest company and market: the questions with parameters ask for these.
_BUSY = {
    "company": f"SELECT ?n (COUNT(?e) AS ?k) {{ ?e a <{_CI}Partnership> ; <{_CI}partner> ?c . ?c <{_LABEL}> ?n }}",
    "market": f"SELECT ?n (COUNT(?e) AS ?k) {{ ?e a <{_CI}MarketSize> ; <{_CI}market> ?c . ?c <{_LABEL}> ?n }}",
    "fact": f"SELECT ?n (COUNT(?e) AS ?k) {{ ?n a <{_CI}Acquisition> ; ?e ?o }}",
}
_SECONDS = 20.0  # that one question is repeated for at most

#: Asks a query and returns the bytes of the answer in JSON.
Engine = Callable[[str], bytes]


def bound(graph: ox.Store) -> dict[str, str]:
    """The questions by name, those with parameters for what there is most of."""
    values = {}
    for name, text in _BUSY.items():
        found = graph.query(f"{text} GROUP BY ?n ORDER BY DESC(?k) ?n LIMIT 2", use_default_graph_as_union=True)
        values[name] = list(found)[-1]["n"].value  # type: ignore[arg-type,index,union-attr] # rows of a SELECT
    return {name: query.bind(each, _values(each, values)) for name, each in query.questions().items()}


def _values(question: Question, values: Mapping[str, str]) -> dict[str, str]:
    return {each.name: values[each.name] for each in question.parameters if each.name in values}


@contextmanager
def ours(home: Path, *options: str) -> Iterator[Engine]:
    """Our endpoint; there is no cache of results in it."""
    with (
        serving(home, "--timeout", "300", "--max-bytes", str(1 << 30), *options) as server,
        httpx.Client(timeout=300) as client,
    ):
        ask = over(client, f"{server.address}sparql")
        ask("ASK {}")
        while "kg_version_in_memory 0" in client.get(f"{server.address}metrics").text and "--hold" not in options:
            time.sleep(0.2)
        yield ask


@contextmanager
def oxigraph(graph: Path) -> Iterator[Engine]:
    """Oxigraph's server on the same snapshot."""
    command = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    flags = ["--location", str(graph), "--bind", address, "--union-default-graph"]
    with (
        subprocess.Popen([command, "serve-read-only", *flags], stderr=subprocess.DEVNULL) as process,
        httpx.Client(timeout=300) as client,
    ):
        time.sleep(2)
        try:
            yield over(client, f"http://{address}/query")
        finally:
            process.kill()


def over(client: httpx.Client, address: str) -> Engine:
    def ask(text: str) -> bytes:
        return client.post(address, data={"query": text}, headers=_JSON).raise_for_status().content

    return ask


class TooSlowError(Exception):
    """A question was not answered within the cap."""


def in_rdflib(graph: ox.Store, cap: float) -> Engine:
    """Rdflib's memory store with the same graphs; each question in a copy of this process, for `cap` seconds."""
    held = rdflib.Dataset(default_union=True)
    held.parse(data=graph.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
    return partial(_forked, held, cap)


def _forked(held: rdflib.Dataset, cap: float, text: str) -> bytes:
    copies = multiprocessing.get_context("fork")
    here, there = copies.Pipe(duplex=False)
    asking = copies.Process(target=_answer, args=(held, text, there))
    asking.start()
    there.close()
    try:
        if not here.poll(cap):
            raise TooSlowError
        return bytes(here.recv_bytes())
    finally:
        asking.kill()
        asking.join()


def _answer(held: rdflib.Dataset, text: str, there: Connection) -> None:
    there.send_bytes(held.query(text).serialize(format="json") or b"")


def timed(
    engines: Mapping[str, Engine], text: str, rounds: int, cap: float
) -> tuple[dict[str, float], dict[str, int | None]]:
    """Median seconds and number of rows of each engine; they are asked in turn, and the first time does not count.

    An engine that does not answer within the cap has taken the cap, and its rows are unknown.
    """
    seconds: dict[str, list[float]] = {name: [] for name in engines}
    rows: dict[str, int | None] = {}
    started = time.perf_counter()
    for number in range(rounds + 1):
        for name, ask in engines.items():
            if number and name in rows and rows[name] is None:
                continue
            before = time.perf_counter()
            try:
                rows[name] = len(json.loads(ask(text))["results"]["bindings"])
            except TooSlowError:
                rows[name] = None
            took = min(time.perf_counter() - before, cap)
            if number or took > _SECONDS / 2:
                seconds[name].append(took)
        if number and time.perf_counter() - started > _SECONDS:
            break
    return {name: median(found) for name, found in seconds.items()}, rows


def compared(engines: Mapping[str, Engine], questions: Mapping[str, str], rounds: int, cap: float) -> None:
    """Print the times of all questions, and the geometric means of the others' over ours, a cap being a bound."""
    click.echo(f"{'milliseconds':32}" + "".join(f"{name:>12}" for name in engines) + "        rows")
    ratios: dict[str, list[float]] = {name: [] for name in engines}
    for name, text in questions.items():
        seconds, rows = timed(engines, text, rounds, cap)
        slow = "".join(f"  {other} had no answer" for other, count in rows.items() if count is None)
        same = slow if len(set(rows.values()) - {None}) == 1 else f"  DIFFERENT {rows}"
        click.echo(
            f"{name:32}" + "".join(f"{each * 1000:12.1f}" for each in seconds.values()) + f"{rows['ours']:12}{same}"
        )
        for other, took in seconds.items():
            ratios[other].append(log(took / seconds["ours"]))
    for name, found in ratios.items():
        if name != "ours":
            click.echo(f"{name} takes {exp(sum(found) / len(found)):.2f} times as long as ours (geometric mean)")


@click.command()
@click.argument("home", type=click.Path(path_type=Path, exists=True))
@click.option("--rounds", default=7, show_default=True, help="How often each question is asked.")
@click.option("--rdflib/--no-rdflib", "with_rdflib", default=True, show_default=True)
@click.option("--question", "chosen", multiple=True, help="Ask only that question (repeatable).")
@click.option("--cap", default=300.0, show_default=True, help="Seconds after which an answer is not waited for.")
@click.option("--disk", is_flag=True, help="Read from disk what would be held in memory.")
def main(home: Path, rounds: int, chosen: Sequence[str], with_rdflib: bool, cap: float, disk: bool) -> None:
    """Ask all questions of the library of the graph in HOME."""
    with store.current(Home(home)) as version:
        graph = version.embedded()
        questions = {name: text for name, text in bound(graph).items() if not chosen or name in chosen}
        click.echo(f"{len(graph)} triples, {len(questions)} questions")
        with ours(home, *(("--hold", "0") if disk else ())) as first, oxigraph(version.path / "graph") as second:
            compared({"ours": first, "oxigraph": second}, questions, rounds, cap)
            if with_rdflib:
                compared({"ours": first, "rdflib": in_rdflib(graph, cap)}, questions, 1, cap)


if __name__ == "__main__":
    main()
