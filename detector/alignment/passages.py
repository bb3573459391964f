"""All passages that a draft shares with a set of sources, or with itself."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.alignment.evidence import Found
from detector.alignment.found import find_passages, find_repeats
from detector.alignment.options import AlignmentOptions
from detector.alignment.rows import Row
from detector.alignment.script import spell_out
from detector.alignment.weighed import Weighed
from detector.kernels.distinct import distinct
from detector.model.alignment import Alignment
from detector.text.lookup import text_of

_WORD = np.uint64(1 << 63)
_PRIVATE, _PRIVATE_SIZE = 0xF0000, 0x1FFFE
SET_PHRASE_EVIDENCE = 0.25
"""What of the bits of a unit counts inside of a set phrase."""


class Aligned(NamedTuple):
    """A passage that two texts share, and the bits of evidence for it.

    Attributes
    ----------
    toll : float
        Bits among them that do not count, as it may be a formula.
    rows : tuple of Row
        Its long rows, if one of them says enough whatever the toll is.
    """

    alignment: Alignment
    bits: float
    toll: float = 0.0
    rows: tuple[Row, ...] = ()


def weigh(
    bits: NDArray[np.float32], set_phrases: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Return what each unit says if it is shared: less inside of set phrases."""
    return np.where(set_phrases, bits * np.float32(SET_PHRASE_EVIDENCE), bits)


def align_sources(
    draft: Weighed, sources: Sequence[Weighed], options: AlignmentOptions
) -> list[list[Aligned]]:
    """Return the passages that `draft` shares with each of `sources`.

    Returns
    -------
    list, as long as `sources`, of lists of Aligned
        Best first. No passage has more than half of its equal units in better ones of
        the same source; what was put into the middle of one is a passage of its own.
    """
    evidence = options.fitted(to_words=draft.of_words).evidence
    return [
        _spelt_out(draft, source, find_passages(draft, source, options), evidence)
        for source in sources
    ]


def is_enough(
    passage: Aligned,
    equal: NDArray[np.bool_],
    lost: NDArray[np.float32],
    in_rows: NDArray[np.float32],
    options: AlignmentOptions,
) -> bool:
    """Return whether a passage would be one if some of its units said less.

    Parameters
    ----------
    equal : bool array of shape (n,)
        Which of the draft's units it has.
    lost, in_rows : float arrays of shape (n,)
        What each of the draft's units says less; and in a row that pays no toll.
    options : AlignmentOptions
        Fitted to the units of the texts.
    """
    less = float(lost[equal].sum())
    spare = passage.bits - passage.toll - options.evidence
    if passage.rows:
        return less <= spare or any(
            row.is_enough(in_rows, options) for row in passage.rows
        )
    # What was taken for its neighbours' sake need not have been enough by itself.
    return less <= (spare if spare > 0 else passage.bits / 2)


def align_within(draft: Weighed, options: AlignmentOptions) -> list[Aligned]:
    """Return the passages of `draft` that stand in it earlier, too; best first.

    The later occurrence is the draft side of an alignment, the earlier the source.
    """
    evidence = options.fitted(to_words=draft.of_words, within=True).evidence
    return _spelt_out(draft, draft, find_repeats(draft, options), evidence)


def _spelt_out(
    draft: Weighed,
    source: Weighed,
    passages: Iterable[Found],
    evidence: float,
) -> list[Aligned]:
    passages = list(passages)
    if not passages:
        return []
    texts = _as_texts(draft.units.codes, source.units.codes)
    both = draft.units, source.units
    spelt = ((spell_out(texts, both, one.tiles, evidence), one) for one in passages)
    return [
        Aligned(found, one.bits, one.toll, one.rows) for found, one in spelt if found
    ]


def _as_texts(draft: NDArray[np.uint64], source: NDArray[np.uint64]) -> tuple[str, str]:
    """Return both as one character a unit; words become private-use characters."""
    words = distinct(
        np.concatenate([draft[_are_words(draft)], source[_are_words(source)]])
    )
    text = _as_text(draft, words)
    return text, text if draft is source else _as_text(source, words)


def _as_text(codes: NDArray[np.uint64], words: NDArray[np.uint64]) -> str:
    points = codes.astype(np.uint32)
    which = _are_words(codes)
    numbers = np.searchsorted(words, codes[which])
    points[which] = _PRIVATE + numbers % _PRIVATE_SIZE
    return text_of(points)


def _are_words(codes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    return codes >= _WORD
