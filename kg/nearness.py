"""Which texts are copies of one another apart from small edits: MinHash over their body; stores nothing."""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

_WORDS = 4  # words of a shingle
_BANDS, _ROWS = 32, 4  # texts that share 0.7 of their shingles meet in a band nearly surely, those with 0.3 hardly
_PRIME = (1 << 31) - 1
_LEAST = 0.6  # share of shingles that copies have in common
_FEWEST = 12  # shingles below which a text is too short to be told a copy
#: Where what a release always ends with begins: who the firm is, whom to ask, what its lawyers want.
_ENDING = re.compile(
    r"^\W*(?:about [^\n]{2,80}|(?:media|press|investor)?\s*(?:contacts?|relations)\b[^\n]{0,60}|"
    r"(?:safe harbou?r|forward[- ]looking)[^\n]{0,80}|source:? [^\n]{0,80}|###)\W*$",
    re.I | re.M,
)


def body(text: str) -> str:
    """The text without what every release of its sender ends with, as far as that stands behind its first third."""
    ends = [match.start() for match in _ENDING.finditer(text) if match.start() > len(text) / 3]
    return text[: ends[0]] if ends else text


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of four words of a text's body."""
    words = re.findall(r"\w+", body(text).casefold())
    runs = {" ".join(words[at : at + _WORDS]) for at in range(len(words) - _WORDS + 1)}
    return frozenset(
        int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=4).digest()) for run in runs
    )


def bands(found: frozenset[int]) -> list[str]:
    """Keys of which texts that are alike have one in common; none for a text that is too short."""
    if len(found) < _FEWEST:
        return []
    factors, shifts = _functions()
    values = np.fromiter(sorted(found), dtype=np.uint64) % _PRIME
    least = ((values[:, None] * factors + shifts) % _PRIME).min(axis=0)
    return [
        f"{at}:{blake2b(least[at * _ROWS : (at + 1) * _ROWS].tobytes(), digest_size=8).hexdigest()}"
        for at in range(_BANDS)
    ]


def are_alike(left: frozenset[int], right: frozenset[int]) -> bool:
    """Whether two texts are copies of one another apart from small edits."""
    return len(left & right) >= _LEAST * len(left | right)


@cache
def _functions() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The factors and shifts of the hash functions, the same on every machine."""
    made = np.random.Generator(np.random.PCG64(20311)).integers(1, _PRIME, size=(2, _BANDS * _ROWS), dtype=np.uint64)
    return made[0], made[1]
