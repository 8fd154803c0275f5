from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from kg.explorer import choosing, dealings
from kg.explorer.dealings import Choice
from kg.explorer.snapshot import Snapshot
from kg.home import Home
from kg.store import current

TELERADIOLOGY = "market/teleradiology-services-market"


@pytest.fixture(scope="module")
def sample(sample_home: Home) -> Iterator[Snapshot]:
    with current(sample_home) as version:
        yield Snapshot.read(version, sample_home.base)


def test_every_event_is_a_deal_once_with_all_that_tell_it(sample: Snapshot) -> None:
    """What two documents tell of one partnership is one row; the latest stands first."""
    km, newvue = (sample.base + f"organization/{name}" for name in ("konica-minolta", "newvue"))
    (found,) = [d for d in sample.deals if d.event.kind == "partnership" and {km, newvue} <= set(d.parties)]

    assert len(found.event.facts) == 2
    assert len(sample.deals) == len(sample.events)
    assert [deal.event.date for deal in sample.deals] == sorted((d.event.date for d in sample.deals), reverse=True)


def test_who_acts_and_the_amount_are_told(sample: Snapshot) -> None:
    """The buyer acts, the bought is acted on, and the price is that of the deal."""
    (found,) = [d for d in sample.deals if d.event.kind == "acquisition" and d.unit == "EUR"]

    assert [sample.names[iri] for iri in found.acting] == ["Ostrander Radiology, Inc."]
    assert "MammaFern Diagnostik GmbH" in {sample.names[iri] for iri in found.others}
    assert (found.value, found.unit) == (Decimal(148_000_000), "EUR")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"k": "acquisition nonsense", "q": "VIZTEK"}, {"2015"}),
        ({"k": "partnership", "q": "newvue", "d": "2025-01..2025-12"}, {"2025-05"}),
        ({"k": "partnership", "q": "newvue", "d": "2026.."}, set()),
        ({"k": "partnership", "q": "newvue", "s": "denied"}, set()),
        ({"k": "partnership", "q": "newvue", "w": TELERADIOLOGY}, set()),
        ({"k": "partnership", "q": "newvue", "w": TELERADIOLOGY, "i": "yes"}, {"2025-05"}),
    ],
)
def test_an_address_chooses_deals(sample: Snapshot, query: dict[str, str], expected: set[str]) -> None:
    """Kind, party, period, status and part of the market narrow the list; what cannot be is passed over."""
    choice = choosing.from_query(query, sample.base)
    found = dealings.chosen(sample.deals, choice, sample.names)

    assert {deal.event.date for deal in found} == expected
    assert choosing.from_query(choosing.to_query(choice, sample.base), sample.base) == choice


def test_sums_are_by_currency_and_without_what_did_not_happen(sample: Snapshot) -> None:
    """No sum mixes currencies."""
    sums = dealings.totals(sample.deals)

    assert len({unit for unit, _, _ in sums}) == len(sums)
    assert all(dealings.is_money(unit) for unit, _, _ in sums)
    assert sum(count for _, _, count in sums) == len(
        [deal for deal in sample.deals if deal.value and deal.event.status not in ("denied", "ended")]
    )
    assert dealings.chosen(sample.deals, Choice(), sample.names) == sample.deals
