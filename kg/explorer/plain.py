"""Names, titles and sentences come from documents: here they become text that does nothing but show itself."""

from __future__ import annotations

import html
import re

#: Controls that turn the writing direction or hide characters, and the control codes other than line ends and tabs.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")


def shown(text: str, limit: int = 400) -> str:
    """The text on one line, without control characters, cut after `limit` characters with an ellipsis."""
    line = " ".join(_CONTROLS.sub("", text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def as_markdown(text: str, limit: int = 120) -> str:
    """The text for places that read Markdown (labels of buttons and links, warnings)."""
    return _MARKDOWN.sub(r"\\\1", shown(text, limit))


def as_html(text: str, limit: int = 400) -> str:
    """The text for places that read HTML."""
    return html.escape(shown(text, limit))
