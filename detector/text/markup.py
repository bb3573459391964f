"""Signs of Markdown and HTML within a line that a reader of the page does not see."""

import html
import re
from collections.abc import Iterator

from detector.model.document import Document
from detector.model.span import Span

_ATTRIBUTES = r"(?:\s[^<>]{0,1000})?"
NOT_SHOWN = r"display\s*:\s*none|visibility\s*:\s*hidden"
"""Styles by which a page shows an element to nobody."""
_HIDING = (
    r"(?:font-size|(?<!-)opacity)\s*:\s*0(?![.\d]{0,99}[1-9])|(?<!-)color\s*:\s*transparent"
    r"|(?<!-)(?:left|top|text-indent)\s*:\s*-\d{3}"
)
HIDING = rf"(?:{NOT_SHOWN}|{_HIDING})"
"""The same, and styles that hide what has no other ones within."""
_TITLE = r"""(?:[ \t]+(?:"[^"]{0,500}"|'[^']{0,500}'))?"""
_MARKUP = re.compile(
    "|".join(
        [
            # Of a few signs only: longer ones are text that somebody put there.
            r"<!--(?:(?!-->)[^<>\r\n]){0,40}-->",
            rf"<(?P<tag>[a-z]+)\b[^<>]{{0,200}}(?:\shidden\b|{HIDING})[^<>]{{0,200}}>[^<>]{{0,40}}</(?P=tag)>",
            r"<(?P<aside>rt|rp|del|s|strike)>[^<>]{0,10}</(?P=aside)>",
            r"<(?P<script>su[bp])>[^<>]{0,3}</(?P=script)>",
            rf"</?[A-Za-z][A-Za-z0-9-]{{0,30}}{_ATTRIBUTES}/?>",
            rf"(?<=\])\([^()\s]{{0,2000}}{_TITLE}\)",
            r"\[\^[^\]\s]{1,20}\]",
            r":[a-z][a-z0-9_+-]{0,30}:",
            r"\\[A-Za-z]{2,20}(?=\{)",
        ]
    )
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")


def find_markup(document: Document) -> Iterator[Span]:
    """Yield what nobody sees of a document, and where links in Markdown lead.

    Of Markdown tags, short comments and hidden elements, references to signs that are
    no letters, marks of footnotes; of other files what their readers know.
    """
    yield from (span for _, span in document.unseen)
    if document.origin.reader != "md":
        return
    for found in _MARKUP.finditer(document.text):
        yield Span(*found.span())
    for found in _REFERENCE.finditer(document.text):
        meant = html.unescape(found[0])
        if meant != found[0] and not any(map(str.isalnum, meant)):
            yield Span(*found.span())
