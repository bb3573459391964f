"""Running heads, feet and page numbers: the lines that pages repeat around the text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from detector.formats.pdf_lines import Line, Page

_PAGE_NUMBER = re.compile(
    r"[-–—―－─·•~\s]*+(?:第|page)?\s*+(?:[0-9０-９]{1,4}|[ivxlc]{1,6})\s*+页?\s*+"
    r"(?:(?:/|of|[,，]?\s*+共)\s*+\d{1,4}\s*+页?)?[-–—―－─·•~\s]*+",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.12
"""Share of the page's height, above and below, where a bare number is its number."""
_OUTERMOST = 2
_NEAR = 4.0
"""Points; a line that repeats does so at the same height."""
_REPEATED_ON = 0.25


def without_running_lines(pages: Sequence[Page]) -> tuple[list[Page], int]:
    """Return the pages without their running lines, and how many lines these were."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_key(line) for line in _outer(page)})
    often = max(2, _REPEATED_ON * len(pages))
    kept: list[Page] = []
    for page in pages:
        running = {
            line
            for line in _outer(page)
            if _is_number(line, page) or _times(seen, line) >= often
        }
        body = tuple(line for line in page.lines if line not in running)
        kept.append(replace(page, lines=body))
    left = sum(len(page.lines) for page in kept)
    if not left:  # what all pages repeat, and nothing else, is their text
        return list(pages), 0
    return kept, sum(len(page.lines) for page in pages) - left


def _outer(page: Page) -> list[Line]:
    by_height = sorted(page.lines, key=lambda line: line.bottom)
    return [*by_height[:_OUTERMOST], *by_height[_OUTERMOST:][-_OUTERMOST:]]


def _is_number(line: Line, page: Page) -> bool:
    share = line.bottom / page.height if page.height else 0.5
    at_edge = share < _MARGIN or share > 1 - _MARGIN
    return at_edge and _PAGE_NUMBER.fullmatch(line.text) is not None


def _key(line: Line) -> tuple[str, int]:
    masked = _DIGITS.sub("#", "".join(line.text.split()))
    return masked, round(line.bottom / _NEAR)


def _times(seen: Counter[tuple[str, int]], line: Line) -> int:
    text, height = _key(line)
    return max(seen[text, height + step] for step in (-1, 0, 1))
