"""How a passage was edited on its way from the source."""

from detector.model.alignment import Alignment
from detector.model.match import MatchKind


def kind_of(alignment: Alignment) -> MatchKind:
    """Return ``verbatim`` if every counted character is equal, else ``edited``."""
    whole = all(run.change == "equal" for run in alignment.runs)
    return MatchKind.VERBATIM if whole else MatchKind.EDITED
