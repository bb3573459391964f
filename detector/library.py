"""The templates of a library, as drafts are compared with them."""

from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.formats.library import load_library
from detector.model.template import (
    Library,
    PhraseVerdict,
    Template,
    TemplateFit,
    Verdict,
)
from detector.prepared import Prepared
from detector.scoring.commonness import copied_share
from detector.templates.fit import Fit, Fitter
from detector.templates.sentences import Text

_SHORTEST_PHRASE = 4
"""Characters of a set phrase."""


class Fits(NamedTuple):
    """Where a draft of n units fits templates.

    Attributes
    ----------
    found : tuple of TemplateFit
        In order of the draft.
    weights : float64 array of shape (n,)
        Share of each unit that is copied rather than boilerplate, by how many
        organisations use the template whose fixed wording it is; infinite for others.
    """

    found: tuple[TemplateFit, ...]
    weights: NDArray[np.float64]


class Templates:
    """The templates of a library that were not judged to be something else."""

    def __init__(self, library: Library) -> None:
        self._among = library.organisations
        self._all = library.templates
        self._phrases = library.phrases
        other = {Verdict.NOT_BOILERPLATE, Verdict.SET_PHRASE}
        self._used = [one for one in self._all if one.verdict not in other]

    @property
    def set_phrases(self) -> tuple[str, ...]:
        """The wording of templates and phrases that were judged to be set phrases."""
        judged = (one for one in self._all if one.verdict is Verdict.SET_PHRASE)
        parts = (part for one in judged for part in one.fixed)
        # A word between two slots is none: it would be masked wherever it stands.
        long = (part for part in parts if len(part.strip()) >= _SHORTEST_PHRASE)
        phrases = (
            one.text
            for one in self._phrases
            if one.verdict is PhraseVerdict.SET_PHRASE
            and len(one.text.strip()) >= _SHORTEST_PHRASE
        )
        return (*long, *phrases)

    def fits(self, draft: Prepared, set_phrases: NDArray[np.bool_]) -> Fits:
        """Return where a draft fits a template by more than its set phrases.

        Parameters
        ----------
        set_phrases : bool array of shape (n,)
            Which of its n units are in set phrases: as they make no match with another
            document, they make no fit.
        """
        weights = np.full(len(draft.units), np.inf)
        if not self._used:
            return Fits((), weights)
        text = Text(draft.document.text, draft.units, draft.weighed.stems, 0)
        fits = [
            fit for fit in self._fitter.fits(text) if fit.says_more_than(set_phrases)
        ]
        for fit in fits:
            part = weights[fit.start : fit.stop]
            part[fit.fixed] = self._weight(self._used[fit.template])
        parts = (list(part) for _, part in groupby(fits, _Passages()))
        found = (
            TemplateFit(
                self._used[part[0].template],
                draft.units.span(part[0].start, part[-1].stop),
                sum(int(one.fixed.sum()) for one in part),
                min(one.share for one in part),
                self._weight(self._used[part[0].template]),
                part[0].begins,
            )
            for part in parts
        )
        return Fits(tuple(found), weights)

    def _weight(self, template: Template) -> float:
        """Return what of a template's wording counts as copied where others copy it."""
        if template.verdict is Verdict.KEEP or not template.organisations:
            return 0.0  # a person said so, or wrote it
        users = np.array([template.organisations])
        return float(copied_share(users, self._among)[0])

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


def open_library(path: str) -> Library:
    """Return the library in a file; of no file, one without templates.

    Raises
    ------
    MissingFileError, LibraryFileError
        As `load_library`.
    """
    return load_library(Path(path)) if path else Library()
