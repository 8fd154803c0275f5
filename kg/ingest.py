"""Documents in, published graph out: reads, extracts, records and projects, document by document."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from extract.document import Document
from extract.fact import Fact
from kg import changes, inputs, projection, spreading
from kg.changes import Change
from kg.home import Home
from kg.ledger import Ledger
from kg.record import Reading, Recorded, record
from ontology.errors import KgError

_PUBLISH_EVERY = 2.0  # seconds

#: Makes one reading when it is called; raises KgError where it cannot.
Reader = Callable[[], Reading]


class NothingFoundError(KgError):
    """A document that states no fact."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: `recorded` or, where nothing was done, the `error`; `seconds` from reading on.

    `new`, `known` and `closed` of `recorded` count facts; where `recorded.changed` is false all was known before.
    """

    name: str
    recorded: Recorded | None
    error: KgError | None
    seconds: float


def add(home: Home, paths: Iterable[Path], spread: Executor | None = None, workers: int = 1) -> Iterator[Outcome]:
    """Reads, extracts, records and publishes these files; an outcome is given once its document is published.

    An error of one file does not stop the rest. Extraction runs in this process, or is spread over so many workers.
    Raises LedgerError and HomeError where nothing can be recorded.
    """
    with Ledger(home.ledger) as ledger:
        if spread is None:
            yield from keep(home, ((str(path), partial(_load, ledger, path)) for path in paths))
            return
        found = (_Found.read(ledger, path) for path in paths)
        given = spreading.ahead(found, lambda each: each.submitted(spread), workers)
        yield from keep(home, ((str(each.path), partial(each.reading, future)) for each, future in given))


def keep(home: Home, readers: Iterable[tuple[str, Reader]], *, what: str = "add") -> Iterator[Outcome]:
    """Records and publishes what these readers, given with the names of their inputs, read; outcomes as of `add`."""
    projection.catch_up(home)
    last, waiting = -_PUBLISH_EVERY, list[Outcome]()
    with Ledger(home.ledger) as ledger:
        run = ledger.run(what)
        for name, reader in readers:
            waiting.append(_record(ledger, run, name, reader))
            if time.monotonic() - last >= _PUBLISH_EVERY:
                projection.catch_up(home)
                last = time.monotonic()
                yield from waiting
                waiting = []
    if waiting:
        projection.catch_up(home)
        yield from waiting


def diff(home: Home, path: Path) -> list[Change]:
    """What this file would change if it were added; nothing is recorded. Raises KgError where it cannot be read."""
    with Ledger(home.ledger) as ledger:
        reading = _load(ledger, path)
        with ledger.rehearsal():
            since = ledger.number()
            record(ledger, ledger.run("diff"), reading)
            return changes.between(ledger, since)


def build(home: Home, *, extract: bool = False) -> Iterator[Outcome]:
    """Projects everything anew from the ledger and publishes; `extract` reads the stored originals again before.

    The outcomes are those of the originals, each given once it is recorded.
    """
    if extract:
        with Ledger(home.ledger) as ledger:
            run = ledger.run("extract")
            for document, address, original in ledger.originals():
                yield _record(ledger, run, document.name, partial(_again, original, document, address))
    projection.catch_up(home, anew=True)


def _record(ledger: Ledger, run: int, name: str, reader: Reader) -> Outcome:
    started = time.monotonic()
    try:
        reading = reader()
    except KgError as error:
        return Outcome(name, None, error, time.monotonic() - started)
    recorded = record(ledger, run, reading)
    return Outcome(name, recorded, None, time.monotonic() - started)


def load(home: Home, path: Path) -> Reading:
    """A file as a reading, its document under the bare name of the file; raises KgError where it cannot be read."""
    with Ledger(home.ledger) as ledger:
        return _load(ledger, path)


def taken(home: Home, original: bytes, name: str, address: str, published: str | None) -> Reading:
    """Bytes that were fetched as a reading, its document under its address; `name` ends as its format does.

    `published` is the date that whoever led there gives it; that of the document itself goes before it.
    """
    document = inputs.read(original, name)
    document = replace(document, name=address, published=document.published or published)
    with Ledger(home.ledger) as ledger:
        return Reading(document, _stated(ledger, document, address), original, address)


def _load(ledger: Ledger, path: Path) -> Reading:
    original, document = _read(path)
    return Reading(document, _stated(ledger, document, str(path)), original, str(path.resolve()))


def _read(path: Path) -> tuple[bytes, Document]:
    from extract import readers  # brings in spaCy, which only extraction needs

    original = readers.load(path)
    return original, replace(inputs.read(original, str(path)), name=path.name)


def _stated(ledger: Ledger, document: Document, name: str) -> list[Fact]:
    known = _known(ledger, document)
    return _facts(document, name) if known is None else known


def _known(ledger: Ledger, document: Document) -> list[Fact] | None:
    """The facts that are recorded of a document, None where it has to be extracted.

    So it has where this finder dates it earlier: relative dates hang on it.
    """
    source = ledger.current(document.id)
    known = ledger.source(source) if source else None
    if known is None or _is_earlier(document.published, known.document.published):
        return None
    return list(ledger.extracted(known.id).values())


@dataclass(frozen=True, slots=True)
class _Found:
    """A file whose facts are extracted elsewhere: what was read and, where that is not needed, why or the reading."""

    path: Path
    original: bytes = b""
    document: Document | None = None
    ready: Reading | None = None
    error: KgError | None = None

    @classmethod
    def read(cls, ledger: Ledger, path: Path) -> _Found:
        try:
            original, document = _read(path)
        except KgError as error:
            return cls(path, error=error)
        known = _known(ledger, document)
        ready = None if known is None else Reading(document, known, original, str(path.resolve()))
        return cls(path, original, document, ready)

    def submitted(self, spread: Executor) -> Future[list[Fact]] | None:
        if self.error or self.ready:
            return None
        return spread.submit(spreading.facts, self.original, str(self.path))

    def reading(self, future: Future[list[Fact]] | None) -> Reading:
        if self.error:
            raise self.error
        if self.ready or future is None or self.document is None:
            assert self.ready  # noqa: S101 - else there would be a future
            return self.ready
        facts = _any(future.result(), str(self.path))
        return Reading(self.document, facts, self.original, str(self.path.resolve()))


def _is_earlier(published: str | None, than: str | None) -> bool:
    return published is not None and (than is None or published < than)


def _again(original: bytes, known: Document, address: str) -> Reading:
    """What is known already, read again; its date is the earliest that a finder gives."""
    read = inputs.read(original, inputs.with_ending(known.name, known.media_type))
    published = min(filter(None, (read.published, known.published)), default=None)
    document = replace(read, name=known.name, published=published)
    return Reading(document, _facts(document, known.name), original, address)


def _facts(document: Document, name: str) -> list[Fact]:
    from extract import pipeline  # brings in spaCy, which only extraction needs

    return _any([fact for _, found in pipeline.extract([document]) for fact in found], name)


def _any(facts: list[Fact], name: str) -> list[Fact]:
    if not facts:
        raise NothingFoundError(f"{name}: states no fact that is looked for; nothing was recorded")
    return facts
