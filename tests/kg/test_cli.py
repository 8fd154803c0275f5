from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result
from samples import fact, fill, reading, sample

from extract.document import Document
from kg import cli, query
from kg.home import Home

REPORT = """Garden Robot Market

The garden robot market was worth USD 1.35 billion in 2029.
It is expected to grow at a CAGR of 6.4% from 2030 to 2035.

Recent Developments

In May 2031, Quillon Robotics Inc acquired Brindle Mowers Ltd for USD 40 million.
"""

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    def called(*arguments: str | Path, home: Home | None = None, stdin: str = "") -> Result:
        place = ["--home", str(home.path)] if home else []
        return CliRunner().invoke(cli.main, [*place, *map(str, arguments)], input=stdin, env={"COLUMNS": "100"})

    return called


def test_a_question_is_answered_by_name_file_and_standard_input(sample_home: Home, run: Run, tmp_path: Path) -> None:
    """The three ways give the same answer."""
    file = tmp_path / "mine.rq"
    file.write_text(query.get("sources").text, "utf-8")
    by_name = run("query", "sources", "--format", "csv", home=sample_home)
    by_file = run("query", file, "--format", "csv", home=sample_home)
    by_input = run("query", "-", "--format", "csv", home=sample_home, stdin=query.get("sources").text)

    assert len(list(csv.reader(io.StringIO(by_name.stdout)))) == 1 + len(sample())
    assert by_name.stdout == by_file.stdout == by_input.stdout


def test_an_answer_is_a_table_to_read(sample_home: Home, run: Run) -> None:
    """Short rows stand in columns, long ones in blocks; all values are there."""
    short = run("query", "company-partners", "--param", "company=kornmarkt", home=sample_home)
    long = run("query", "market-regulations", "--param", "market=Teleradiology Services Market", home=sample_home)

    assert short.stdout.splitlines()[0].split() == ["company", "hops", "partner", "through"]
    assert short.stdout.splitlines()[2].split() == ["Kornmarkt", "1", "Ampelius", "GmbH"]
    assert "regulation    HIPAA\n" in long.stdout
    assert max(map(len, long.stdout.splitlines())) <= 100


def test_an_answer_without_rows_says_so(sample_home: Home, run: Run) -> None:
    """Nothing found is not an error and not an empty screen."""
    answer = run("query", "company-partners", "--param", "company=nobody", home=sample_home)

    assert (answer.exit_code, answer.stdout) == (0, "no rows\n")


def test_text_of_documents_cannot_steer_the_terminal(empty_home: Home, run: Run) -> None:
    """Control characters in names do not reach the screen."""
    document = Document("evil.txt", "Alder\x1b[2J works with Birch.", "Evil\x1b]0;owned\x07")
    fill(empty_home, [reading(document, [fact(document, "partnership", {"partner": ("Alder\x1b[2J", "Birch")})])])
    answer = run("query", "company-deals", home=empty_home)

    assert "Alder" in answer.stdout
    assert {"\x1b", "\x07"}.isdisjoint(answer.stdout)


