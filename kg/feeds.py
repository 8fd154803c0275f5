"""`feeds.toml`: where new documents come from, and how they are fetched; fetches nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.fetch import Manners
from kg.home import Home
from ontology.errors import KgError

KINDS = ("feed", "sitemap", "page", "folder", "file")
_LIMIT = 50


class FeedsError(KgError):
    """A `feeds.toml` that cannot be used."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where documents come from: a feed, sitemap or page by its address, a folder or file by its path.

    `match` is a part of the addresses, or a pattern of the file names, that are taken; `limit` is the most documents
    that one refresh reads anew.
    """

    kind: str
    place: str
    match: str = ""
    limit: int = _LIMIT


@dataclass(frozen=True, slots=True)
class Settings:
    """All origins, and how is fetched."""

    origins: tuple[Origin, ...]
    manners: Manners


def read(home: Home) -> Settings:
    """The settings of a home; raises FeedsError where they are not there or cannot be used."""
    path = home.path / "feeds.toml"
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise FeedsError(f"{path}: there is none yet; docs/refresh.md shows one") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FeedsError(f"{path}: cannot be read as TOML ({error})") from error
    unknown = told.keys() - {"fetch", "source"}
    if unknown:
        raise FeedsError(f"{path}: there is no setting {sorted(unknown)[0]!r}; there are [fetch] and [[source]]")
    origins = tuple(_origin(path, at, each) for at, each in enumerate(told.get("source", []), 1))
    return Settings(origins, _manners(path, told.get("fetch", {})))


def _origin(path: Path, at: int, told: Mapping[str, Any]) -> Origin:
    kinds = [kind for kind in KINDS if kind in told]
    where = f"{path}: source {at}"
    if len(kinds) != 1:
        raise FeedsError(f"{where} needs exactly one of {', '.join(KINDS)}")
    place, match, limit = told[kinds[0]], told.get("match", ""), told.get("limit", _LIMIT)
    unknown = told.keys() - {*KINDS, "match", "limit"}
    if unknown or not isinstance(place, str) or not isinstance(match, str) or not isinstance(limit, int):
        raise FeedsError(
            f"{where}: {sorted(unknown)[0]!r} is no setting of it" if unknown else f"{where}: wrong type"
        )
    if kinds[0] in ("folder", "file"):
        return Origin(kinds[0], str((path.parent / Path(place).expanduser()).resolve()), match, limit)
    if urlsplit(place).scheme not in ("http", "https"):
        raise FeedsError(f"{where}: {place!r} is no address of the web; only http and https are fetched")
    return Origin(kinds[0], place, match, limit)


def _manners(path: Path, told: Mapping[str, Any]) -> Manners:
    known = {each.name: each.type for each in fields(Manners)}
    if unknown := told.keys() - known.keys():
        raise FeedsError(f"{path}: [fetch] has no setting {sorted(unknown)[0]!r}; it has {', '.join(known)}")
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
    }
    wrong = [n for n, v in values.items() if not isinstance(v, (int, float) if n in _NUMBERS else _OTHERS[n])]
    if wrong:
        raise FeedsError(f"{path}: [fetch] {wrong[0]} is of the wrong type")
    return Manners(**values)


_NUMBERS = ("timeout", "delay", "max_bytes")
_OTHERS: dict[str, type] = {"allow": tuple, "contact": str}
