"""Commands on RDF that users add: import, imports."""

from __future__ import annotations

from pathlib import Path

import click

from kg import home as homes
from kg import textual
from kg.home import Home
from kg.ledger import Ledger


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--name", help="The name of the graph, for a single file.  [default: that of the file]")
@click.pass_obj
def import_command(home: Home, files: tuple[Path, ...], name: str | None) -> None:
    """Add FILES of RDF, each as a named graph of its own; again to replace it; all, or none."""
    from kg import imports, projection

    if name and len(files) > 1:
        raise click.UsageError("--name is for a single file")
    place = homes.existing(home)
    keys = [imports.key(name or path.stem) for path in files]
    read = [imports.read(path, place.base, key) for path, key in zip(files, keys, strict=True)]
    with Ledger(place.ledger) as ledger:
        run = ledger.run("import")
        for path, key, triples in zip(files, keys, read, strict=True):
            new = imports.keep(ledger, run, imports.Import(key, path.name, len(triples)), triples)
            told = f"{len(triples)} triples in <{place.base}graph/import/{key}>" if new else "known already"
            click.echo(textual.plain(f"{path}: {told}"))
    projection.catch_up(place)


@click.command(name="imports")
@click.option("--withdraw", metavar="NAME", help="Take the graph of that name out again.")
@click.pass_obj
def imports_command(home: Home, withdraw: str | None) -> None:
    """List the graphs that were imported."""
    from kg import imports, projection

    place = homes.existing(home)
    with Ledger(place.ledger) as ledger:
        if withdraw:
            imports.withdraw(ledger, ledger.run("withdraw import"), withdraw)
            projection.catch_up(place)
        for each in imports.listed(ledger):
            click.echo(textual.plain(f"{each.name}: {each.triples} triples of {each.file}"))


COMMANDS = (import_command, imports_command)
