"""Paths as machines that look at a repository want them."""

import os
from pathlib import Path, PurePath
from urllib.parse import quote


def relative(path: str) -> str:
    """Return a path from the working directory, with ``/``; itself if it is elsewhere.

    Neither links are followed nor files looked for.
    """
    if not path:
        return path
    pure = PurePath(path)
    if pure.is_absolute():
        try:
            pure = pure.relative_to(Path.cwd())
        except ValueError:
            return pure.as_posix()
    return PurePath(os.path.normpath(pure)).as_posix()


def as_uri(path: str) -> str:
    """Return `relative` as a URI reference, Chinese percent-encoded (RFC 3986)."""
    found = relative(path)
    try:
        name = found.encode("utf-8", "surrogateescape")  # bytes that are no UTF-8
    except UnicodeEncodeError:
        name = found.encode("utf-8", "surrogatepass")
    uri = quote(name, safe="/")
    return f"file://{uri}" if found.startswith("/") else uri
