"""JSON that nothing in it can leave: neither a line of a log, nor UTF-8."""

import json
from typing import Any

from detector.text.visible import COMMAND


def json_text(value: Any, indent: int = 2) -> bytes:  # noqa: ANN401 - whatever JSON has
    """Return a value as JSON in UTF-8; equal values, equal bytes.

    What is not printable is escaped: it could hide or act where the text is shown, and
    a lone surrogate has no UTF-8.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    odd = {char for char in set(text) if not char.isprintable() and char != "\n"}
    text = text.translate({ord(char): json.dumps(char)[1:-1] for char in odd})
    # Only in strings can it be.
    text = COMMAND.sub(r"\\u0023", text)
    return f"{text}\n".encode()
