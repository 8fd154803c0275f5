"""Real servers for tests: `kg serve` in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kg.home import Home


@contextmanager
def serving(home: Home, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of `kg serve` on that home, and its process."""
    command = [sys.executable, "-m", "kg.cli", "--home", str(home.path), "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield server.stdout.readline().strip(), server
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)
