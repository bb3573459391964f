"""What is known of each character, found out when it is first met.

A text of any length holds some hundred different characters. Whatever depends on the
character alone is asked for once in the life of the process, and read from an array
for all others.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

_CODE_POINTS = 0x110000


def points_of(text: str) -> NDArray[np.uint32]:
    """Return the code points of `text`: a read-only uint32 array of shape (n,)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def text_of(points: NDArray[np.uint32]) -> str:
    """Return the text of an array of code points; `points_of` is the way back."""
    encoded = points.astype("<u4", copy=False).tobytes()
    return encoded.decode("utf-32-le", "surrogatepass")


class CodePointTable:
    """A function of characters that is evaluated once for each of them.

    Parameters
    ----------
    describe : callable
        Takes one character, returns a number from 1 to 2**32 - 1.
    """

    def __init__(self, describe: Callable[[str], int]) -> None:
        self._describe = describe
        # 4 MB of addresses, of which the system provides what is written to.
        self._values = np.zeros(_CODE_POINTS, dtype=np.uint32)

    def learn(self, points: NDArray[np.uint32], values: NDArray[np.uint32]) -> None:
        """Enter what is known of `points` beforehand: two arrays of one shape."""
        self._values[points] = values

    def __call__(self, points: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Return the number of each of `points`: a uint32 array of shape (n,)."""
        values = self._values.take(points)
        if len(values) and not values.min():
            for point in set(points[values == 0].tolist()):
                self._values[point] = self._describe(chr(point))
            values = self._values.take(points)
        return values
