from __future__ import annotations

from kg import network
from kg.explorer import routes
from kg.explorer.snapshot import Snapshot
from kg.home import Home
from kg.store import current


def test_a_path_reads_as_sentences_with_footnotes(sample_home: Home) -> None:
    """What connects two companies can be copied into a memo: who does what with whom, and which sentence says so."""
    with current(sample_home) as version:
        snapshot = Snapshot.read(version, sample_home.base)
        ends = (snapshot.base + f"organization/{name}" for name in ("viztek", "newvue"))
        found = network.paths(snapshot.graph, *ends)
        told = [routes.route(snapshot.graph, snapshot.store, path) for path in found]
        memo = routes.memo(told)

    lines = memo.splitlines()
    assert lines[0] == "1. Viztek – Konica Minolta – NewVue"
    assert lines[1] == "   Konica Minolta acquires Viztek (2015). [1]"
    assert lines[2].startswith("   Konica Minolta partners with NewVue (2025-05")
    assert "   Konica Minolta and NewVue take part in one launch (planned, 2025-05). [3]" in memo
    assert memo.count("\n[1] “") == 1
