"""One process that answers queries, as whoever asks sees it: it is asked over a socket and ended at its limits."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
from contextlib import suppress

from kg import worker
from kg.worker import Answer, Failure, Limits, Task
from ontology.errors import KgError

#: After how many seconds a query lets others go first, and by how much: the light ones are not to wait for it.
SLOW, _NICE = 0.25, 10


class UnreadableError(KgError):
    """A version that the processes cannot read."""


class Process:
    """One process that answers queries, and the socket to it."""

    def __init__(self, pipe: socket.socket, number: int) -> None:
        self._pipe, self._number = pipe, number
        # By its handle no other process can be meant, should the number have been given anew.
        self._handle = os.pidfd_open(number) if hasattr(os, "pidfd_open") else None
        self._slowed = self.ended = False

    async def ask(self, task: Task, limits: Limits, version: int) -> Answer | Failure:
        """The answer of a task on that version; the process ends where there is none within the limits."""
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
        """End the process, also in the middle of a query."""
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


async def hello(pipe: socket.socket, patience: float) -> dict[str, object]:
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
