"""MinHash signatures of short windows: a sketch that finds reworded copies.

Windows, not documents: a copied paragraph changes little of a whole document's
signature, and much of a window's. The signatures are those that datasketch computes for
the same hashes, so that they can be used with its indexes: `as_datasketch`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detector.errors import OptionError
from detector.kernels.minhash import signatures
from detector.kernels.rolling import kgram_hashes
from detector.text.units import Units

if TYPE_CHECKING:
    from datasketch import LeanMinHash

_MOST = 1000
_SEED = 1


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


def sketch(units: Units, options: MinHashOptions) -> NDArray[np.uint32]:
    """Return the signatures of the windows of `units`: shape (m, permutations).

    The last window may be shorter. A text without shingles has none: two empty
    signatures would be equal.
    """
    # datasketch hashes to 32 bits; ours are hashes already.
    hashes = (kgram_hashes(units.codes, options.k) >> np.uint64(32)).astype(np.uint32)
    reach = max(options.window - options.k + 1, 1)
    last = max(len(hashes) - reach + options.stride, 1) if len(hashes) else 0
    starts = np.arange(0, last, options.stride)
    starts = starts[starts < len(hashes)]
    stops = np.minimum(starts + reach, len(hashes))
    return signatures(hashes, starts, stops, options.bands * options.rows, _SEED)


def as_datasketch(signature: NDArray[np.uint32]) -> Iterator["LeanMinHash"]:
    """Yield each row as an object of datasketch, for its LSH, forests and storages."""
    from datasketch import LeanMinHash

    for row in signature:
        yield LeanMinHash(seed=_SEED, hashvalues=row, scheme="affine32")
