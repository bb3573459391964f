"""From reports to what a person reads or a script parses, in one explicit table."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from detector.errors import OptionError
from detector.files import write_whole
from detector.messages import LANGUAGES, Language
from detector.model.report import Batch
from detector.reporters import (
    csv_table,
    docx_copy,
    github,
    gitlab,
    html,
    json_report,
    junit,
    markdown,
    sarif,
    terminal,
)
from detector.text.scripts import first_text, language_of


class Reporter(Protocol):
    """A module that renders the reports of one run; small, and known to the table."""

    def render(self, batch: Batch, language: Language) -> bytes:
        """Return the reports as the bytes of a file; equal batches, equal bytes."""
        ...


REPORTERS: Mapping[str, Reporter] = {
    "terminal": terminal,
    "json": json_report,
    "html": html,
    "markdown": markdown,
    "csv": csv_table,
    "docx": docx_copy,
    "sarif": sarif,
    "junit": junit,
    "gitlab": gitlab,
    "github": github,
}

SUFFIXES: Mapping[str, str] = {
    ".json": "json",
    ".html": "html",
    ".md": "markdown",
    ".csv": "csv",
    ".docx": "docx",
    ".sarif": "sarif",
    ".xml": "junit",
}
"""Which reporter the name of an output file asks for."""


def save(batch: Batch, path: str, language: Language | None = None) -> None:
    """Write the reports of `batch` to a file, in the format that its suffix names.

    Parameters
    ----------
    language : str, optional
        By default that of the first draft.

    Raises
    ------
    OptionError
        If no format has this suffix, or there is no such language.
    OutputError
        If the file cannot be written; what was there before still is.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise OptionError(name="path", value=path, allowed=", ".join(SUFFIXES))
    if language is None:
        language = language_of(first_text(report.draft for report in batch.reports))
    if language not in LANGUAGES:
        allowed = ", ".join(LANGUAGES)
        raise OptionError(name="language", value=language, allowed=allowed)
    write_whole(path, render(batch, SUFFIXES[suffix], language))


def render(batch: Batch, name: str, language: Language) -> bytes:
    """Return the reports of `batch` as the bytes of a file.

    Raises
    ------
    OptionError
        If there is no reporter `name`.
    """
    if name not in REPORTERS:
        raise OptionError(name="--format", value=name, allowed=", ".join(REPORTERS))
    return REPORTERS[name].render(batch, language)
