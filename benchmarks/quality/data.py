"""The sets, as pairs of documents with their true passages."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from folds import Folds, fold_of

from detector.evaluation.plagdet import Located
from detector.model.document import Document


@dataclass(frozen=True)
class Truth:
    """A true passage and the kind of its edit."""

    kind: str
    at: Located


@dataclass(frozen=True)
class Pair:
    """Two documents of a set, by their paths, and what is known of them.

    Attributes
    ----------
    kind : str
        Kind of the edits, or ``"clean"``.
    fold : Folds
        See `held_out`.
    """

    root: Path
    draft: str
    source: str
    kind: str
    fold: Folds
    truths: tuple[Truth, ...] = ()

    def documents(self) -> tuple[Document, Document]:
        """Return draft and source."""
        return read(self.root / self.draft), read(self.root / self.source)


@lru_cache(maxsize=4096)
def read(path: Path) -> Document:
    with path.open(encoding="utf-8", newline="") as file:
        return Document.from_text(file.read(), path.name)


def rows(path: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    with path.open(encoding="utf-8") as file:
        return iter([json.loads(line) for line in file])


def truths_of(root: Path) -> dict[tuple[str, str], list[Truth]]:
    """Return the true passages of a set by draft and source."""
    found: dict[tuple[str, str], list[Truth]] = defaultdict(list)
    for row in rows(root / "truth.jsonl"):
        draft, source = row["susp"], row["src"]
        first, there = row["susp_offset"], row["src_offset"]
        ends = first + row["susp_length"], there + row["src_length"]
        at = Located(draft, first, ends[0], source, there, ends[1])
        found[draft, source].append(Truth(row["type"], at))
    return found


def pairs_of(root: Path) -> list[Pair]:
    """Return the pairs of a set that have true passages, in the order of their names.

    The kind is that of most of the passages.
    """
    pairs = []
    for (draft, source), truths in sorted(truths_of(root).items()):
        kinds = sorted(truth.kind for truth in truths)
        kind = max(dict.fromkeys(kinds), key=kinds.count)
        pair = Pair(root, draft, source, kind, (fold_of(source),), tuple(truths))
        pairs.append(pair)
    return pairs


def clean_pairs(root: Path, subset: str) -> list[Pair]:
    return [
        Pair(root, row["susp"], row["src"], "clean", (fold_of(row["src"]),))
        for row in rows(root / "pairs.jsonl")
        if row["subset"] == subset
    ]


def some(pairs: list[Pair], limit: int | None) -> list[Pair]:
    """Return the first `limit` pairs of a fixed shuffle."""
    shuffled = random.Random("pairs 1").sample(pairs, len(pairs))
    return shuffled[:limit]
