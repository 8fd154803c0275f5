from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from kg import services
from kg.home import Home
from kg.services import ServiceError

PROC = Path("/proc")
needs_proc = pytest.mark.skipif(not PROC.is_dir(), reason="this system lists no processes in /proc")
LINES = ("explorer", "endpoint", "ready after")


@contextmanager
def running(home: Home) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """`kg run` in a process group of its own, and the lines that say it is ready."""
    command = [sys.executable, "-m", "kg.cli", "--home", str(home.path), "run"]
    command += ["--explorer-port", "0", "--endpoint-port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout
            yield process, [process.stdout.readline() for _ in LINES]
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def addresses(lines: list[str]) -> list[str]:
    return [line.split()[1] for line in lines[:2]]


def group(process: subprocess.Popen[str]) -> dict[int, str]:
    """The processes of a group that still run, with their commands; those that only wait to be reaped do not."""
    found = {}
    for place in PROC.glob("[0-9]*"):
        try:
            state, _, leader = (place / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(leader) == process.pid and state != "Z":
                found[int(place.name)] = (place / "cmdline").read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
    return found


@needs_proc
@pytest.mark.parametrize("to_group", [True, False], ids=["Ctrl-C", "SIGTERM to kg run alone"])
def test_both_answer_once_announced_and_one_signal_ends_both(sample_home: Home, to_group: bool) -> None:
    """The addresses are good when they are printed; afterwards no process is left and the exit is clean."""
    with running(sample_home) as (process, lines):
        assert [line.startswith(start) for line, start in zip(lines, LINES, strict=True)] == [True] * 3, lines
        explorer, endpoint = addresses(lines)
        assert b"<title>" in urlopen(explorer).read()  # noqa: S310 - our own process
        assert b"true" in urlopen(f"{endpoint}?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D").read()  # noqa: S310 - as above
        if to_group:
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.terminate()
        assert process.wait(30) == 0
        assert group(process) == {}


@needs_proc
def test_the_end_of_one_ends_the_other(sample_home: Home) -> None:
    """Half a product is not left standing: the message names which ended, and where to read why."""
    with running(sample_home) as (process, _):
        [endpoint] = [pid for pid, command in group(process).items() if " serve " in command]
        os.kill(endpoint, signal.SIGKILL)
        _, told = process.communicate(timeout=30)

        assert process.returncode == 1
        assert "the endpoint ended by itself" in told
        assert str(sample_home.path / "logs" / "endpoint.log") in told
        assert group(process) == {}


def test_a_taken_port_gives_way_to_the_next_free_one() -> None:
    """No service takes the port of another program, nor that of the other service."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        explorer, endpoint = services.explorer_and_endpoint(port, port)

    assert len({port, explorer.port, endpoint.port}) == 3
    assert port < explorer.port < endpoint.port < port + services.PORTS
    assert endpoint.address == f"http://127.0.0.1:{endpoint.port}/sparql"


def test_no_free_port_is_told() -> None:
    """The message names the port that was wished for."""
    with socket.create_server(("127.0.0.1", 65535)), pytest.raises(ServiceError, match=r"127\.0\.0\.1:65535"):
        services.explorer_and_endpoint(65535, 0)


def test_without_a_published_graph_nothing_starts(empty_home: Home) -> None:
    """The message says what to do instead."""
    command = [sys.executable, "-m", "kg.cli", "--home", str(empty_home.path), "run"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "`kg add FILE`" in done.stderr
