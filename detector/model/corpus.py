"""The documents that drafts are compared with."""

import hashlib
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from detector.errors import DetectorError
from detector.model.document import Document
from detector.model.drawn import Drawn
from detector.model.report import CorpusFacts

if TYPE_CHECKING:
    from detector.model.pairs import Pairs
    from detector.model.report import PathLike
    from detector.model.template import Library


def _from(module: str, name: str) -> Any:  # noqa: ANN401
    """Return what knows how, which a value object must not: for notebooks only."""
    return getattr(import_module(module), name)


@dataclass(frozen=True)
class Corpus(Drawn):
    """Documents to compare with.

    Attributes
    ----------
    path : str
        Where they come from, as the user gave it.
    documents : tuple of Document
        Two of them may have the same text: a twin is something to report.
    errors : tuple of DetectorError
        What could not be read.
    ready : dict
        What was made of the documents to compare drafts with, by settings.
    """

    path: str
    documents: tuple[Document, ...]
    errors: tuple[DetectorError, ...] = field(default=(), repr=False)
    ready: dict[str, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __getstate__(self) -> dict[str, Any]:
        # It is large, and made again where it is needed.
        return {**self.__dict__, "ready": {}}

    def __repr__(self) -> str:
        return f"Corpus({self.path!r}, {len(self.documents)} documents)"

    @classmethod
    def open(cls, *paths: "str | PathLike") -> "Corpus":
        """Read all documents of folders, files, patterns and indexes.

        Raises
        ------
        NothingToReadError, IndexFolderError
            If not one document can be read, or an index cannot be used.
        """
        found: Corpus = _from("detector.pipeline", "open_corpus")(list(map(str, paths)))
        return found

    def pairs(self) -> "Pairs":
        """Compare all documents with all, as `detector.pairing.find_pairs` does."""
        found: Pairs = _from("detector.pairing", "find_pairs")(self)
        return found

    def templates(self) -> "Library":
        """Return the templates of the corpus, as `detector.mining.mine` does."""
        found: Library = _from("detector.mining", "mine")(self)
        return found

    @property
    def facts(self) -> CorpusFacts:
        """How much there is, and a digest of all texts and their organisations."""
        rows = sorted(f"{d.id} {d.origin.organisation}" for d in self.documents)
        digest = hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass"))
        organisations = len({d.origin.organisation for d in self.documents} - {""})
        count = len(self.documents)
        return CorpusFacts(self.path, count, organisations, digest.hexdigest())
