from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from samples import fact, fill, reading

from extract.document import Document
from kg import cli, judgements, store
from kg.home import Home
from kg.identity import Judgement
from kg.judgements import JudgementError
from kg.ledger import Ledger

ORG = "organization"


def release(name: str, acquirer: str, target: str, more: str = "") -> object:
    text = f"{acquirer} acquired {target} in May 2031.{more}"
    document = Document(name, text, name)
    return reading(
        document, [fact(document, "acquisition", {"acquirer": acquirer, "target": target}, date="2031-05")]
    )


@pytest.fixture
def held(empty_home: Home) -> Home:
    """Two documents on Corvid Imaging and Corvid Scans, one on each of two firms named Orion."""
    fill(
        empty_home,
        [
            release("a.txt", "Corvid Imaging", "Tessaly Labs"),
            release(
                "b.txt", "Corvid Scans", "Marrowby", " Corvid Imaging, formerly Corvid Scans, was founded in 1999."
            ),
            release("c.txt", "Orion", "Tessaly Labs"),
            release("d.txt", "Orion", "Fjord Bank"),
        ],
    )
    return empty_home


def kg(home: Home, *args: str, says: str = "") -> Result:
    return CliRunner().invoke(cli.main, ["--home", str(home.path), *args], input=says, catch_exceptions=False)


def organizations(home: Home) -> set[str]:
    with store.current(home) as version:
        return {
            quad.object.value
            for quad in version.store()
            if "prefLabel" in quad.predicate.value and f"/{ORG}/" in str(quad.subject)
        }


def test_merging_and_undoing_shows_in_the_graph_at_once(held: Home) -> None:
    """The survivor's name stands for both; what is taken back is as before."""
    before = organizations(held)
    done = kg(held, "merge", "Corvid Imaging", "Corvid Scans", "--why", "renamed")
    assert done.exit_code == 0
    assert organizations(held) == before - {"Corvid Scans"}
    assert "taken back: “Corvid Imaging” is “Corvid Scans”" in kg(held, "undo").output
    assert organizations(held) == before


def test_a_split_parts_two_firms_of_one_name_by_document(held: Home) -> None:
    """Only in the documents that are named does the name stand for the other."""
    assert "Orion Pharma" not in organizations(held)
    assert kg(held, "split", "Orion", "--to", "Orion Pharma", "--document", "d.txt").exit_code == 0
    assert {"Orion", "Orion Pharma"} <= organizations(held)
    with Ledger(held.ledger) as ledger:
        keys = {
            entity.key for s in ledger.sources() for who, entity in ledger.entities(s).items() if who.name == "Orion"
        }
    assert keys == {"orion", "orion-pharma"}


def test_an_alias_may_be_given_before_it_is_read(held: Home) -> None:
    """A document that comes later meets the company already there."""
    assert kg(held, "alias", "Corvid Imaging", "CIM").exit_code == 0
    fill(held, [release("e.txt", "CIM", "Haddock & Rye")])
    assert "CIM" not in organizations(held)


def test_review_asks_with_reasons_and_effect_and_remembers_answers(held: Home) -> None:
    """Why shows what the text says and what a merge brings; later writes nothing; answers are not asked again."""
    asked = kg(held, "review", says="why\nlater\n").output
    assert "formerly Corvid Scans” says so (formerly; b.txt)" in asked
    assert "A merge would bring 1 facts of 1 documents from “Corvid Scans” under “Corvid Imaging”" in asked
    assert kg(held, "judgements").output.count("\n") == 1
    assert "Corvid" in kg(held, "review", "--list").output
    kg(held, "review", says="d\n")
    assert "Corvid" not in kg(held, "review", "--list").output
    assert {"Corvid Imaging", "Corvid Scans"} <= organizations(held)


def test_what_contradicts_a_judgement_is_refused(held: Home) -> None:
    """Two names that were judged different cannot be made one by way of a third."""
    with Ledger(held.ledger) as ledger:
        run = ledger.run("judge")
        made = [Judgement(ORG, "A", "B", "same"), Judgement(ORG, "A", "C", "different")]
        judgements.judge(ledger, run, made, who="me", why="")
        with pytest.raises(JudgementError, match="“A” and “C” would become one, but were judged different"):
            judgements.judge(ledger, run, [Judgement(ORG, "B", "C", "same")], who="me", why="")
        assert len(judgements.log(ledger)) == 2


def test_the_log_goes_out_and_in_as_csv(held: Home, tmp_path: Path) -> None:
    """Who reads the table judges alike, and reading it twice adds nothing; identifiers may have columns."""
    kg(held, "merge", "Corvid Imaging", "Corvid Scans", "--why", "renamed, as b.txt says")
    table = tmp_path / "log.csv"
    assert kg(held, "judgements", "-o", str(table)).exit_code == 0
    kg(held, "undo")
    assert "Corvid Scans" in organizations(held)
    assert "1 rows read" in kg(held, "judgements", "--import", str(table)).output
    assert "Corvid Scans" not in organizations(held)
    assert "all of them stand already" in kg(held, "judgements", "--import", str(table)).output
    read = judgements.read(io.StringIO("family,left,lei,ticker\norganization,Marrowby,5493001,NYSE:MRW\n"), "me")
    assert [each.judgement.right for each in read] == ["lei:5493001", "ticker:NYSE:MRW"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("left,right\nA,B\n", "no column family"),
        (
            "family,left,right,verdict\norganization,A,B,perhaps\n",
            "line 2: needs family, left, right and one of the verdicts",
        ),
        ("family,left\norganization,A\n", "line 2: needs"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(table: str, message: str) -> None:
    """The message names the line and what is missing."""
    with pytest.raises(JudgementError, match=message):
        judgements.read(io.StringIO(table), "me")


def test_unknown_names_are_refused_in_words(held: Home) -> None:
    """A slip of the pen changes nothing."""
    done = CliRunner().invoke(cli.main, ["--home", str(held.path), "merge", "Corvid Imagin", "Corvid Scans"])
    assert done.exit_code == 1
    assert "no document uses “Corvid Imagin”" in done.output
