"""Real servers of other makes, each started on an empty store of its own; what is missing is skipped."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.remote import Remote, RemoteError

VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = {sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
[HTTPServer]
ServerPort = {http}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def oxigraph(path: Path, *, union: bool = True) -> Iterator[Remote]:
    """Oxigraph's server; its default graph is the union of all, unless that is not wanted."""
    found = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip("there is no `oxigraph`: `make dev` installs it")
    address = f"127.0.0.1:{free_port()}"
    command = [found, "serve", "--location", str(path), "--bind", address]
    command += ["--union-default-graph"] if union else []
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            yield answering(Remote.at(f"http://{address}/query"))
        finally:
            process.kill()


@contextmanager
def virtuoso(path: Path) -> Iterator[Remote]:
    """Virtuoso, open to updates."""
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        pytest.skip("there is no Virtuoso: Debian has it as virtuoso-opensource")
    path.mkdir(exist_ok=True)
    sql, http = free_port(), free_port()
    (path / "virtuoso.ini").write_text(VIRTUOSO.format(sql=sql, http=http), "utf-8")
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with subprocess.Popen(command, cwd=path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            remote = answering(Remote.at(f"http://127.0.0.1:{http}/sparql"))
            grant = "GRANT SPARQL_UPDATE TO \"SPARQL\"; DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 7);"
            subprocess.run(["isql-vt", str(sql), "dba", "dba", f"exec={grant}"], check=True, capture_output=True)
            yield remote
        finally:
            process.kill()


def answering(remote: Remote) -> Remote:
    """The server once it answers."""
    deadline = time.monotonic() + 60
    while True:
        try:
            remote.query("ASK {}")
        except RemoteError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return remote
