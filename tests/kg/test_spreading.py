"""Extraction on several processes or a cluster gives what one process gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from samples import sample

from kg import home as homes
from kg import ingest, spreading, store
from kg.home import Home
from kg.ledger import Ledger
from kg.spreading import ClusterError

TEXTS = sample()[1:4]


def quads(home: Home) -> list[str]:
    with store.current(home) as version:
        return sorted(
            str(quad) for quad in version.store() if "ledgerNumber" not in str(quad) and "Seen" not in str(quad)
        )


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    home = homes.make(tmp_path_factory.mktemp("alone") / "home")
    assert all(each.error is None for each in ingest.add(home, TEXTS))
    return quads(home)


def test_several_processes_give_the_graph_of_one(alone: list[str], tmp_path: Path) -> None:
    """In the order of the files, with an error for the one that is no document; what is known is not sent again."""
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"no pdf")
    home = homes.make(tmp_path / "home")
    with spreading.processes(2) as spread:
        outcomes = list(ingest.add(home, [TEXTS[0], broken, *TEXTS[1:]], spread, 2))
    again = list(ingest.add(home, TEXTS, _NoExecutor(), 2))  # type: ignore[arg-type] # stands for one

    assert [each.error is None for each in outcomes] == [True, False, True, True]
    assert quads(home) == alone
    assert [each.recorded.changed for each in again if each.recorded] == [False] * 3


class _NoExecutor:
    """Fails where anything is given out."""


def test_a_cluster_gives_the_graph_of_one_process(alone: list[str], tmp_path: Path) -> None:
    """The same pure function runs on the workers of a local Dask cluster; recording stays here."""
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: `pip install kg[dask]`")
    home = homes.make(tmp_path / "home")
    cluster = distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None)
    with cluster, spreading.cluster(cluster.scheduler_address) as spread:
        assert spreading.size(spread) == 1
        outcomes = list(ingest.add(home, TEXTS, spread, 1))

    assert [each.error for each in outcomes] == [None] * 3
    assert quads(home) == alone


def test_a_cluster_that_cannot_be_used_is_told() -> None:
    """With its address, or with how to install what is missing."""
    with pytest.raises(ClusterError, match=r"kg\[dask\]|127\.0\.0\.1:9"), spreading.cluster("tcp://127.0.0.1:9"):
        pass


def test_the_command_takes_workers(tmp_path: Path) -> None:
    """What a user types."""
    command = [
        sys.executable,
        "-m",
        "kg.cli",
        "--home",
        str(tmp_path / "home"),
        "add",
        "--workers",
        "2",
        str(TEXTS[0]),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    with Ledger(Home(tmp_path / "home").ledger) as ledger:
        assert ledger.counts()["sources"] == 1
