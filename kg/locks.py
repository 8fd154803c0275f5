"""Locks between processes, which end with the process that holds them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Waits until no other process holds the lock of that file, and holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def shared(path: Path) -> int:
    """An open file that shares the lock, to be closed to let go of it; raises FileNotFoundError where it is gone."""
    handle = os.open(path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_SH)
    if os.fstat(handle).st_nlink == 0:
        os.close(handle)
        raise FileNotFoundError(path)
    return handle


@contextmanager
def if_free(path: Path) -> Iterator[bool]:
    """Holds the lock of that file and yields True, or yields False at once where someone holds or shares it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)
