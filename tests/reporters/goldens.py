"""Golden files: what was put out once, looked at, and kept."""

import os
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def without_parts(page: str) -> str:
    """Return a page without its style and script, which are files of their own."""
    page = re.sub(r"(?s)(<(style|script)>).*?(</\2>)", r"\1\3", page)
    return re.sub(r"sha256-[^&]*", "sha256-", page)


def without_version(made: str) -> str:
    """Return what was put out without the version of the tool."""
    return re.sub(
        r'("version": |generator" content="detector |<dd>)"?\d+\.\d+\.\d+',
        r"\g<1>X",
        made,
    )


def assert_golden(name: str, made: str) -> None:
    """Compare with the file `name`; with UPDATE_GOLDEN=1 write it first."""
    file = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        file.write_bytes(made.encode())

    assert made == file.read_bytes().decode()
