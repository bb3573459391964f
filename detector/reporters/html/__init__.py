"""One offline HTML file, in both languages, for people to read: `render`."""

from detector.reporters.html.page import render

__all__ = ["render"]
