"""Documents that are laid in the inbox: kept in the home, compared and taken in by child processes, which extract."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from kg import feeds, inputs
from kg.changes import Change
from kg.fetch import Fetcher, Manners
from kg.home import Home
from ontology.errors import KgError

#: How long reading and extracting one document may take, in seconds.
SECONDS = 240
LARGEST = 20 << 20
SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".eml")


class PreviewError(KgError):
    """A document that cannot be kept, read or taken in."""


def keep(home: Home, name: str, data: bytes) -> str:
    """Keeps a document in the inbox of the home and gives the name that it has there.

    Raises PreviewError for a format that is not read, for an empty document and for one that is too large.
    """
    path = Path(name.replace("\\", "/"))
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        raise PreviewError(f"{name}: {suffix or 'no ending'} is not a format that is read ({', '.join(SUFFIXES)})")
    if not data.strip():
        raise PreviewError(f"{name}: the document is empty")
    if len(data) > LARGEST:
        raise PreviewError(f"{name}: more than {LARGEST >> 20} MB")
    stem = re.sub(r"[^\w-]+", "-", path.stem).strip("-")[:60] or "document"
    kept = f"{stem}-{blake2b(data, digest_size=6).hexdigest()}{suffix}"
    folder(home).mkdir(exist_ok=True)
    (folder(home) / kept).write_bytes(data)
    return kept


def fetch(home: Home, address: str) -> str:
    """Fetches a document, as warily as a refresh does and by the same settings, and keeps it; gives its name.

    Raises FetchError where it is not fetched, FeedsError for wrong settings, PreviewError as `keep` does.
    """
    manners = feeds.read(home).manners if (home.path / "feeds.toml").exists() else Manners()
    fetched = Fetcher(manners).get(address.strip())
    parts = urlsplit(fetched.address)
    end, raw = inputs.suffix(fetched.media_type, fetched.charset, fetched.address, fetched.body)
    return keep(home, (PurePosixPath(parts.path).stem or str(parts.hostname)) + end, raw)


def folder(home: Home) -> Path:
    """Where the inbox lies."""
    return home.path / "inbox"


def kept(home: Home, name: str) -> Path | None:
    """The document of that name, None where the inbox holds none; no name leads out of the inbox."""
    path = folder(home) / name
    return path if Path(name).name == name and path.is_file() else None


def compare(home: Home, path: Path) -> list[Change]:
    """What the document would change. Raises PreviewError where it cannot be read."""
    lines = _kg(home, "diff", str(path), "--format", "json").splitlines()
    records = (json.loads(line) for line in lines if line.startswith("{"))
    return [Change(**{**record, "facts": tuple(record["facts"])}) for record in records]


def take_in(home: Home, path: Path) -> None:
    """Records and publishes the document. Raises PreviewError where it cannot."""
    _kg(home, "add", str(path))


def withdraw(home: Home, path: Path) -> None:
    """Takes away what the document has contributed. Raises PreviewError where it cannot."""
    _kg(home, "withdraw", str(path))


def _kg(home: Home, *words: str) -> str:
    command = [sys.executable, "-P", "-m", "kg.cli", "--home", str(home.path), *words]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired as error:
        raise PreviewError(f"reading took more than {SECONDS} seconds and was stopped") from error
    if done.returncode:
        told = (done.stderr.strip() or done.stdout.strip() or "it ended without a word").splitlines()
        raise PreviewError(told[-1].removeprefix("Error: "))
    return done.stdout
