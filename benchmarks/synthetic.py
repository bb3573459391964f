"""Invented reports, as many as are wanted, to measure what size costs.

Words by jieba's frequencies make phrases, phrases by Zipf's law make paragraphs of 70
to 300 characters, twenty of them a document: what documents have in common is then as
in real reports, some phrases very often and most of them hardly ever.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

PASSAGES_A_DOCUMENT = 20
_PHRASES, _EXPONENT = 200_000, 1.05
_SIGNS = np.array(["，", "，", "、", "；", "。", "。"])


def phrases(seed: int) -> np.ndarray:
    """Return phrases of three to six words, each with the sign that ends it."""
    import jieba

    rows = Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines()
    pairs = [row.split(" ")[:2] for row in rows]
    words = np.array([word for word, _ in pairs])
    weights = np.array([float(count) for _, count in pairs]) ** 0.75
    rng = np.random.default_rng(seed)
    lengths = rng.integers(3, 7, _PHRASES)
    drawn = rng.choice(len(words), lengths.sum(), p=weights / weights.sum())
    cuts = np.split(words[drawn], np.cumsum(lengths)[:-1])
    ends = rng.choice(_SIGNS, _PHRASES)
    return np.array(["".join(cut) + end for cut, end in zip(cuts, ends, strict=True)])


def documents(count: int, seed: int = 1) -> Iterator[str]:
    """Yield the texts of documents; the first ones are the same for every `count`."""
    bank = phrases(seed)
    ranks = np.arange(1, _PHRASES + 1) ** -_EXPONENT
    edges = np.cumsum(ranks / ranks.sum())
    rng = np.random.default_rng(seed + 1)
    for _ in range(count):
        goals = rng.integers(70, 301, PASSAGES_A_DOCUMENT)
        drawn = np.searchsorted(edges, rng.random(goals.sum() // 6))
        taken = iter(bank[np.minimum(drawn, _PHRASES - 1)].tolist())
        paragraphs = []
        for goal in goals.tolist():
            paragraph = ""
            while len(paragraph) < goal:
                paragraph += next(taken)
            paragraphs.append(paragraph[:-1] + "。")
        yield "\n".join(paragraphs)


def write(folder: Path, count: int, *, per_folder: int = 1000) -> int:
    """Write documents as files; return their characters."""
    characters = 0
    for number, text in enumerate(documents(count)):
        place = folder / f"{number // per_folder:04d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06d}.txt").write_text(text, "utf-8")
        characters += len(text)
    return characters
