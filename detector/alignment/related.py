"""What two versions of one text share besides: in them, common wording was copied, too.

Evidence is weighed as if the two texts had nothing to do with each other. Where most of
one is in the other they have, and an article of law or a closing line that everybody
writes is then part of what was taken over.
"""

import numpy as np

from detector.alignment.evidence import Found
from detector.alignment.options import AlignmentOptions
from detector.alignment.runs import BitRuns
from detector.alignment.tiling import lay_tiles
from detector.alignment.weighed import Weighed

_MOSTLY = 0.5
"""Share of the shorter text that must have been found to make two texts related."""


def find_rest(
    runs: BitRuns,
    texts: tuple[Weighed, Weighed],
    found: list[Found],
    options: AlignmentOptions,
) -> list[Found]:
    """Return the exact passages that related texts share outside of `found`.

    None if the texts are not related. A passage needs `shortest` equal units in a row.
    """
    draft, source = texts
    equal = sum(int(one.tiles.length.sum()) for one in found)
    if equal < _MOSTLY * min(len(draft), len(source)):
        return []
    left = runs.chosen(runs.length >= options.shortest)
    for one in found:
        start, stop = one.tiles.hull(0)
        first, second = one.tiles.hull(1)
        ours = (left.first >= stop) | (left.first + left.length <= start)
        theirs = (left.second >= second) | (left.second + left.length <= first)
        left = left.chosen(ours & theirs)
    units = np.arange(len(draft) + 1, dtype=np.float64)
    alike = left._replace(bits=left.length.astype(np.float64))
    tiles = lay_tiles(alike, np.zeros(len(left.first)), units)
    rest = (
        Found.of(tiles.chosen(slice(at, at + 1)), draft, options)
        for at in range(len(tiles.first))
    )
    return [one for one in rest if one.size >= options.shortest]
