from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from extract import events, pipeline, roles
from extract.document import Document
from extract.fact import Fact
from extract.passage import Context, Passage
from extract.pipeline import language
from tests.extract import gate
from tests.extract.tables import Read


@pytest.fixture(scope="session")
def passage() -> Callable[..., Passage]:
    """Makes a passage of a text with the pipeline of the product; `before` characters of the document stand ahead."""

    def made(text: str, section: str = "development", before: int = 0) -> Passage:
        return Passage(before, language()(text), section)

    return made


@pytest.fixture(scope="session")
def told(passage: Callable[..., Passage]) -> Read:
    """The events of paragraphs that make up a document."""

    def read(*paragraphs: str, published: str | None = None, companies: tuple[str, ...] = ()) -> list[Fact]:
        document = Document("test.txt", "\n".join(paragraphs))
        starts = [sum(len(each) + 1 for each in paragraphs[:i]) for i in range(len(paragraphs))]
        passages = [passage(text, before=start) for text, start in zip(paragraphs, starts, strict=True)]
        with pytest.MonkeyPatch.context() as patch:  # the tables are of the rules alone
            patch.setattr(roles, "weighed", lambda _reading, _sentence: None)
            return events.find(passages, Context(document, published, None, companies))

    return read


@pytest.fixture(scope="session")
def extracted() -> Mapping[str, list[tuple[Document, list[Fact]]]]:
    """Every annotated document with its facts, by set."""
    return {name: list(pipeline.extract(gate.documents(folder))) for name, folder in gate.sets().items()}
