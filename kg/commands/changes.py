"""Commands on what changed, and on what would: changes, diff."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import click

from kg import changes, moments, textual
from kg import home as homes
from kg.changes import KINDS, Change
from kg.home import Home
from kg.ledger import Ledger

FORMATS = ("text", "markdown", "json")
_FORMAT = click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)


@click.command(name="changes")
@click.option(
    "--since", metavar="WHEN", help="After the run of that number, or from that date on.  [default: the last run]"
)
@_FORMAT
@click.pass_obj
def changes_command(home: Home, since: str | None, form: str) -> None:
    """Tell in words what changed, the most important first."""
    with Ledger(homes.existing(home).ledger) as ledger:
        found = changes.between(ledger, moments.moment(ledger, since))
    click.echo("\n".join(rendered(found, form)) or "nothing changed")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_FORMAT
@click.pass_obj
def diff(home: Home, file: Path, form: str) -> None:
    """Tell what FILE would change, without taking it in."""
    from kg import ingest  # brings in spaCy, which only extraction needs

    found = ingest.diff(homes.existing(home), file)
    click.echo("\n".join(rendered(found, form)) or "nothing would change")


COMMANDS = (changes_command, diff)


def rendered(found: Iterable[Change], form: str) -> Iterator[str]:
    """The changes as lines: text for a terminal, Markdown, or one JSON object a line."""
    if form == "json":
        yield from (json.dumps(asdict(each), ensure_ascii=False) for each in found)
        return
    width = shutil.get_terminal_size().columns
    for kind, members in groupby(found, key=lambda each: each.kind):
        yield f"## {KINDS[kind]}\n" if form == "markdown" else f"{KINDS[kind]}"
        for each in members:
            yield from _markdown(each) if form == "markdown" else _text(each, width)
        yield ""


def _text(each: Change, width: int) -> Iterator[str]:
    yield textwrap.fill(textual.plain(each.text), width, initial_indent="  ", subsequent_indent="    ")
    if each.quote:
        said = textual.plain(f"“{textwrap.shorten(each.quote, 300)}” ({each.document})")
        yield textwrap.fill(said, width, initial_indent="      ", subsequent_indent="      ")


def _markdown(each: Change) -> Iterator[str]:
    yield f"- {_escaped(each.text)}"
    if each.quote:
        yield f"  > {_escaped(each.quote)} ({_escaped(each.document or '')})"


def _escaped(text: str) -> str:
    plain = textual.plain(text)
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in plain)
