"""The home directory: its paths and settings; does not read or write what lies in them."""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ontology.errors import KgError

DEFAULT_BASE = "http://localhost:8080/"


class HomeError(KgError):
    """A home directory that is not there, or whose settings cannot be used."""


@dataclass(frozen=True)
class Home:
    """A directory that holds the record, the live store, the published versions and `kg.toml`."""

    path: Path
    #: Where the graph is asked for, if not in the published versions: the address of a SPARQL server.
    address: str = ""

    @cached_property
    def base(self) -> str:
        """The base of all IRIs, fixed when the home was made; raises HomeError where `kg.toml` does not give it."""
        return _checked(self._read().get("base"), self.settings)

    def _read(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.settings.read_text("utf-8"))
        except FileNotFoundError:
            raise HomeError(f"{self.path}: there is no home here yet; `kg add FILE` makes one") from None
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise HomeError(f"{self.settings}: cannot be read as TOML ({error}); mend or restore it") from error

    @cached_property
    def store(self) -> Mapping[str, Any]:
        """What `kg.toml` says under [store]: `query`, `update`, `graphs`, `headers`; empty for the embedded one."""
        if self.address:
            return {"query": self.address}
        found = self._read().get("store", {})
        known = {"query", "update", "graphs", "headers"}
        if not isinstance(found, dict) or not found.keys() <= known or (found and "query" not in found):
            raise HomeError(
                f"{self.settings}: [store] holds `query` and may hold {', '.join(sorted(known - {'query'}))}"
            )
        return found

    def check(self) -> None:
        """Raises HomeError where no home has been made here, or its settings cannot be used."""
        _ = self.base

    @cached_property
    def reviewers(self) -> frozenset[str]:
        """Who may decide in the explorer, by address, where it has a login: `reviewers` under [explorer]."""
        found = self._read().get("explorer", {})
        listed = found.get("reviewers", []) if isinstance(found, dict) else []
        if not isinstance(listed, list):
            raise HomeError(f"{self.settings}: `reviewers` under [explorer] must be a list of addresses")
        return frozenset(str(each).casefold() for each in listed)

    @property
    def settings(self) -> Path:
        """The file of the settings."""
        return self.path / "kg.toml"

    @property
    def ledger(self) -> Path:
        """The SQLite file of the record."""
        return self.path / "ledger.sqlite"

    @property
    def live(self) -> Path:
        """The directory of the live store, which only the writer opens."""
        return self.path / "store"

    @property
    def versions(self) -> Path:
        """The directory of the published versions."""
        return self.path / "versions"

    @property
    def exists(self) -> bool:
        """Whether a home has been made here."""
        return self.settings.is_file()


def existing(home: Home) -> Home:
    """The home itself; raises HomeError where none has been made there."""
    if not home.exists:
        raise HomeError(f"{home.path}: there is no home here yet; `kg add FILE` makes one")
    return home


def make(path: Path, base: str = DEFAULT_BASE) -> Home:
    """The home at `path`, made with this base where there is none; one that exists keeps its base.

    Raises HomeError where the directory cannot be made or the base is no absolute IRI.
    """
    home = Home(path)
    text = f"# The base of all IRIs. It is fixed: changing it would rename everything.\nbase = {_quoted(base)}\n"
    try:
        path.mkdir(parents=True, exist_ok=True)
        if not home.exists:
            _write_once(home.settings, text)
    except OSError as error:
        raise HomeError(f"{path}: the home cannot be made there ({error.strerror}); choose another --home") from error
    return home


def _quoted(base: str) -> str:
    return '"' + _checked(base, Path("--base")) + '"'


def _checked(base: object, where: Path) -> str:
    text = str(base)
    parts = urlsplit(text)
    if not parts.scheme or not parts.netloc or text[-1] not in "/#" or any(c in text for c in ' "<>\\'):
        raise HomeError(f"{where}: the base {text!r} must be an absolute IRI that ends in / or #")
    return text


def _write_once(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.link(name, path)  # whole or not at all, and never over the file of a process that was quicker
    except FileExistsError:
        return
    finally:
        os.unlink(name)
