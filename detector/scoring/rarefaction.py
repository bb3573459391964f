"""How far the originality would be higher with a smaller corpus.

Rarefaction: what a sample of the corpus is expected to hold follows from how many of
its documents hold each character, without drawing any. After S. Hurlbert, "The
nonconcept of species diversity", Ecology 52, 1971.
"""

import numpy as np
from numpy.typing import NDArray

from detector.scoring.labels import UnitLabels

SHARES = (0.25, 0.5, 0.75, 1.0)
"""Parts of the corpus for which the originality is expected."""
FEWEST = 4
"""Documents of a corpus that has a quarter."""


def missed(held: NDArray[np.int64], documents: int, sample: int) -> NDArray[np.float64]:
    """Return how probable it is that a sample has none of the documents that hold it.

    Parameters
    ----------
    held : int64 array of any shape
        Documents that hold each thing, of so many in all.
    sample : int
        Documents of the sample, drawn without putting back.

    >>> missed(np.array([0, 1, 2, 4]), 4, 2).round(3).tolist()
    [1.0, 0.5, 0.167, 0.0]
    """
    chance = np.ones(int(held.max(initial=0)) + 1)
    for count in range(1, len(chance)):
        left = documents - sample - count + 1
        chance[count] = chance[count - 1] * max(left, 0) / (documents - count + 1)
    return chance[held]


def saturation(
    labels: UnitLabels, held: NDArray[np.int64], documents: int
) -> tuple[float, ...]:
    """Return the originality, 0–100, that a quarter, half, … of the corpus would give.

    Parameters
    ----------
    held : int64 array of shape (n,)
        Documents of the corpus that hold each unit in a passage.
    documents : int
        Of the corpus; at least `FEWEST`.

    Returns
    -------
    tuple of float
        One for each of `SHARES`, falling; the last is that of the ledger.
    """
    free = ~labels.cited & ~labels.repeated
    always = labels.found & (held == 0)  # by a template, whatever the corpus is
    found = []
    for share in SHARES:
        chance = missed(held, documents, round(share * documents)) * ~always
        own = float(chance[free & ~labels.set_phrase].sum())
        phrases = float(chance[free & labels.set_phrase].sum())
        worded = len(held) - int(labels.cited.sum()) - phrases
        found.append(100 * own / worded if worded > 0 else 100.0)
    return tuple(found)
