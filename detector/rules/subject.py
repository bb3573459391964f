"""What a rule looks at: the report so far, and what else is known."""

import re
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detector.background.model import Background
from detector.model.report import Report
from detector.model.span import Span
from detector.text.ignores import blanked
from detector.text.lexicon import jieba_words
from detector.text.names import Name, find_names
from detector.text.normalized import NormalizedText
from detector.text.provenance import ORGANISATION
from detector.text.stems import find_stems
from detector.text.units import count_units
from detector.traces.calendar import Calendar
from detector.traces.placeholders import Placeholder, find_placeholders

_BESIDE = 6
"""Characters shown on either side of a place."""


@dataclass(frozen=True)
class Subject:
    """A draft under the rules.

    Attributes
    ----------
    report : Report
        Everything found so far, without findings.
    background : Background or None
        The language of the genre, by which odd wording is told.
    calendar : Calendar
        What was valid when.
    neighbours : frozenset of str
        Names of other organisations of the corpus.
    """

    report: Report
    background: Background | None = None
    calendar: Calendar = field(default_factory=Calendar)
    neighbours: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The raw text of the draft."""
        return self.report.draft.text

    @cached_property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """The unfilled places of the draft."""
        return find_placeholders(self.text)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The proper names that the draft has."""
        return find_names(self.text)

    @property
    def owner(self) -> str:
        """The organisation, else the name that the title begins with; or nothing."""
        origin = self.report.draft.origin
        if origin.organisation:
            return origin.organisation
        title = origin.title.lstrip("# ")
        first = next(iter(find_names(title)), None)
        if not first or first.start or re.search(ORGANISATION, title[first.end :]):
            return ""
        return title[: first.end]

    @cached_property
    def own_names(self) -> tuple[str, ...]:
        """The first parts of the names in the title and of the organisation: 清水."""
        origin = self.report.draft.origin
        own = f"{origin.organisation}\n{origin.title}"
        found = (
            self.text[name.start : name.ending]
            for name in self.names
            if self.text[name.start : name.end] in own
        )
        return tuple(dict.fromkeys(found))

    def surprisal(self, text: str) -> NDArray[np.float32]:
        """Return the bits of each character of a text of Chinese characters."""
        if not self.background:
            return np.zeros(len(text), np.float32)
        units = count_units(NormalizedText.unchanged(text))
        return self.background.surprisal(find_stems(units, text))

    def around(self, span: Span) -> str:
        """Return a place with some characters of its line on both sides."""
        shown = self._shown
        before = re.split(r"[\r\n]", shown[max(span.start - _BESIDE, 0) : span.start])
        after = re.split(r"[\r\n]", shown[span.end : span.end + _BESIDE])
        return f"{before[-1]}{span.of(self.text)}{after[0]}".strip()

    @cached_property
    def _shown(self) -> str:
        return blanked(self.text)

    def places_of(self, word: str) -> list[Span]:
        """Return where a word stands in the draft."""
        return [Span(*m.span()) for m in re.finditer(re.escape(word), self.text)]

    def is_name(self, word: str) -> bool:
        """Tell whether a word of two characters and more may be a name."""
        entry = jieba_words().get(word)
        chinese = all("\u4e00" <= char <= "\u9fff" for char in word)
        return (
            len(word) > 1 and chinese and (entry is None or entry.tag.startswith("n"))
        )
