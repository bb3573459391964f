"""Other people's ways to find passages; their libraries are imported when asked for."""

import contextlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detector.model.document import Document
from detector.text.sentences import paragraphs

Spans: TypeAlias = tuple[int, int, int, int]
"""Start and end in the draft, start and end in the source."""
Finder: TypeAlias = Callable[[Document, Document], Iterator[Spans]]


class MissingPeerError(Exception):
    """A peer is not installed."""


@contextlib.contextmanager
def needed(package: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise MissingPeerError(f"pip install {package} ({error})") from error


def difflib_blocks(shortest: int) -> Finder:
    def find(draft: Document, source: Document) -> Iterator[Spans]:
        matcher = SequenceMatcher(None, source.text, draft.text, autojunk=False)
        for there, at, size in matcher.get_matching_blocks():
            if size >= shortest:
                yield at, at + size, there, there + size

    return find


def partial(cutoff: int) -> Finder:
    from rapidfuzz import fuzz

    def find(draft: Document, source: Document) -> Iterator[Spans]:
        for paragraph in paragraphs(draft.text):
            if len(paragraph) < 20:
                continue
            found = fuzz.partial_ratio_alignment(
                paragraph.of(draft.text), source.text, score_cutoff=cutoff
            )
            if found and found.src_end > found.src_start:
                first = paragraph.start
                yield (
                    *(first + found.src_start, first + found.src_end),
                    *(found.dest_start, found.dest_end),
                )

    return find


def copydetect(k: int) -> Finder:
    """Pair its slices of either side that share a fingerprint; it leaves them apart."""
    with needed("copydetect"):
        from copydetect import utils

    def find(draft: Document, source: Document) -> Iterator[Spans]:
        if min(len(draft.text), len(source.text)) < k + 5:
            return
        (hashes, at), (others, there) = (
            utils.get_document_fingerprints(one.text, k, 5) for one in (draft, source)
        )
        shared = utils.find_fingerprint_overlap(hashes, others, at, there)
        sides = [utils.get_copied_slices(indexes, k).T for indexes in shared]
        where: dict[int, set[int]] = defaultdict(set)
        for value in hashes & others:
            for index in there[value]:
                where[value].add(_slice_of(sides[1], index))
        pairs = {
            (_slice_of(sides[0], index), other)
            for value in where
            for index in at[value]
            for other in where[value]
        }
        for one, other in sorted(pairs):
            yield (*map(int, sides[0][one]), *map(int, sides[1][other]))

    return find


def _slice_of(slices: NDArray[np.int64], index: int) -> int:
    return int(slices[:, 0].searchsorted(index, "right")) - 1


def trigrams() -> Finder:
    with needed("text-matcher"):
        from text_matcher.matcher import Matcher, Text

    def find(draft: Document, source: Document) -> Iterator[Spans]:
        with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
            try:
                texts = [
                    Text(d.text, "", removeStopwords=False) for d in (draft, source)
                ]
                _, first, second = Matcher(*texts, removeStopwords=False).match()
            except IndexError:  # no English word
                return
        for here, there in zip(first, second, strict=True):
            yield (*here, *there)

    return find


def alcove() -> Finder:
    """Its offsets are those of a text with other white space; they are led back."""
    with needed("alcove-dux"):
        from alcove_dux.documents import normalize_text
        from alcove_dux.matching import compare_texts

    def back(text: str) -> Callable[[int, int], tuple[int, int]]:
        seen = [at for at, sign in enumerate(text) if not sign.isspace()]
        folded = normalize_text(text)
        counts = [0]
        for sign in folded:
            counts.append(counts[-1] + (not sign.isspace()))

        def lead(start: int, end: int) -> tuple[int, int]:
            return seen[counts[start]], seen[counts[end] - 1] + 1

        return lead

    def find(draft: Document, source: Document) -> Iterator[Spans]:
        leads = back(draft.text), back(source.text)
        for one in compare_texts(draft.text, source.text):
            yield (
                *leads[0](one.suspicious_start, one.suspicious_end),
                *leads[1](one.source_start, one.source_end),
            )

    return find
