"""Edits of the order: sentences permuted, or others put between them."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

from detector.evaluation.edits.material import Material
from detector.evaluation.pieces import Piece, clause_pieces, joined, sentence_pieces

_FEW = 3
_TRIES = 50
_BETWEEN = 0.5


def reordered(passage: str, material: Material, rng: Random) -> str | None:
    """Permute the sentences, or the clauses where there are fewer than three.

    Marks stay where they are. None for a single clause.
    """
    return _permuted(_pieces(passage, material), rng)


def clauses_reordered(passage: str, material: Material, rng: Random) -> str | None:
    """Permute the clauses; marks stay where they are. None for a single one."""
    return _permuted(clause_pieces(passage, material.chinese), rng)


def interleaved(passage: str, material: Material, rng: Random) -> str | None:
    """Put sentences of the host after half of the sentences, at least after one.

    Clauses take the place of sentences where there are fewer than three.
    """
    pieces = _pieces(passage, material)
    if len(pieces) < 2 or not material.sentences:  # noqa: PLR2004
        return None
    gaps = [n for n in range(len(pieces) - 1) if rng.random() < _BETWEEN]
    gaps = gaps or [rng.randrange(len(pieces) - 1)]
    for n in reversed(gaps):
        pieces.insert(n + 1, Piece(_new(pieces[n], material, rng), ""))
    return joined(pieces)


def _new(before: Piece, material: Material, rng: Random) -> str:
    """Return a sentence of the host to follow `before`, as a clause after a clause."""
    sentence = rng.choice(material.sentences)
    space = "" if material.chinese else " "
    if before.mark[:1] not in tuple("，；：,;:"):
        return sentence + space
    (body, _), *_ = clause_pieces(sentence, material.chinese)
    return body + before.mark


def _pieces(passage: str, material: Material) -> list[Piece]:
    sentences = sentence_pieces(passage, material.chinese)
    if len(sentences) >= _FEW:
        return sentences
    return clause_pieces(passage, material.chinese)


def _permuted(pieces: Sequence[Piece], rng: Random) -> str | None:
    bodies = [piece.body for piece in pieces]
    order = _order(len(bodies), rng, lambda order: [bodies[n] for n in order] != bodies)
    if order is None:
        return None
    marks = [piece.mark for piece in pieces]
    return joined(Piece(bodies[n], mark) for n, mark in zip(order, marks, strict=True))


def _order(
    count: int, rng: Random, differs: Callable[[list[int]], bool]
) -> list[int] | None:
    """Return a permutation in which as few as possible still follow each other."""
    best: list[int] | None = None
    fewest = count
    for _ in range(_TRIES):
        order = rng.sample(range(count), count)
        kept = sum(b == a + 1 for a, b in pairwise(order))
        if kept < fewest and differs(order):
            best, fewest = order, kept
        if not fewest:
            break
    return best
