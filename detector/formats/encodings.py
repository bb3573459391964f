"""Bytes to text: the encodings of Chinese documents, told apart without guessing much.

    byte order mark > UTF-8 > UTF-8 with a few bad bytes > UTF-16 without a mark
    > GB18030 if chardet says so > it or Big5, whichever has commoner characters

A detector that may answer with any encoding of the world is wrong on short Chinese
texts; one that chooses between these is right from four characters on.
"""

import codecs
import re

from detector.errors import BinaryFileError, EmptyFileError
from detector.formats.builder import UNDECODABLE
from detector.model.document import Omission

_BAD = "\ufffd"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# gb2312 and gbk are subsets of gb18030; many files use more than they declare.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5hkscs": "big5", "cp950": "big5"}
_DECLARABLE = ("big5", "cp", "euc", "gb", "iso8859", "koi8", "mac", "shift_jis")
_CODECS = {"big5": "big5hkscs", "utf-8-sig": "utf-8"}
_WINDOW = 200_000
"""Bytes that are looked at where all would take too long."""
_TOLERATED = 0.05
_MOST_CONTROLS = 0.1
_UTF16_SHARE = 0.5
_WESTERN_SHARE = 0.3

_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工"
    "也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小"
    "物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建"
    "月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长"
    "求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济油思术极交受联"
    "认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报"
    "国個們時來為這會後發經對說過產種動學實體關與無從業開應還當點間樣總設長員進問題見"
    "、，。；：？！“”《》（）　０１２３４５６７８９"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_PLAIN = re.compile(r"[\t\n\r\x20-\x7e]")


def decode(data: bytes, path: str) -> tuple[str, str, list[Omission]]:
    r"""Return the text of `data`, the name of its encoding, and what is doubtful.

    Undecodable bytes become U+FFFD. Line ends stay as they are; a byte order mark is
    no part of the text.

    Parameters
    ----------
    path : str
        For the errors.

    Raises
    ------
    EmptyFileError
        If there is nothing but white space.
    BinaryFileError
        If this is no text in any of these encodings.

    >>> decode("关于开展自查的通知".encode("gbk"), "通知.txt")
    ('关于开展自查的通知', 'gb18030', [])
    """
    encoding, mark = _marked(data) or (_unmarked(data), 0)
    return decode_as(data[mark:], encoding, path)


def decode_as(data: bytes, encoding: str, path: str) -> tuple[str, str, list[Omission]]:
    """Return `data` read as `encoding`, as `decode` does; there must be no mark.

    Raises
    ------
    EmptyFileError, BinaryFileError
        As `decode`.
    """
    text = data.decode(_CODECS.get(encoding, encoding), "replace")
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u3000\xa0\x1a"):
        raise EmptyFileError(path=path)
    sample = text[:_WINDOW]
    controls = len(_CONTROL.findall(sample))
    if "\x00" in text or controls > _MOST_CONTROLS * len(sample):
        raise BinaryFileError(path=path)
    if not (bad := _bad(text, data, encoding)):
        return text, encoding, []
    doubt = Omission(UNDECODABLE, bad, doubtful=True, detail=encoding)
    return text, encoding, [doubt]


def declared(data: bytes, name: str) -> str | None:
    """Return the encoding to use for `data` that says it is in `name`, if any is.

    A byte order mark is stronger than what is said; UTF-8 bytes said to be something
    else are not believed to be.
    """
    try:
        codec = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    # A page whose declaration could be found byte by byte is not UTF-16.
    if not codec.startswith(_DECLARABLE) or _marked(data) or _is_utf8(data):
        return None
    return _WIDER.get(codec, codec)


def _marked(data: bytes) -> tuple[str, int] | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, len(mark)
    return None


def _unmarked(data: bytes) -> str:
    if _is_utf8(data):
        return "utf-8"
    for name in ("utf-16-le", "utf-16-be"):
        if _looks_utf16(data[: _WINDOW // 2 * 2], name):
            return name
    return _eastern(data)


def _is_utf8(data: bytes) -> bool:
    if b"\x00" in data:
        return False
    text = data.decode("utf-8", "replace")
    if _BAD not in text:
        return True
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return _bad(text, data, "utf-8") <= _TOLERATED * beyond


def _looks_utf16(data: bytes, name: str) -> bool:
    text = data[: len(data) // 2 * 2].decode(name, "replace")
    if not text or "\x00" in text or text.count(_BAD) > _TOLERATED * len(text):
        return False
    return _common_share(text) + len(_PLAIN.findall(text)) / len(text) > _UTF16_SHARE


def _eastern(data: bytes) -> str:
    from chardet import detect

    names = {"gb18030": "gb18030", "big5hkscs": "big5"}
    texts = {name: data[:_WINDOW].decode(name, "replace") for name in names}
    if min(map(_bad_share, texts.values())) > _WESTERN_SHARE:
        return "cp1252"  # accents that stand alone between Latin letters
    # Without a match it has to answer something: Big5, so that only that is doubted.
    said = detect(data, include_encodings=list(names), no_match_encoding="big5hkscs")
    if str(said["encoding"]).lower().startswith("gb"):
        return "gb18030"
    scores = {
        names[name]: _common_share(text) - _bad_share(text)
        for name, text in texts.items()
    }
    return max(scores, key=lambda name: (scores[name], name))


def _common_share(text: str) -> float:
    return sum(char in _COMMON for char in text) / (len(text) or 1)


def _bad_share(text: str) -> float:
    beyond = sum(char > "\x7f" for char in text)
    return text.count(_BAD) / (beyond or 1)


def _bad(text: str, data: bytes, encoding: str) -> int:
    """Count the replacement characters that decoding put in; a file may hold some."""
    if not (found := text.count(_BAD)):
        return 0
    try:
        own = data.count(_BAD.encode(encoding))
    except UnicodeEncodeError:
        own = 0
    return found - own
