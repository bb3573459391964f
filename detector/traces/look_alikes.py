"""Words with letters that are not what they look like."""

import re
import unicodedata
from collections.abc import Iterator

from detector.model.span import Span
from detector.text.folds import has_look_alike
from detector.text.scripts import HAN

SUSPECT = (
    "\u0250-\u02af\u0370-\u052f\u0530-\u058f\u13a0-\u13ff\u1400-\u167f\u1d00-\u1d7f"
    "\u2c80-\u2cff\ua4d0-\ua4ff\ua730-\ua731\U0001f150-\U0001f189\U0001f1e6-\U0001f1ff"
)
"""What may look like Latin, as the inside of a regular expression's character class."""
_SUSPECT = re.compile(f"[{SUSPECT}]")
_WORD = re.compile(r"[^\W\d_]+")
_DRAWN_LATIN = re.compile("[\u1d00-\u1d7f\u0262-\u029f\ua4d0-\ua4ff\ua730-\ua731]{3,}")
"""Words of letters that are written for their looks, or in Lisu."""
_PHONETIC = re.compile("[\u0250-\u02af\u03b2\u03b8\u03c7]+")
_OPENS = re.compile(r"[/\[][^/\[\]\n]*\Z")
_CLOSES = re.compile(r"[^/\[\]\n]*[/\]]")
_LONGEST_SPOKEN = 40
_CAPITALS = re.compile(
    "(?<![A-Za-z\u0370-\u052f])[\u0391-\u03a9\u0410-\u042f]{2,}(?![A-Za-z\u0370-\u052f])"
)
"""Words of Greek or Cyrillic capitals only: ОА."""
_NAME = 4
"""Letters of a word that may be a name in a Chinese text: СССР."""
_BRACKETS = re.compile(r"[(（\[［《〈“\"'‘]$|^[)）\]］》〉”\"'’]")
_ENCLOSED = re.compile("[\U0001f150-\U0001f169\U0001f170-\U0001f189]{3,}")
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]{3,}")
"""Letters that make a flag, two and two."""
_SYLLABICS = re.compile("[\u1400-\u167f]")

_GREEK = re.compile("[\u03b1-\u03c9]")
_WITHIN = re.compile("[a-z][\u03b1-\u03c9]+[a-z]")
_FUNCTION = re.compile("(?:arc)?(?:sin|cos|tan|cot|sec|csc)h?|log|exp|lim")
_FEWEST_LATIN = 4
_PINYIN = re.compile(
    r"'?(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:u?a(?:ng?|i)?|ia(?:ng?|o)?|ao|i?ong|ei?"
    r"|e(?:ng?|r)|i(?:ng?|u|e)?|ou?|u(?:n|i|o|e)?|v(?:an|e|n)?)'?){1,8}r?'?"
)
_HAN = re.compile(f"[{HAN}]+")
_TONE = re.compile("[\u0300-\u0307\u0309-\u036f]")
_LONGEST_PINYIN = 30
_PRINTED = str.maketrans("ɑɡü", "agv")


def find_look_alikes(text: str) -> Iterator[Span]:
    """Yield words in which letters stand for others that look like them."""
    if not _SUSPECT.search(text):
        return
    words = list(_WORD.finditer(text))
    found = [one for one in words if _is_mixed(one[0]) and not _is_spoken(one)]
    found += (one for one in _DRAWN_LATIN.finditer(text) if _is_like(one[0]))
    if not any(_is_native(one[0]) for one in words):
        each = _CAPITALS.finditer(text)
        found += (one for one in each if _is_like(one[0]) and not _is_name(one))
    found += _ENCLOSED.finditer(text)
    found += (one for one in _FLAGS.finditer(text) if len(one[0]) % 2)
    for one in found:
        yield Span(*one.span())


def _is_like(word: str) -> bool:
    return all(map(has_look_alike, word))


def _is_mixed(word: str) -> bool:
    """Tell whether a word mixes Latin letters with others that look like them."""
    likes = _SUSPECT.findall(word)
    latin = [char for char in word if "a" <= char.lower() <= "z"]
    if not likes or not latin or len(word) <= 2:  # noqa: PLR2004
        return False
    if not all(has_look_alike(char) or _SYLLABICS.match(char) for char in likes):
        return False
    if all(map(_GREEK.match, likes)):
        return _is_greek_within(word, len(latin))
    return not (set(likes) <= {"ɑ", "ɡ"} and _is_pinyin(word))


def _is_spoken(found: re.Match[str]) -> bool:
    """Tell whether a word is written as it is spoken: /bæɡ/, [ˈɡɑːdn]."""
    text, (start, end) = found.string, found.span()
    return bool(
        _PHONETIC.fullmatch("".join(_SUSPECT.findall(found[0])))
        and _OPENS.search(text[max(0, start - _LONGEST_SPOKEN) : start])
        and _CLOSES.match(text[end : end + _LONGEST_SPOKEN])
    )


def _is_greek_within(word: str, latin: int) -> bool:
    """Tell whether Greek letters are within a Latin word: neither TNFα nor cosα."""
    rest = _FUNCTION.sub(" ", word)
    return latin >= _FEWEST_LATIN and _WITHIN.search(rest) is not None


def _is_pinyin(word: str) -> bool:
    """Tell whether a word is pinyin, in which ɑ and ɡ are but a way to print."""
    plain = _HAN.sub("'", word.lower())
    if len(plain) > _LONGEST_PINYIN:
        return False
    letters = unicodedata.normalize("NFD", plain.translate(_PRINTED))
    plain = unicodedata.normalize("NFC", _TONE.sub("", letters))
    return _PINYIN.fullmatch(plain.translate(_PRINTED)) is not None


def _is_name(found: re.Match[str]) -> bool:
    """Tell whether capitals are written as they are: （ТАСС）, СССР时期."""
    text, (start, end) = found.string, found.span()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if before and after and all(map(_BRACKETS.search, (before, after))):
        return True
    return len(found[0]) >= _NAME and bool(_HAN.search(before + after))


def _is_native(word: str) -> bool:
    """Tell whether a word has a letter that looks like no Latin one."""
    return any(_SUSPECT.match(char) and not has_look_alike(char) for char in word)
