"""Commands by which people decide of facts and documents: accept, reject, correct, gold export, withdraw."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path

import click

from kg import curation, decisions, textual, wording
from kg import home as homes
from kg.decisions import Decision
from kg.home import Home
from kg.ledger import Ledger

_WHY = click.option("--why", default="", help="The reason, kept in the log.")


@click.command()
@click.argument("fact")
@_WHY
@click.pass_obj
def accept(home: Home, fact: str, why: str) -> None:
    """Note that FACT is right as it is."""
    _decide(home, fact, "accept", (), why)


@click.command()
@click.argument("fact")
@_WHY
@click.pass_obj
def reject(home: Home, fact: str, why: str) -> None:
    """Take FACT out of the graph, because its document does not say it."""
    _decide(home, fact, "reject", (), why)


@click.command()
@click.argument("fact")
@click.option(
    "--set", "settings", multiple=True, required=True, metavar="NAME=VALUE", help="What is right (repeatable)."
)
@_WHY
@click.pass_obj
def correct(home: Home, fact: str, settings: tuple[str, ...], why: str) -> None:
    """Put FACT right: status, date, value, unit, a role or an attribute."""
    for each in settings:
        if "=" not in each:
            raise click.BadParameter(f"{each!r} is not of the form NAME=VALUE", param_hint="--set")
    parted = [each.partition("=") for each in settings]
    _decide(home, fact, "correct", [(name.strip(), value.strip()) for name, _, value in parted], why)


@click.group()
def gold() -> None:
    """Decisions as annotated records: export."""


@gold.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def export(home: Home, folder: Path) -> None:
    """Write what was decided into FOLDER: texts, facts found right, and as traps those found wrong."""
    with Ledger(homes.existing(home).ledger) as ledger:
        for path, right, wrong in curation.export(ledger, folder):
            click.echo(textual.plain(f"{path}: {right} facts, {wrong} traps"))


@click.command()
@click.argument("documents", nargs=-1, required=True)
@click.pass_obj
def withdraw(home: Home, documents: tuple[str, ...]) -> None:
    """Take out what DOCUMENTS, by name, path, address or id, contribute; what others also say stays."""
    from kg import projection, withdrawal

    with Ledger(homes.existing(home).ledger) as ledger:
        run = ledger.run("withdraw")
        gone = [each for named in documents for each in withdrawal.withdraw(ledger, run, named)]
    projection.catch_up(home)
    for each in gone:
        told = (
            f"withdrawn with {each.facts} facts" if each.whole else "forgotten; the same text stands elsewhere, too"
        )
        click.echo(textual.plain(f"{each.place}: {told}"))


COMMANDS = (accept, reject, correct, gold, withdraw)


def _decide(home: Home, text: str, verdict: str, settings: Sequence[tuple[str, str]], why: str) -> None:
    from kg import projection  # brings in the validation, which asking questions does not need

    with Ledger(homes.existing(home).ledger) as ledger:
        key, source, fact = curation.find(ledger, text)
        patch = decisions.patch(fact, settings) if settings else None
        made = Decision.of(source, key, fact, verdict, patch)
        number = curation.decide(ledger, ledger.run(verdict), made, who=getpass.getuser(), why=why)
    projection.catch_up(home)
    parties = [(each.role, each.name) for each in fact.participants]
    click.echo(textual.plain(f"{verdict}ed: {wording.label(fact.kind, parties)} “{fact.evidence.quote}”"))
    click.echo(f"`kg undo {number}` takes it back")
