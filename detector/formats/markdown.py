"""Markdown: the text of the file as it is, with its headings and paragraphs marked.

Offsets, lines and columns are those of the file, so nothing is taken away: front
matter, code and comments stay in the text and are merely no paragraph of it.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from detector.formats.builder import HIDDEN, REFERENCES
from detector.formats.encodings import decode
from detector.formats.limits import ReadLimits
from detector.model.document import (
    Block,
    BlockKind,
    Document,
    Omission,
    Origin,
    Place,
)
from detector.model.span import Span, merge
from detector.text.markup import find_hidden_elements

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(
    r"\A---[ \t]*(?:\r\n|\r|\n)(.*?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)",
    re.DOTALL,
)
_FIELD = re.compile(
    r"(?:\A|(?<=[\r\n]))(title|organisation|year|genre)[ \t]*:[ \t]*([^\r\n]*)"
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_WRITTEN = re.compile(r"^[ \t]*+\S", re.MULTILINE)
_COMMENTS = re.compile(r"\A\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+", re.DOTALL)
_REFERENCE = re.compile(r"(?<!\\)&(?:#\d{1,20}|#[xX][0-9a-fA-F]{1,20}|[A-Za-z]{2,31});")
_CODE = {"fence", "code_block", "code_inline"}
_TAG = re.compile("<[^<>]*>")
_FEW = 10
"""References to single letters, and hidden ones, that a text may have."""
_CELL = re.compile(r"(?:\\.|[^|\\])+")


def read(data: bytes, path: str, limits: ReadLimits) -> Document:
    """Return the decoded text with its blocks; front matter fills the origin.

    Raises
    ------
    EmptyFileError, BinaryFileError
        If it is no text.
    LimitError
        If there are too many blocks.
    """
    text, encoding, omissions = decode(data, path)
    front = _FRONT_MATTER.match(text)
    origin = Origin(path, reader="md", encoding=encoding)
    if front:
        origin = replace(origin, **_fields(front[1]))
    # Each becomes a dozen objects before it is a block.
    lines = sum(1 for _ in _WRITTEN.finditer(text))
    limits.check(path, "max_blocks", lines)
    begin = front.end() if front else 0
    tokens = _tokens(text[begin:])
    blocks = tuple(_blocks(text, begin, tokens))
    limits.check(path, "max_blocks", len(blocks))
    if (count := _letters(text) - _letters_in_code(tokens)) > _FEW:
        omissions.append(Omission(REFERENCES, count, doubtful=True))
    document = Document(text, origin, blocks, tuple(omissions))
    if (count := _hidden(document)) <= _FEW:
        return document
    omissions.append(Omission(HIDDEN, count))
    return replace(document, omissions=tuple(omissions))


def _fields(front: str) -> dict[str, str]:
    fields = (found.groups() for found in _FIELD.finditer(front))
    return {name: value.strip().strip("\"'") for name, value in fields}


def _hidden(document: Document) -> int:
    """Return how many letters are in elements that the page shows to nobody."""
    spans = merge(find_hidden_elements(document))
    said = (_TAG.sub("", span.of(document.text)) for span in spans)
    return sum(map(str.isalnum, "".join(said)))


def _tokens(text: str) -> "Sequence[Token]":
    from markdown_it import MarkdownIt

    # Four spaces before a paragraph are an indent here far more often than code.
    return MarkdownIt("commonmark").enable("table").disable("code").parse(text)


def _letters(text: str) -> int:
    """Return how many references stand for a letter, or cut a word by nothing."""
    return sum(map(_is_letter, _REFERENCE.finditer(text)))


def _is_letter(found: re.Match[str]) -> bool:
    meant = html.unescape(found[0])
    if found[0][1] == "#" and meant.isalpha():
        return True
    unseen = len(meant) == 1 and unicodedata.category(meant) == "Cf"
    text, (start, end) = found.string, found.span()
    around = text[max(0, start - 1) : start], text[end : end + 1]
    return unseen and all(one.lower() != one.upper() for one in around)


def _letters_in_code(tokens: "Sequence[Token]") -> int:
    """Return how many references are shown as they are written."""
    each = (one for token in tokens for one in (token, *(token.children or ())))
    return sum(_letters(one.content) for one in each if one.type in _CODE)


def _blocks(text: str, begin: int, tokens: "Sequence[Token]") -> Iterator[Block]:
    lines = [found.span() for found in _LINE.finditer(text, begin)]
    number = table = row = 0
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            table, row = table + 1, 0
        elif token.type == "tr_open" and token.map:
            row += 1
            yield from _cells(text, lines[token.map[0]], Place(table=table, row=row))
        elif token.type in ("heading_open", "paragraph_open") or _is_commented(token):
            inline = token.type == "html_block"
            span = _span(text, lines, token if inline else tokens[at + 1])
            if not _COMMENTS.sub("", span.of(text)):
                continue
            number += 1
            level = int(token.tag[1]) if token.tag[:1] == "h" else 0
            kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
            yield Block(span, Place(paragraph=number), kind, level)


def _is_commented(token: "Token") -> bool:
    """Tell whether a line that CommonMark takes for HTML is text behind a comment."""
    if token.type != "html_block" or not token.content.lstrip().startswith("<!--"):
        return False
    rest = _COMMENTS.sub("", token.content)
    return bool(rest.strip()) and not rest.lstrip().startswith("<")


def _span(text: str, lines: list[tuple[int, int]], token: "Token") -> Span:
    first, last = token.map or (0, 0)
    start, end = lines[first][0], lines[max(first, last - 1)][1]
    return Span(start, start + len(text[start:end].rstrip("\r\n")))


def _cells(text: str, line: tuple[int, int], place: Place) -> Iterator[Block]:
    column = 0
    for found in _CELL.finditer(text, *line):
        inside = found[0].strip()
        at_edge = found.start() == line[0] or not found[0].rstrip("\r\n")
        if not inside and at_edge:
            continue  # before the first bar, after the last one
        column += 1
        if inside:
            start = found.start() + found[0].index(inside)
            span = Span(start, start + len(inside))
            yield Block(span, replace(place, column=column), BlockKind.CELL)
