"""Ours and what else finds passages, each behind one signature, in one table."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from peers import Finder, Spans, alcove, copydetect, difflib_blocks, partial, trigrams

from detector import compare
from detector.model.document import Document

Method: TypeAlias = Callable[[Mapping[str, object]], Finder]
"""Makes a finder; the keyword arguments of `held_out.config_for` are for ours only."""


def ours(config: Mapping[str, object]) -> Finder:
    def find(draft: Document, source: Document) -> Iterator[Spans]:
        for match in compare(draft, source, **config).matches:  # type: ignore[arg-type]
            if not match.within:
                yield (
                    *(match.draft.start, match.draft.end),
                    *(match.source.start, match.source.end),
                )

    return find


METHODS: Mapping[str, Method] = {
    "detector": ours,
    "difflib": lambda _: difflib_blocks(13),
    "rapidfuzz": lambda _: partial(70),
    "copydetect-8": lambda _: copydetect(8),
    "copydetect-12": lambda _: copydetect(12),
    "text-matcher": lambda _: trigrams(),
    "alcove-dux": lambda _: alcove(),
}
"""difflib: blocks of 13 equal characters and more. rapidfuzz: for each paragraph of the
draft the place of the source that is most like it, from a ratio of 70 on. copydetect:
winnowed k-grams of so many characters. text-matcher: trigrams of English words.
alcove-dux: runs of 8 equal tokens, and like paragraphs."""
