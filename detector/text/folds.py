"""What normalization replaces, one small rule at a time.

Each rule is a function from a text to the edits it proposes; none knows about offsets.
`rules` puts them in order, and knows which of them need to look beyond a character.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias

import numpy as np

from detector.text.lookup import points_of
from detector.text.normalized import Edit
from detector.text.scripts import HAN

_Convert: TypeAlias = Callable[[str], str]
_HAN_RUN = re.compile(f"[{HAN}]+")
# ASCII and common Han fold to themselves unless a character joins them from the right.
_STABLE = "\0-\x7f\u3400-\u4dbf\u4e00-\u9fff"
_MAY_FOLD = re.compile(f"[{_STABLE}]?[^{_STABLE}]+")
_INVISIBLE = re.compile(
    # What an annotation says stands between its separator and its end.
    "\ufffa[^\ufffa\ufffb\r\n]{0,99}\ufffb|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3"
    "\U000e0000-\U000e0fff]"
)
_LETTERS = re.compile(
    r"[^\W\d_\u2e80-\ua4cf\ua500-\ua72f\ua732-\U0003ffff]+"  # but Lisu, ꜰ, ꜱ
)

_MOST_MARKS = 30
"""Marks upon a letter that are put into order; to order n of them takes n² steps.
Source: Stream-Safe Text Format of Unicode Standard Annex #15."""
_LONE_SURROGATE = re.compile("([\ud800-\udfff])")

# Simplified forms of the CJK Radicals Supplement that PDF fonts put in place of
# characters; NFKC leaves this block alone. Source: EquivalentUnifiedIdeograph.txt of
# the Unicode Character Database.
_RADICALS = str.maketrans(
    "⺌⺎⺒⺓⺔⺕⺙⺟⺠⺩⺬⺮⺶⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "⺌兀巳幺彑彐攵母民王礻竹羊虎西见角贝足车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
# Letters drawn like Latin ones: Cyrillic, Greek, IPA and small capitals, Coptic,
# Armenian, Lisu, Cherokee. Unicode Technical Standard #39.
_LATIN = re.compile("[\x00-\x7f\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]+")
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТХаеѕіјорсухԁһӏԚԜҮѵԛԝүг"
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυαιγρκ"
    "ɑɡɩıᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"
    "ⲀⲂⲈⲎⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬⲟⲥⲣ"
    "ՕՍՏԼօսցհոյզ"
    "ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ"
    "ᎪᏴᏟᎠᎬᏀᎻᏆᎫᏦᏞᎷᏢᏚᎢᏙᎳᏃ",
    "ABESIJKMHOPCTXaesijopcyxdhlQWYvqwyr"
    "ABEZHIKMNOPTYXovuaiypk"
    "agiiabcdefghijklmnoprstuvwyz"
    "ABEHIKMNOPCTYXocp"
    "OUSLoughnjq"
    "BPDTGKJCZFMNLSRVHWXYAEIOU"
    "ABCDEGHIJKLMPSTVWZ",
)


def fold_compatible(text: str) -> Iterator[Edit]:
    """Fold to NFKC: full-width letters, ligatures, Kangxi radicals, split accents.

    Source: Unicode Standard Annex #15, https://unicode.org/reports/tr15/.
    """
    for match in _MAY_FOLD.finditer(text):
        start = match.start()
        for unit in _composing_units(match[0]):
            folded = _folded(unit)
            if folded != unit:
                yield Edit(start, start + len(unit), folded)
            start += len(unit)


def drop_invisible(text: str) -> Iterator[Edit]:
    """Remove what prints nothing: zero-width, bidi and variation characters, BOMs."""
    for match in _INVISIBLE.finditer(text):
        yield Edit(*match.span(), "")


def fold_look_alikes(text: str) -> Iterator[Edit]:
    """Replace letters of other alphabets that stand for Latin ones.

    A word is folded if it mixes alphabets, or if all of it looks Latin.
    """
    if text.isascii():
        return
    for match in _LETTERS.finditer(text):
        word = match[0]
        folded = word.translate(_LOOK_ALIKES)
        if folded != word and _LATIN.fullmatch(folded):
            yield Edit(*match.span(), folded)


def simplify(text: str) -> Iterator[Edit]:
    """Replace traditional characters by simplified ones, by the phrases they are in."""
    if has_traditional(text):
        simplified = to_simplified(text)
        for here in np.flatnonzero(points_of(text) != points_of(simplified)).tolist():
            yield Edit(here, here + 1, simplified[here])


def fold_case(text: str) -> Iterator[Edit]:
    """Replace each character by its case-folded form."""
    if text == (lowered := text.casefold()):
        return
    if len(lowered) == len(text):
        for here, (old, new) in enumerate(zip(text, lowered, strict=True)):
            if old != new:
                yield Edit(here, here + 1, new)
        return
    for here, char in enumerate(text):
        if (folded := char.casefold()) != char:
            yield Edit(here, here + 1, folded)


def to_simplified(text: str) -> str:
    """Return `text` in simplified characters, each in the place of the old one."""
    try:
        simplified = _converter()(text)
    except UnicodeEncodeError:  # half of a surrogate pair
        pieces = _LONE_SURROGATE.split(text)
        pieces[::2] = map(to_simplified, pieces[::2])
        return "".join(pieces)
    if len(simplified) != len(text):  # a phrase changed its length: go by characters
        return "".join(map(_simplified, text))
    return simplified


def has_look_alike(text: str) -> bool:
    """Return whether `text` holds a letter that stands for a Latin one."""
    return text != text.translate(_LOOK_ALIKES)


def _composing_units(text: str) -> Iterator[str]:
    """Cut `text` where no character can compose with the one before it."""
    start = 0
    for here in range(1, len(text) + 1):
        ends = here == len(text) or not may_join_previous(text[here])
        if ends or here - start > _MOST_MARKS:
            yield text[start:here]
            start = here


@cache
def may_join_previous(char: str) -> bool:
    """Return whether `char` may compose with what stands before it."""
    head = unicodedata.normalize("NFKD", char)[0]
    is_hangul_vowel_or_tail = "\u1161" <= head <= "\u11ff"
    return is_hangul_vowel_or_tail or unicodedata.category(head).startswith("M")


@cache
def _folded(unit: str) -> str:
    return unicodedata.normalize("NFKC", unit).translate(_RADICALS)


def has_traditional(text: str) -> bool:
    """Return whether a character of `text` is not one of simplified Chinese."""
    # GB 2312 holds the simplified characters only, so that ordinary text is cleared
    # by the codec, and the converter with its dictionaries stays unloaded.
    try:
        "".join(_HAN_RUN.findall(text)).encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


@cache
def _converter() -> _Convert:
    from opencc import OpenCC

    convert: _Convert = OpenCC("t2s").convert
    return convert


def _simplified(char: str) -> str:
    converted = _converter()(char)
    return converted if len(converted) == 1 else char
