"""Figures for where people would rather look than read.

Each function returns a `Chart`, which draws itself in a notebook and can be saved as
PNG, SVG or PDF. Chinese is drawn with a font that the extra ``notebook`` brings along.

>>> from detector import Corpus, charts
>>> chart = charts.similarity(Corpus.open("corpora/demo").pairs())
>>> chart.svg()[:15]
'<svg role="img"'
"""

from detector.charts.canvas import Chart
from detector.charts.distribution import distribution
from detector.charts.lineage import lineage
from detector.charts.recall import recall
from detector.charts.sections import sections
from detector.charts.similarity import similarity
from detector.charts.template import template

__all__ = [
    "Chart",
    "distribution",
    "lineage",
    "recall",
    "sections",
    "similarity",
    "template",
]
