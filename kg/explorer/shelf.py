"""The version that all sessions look at, and the next one, which is opened in the background meanwhile."""

from __future__ import annotations

import gc
import threading
from collections import deque

from kg import store
from kg.explorer.snapshot import Snapshot
from kg.home import Home
from ontology.errors import KgError

#: How many versions stay open: that which is shown, and those that a session may still be drawing.
_KEPT = 3


class Shelf:
    """The open versions of one home."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._open: deque[Snapshot] = deque()
        self._opening: threading.Thread | None = None

    def newest(self) -> Snapshot:
        """The newest version that is open; a newer one that is published is opened in the background.

        The first call opens a version and waits for it. Raises KgError where there is none.
        """
        with self._lock:
            if not self._open:
                self._take(self._read())
            elif store.pointer(self._home) not in (None, self._open[-1].version.number) and not self._is_opening():
                self._opening = threading.Thread(target=self._renew, daemon=True, name="open version")
                self._opening.start()
            return self._open[-1]

    def _is_opening(self) -> bool:
        return self._opening is not None and self._opening.is_alive()

    def _renew(self) -> None:
        try:
            read = self._read()
        except KgError:
            return  # the next call tries again; the version that is open goes on serving
        with self._lock:
            self._take(read)

    def _read(self) -> Snapshot:
        found = Snapshot.read(store.current(self._home), self._home.base)
        found.warm()
        return found

    def _take(self, read: Snapshot) -> None:
        """Puts a version in front, closes the oldest, and keeps what stays from the collector of garbage.

        Streamlit collects after every run, which takes a third of a second where it walks through a whole network.
        """
        self._open.append(read)
        gc.unfreeze()
        while len(self._open) > _KEPT:
            self._open.popleft().version.close()
        gc.collect()
        gc.freeze()
