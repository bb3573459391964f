"""How a passage was edited on its way from the source."""

from detector.model.alignment import Alignment
from detector.model.match import MatchKind

_PARAPHRASED = 0.5
"""Share of equal wording below which a passage is worded anew rather than copied."""
_LONG = 12
"""Units inserted or left out in one go beyond which they are no rewording."""
_WHOLE = 0.8
"""Share of the source's passage that its runs make up, if nothing was left out."""


def kind_of(alignment: Alignment) -> MatchKind:
    """Return how a passage follows its source.

    ``verbatim`` if every counted character is equal and nothing was left out;
    ``paraphrased`` if less than half of the wording is equal (long insertions and
    omissions apart); ``reordered`` if its parts stand in another order; ``edited``
    otherwise.
    """
    worded = sum(
        run.units
        for run in alignment.runs
        if run.change in ("equal", "replace") or run.units <= _LONG
    )
    if alignment.equal < _PARAPHRASED * worded:
        return MatchKind.PARAPHRASED
    if alignment.reordered:
        return MatchKind.REORDERED
    equal = all(run.change == "equal" for run in alignment.runs)
    used = sum(len(run.source) for run in alignment.runs)
    whole = equal and used >= _WHOLE * len(alignment.source)
    return MatchKind.VERBATIM if whole else MatchKind.EDITED
