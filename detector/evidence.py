"""What each unit of a document says if another document has it, too."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detector.alignment.passages import weigh
from detector.alignment.weighed import Weighed
from detector.classification.set_phrases import SetPhrases
from detector.config import Config
from detector.formats.background import load_background
from detector.formats.shipped import read_phrases, shipped_phrases
from detector.prepared import Prepared


class Evidence:
    """Set phrases and background model, as the configuration names them.

    Parameters
    ----------
    phrases : sequence of str
        Set phrases besides those of the lists.
    """

    def __init__(self, config: Config, phrases: Sequence[str] = ()) -> None:
        own_lists = read_phrases(map(Path, config.set_phrases))
        self._phrases = SetPhrases((*shipped_phrases(), *own_lists, *phrases))
        self._most = config.alignment.strongest_unit
        self.background = load_background(config.background)

    def set_phrases(self, document: Prepared) -> NDArray[np.bool_]:
        """Return which units of a document are in set phrases."""
        return self._phrases.mask(document.units)

    def bits(self, document: Prepared) -> NDArray[np.float32]:
        """Return what each unit says, in set phrases as anywhere."""
        if self.background:
            return self.background.surprisal(document.weighed.stems)
        return np.full(len(document.units), self._most, dtype=np.float32)

    def weighed(self, document: Prepared) -> Weighed:
        """Return a document ready to be aligned as a draft."""
        said = weigh(self.bits(document), self.set_phrases(document))
        return document.weighed.with_bits(said)
