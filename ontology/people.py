"""Given names of people, which tell their names from those of companies."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path


@lru_cache(maxsize=4096)
def is_given(word: str) -> bool:
    """Whether a word is a given name somewhere, whatever its accents; of a double name the first half counts."""
    plain = unicodedata.normalize("NFKD", word.split("-")[0]).casefold().replace("ø", "o").replace("ł", "l")
    return "".join(char for char in plain if not unicodedata.combining(char)).replace("ı", "i") in _given()


@cache
def _given() -> frozenset[str]:
    lines = (Path(__file__).parent / "given-names.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
