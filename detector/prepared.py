"""A document made ready to be compared, each step when it is first asked for."""

from dataclasses import dataclass
from functools import cached_property

from detector.alignment.weighed import Weighed
from detector.model.document import Document
from detector.text.furniture import Furniture, find_furniture
from detector.text.normalized import NormalizedText
from detector.text.rules import normalize
from detector.text.stems import find_stems
from detector.text.units import Units, count_units


@dataclass(frozen=True, eq=False)
class Prepared:
    """A document and what every comparison needs of it, computed when first asked."""

    document: Document

    @cached_property
    def normalized(self) -> NormalizedText:
        """The folded text with the way back."""
        return normalize(self.document.text)

    @cached_property
    def furniture(self) -> Furniture:
        """What stands around the running text."""
        return find_furniture(self.document.text)

    @cached_property
    def units(self) -> Units:
        """The counted units of the running text."""
        return count_units(self.normalized, (span for _, span in self.furniture))

    @cached_property
    def weighed(self) -> Weighed:
        """What is aligned; without what each unit says, as of a source."""
        return Weighed(self.units, find_stems(self.units, self.document.text))
