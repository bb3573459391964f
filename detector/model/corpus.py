"""The documents that drafts are compared with."""

import hashlib
from dataclasses import dataclass, field

from detector.errors import DetectorError
from detector.model.document import Document
from detector.model.report import CorpusFacts


@dataclass(frozen=True)
class Corpus:
    """Documents to compare with.

    Attributes
    ----------
    path : str
        Where they come from, as the user gave it.
    documents : tuple of Document
        Two of them may have the same text: a twin is something to report.
    errors : tuple of DetectorError
        What could not be read.
    """

    path: str
    documents: tuple[Document, ...]
    errors: tuple[DetectorError, ...] = field(default=(), repr=False)

    @property
    def facts(self) -> CorpusFacts:
        """How much there is, and a digest of all texts and their organisations."""
        rows = sorted(f"{d.id} {d.origin.organisation}" for d in self.documents)
        digest = hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass"))
        organisations = len({d.origin.organisation for d in self.documents} - {""})
        count = len(self.documents)
        return CorpusFacts(self.path, count, organisations, digest.hexdigest())
