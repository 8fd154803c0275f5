from __future__ import annotations

from pathlib import Path

import pytest

from kg import home
from kg.home import Home, HomeError


def test_a_home_keeps_the_base_it_was_made_with(tmp_path: Path) -> None:
    """The base IRI is fixed when the home is made."""
    home.make(tmp_path / "h", "https://example.org/kg/")
    assert home.make(tmp_path / "h", "https://elsewhere.org/").base == "https://example.org/kg/"
    assert Home(tmp_path / "h").base == "https://example.org/kg/"


@pytest.mark.parametrize("base", ["", "example.org/", "https://example.org/kg", "urn:x:", 'https://example.org/"/'])
def test_a_base_that_is_no_absolute_iri_is_refused(tmp_path: Path, base: str) -> None:
    """Every IRI of the graph would be broken by it."""
    with pytest.raises(HomeError, match="absolute IRI"):
        home.make(tmp_path / "h", base)


@pytest.mark.parametrize(
    ("settings", "told"),
    [(None, "no home here yet"), ("base = ", "cannot be read as TOML"), ("other = 1", "must be an absolute IRI")],
)
def test_a_home_that_cannot_be_used_says_why(tmp_path: Path, settings: str | None, told: str) -> None:
    """The message names the place and what is wrong."""
    if settings is not None:
        (tmp_path / "kg.toml").write_text(settings, "utf-8")
    with pytest.raises(HomeError, match=told):
        _ = Home(tmp_path).base


def test_a_home_in_a_file_says_so(tmp_path: Path) -> None:
    """A path that is taken by a file is refused with a message."""
    (tmp_path / "f").touch()
    with pytest.raises(HomeError, match="cannot be made"):
        home.make(tmp_path / "f")
