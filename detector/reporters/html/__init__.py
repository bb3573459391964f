"""One offline HTML file, in both languages, for people to read."""

from detector.reporters.html.page import render
from detector.reporters.html.pairs import render_pairs

__all__ = ["render", "render_pairs"]
