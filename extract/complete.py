"""What facts of a report say only together: which reason a statistic supports, which size is base or forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.fact import Fact
from extract.sections import Section

_REASONS = frozenset(("driver", "challenge"))


def facts(found: Sequence[Fact], sections: Sequence[Section], period: tuple[int, int] | None) -> list[Fact]:
    """The facts with these attributes; `period` is the forecast period that the header gives."""
    told = sorted(
        (span.start, str(fact.attributes["label"]))
        for fact in found
        if fact.kind in _REASONS
        for span in (fact.evidence, *fact.mentions)
    )
    bounds = [
        (section.heading.start if section.heading else section.lines[0].start, section.lines[-1].end)
        for section in sections
        if section.lines and section.kind in ("drivers", "challenges", "restraints")
    ]
    wholes = sorted(int(fact.date[:4]) for fact in found if fact.kind == "market_size" and _whole(fact) and fact.date)
    return [
        _supporting(fact, told, bounds) if fact.kind == "statistic" else _sized(fact, wholes, period)
        for fact in found
    ]


def _whole(fact: Fact) -> bool:
    return all(participant.role == "market" for participant in fact.participants)


def _supporting(fact: Fact, told: Sequence[tuple[int, str]], bounds: Sequence[tuple[int, int]]) -> Fact:
    """A statistic of a section on drivers or challenges supports the reason told last before it."""
    for start, end in bounds:
        if start <= fact.evidence.start < end:
            before = [label for place, label in told if start <= place <= fact.evidence.end]
            return replace(fact, attributes={**fact.attributes, "supports": before[-1]}) if before else fact
    return fact


def _sized(fact: Fact, wholes: Sequence[int], period: tuple[int, int] | None) -> Fact:
    """The first size of the whole market is its base, the last its forecast, which carries the forecast period."""
    if fact.kind not in ("market_size", "cagr"):
        return fact
    scope = next((participant.role for participant in fact.participants if participant.role != "market"), None)
    if scope:
        return replace(fact, attributes={"scope": scope, **fact.attributes})
    if fact.kind == "cagr" or not fact.date or len(wholes) < 2:
        return fact
    year = int(fact.date[:4])
    extra = {"type": "base"} if year == wholes[0] else {"type": "forecast"} if year == wholes[-1] else {}
    if year == wholes[-1] and period:
        extra["forecast_period"] = f"{period[0]}-{period[1]}"
    return replace(fact, attributes={**extra, **fact.attributes})
