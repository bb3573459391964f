"""The templates of a library, as drafts are compared with them."""

from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.formats.library import load_library
from detector.model.template import Library, TemplateFit, Verdict
from detector.prepared import Prepared
from detector.templates.fit import Fit, Fitter
from detector.templates.sentences import Text


class Fits(NamedTuple):
    """Where a draft of n units fits templates.

    Attributes
    ----------
    found : tuple of TemplateFit
        In order of the draft.
    holders : int64 array of shape (n,)
        How many organisations use the template whose fixed wording each unit is.
    """

    found: tuple[TemplateFit, ...]
    holders: NDArray[np.int64]


class Templates:
    """The templates of a library that were not judged to be something else."""

    def __init__(self, library: Library) -> None:
        self.organisations = library.organisations
        self._all = library.templates
        other = {Verdict.NOT_BOILERPLATE, Verdict.SET_PHRASE}
        self._used = [one for one in self._all if one.verdict not in other]

    @property
    def set_phrases(self) -> tuple[str, ...]:
        """The wording between the slots of those that were judged to be set phrases."""
        judged = (one for one in self._all if one.verdict is Verdict.SET_PHRASE)
        return tuple(part for one in judged for part in one.fixed)

    def fits(self, draft: Prepared) -> Fits:
        """Return where a draft fits a template."""
        holders = np.zeros(len(draft.units), dtype=np.int64)
        if not self._used:
            return Fits((), holders)
        text = Text(draft.document.text, draft.units, draft.weighed.stems, 0)
        fits = list(self._fitter.fits(text))
        for fit in fits:
            used_by = max(self._used[fit.template].organisations, 1)
            part = holders[fit.start : fit.stop]
            part[fit.fixed] = used_by
        parts = (list(part) for _, part in groupby(fits, _Passages()))
        found = (
            TemplateFit(
                self._used[part[0].template],
                draft.units.span(part[0].start, part[-1].stop),
                sum(int(one.fixed.sum()) for one in part),
                min(one.share for one in part),
            )
            for part in parts
        )
        return Fits(tuple(found), holders)

    @cached_property
    def _fitter(self) -> Fitter:
        return Fitter(self._used)


class _Passages:
    """Numbers fits so that those of one template that follow each other are one."""

    def __init__(self) -> None:
        self._number = 0
        self._last: Fit | None = None

    def __call__(self, fit: Fit) -> int:
        last = self._last
        follows = last and (last.template, last.stop) == (fit.template, fit.start)
        self._number += not follows
        self._last = fit
        return self._number


@lru_cache(maxsize=4)
def open_library(path: str) -> Library:
    """Return the library in a file; of no file, one without templates.

    Raises
    ------
    MissingFileError, LibraryFileError
        As `load_library`.
    """
    return load_library(Path(path)) if path else Library()
