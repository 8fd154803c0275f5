"""What the endpoint has done so far, as text in the format of Prometheus."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from kg.turns import Turns

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts of answers by status and of how long they took; kept in memory from the start of the server on."""

    def __init__(self, pool: Turns) -> None:
        self._pool = pool
        self._statuses: Counter[tuple[str, int]] = Counter()
        self._buckets = [0] * (len(_BOUNDS) + 1)
        self._seconds = 0.0

    def count(self, route: str, status: int, seconds: float) -> None:
        """Note an answer: the name of its route, its status and the seconds that it took."""
        self._statuses[route, status] += 1
        self._buckets[bisect_left(_BOUNDS, seconds)] += 1
        self._seconds += seconds

    def text(self) -> str:
        """All figures as they stand."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield from _head("kg_requests_total", "counter", "Answered requests by route and status.")
        for (route, status), count in sorted(self._statuses.items()):
            yield f'kg_requests_total{{route="{route}",status="{status}"}} {count}'
        yield from _head("kg_request_seconds", "histogram", "How long answers took.")
        reached = 0
        for bound, count in zip((*_BOUNDS, "+Inf"), self._buckets, strict=True):
            reached += count
            yield f'kg_request_seconds_bucket{{le="{bound}"}} {reached}'
        yield f"kg_request_seconds_sum {self._seconds:.6f}"
        yield f"kg_request_seconds_count {reached}"
        yield from _head("kg_queries_total", "counter", "Queries by how they ended.")
        for reason, count in sorted(self._pool.ended.items()):
            yield f'kg_queries_total{{outcome="{reason}"}} {count}'
        gauges = {
            "kg_queries_running": (self._pool.running, "Queries that run."),
            "kg_queries_waiting": (self._pool.waiting, "Queries that wait for their turn."),
            "kg_version": (self._pool.version, "Number of the version that queries are answered from."),
            "kg_version_in_memory": (int(self._pool.in_memory), "Whether that version is held in memory."),
        }
        for name, (value, about) in gauges.items():
            yield from _head(name, "gauge", about)
            yield f"{name} {value}"


def _head(name: str, kind: str, about: str) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} {kind}"
