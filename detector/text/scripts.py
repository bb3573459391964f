"""Which characters are read one by one, and which only as words."""

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, as the inside of a regular expression's character class."""

SYLLABIC = HAN + "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\uac00-\ud7a3\u0e01-\u0e3a"
"""Characters of scripts that put no spaces between words: each is one unit."""

NUMERAL = "〇零一二三四五六七八九十百"
"""Chinese numerals, as they number headings."""
