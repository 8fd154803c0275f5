"""The command `kg`: each command reads its arguments, calls one function and prints what that gives."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import home as homes
from kg import query, store, textual
from kg.commands import changes, decide, judge, rdf, refresh, serving
from kg.home import Home
from ontology.errors import KgError

if TYPE_CHECKING:
    from kg.ingest import Outcome
    from kg.store import Version

EXPORTS = ("trig", "turtle", "nquads", "jsonld", "csv", "graphml", "gexf")
CITATIONS = ("nanopub", "rdf12")


_AS_OF = click.option("--as-of", metavar="DATE", help="As it was known at the end of that day.  [default: now]")


class _Commands(click.Group):
    """Commands that end on an error of the product with its message alone."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise click.ClickException(textual.plain(str(error))) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    envvar="KG_HOME",
    default=".kg",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The directory of record and graph (environment: KG_HOME).",
)
@click.version_option(package_name="kg")
@click.pass_context
def main(ctx: click.Context, home: Path) -> None:
    """Market reports and press releases as a graph, with the sentence behind every fact."""
    ctx.obj = Home(home)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--base", default=homes.DEFAULT_BASE, show_default=True, help="Base of all IRIs, when the home is made."
)
@click.option("--workers", default=1, show_default=True, help="Processes that extract; each needs some 0.5 GB.")
@click.option("--dask", "address", metavar="ADDRESS", help="Extract on the Dask cluster with that scheduler.")
@click.pass_obj
def add(home: Home, files: tuple[Path, ...], base: str, workers: int, address: str | None) -> None:
    """Read FILES, find their facts, record them and publish the graph."""
    from kg import ingest, spreading

    place = homes.make(home.path, base)
    if address is None and workers == 1:
        _report(ingest.add(place, _announced(files)))
    else:
        with spreading.cluster(address) if address else spreading.processes(workers) as spread:
            _report(ingest.add(place, _announced(files), spread, spreading.size(spread) if address else workers))
    serving.fill(home)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def facts(home: Home, files: tuple[Path, ...]) -> None:
    """Print the facts of FILES without storing them, or the recorded ones: one JSON object a line."""
    from kg import overview

    for record in _extracted(files) if files else overview.facts(homes.existing(home)):
        click.echo(json.dumps(record, ensure_ascii=False))


@main.command(name="query")
@click.argument("question")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="The value of a parameter.")
@click.option("--format", "form", type=click.Choice(query.FORMATS), default="table", show_default=True)
@_AS_OF
@click.pass_obj
def query_command(home: Home, question: str, *, params: tuple[str, ...], form: str, as_of: str | None) -> None:
    """Ask QUESTION: a name that `kg queries` lists, a FILE.rq, or - for standard input."""
    text = query.bind(_question(question), dict(map(_pair, params)))
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the engine would notice Ctrl-C only after the answer
    with _shown(home, as_of) as version:
        answer = query.run(version, text)
        if form == "table":
            click.echo(textual.render(query.table(answer), shutil.get_terminal_size().columns))
        else:
            query.write(answer, form, sys.stdout.buffer)


@main.command()
def queries() -> None:
    """List the questions of the library with their parameters."""
    click.echo(textual.listing(query.questions().values()))


@main.command()
@click.option("--extract", is_flag=True, help="Read the stored originals again first.")
@serving.STORE
@click.pass_obj
def build(home: Home, extract: bool, address: str) -> None:
    """Project the whole graph anew from the record, publish it, and fill the server of --store with it."""
    from kg import ingest, overview

    outcomes = ingest.build(homes.existing(home), extract=extract)
    if extract:
        _report(outcomes)
    else:
        for each in outcomes:
            click.echo(textual.outcome(each))
    click.echo(textual.state(overview.state(home)))
    serving.fill(replace(home, address=address))


@main.command()
@click.pass_obj
def status(home: Home) -> None:
    """Show what the home holds and which version is published."""
    from kg import overview

    click.echo(textual.state(overview.state(homes.existing(home))))


