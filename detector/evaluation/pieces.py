"""Where a person would begin and end to copy: sentences, clauses, windows."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import exp, log
from random import Random
from string import whitespace
from typing import NamedTuple

from detector.model.span import Span
from detector.text.scripts import HAN

_HAN = re.compile(f"[{HAN}]")
_SENTENCE = {
    True: r"[。！？…!?]++[”’」』）)]*+\s*+|(?<!\s)\s*\n\s*+",
    False: r"(?<![.!?])[.!?]++[\"'”’)]*+(?=\s|$)\s*+|(?<!\s)\s*\n[^\S\n]*\n\s*+",
}
_SENTENCES = {chinese: re.compile(mark) for chinese, mark in _SENTENCE.items()}
_CLAUSES = {
    True: re.compile(rf"{_SENTENCE[True]}|[，；：;]\s*|[,:](?!\d)\s*"),
    False: re.compile(rf"{_SENTENCE[False]}|[,;:]\s+"),
}
SHORTEST, LONGEST = 27, 799
"""Characters of a planted passage, at least and at most."""
_AIMED_AT = (30, 800)
_NO_BEGINNING = "，、；：。！？,;:.!?”’」』）)…" + whitespace + "\u3000\xa0"
_WINDOW = 8000
_LETTERS = 0.7
_REACH = {True: 15, False: 40}
_WORD_END = re.compile(r"(?<=\s)(?=\S)|(?<=\S)(?=\s)")


class Piece(NamedTuple):
    """A sentence or a clause, and the marks and white space that end it."""

    body: str
    mark: str


def is_chinese(text: str) -> bool:
    """Return whether a third and more of the letters of `text` are Chinese."""
    return 3 * len(_HAN.findall(text)) > sum(map(str.isalnum, text))


def sentence_pieces(text: str, chinese: bool) -> list[Piece]:
    """Return `text` in sentences; joined, they are `text` again."""
    return _cut(text, _SENTENCES[chinese])


def clause_pieces(text: str, chinese: bool) -> list[Piece]:
    """Return `text` in clauses; joined, they are `text` again."""
    return _cut(text, _CLAUSES[chinese])


def joined(pieces: Iterable[Piece]) -> str:
    """Return the text that consists of `pieces`."""
    return "".join(piece.body + piece.mark for piece in pieces)


def sentence_starts(text: str, chinese: bool) -> list[int]:
    """Return where inside of `text` a sentence or a paragraph begins, ascending."""
    ends = (mark.end() for mark in _SENTENCES[chinese].finditer(text))
    return [end for end in ends if 0 < end < len(text)]


def window(text: str, chinese: bool, rng: Random) -> str:
    """Return some 8,000 characters of `text` from the beginning of a sentence on."""
    if len(text) <= _WINDOW:
        return text
    first = rng.randrange(len(text) - _WINDOW + 1)
    starts = sentence_starts(text[: first + _WINDOW // 4], chinese)
    at = bisect_left(starts, first)
    return text[starts[at] if at < len(starts) else first :][:_WINDOW]


def excerpt(text: str, chinese: bool, rng: Random) -> Span | None:
    """Return a passage of `text`, of log-uniform length, with the ends of a person.

    An end moves to the nearest sentence, or else clause, up to a fifth of the passage
    or the length of a clause away; where there is none, it stays, but cuts no English
    word. None where the passage is not mostly letters, or became too short or long.
    """
    low, high = _AIMED_AT[0], min(_AIMED_AT[1], len(text) // 2)
    if high < low:
        return None
    length = round(exp(rng.uniform(log(low), log(high))))
    first = rng.randrange(len(text) - length + 1)
    starts, ends = _ends(text, chinese)
    reach = max(length // 5, _REACH[chinese])
    start = _nearest(first, starts, reach)
    end = _nearest(first + length, ends, reach)
    if not chinese:
        start, end = _whole_words(text, start, end)
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip(_NO_BEGINNING))
    end -= len(inside) - len(inside.rstrip())
    letters = sum(map(str.isalnum, text[start:end]))
    if SHORTEST <= end - start <= LONGEST and letters >= _LETTERS * (end - start):
        return Span(start, end)
    return None


class _End(NamedTuple):
    """Where a passage may begin or end, and whether a sentence does so, too."""

    at: int
    sentence: bool


def _ends(text: str, chinese: bool) -> tuple[list[_End], list[_End]]:
    """Return where passages may begin, and where they may end, both ascending."""
    starts, ends = [_End(0, sentence=True)], []
    for mark in _CLAUSES[chinese].finditer(text):
        sentence = _SENTENCES[chinese].fullmatch(mark[0]) is not None
        starts.append(_End(mark.end(), sentence))
        # The mark belongs to a sentence; nobody copies the comma after a clause.
        last = mark.start() + (len(mark[0].rstrip()) if sentence else 0)
        ends.append(_End(last, sentence))
    return starts, [*ends, _End(len(text), sentence=True)]


def _nearest(wanted: int, ends: Sequence[_End], reach: int) -> int:
    """Return the best of `ends` near `wanted`, or `wanted`; sentences count closer."""
    low = bisect_left(ends, (wanted - reach, False))
    high = bisect_left(ends, (wanted + reach, True))
    near = ends[low:high]
    if not near:
        return wanted
    return min(
        near, key=lambda end: abs(end.at - wanted) + (not end.sentence) * reach / 3
    ).at


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return both ends moved on to where a word does not go on, at most."""
    moved = (_WORD_END.search(text, at) if at > 0 else None for at in (start, end))
    first, last = (found.start() if found else None for found in moved)
    return first or start, last or end


def _cut(text: str, mark: re.Pattern[str]) -> list[Piece]:
    pieces: list[Piece] = []
    start = 0
    for found in mark.finditer(text):
        if found.start() > start or not pieces:
            pieces.append(Piece(text[start : found.start()], found[0]))
        else:  # one mark right after another
            pieces[-1] = Piece(pieces[-1].body, pieces[-1].mark + found[0])
        start = found.end()
    if start < len(text):
        pieces.append(Piece(text[start:], ""))
    return pieces
