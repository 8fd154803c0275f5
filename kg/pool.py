"""Runs foreign queries in processes of their own, which are ended at their limits; does not speak HTTP."""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ThreadPoolExecutor

from kg import worker
from kg.home import Home
from kg.worker import Answer, Failure, Limits, Task

#: How long a new process may take to open the graph, in seconds.
STARTUP = 60.0


class Pool:
    """Processes that each run one query at a time on the current version; to be used in one event loop."""

    def __init__(self, home: Home, limits: Limits) -> None:
        self._home, self._limits = home, limits
        self._threads = ThreadPoolExecutor(limits.workers, thread_name_prefix="query")
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[_Worker] = set()

    def start(self) -> None:
        """Start all processes; they open the graph in the background."""
        for _ in range(self._limits.workers):
            self._add()

    def stop(self) -> None:
        """End all processes, also those that still run a query."""
        for each in self._all:
            each.end()
        self._threads.shutdown()

    async def run(self, task: Task) -> Answer | Failure:
        """The answer of the task, or why there is none; waits for a free process no longer than a query may run."""
        try:
            free = await asyncio.wait_for(self._idle.get(), self._limits.seconds)
        except TimeoutError:
            return Failure("busy", f"all {self._limits.workers} query processes are at work: try again in a moment")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, free.ask, task)
        except asyncio.CancelledError:
            free.end()
            raise
        finally:
            self._release(free)

    def _release(self, used: _Worker) -> None:
        if used.ended:
            self._all.discard(used)
            self._add()
        else:
            self._idle.put_nowait(used)

    def _add(self) -> None:
        started = _Worker(self._home, self._limits)
        self._all.add(started)
        self._idle.put_nowait(started)


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, home: Home, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self._limits = limits
        self._pipe, end = context.Pipe()
        self._process = context.Process(target=worker.serve, args=(end, home.path, limits), daemon=True)
        self._process.start()
        end.close()
        self._ready = False
        self.ended = False

    def ask(self, task: Task) -> Answer | Failure:
        try:
            if not self._ready and not self._started():
                return Failure("unavailable", f"the graph could not be opened within {STARTUP:g} seconds: try again")
            self._pipe.send(task)
            if self._pipe.poll(self._limits.seconds):
                reply: Answer | Failure = self._pipe.recv()
                return reply
        except (EOFError, OSError):
            return self._died()
        self.end()
        return Failure("time", f"the query was stopped after {self._limits.seconds:g} seconds: ask for less")

    def end(self) -> None:
        self.ended = True
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _started(self) -> bool:
        self._ready = self._pipe.poll(STARTUP)
        if self._ready:
            self._pipe.recv()
        else:
            self.end()
        return self._ready

    def _died(self) -> Failure:
        self.end()
        why = f"most likely the query needed more than the {self._limits.memory} MB of memory that it may use"
        return Failure("memory", f"the query's process ended: {why}")