@main.command()
@click.pass_obj
def validate(home: Home) -> None:
    """Check every recorded fact against the ontology; exit with 1 where one is left out of the graph."""
    from kg import overview

    found = list(overview.problems(homes.existing(home)))
    for problem in found:
        click.echo(textual.plain(f"{problem.document}: fact {problem.fact}: {problem.reason}"))
    click.echo(f"{len(found)} facts are left out of the graph" if found else "all facts are valid")
    sys.exit(1 if found else 0)


@main.command()
@click.option("--format", "form", type=click.Choice((*EXPORTS, *CITATIONS)), default="trig", show_default=True)
@click.option("--fact", metavar="FACT", help="Only that fact, by its id or IRI, as nanopub or rdf12.")
@click.option(
    "--output", "-o", type=click.File("wb"), default="-", help="The file to write.  [default: standard output]"
)
@_AS_OF
@click.pass_obj
def export(home: Home, form: str, fact: str | None, output: Any, as_of: str | None) -> None:
    """Write the published graph in a format for other tools, or one fact to be cited."""
    from kg import citing
    from kg import export as exports

    if (form in CITATIONS) != bool(fact):
        raise click.UsageError(f"--fact FACT goes with --format {' or '.join(CITATIONS)}, and they with it")
    with _shown(home, as_of) as version:
        if fact:
            whole = fact if fact.startswith(home.base) else f"{home.base}fact/{fact}"
            citing.write(version, whole, form, output)
        else:
            exports.write(version, form, output)


def _shown(home: Home, as_of: str | None) -> AbstractContextManager[Version]:
    if as_of is None:
        return store.current(homes.existing(home))
    from kg import asof  # brings in the projection, which asking questions does not need

    return asof.version(homes.existing(home), as_of)


def _announced(files: tuple[Path, ...]) -> Iterator[Path]:
    for at, path in enumerate(files, 1):
        click.echo(textual.plain(f"[{at}/{len(files)}] {path}"), err=True)
        yield path


def _report(outcomes: Iterable[Outcome]) -> None:
    """Print outcomes as they come, then their sum; exit with 1 where nothing was done."""
    seen = []
    for each in outcomes:
        seen.append(each)
        click.echo(textual.outcome(each), err=each.recorded is None)
    click.echo(textual.totals(seen))
    if seen and all(each.recorded is None for each in seen):
        sys.exit(1)


def _extracted(files: tuple[Path, ...]) -> Iterator[dict[str, Any]]:
    """The records of all files that state facts; exits with 1 where none does."""
    from extract import pipeline, readers
    from extract.fact import to_record

    found = False
    for path in files:
        try:
            document = readers.read(path)
            stated = [fact for _, facts in pipeline.extract([document]) for fact in facts]
        except KgError as error:
            click.echo(textual.plain(str(error)), err=True)
            continue
        if not stated:
            click.echo(textual.plain(f"{path}: states no fact that is looked for"), err=True)
        found = found or bool(stated)
        yield from (to_record(fact, str(path), document.id) for fact in stated)
    if not found:
        sys.exit(1)


def _question(name: str) -> query.Question:
    if name == "-":
        return query.parse("standard input", sys.stdin.read())
    if name in query.names():
        return query.get(name)
    path = Path(name)
    if path.suffix == ".rq" or path.is_file():
        try:
            return query.parse(name, path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise click.UsageError(f"{name}: cannot be read as a query ({error})") from error
    return query.get(name)


def _pair(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals:
        raise click.BadParameter(f"{param!r} is not of the form NAME=VALUE", param_hint="--param")
    return name, value


_SUBJECTS = (refresh, judge, decide, changes, rdf, serving)

for _command in (each for subject in _SUBJECTS for each in subject.COMMANDS):
    main.add_command(_command)


if __name__ == "__main__":
    main()
