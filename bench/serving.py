"""Servers that benchmarks ask: our endpoint, with what it uses of the machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and all processes that it has started."""

    address: str
    process: int

    def memory(self) -> int:
        """Megabytes of all its processes, what they share counted once (proportional set size)."""
        return sum(map(_proportional, self._all())) // 1024

    def processes(self) -> int:
        """How many processes there are."""
        return len(self._all())

    def busy(self) -> float:
        """Seconds of processor time that they use within one second from now."""
        before = self._used()
        time.sleep(1)
        return self._used() - before

    def _all(self) -> list[int]:
        found, ahead = list[int](), [self.process]
        while ahead:
            each = ahead.pop()
            found.append(each)
            for path in Path(f"/proc/{each}/task").glob("*/children"):
                ahead += map(int, path.read_text().split())
        return found

    def _used(self) -> float:
        ticks = 0
        for each in self._all():
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(home: Path, *options: str) -> Iterator[Server]:
    """`kg serve` on that home."""
    command = [sys.executable, "-m", "kg.cli", "--home", str(home), "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout  # noqa: S101 - it is a pipe
        try:
            yield Server(process.stdout.readline().strip(), process.pid)
        finally:
            process.terminate()
            process.wait(20)


def _proportional(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # it has ended meanwhile
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
