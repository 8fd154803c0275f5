from __future__ import annotations

from pathlib import Path

import pytest
from samples import fill, gold, sample

from kg import home
from kg.home import Home


@pytest.fixture
def empty_home(tmp_path: Path) -> Home:
    return home.make(tmp_path / "home")


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that holds the gold facts of the sample market, published; to be read, not written."""
    place = home.make(tmp_path_factory.mktemp("sample") / "home")
    fill(place, [gold(path) for path in sample()])
    return place
