"""Files that were altered and do not look it."""

import os
from pathlib import Path


def alter(path: Path, data: bytes) -> None:
    """Put other bytes into a file, and leave its time as it was."""
    facts = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
