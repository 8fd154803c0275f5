"""Whether queries that never end hurt others: each is ended at its limit while light ones go on; see README.md."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import click
import httpx
from serving import Server, serving

CI = "https://w3id.org/ci-kg#"
DEATHS = {
    "triple Cartesian count": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "ORDER BY over it": "SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a LIMIT 10",
    "all-pairs paths": f"SELECT (COUNT(*) AS ?n) {{ ?x (!<{CI}none>|^!<{CI}none>)+ ?y }}",
    "endless SELECT": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "GROUP_CONCAT bomb": "SELECT (GROUP_CONCAT(STR(?c)) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
    "backtracking regex": (
        'SELECT ?s { VALUES ?s { "' + "a" * 42 + '!" } ?a ?b ?c . ?d ?e ?f FILTER(REGEX(?s, "^(a+)+$")) }'
    ),
}
LIGHT = f"SELECT ?n {{ ?c a <{CI}Market> ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?n }} ORDER BY ?n LIMIT 5"


@dataclass(slots=True)
class Pings:
    """How long light queries took, in seconds, and how many failed."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def text(self) -> str:
        """All of that on one line."""
        if len(self.seconds) < 2:
            return f"{len(self.seconds)} light ones, {self.failed} failed"
        p50, p95 = median(self.seconds) * 1000, quantiles(self.seconds, n=20)[-1] * 1000
        return f"{len(self.seconds)} light ones, p50 {p50:.0f} ms, p95 {p95:.0f} ms, {self.failed} failed"


async def asked(client: httpx.AsyncClient, text: str) -> tuple[int, float, bytes]:
    started = time.perf_counter()
    answer = await client.post("/sparql", data={"query": text})
    return answer.status_code, time.perf_counter() - started, answer.content


async def ping(client: httpx.AsyncClient, pings: Pings, expected: bytes) -> None:
    """A light query every fifth of a second, until cancelled."""
    while True:
        status, seconds, content = await asked(client, LIGHT)
        pings.seconds.append(seconds)
        pings.failed += (status, content) != (200, expected)
        await asyncio.sleep(0.2)


async def one_by_one(server: Server, limit: float) -> None:
    async with httpx.AsyncClient(base_url=server.address, timeout=120) as client:
        await warm(client)
        expected = (await asked(client, LIGHT))[2]
        before = server.memory()
        for name, text in DEATHS.items():
            pings = Pings()
            pinging = asyncio.create_task(ping(client, pings, expected))
            status, seconds, _ = await asked(client, text)
            pinging.cancel()
            click.echo(f"{name:24} {status} after {seconds:6.2f} s of {limit:g} s; beside it {pings.text()}")
        await asyncio.sleep(1)
        busy = server.busy()
        click.echo(
            f"memory before {before} MB, after {server.memory()} MB; {busy:.2f} s of processor time in a second after"
        )


async def many(server: Server, deaths: int, good: int) -> None:
    """So many of them in a row, mixed with good ones at random, over four connections."""
    chance = random.Random(7)
    work = [*(chance.choice(list(DEATHS.values())) for _ in range(deaths)), *([LIGHT] * good)]
    chance.shuffle(work)
    async with httpx.AsyncClient(base_url=server.address, timeout=120) as client:
        await warm(client)
        expected = (await asked(client, LIGHT))[2]
        before, started = server.memory(), time.perf_counter()
        queue, counts, right = iter(work), Counter[int](), Counter[int]()
        await asyncio.gather(*(work_off(client, queue, (expected, counts, right)) for _ in range(4)))
        click.echo(
            f"{deaths} + {good} queries in {time.perf_counter() - started:.0f} s; statuses of bad ones {dict(counts)}"
        )
        click.echo(f"good ones: {right[200]} right, others by status: {dict(right - Counter({200: right[200]}))}")
        await asyncio.sleep(1)
        click.echo(f"memory before {before} MB, after {server.memory()} MB; {server.processes()} processes")


async def work_off(
    client: httpx.AsyncClient, queue: Iterator[str], found: tuple[bytes, Counter[int], Counter[int]]
) -> None:
    expected, counts, right = found
    for text in queue:
        status, _, content = await asked(client, text)
        while text == LIGHT and status == 503:  # told to come again
            await asyncio.sleep(0.2)
            status, _, content = await asked(client, text)
        if text == LIGHT:
            right[status if status != 200 or content == expected else 0] += 1  # 0 for a wrong answer
        else:
            counts[status] += 1


async def warm(client: httpx.AsyncClient) -> None:
    """Ask until the version is held in memory."""
    for _ in range(600):
        await asked(client, LIGHT)
        if "kg_version_in_memory 1" in (await client.get("/metrics")).text:
            return
        await asyncio.sleep(0.1)


@click.command()
@click.argument("home", type=click.Path(path_type=Path, exists=True))
@click.option("--limit", default=5.0, show_default=True, help="Seconds that a query may take.")
@click.option("--deaths", default=0, help="How many of them in a row, with five times as many good ones.")
def main(home: Path, limit: float, deaths: int) -> None:
    """Send queries of death to an endpoint on HOME and watch what light ones feel of it."""
    with serving(home, "--timeout", str(limit), "--memory", "1500") as server:
        asyncio.run(many(server, deaths, 5 * deaths) if deaths else one_by_one(server, limit))


if __name__ == "__main__":
    main()
