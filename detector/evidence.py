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
        Set phrases besides those of the lists: wording of which a person said so.
    """

    def __init__(self, config: Config, phrases: Sequence[str] = ()) -> None:
        own_lists = read_phrases(map(Path, config.set_phrases))
        self._phrases = SetPhrases((*shipped_phrases(), *own_lists, *phrases))
        self._judged = SetPhrases(phrases)
        self._most = config.alignment.strongest_unit
        self.background = load_background(config.background)

    def shares(self, document: Prepared) -> NDArray[np.float32]:
        """Return what of its bits each unit says: 1, less in set phrases.

        Nothing in those that a person judged: the model of the language knows the
        phrases of the lists, and says that they say little; whole sentences that a
        person called one it does not know.
        """
        all_of_it = np.ones(len(document.units), dtype=np.float32)
        shares = weigh(all_of_it, self._phrases.mask(document.units))
        if not self._judged:
            return shares
        return np.where(self._judged.mask(document.units), np.float32(0), shares)

    def bits(self, document: Prepared) -> NDArray[np.float32]:
        """Return what each unit says, in set phrases as anywhere."""
        if self.background:
            return self.background.surprisal(document.weighed.stems)
        return np.full(len(document.units), self._most, dtype=np.float32)

    def weighed(self, document: Prepared) -> Weighed:
        """Return a document ready to be aligned as a draft."""
        return document.weighed.with_bits(self.bits(document) * self.shares(document))
