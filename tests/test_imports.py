from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = ("ontology", "extract", "kg", "app")
#: All of `kg` but the explorer's pages: whatever extracts loads the pipeline only when it does.
QUERY_SIDE = sorted({"network"} | {path.stem for path in (ROOT / "kg").glob("*.py") if path.stem != "__init__"})


def imported(path: Path) -> set[str]:
    """The packages of this project that a file imports anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found & set(ORDER)


@pytest.mark.parametrize("package", ORDER[:-1])
def test_imports_run_one_way(package: str) -> None:
    """The ontology knows nobody, extraction not the graph, the graph not the app."""
    allowed = set(ORDER[: ORDER.index(package) + 1])
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    assert {
        str(path.relative_to(ROOT)): sorted(imported(path) - allowed) for path in files if imported(path) - allowed
    } == {}


@pytest.mark.parametrize("module", QUERY_SIDE)
def test_importing_the_query_side_loads_neither_spacy_nor_streamlit(module: str) -> None:
    """Questions are answered in processes that start fast and stay small."""
    code = f"import sys, kg.{module}; print(sorted({{'spacy', 'streamlit', 'torch'}} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
