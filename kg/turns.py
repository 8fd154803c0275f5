"""Turns at answering foreign queries, whoever answers them; and those that a server of another make answers."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace

from kg import guard, worker
from kg.remote import Remote
from kg.worker import Answer, Failure, Limits, Task
from ontology.errors import KgError


class Turns:
    """Who may ask at a time, who waits, and how it ended; what answers is the business of its subclasses.

    `ended` counts by reason how tasks ended, "answered" among them.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.workers)
        self.running, self.waiting = 0, 0
        self.ended: Counter[str] = Counter()

    @property
    def version(self) -> int:
        """The number of the version that queries are answered from, 0 where that is not known."""
        return 0

    @property
    def in_memory(self) -> bool:
        """Whether that version is held in memory."""
        return False

    def start(self) -> None:
        """Begin, within the event loop."""

    async def stop(self) -> None:
        """End, also what still runs."""

    async def run(self, task: Task) -> Answer | Failure:
        """The answer of the task, or why there is none; waits for its turn no longer than a query may run.

        A query that does more than read the graph is refused, whoever asks and whatever answers.
        """
        try:
            refusal = guard.refusal(task.text)
            reply = await self._in_turn(task) if refusal is None else Failure("refused", refusal)
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
