"""Runs foreign queries in processes of their own, which are ended at their limits; does not speak HTTP."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from contextlib import suppress

from kg import prefork, store
from kg.home import Home
from kg.prefork import Place
from kg.process import Process, UnreadableError, hello
from kg.turns import Forwarding, Turns
from kg.worker import Answer, Failure, Limits, Task

#: How long a process may take to have the graph at hand, and a version to be held in memory, in seconds.
STARTUP, LOADING = 30.0, 900.0
#: How long a version that could not be read is left alone, in seconds.
_PAUSE = 5.0


def answering(home: Home, limits: Limits) -> Turns:
    """What answers queries on the graph of a home: processes of ours, or the server that the home names."""
    remote = store.remote(home)
    return Pool(home, limits) if remote is None else Forwarding(remote, home.base, limits)


class Pool(Turns):
    """Processes that each run one query at a time on the current version; to be used in one event loop.

    A new version is read from disk as soon as it is published and, where it fits, held in memory a little later.
    """

    def __init__(self, home: Home, limits: Limits) -> None:
        super().__init__(limits)
        self._home = home
        self._opening = asyncio.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._current: _Snapshot | None = None
        self._unread: tuple[int, float] = (0, 0.0)
        self._loading: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the process that forks the others."""
        self._control, end = socket.socketpair()
        with end:
            self._process = subprocess.Popen(prefork.command(self._home, self._limits), stdin=end.fileno())  # noqa: S603 - ours

    async def stop(self) -> None:
        """End all processes, also those that still run a query."""
        if self._loading:
            self._loading.cancel()
        if self._current:
            self._current.close()
        if self._control and self._process:
            self._control.close()
            await asyncio.to_thread(self._process.wait)

    @property
    def version(self) -> int:
        """The number of the version that queries are answered from, 0 before there is one."""
        return self._current.number if self._current else 0

    @property
    def in_memory(self) -> bool:
        """Whether that version is held in memory."""
        return self._current is not None and self._current.place == "memory"

    async def _run(self, task: Task) -> Answer | Failure:
        snapshot, process = await self._taken()
        try:
            return await process.ask(task, self._limits, snapshot.number)
        finally:
            snapshot.give_back(process)

    async def _taken(self) -> tuple[_Snapshot, Process]:
        snapshot = await self._newest()
        try:
            return snapshot, await snapshot.take()
        except (UnreadableError, OSError):  # the process that holds it has died: once more with another
            if snapshot is self._current:
                self._replace(None)
            snapshot = await self._newest()
            return snapshot, await snapshot.take()

    async def _newest(self) -> _Snapshot:
        """The current version, or the one before where that cannot be read; raises KgError where there is none."""
        async with self._opening:
            number = store.pointer(self._home)
            if self._current is None or self._current.number != number:
                await self._open(number)
            if self._current is None:
                raise UnreadableError("the graph cannot be read: `kg build` makes it anew")
            return self._current

    async def _open(self, number: int | None) -> None:
        if number is None:
            store.current(self._home).close()  # says what to do where nothing is published
        now = asyncio.get_running_loop().time()
        if self._current and self._unread[0] == number and now - self._unread[1] < _PAUSE:
            return
        try:
            self._replace(await self._read())
        except UnreadableError:
            self._unread = (number or 0, now)
            if self._current is None:
                raise
        else:
            if self._loading is None or self._loading.done():
                self._loading = asyncio.create_task(self._load())

    async def _read(self) -> _Snapshot:
        """The current version on disk, once a process has opened it."""
        snapshot = await self._forked("disk", STARTUP)
        try:
            snapshot.give_back(await snapshot.take())
        except (UnreadableError, OSError) as error:
            snapshot.close()
            raise UnreadableError(str(error)) from error
        return snapshot

    async def _load(self) -> None:
        """Hold the current version in memory, then those published meanwhile."""
        while self._current and self._current.place == "disk":
            if not prefork.fits(self._home.versions / str(self._current.number) / "graph", self._limits):
                return
            with suppress(UnreadableError, OSError):
                held = await self._forked("memory", LOADING)
                if self._current and held.number >= self._current.number:
                    self._replace(held)
                    continue
                held.close()
            await asyncio.sleep(_PAUSE)

    async def _forked(self, place: Place, patience: float) -> _Snapshot:
        if self._process is None or self._control is None or self._process.poll() is not None:
            self.start()
        assert self._control  # noqa: S101 - `start` has made it
        control, end = socket.socketpair()
        prefork.ask(self._control, end, place)
        told = await hello(control, patience)
        return _Snapshot(control, int(str(told["version"])), place)

    def _replace(self, snapshot: _Snapshot | None) -> None:
        if self._current:
            self._current.close()
        self._current = snapshot


class _Snapshot:
    """The process that holds one version, and those it has forked that wait for a query."""

    def __init__(self, control: socket.socket, number: int, place: Place) -> None:
        self._control, self.number, self.place = control, number, place
        self._idle: list[Process] = []
        self._busy, self._closed = 0, False

    async def take(self) -> Process:
        """A process for one query, to be given back. Raises UnreadableError and OSError."""
        self._busy += 1  # at once: as long as one is at work, or to be, the process that holds the version stays
        try:
            return self._idle.pop() if self._idle else await self._fork()
        except BaseException:
            self._let_go()
            raise

    async def _fork(self) -> Process:
        pipe, end = socket.socketpair()
        prefork.ask(self._control, end)
        told = await hello(pipe, STARTUP)
        return Process(pipe, int(str(told["pid"])))

    def give_back(self, process: Process) -> None:
        """Keep the process for the next query, unless it, or this snapshot, has come to its end."""
        if not process.ended:
            self._idle.append(process)
        self._let_go()

    def _let_go(self) -> None:
        self._busy -= 1
        if self._closed:
            self.close()

    def close(self) -> None:
        """End the processes that wait; those at work end when they are given back."""
        self._closed = True
        for each in self._idle:
            each.end()
        self._idle.clear()
        if not self._busy:
            self._control.close()
