from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from graphs import MARK
from payloads import PAYLOADS

from kg.explorer import dossiers, printing
from kg.explorer.dossiers import Dossier
from kg.explorer.snapshot import Snapshot
from kg.home import Home
from kg.identity import Judgement
from kg.judgements import Entry
from kg.store import current

SAID = Entry(
    Judgement("organization", "Konica Minolta", "Konica Group", "different"), "ada", "2031-05-01T10:00:00Z", "x"
)


@pytest.fixture(scope="module")
def sample(sample_home: Home) -> Iterator[Snapshot]:
    with current(sample_home) as version:
        yield Snapshot.read(version, sample_home.base)


def about(snapshot: Snapshot, name: str) -> Dossier:
    return dossiers.build(snapshot, f"{snapshot.base}organization/{name}", [SAID])


def told(dossier: Dossier) -> dict[str, list[str]]:
    return {section.title: [line.text for line in section.lines] for section in dossier.sections}


def test_a_dossier_has_all_that_is_known(sample: Snapshot) -> None:
    """Deals once however many documents tell them, who is met and how, statements, and who it is said to be."""
    found = told(about(sample, "konica-minolta"))

    assert found["Deals and events"].count("Partnership · Konica Minolta, NewVue") == 1
    assert found["Partners and counterparties"][0] == "NewVue · planned launch, partnership"
    assert "Headquarters · Konica Minolta, Tokyo" in found["Statements"]
    assert "“Konica Minolta” is not “Konica Group”, says ada (x)" in found["Names and who is who"]


def test_two_dossiers_tell_what_they_have_in_common(sample: Snapshot) -> None:
    """Deals with each other and what both deal with stand together."""
    common = dossiers.in_common(about(sample, "konica-minolta"), about(sample, "newvue"))
    found = {section.title: [line.text for line in section.lines] for section in common}

    assert "Partnership · Konica Minolta, NewVue" in found["Deals and events"]
    assert found["Products and assets"] == ["Exa Teleradiology"]


def test_what_is_left_out_is_counted(sample: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few lines are shown, the number of all events is told, and of how many facts the documents are."""
    whole = about(sample, "konica-minolta")
    monkeypatch.setattr(dossiers, "MOST_LINES", 1)
    monkeypatch.setattr(dossiers, "MOST_FACTS", 2)
    cut = about(sample, "konica-minolta")

    assert len(cut.sections[0].lines) == 1
    assert cut.sections[0].total == len(whole.sections[0].lines)
    assert cut.reach == f"in the latest 2 of {whole.facts} facts"


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_it_is_taken_along_with_footnotes(sample: Snapshot) -> None:
    """As Markdown and as a page, each line has the numbers of its sentences, and each sentence stands once."""
    both = [about(sample, "konica-minolta"), about(sample, "newvue")]
    markdown, page = printing.as_text(both), printing.as_page(both)

    deal = next(line for line in markdown.splitlines() if "Partnership" in line)
    assert deal.endswith("[^1][^2]")
    assert markdown.count("\n[^1]: ") == 1
    assert '<sup><a href="#n1">1</a></sup>' in page
    assert page.count('id="n1"') == 1


def test_hostile_dossiers_are_text(hostile_home: Home) -> None:
    """Whatever the names hold, the page has the elements of a harmless one and asks for nothing."""
    with current(hostile_home) as version:
        snapshot = Snapshot.read(version, hostile_home.base)
        iris = [iri for iri, label in snapshot.names.items() if label.startswith(MARK)][:60]
        pages = [printing.as_page([dossiers.build(snapshot, iri)]) for iri in [*iris, *snapshot.names]]

    known = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "li", "ol", "sup", "a", "span"}
    assert len(pages) > len(PAYLOADS)
    assert set().union(*(Page(page).tags for page in pages)) <= known
    assert all("default-src 'none'" in page for page in pages)
