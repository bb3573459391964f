"""How a passage was edited on its way from the source."""

from detector.model.alignment import Alignment
from detector.model.match import MatchKind

_PARAPHRASED = 0.5
"""Identity below which less of a passage is copied than worded anew."""


def kind_of(alignment: Alignment) -> MatchKind:
    """Return how a passage follows its source.

    ``verbatim`` if every counted character is equal; ``paraphrased`` if less than half
    of it is; ``reordered`` if its parts stand in another order; ``edited`` otherwise.
    """
    if alignment.identity < _PARAPHRASED:
        return MatchKind.PARAPHRASED
    if alignment.reordered:
        return MatchKind.REORDERED
    whole = all(run.change == "equal" for run in alignment.runs)
    return MatchKind.VERBATIM if whole else MatchKind.EDITED
