"""Facts to graph to answers: ledger, identity, projection, store, queries, endpoint, explorer and command line."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

if TYPE_CHECKING:
    from rdflib import Dataset


def open(home: str | PathLike[str]) -> Dataset:  # noqa: A001 - `kg.open` reads as it should
    """The current version of a home as an rdflib Dataset, whose default graph is the union of all graphs.

    It stays as it is when newer versions are published, and is for reading. Raises HomeError and
    NothingPublishedError where there is nothing to open.
    """
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    from kg import store
    from kg.home import Home

    version = store.current(Home(Path(home)))
    dataset = Dataset(store=OxigraphStore(store=version.embedded()), default_union=True)
    finalize(dataset, version.close)
    return dataset
