"""Patterns of paths, as people know them from ``.gitignore``."""

import os
import re
import unicodedata
from functools import cache
from types import ModuleType

_PARTS = re.compile(r"\*\*/|/\*\*\Z|\*\*|\*|\?|[^*?]+")
_MEANS = {
    "**/": "(?:[^/]+/)*",
    "/**": "/.+",
    "**": ".*",
    "*": "[^/]*",
    "?": "[^/]",
}


def matches(pattern: str, path: str) -> bool:
    """Tell whether a path from the top of the repository fits a pattern.

    ``*`` and ``?`` stay within a folder, ``**`` goes through any. A pattern without
    ``/`` is for a name in any folder, ``/name`` for one at the top; one that ends in
    ``/``, or in the name of a folder, for all in it. How the letters of a name are
    composed makes no difference (Unicode NFC).

    >>> matches("合同/**", "合同/2026/甲.docx"), matches("*.md", "合同/甲.docx")
    (True, False)
    """
    return bool(_compiled(pattern).fullmatch(composed(path)))


def told_from(top: str, path: str, rules: ModuleType = os.path) -> str | None:
    r"""Return an absolute path from a folder, with ``/``; None if it is not below it.

    Parameters
    ----------
    rules : module
        ``posixpath`` or ``ntpath``; by default that of the system.

    >>> import ntpath
    >>> told_from(r"C:\work\repo", r"c:\work\repo\报告\一.md", ntpath)
    '报告/一.md'
    >>> told_from(r"C:\work", r"D:\work\x", ntpath)
    """
    try:
        below: str = rules.relpath(path, top)
    except ValueError:  # another drive
        return None
    if below == rules.pardir or below.startswith(rules.pardir + rules.sep):
        return None
    return below.replace(rules.sep, "/")


def composed(path: str) -> str:
    """Return a path with its letters composed (NFC): macOS takes them apart."""
    return unicodedata.normalize("NFC", path)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    wanted = composed(pattern).removeprefix("./")
    if wanted.endswith("/"):
        wanted += "**"
    if "/" not in wanted:
        wanted = f"**/{wanted}"
    wanted = wanted.removeprefix("/")
    parts = _PARTS.findall(wanted)
    meant = "".join(_MEANS.get(p) or re.escape(p) for p in parts)
    named = not set("*?") & set(wanted.rpartition("/")[2])
    return re.compile(f"{meant}(?:/.+)?" if named else meant, re.DOTALL)
