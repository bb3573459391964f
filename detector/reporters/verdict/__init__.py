"""From the verdict of the gate to what people read and machines parse.

Annotations, GitLab's and JUnit's formats tell what is new, as do the page and the table
of a check; SARIF and JSON tell what was there before as well, and say so.
"""

from collections.abc import Callable, Mapping

from detector.errors import OptionError
from detector.messages import Language
from detector.model.verdict import Verdict
from detector.reporters import REPORTERS, SUFFIXES, sarif, terminal
from detector.reporters.verdict import github, json_verdict, markdown

_OWN: Mapping[str, Callable[[Verdict, Language], bytes]] = {
    "terminal": terminal.render_verdict,
    "json": json_verdict.render,
    "markdown": markdown.render,
    "github": github.render,
    "sarif": lambda verdict, language: sarif.render(
        verdict.batch,
        language,
        [one.in_language(language) for one in verdict.notices],
    ),
}
TELL = frozenset(_OWN)
"""Formats that tell what has to be known besides findings."""


def render(verdict: Verdict, name: str, language: Language) -> bytes:
    """Return a verdict as the bytes of a file.

    Parameters
    ----------
    name : str
        Of a format of `detector.reporters`.

    Raises
    ------
    OptionError
        If there is no such format.
    """
    if name in _OWN:
        return _OWN[name](verdict, language)
    if name not in REPORTERS:
        raise OptionError(name="--format", value=name, allowed=", ".join(REPORTERS))
    return REPORTERS[name].render(verdict.new, language)


__all__ = ["SUFFIXES", "TELL", "render"]
