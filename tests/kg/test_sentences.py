from __future__ import annotations

import pytest

from kg import sentences

CASES = {
    "two sentences": ("Orvane bought it. Brindle sold it.", ["Orvane bought it.", "Brindle sold it."]),
    "legal forms and initials": (
        "Orvane Inc. and J. Farrow of Tessaly Ltd. met. They signed.",
        ["Orvane Inc. and J. Farrow of Tessaly Ltd. met.", "They signed."],
    ),
    "figures": ("It fell by 13.72 minutes. Sales rose 2.9%.", ["It fell by 13.72 minutes.", "Sales rose 2.9%."]),
    "quotes": ("“It is done.” Orvane agreed.", ["“It is done.”", "Orvane agreed."]),
    "lines are bounds": ("Key Players\nOrvane\n• Brindle opened", ["Key Players", "Orvane", "• Brindle opened"]),
    "wrapped lines are not": (
        "The company said on Monday that it had bought the maker of\nrobots for gardens. It paid cash.",
        ["The company said on Monday that it had bought the maker of\nrobots for gardens.", "It paid cash."],
    ),
    "nothing": (" \n\n", []),
}


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_a_reader_sees_them_end(case: str) -> None:
    """Sentences are whole, in order, and without the space around them."""
    text, expected = CASES[case]
    assert [text[start:end] for start, end in sentences.split(text)] == expected


def test_the_sentences_around_a_span_hold_all_of_it() -> None:
    """A span over two sentences gives both; one outside of any gives itself."""
    text = "Orvane bought it. Brindle sold it. Nobody knew."
    split = sentences.split(text)
    assert sentences.around(split, 7, 25) == (0, 34)
    assert sentences.around(split, 20, 22) == (18, 34)
    assert sentences.around([], 3, 5) == (3, 5)
