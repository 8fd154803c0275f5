"""Text of any kind, however broken, is read without a crash, and all evidence stands in it."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import pipeline
from extract.document import Document
from extract.fact import Fact
from tests.extract import gate

TEXTS = [path.read_text("utf-8") for path in sorted((gate.DATA / "releases").glob("*.txt"))]
MARKS = [
    "\u200f",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\x00",
    "\u00ad",
    "\u0301",
    "\U0001f6a2",
    "\r",
    "\t",
    "\x0b",
    "\u2028",
]
REAL = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def facts(text: str) -> list[Fact]:
    """The facts of a text; each quotes the text where it says that it does."""
    ((read, found),) = pipeline.extract([Document("mangled.txt", text)])
    for fact in found:
        for span in (fact.evidence, *fact.mentions, *fact.antecedents):
            assert read.text[span.start : span.end] == span.quote
    return found


def cut(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text))
    return text[start : start + chance.randrange(20, 900)]


def shuffled(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    chance.shuffle(words)
    return " ".join(words)


def sprinkled(text: str, chance: random.Random) -> str:
    at = sorted(chance.randrange(len(text)) for _ in range(40))
    return "".join(text[a:b] + chance.choice(MARKS) for a, b in zip([0, *at], [*at, len(text)], strict=True))


MANGLED = {
    "cut": cut,
    "shuffled": shuffled,
    "sprinkled": sprinkled,
    "capitals": lambda text, _: text.upper(),
    "small": lambda text, _: text.lower(),
    "no punctuation": lambda text, _: re.sub(r"[^\w\s]", "", text),
    "one line": lambda text, _: " ".join(text.split()),
    "a word a line": lambda text, _: "\n".join(text.split()),
    "backwards": lambda text, _: text[::-1],
    "no spaces": lambda text, _: text.replace(" ", "")[:1500],
    "twice": lambda text, _: text + text,
}


@pytest.mark.parametrize("how", MANGLED)
@REAL
@given(seed=st.integers(0, 2**16))
def test_mangled_releases(how: str, seed: int) -> None:
    """A release cut, shuffled, strewn with marks or stripped of them gives no evidence that is not in the text."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    facts(MANGLED[how](chance.choice(TEXTS), chance))


@REAL
@given(st.text(min_size=1, max_size=400))
def test_arbitrary_text(text: str) -> None:
    """Any characters at all are read."""
    facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "Orvane buys " + "[" * 10_000 + "Flexura" + "]" * 10_000,
        "“" * 1_500 + "Orvane AG acquires Flexura Ltd." + "”" * 1_500,
        "Orvane, " * 4_000 + "and Flexura agree.",
        "$" * 5_000 + "9" * 5_000,
        "A" * 50_000,
        "Orvane AG's " * 3_000,
        "\u202eOrvane AG\u202c acquires \u200fFlexura Ltd\u200f for $\u200b5 million.",
        "Orvane AG\x00acquires\x00Flexura Ltd.",
        "1. " * 5_000,
        "| " * 10_000,
    ],
    ids=lambda text: repr(text[:14]),
)
def test_monstrous_text(text: str) -> None:
    """Thousands of brackets, quotes, names or digits on one line neither crash nor hang."""
    facts(text)
