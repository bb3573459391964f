"""Clusters as stars: each thing with the one it is most alike to among the leaders."""

import numpy as np
from numpy.typing import NDArray


def stars(
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    alike: NDArray[np.float64],
    before: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Return the leader of each of n things; a leader is its own.

    The thing that is most alike to many others leads; those linked to it lead no more,
    and so on. So there are no chains (A~B~C where A and C share nothing). After
    J. Aslam, E. Pelekhov and D. Rus, "The Star Clustering Algorithm", JGAA 8, 2004.

    Parameters
    ----------
    one, other : int64 arrays of shape (m,)
        Linked things, each link once.
    alike : float64 array of shape (m,)
        How much each two are alike, above 0.
    before : bool array of shape (n,)
        Things that are asked first, in their order, whether they want to lead.
    """
    count = len(before)
    one, other = np.concatenate([one, other]), np.concatenate([other, one])
    alike = np.concatenate([alike, alike])
    degree = np.bincount(one, weights=alike, minlength=count)
    order = np.argsort(one, kind="stable")
    cuts = np.searchsorted(one[order], np.arange(count + 1)).tolist()
    neighbours = other[order].tolist()
    leads = np.zeros(count, dtype=np.bool_)
    free = np.ones(count, dtype=np.bool_)
    rank = np.where(before, 0.0, -degree)
    for thing in np.lexsort((rank, ~before)).tolist():
        if free[thing]:
            leads[thing] = True
            free[neighbours[cuts[thing] : cuts[thing + 1]]] = False
    led = leads[one] & ~leads[other]
    one, other, alike = one[led], other[led], alike[led]
    order = np.lexsort((one, -alike, other))  # of equals, the first leader
    one, other = one[order], other[order]
    best = np.flatnonzero(np.diff(other, prepend=-1))
    leader = np.arange(count)
    leader[other[best]] = one[best]
    return leader
