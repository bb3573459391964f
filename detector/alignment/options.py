"""What decides which passages two texts share."""

from dataclasses import dataclass, replace
from numbers import Integral

from detector.errors import WHOLE_NUMBERS, OptionError

_RANGES = {
    "evidence": (1.0, 10_000.0),
    "shortest": (4, 1000),
    "strongest_unit": (1.0, 25.0),
    "unmatched": (0.1, 20.0),
    "bridge": (0.0, 10_000.0),
    "nearby": (0.0, 20.0),
    "toll": (0.0, 20.0),
    "exact": (2, 10_000),
    "tile": (8, 1000),
    "frequent": (1, 10**6),
}
"""Least and most; where these are whole numbers, the option is one."""
_EVIDENCE, _BITS, _PLACE, _WORDS = 1.6, 1.75, 1.5, 1.3
"""What a text of words takes instead: a word says more than a character, and words of
one topic come together more often than the model knows."""
_REPEATED, _REPEATED_EVIDENCE = 1.06, 0.9
"""Times `shortest` and `evidence` that a repeat of characters takes. It pays no toll,
and shuffled fragments of a list would pass for one, so that it is longer; wording that
everyone uses says little, but nobody else wrote it here, so that fewer bits do."""


@dataclass(frozen=True, slots=True)
class AlignmentOptions:
    """What counts as a shared passage.

    The figures are those for a text of characters. One of words takes 1.6 times the
    bits of `evidence`, 1.75 times those of `unmatched`, 1.5 times those of `nearby` and
    1.3 times the units of `shortest`; a tile is half as long. Where a text repeats
    itself, there is no toll, as there is one writer, and a text of characters takes
    1.06 times the units of `shortest` and 0.9 times the bits of `evidence`.

    Attributes
    ----------
    evidence : float
        Bits that a passage must carry: its units weigh by their surprisal in the
        language of the genre, less what it costs to say where they stand in the source
        and what stands between them. As far as the model of the language is right, two
        unrelated texts of m and n units share m × n × 2**-evidence passages by chance:
        at 42 bits one in four million pairs of 1,000 characters.
    shortest : int
        Equal units that a passage needs besides, without figures; a word among
        characters counts as two.
    strongest_unit : float
        Bits that one unit counts at the most.
    unmatched : float
        Bits that a unit costs which stands inside a passage on one side only.
    bridge : float
        What lies between two parts of a passage costs no more bits than this.
    nearby : float
        Bits that it costs to say where a run stands that follows another one.
    toll : float
        Bits of each equal unit that do not count towards `evidence`: the formulas of
        this year are in no model. As many for a word as for a character.
    exact : int
        Equal units in a row, characters or words, from which a passage pays no toll,
        if they say `evidence` bits and at least their toll: formulas are shorter, or
        say less.
    tile : int
        Side of the squares in which evidence is summed up before anything is aligned,
        in units.
    frequent : int
        A seed that occurs more often than this in a source is followed at one place
        only.
    """

    evidence: float = 42.0
    shortest: int = 17
    strongest_unit: float = 9.0
    unmatched: float = 0.7
    bridge: float = 60.0
    nearby: float = 2.0
    toll: float = 0.5
    exact: int = 32
    tile: int = 64
    frequent: int = 64

    def __post_init__(self) -> None:
        for name, (least, most) in _RANGES.items():
            value = getattr(self, name)
            if isinstance(least, int) and not isinstance(value, Integral):
                raise OptionError(name=name, value=value, allowed=WHOLE_NUMBERS)
            if not least <= value <= most:
                raise OptionError(name=name, value=value, allowed=f"{least}–{most}")

    def fitted(self, *, to_words: bool, within: bool = False) -> "AlignmentOptions":
        """Return the options for a text of words, or of characters.

        Parameters
        ----------
        within : bool
            Whether the text is compared with itself.
        """
        if not (to_words or within):
            return self
        times = _WORDS if to_words else _REPEATED
        fitted = replace(
            self,
            toll=0.0 if within else self.toll,
            shortest=min(round(self.shortest * times), 1000),
        )
        if not to_words:
            bits = max(self.evidence * _REPEATED_EVIDENCE, 1.0)
            return replace(fitted, evidence=bits)
        return replace(
            fitted,
            evidence=min(self.evidence * _EVIDENCE, 10_000.0),
            unmatched=min(self.unmatched * _BITS, 20.0),
            nearby=min(self.nearby * _PLACE, 20.0),
            tile=max(self.tile // 2, 8),
        )
