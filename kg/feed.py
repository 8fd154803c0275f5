"""What changed, run by run, as an Atom feed that other tools can follow."""

from __future__ import annotations

from collections import Counter
from html import escape
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, tostring

from kg import changes
from kg.changes import KINDS, Change
from kg.entries import now
from kg.home import Home
from kg.ledger import Ledger

#: Runs that a feed tells of, and changes of each that it names.
RUNS, LONGEST = 20, 200


def atom(home: Home, address: str) -> bytes:
    """The feed (Atom 1.0, UTF-8) of the last runs that changed something; `address` is where it is served."""
    feed = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    with Ledger(home.ledger) as ledger, ledger.snapshot():
        runs = ledger.rows(
            "SELECT run.id, started, min(number) - 1, max(number) FROM run JOIN change ON change.run = run.id "
            "GROUP BY run.id ORDER BY run.id DESC LIMIT ?",
            (RUNS,),
        )
        _texts(feed, id=f"{home.base}changes", title="What changed", updated=runs[0][1] if runs else now())
        SubElement(feed, "link", rel="self", href=address)
        SubElement(SubElement(feed, "author"), "name").text = "kg"
        for run, started, since, until in runs:
            found = changes.between(ledger, since, until)
            if found:
                entry = SubElement(feed, "entry")
                _texts(entry, id=f"{home.base}changes/run/{run}", title=_title(found), updated=started)
                SubElement(entry, "content", type="html").text = _html(found)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = "".join(c if c.isprintable() else " " for c in text)


def _title(found: list[Change]) -> str:
    counts = Counter(each.kind for each in found)
    return "; ".join(f"{KINDS[kind]}: {counts[kind]}" for kind in KINDS if counts[kind])


def _html(found: list[Change]) -> str:
    parts = []
    for kind, members in groupby(found[:LONGEST], key=lambda each: each.kind):
        items = "".join(f"<li>{_item(each)}</li>" for each in members)
        parts.append(f"<h3>{escape(KINDS[kind])}</h3><ul>{items}</ul>")
    if len(found) > LONGEST:
        parts.append(f"<p>and {len(found) - LONGEST} more</p>")
    return "".join(c if c.isprintable() else " " for c in "".join(parts))


def _item(each: Change) -> str:
    quoted = f"<br/><q>{escape(each.quote)}</q> ({escape(each.document or '')})" if each.quote else ""
    return escape(each.text) + quoted
