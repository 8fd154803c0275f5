from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from payloads import PAYLOADS

from kg.explorer.plain import as_html, as_markdown, shown


class Tags(HTMLParser):
    """Collects what a browser would take for elements, and the text that is left."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_is_one_line_without_controls(payload: str) -> None:
    """What is shown has no control or direction-turning character and no line break."""
    categories = {unicodedata.category(character) for character in shown(payload)}

    assert not categories & {"Cc", "Cf", "Zl", "Zp"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_html_shows_the_text_and_nothing_else(payload: str) -> None:
    """An escaped text is text to a browser: no element, the same characters."""
    parsed = Tags(f'<p title="{as_html(payload)}">{as_html(payload)}</p>')

    assert parsed.tags == ["p"]
    assert parsed.text == shown(payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markdown_keeps_no_sign_that_means_something(payload: str) -> None:
    """Every sign of Markdown is escaped, and taking the escapes away gives the text again."""
    escaped = as_markdown(payload)

    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]<>$:!#|]", escaped)
    assert re.sub(r"\\(.)", r"\1", escaped) == shown(payload, 120)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [("short", 10, "short"), ("just right", 10, "just right"), ("a little long", 9, "a little…"), ("", 5, "")],
)
def test_a_long_text_is_cut_with_an_ellipsis(text: str, limit: int, expected: str) -> None:
    """A text is never longer than its limit, and the reader sees that it goes on."""
    assert shown(text, limit) == expected
