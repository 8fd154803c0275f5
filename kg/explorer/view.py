"""What the Explore page shows, as its address says it; the address is the saved view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ontology

HOPS = (1, 2, 3)
#: Below this confidence an edge is drawn dashed.
WEAK = 0.75


@dataclass(frozen=True, slots=True)
class View:
    """A neighbourhood: `centre`, `expanded` and `picked` are IRIs (or, picked, the id of an edge).

    `hidden` names types and kinds; `statuses` and `confidence` (a least value) say which facts are drawn; `deals` is
    nodes or links; with `inferred` the centre's inferred links are drawn beside the stated ones.
    """

    centre: str | None
    picked: str | None = None
    hops: int = 1
    expanded: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset(ontology.STATUSES)
    confidence: float = 0.0
    deals: str = "nodes"
    inferred: bool = False


def from_query(query: Mapping[str, str], base: str) -> View:
    """The view of an address; what it says that cannot be is passed over, except the centre."""
    statuses = frozenset(_words(query.get("s"))) & set(ontology.STATUSES)
    return View(
        centre=_long(query.get("e"), base),
        picked=_long(query.get("p"), base),
        hops=next((hops for hops in HOPS if str(hops) == query.get("h")), 1),
        expanded=tuple(base + each for each in _words(query.get("x"))),
        hidden=frozenset(_words(query.get("t"))),
        statuses=statuses or frozenset(ontology.STATUSES),
        confidence=_share(query.get("c")),
        deals="links" if query.get("v") == "links" else "nodes",
        inferred=query.get("i") == "yes",
    )


def to_query(view: View, base: str) -> dict[str, str]:
    """The address of a view; what is as usual is left out."""
    shown = [status for status in ontology.STATUSES if status in view.statuses]
    words = {
        "e": short(view.centre, base) if view.centre else "",
        "p": short(view.picked, base) if view.picked else "",
        "h": "" if view.hops == 1 else str(view.hops),
        "x": " ".join(short(each, base) for each in view.expanded),
        "t": " ".join(sorted(view.hidden)),
        "s": "" if len(shown) == len(ontology.STATUSES) else " ".join(shown),
        "c": "" if view.confidence == 0 else f"{view.confidence:.2f}",
        "v": "" if view.deals == "nodes" else view.deals,
        "i": "yes" if view.inferred else "",
    }
    return {name: value for name, value in words.items() if value}


def short(iri: str, base: str) -> str:
    """An IRI as addresses of the explorer name it: without the home's base."""
    return iri.removeprefix(base)


def _long(name: str | None, base: str) -> str | None:
    """The IRI that an address names; the id of an edge, which has no slash, stays as it is."""
    if not name:
        return None
    return base + name if "/" in name and "://" not in name else name


def _words(text: str | None) -> list[str]:
    return (text or "").split()


def _share(text: str | None) -> float:
    try:
        share = float(text or 0)
    except ValueError:
        return 0.0
    return share if 0 <= share <= 1 else 0.0
