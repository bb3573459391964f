"""What value objects look like in a notebook: fragments of HTML.

Styles stand in attributes, since notebooks strip style elements from output that they
do not trust; there is no script, and all text is escaped.
"""

from collections.abc import Callable, Mapping
from typing import Any

from detector.model.corpus import Corpus
from detector.model.ledger import Ledger
from detector.model.match import Match
from detector.model.pairs import Pairs
from detector.model.report import Batch, Report
from detector.model.template import Library, Template
from detector.reporters.notebook.corpus import corpus_html, pairs_html
from detector.reporters.notebook.report import (
    batch_html,
    ledger_html,
    match_html,
    report_html,
)
from detector.reporters.notebook.template import library_html, template_html

DRAWN: Mapping[type, Callable[[Any], str]] = {
    Report: report_html,
    Batch: batch_html,
    Match: match_html,
    Ledger: ledger_html,
    Corpus: corpus_html,
    Pairs: pairs_html,
    Library: library_html,
    Template: template_html,
}
"""Who draws what."""


def html(of: object) -> str:
    """Return a value object as a fragment of HTML; none has a subclass."""
    # A plain string: a Markup would escape what is added to it.
    return str(DRAWN[type(of)](of))
