"""MinHash signatures of short windows: a sketch that finds reworded copies.

Windows, not documents: a copied paragraph changes little of a whole document's
signature, and much of a window's. Source: A. Broder, "On the resemblance and
containment of documents", SEQUENCES 1997, https://doi.org/10.1109/SEQUEN.1997.666900.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detector.errors import OptionError
from detector.kernels.rolling import kgram_hashes
from detector.text.units import Units

if TYPE_CHECKING:
    from datasketch import MinHash


_MOST = 1000


@dataclass(frozen=True, slots=True)
class MinHashOptions:
    """Shape of the windows and of their signatures.

    Attributes
    ----------
    k : int
        Units of a shingle.
    window, stride : int
        Units of a window, and from the start of one to the start of the next.
    bands, rows : int
        ``bands * rows`` permutations; two windows meet if one band is equal. At the
        defaults that happens with probability 0.5 from a Jaccard similarity of 0.15.
    """

    k: int = 3
    window: int = 50
    stride: int = 25
    bands: int = 32
    rows: int = 2

    def __post_init__(self) -> None:
        for name in ("k", "window", "stride", "bands", "rows"):
            if not 1 <= (value := getattr(self, name)) <= _MOST:
                raise OptionError(name=name, value=value, allowed=f"1–{_MOST}")


def sketch(units: Units, options: MinHashOptions) -> list["MinHash"]:
    """Return the signature of each window of `units`; none for a text without shingles.

    The last window may be shorter. An empty text has no signature, for two empty
    signatures would be equal.
    """
    from datasketch import MinHash

    hashes = _shingles(units, options)
    step = options.stride
    reach = max(options.window - options.k + 1, 1)
    windows = [
        hashes[at : at + reach].tolist()
        for at in range(0, max(len(hashes) - reach + step, 1), step)
        if len(hashes[at : at + reach])
    ]
    permutations = options.bands * options.rows
    return MinHash.bulk(  # type: ignore[no-any-return]
        windows, num_perm=permutations, seed=1, hashfunc=_as_it_is
    )


def _shingles(units: Units, options: MinHashOptions) -> NDArray[np.uint64]:
    # datasketch hashes to 32 bits; ours are hashes already.
    return kgram_hashes(units.codes, options.k) >> np.uint64(32)


def _as_it_is(value: int) -> int:
    return value
