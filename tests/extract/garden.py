"""A report on the garden robot market as the rules see it, for the tests of single sentences."""

from __future__ import annotations

from extract import sentences
from extract.claim import Claim
from extract.listitems import Item
from extract.passage import Passage
from extract.pipeline import language
from extract.sections import Section
from extract.sentences import Sentence
from extract.vocabulary import Part, Vocabulary

MARKET = "Garden Robot Market"
PATTERN = sentences.market_pattern(MARKET)


def _item(dimension: str, text: str) -> Item:
    return Item(dimension, 0, len(text), text, 0, None)


VOCABULARY = Vocabulary(
    (
        *(_item("Product", name) for name in ("Mowers", "Weeders", "Add-on Modules", "Others")),
        *(_item("End User", name) for name in ("Homes", "Public Parks")),
        *(_item("Region", name) for name in ("Europe", "Asia-Pacific", "Norway", "Borderland")),
    )
)
WEEDERS = Part("segment", "Segment", "Weeders", "Product")


def read(text: str, section: str = "overview", topic: Part | None = None) -> list[Sentence]:
    """The sentences of a paragraph that stands in a section of that kind, below a heading on `topic`."""
    unit = (Passage(0, language()(text)), Section(section, None, topic is not None, ()), topic)
    return list(sentences.sentences([unit], VOCABULARY, PATTERN))


def parts(claim: Claim) -> list[str]:
    """The names of the parts a claim is about, then of the others in it."""
    return [*(part.name for part in claim.parts), *(who.name for who in claim.others)]
