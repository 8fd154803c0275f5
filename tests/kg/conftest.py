from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from extract.document import Document
from extract.fact import Fact, from_record
from kg import home, ingest
from kg.home import Home
from kg.record import Reading

DATA = Path(__file__).parents[2] / "data"


def gold(path: Path) -> Reading:
    """A document of the sample with its annotated facts in place of extracted ones."""
    original = path.read_bytes()
    text = original.decode("utf-8")
    document = Document(path.name, text, next(line.strip(" #") for line in text.splitlines() if line.strip()))
    lines = path.with_suffix(".facts.jsonl").read_text("utf-8").splitlines()
    return reading(document, [from_record(json.loads(line), document) for line in lines], original)


def reading(document: Document, facts: list[Fact], original: bytes | None = None) -> Reading:
    """A reading that stands under its document's name."""
    return Reading(document, facts, original or document.text.encode(), document.name)


def sample() -> list[Path]:
    """The documents of the sample market."""
    return sorted([*DATA.glob("reports/*.txt"), *DATA.glob("releases/*.txt")])


def fill(place: Home, readings: list[Reading]) -> list[ingest.Outcome]:
    """Records and publishes readings, each read when its turn comes."""
    outcomes = list(ingest.keep(place, [(each.document.name, partial(_same, each)) for each in readings]))
    assert [str(outcome.error) for outcome in outcomes if outcome.error] == []
    return outcomes


def _same(each: Reading) -> Reading:
    return each


@pytest.fixture
def empty_home(tmp_path: Path) -> Home:
    return home.make(tmp_path / "home")


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that holds the gold facts of the sample market, published; to be read, not written."""
    place = home.make(tmp_path_factory.mktemp("sample") / "home")
    fill(place, [gold(path) for path in sample()])
    return place
