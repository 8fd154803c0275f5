from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import cli
from kg.home import Home

DOCS = Path(__file__).parents[2] / "docs"


def code(page: str, language: str) -> str:
    """All code of a page in that language, block after block."""
    return "".join(
        re.findall(rf"^```{language}\n(.*?)^```", (DOCS / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    )


@pytest.mark.parametrize("line", re.findall(r"^.*\bkg query .*$", code("commands.md", ""), re.MULTILINE))
def test_the_examples_of_commands_work(line: str, sample_home: Home) -> None:
    """Each line of the page can be typed as it stands."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    shell = {
        "capture_output": True,
        "text": True,
        "env": {**os.environ, "PATH": path, "KG_HOME": str(sample_home.path)},
    }
    done = subprocess.run(["bash", "-c", line], check=False, **shell)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_the_example_of_a_question_of_ones_own_works(sample_home: Home, tmp_path: Path) -> None:
    """The query of the page, saved as the page says, gives the contract that it asks for."""
    file = tmp_path / "contracts.rq"
    file.write_text(code("queries.md", "sparql"), "utf-8")
    asked = ["query", str(file), "--param", "supplier=RamSoft", "--format", "csv"]
    answer = CliRunner().invoke(cli.main, ["--home", str(sample_home.path), *asked])

    assert [line.split(",")[:2] for line in answer.stdout.splitlines()[1:]] == [
        ["Premier Radiology Services", "OmegaAI"],
        ["Premier Radiology Services", "PowerServer RIS/PACS"],
    ]
