"""Explorer and endpoint together: a process each, both ended by one signal, and each by the end of the other."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from kg.home import Home
from ontology.errors import KgError

HOST = "127.0.0.1"
#: How many ports are tried from the one that is wished for.
PORTS = 20
#: How long services may take until they answer, and to end, in seconds.
STARTUP, GRACE = 180.0, 10.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PAUSE = 0.1


class ServiceError(KgError):
    """A service that cannot be started, or that ended by itself."""


@dataclass(frozen=True, slots=True)
class Service:
    """A command of `kg` that listens on a port of this machine.

    `probe` is the path that is asked until it answers, `page` the one that is of use to people and programs.
    """

    name: str
    command: str
    port: int
    probe: str
    page: str = "/"

    @property
    def address(self) -> str:
        """Where it is to be found."""
        return f"http://{HOST}:{self.port}{self.page}"


def explorer_and_endpoint(explorer: int, endpoint: int) -> tuple[Service, Service]:
    """Both services, each on its port or the next free one; 0 takes any. Raises ServiceError where none is free."""
    with ExitStack() as held:  # together, lest both take the same
        explorer, endpoint = (held.enter_context(_listener(each)).getsockname()[1] for each in (explorer, endpoint))
    return (
        Service("explorer", "explore", explorer, "/_stcore/health"),
        Service("endpoint", "serve", endpoint, "/sparql?query=ASK%7B%7D", page="/sparql"),
    )


def run(home: Home, services: Sequence[Service], announce: Callable[[], None]) -> None:
    """Run the services until this process is told to stop (SIGINT, SIGTERM, SIGHUP); none of them outlives it.

    `announce` is called once all of them answer. Raises ServiceError where one does not, or ends by itself.
    """
    with _stopping() as stop, ExitStack() as running:
        processes = {each: running.enter_context(_process(home, each)) for each in services}
        deadline = time.monotonic() + STARTUP
        while not stop.wait(_PAUSE) and not all(map(_answers, services)):
            _check(home, processes)
            if time.monotonic() > deadline:
                raise ServiceError(f"the services do not answer after {STARTUP:g} s; {_logs(home)} tell more")
        if not stop.is_set():
            announce()
        while not stop.wait(_PAUSE):
            _check(home, processes)


def log(home: Home, service: Service) -> Path:
    """The file that takes what the service prints, from its latest start on."""
    return _logs(home) / f"{service.name}.log"


def _logs(home: Home) -> Path:
    return home.path / "logs"


def _listener(wanted: int) -> socket.socket:
    for port in range(wanted, min(wanted + PORTS, 1 << 16)):
        try:
            return socket.create_server((HOST, port))
        except OSError:
            continue
    raise ServiceError(f"{HOST}:{wanted}: neither this port nor the {PORTS - 1} after it are free; choose another")


@contextmanager
def _stopping() -> Iterator[Event]:
    """An event that the signals set; they end the process again afterwards."""
    stop = Event()
    before = {each: signal.signal(each, lambda *_: stop.set()) for each in _SIGNALS}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def _process(home: Home, service: Service) -> Iterator[subprocess.Popen[bytes]]:
    """The process of a service, in this process group so that Ctrl-C reaches it too; ended afterwards."""
    path = log(home, service)
    path.parent.mkdir(exist_ok=True)
    kg = [sys.executable, "-P", "-m", "kg.cli", "--home", str(home.path)]
    command = [*kg, service.command, "--port", str(service.port)]
    with path.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(service: Service) -> bool:
    connection = http.client.HTTPConnection(HOST, service.port, timeout=5)
    try:
        connection.request("GET", service.probe)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _check(home: Home, processes: dict[Service, subprocess.Popen[bytes]]) -> None:
    for service, process in processes.items():
        if process.poll() is not None:
            told = log(home, service).read_text("utf-8", "replace").strip().splitlines()
            raise ServiceError(
                f"the {service.name} ended by itself; {log(home, service)} says: {' '.join(told[-3:])}"
            )
