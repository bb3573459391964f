"""Find copied and boilerplate text in reports.

>>> import detector as d
>>> source = d.Document.from_text("不可抗力不能预见、不能避免且不能克服的客观情况。")
>>> draft = d.Document.from_text("按不可抗力，不能预见、不能避免且无法克服的客观情况！")
>>> report = d.compare(draft, source)
>>> report.matches[0].diff()
'不可抗力，不能预见、不能避免且[-不能-]{+无法+}克服的客观情况'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detector.config import Config
    from detector.errors import DetectorError
    from detector.model.corpus import Corpus
    from detector.model.document import Document
    from detector.model.ledger import Ledger
    from detector.model.match import Label, Match
    from detector.model.pairs import Pairs
    from detector.model.report import Batch, Report
    from detector.model.span import Span
    from detector.model.template import Library
    from detector.pipeline import check, check_files, compare

__all__ = [
    "Batch",
    "Config",
    "Corpus",
    "DetectorError",
    "Document",
    "Label",
    "Ledger",
    "Library",
    "Match",
    "Pairs",
    "Report",
    "Span",
    "check",
    "check_files",
    "compare",
]

# Imported when first used: `detector --help` must not pay for numpy.
_HOMES = {
    "Batch": "detector.model.report",
    "Config": "detector.config",
    "Corpus": "detector.model.corpus",
    "DetectorError": "detector.errors",
    "Document": "detector.model.document",
    "Label": "detector.model.match",
    "Ledger": "detector.model.ledger",
    "Library": "detector.model.template",
    "Match": "detector.model.match",
    "Pairs": "detector.model.pairs",
    "Report": "detector.model.report",
    "Span": "detector.model.span",
    "check": "detector.pipeline",
    "check_files": "detector.pipeline",
    "compare": "detector.pipeline",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
