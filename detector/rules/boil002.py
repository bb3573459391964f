"""BOIL002: sentences fit a template of the library; one finding a template."""

from collections.abc import Iterator
from dataclasses import replace

from detector.model.finding import Finding, Level
from detector.model.template import TemplateFit
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject

_SHOWN = 60
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
        text = _from(template.text, fits[0].begins)
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


def _from(text: str, begins: int) -> str:
    """Return on one line what stands in a text from a place on."""
    before = "…" if text[:begins].strip() else ""
    return before + " ".join(text[begins:].split())
