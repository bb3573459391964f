"""Signs of Markdown and HTML within a line that a reader of the page does not see."""

import re
from collections.abc import Iterator

from detector.model.document import Document
from detector.model.span import Span

_TAG = r"</?[A-Za-z][A-Za-z0-9-]{0,30}(?:\s[^<>]{0,1000})?/?>"
_READING = r"<rt>[^<>\u3400-\u9fff]{0,50}</rt>"
"""How the character before is read."""
_TITLE = r"""(?:[ \t]+(?:"[^"]{0,500}"|'[^']{0,500}'))?"""
_TARGET = rf"(?<=\])\([^()\s]{{0,2000}}{_TITLE}\)"
_MARKUP = re.compile(f"{_READING}|{_TAG}|{_TARGET}")


def find_markup(document: Document) -> Iterator[Span]:
    """Yield tags, and what links lead to, if a document is Markdown."""
    if document.origin.reader == "md":
        for found in _MARKUP.finditer(document.text):
            yield Span(*found.span())
