from __future__ import annotations

import pytest

from ontology import people


@pytest.mark.parametrize(
    ("word", "given"),
    [("Ilse", True), ("Märta", True), ("Solène", True), ("Jean-Paul", True), ("Øyvind", False), ("Flexura", False)],
)
def test_given_names(word: str, given: bool) -> None:
    """Given names are known whatever their accents, double ones by their first half."""
    assert people.is_given(word) is given
