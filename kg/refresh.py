"""Takes what is new from files, folders, pages, feeds and sitemaps; one bad source never stops the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kg import ingest, inputs, syndication
from kg.entries import now
from kg.feeds import Origin, Settings
from kg.fetch import Fetched, Fetcher, NotModifiedError
from kg.home import Home
from kg.ingest import NothingFoundError, Outcome
from kg.ledger import Ledger
from kg.record import Reading
from kg.syndication import Item
from ontology.errors import KgError

_NESTED = 20  # sitemaps that one index leads to


class OriginError(KgError):
    """A folder or file that cannot be looked at."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something to look at: a file or page of an origin, with what is known of its version."""

    origin: Origin
    place: str
    item: Item | None = None
    error: KgError | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one thing that was looked at: what is one of new, changed, unchanged, nothing, failed."""

    origin: Origin
    place: str
    what: str
    text: str


class Refresh:
    """One look at the origins of a home: first `wanted` lists what there is, then `take` reads what is new."""

    def __init__(self, home: Home, settings: Settings) -> None:
        self.home, self.settings = home, settings
        self.fetcher = Fetcher(settings.manners)
        self._tags: dict[str, tuple[str | None, str | None]] = {}

    def wanted(self, origins: Sequence[Origin] | None = None) -> list[Wanted]:
        """All that is to be looked at, origin by origin; an origin that cannot be listed is one that fails."""
        found = []
        with Ledger(self.home.ledger) as ledger:
            for origin in self.settings.origins if origins is None else origins:
                try:
                    found += self._new(ledger, origin)
                except KgError as error:
                    found.append(Wanted(origin, origin.place, error=error))
        return found

    def _new(self, ledger: Ledger, origin: Origin) -> list[Wanted]:
        """What of an origin is not known by its mark already, at most as much as its limit."""
        new = [
            each
            for each in self._listed(origin)
            if each.item is None or _known(ledger, each.place)[0] != (each.item.version or "seen")
        ]
        return new[: origin.limit]

    def _listed(self, origin: Origin) -> Iterator[Wanted]:
        if origin.kind == "page":
            yield Wanted(origin, syndication.normal(origin.place))
        elif origin.kind in ("folder", "file"):
            yield from _files(origin)
        else:
            for item in self._items(origin.place, origin.kind == "sitemap"):
                if origin.match in item.address:
                    yield Wanted(origin, item.address, item)

    def _items(self, address: str, nested: bool) -> Iterator[Item]:
        for number, item in enumerate(syndication.items(self.fetcher.get(address).body, address)):
            if not item.nested:
                yield item
            elif nested and number < _NESTED:
                yield from self._items(item.address, nested=False)

    def take(self, wanted: Sequence[Wanted]) -> Iterator[Step]:
        """Reads, records and publishes; a step is given once its document is published."""
        readers = [(each.place, partial(self._read, each)) for each in wanted]
        with Ledger(self.home.ledger) as ledger:
            for each, outcome in zip(wanted, ingest.keep(self.home, readers, what="refresh"), strict=True):
                step = _step(each, outcome)
                if step.what != "failed":
                    self._note(ledger, each, step.what)
                yield step

    def _read(self, wanted: Wanted) -> Reading:
        if wanted.error:
            raise wanted.error
        if wanted.origin.kind in ("folder", "file"):
            return ingest.load(self.home, Path(wanted.place))
        with Ledger(self.home.ledger) as ledger:
            _, etag, modified = _known(ledger, wanted.place)
        fetched = self.fetcher.get(wanted.place, etag, modified)
        self._tags[wanted.place] = (fetched.etag, fetched.modified)
        return ingest.taken(self.home, *_document(wanted, fetched))

    def _note(self, ledger: Ledger, wanted: Wanted, what: str) -> None:
        etag, modified = self._tags.pop(wanted.place, _known(ledger, wanted.place)[1:])
        version = (wanted.item.version or "seen") if wanted.item else None
        ledger.note_fetched((wanted.place, etag, modified, version, what, now()))


def _document(wanted: Wanted, fetched: Fetched) -> tuple[bytes, str, str, str | None]:
    """Bytes, name with the ending of its format, address, and the date that the feed gives."""
    end, raw = inputs.suffix(fetched.media_type, fetched.charset, fetched.address, fetched.body)
    return raw, f"{wanted.place}{end}", wanted.place, wanted.item.published if wanted.item else None


def _files(origin: Origin) -> Iterator[Wanted]:
    path = Path(origin.place)
    try:
        if origin.kind == "file":
            found = [path]
        else:
            found = sorted(each for each in path.rglob(origin.match or "*") if each.is_file())
            found = [each for each in found if each.suffix.casefold() in ENDINGS]
            if not path.is_dir():
                raise OriginError(f"{path}: there is no such folder")
        for each in found:
            told = each.stat()
            yield Wanted(origin, str(each), Item(str(each), version=f"{told.st_mtime_ns} {told.st_size}"))
    except OSError as error:
        raise OriginError(f"{path}: cannot be read ({error.strerror})") from error


#: The ends of names of the files that are taken from a folder.
ENDINGS = frozenset((*inputs.SUFFIXES.values(), ".htm"))


def _step(wanted: Wanted, outcome: Outcome) -> Step:
    origin, place, error = wanted.origin, wanted.place, outcome.error
    if isinstance(error, NotModifiedError):
        return Step(origin, place, "unchanged", f"{place}: has not changed")
    if isinstance(error, NothingFoundError):
        return Step(origin, place, "nothing", str(error))
    if error or not outcome.recorded:
        why = str(error)
        return Step(origin, place, "failed", why if why.startswith(place) else f"{place}: {why}")
    found = outcome.recorded
    if not found.changed:
        return Step(origin, place, "unchanged", f"{place}: known already ({found.known} facts)")
    what = "changed" if found.known or found.closed else "new"
    return Step(origin, place, what, f"{place}: {found.new} new facts, {found.closed} no longer said")


def _known(ledger: Ledger, place: str) -> tuple[str | None, str | None, str | None]:
    """The mark of the version, ETag and Last-Modified that are known of a place."""
    rows = ledger.rows("SELECT version, etag, modified FROM fetched WHERE address = ?", (place,))
    return rows[0] if rows else (None, None, None)
