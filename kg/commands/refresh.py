"""Commands by which a home is kept up to date: refresh."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg import changes, feeds, textual
from kg import home as homes
from kg.commands.changes import rendered
from kg.feeds import Origin, Settings
from kg.home import Home
from kg.ledger import Ledger
from kg.query import Table

if TYPE_CHECKING:
    from kg.refresh import Step, Wanted

_GLANCE = 2.0  # seconds between two looks at the folders that are watched


@click.command()
@click.option("--watch", is_flag=True, help="Go on until Ctrl-C: files at once, the web every now and then.")
@click.option("--every", default=900.0, show_default=True, help="Seconds between two looks at the web, with --watch.")
@click.option("--json", "as_json", is_flag=True, help="Report one JSON object a line.")
@click.pass_obj
def refresh(home: Home, *, watch: bool, every: float, as_json: bool) -> None:
    """Take what is new from the sources in feeds.toml, and tell what changed."""
    made = homes.make(home.path)
    settings = feeds.read(made)
    failed: set[Wanted] = set()
    steps = _once(made, settings, settings.origins, as_json, failed)
    if watch:
        _go_on(made, settings, every, failed, as_json=as_json)
    if steps and all(step.what == "failed" for step in steps):
        sys.exit(1)


COMMANDS = (refresh,)


def _go_on(home: Home, settings: Settings, every: float, failed: set[Wanted], *, as_json: bool) -> None:
    """Looks at files all the time and at the web when it is due; may be ended at any time.

    What failed is tried again once it has changed, or when the web is due.
    """
    local = [each for each in settings.origins if each.kind in ("folder", "file")]
    web = [each for each in settings.origins if each not in local]
    looked = time.monotonic()
    while True:
        time.sleep(min(_GLANCE, every))
        due = time.monotonic() - looked >= every
        if due:
            looked = time.monotonic()
            failed.clear()
        _once(home, settings, [*local, *(web if due else ())], as_json, failed, quiet=True)


def _once(
    home: Home,
    settings: Settings,
    origins: Sequence[Origin],
    as_json: bool,
    failed: set[Wanted],
    *,
    quiet: bool = False,
) -> list[Step]:
    """One look, at all but what `failed`, to which it adds; where `quiet`, nothing is told where it finds nothing."""
    from kg.refresh import Refresh  # brings in what records and publishes

    work = Refresh(home, settings)
    wanted = [each for each in work.wanted(origins) if each not in failed]
    if quiet and not wanted:
        return []
    with Ledger(home.ledger) as ledger:
        since = ledger.number()
    steps = list(_shown(work.take(wanted), wanted))
    failed.update(each for each, step in zip(wanted, steps, strict=True) if step.what == "failed")
    _report(home, steps, since, as_json)
    _tell_watchers(home, settings, as_json)
    return steps


def _tell_watchers(home: Home, settings: Settings, as_json: bool) -> None:
    from kg import store, watches

    try:
        store.current(home).close()
    except store.NothingPublishedError:
        return  # nothing can be asked yet
    for each in watches.news(home, watches.read(home), settings.manners):
        if as_json:
            click.echo(json.dumps(watches.record(each), ensure_ascii=False))
        elif each.error:
            click.echo(textual.plain(f"watch {each.name}: {each.error}"), err=True)
        else:
            click.echo(textual.plain(f"\nwatch {each.name}: {len(each.rows)} new"))
            click.echo(textual.render(Table(each.columns, each.rows), shutil.get_terminal_size().columns))


def _shown(steps: Iterable[Step], wanted: Sequence[Wanted]) -> Iterator[Step]:
    with click.progressbar(steps, length=len(wanted), label="refreshing", file=sys.stderr) as bar:
        yield from bar


def _report(home: Home, steps: Sequence[Step], since: int, as_json: bool) -> None:
    with Ledger(home.ledger) as ledger:
        found = changes.between(ledger, since)
    if as_json:
        for step in steps:
            click.echo(json.dumps({**asdict(step), "origin": step.origin.place}, ensure_ascii=False))
        for line in rendered(found, "json"):
            click.echo(line)
        return
    for step in steps:
        if step.what != "unchanged":
            click.echo(textual.plain(f"{step.what}: {step.text}"), err=step.what == "failed")
    counts = Counter(step.what for step in steps)
    told = ", ".join(f"{counts[what]} {what}" for what in ("new", "changed", "unchanged", "nothing", "failed"))
    click.echo(told.replace("nothing", "without a fact"))
    if found:
        click.echo("\n" + "\n".join(rendered(found, "text")))
