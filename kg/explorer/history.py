"""The steps of a visit on the Explore page, so that they can be undone and redone."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

MOST_STEPS = 100
_KEY = "steps"
Query = dict[str, str]


@dataclass(slots=True)
class Steps:
    """The views, as addresses, that lie behind and before the present one, the nearest last."""

    past: list[Query] = field(default_factory=list)
    future: list[Query] = field(default_factory=list)

    def leave(self, here: Query) -> None:
        """Remembers the view that is left for a new one."""
        self.past = [*self.past, here][-MOST_STEPS:]
        self.future.clear()

    def undo(self, here: Query) -> Query:
        """The view before this one; this one where there is none."""
        return _moved(self.past, self.future, here)

    def redo(self, here: Query) -> Query:
        """The view that was undone last; this one where there is none."""
        return _moved(self.future, self.past, here)


def _moved(source: list[Query], target: list[Query], here: Query) -> Query:
    if not source:
        return here
    target.append(here)
    return source.pop()


def steps(session: MutableMapping[Any, Any]) -> Steps:
    """The steps of a session."""
    found: Steps = session.setdefault(_KEY, Steps())
    return found
