"""The documents that drafts are compared with."""

import hashlib
from dataclasses import dataclass, field

from detector.errors import DetectorError
from detector.model.document import Document, DocumentId
from detector.model.report import CorpusFacts


@dataclass(frozen=True)
class Corpus:
    """Documents to compare with, each text once.

    Attributes
    ----------
    path : str
        Where they come from, as the user gave it.
    documents : tuple of Document
    twins : tuple of (path, path)
        Documents left out because their text is that of an earlier one.
    errors : tuple of DetectorError
        What could not be read.
    """

    path: str
    documents: tuple[Document, ...]
    twins: tuple[tuple[str, str], ...] = ()
    errors: tuple[DetectorError, ...] = field(default=(), repr=False)

    @classmethod
    def of(
        cls,
        documents: "list[Document]",
        path: str,
        errors: "tuple[DetectorError, ...]" = (),
    ) -> "Corpus":
        """Make a corpus of `documents`; what has the text of an earlier one is a twin."""
        kept: dict[DocumentId, Document] = {}
        twins: list[tuple[str, str]] = []
        for document in documents:
            first = kept.setdefault(document.id, document)
            if first is not document:
                twins.append((document.origin.path, first.origin.path))
        return cls(path, tuple(kept.values()), tuple(twins), errors)

    @property
    def facts(self) -> CorpusFacts:
        """How much there is, and a digest of all texts and their organisations."""
        rows = sorted(f"{d.id} {d.origin.organisation}" for d in self.documents)
        digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        organisations = len({d.origin.organisation for d in self.documents} - {""})
        return CorpusFacts(self.path, len(self.documents), organisations, digest)
