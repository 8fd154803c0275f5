"""Brings the live store from the ledger's change it stands at to the last one, and publishes; reads no documents."""

from __future__ import annotations

from kg import graph, store, validate
from kg.graph import Projection
from kg.home import Home
from kg.ledger import Ledger
from kg.publish import publish
from kg.store import Live

_BATCH = 50  # sources that are validated and written in one step


def catch_up(home: Home, *, anew: bool = False) -> None:
    """Projects what has changed since the store's number, publishes once; `anew` projects everything.

    A process that waited while another did it finds nothing left to do. What a crash left half done is done here.
    """
    with Ledger(home.ledger) as ledger, store.writing(home, anew=anew) as live:
        with ledger.snapshot():
            number, since = ledger.number(), live.number
            touched = ledger.touched(since)
            for at in range(0, len(touched), _BATCH):
                _project(live, ledger, touched[at : at + _BATCH])
            if since != number:
                live.update([], [], [], number)
        publish(live, always=anew)


def _project(live: Live, ledger: Ledger, sources: list[str]) -> None:
    projections = [_projection(live, ledger, source) for source in sources]
    left_out = validate.problems(projections)
    with Ledger(live.home.ledger) as notes:  # the other connection reads one moment and cannot write
        notes.keep_problems(
            {s: {k: left_out[k] for k in p.facts if k in left_out} for s, p in zip(sources, projections, strict=True)}
        )
    quads = (quad for projection in projections for quad in projection.quads(left_out))
    live.update([projection.graph for projection in projections], [], quads, None)


def _projection(live: Live, ledger: Ledger, source: str) -> Projection:
    return graph.project(live.names.base, ledger.source(source), ledger.entities(source))
