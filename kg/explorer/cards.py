"""Facts and their evidence as HTML; every text from a document is escaped here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape
from itertools import groupby

from kg.explorer.details import Check, Document, Evidence, Fact, Link
from kg.explorer.plain import as_html, shown
from kg.network import Entity, Event

_LONGEST = 1200
_WEB = re.compile("https?://", re.IGNORECASE)
#: The entities that cards may name, by IRI.
Known = Mapping[str, Entity]
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


def tiles(told: Iterable[tuple[str, str, str]]) -> str:
    """Figures side by side: title, value and a note for each."""
    found = (
        f'<div class="kg-tile"><span>{as_html(title)}</span><b>{as_html(value, 90)}</b>'
        f"<small>{as_html(note)}</small></div>"
        for title, value, note in told
    )
    return f'<div class="kg-tiles">{"".join(found)}</div>'


def rank(name: str, count: int, most: int) -> str:
    """A line of a ranking with a bar as long as its share of the most."""
    share = f'<i style="width:{100 * count / most:.0f}%"></i>'
    return f"<li>{share}<span>{as_html(name, 60)}</span><b>{count:,}</b></li>"


def name_of(known: Known, iri: str) -> str:
    """The label of an entity, its IRI where it is not known."""
    return known[iri].label if iri in known else iri


def evidence_card(evidence: Evidence, names: Iterable[str] = ()) -> str:
    """The sentence with the quote marked and the names in it emphasised, and where it stands."""
    document = evidence.document
    origin = [_title(document), as_html(document.publisher, 80), as_html(document.issued)]
    place = f"characters {evidence.start}–{evidence.end}"
    return (
        f'<blockquote class="kg-evidence"><p>{_marked(evidence, names)}</p>'
        f"<footer>{' · '.join(part for part in origin if part)} · {place}</footer></blockquote>"
    )


def quote_card(quote: str, origin: str) -> str:
    """The words of a document as the record keeps them, and where they stand."""
    return (
        f'<blockquote class="kg-evidence"><p><mark>{as_html(quote, _LONGEST)}</mark></p>'
        f"<footer>{as_html(origin, 300)}</footer></blockquote>"
    )


def _title(document: Document) -> str:
    """The title, as a way to the document where it came from the web; no other address becomes a link."""
    title = f"<b>{as_html(document.title, 160)}</b>"
    if not _WEB.match(document.source):
        return title
    return f'<a href="{as_html(document.source, 2000)}" target="_blank" rel="noopener noreferrer">{title}</a>'


def _marked(evidence: Evidence, names: Iterable[str]) -> str:
    sentence, quote = shown(evidence.sentence, _LONGEST), shown(evidence.quote, _LONGEST)
    start = sentence.find(quote)
    if start < 0:
        sentence, start = quote, 0
    ends = sorted({shown(name) for name in names if len(name) > 1}, key=len, reverse=True)
    before, after = sentence[:start], sentence[start + len(quote) :]
    return f"{_emphasised(before, ends)}<mark>{_emphasised(quote, ends)}</mark>{_emphasised(after, ends)}"


def _emphasised(text: str, ends: list[str]) -> str:
    if not ends:
        return escape(text)
    parts = re.split(rf"(?<!\w)({'|'.join(map(re.escape, ends))})(?!\w)", text)
    return "".join(f"<b>{escape(part)}</b>" if part in ends else escape(part) for part in parts)


def fact_card(
    told: Sequence[Fact], known: Known, *, event: Event | None = None, opened: bool = False, why: str = ""
) -> str:
    """All statements of one fact in one card that unfolds to `why` it is shown, roles, attributes and evidence.

    Of several statements of one `event` its status and date are those that were chosen among them.
    """
    first = told[0]
    status, date = (event.status, event.date) if event else (first.status, first.date)
    sources = len({each.document.iri for fact in told for each in fact.evidence})
    several = badge(f"{sources} sources") if sources > 1 else ""
    summary = f"{swatch(first.kind.colour)}<span>{as_html(headline(first, known), 240)}</span>{several}"
    when = f'{status_badge(status)}<span class="kg-when">{as_html(date)}</span>'
    return (
        f'<details class="kg-fact"{" open" if opened else ""}><summary>{summary}{when}</summary>'
        f"{_reason(why)}{_bodies(told, known)}</details>"
    )


def _bodies(told: Sequence[Fact], known: Known) -> str:
    """What the first statement says, and what others say of the same."""
    first, *others = told
    also = "".join(_also(first, other, known) for other in others)
    return fact_body(first, known) + (f'<p class="kg-note">Other statements of the same</p>{also}' if also else "")


def _also(first: Fact, other: Fact, known: Known) -> str:
    """A further statement: what it says otherwise, and its sentences."""
    differs = [said for mine, said in zip(_said(first), _said(other), strict=True) if said and said != mine]
    told = f'<p class="kg-note">says {as_html(", ".join(differs), 200)}</p>' if differs else ""
    return told + "".join(evidence_card(each, _spellings(other, known)) for each in other.evidence)


def _said(fact: Fact) -> tuple[str, str, str]:
    return (fact.status, fact.date, amount(fact.value, fact.unit))


def _spellings(fact: Fact, known: Known) -> list[str]:
    """All names of those who take part."""
    entities = [known[iri] for _, iri in fact.players if iri in known]
    return [name for each in entities for name in (each.label, *each.aliases)]


def _reason(why: str) -> str:
    return f'<p class="kg-note">{as_html(why)}</p>' if why else ""


def force_card(fact: Fact, known: Known) -> str:
    """A driver, challenge, trend or regulation with its sentences, nothing folded."""
    of_part = [name_of(known, iri) for role, iri in fact.players if role != "market"]
    label = ", ".join(fact.attributes.get("label", ())) or ", ".join(of_part)
    about = "".join(badge(shown(name, 60)) for name in of_part if name != label)
    quotes = "".join(evidence_card(each) for each in fact.evidence)
    return f"<div><p><b>{as_html(capital(label), 160)}</b> {about}{status_badge(fact.status)}</p>{quotes}</div>"


def fold(title: str, facts: Sequence[str], colour: str = "transparent") -> str:
    """Many facts behind one line."""
    summary = f'{swatch(colour)}<span>{as_html(title)}</span><span class="kg-when">{len(facts)}</span>'
    return f'<details class="kg-fact kg-fold"><summary>{summary}</summary>{"".join(facts)}</details>'


def headline(fact: Fact, known: Known) -> str:
    """The fact in one line: its kind, who takes part, and the figure."""
    label = fact.attributes.get("label")
    parties = [name_of(known, iri) for role, iri in fact.players if role != "market"] or [
        name_of(known, iri) for _, iri in fact.players
    ]
    what = ", ".join(label) if label else ", ".join(dict.fromkeys(parties))
    figure = amount(fact.value, fact.unit)
    return f"{capital(fact.kind.label)} · {what}" + (f" · {figure}" if figure else "")


def fact_body(fact: Fact, known: Known) -> str:
    """Roles, figure and attributes as a list, then the evidence and what made the fact."""
    listed = "".join(f"<dt>{as_html(name)}</dt><dd>{as_html(value, 300)}</dd>" for name, value in rows(fact, known))
    people = _spellings(fact, known)
    quotes = "".join(evidence_card(each, people) for each in fact.evidence)
    if fact.antecedents:
        quotes += '<p class="kg-note">Named in</p>' + "".join(
            evidence_card(each, people) for each in fact.antecedents
        )
    ground = " · ".join((f"rule {fact.rule}", *fact.signals))
    origin = f'<p class="kg-origin">confidence {fact.confidence:.2f} · {as_html(ground)}</p>'
    return f'<dl class="kg-roles">{listed}</dl>{quotes}{origin}'


def rows(fact: Fact, known: Known) -> list[tuple[str, str]]:
    """Roles, figure, attributes and date of a fact, each with its name."""
    found = [
        (role.replace("_", " "), ", ".join(name_of(known, iri) for _, iri in group))
        for role, group in groupby(fact.players, key=lambda player: player[0])
    ]
    if fact.value is not None:
        written = f" (written: {fact.value_text})" if fact.value_text else ""
        found.append(("figure", amount(fact.value, fact.unit) + written))
    found += [(name.replace("_", " "), ", ".join(values)) for name, values in fact.attributes.items()]
    return [*found, ("date", fact.date)] if fact.date else found


def check_card(check: Check) -> str:
    """A verdict in words."""
    word = "The figures agree" if check.verdict == "agrees" else "The figures do not agree"
    return f'<p class="kg-check kg-{as_html(check.verdict)}"><b>{word}.</b> {as_html(check.reason, _LONGEST)}</p>'


def link_line(link: Link, known: Known) -> str:
    """What an event touches, whether that is stated or inferred, and why."""
    return (
        f"<li>{as_html(name_of(known, link.target), 120)} {badge(link.basis)} "
        f'<span class="kg-why">{as_html(link.reason)}</span></li>'
    )
