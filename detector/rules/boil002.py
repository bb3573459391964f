"""BOIL002: sentences fit a template of the library; one finding a template."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from detector.model.finding import Finding, Level
from detector.model.template import TemplateFit
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject

_SHOWN = 60
_SENTENCE = re.compile(r"[^。！？；!?;\s][^。！？；!?;\n]*[。！？；!?;\n]*")
_MOSTLY = 0.6
"""Share of the fixed wording from which a reader sees the template in it: of what has
less, that which is there counts as boilerplate, and no more is said."""


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each template, at the first place that fits it."""
    report = subject.report
    del options  # what fits was decided when it was looked for
    places: dict[str, list[TemplateFit]] = {}
    for fit in report.fits:
        if fit.share < _MOSTLY:
            continue
        places.setdefault(fit.template.id, []).append(fit)
    for fits in places.values():
        template = fits[0].template
        text = _from_what_fits(template.text, fits[0].span.of(report.draft.text))
        stated = finding(
            report,
            "BOIL002",
            Level.NOTE,
            fits[0].span,
            id=template.id,
            organisations=template.organisations,
            places=len(fits),
            text=text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…",
        )
        several = len(fits) > 1
        yield replace(stated, message="BOIL002.several") if several else stated


def _from_what_fits(template: str, drafted: str) -> str:
    """Return a template on one line, from the sentence on that the draft begins with.

    That which has the largest share of its pairs of characters in the draft; the first
    of equals.
    """
    pairs = set(pairwise(drafted))

    def share(sentence: re.Match[str]) -> float:
        own = list(pairwise(sentence[0]))
        return sum(pair in pairs for pair in own) / max(len(own), 1)

    best = max(_SENTENCE.finditer(template), key=share, default=None)
    start = best.start() if best else 0
    before = "…" if template[:start].strip() else ""
    return before + " ".join(template[start:].split())
