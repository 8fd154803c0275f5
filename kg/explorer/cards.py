"""Facts and their evidence as HTML; every text from a document is escaped here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape
from itertools import groupby

from kg.explorer.details import Check, Evidence, Fact, Link
from kg.explorer.plain import as_html, shown

_LONGEST = 1200
_SCALES = ((Decimal(10) ** 12, "tn"), (Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))


def scale(value: Decimal) -> tuple[Decimal, str]:
    """What a large figure is divided by for reading, and how that is called: (1000000000, "bn")."""
    return next(((size, name) for size, name in _SCALES if abs(value) >= size), (Decimal(1), ""))


def amount(value: Decimal | None, unit: str) -> str:
    """A figure for reading: `USD 25.2 bn`, `2.9 %`, `24`; empty where there is none."""
    if value is None:
        return ""
    if unit == "percent":
        return f"{value.normalize():f} %"
    size, suffix = scale(value)
    figure = f"{round(value / size, 2).normalize():,f}"
    if re.fullmatch("[A-Z]{3}", unit):
        return f"{unit} {figure} {suffix}".rstrip()
    return " ".join(part for part in (figure, suffix, "" if unit == "count" else unit) if part)


def capital(label: str) -> str:
    """A label of the ontology at the beginning of a line."""
    return label[:1].upper() + label[1:]


def badge(text: str, style: str = "") -> str:
    """A small label."""
    return f'<span class="kg-badge {as_html(style)}">{as_html(text)}</span>'


def status_badge(status: str) -> str:
    """The mark of a fact that is not simply stated; empty for one that is."""
    return "" if status == "asserted" else badge(status, f"kg-{status}")


def swatch(colour: str) -> str:
    """A dot in a colour of the ontology."""
    return f'<span class="kg-dot" style="background:{as_html(colour)}"></span>'


def evidence_card(evidence: Evidence, names: Iterable[str] = ()) -> str:
    """The sentence with the quote marked and the names in it emphasised, and where it stands."""
    document = evidence.document
    origin = [f"<b>{as_html(document.title, 160)}</b>", as_html(document.publisher, 80), as_html(document.issued)]
    place = f"characters {evidence.start}–{evidence.end}"
    return (
        f'<blockquote class="kg-evidence"><p>{_marked(evidence, names)}</p>'
        f"<footer>{' · '.join(part for part in origin if part)} · {place}</footer></blockquote>"
    )


def _marked(evidence: Evidence, names: Iterable[str]) -> str:
    sentence, quote = shown(evidence.sentence, _LONGEST), shown(evidence.quote, _LONGEST)
    start = sentence.find(quote)
    if start < 0:
        sentence, start = quote, 0
    before, after = sentence[:start], sentence[start + len(quote) :]
    return f"{escape(before)}<mark>{_emphasised(quote, names)}</mark>{escape(after)}"


def _emphasised(quote: str, names: Iterable[str]) -> str:
    wanted = sorted({shown(name) for name in names if len(name) > 1}, key=len, reverse=True)
    if not wanted:
        return escape(quote)
    parts = re.split("(" + "|".join(map(re.escape, wanted)) + ")", quote)
    return "".join(f"<b>{escape(part)}</b>" if part in wanted else escape(part) for part in parts)


def fact_card(fact: Fact, names: Mapping[str, str], *, opened: bool = False, why: str = "") -> str:
    """A fact that unfolds to `why` it is shown, its roles, attributes and evidence; `names` are labels by IRI."""
    summary = (
        f"{swatch(fact.kind.colour)}<span>{as_html(headline(fact, names), 240)}</span>{status_badge(fact.status)}"
    )
    when = f'<span class="kg-when">{as_html(fact.date)}</span>'
    return (
        f'<details class="kg-fact"{" open" if opened else ""}><summary>{summary}{when}</summary>'
        f"{_reason(why)}{fact_body(fact, names)}</details>"
    )


def _reason(why: str) -> str:
    return f'<p class="kg-note">{as_html(why)}</p>' if why else ""


def force_card(fact: Fact, names: Mapping[str, str]) -> str:
    """A driver, challenge, trend or regulation with its sentences, nothing folded."""
    of_part = [names.get(iri, iri) for role, iri in fact.players if role != "market"]
    label = ", ".join(fact.attributes.get("label", ())) or ", ".join(of_part)
    about = "".join(badge(shown(name, 60)) for name in of_part if name != label)
    quotes = "".join(evidence_card(each) for each in fact.evidence)
    return f"<div><p><b>{as_html(capital(label), 160)}</b> {about}{status_badge(fact.status)}</p>{quotes}</div>"


def fold(title: str, facts: Sequence[str], colour: str = "transparent") -> str:
    """Many facts behind one line."""
    summary = f'{swatch(colour)}<span>{as_html(title)}</span><span class="kg-when">{len(facts)}</span>'
    return f'<details class="kg-fact kg-fold"><summary>{summary}</summary>{"".join(facts)}</details>'


def headline(fact: Fact, names: Mapping[str, str]) -> str:
    """The fact in one line: its kind, who takes part, and the figure."""
    label = fact.attributes.get("label")
    parties = [names.get(iri, iri) for role, iri in fact.players if role != "market"] or [
        names.get(iri, iri) for _, iri in fact.players
    ]
    what = ", ".join(label) if label else ", ".join(dict.fromkeys(parties))
    figure = amount(fact.value, fact.unit)
    return f"{capital(fact.kind.label)} · {what}" + (f" · {figure}" if figure else "")


def fact_body(fact: Fact, names: Mapping[str, str]) -> str:
    """Roles, figure and attributes as a list, then the evidence and what made the fact."""
    rows = [
        (role.replace("_", " "), ", ".join(names.get(iri, iri) for _, iri in group))
        for role, group in groupby(fact.players, key=lambda player: player[0])
    ]
    if fact.value is not None:
        written = f" (written: {fact.value_text})" if fact.value_text else ""
        rows.append(("figure", amount(fact.value, fact.unit) + written))
    rows += [(name.replace("_", " "), ", ".join(values)) for name, values in fact.attributes.items()]
    if fact.date:
        rows.append(("date", fact.date))
    listed = "".join(f"<dt>{as_html(name)}</dt><dd>{as_html(value, 300)}</dd>" for name, value in rows)
    people = [names[iri] for _, iri in fact.players if iri in names]
    quotes = "".join(evidence_card(each, people) for each in fact.evidence)
    if fact.antecedents:
        quotes += '<p class="kg-note">Named in</p>' + "".join(
            evidence_card(each, people) for each in fact.antecedents
        )
    ground = " · ".join((f"rule {fact.rule}", *fact.signals))
    origin = f'<p class="kg-origin">confidence {fact.confidence:.2f} · {as_html(ground)}</p>'
    return f'<dl class="kg-roles">{listed}</dl>{quotes}{origin}'


def check_card(check: Check) -> str:
    """A verdict in words."""
    word = "The figures agree" if check.verdict == "agrees" else "The figures do not agree"
    return f'<p class="kg-check kg-{as_html(check.verdict)}"><b>{word}.</b> {as_html(check.reason, _LONGEST)}</p>'


def link_line(link: Link, names: Mapping[str, str]) -> str:
    """What an event touches, whether that is stated or inferred, and why."""
    return (
        f"<li>{as_html(names.get(link.target, link.target), 120)} {badge(link.basis)} "
        f'<span class="kg-why">{as_html(link.reason)}</span></li>'
    )
