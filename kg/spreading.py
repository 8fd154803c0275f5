"""Extraction spread over processes of this machine or the workers of a Dask cluster; records nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import PurePath
from typing import TypeVar

from extract.fact import Fact
from kg import inputs
from ontology.errors import KgError

Input = TypeVar("Input")
Output = TypeVar("Output")

#: How many tasks of each worker are given out before the first result is asked for.
_AHEAD = 4


class ClusterError(KgError):
    """A cluster that cannot be used."""


def facts(original: bytes, name: str) -> list[Fact]:
    """The facts of a document, from its bytes and the name that tells its format; the same everywhere."""
    from extract import pipeline  # brings in spaCy, which only extraction needs

    document = replace(inputs.read(original, name), name=PurePath(name).name)
    return [fact for _, found in pipeline.extract([document]) for fact in found]


@contextmanager
def processes(count: int) -> Iterator[Executor]:
    """So many processes, each with a language pipeline of its own."""
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as executor:
        yield executor


def size(executor: Executor) -> int:
    """How many workers a cluster has."""
    return len(executor._client.scheduler_info()["workers"]) or 1  # type: ignore[attr-defined] # Dask's executor


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of the Dask cluster whose scheduler is at that address; raises ClusterError."""
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("Dask is not installed: `pip install kg[dask]` does it") from error
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise ClusterError(f"{address}: there is no Dask scheduler ({error})") from error
    with client, client.get_executor(pure=False) as executor:
        yield executor


def ahead(
    tasks: Iterable[Input], submit: Callable[[Input], Future[Output] | None], count: int
) -> Iterator[tuple[Input, Future[Output] | None]]:
    """Each task with what was submitted for it, in order; a few are submitted before the first is asked for."""
    waiting: deque[tuple[Input, Future[Output] | None]] = deque()
    for each in tasks:
        waiting.append((each, submit(each)))
        if len(waiting) > count * _AHEAD:
            yield waiting.popleft()
    yield from waiting
