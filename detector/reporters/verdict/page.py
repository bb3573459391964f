"""The verdict on a terminal; `detector.reporters.terminal` draws it."""

from detector.messages import Language
from detector.model.verdict import Verdict


def render(verdict: Verdict, language: Language) -> bytes:
    """Return the page as UTF-8, 80 columns wide and without colour."""
    from detector.reporters.terminal import render_verdict

    return render_verdict(verdict, language)
