"""What the Explore page shows, as its address says it; the address is the saved view."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import ontology

HOPS = (1, 2, 3)
#: Below this confidence an edge is drawn dashed.
WEAK = 0.75
_PIN = re.compile(r"(\S+)@(-?\d{1,5}),(-?\d{1,5})")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Pin:
    """A node that stays in the picture whatever is filtered, at a place that was chosen for it."""

    iri: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class View:
    """A neighbourhood: `centre`, `expanded` and `picked` are IRIs (or, picked, the id of an edge).

    `pins` stay in the picture, `dropped` nodes are left out of it. `hidden` names types and kinds; `statuses` and
    `confidence` (a least value) say which facts are drawn; `period` is the first and the last year, month or day of
    the events (empty for open), `within` the segments and regions of which an event touches one, `origins` the
    documents of which one says so (each empty for any). `deals` is nodes or links; with `inferred` the centre's
    inferred links are drawn beside the stated ones.
    """

    centre: str | None
    picked: str | None = None
    hops: int = 1
    expanded: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()
    dropped: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset(ontology.STATUSES)
    confidence: float = 0.0
    period: tuple[str, str] = ("", "")
    within: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    deals: str = "nodes"
    inferred: bool = False

    @property
    def filters(self) -> int:
        """How many filters differ from showing everything."""
        return sum(getattr(self, name) != getattr(_USUAL, name) for name in _FILTERS)

    def unfiltered(self) -> View:
        """The same view with everything shown."""
        return replace(self, dropped=(), hidden=frozenset(), **{name: getattr(_USUAL, name) for name in _FILTERS})


_FILTERS = ("statuses", "confidence", "period", "within", "origins", "inferred")
_USUAL = View(None)


def from_query(query: Mapping[str, str], base: str) -> View:
    """The view of an address; what it says that cannot be is passed over, except the centre."""
    statuses = frozenset(_words(query.get("s"))) & set(ontology.STATUSES)
    return View(
        centre=long(query.get("e"), base),
        picked=long(query.get("p"), base),
        hops=next((hops for hops in HOPS if str(hops) == query.get("h")), 1),
        expanded=_iris(query.get("x"), base),
        pins=_pins(query.get("k"), base),
        dropped=_iris(query.get("y"), base),
        hidden=frozenset(_words(query.get("t"))),
        statuses=statuses or frozenset(ontology.STATUSES),
        confidence=_share(query.get("c")),
        period=period(query.get("d")),
        within=_iris(query.get("w"), base),
        origins=_iris(query.get("o"), base),
        deals="links" if query.get("v") == "links" else "nodes",
        inferred=query.get("i") == "yes",
    )


def to_query(view: View, base: str) -> dict[str, str]:
    """The address of a view; what is as usual is left out."""

    def listed(iris: tuple[str, ...]) -> str:
        return " ".join(short(each, base) for each in iris)

    shown = [status for status in ontology.STATUSES if status in view.statuses]
    words = {
        "e": short(view.centre, base) if view.centre else "",
        "p": short(view.picked, base) if view.picked else "",
        "h": "" if view.hops == 1 else str(view.hops),
        "x": listed(view.expanded),
        "k": " ".join(f"{short(pin.iri, base)}@{pin.x},{pin.y}" for pin in view.pins),
        "y": listed(view.dropped),
        "t": " ".join(sorted(view.hidden)),
        "s": "" if len(shown) == len(ontology.STATUSES) else " ".join(shown),
        "c": "" if view.confidence == 0 else f"{view.confidence:.2f}",
        "d": "..".join(view.period) if any(view.period) else "",
        "w": listed(view.within),
        "o": listed(view.origins),
        "v": "" if view.deals == "nodes" else view.deals,
        "i": "yes" if view.inferred else "",
    }
    return {name: value for name, value in words.items() if value}


def short(iri: str, base: str) -> str:
    """An IRI as addresses of the explorer name it: without the home's base."""
    return iri.removeprefix(base)


def long(name: str | None, base: str) -> str | None:
    """The IRI that an address names; the id of an edge, which has no slash, stays as it is."""
    if not name:
        return None
    return base + name if "/" in name and "://" not in name else name


def period(text: str | None) -> tuple[str, str]:
    """The two ends of a period as an address has it, `2024-01..2026`; open (empty) where it has none that can be."""
    ends = (text or "").partition("..")[::2]
    return tuple(end if _DAY.fullmatch(end) else "" for end in ends)  # type: ignore[return-value] # they are two


def in_period(date: str, period: tuple[str, str]) -> bool:
    """Whether a date of any precision (YYYY, YYYY-MM, YYYY-MM-DD, empty) can lie in a period, its ends included."""
    first, last = period
    if not (first or last):
        return True
    if not date:
        return False
    return date[: len(first)] >= first[: len(date)] and (not last or date[: len(last)] <= last[: len(date)])


def _iris(text: str | None, base: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(base + each for each in _words(text)))


def _pins(text: str | None, base: str) -> tuple[Pin, ...]:
    found = (_PIN.fullmatch(word) for word in _words(text))
    return tuple({each[1]: Pin(base + each[1], int(each[2]), int(each[3])) for each in found if each}.values())


def _words(text: str | None) -> list[str]:
    return (text or "").split()


def _share(text: str | None) -> float:
    try:
        share = float(text or 0)
    except ValueError:
        return 0.0
    return share if 0 <= share <= 1 else 0.0
