"""Find copied and boilerplate text in reports.

>>> import detector as d
>>> source = d.Document.from_text("不可抗力是指不能预见、不能避免且不能克服的客观情况。")
>>> draft = d.Document.from_text("甲方：不可抗力，是指不能预见、不能避免且不能克服的客观情况！")
>>> report = d.compare(draft, source)
>>> report.matches[0].draft.text
'不可抗力，是指不能预见、不能避免且不能克服的客观情况'
"""

from detector.config import Config
from detector.errors import DetectorError
from detector.model.corpus import Corpus
from detector.model.document import Document
from detector.model.ledger import Ledger
from detector.model.match import Match
from detector.model.report import Report
from detector.model.span import Span
from detector.pipeline import check, compare

__all__ = [
    "Config",
    "Corpus",
    "DetectorError",
    "Document",
    "Ledger",
    "Match",
    "Report",
    "Span",
    "check",
    "compare",
]
