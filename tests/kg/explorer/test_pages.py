from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from graphs import hostile
from samples import fact, fill, reading
from streamlit.testing.v1 import AppTest

from extract.document import Document
from kg import judgements
from kg.explorer import previews
from kg.explorer.snapshot import Snapshot
from kg.home import Home
from kg.ledger import Ledger
from kg.record import Reading
from kg.store import current

APP = Path(__file__).parents[3] / "navigation.py"
NAMES = ("explore", "paths", "deals", "market", "dossier", "query", "inbox", "changes", "status")
PAGES = {name: f"kg/explorer/{name}.py" for name in NAMES}


def opened(home: Path, monkeypatch: pytest.MonkeyPatch, name: str = "explore", **query: str) -> AppTest:
    monkeypatch.setenv("KG_HOME", str(home))
    app = AppTest.from_file(str(APP), default_timeout=30)
    app.query_params.update(query)
    app.run() if name == "explore" else app.switch_page(PAGES[name]).run()
    return app


def told(app: AppTest) -> str:
    """All HTML that the page shows."""
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def press(app: AppTest, label: str) -> None:
    """Presses the button whose label begins so."""
    next(button for button in app.button if button.label.startswith(label)).click().run()


def test_a_first_visit_says_what_to_do(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an entity in its address the page explains itself and offers entities to start with."""
    app = opened(sample_home.path, monkeypatch)

    assert not app.exception
    assert "Who does what with whom" in told(app)
    assert "Teleradiology Services Market" in buttons(app)


def test_a_start_leads_to_its_neighbourhood(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choosing a name makes it the centre, and the address says so."""
    app = opened(sample_home.path, monkeypatch)
    next(button for button in app.button if button.label == "Teleradiology Services Market").click().run()

    assert app.query_params["e"] == "market/teleradiology-services-market"
    assert "<h2>" in told(app)


def test_a_deep_link_shows_facts_with_their_sentences(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of a company leads to its deals, each with the sentence that says so."""
    app = opened(sample_home.path, monkeypatch, e="organization/konica-minolta")

    assert not app.exception
    assert '<blockquote class="kg-evidence">' in told(app)
    assert "NewVue" in told(app)


def test_an_address_of_nobody_offers_the_nearest_names(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong address is said to be wrong, and names that are near it are offered."""
    app = opened(sample_home.path, monkeypatch, e="organization/konica-minolt")

    assert "There is no such entity" in told(app)
    assert "Konica Minolta" in buttons(app)


def test_filters_change_the_address_and_the_scene(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set in a control stands in the address, so that it can be sent on."""
    app = opened(sample_home.path, monkeypatch, e="organization/konica-minolta")
    app.slider(key="filter confidence").set_value(0.5).run()
    app.segmented_control(key="hops").set_value(2).run()

    assert app.query_params["c"] == "0.50"
    assert app.query_params["h"] == "2"
    assert not app.exception


def test_paths_explain_themselves_and_say_what_is_missing(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ends there are examples, with a wrong one the nearest names, with none between them it is said so."""
    assert "How are two of them connected?" in told(opened(sample_home.path, monkeypatch, "paths"))
    wrong = opened(sample_home.path, monkeypatch, "paths", a="organization/konica-minolt", b="organization/newvue")
    assert "Konica Minolta" in buttons(wrong)
    apart = {"a": "organization/newvue", "b": "organization/voltkaai"}
    assert "No connection found" in told(opened(sample_home.path, monkeypatch, "paths", **apart))
    same = opened(sample_home.path, monkeypatch, "paths", a="organization/newvue", b="organization/newvue")
    assert "Both ends are the same" in told(same)


def test_deals_that_do_not_fit_are_said_to_be_there(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the filters leave nothing, the page says so and offers what would fit."""
    chosen = {"k": "partnership", "w": "market/teleradiology-services-market"}
    app = opened(sample_home.path, monkeypatch, "deals", **chosen)
    assert "No event fits" in told(app)
    next(button for button in app.button if "by inference" in button.label).click().run()

    assert app.query_params["i"] == "yes"
    assert not app.dataframe[0].value.empty


def test_the_market_page_has_figures_verdicts_parts_and_forces(
    sample_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A market's page holds its sizes, what the arithmetic says, its segments, players and drivers."""
    app = opened(sample_home.path, monkeypatch, "market", m="market/teleradiology-services-market")
    html = told(app)

    assert not app.exception
    for text in (
        "USD 25.2 bn",
        "USD 29.92 bn",
        "2.9 %",
        "The figures",
        "Segments and regions",
        "Players",
        "kg-forces",
    ):
        assert text in html
    parts = app.dataframe[0].value
    assert "fastest growing" in set(parts.loc[parts["Name"] == "Mammography", "Remark"])


def test_the_market_page_reads_events_and_cells(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of a cell of the matrix or of an event on the line shows its sentences."""
    market = {"m": "market/teleradiology-services-market"}
    with current(sample_home) as version:
        snapshot = Snapshot.read(version, sample_home.base)
    event = next(deal.event.iri for deal in snapshot.deals if snapshot.base + market["m"] in deal.inferred)
    app = opened(sample_home.path, monkeypatch, "market", **market, p=event.removeprefix(snapshot.base))
    assert "Touches" in told(app)
    assert "kg-matrix" in told(app)
    assert "no data" in told(app)
    app.selectbox(key="cell").select_index(0).run()

    assert app.query_params["c"].startswith("segment/teleradiology-services-market/")
    assert not app.exception


def test_an_unknown_market_is_said_to_be_unknown(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong address does not show some other market."""
    app = opened(sample_home.path, monkeypatch, "market", m="market/nowhere")

    assert "There is no such market" in told(app)
    assert not app.dataframe


def test_a_question_is_asked_by_its_form(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is filled in stands in the address; the answer is a table; its SPARQL can be gone on with."""
    app = opened(sample_home.path, monkeypatch, "query", q="company-partners")
    assert "Needs a value: company." in told(app)
    app.text_input[0].set_value("Konica Minolta")
    app.button[0].click().run()

    assert app.query_params["param.company"] == "Konica Minolta"
    assert list(app.dataframe[0].value["partner"]) == ["NewVue"]
    next(button for button in app.button if "editor" in button.label).click().run()
    assert 'VALUES ?company { "Konica Minolta" }' in app.text_area(key="sparql").value
    assert list(app.dataframe[0].value["partner"]) == ["NewVue"]


@pytest.mark.parametrize("form", ["graph", "chart", "table", "cube"])
def test_an_answer_is_shown_in_every_form(sample_home: Home, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """The address chooses the form; one that there is none of is the table."""
    app = opened(sample_home.path, monkeypatch, "query", q="fact-counts", **{"as": form})

    assert not app.exception
    assert bool(app.dataframe) == (form in ("table", "cube"))


def test_the_status_page_lists_every_document(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each document of the home is a row with the number of its facts."""
    app = opened(sample_home.path, monkeypatch, "status")
    documents = app.dataframe[0].value

    assert not app.exception
    assert len(documents) == 9
    assert (documents["Facts"] > 0).all()


@pytest.mark.parametrize("page", PAGES)
def test_without_a_graph_every_page_says_what_to_do(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing is published yet the reader is told how to begin, and sees no error."""
    app = opened(tmp_path / "none", monkeypatch, page)

    assert not app.exception
    assert "There is no graph to explore yet" in told(app)
    assert [code.value for code in app.code] == ["kg add report.txt"]


def test_a_newer_version_is_taken_up(empty_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is added while the explorer runs is opened in the background, and found without starting it again."""
    fill(empty_home, [hostile(1, "Quillon")])
    app = opened(empty_home.path, monkeypatch)
    assert "Tessaly" not in "".join(buttons(app))
    fill(empty_home, [hostile(2, "Tessaly")])
    for _ in range(100):
        app.run()
        assert not app.exception
        if "Tessaly" in "".join(buttons(app)):
            break
        time.sleep(0.05)

    assert "Tessaly" in "".join(buttons(app))


def test_the_panel_of_every_event_opens(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever event is picked, its parties, sentences and what it touches are shown without an error."""
    with current(sample_home) as version:
        snapshot = Snapshot.read(version, sample_home.base)
    events = [iri.removeprefix(snapshot.base) for iri in snapshot.graph if iri not in snapshot.entities]
    app = opened(sample_home.path, monkeypatch, e="market/teleradiology-services-market", h="3", i="yes")
    for event in events:
        app.query_params["p"] = event
        app.run()

        assert not app.exception, event
        assert "kg-evidence" in told(app)


def partners(document: str, name: str) -> Reading:
    made = Document(document, f"{name} and Castell Motors agreed a partnership.", name, published="2031-05")
    return reading(made, [fact(made, "partnership", {"partner": (name, "Castell Motors")})])


def test_names_that_may_be_one_are_judged(empty_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pair is shown with its reasons; a decision brings the next one and can be taken back."""
    fill(empty_home, [partners("1.txt", "Quillon Imaging"), partners("2.txt", "Quillon Imageing")])
    app = opened(empty_home.path, monkeypatch, "inbox", t="names")
    first = told(app)
    assert "<span>Quillon Imag" in first
    press(app, "Different")
    with Ledger(empty_home.ledger) as ledger:
        assert [entry.judgement.verdict for entry in judgements.log(ledger)] == ["different"]
    assert not app.exception
    press(app, "Undo")

    with Ledger(empty_home.ledger) as ledger:
        assert judgements.log(ledger) == []
    assert told(app) == first


def test_facts_that_are_not_sure_are_decided(empty_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The least sure fact is shown with its sentence; a rejected one is out of the graph's record."""
    made = hostile(1, "Quillon")
    fill(empty_home, [replace(made, facts=[replace(each, confidence=0.4) for each in made.facts])])
    app = opened(empty_home.path, monkeypatch, "inbox", t="facts")
    assert "5 wait" in told(app)
    press(app, "Reject")

    assert "4 wait" in told(app)
    press(app, "Later")
    assert not app.exception


def test_a_document_that_is_not_taken_in_is_said_so(empty_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where taking in fails, the page says why, and offers it again."""
    fill(empty_home, [hostile(1, "Quillon")])
    text = b"Tessaly Imaging and Castell Motors agreed a partnership."
    app = opened(empty_home.path, monkeypatch, "inbox", doc=previews.keep(empty_home, "release.txt", text))
    monkeypatch.setattr(previews, "SECONDS", 0.01)
    press(app, "Take it in")

    assert "was stopped" in told(app)
    assert any(label.startswith("Take it in") for label in buttons(app))


def test_an_address_that_is_not_fetched_is_said_so(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The inbox refuses an address of a private host in words, and stays as it is."""
    app = opened(sample_home.path, monkeypatch, "inbox")
    app.text_input[0].input("http://127.0.0.1:9/release")
    press(app, "See what")

    assert not app.exception
    assert "127.0.0.1 is a private address" in told(app)
    assert "See what a document would change" in told(app)


def test_changes_are_told_since_a_run(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last run's deals are told with their sentences; a wrong moment is said to be wrong."""
    app = opened(sample_home.path, monkeypatch, "changes")
    assert "Konica Minolta partners with NewVue" in told(app)
    assert "Nothing changed" in told(opened(sample_home.path, monkeypatch, "changes", since="1"))
    assert "This moment is not known" in told(opened(sample_home.path, monkeypatch, "changes", since="99"))
    assert "This moment is not known" in told(opened(sample_home.path, monkeypatch, "changes", since="<b>"))
