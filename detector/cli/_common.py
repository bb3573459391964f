"""What every command shares: exit statuses, options, and errors worded for people."""

import errno
import locale
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from detector.errors import (
    DetectorError,
    MissingFileError,
    OutputError,
    OutputIsInputError,
    os_reason,
)
from detector.messages import LANGUAGES, Language, say

_NOT_TAKEN = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF, errno.EFBIG}
"""Why stdout takes no more; what goes to files says so itself."""


class ExitStatus(IntEnum):
    """What a build script may rely on."""

    CLEAN = 0
    FOUND = 1
    FAILED = 2
    INTERRUPTED = 130


LanguageOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--lang", help="Language of messages: zh or en. Default: the locale."),
]
FormatOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--format",
        help="What goes to stdout: terminal, json, html, markdown, csv, sarif, junit, "
        "docx, gitlab or github.",
    ),
]
OutputOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        help="Also write FILE; its suffix says what: .html .docx .json .md .csv .sarif "
        ".xml",
    ),
]
PlainFormatOption: TypeAlias = Annotated[
    str, typer.Option("--format", help="What goes to stdout: terminal or json.")
]
PairsOutputOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        help="Also write FILE; its suffix says what: .html .json .parquet",
    ),
]
PlainOutputOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--output", "-o", help="Also write FILE; its suffix says what: .json"),
]
ConfigOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--config",
        help="detector.toml, or pyproject.toml with [tool.detector]. Default: nearest.",
    ),
]
KeyOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--key", help="File with the secret of an index without texts."),
]
LibraryOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--library", "-l", help="Templates that `detector mine` found."),
]
QuietOption: TypeAlias = Annotated[
    bool, typer.Option("--quiet", "-q", help="No report on stdout, only the status.")
]
FailOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--fail-on", help="Level that makes status 1: error, warning, note or never."
    ),
]


def chosen_language(asked: str | None) -> Language:
    """Return the language to speak: as asked, else by the locale, else English.

    Raises
    ------
    typer.BadParameter
        If it is not one of `LANGUAGES`.
    """
    wanted = asked or os.environ.get("DETECTOR_LANG") or _locale_language()
    short = wanted.lower().partition("_")[0].partition("-")[0]
    for language in LANGUAGES:
        if language == short:
            return language
    if asked:
        raise typer.BadParameter(f"{asked!r} is not one of: {', '.join(LANGUAGES)}")
    return "en"


def _locale_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    return locale.getlocale()[0] or "en"


@contextmanager
def worded_errors(language: Language) -> Iterator[None]:
    """Print any error of ours in `language`, on one line, and leave with `FAILED`."""
    try:
        yield
    except DetectorError as error:
        tell(error.in_language(language))
        raise typer.Exit(ExitStatus.FAILED) from error


def tell(line: str) -> None:
    """Print one line on stderr, whatever is in the file names it quotes."""
    from detector.text.visible import inert

    clean = "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in line)
    sys.stderr.write(inert(f"detector: {clean}\n"))


def write_page(page: str) -> None:
    """Write a page for people to stdout."""
    from detector.text.visible import inert

    sys.stdout.write(inert(page))


def write_stdout(data: bytes) -> None:
    """Write the bytes of a machine format to stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_files(outputs: Sequence[str], render: Callable[[str], bytes]) -> None:
    """Write each of `outputs` as its suffix says.

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    from detector.files import write_whole

    for output in outputs:
        write_whole(output, render(Path(output).suffix.lower()))


def check_outputs(outputs: Sequence[str], inputs: Sequence[str] = ()) -> None:
    """Refuse, before the work, what cannot or must not be written after it.

    Parameters
    ----------
    inputs : sequence of str
        Files, folders and patterns that are read.

    Raises
    ------
    OutputError
        If the folder of a file is not there, or it cannot be written.
    OutputIsInputError
        If it is one of the documents that are read.
    """
    for output in map(Path, outputs):
        if not output.parent.is_dir():
            raise OutputError(path=str(output), reason=os_reason(errno.ENOENT))
        if output.is_dir():
            raise OutputError(path=str(output), reason=os_reason(errno.EISDIR))
        wanted = output if output.exists() else output.parent
        if not os.access(wanted, os.W_OK):
            raise OutputError(path=str(output), reason=os_reason(errno.EACCES))
    there = {os.path.realpath(one): one for one in outputs if Path(one).is_file()}
    if not there:
        return
    from detector.formats.folder import find_files

    read, _ = find_files([one for one in inputs if one != "-"])
    for file in read:
        if found := there.get(os.path.realpath(file.path)):
            raise OutputIsInputError(path=found)


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """Hand out what shows how far we are, on stderr if that is a terminal."""
    with passing_line() as show:
        yield lambda count, total: show(f"{count:,}/{total:,}")


@contextmanager
def passing_line() -> Iterator[Callable[[str], None]]:
    """Hand out what shows a line on stderr, if that is a terminal, until the next."""
    shown = sys.stderr.isatty()

    def show(line: str) -> None:
        if shown:
            sys.stderr.write(f"\r\033[K{line}")
            sys.stderr.flush()

    try:
        yield show
    finally:
        if shown:
            sys.stderr.write("\r\033[K")


def main_guard(run: Callable[[], None]) -> None:
    """Run the application so that nothing but findings gives status 1.

    A closed pipe is no error; Ctrl-C is 130; a bug of ours is 2, with one line, and
    with its traceback if DETECTOR_DEBUG is set.
    """
    _prepare_streams()
    try:
        run()
        sys.stdout.flush()
    except SystemExit as left:
        if left.code == ExitStatus.INTERRUPTED:  # typer leaves without a word
            tell(say("C104", chosen_language(None)))
        raise
    except BaseException as error:
        if os.environ.get("DETECTOR_DEBUG"):
            raise
        sys.exit(_told(error))


def _prepare_streams() -> None:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who called us
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _told(error: BaseException) -> ExitStatus:
    """Tell what ended the run, on one line, and return its status."""
    if isinstance(error, BrokenPipeError):
        # Python flushes stdout again on its way out; give it nowhere to fail.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.CLEAN
    language = chosen_language(None)
    if isinstance(error, KeyboardInterrupt):
        tell(say("C104", language))
        return ExitStatus.INTERRUPTED
    if isinstance(error, MemoryError):
        tell(say("C101", language))
    elif isinstance(error, OSError) and error.errno in _NOT_TAKEN:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        tell(OutputError(path="stdout", reason=os_reason(error)).in_language(language))
    elif isinstance(error, FileNotFoundError) and error.filename is None:
        # The folder that we are in was removed.
        tell(MissingFileError(path=os.curdir).in_language(language))
    else:
        tell(say("C102", language, error=f"{type(error).__name__}: {error}"))
    return ExitStatus.FAILED
