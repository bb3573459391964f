"""Golden files: what was put out once, looked at, and kept."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, made: str) -> None:
    """Compare with the file `name`; with UPDATE_GOLDEN=1 write it first."""
    file = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        file.write_bytes(made.encode())

    assert made == file.read_bytes().decode()
