from __future__ import annotations

from collections.abc import Callable

import pytest

from extract import names, speakers
from extract.passage import Passage
from tests.extract.tables import Read, shown

BLOG = """lumeo
Product   Pricing   Blog

A busy spring

When we started lumeo in a garage, nobody knew us. We have opened an office in Ghent.
On Tuesday our customers got a new viewer. We hope you like lumeo.
"""


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Orvane buys Flexura.\n\nSOURCE Orvane plc", "Orvane plc"),
        ("The deal is done.\nThanking you,\nFor Orvane Works Limited\nSd/-", "Orvane Works Limited"),
        ("Language: English\nCompany:    Orvane AG, Hafenstr. 4, 28195 Bremen", "Orvane AG"),
        ("Company:    Orvane, Inc.\n", "Orvane, Inc"),
        ("About Orvane\nOrvane makes drives.", "Orvane"),
        ("About Orvane\nOrvane makes drives.\nAbout Flexura\nFlexura makes belts.", None),
        ("For more on this subject see page 3\n", None),
        (BLOG, "lumeo"),
        ("PORT WEEKLY\nNews | Ports\n\nThe port has grown, a spokeswoman told us.", None),
    ],
)
def test_issuer_by_the_marks_of_a_document(text: str, issuer: str | None) -> None:
    """Source line, signature, company field, the only "About X" and the head of one's own site name the issuer."""
    assert speakers.issuer(text) == issuer


def test_the_company_is_whom_the_brackets_stand_behind(passage: Callable[..., Passage]) -> None:
    """A stock exchange in brackets before the definition is not the Company."""
    text = 'Orvane Drives AB (publ) (Nasdaq Stockholm: ORV) ("Orvane" or the "Company") today announced an offer.'
    found = speakers.speaker(text, names.find([passage(text)]), speakers.issuer(text))
    assert found is not None
    assert found.text.startswith("Orvane Drives AB")


def test_we_speak_in_a_blog(told: Read) -> None:
    """On the page of a company without a capital "we" and "our" are the company."""
    facts = told(*BLOG.splitlines(), published="2031-06-04")
    assert "expansion asserted - -: company lumeo; location Ghent" in [shown(fact) for fact in facts]


def test_the_company_of_the_paragraph_before(told: Read) -> None:
    """What a paragraph leaves unnamed is whom the one before mostly spoke of, never a person."""
    facts = told(
        "Orvane, a maker of drives, sells to forty countries.",
        "The company opened a depot in Ghent in May 2031, said Ilse Farrow, its chief executive.",
    )
    assert [shown(fact) for fact in facts] == ["expansion asserted 2031-05 -: company Orvane; location Ghent"]


def test_an_object_pronoun_is_not_the_subject_of_its_clause(told: Read) -> None:
    """Of "X granted it a loan" the receiver is whom the text spoke of before X, and it stays the topic."""
    facts = told(
        "Lumeo was set up in Lyon in 2023. In May 2031 the Alpine Health Fund awarded it a grant of 4 million euros. "
        "In June 2031 it opened an office in Ghent."
    )
    said = [shown(fact) for fact in facts]
    assert "expansion asserted 2031-06 -: company Lumeo; location Ghent" in said
    assert any("investee Lumeo" in each for each in said)
