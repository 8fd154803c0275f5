"""A figure of a sentence with the words that belong to it; judges neither."""

from __future__ import annotations

from dataclasses import dataclass

from extract.numerals import Figure
from extract.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Stretch:
    """A figure and its own words, from `begin` to `limit` of the sentence's text: between the figures beside it."""

    sentence: Sentence
    figure: Figure
    begin: int
    limit: int

    @property
    def text(self) -> str:
        """The text of the whole sentence."""
        return self.sentence.text

    @property
    def before(self) -> str:
        """The words of its own before the figure."""
        return self.text[self.begin : self.figure.start]

    @property
    def after(self) -> str:
        """The words of its own behind the figure."""
        return self.text[self.figure.end : self.limit]

    def at_word(self, start: int, signs: str = "") -> int:
        """The first letter, digit or one of `signs` from `start` on, at most where the figure stands."""
        while start < self.figure.start and not self.text[start].isalnum() and self.text[start] not in signs:
            start += 1
        return start
