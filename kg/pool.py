"""Runs foreign queries in processes of their own, which are ended at their limits; does not speak HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
from collections import Counter
from contextlib import suppress
from dataclasses import replace

from kg import prefork, store, worker
from kg.home import Home
from kg.prefork import Place
from kg.remote import Remote
from kg.worker import Answer, Failure, Limits, Task
from ontology.errors import KgError

#: How long a process may take to have the graph at hand, and a version to be held in memory, in seconds.
STARTUP, LOADING = 30.0, 900.0
#: After how many seconds a query lets others go first, and by how much: the light ones are not to wait for it.
SLOW, _NICE = 0.25, 10
#: How long a version that could not be read is left alone, in seconds.
_PAUSE = 5.0


class Turns:
    """Who may ask at a time, who waits, and how it ended; what answers is the business of the classes below.

    `ended` counts by reason how tasks ended, "answered" among them; `version` is the number of the version that
    answers are given from, 0 where that is not known; `in_memory` tells whether it is held in memory.
    """

    version, in_memory = 0, False

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.workers)
        self.running, self.waiting = 0, 0
        self.ended: Counter[str] = Counter()

    def start(self) -> None:
        """Begin, within the event loop."""

    async def stop(self) -> None:
        """End, also what still runs."""

    async def run(self, task: Task) -> Answer | Failure:
        """The answer of the task, or why there is none; waits for its turn no longer than a query may run."""
        try:
            reply = await self._in_turn(task)
        except asyncio.CancelledError:
            self.ended["cancelled"] += 1
            raise
        self.ended[reply.reason if isinstance(reply, Failure) else "answered"] += 1
        return reply

    async def _in_turn(self, task: Task) -> Answer | Failure:
        if self.waiting >= self._limits.queue:
            return Failure("busy", f"{self.waiting} queries wait already: try again in a moment")
        self.waiting += 1
        try:
            await asyncio.wait_for(self._slots.acquire(), self._limits.seconds)
        except TimeoutError:
            return Failure("busy", f"all {self._limits.workers} query processes are at work: try again in a moment")
        finally:
            self.waiting -= 1
        self.running += 1
        try:
            return await self._run(task)
        except (KgError, OSError, EOFError) as error:
            return Failure("unavailable", str(error) or "the query processes do not start: try again in a moment")
        finally:
            self.running -= 1
            self._slots.release()

    async def _run(self, task: Task) -> Answer | Failure:
        raise NotImplementedError


class Forwarding(Turns):
    """Asks a server of another make; limits on the evaluation are its own: ours bound the waiting and the size."""

    def __init__(self, remote: Remote, base: str, limits: Limits) -> None:
        super().__init__(limits)
        self._remote, self._base = replace(remote, seconds=limits.seconds), base

    async def _run(self, task: Task) -> Answer | Failure:
        message = await asyncio.to_thread(worker.answer, self._remote, task, self._base, self._limits.answer)
        head, _ = worker.LENGTHS.unpack_from(message)
        start = worker.LENGTHS.size + head
        return worker.told(message[worker.LENGTHS.size : start], message[start:], 0)


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
    def version(self) -> int:  # type: ignore[override] # it is only read
        """The number of the version that queries are answered from, 0 before there is one."""
        return self._current.number if self._current else 0

    @property
    def in_memory(self) -> bool:  # type: ignore[override] # it is only read
        """Whether that version is held in memory."""
        return self._current is not None and self._current.place == "memory"

    async def _run(self, task: Task) -> Answer | Failure:
        snapshot, process = await self._taken()
        try:
            return await process.ask(task, self._limits, snapshot.number)
        finally:
            snapshot.give_back(process)

    async def _taken(self) -> tuple[_Snapshot, _Process]:
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
        told = await _hello(control, patience)
        return _Snapshot(control, int(str(told["version"])), place)

    def _replace(self, snapshot: _Snapshot | None) -> None:
        if self._current:
            self._current.close()
        self._current = snapshot


class UnreadableError(KgError):
    """A version that the processes cannot read."""


class _Snapshot:
    """The process that holds one version, and those it has forked that wait for a query."""

    def __init__(self, control: socket.socket, number: int, place: Place) -> None:
        self._control, self.number, self.place = control, number, place
        self._idle: list[_Process] = []
        self._busy, self._closed = 0, False

    async def take(self) -> _Process:
        """A process for one query, to be given back. Raises UnreadableError and OSError."""
        self._busy += 1  # at once: as long as one is at work, or to be, the process that holds the version stays
        try:
            return self._idle.pop() if self._idle else await self._fork()
        except BaseException:
            self._let_go()
            raise

    async def _fork(self) -> _Process:
        pipe, end = socket.socketpair()
        prefork.ask(self._control, end)
        told = await _hello(pipe, STARTUP)
        return _Process(pipe, int(str(told["pid"])))

    def give_back(self, process: _Process) -> None:
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


class _Process:
    """One process that answers queries, and the socket to it."""

    def __init__(self, pipe: socket.socket, number: int) -> None:
        self._pipe, self._number = pipe, number
        # By its handle no other process can be meant, should the number have been given anew.
        self._handle = os.pidfd_open(number) if hasattr(os, "pidfd_open") else None
        self._slowed = self.ended = False

    async def ask(self, task: Task, limits: Limits, version: int) -> Answer | Failure:
        loop = asyncio.get_running_loop()
        slowing = loop.call_later(SLOW, self._let_others_first)
        try:
            async with asyncio.timeout(limits.seconds):
                await loop.sock_sendall(self._pipe, worker.asked(task))
                return worker.told(*await _message(self._pipe), version)
        except TimeoutError:
            self.end()
            return Failure("time", f"the query was stopped after {limits.seconds:g} seconds: ask for less")
        except (EOFError, OSError):
            self.end()
            why = f"most likely the query needed more than the {limits.memory} MB of memory that it may use"
            return Failure("memory", f"the query's process ended: {why}")
        except asyncio.CancelledError:
            self.end()
            raise
        finally:
            slowing.cancel()
            if self._slowed:  # for good: only the system's administrator could take that back
                self.end()

    def _let_others_first(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self._number, _NICE)
            self._slowed = True

    def end(self) -> None:
        if self.ended:
            return
        self.ended = True
        self._pipe.close()
        with suppress(ProcessLookupError):
            if self._handle is None:
                os.kill(self._number, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        if self._handle is not None:
            os.close(self._handle)


async def _hello(pipe: socket.socket, patience: float) -> dict[str, object]:
    """What a new process says of itself; raises UnreadableError where it cannot read the graph or is silent."""
    pipe.setblocking(False)
    try:
        async with asyncio.timeout(patience):
            head, _ = await _message(pipe)
    except (TimeoutError, EOFError, OSError) as error:
        pipe.close()
        raise UnreadableError("the query processes do not start: try again in a moment") from error
    told: dict[str, object] = json.loads(head)
    if "error" in told:
        pipe.close()
        raise UnreadableError(str(told["error"]))
    return told


async def _message(pipe: socket.socket) -> tuple[bytes, bytes]:
    head, body = worker.LENGTHS.unpack(await _exactly(pipe, worker.LENGTHS.size))
    return bytes(await _exactly(pipe, head)), bytes(await _exactly(pipe, body))


async def _exactly(pipe: socket.socket, size: int) -> bytearray:
    data = bytearray(size)
    rest, loop = memoryview(data), asyncio.get_running_loop()
    while rest:
        count = await loop.sock_recv_into(pipe, rest)
        if not count:
            raise EOFError
        rest = rest[count:]
    return data