WRONG = {
    "unknown question": (("query", "nope"), 1, "there is no question 'nope'"),
    "unknown parameter": (("query", "sources", "--param", "x=1"), 1, "no parameter 'x'"),
    "parameter without value": (("query", "players", "--param", "market"), 2, "NAME=VALUE"),
    "missing parameter": (("query", "company-partners"), 1, "needs a value for company"),
    "missing file": (("query", "none.rq"), 2, "none.rq"),
    "format that does not fit": (("query", "sources", "--format", "turtle"), 1, "take csv"),
    "unknown format": (("query", "sources", "--format", "pdf"), 2, "pdf"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_question_that_cannot_be_asked_is_told_in_one_sentence(name: str, sample_home: Home, run: Run) -> None:
    """The message names what is wrong; nothing is printed as if it were an answer."""
    arguments, code, words = WRONG[name]
    answer = run(*arguments, home=sample_home)

    assert (answer.exit_code, answer.stdout) == (code, "")
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    "command", ["query sources", "facts", "build", "status", "validate", "export", "serve", "explore"]
)
def test_a_missing_home_is_told(command: str, run: Run, tmp_path: Path) -> None:
    """Every command that reads a home says that there is none and how one is made, and makes none itself."""
    answer = run(*command.split(), home=Home(tmp_path / "none"))

    assert answer.exit_code == 1
    assert "kg add FILE" in answer.stderr
    assert not (tmp_path / "none").exists()


def test_the_library_is_listed(run: Run) -> None:
    """Each question with its title and parameters."""
    listed = run("queries").stdout

    for question in query.questions().values():
        assert f"{question.name}: {question.title}\n" in listed
        assert all(f"--param {each.name}=... ({each.type}, " in listed for each in question.parameters)


def test_the_state_of_a_home_is_shown(sample_home: Home, run: Run) -> None:
    """Sources, facts by kind, problems and the published version."""
    shown = run("status", home=sample_home).stdout

    assert "sources   9\n" in shown
    assert "1 joint_venture" in shown
    assert "published version " in shown


def test_recorded_facts_are_printed_as_records(sample_home: Home, run: Run) -> None:
    """Without files `kg facts` gives every recorded fact, whose evidence stands in its document."""
    records = [json.loads(line) for line in run("facts", home=sample_home).stdout.splitlines()]
    texts = {path.name: path.read_text("utf-8") for path in sample()}

    assert len({record["id"] for record in records}) == len(records)
    assert {record["doc"] for record in records} == set(texts)
    assert all(texts[r["doc"]][r["start"] : r["end"]] == r["evidence"] for r in records)


def test_invalid_facts_are_listed_with_their_reason(empty_home: Home, run: Run) -> None:
    """A fact that the ontology refuses is named and ends the command with 1; without one it ends with 0."""
    document = Document("one.txt", "Alder works with Birch. Cedar works alone.", "One")
    good = fact(document, "partnership", {"partner": ("Alder", "Birch")}, quote="Alder works with Birch")
    fill(empty_home, [reading(document, [good])])
    fine = run("validate", home=empty_home)
    other = Document("two.txt", "Cedar works alone.", "Two")
    fill(empty_home, [reading(other, [fact(other, "partnership", {"partner": ("Cedar",)})])])
    refused = run("validate", home=empty_home)

    assert (fine.exit_code, fine.stdout) == (0, "all facts are valid\n")
    assert refused.exit_code == 1
    assert refused.stdout.startswith("two.txt: fact ")
    assert refused.stdout.endswith("1 facts are left out of the graph\n")


def test_building_anew_publishes_the_same_graph(empty_home: Home, run: Run) -> None:
    """`kg build` needs nothing but the record."""
    document = Document("one.txt", "Alder works with Birch.", "One")
    fill(empty_home, [reading(document, [fact(document, "partnership", {"partner": ("Alder", "Birch")})])])
    before = run("export", "--format", "nquads", home=empty_home).stdout
    built = run("build", home=empty_home)

    assert (built.exit_code, "sources   1\n" in built.stdout) == (0, True)
    assert run("export", "--format", "nquads", home=empty_home).stdout == before


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that states facts, and files that do not."""
    place = tmp_path_factory.mktemp("files")
    (place / "report.txt").write_text(REPORT, "utf-8")
    (place / "empty.txt").write_bytes(b"")
    (place / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (place / "none.txt").write_text("The weather was fine and the sea was calm all day, as it is in May.", "utf-8")
    (place / "folder").mkdir()
    return place


def test_facts_of_files_are_printed_without_a_home(files: Path, run: Run, tmp_path: Path) -> None:
    """Each line is a record of the guide, `doc` is the path as given, and nothing is stored."""
    answer = run("facts", files / "report.txt", home=Home(tmp_path / "none"))
    records = [json.loads(line) for line in answer.stdout.splitlines()]

    assert answer.exit_code == 0
    assert {record["doc"] for record in records} == {str(files / "report.txt")}
    assert {"market_size", "acquisition"} <= {record["kind"] for record in records}
    assert all(REPORT[r["start"] : r["end"]] == r["evidence"] for r in records)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", ["add", "facts"])
def test_files_that_cannot_be_used_do_not_stop_the_others(
    command: str, files: Path, run: Run, tmp_path: Path
) -> None:
    """Each gives one line on standard error that names it; the command ends with 0, as something was done."""
    bad = [files / name for name in ("empty.txt", "binary.txt", "folder", "missing.txt")]
    answer = run(command, *bad, files / "report.txt", home=Home(tmp_path / "home"))
    errors = [line for line in answer.stderr.splitlines() if not line.startswith("[")]

    assert answer.exit_code == 0
    assert [[str(path) in line for path in bad].index(True) for line in errors] == [0, 1, 2, 3]
    assert answer.stdout


@pytest.mark.parametrize("command", ["add", "facts"])
@pytest.mark.parametrize("name", ["empty.txt", "binary.txt", "folder", "missing.txt", "none.txt"])
def test_where_nothing_was_done_the_command_fails(
    command: str, name: str, files: Path, run: Run, tmp_path: Path
) -> None:
    """A single file that cannot be used, or states nothing, ends with 1 and its name on standard error."""
    answer = run(command, files / name, home=Home(tmp_path / "home"))

    assert answer.exit_code == 1
    assert str(files / name) in answer.stderr.splitlines()[-1]


def test_adding_tells_what_was_found_and_what_was_known(files: Path, run: Run, tmp_path: Path) -> None:
    """New facts are counted by kind; the same document again changes nothing and says so."""
    home = Home(tmp_path / "home")
    first = run("add", files / "report.txt", "--base", "http://example.org/kg/", home=home)
    again = run("add", files / "report.txt", home=home)

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "1 acquisition" in first.stdout
    assert "1 documents added or changed, 0 unchanged, 0 failed" in first.stdout
    assert "known already, nothing changed" in again.stdout
    assert "0 new facts" in again.stdout
    assert home.base == "http://example.org/kg/"
    assert "[1/1]" in first.stderr


def test_a_question_is_answered_without_the_heavy_libraries(sample_home: Home) -> None:
    """Neither spaCy, Streamlit, the validator nor the server is loaded for it."""
    code = (
        "import sys; from kg.cli import main;"
        "main(['--home', sys.argv[1], 'query', 'sources', '--format', 'csv'], standalone_mode=False);"
        "print(sorted({'spacy', 'streamlit', 'uvicorn', 'pyshacl'} & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", code, str(sample_home.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_the_explorer_starts_and_answers(sample_home: Home) -> None:
    """`kg explore` serves the page on this machine only, and the process is the server itself."""
    port = 18501 + os.getpid() % 1000
    command = [sys.executable, "-m", "kg.cli", "--home", str(sample_home.path), "explore", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout
            address = server.stdout.readline().strip()
            assert _healthy(f"{address}_stcore/health")
        finally:
            server.terminate()
            server.wait(20)


def _healthy(address: str) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            return httpx.get(address).text == "ok"
        except httpx.TransportError:
            time.sleep(0.2)
    return False


def test_progress_precedes_the_reading_of_each_file(files: Path, run: Run, tmp_path: Path) -> None:
    """Who waits sees which of how many files is read."""
    shown = run("add", files / "empty.txt", files / "missing.txt", home=Home(tmp_path / "home")).stderr

    assert f"[1/2] {files / 'empty.txt'}\n" in shown
    assert f"[2/2] {files / 'missing.txt'}\n" in shown
