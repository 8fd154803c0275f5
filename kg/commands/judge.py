"""Commands by which people decide who is who: review, merge, alias, split, judgements, undo."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import click

from kg import consolidated, curation, judgements, proposals, registry, textual
from kg import home as homes
from kg.decisions import Decision
from kg.home import Home
from kg.identity import Judgement, Reference
from kg.judgements import JudgementError
from kg.ledger import Ledger
from kg.proposals import Effect, Proposal

_FAMILY = click.option(
    "--family", type=click.Choice(proposals.FAMILIES), help="Family of the names.  [default: the one that has them]"
)
_WHY = click.option("--why", default="", help="The reason, kept in the log.")
_ANSWERS = {"s": "same", "d": "different", "u": "unsure", "l": "later", "w": "why", "q": "quit"}


@click.command()
@click.option("--unsure", is_flag=True, help="Also those that were left open as unsure.")
@click.option("--list", "listed", is_flag=True, help="Only print the proposals, most telling first.")
@click.option("--json", "as_json", is_flag=True, help="Print them with their effects, one JSON object a line.")
@click.pass_obj
def review(home: Home, *, unsure: bool, listed: bool, as_json: bool) -> None:
    """Work through names that may be one: same, different, unsure, later (writes nothing), why."""
    with Ledger(homes.existing(home).ledger) as ledger:
        found = proposals.proposals(ledger, unsure=unsure)
        for entry in curation.orphans(ledger):
            lost = (
                f"{_of_fact(entry.decision)}: no fact of the document is like it any more; `kg undo {entry.change}`"
            )
            click.echo(textual.plain(lost), err=True)
        if as_json:
            for each in found:
                record = asdict(each) | {"effect": asdict(proposals.effect(ledger, each))}
                click.echo(json.dumps(record, ensure_ascii=False))
        elif listed or not found:
            click.echo("\n".join(map(_line, found)) or "nothing to review")
        else:
            _ask(ledger, found)
    _publish(home)


@click.command()
@click.argument("survivor")
@click.argument("others", nargs=-1, required=True)
@_FAMILY
@_WHY
@click.pass_obj
def merge(home: Home, survivor: str, others: tuple[str, ...], *, family: str | None, why: str) -> None:
    """Make OTHERS one with SURVIVOR, under its name."""
    with Ledger(homes.existing(home).ledger) as ledger:
        known = _known(ledger, (survivor, *others), family)
        made = [Judgement(known, survivor, other, "same") for other in others]
        _keep(home, ledger, made, why)


@click.command()
@click.argument("name")
@click.argument("aliases", nargs=-1, required=True)
@_FAMILY
@_WHY
@click.pass_obj
def alias(home: Home, name: str, aliases: tuple[str, ...], *, family: str | None, why: str) -> None:
    """Let ALIASES stand for NAME wherever they will be read; they need not be in use yet."""
    with Ledger(homes.existing(home).ledger) as ledger:
        known = family or _known(ledger, (name,), None)
        _keep(home, ledger, [Judgement(known, name, each, "same") for each in aliases], why)


@click.command()
@click.argument("name")
@click.option("--to", "new", required=True, help="Whom the name stands for in those documents.")
@click.option(
    "--document", "documents", multiple=True, required=True, help="Name or id of a document; may be repeated."
)
@_FAMILY
@_WHY
@click.pass_obj
def split(home: Home, name: str, *, new: str, documents: tuple[str, ...], family: str | None, why: str) -> None:
    """Let NAME stand for another entity in some documents, where two share a name."""
    with Ledger(homes.existing(home).ledger) as ledger:
        known = _known(ledger, (name,), family)
        sources = [source for each in documents for source in registry.sources(ledger, each)]
        _keep(home, ledger, [Judgement(known, name, new, "means", source) for source in sources], why)


@click.command(name="judgements")
@click.option("--import", "source", type=click.File("r", encoding="utf-8"), help="A CSV table whose rows are added.")
@click.option("--output", "-o", type=click.File("w", encoding="utf-8"), default="-", help="The file to write.")
@click.pass_obj
def judgements_command(home: Home, source: Any, output: Any) -> None:
    """Write the log of judgements as CSV, or add that of another home."""
    with Ledger(homes.existing(home).ledger) as ledger:
        if source is None:
            judgements.write(judgements.log(ledger), output)
            return
        entries = judgements.read(source, _who())
        number = judgements.keep(ledger, ledger.run("judge"), entries)
    _publish(home)
    click.echo(
        f"{len(entries)} rows read; `kg undo {number}` takes them back" if number else "all of them stand already"
    )


@click.command()
@click.argument("number", type=int, required=False)
@click.pass_obj
def undo(home: Home, number: int | None) -> None:
    """Take back the last judgement or decision, or those of change NUMBER."""
    with Ledger(homes.existing(home).ledger) as ledger:
        every = [e.change for e in judgements.log(ledger)] + [e.change for e in curation.log(ledger)]
        which, run = number or max(every, default=0), ledger.run("undo")
        gone = [_told(each) for each in judgements.undo(ledger, run, which)]
        gone += [_of_fact(each) for each in curation.undo(ledger, run, which)]
    _publish(home)
    for each in gone:
        click.echo(textual.plain(f"taken back: {each}"))
    if not gone:
        raise JudgementError(f"there is nothing to take back{f' under {number}' if number else ''}")


COMMANDS = (review, merge, alias, split, judgements_command, undo)


def _ask(ledger: Ledger, found: list[Proposal]) -> None:
    for at, each in enumerate(found, 1):
        click.echo(f"\n[{at}/{len(found)}] {_line(each)}")
        while (answer := _answer()) == "why":
            for reason in each.reasons:
                click.echo(f"  - {textual.plain(reason)}")
            click.echo(f"  {textual.plain(effect(each, proposals.effect(ledger, each)))}")
        if answer == "quit":
            return
        if answer != "later":
            made = Judgement(each.family, each.left, each.right, answer)
            try:
                judgements.judge(ledger, ledger.run("judge"), [made], who=_who(), why="; ".join(each.reasons))
            except JudgementError as error:
                click.echo(f"  {error}")


def _answer() -> str:
    while True:
        given = click.prompt("same, different, unsure, later, why, quit", default="later").strip().casefold()
        if given in _ANSWERS.values() or given in _ANSWERS:
            return _ANSWERS.get(given, given)
        click.echo("  the first letter will do: s, d, u, l, w or q")


def effect(proposal: Proposal, would: Effect) -> str:
    """What a merge would change, in a sentence."""
    if proposal.family == consolidated.FAMILY:
        return "Both statements would be of one event, which then counts once."
    shared = f"; both have facts with {', '.join(would.shared[:5])}" if would.shared else ""
    return (
        f"A merge would bring {would.facts} facts of {would.documents} documents from “{proposal.right}” under "
        f"“{proposal.left}”{shared}."
    )


def _line(proposal: Proposal) -> str:
    return textual.plain(f"{proposal.left_label} | {proposal.right_label} ({proposal.family}): {proposal.reasons[0]}")


def _known(ledger: Ledger, names: Iterable[str], family: str | None) -> str:
    """The family in which all these names are used; raises JudgementError where there is none."""
    wanted = tuple(names)
    for each in (family,) if family else proposals.FAMILIES:
        if all(registry.is_used(ledger, Reference(each, name)) for name in wanted):
            return each
    listed = ", ".join(f"“{name}”" for name in wanted)
    raise JudgementError(
        f"no document uses {listed} as written, in one family; `kg query` and the explorer show names"
    )


def _keep(home: Home, ledger: Ledger, made: list[Judgement], why: str) -> None:
    number = judgements.judge(ledger, ledger.run("judge"), made, who=_who(), why=why)
    _publish(home)
    for each in made:
        click.echo(textual.plain(_told(each)))
    click.echo(f"`kg undo {number}` takes it back" if number else "that stands already")


def _told(judgement: Judgement) -> str:
    said = {"same": "is", "different": "is not", "unsure": "may be or not be", "means": "there means"}
    where = f" in source {judgement.source}" if judgement.source else ""
    return f"“{judgement.left}” {said.get(judgement.verdict, judgement.verdict)} “{judgement.right}”{where}"


def _of_fact(decision: Decision) -> str:
    return f"{decision.verdict} of the {decision.kind} in “{decision.quote}”"


def _publish(home: Home) -> None:
    from kg import projection  # brings in the validation, which asking questions does not need

    projection.catch_up(home)


def _who() -> str:
    return getpass.getuser()
