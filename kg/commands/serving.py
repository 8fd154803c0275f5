"""Commands that go on until they are stopped - serve, explore, run - and the server that may hold the graph."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import home as homes
from kg import store
from kg.home import Home

if TYPE_CHECKING:
    from kg.services import Service

APP = Path(__file__).parents[2] / "app.py"
STORE = click.option(
    "--store",
    "address",
    envvar="KG_STORE",
    default="",
    metavar="URL",
    help="SPARQL server that holds the graph (environment: KG_STORE).  [default: that of kg.toml, or none]",
)


def fill(home: Home) -> None:
    """Fill the server that the home names, if any, with the published version."""
    remote = store.remote(home)
    if remote is not None:
        from kg.remote import fill as filled

        with store.current(home) as version:
            count = filled(remote, version.embedded(), home.base)
        click.echo(f"{count} graphs written to {remote.queries}")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8080, show_default=True, help="Port to listen on; 0 takes any free one.")
@click.option("--timeout", default=30.0, show_default=True, help="Seconds that a query may take.")
@click.option("--memory", default=2048, show_default=True, help="Megabytes of memory that a query may take.")
@click.option("--max-bytes", default=64 << 20, show_default=True, help="Bytes that an answer may have.")
@click.option("--workers", default=2, show_default=True, help="Queries that run at a time.")
@click.option("--queue", default=64, show_default=True, help="Queries that may wait for their turn.")
@click.option("--hold", default=4096, show_default=True, help="Megabytes that a graph held in memory may take.")
@STORE
@click.option("--token", envvar="KG_TOKEN", help="What clients have to show (environment: KG_TOKEN).")
@click.pass_obj
def serve(home: Home, /, host: str, port: int, *, address: str, token: str | None, **limits: Any) -> None:
    """Serve the published graph to SPARQL clients, at /sparql."""
    from kg import endpoint
    from kg.worker import Limits

    allowed = Limits(seconds=limits.pop("timeout"), answer=limits.pop("max_bytes"), **limits)
    endpoint.serve(
        replace(homes.existing(home), address=address), allowed, host=host, port=port, token=token, announce=_announce
    )


@click.command()
@click.option("--port", default=8501, show_default=True, help="Port to listen on.")
@STORE
@click.pass_obj
def explore(home: Home, port: int, address: str) -> None:
    """Open the explorer, a web page of this machine."""
    options = {"server.port": port, "server.address": "127.0.0.1", "server.headless": "true"}
    options["browser.gatherUsageStats"] = "false"
    flags = [f"--{name}={value}" for name, value in options.items()]
    _announce(f"http://127.0.0.1:{port}/")
    environment = {**os.environ, "KG_HOME": str(homes.existing(home).path), "KG_STORE": address}
    command = [sys.executable, "-m", "streamlit", "run", str(APP), *flags]
    os.execve(sys.executable, command, environment)  # noqa: S606 - the explorer takes this process over


@click.command()
@click.option("--explorer-port", default=8501, show_default=True, help="Port of the explorer.")
@click.option("--endpoint-port", default=8080, show_default=True, help="Port of the endpoint.")
@click.option("--since", type=float, help="When the work began, in seconds since 1970.  [default: now]")
@click.pass_obj
def run(home: Home, explorer_port: int, endpoint_port: int, since: float | None) -> None:
    """Run explorer and endpoint together, until Ctrl-C."""
    from kg import services

    started = time.time() if since is None else since
    store.current(homes.existing(home)).close()  # says what to do where nothing is published
    both = services.explorer_and_endpoint(explorer_port, endpoint_port)
    for each, wanted in zip(both, (explorer_port, endpoint_port), strict=True):
        if each.port != wanted != 0:
            click.echo(f"port {wanted} is taken: the {each.name} takes {each.port}", err=True)
    click.echo("starting explorer and endpoint ...", err=True)
    services.run(home, both, lambda: _ready(both, time.time() - started))
    click.echo("stopped both", err=True)


def _ready(both: tuple[Service, Service], seconds: float) -> None:
    for each in both:
        click.echo(f"{each.name:<10}{each.address}")
    click.echo(f"ready after {seconds:.0f} s; Ctrl-C stops both")


def _announce(address: str) -> None:
    click.echo(address)


COMMANDS = (serve, explore, run)
