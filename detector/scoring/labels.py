"""One label for every counted character, by the order of precedence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detector.model.ledger import Ledger
from detector.model.match import Label


@dataclass(frozen=True, slots=True, eq=False)
class UnitLabels:
    """The labels of the n counted units of a draft.

    Where several hold, the first of cited, in the corpus, self-repeat, set phrase
    decides; what none of them holds is the author's own.

    Attributes
    ----------
    cited, found, repeated, set_phrase : bool arrays of shape (n,)
        What is true of each unit, before precedence.
    weight : float array of shape (n,)
        Share of a found unit that is copied rather than boilerplate, 0–1.
    """

    cited: NDArray[np.bool_]
    found: NDArray[np.bool_]
    repeated: NDArray[np.bool_]
    set_phrase: NDArray[np.bool_]
    weight: NDArray[np.float64]

    def ledger(self, part: slice = slice(None)) -> Ledger:
        """Return the ledger of a part of the units, by default of all."""
        names = ("cited", "found", "repeated", "set_phrase", "weight")
        (ledger,) = UnitLabels(*(getattr(self, name)[part] for name in names)).ledgers(
            [slice(None)]
        )
        return ledger

    def ledgers(self, parts: Iterable[slice]) -> Iterator[Ledger]:
        """Yield the ledger of each part of the units.

        Each takes constant time where nothing is found: a text may have a hundred
        thousand paragraphs.
        """
        cited = self.cited
        found = self.found & ~cited
        repeated = self.repeated & ~cited & ~found
        phrase = self.set_phrase & ~cited & ~found & ~repeated
        sums = np.zeros((len(cited) + 1, 4), dtype=np.int32)
        np.cumsum(np.stack([cited, found, repeated, phrase], axis=1), 0, out=sums[1:])
        bounds = [part.indices(len(cited))[:2] for part in parts]
        starts, stops = np.array(bounds, dtype=np.intp).reshape(-1, 2).T
        table = (sums[np.maximum(starts, stops)] - sums[starts]).tolist()
        for (start, stop), columns in zip(bounds, table, strict=True):
            copied = 0.0
            if columns[1]:
                copied = float(self.weight[start:stop][found[start:stop]].sum())
            yield Ledger(
                counted=max(stop - start, 0),
                cited=columns[0],
                copied=copied,
                boilerplate=max(columns[1] - copied, 0.0),
                self_repeat=columns[2],
                set_phrase=columns[3],
                own=max(stop - start, 0) - sum(columns),
            )

    def main_label(self, units: NDArray[np.intp]) -> Label:
        """Return the label that most of `units`, found in the corpus, count as."""
        if self.cited[units].mean() > 0.5:  # noqa: PLR2004
            return Label.CITED
        half = self.weight[units].mean() >= 0.5  # noqa: PLR2004
        return Label.COPIED if half else Label.BOILERPLATE
