"""Dossiers as Markdown and as a page to be printed, with footnotes; every text of a document is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.explorer import looks, routes
from kg.explorer.details import Evidence
from kg.explorer.dossiers import Dossier, Line
from kg.explorer.plain import as_html, as_markdown, shown

_STYLE = """
@page { size: A4; margin: 18mm 16mm 20mm; }
body { font: 10.5pt/1.45 "Source Sans 3", "Helvetica Neue", Arial, sans-serif; color: #1b1f24; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 20pt; margin: 0; break-before: page; }
h1:first-child { break-before: auto; }
h2 { font-size: 12pt; margin: 1.4em 0 0.3em; border-bottom: 1px solid #c9ced6; break-after: avoid; }
.kind { color: #5a6472; margin: 0.1em 0 0; }
ul { margin: 0; padding-left: 1.1em; }
li { margin: 0.15em 0; break-inside: avoid; }
.when { color: #5a6472; }
sup { font-size: 7.5pt; }
ol.notes { font-size: 8.5pt; color: #333b45; padding-left: 1.6em; }
.status { border: 1px dashed #8a6d00; border-radius: 8px; padding: 0 0.4em; font-size: 8.5pt; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""


@dataclass(slots=True)
class _Notes:
    """Footnotes in the order of their first use."""

    numbers: dict[str, int] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def number(self, evidence: Evidence) -> int:
        if evidence.iri not in self.numbers:
            self.texts.append(routes.footnote(evidence))
            self.numbers[evidence.iri] = len(self.texts)
        return self.numbers[evidence.iri]


def as_text(dossiers: Sequence[Dossier]) -> str:
    """The dossiers as Markdown with footnotes."""
    notes, parts = _Notes(), []
    for each in dossiers:
        parts.append(f"# {as_markdown(each.entity.label, 200)}\n\n{looks.look(each.entity).label}\n")
        for section in each.sections:
            parts.append(f"## {section.title}\n")
            parts += [_markdown(line, notes) for line in section.lines]
            parts += [f"- … {section.total - len(section.lines)} more"] * (section.total > len(section.lines))
            parts.append("")
    footnotes = [f"[^{at}]: {as_markdown(text, 1200)}" for at, text in enumerate(notes.texts, 1)]
    return "\n".join([*parts, *footnotes, ""])


def _markdown(line: Line, notes: _Notes) -> str:
    marks = "".join(f"[^{notes.number(each)}]" for each in line.evidence)
    return f"- {as_markdown(line.text, 300)}{_told(line, str)}{marks}"


def _told(line: Line, made: Callable[[str], str]) -> str:
    told = [part for part in ("" if line.status == "asserted" else line.status, line.date) if part]
    return f" ({made(', '.join(shown(part, 40) for part in told))})" if told else ""


def as_page(dossiers: Sequence[Dossier]) -> str:
    """The dossiers as one HTML page that asks for nothing else, to be printed or saved as PDF."""
    notes = _Notes()
    body = "".join(part for each in dossiers for part in _html(each, notes))
    listed = "".join(f'<li id="n{at}">{as_html(text, 1200)}</li>' for at, text in enumerate(notes.texts, 1))
    title = " and ".join(as_html(each.entity.label, 120) for each in dossiers)
    guard = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{guard}"><style>{_STYLE}</style></head>'
        f'<body>{body}<h2>Sources</h2><ol class="notes">{listed}</ol></body></html>'
    )


def _html(each: Dossier, notes: _Notes) -> Iterator[str]:
    reach = f" ({each.reach})" if each.reach else ""
    yield f"<h1>{as_html(each.entity.label, 200)}</h1>"
    yield f'<p class="kind">{as_html(looks.look(each.entity).label)}, named in {each.documents} documents{reach}</p>'
    for section in each.sections:
        yield f"<h2>{as_html(section.title)}</h2><ul>"
        for line in section.lines:
            status = "" if line.status == "asserted" else f' <span class="status">{as_html(line.status)}</span>'
            when = f' <span class="when">{as_html(line.date)}</span>' if line.date else ""
            marks = "".join(f'<sup><a href="#n{notes.number(e)}">{notes.number(e)}</a></sup>' for e in line.evidence)
            yield f"<li>{as_html(line.text, 300)}{status}{when}{marks}</li>"
        if section.total > len(section.lines):
            yield f"<li>… {section.total - len(section.lines)} more</li>"
        yield "</ul>"
