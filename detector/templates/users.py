"""Whose texts fit a template: what a check would find in them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from detector.model.template import Template
from detector.templates.fit import FITS, Fitter
from detector.templates.sentences import Text


def users(
    templates: Sequence[Template],
    texts: Sequence[Text],
    set_phrases: Callable[[Text], NDArray[np.bool_]],
) -> list[frozenset[int]]:
    """Return the numbers of the texts with a sentence that fits each template best.

    Of a template of several sentences those that have the rarest of them; none if
    whatever fits is set phrases mostly, which a check says nothing of.

    Parameters
    ----------
    set_phrases : callable
        Which units of a text are in set phrases.
    """
    fitter = Fitter(templates)
    having: list[defaultdict[int, set[int]]] = [defaultdict(set) for _ in templates]
    says_more = [False] * len(templates)
    for number, text in enumerate(texts):
        mask: NDArray[np.bool_] | None = None
        for fit in fitter.fits(text):
            if fit.share < FITS:
                continue
            having[fit.template][fit.begins].add(number)
            if not says_more[fit.template]:
                mask = set_phrases(text) if mask is None else mask
                says_more[fit.template] = fit.says_more_than(mask)
    return [
        _rarest(sentences) if more else frozenset()
        for sentences, more in zip(having, says_more, strict=True)
    ]


def _rarest(sentences: Mapping[int, set[int]]) -> frozenset[int]:
    fewest: set[int] = min(sentences.values(), key=len)
    return frozenset(fewest)
