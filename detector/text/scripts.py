"""Which characters are read one by one, and which only as words."""

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from detector.messages import Language
from detector.model.document import Document
from detector.text.lookup import points_of

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, as the inside of a regular expression's character class."""

SYLLABIC = HAN + "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\uac00-\ud7a3\u0e01-\u0e3a"
"""Characters of scripts that put no spaces between words: each is one unit."""

NUMERAL = "〇零一二三四五六七八九十百"
"""Chinese numerals, as they number headings."""

_READ = 2000
_HAN_SHARE = 0.1


def language_of(text: str) -> Language:
    """Return in which language to speak of a text: a tenth of Chinese makes it zh.

    >>> language_of("工作报告"), language_of("annual report")
    ('zh', 'en')
    """
    read = text[:_READ]
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in read)
    return "zh" if chinese > _HAN_SHARE * len(read) else "en"


def first_text(documents: Iterable[Document]) -> str:
    """Return the text of the first document: all are spoken of in its language."""
    return next((document.text for document in documents), "")


@cache
def common_han() -> NDArray[np.uint32]:
    """Return the code points of the 6,763 Chinese characters of GB 2312, read-only."""
    rows, cells = np.mgrid[0xB0:0xF8, 0xA1:0xFF]
    encoded = np.stack([rows, cells], axis=-1).astype(np.uint8).tobytes()
    return points_of(encoded.decode("gb2312", "ignore"))
