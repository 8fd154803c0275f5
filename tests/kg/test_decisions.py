from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from samples import fact, fill, reading

from extract.document import Document
from extract.fact import Fact
from kg import cli, curation, overview
from kg.decisions import Decision, DecisionError, patch
from kg.home import Home
from kg.ledger import Ledger

TEXT = "Orvane acquired Tessaly Labs in May 2031. Brindle launched the Lumeo Reader."
PAGE = Document("news.txt", TEXT, "News")
BOUGHT = fact(PAGE, "acquisition", {"acquirer": "Orvane", "target": "Tessaly Labs"}, quote=TEXT[:41], date="2031-05")
LAUNCHED = fact(PAGE, "launch", {"company": "Brindle", "product": "Lumeo Reader"}, quote=TEXT[42:])


@pytest.fixture
def held(empty_home: Home) -> Home:
    fill(empty_home, [reading(PAGE, [BOUGHT, LAUNCHED])])
    return empty_home


def kg(home: Home, *args: str) -> Result:
    return CliRunner().invoke(cli.main, ["--home", str(home.path), *args])


def ids(home: Home) -> dict[str, str]:
    return {each["kind"]: each["id"] for each in overview.facts(home)}


def shown(home: Home, question: str = "facts") -> str:
    return kg(home, "query", question, "--format", "csv").output


def records(home: Home) -> dict[str, Any]:
    return {each["kind"]: each for each in overview.facts(home)}


def test_what_is_rejected_leaves_the_graph_and_undo_brings_it_back(held: Home) -> None:
    """The rest of its document stays."""
    before, key = shown(held), ids(held)["launch"]
    assert kg(held, "reject", key, "--why", "a demonstration only").exit_code == 0
    assert "launch" not in ids(held)
    assert "acquisition" in ids(held)
    assert "taken back: reject of the launch" in kg(held, "undo").output
    assert shown(held) == before


def test_a_correction_changes_the_fact_and_keeps_its_id_and_evidence(held: Home) -> None:
    """Status, date, figure, roles and attributes can be put right, and who reads it sees that it was."""
    key = ids(held)["acquisition"]
    done = kg(
        held, "correct", key, "--set", "date=2031-06-01", "--set", "status=planned", "--set", "value=40000000",
        "--set", "unit=USD", "--set", "target=Tessaly Laboratories", "--set", "stake=60%",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    found = records(held)["acquisition"]
    assert (found["id"], found["evidence"]) == (key, TEXT[:41])
    assert (found["date"], found["status"], found["value"], found["unit"]) == (
        "2031-06-01",
        "planned",
        40000000,
        "USD",
    )
    assert [p["name"] for p in found["participants"]] == ["Orvane", "Tessaly Laboratories"]
    assert (found["attributes"]["stake"], found["confidence"], found["signals"]) == ("60%", 1.0, ["corrected"])
    assert "Tessaly Laboratories" in shown(held)


REREAD = {
    "the same words": PAGE,
    "a page whose other words changed": Document("news.txt", "Correction. " + TEXT, "News"),
}


@pytest.mark.parametrize("case", REREAD)
def test_decisions_survive_another_reading(held: Home, case: str) -> None:
    """A new version of page or extractor, with another quote and so another id, meets what was decided."""
    kg(held, "reject", ids(held)["launch"])
    kg(held, "correct", ids(held)["acquisition"], "--set", "status=planned")
    page = REREAD[case]
    at = page.text.index("Orvane")
    bought = replace(BOUGHT, evidence=page.span(at, at + 28), confidence=0.4)
    at = page.text.index("launched")
    launched = replace(LAUNCHED, evidence=page.span(at, at + 26))
    fill(held, [reading(page, [bought, launched])])
    assert list(records(held)) == ["acquisition"]
    assert records(held)["acquisition"]["status"] == "planned"
    kg(held, "undo")
    kg(held, "undo")
    assert {kind: each["status"] for kind, each in records(held).items()} == {
        "acquisition": "asserted",
        "launch": "asserted",
    }


def test_a_decision_without_a_fact_is_told_in_the_review(held: Home) -> None:
    """It never vanishes, and holds again once the fact is read again."""
    kg(held, "reject", ids(held)["launch"])
    fill(held, [reading(PAGE, [BOUGHT])])
    with Ledger(held.ledger) as ledger:
        assert [entry.decision.kind for entry in curation.orphans(ledger)] == ["launch"]
    assert "reject of the launch" in kg(held, "review", "--list").output
    fill(held, [reading(PAGE, [BOUGHT, LAUNCHED])])
    assert "launch" not in ids(held)


def test_the_same_document_added_again_leaves_decisions_as_they_are(held: Home) -> None:
    """Nothing is published anew."""
    kg(held, "accept", ids(held)["launch"])
    kg(held, "reject", ids(held)["acquisition"])
    recorded = fill(held, [reading(PAGE, [BOUGHT, LAUNCHED])])[0].recorded
    assert recorded
    assert (recorded.changed, recorded.known) == (False, 1)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (["date=last week"], "last week: is no date"),
        (["value=many"], "many: is no number"),
        (["value=4"], "needs both value and unit"),
        (["status=perhaps"], "unknown status"),
        (["colour=red"], "colour: a fact of the kind acquisition has none; it has status, date"),
    ],
)
def test_a_correction_that_makes_no_fact_is_refused(held: Home, settings: list[str], message: str) -> None:
    """The message says what can be set."""
    done = kg(held, "correct", ids(held)["acquisition"], *(part for each in settings for part in ("--set", each)))
    assert done.exit_code == 1
    assert message in done.output


def test_facts_are_found_by_the_beginning_of_their_id_only_if_it_is_one(held: Home) -> None:
    """Of none and of several the message says so."""
    with Ledger(held.ledger) as ledger:
        key = ids(held)["launch"]
        assert (
            curation.find(ledger, key[:8])[0] == curation.find(ledger, f"http://localhost:8080/fact/{key}")[0] == key
        )
        for wrong in ("", "zzzzzzzz"):
            with pytest.raises(DecisionError, match="no such fact"):
                curation.find(ledger, wrong)


def test_decisions_are_exported_as_gold(held: Home, tmp_path: Path) -> None:
    """What is right as facts, what is wrong as traps, beside the text that both quote."""
    kg(held, "accept", ids(held)["acquisition"])
    kg(held, "reject", ids(held)["launch"], "--why", "a demonstration only")
    done = kg(held, "gold", "export", str(tmp_path / "gold"))
    assert "1 facts, 1 traps" in done.output
    (text,) = (tmp_path / "gold").glob("*.txt")
    right, wrong = (json.loads(text.with_suffix(f".{name}.jsonl").read_text("utf-8")) for name in ("facts", "traps"))
    assert text.read_text("utf-8")[right["start"] : right["end"]] == right["evidence"] == TEXT[:41]
    assert (wrong["kind"], wrong["why"]) == ("launch", "a demonstration only")


def test_a_patch_is_told_in_terms_of_the_kind() -> None:
    """Several names of a role are several participants."""
    both = Decision.of("s", "f", BOUGHT, "correct", patch(BOUGHT, [("acquirer", "A"), ("acquirer", "B")]))
    assert isinstance(BOUGHT, Fact)
    assert both.patch == {"acquirer": ["A", "B"]}
