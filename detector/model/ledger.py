"""Every counted character gets exactly one label; the ledger adds up."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isclose
from operator import attrgetter

from detector.errors import LedgerError
from detector.model.drawn import Drawn
from detector.model.match import Label

SHOWN: tuple[Label, ...] = (
    Label.COPIED,
    Label.BOILERPLATE,
    Label.SELF_REPEAT,
    Label.CITED,
    Label.SET_PHRASE,
    Label.OWN,
)
"""The columns of the ledger in the order in which a person cares about them."""


@dataclass(frozen=True, slots=True)
class Ledger(Drawn):
    """Counted characters of a text by label.

    A character found in the corpus gives its weight to `copied` and the rest of itself
    to `boilerplate`, so these two are fractional; the other columns are whole.

    Raises
    ------
    LedgerError
        If the columns do not add up to `counted`, or one of them is negative.
    """

    counted: int
    cited: int = 0
    copied: float = 0.0
    boilerplate: float = 0.0
    self_repeat: int = 0
    set_phrase: int = 0
    own: int = 0

    def __post_init__(self) -> None:
        columns = _columns(self)
        if min(columns) < 0 or not isclose(sum(columns), self.counted, abs_tol=1e-6):
            raise LedgerError(total=sum(columns), counted=self.counted)

    def __getitem__(self, label: Label) -> float:
        return float(getattr(self, label.value))

    def share(self, *labels: Label) -> float:
        """Share of the counted characters under any of `labels`, 0–1; 0 of nothing."""
        return sum(self[label] for label in labels) / (self.counted or 1)

    @property
    def gross_overlap(self) -> float:
        """Cited, copied and boilerplate characters, as a share of all counted, 0–1."""
        return self.share(Label.CITED, Label.COPIED, Label.BOILERPLATE)

    @property
    def originality(self) -> float:
        """100 × own / (counted − cited − set phrases), 0–100.

        Of what the author was free to word, the share found nowhere else; 100 where
        nothing was free.
        """
        free = self.counted - self.cited - self.set_phrase
        return 100 * self.own / free if free else 100.0


_columns: Callable[[Ledger], tuple[float, ...]] = attrgetter(
    *(one.value for one in Label)
)
