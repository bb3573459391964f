"""Text in which nothing hides or acts, and shares in percent."""

import re
import unicodedata

_SPACE = re.compile(r"\r\n|[\r\n]|[^\S\r\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
COMMAND = re.compile(r"#(?=#[\w.-]{0,40}\[)")
"""What runners of GitHub, Azure and TeamCity take for the beginning of a command,
anywhere in a line."""
_SHOWN = "[U+0023]"
_AT_A_LINE = re.compile(r"(?:^|(?<=\r))([^\S\r\n]*):(?=:)", re.MULTILINE)


def visible(text: str) -> str:
    r"""Return `text` on one line, with every character that could hide or act shown.

    >>> visible("甲\u202e乙\t\x1b[1m")
    '甲[U+202E]乙 [U+001B][1m'
    """
    spaced = _SPACE.sub(lambda m: "↵" if m[0][0] in "\r\n" else " ", text)
    return COMMAND.sub(_SHOWN, "".join(map(_shown, spaced)))


def harmless(line: str) -> str:
    r"""Return a line as it is laid out, with every character that could act shown.

    >>> harmless("甲    \x1b[1m")
    '甲    [U+001B][1m'
    """
    return COMMAND.sub(_SHOWN, "".join(map(_shown, line)))


def inert(page: str) -> str:
    r"""Return lines of which none is a command to a CI service that reads them.

    GitHub's runner obeys a line that begins with ``::name``, and it or others
    ``##[name]``, ``##vso[name]`` and ``##teamcity[name]`` anywhere.

    >>> inert("甲\n  ::error::乙")
    '甲\n  ∶:error::乙'
    """
    return COMMAND.sub(_SHOWN, _AT_A_LINE.sub(r"\1∶", page))


def _shown(char: str) -> str:
    if char.isascii() and char.isprintable():
        return char
    if unicodedata.category(char) in _HIDDEN or _BLANK.match(char):
        return f"[U+{ord(char):04X}]"
    return char


def percent(share: float) -> str:
    """Return `share`, 0–1, in rounded percent; 100 % and 0 % only where exact."""
    if 0 < share < 0.01:  # noqa: PLR2004
        return "<1%"
    if share >= 1:
        return "100%"
    return f"{min(round(share * 100), 99)}%"
