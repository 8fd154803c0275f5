"""Facts in a line to read: "Orvane acquires Tessaly Labs", with status, date and amount where asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ontology


def label(kind: str, parties: Sequence[tuple[str, str]], *, title: str = "", figure: str = "") -> str:
    """Who does what with whom; or, of a kind that is no link, its name with those who take part and the figure.

    `parties` are roles and names, `title` stands for the names where the fact has one.
    """
    spec = ontology.kind(kind)
    for edge in spec.edges:
        sources = [name for role, name in parties if role == edge.source]
        targets = [name for role, name in parties if role == edge.target]
        if edge.source == edge.target:
            sources, targets = sources[:1], sources[1:]
        if sources and targets:
            return f"{', '.join(sources)} {edge.phrase} {', '.join(targets)}"
    listed = title or ", ".join(dict.fromkeys(name for _, name in parties))
    return f"{spec.label}: {listed}{f' {figure}' if figure else ''}"


def of_record(record: Mapping[str, Any]) -> str:
    """The line of a fact's record."""
    parties = [(each["role"], each["name"]) for each in record["participants"]]
    title = str(record["attributes"].get("label") or "")
    return label(record["kind"], parties, title=title, figure=figure(record))


def figure(record: Mapping[str, Any]) -> str:
    """The figure of a record as it was written, or in plain units; empty where it has none."""
    if record.get("value") is None:
        return ""
    written = str(record.get("value_text") or "")
    return written if any(c.isalpha() or c in "%$€£¥" for c in written) else f"{record['value']} {record['unit']}"
