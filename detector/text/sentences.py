"""Paragraphs and sentences, by their offsets."""

import re
from collections.abc import Iterator

from detector.model.span import Span

_NEAR = 2000
"""Characters; who looks back at each of many places must not look back at all."""
_LINE = re.compile(r"[^\r\n]+")


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the raw lines of `text` that hold more than white space."""
    lines = (match for match in _LINE.finditer(text) if not match[0].isspace())
    return (Span(*match.span()) for match in lines)


def line_before(text: str, place: int) -> str:
    r"""Return what stands before a place in its line; of a long line the end of that.

    >>> line_before("甲。\n乙，丙", 5)
    '乙，'
    """
    first = max(0, place - _NEAR)
    return text[max(first, text.rfind("\n", first, place) + 1) : place]


def sentences(text: str, language: str = "zh") -> Iterator[Span]:
    """Yield the sentences of each paragraph, without the white space around them.

    Boundaries are those of `sentencex` (Wikimedia), which keeps quotations, decimals
    and abbreviations whole.
    """
    from sentencex import get_sentence_boundaries

    for paragraph in paragraphs(text):
        raw = paragraph.of(text)
        for found in get_sentence_boundaries(language, raw):
            start, end = found["start_index"], found["end_index"]
            piece = raw[start:end]
            lead = len(piece) - len(piece.lstrip())
            trail = len(piece) - len(piece.rstrip())
            if lead < len(piece):
                first = paragraph.start
                yield Span(first + start + lead, first + end - trail)
