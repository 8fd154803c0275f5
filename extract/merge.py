"""Claims that say the same become one fact with several mentions."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extract.claim import Claim
from extract.document import Document, Span
from extract.fact import Fact
from extract.nameforms import legal_forms
from ontology import regions

_REASONS = frozenset(("driver", "challenge", "trend"))
#: Likeness of two labels, 0 to 100, from which two reasons are one; measured on our annotated reports.
SAME_REASON = 86


def facts(claims: Iterable[Claim], document: Document, market: str | None) -> list[Fact]:
    """The facts of claims in the order of their first mention; the surest mention gives the evidence."""
    groups: dict[Hashable, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(_key(claim), []).append(claim)
    merged = [_one(group) for group in _without_periodless(groups)]
    merged = _reasons_together(merged)
    return [_fact(claim, spans, document, market) for claim, spans in merged]


def _key(claim: Claim) -> Hashable:
    parts = tuple(sorted((part.role, _name(part.role, part.name)) for part in claim.parts))
    others = tuple(sorted((who.role, _name(who.role, who.name)) for who in claim.others))
    value = (claim.quantity.value.normalize(), claim.quantity.unit) if claim.quantity else None
    if claim.kind in _REASONS:
        return claim.kind, parts, claim.start
    if claim.kind == "cagr":
        return claim.kind, parts, value, claim.attributes.get("from"), claim.attributes.get("to")
    if claim.kind == "largest":
        return claim.kind, parts, others, value, claim.date
    if claim.kind == "statistic":
        return claim.kind, others, value, claim.start
    return claim.kind, parts, others, value, claim.date


def _name(role: str, name: str) -> str:
    """A name without case, punctuation and legal form; regions by their code."""
    if role == "region":
        found = regions.find(name)
        if found:
            return found.code
    words = re.sub(r"[^\w&+]+", " ", name.casefold().replace("’", "'")).split()
    while len(words) > 1 and (words[-1] in legal_forms() or len(words[-1]) == 1):
        words.pop()
    return " ".join(words)


def _without_periodless(groups: dict[Hashable, list[Claim]]) -> list[list[Claim]]:
    """Rates without a period, and ranks without share or year, restate the fuller claim on the same parts."""
    rest = list(groups.values())
    kept: list[list[Claim]] = []
    for group in sorted(rest, key=lambda group: -_fullness(group[0])):
        home = next((other for other in kept if _restates(group[0], other[0])), None)
        if home is None:
            kept.append(list(group))
        else:
            home.extend(group)
    return kept


def _fullness(claim: Claim) -> int:
    return (
        2 * (claim.quantity is not None)
        + (claim.date is not None)
        + len([k for k in ("from", "to") if k in claim.attributes])
    )


def _restates(claim: Claim, fuller: Claim) -> bool:
    if claim.kind != fuller.kind or claim.kind not in ("cagr", "largest") or _part_key(claim) != _part_key(fuller):
        return False
    if claim.kind == "cagr":
        return (
            claim.quantity is not None
            and fuller.quantity is not None
            and claim.quantity.value == fuller.quantity.value
            and all(claim.attributes.get(k) in (None, fuller.attributes.get(k)) for k in ("from", "to"))
        )
    same_value = claim.quantity is None or (
        fuller.quantity is not None and claim.quantity.value == fuller.quantity.value
    )
    return same_value and (claim.date in (None, fuller.date) or (fuller.date is None and claim.quantity is None))


def _part_key(claim: Claim) -> Hashable:
    return tuple(sorted((part.role, _name(part.role, part.name)) for part in claim.parts)), claim.others


def _one(group: Sequence[Claim]) -> tuple[Claim, list[tuple[int, int]]]:
    best = max(group, key=lambda claim: (_fullness(claim), claim.weight, _is_prose(claim), -claim.start))
    attributes = dict(best.attributes)
    for claim in group:
        for name, value in claim.attributes.items():
            attributes.setdefault(name, value)
    spans = sorted({(claim.start, claim.end) for claim in group} - {(best.start, best.end)})
    return replace(best, attributes=attributes), spans


def _is_prose(claim: Claim) -> bool:
    return claim.rule.endswith("prose")


def _reasons_together(
    merged: Sequence[tuple[Claim, list[tuple[int, int]]]],
) -> list[tuple[Claim, list[tuple[int, int]]]]:
    """Reasons of one kind on the same parts whose labels are alike are one: told in overview and section."""
    kept: list[tuple[Claim, list[tuple[int, int]]]] = []
    for claim, spans in sorted(merged, key=lambda each: each[0].start):
        twin = next((i for i, (other, _) in enumerate(kept) if _same_reason(claim, other)), None)
        if twin is None:
            kept.append((claim, spans))
        else:
            first, more = kept[twin]
            kept[twin] = (first, sorted({*more, *spans, (claim.start, claim.end)}))
    return kept


def _same_reason(claim: Claim, other: Claim) -> bool:
    if claim.kind not in _REASONS or claim.kind != other.kind or _part_key(claim) != _part_key(other):
        return False
    labels = [str(each.attributes.get("label", "")).casefold() for each in (claim, other)]
    if min(len(label.split()) for label in labels) < 2:
        return labels[0] == labels[1]
    return fuzz.token_set_ratio(*labels) >= SAME_REASON


def _fact(claim: Claim, spans: Sequence[tuple[int, int]], document: Document, market: str | None) -> Fact:
    mentions: tuple[Span, ...] = tuple(document.span(start, end) for start, end in spans)
    return Fact(
        kind=claim.kind,
        participants=claim.participants(market),
        evidence=document.span(claim.start, claim.end),
        rule=claim.rule,
        quantity=claim.quantity,
        date=claim.date,
        status=claim.status,
        attributes=claim.attributes,
        mentions=mentions,
    )
