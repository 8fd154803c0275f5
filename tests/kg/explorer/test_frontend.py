from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import kg.explorer

FRONTEND = Path(kg.explorer.__file__).parent / "frontend"
ESBUILD = FRONTEND / "node_modules" / ".bin" / "esbuild"


@pytest.mark.skipif(
    not (ESBUILD.exists() and shutil.which("node")), reason="`npm ci` has not been run in kg/explorer/frontend"
)
def test_the_committed_bundle_is_what_its_source_builds(tmp_path: Path) -> None:
    """Nobody can change the source and forget the bundle, or the other way round."""
    script = json.loads((FRONTEND / "package.json").read_text())["scripts"]["build"]
    command = script.split(" && ")[0].split()[1:]
    built = [word if not word.startswith("--outdir=") else f"--outdir={tmp_path}" for word in command]
    subprocess.run([ESBUILD, *built], cwd=FRONTEND, check=True, capture_output=True)

    for path in sorted((FRONTEND / "build").glob("*.[cj]s*")):
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_the_bundle_comes_with_the_licences_of_what_is_in_it() -> None:
    """Whoever gets the bundle gets the names and the terms of its authors."""
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    bundled = [name for name, package in lock["packages"].items() if name and not package.get("dev")]
    licences = (FRONTEND / "build" / "LICENSES.txt").read_text()

    assert len(bundled) == 4
    for name in bundled:
        package = lock["packages"][name]
        assert f"{name.removeprefix('node_modules/')} {package['version']}\n" in licences
    assert licences.count("Permission is hereby granted, free of charge") == 4


def test_the_lock_names_no_registry() -> None:
    """The packages can be fetched from any mirror, and are checked by their hashes."""
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert all("integrity" in package and "resolved" not in package for package in packages.values())


def test_our_source_makes_no_markup_of_texts() -> None:
    """Names reach the page as text only: nothing in our source parses HTML or runs code from a text."""
    source = "\n".join(path.read_text() for path in sorted((FRONTEND / "src").glob("*.js")))

    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", source) == []
