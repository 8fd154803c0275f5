"""Publishes the live store as a version: a folder with its graph, then the pointer flips."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from kg import locks
from kg.entries import now
from kg.home import Home
from kg.store import Live, NothingPublishedError, current

_KEPT = 2  # versions that stay although nobody reads them


def publish(live: Live, *, always: bool = False) -> None:
    """Publishes the live store as a new version; not where there is nothing new to show, unless `always`."""
    home, change = live.home, live.number
    home.versions.mkdir(exist_ok=True)
    if not always and change in (0, published(home)):
        return
    number = 1 + max((int(path.name) for path in _all(home)), default=0)
    making = home.versions / f".making-{number}"
    for left_over in [*home.versions.glob(".making-*"), *home.versions.glob(".gone-*")]:
        shutil.rmtree(left_over)
    making.mkdir()
    live.store.backup(str(making / "graph"))
    (making / "version.json").write_text(json.dumps({"change": change, "published": now()}), "utf-8")
    (making / "lock").touch()
    making.rename(home.versions / str(number))
    (home.versions / ".next").write_text(str(number), "utf-8")
    os.replace(home.versions / ".next", home.versions / "current")
    _remove_old(home)


def published(home: Home) -> int | None:
    """The ledger's number that the current version shows, None where there is no whole one."""
    try:
        with current(home) as version:
            return int(str(version.info["change"]))
    except (NothingPublishedError, FileNotFoundError):
        return None


def _all(home: Home) -> list[Path]:
    return sorted((p for p in home.versions.iterdir() if p.name.isdigit()), key=lambda path: int(path.name))


def _remove_old(home: Home) -> None:
    for path in _all(home)[:-_KEPT]:
        with locks.if_free(path / "lock") as free:
            if free:
                shutil.rmtree(path.rename(home.versions / f".gone-{path.name}"))
