"""Proper names by their last characters: 霁浦镇, 槐漪县水务局, 苍坝水库, 《…办法》.

A name is what stands before such an ending and is no word, or the name of a place in
the lexicon: 农村, 全县 and 示范基地 name nothing. In doubt nothing is a name.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from detector.text.lexicon import Lexicon, jieba_words
from detector.text.scripts import NUMERAL

DIVISIONS = (
    "特别行政区|自治区|自治州|自治县|开发区|高新区|街道|社区|新区|林场|农场|片区"
    "|省|市|县|区|旗|镇|乡|村|屯"
)
"""What names of administrative divisions end with, the longest first."""
ORGANISATIONS = (
    "有限责任公司|股份有限公司|有限公司|集团公司|人民政府|办事处|管委会|委员会|"
    "研究院|研究所"
    "|合作社|供销社|事务所|卫生院|幼儿园|分公司|交易所|检察院|法院|协会|学会|商会|"
    "公司|集团|银行"
    "|大学|学院|中学|小学|医院|支行|分行|电厂|管理局|厂|局|厅"
)
_PLACES = (
    "产业园|工业园|科技园|示范园|景区|公园|广场|湿地|水库|灌区|水厂|泵站|大桥|大道|"
    "公路|高速|铁路"
    "|机场|码头|车站|隧道|口岸|渡槽|大坝|校区|厂区|老街|古镇|河|湖|江|山|路|街|桥|港|"
    "渠|湾|岛|沟|堤|坝"
)
_PROJECTS = "项目|工程|生产线|基地"
_ENDING = re.compile(f"{DIVISIONS}|{ORGANISATIONS}|{_PLACES}|{_PROJECTS}")
_TITLE = re.compile(r"《[^《》\r\n]{2,60}》")
_NO_NAME = frozenset(
    "全本各我该每两多某这那其一二三四五六七八九十百千万第几数半"
    "的了在于到从向对与和及或把将被是为以等由有无不未也都就又再还更最很"
    "省市县区乡镇村社街农城园厂校院局委会部司个家名座条项处所"
    "新老大小旧上中下前后内外东西南北左右高低好坏"
    "推抓建设做搞进出入来去走看说讲用让使给比等被把帮扶驻回赴往经过办开展"
)
"""Characters that, alone before an ending, make no name."""
_BEFORE = frozenset(
    "，。；：、！？“”‘’（）《》【】 　\t\r\n()[],.;:!?\"'·—-/"
    "在于到从向对与和及或的了是为由经赴往驻至沿把将被让请同跟比以按据因当随给达即有年"
    "月日中里内"
)
"""What may stand before a name; so may a word of the lexicon."""
_LONGEST = 4
_KNOWN = 20
"""Occurrences of a word from which it goes on (镇党委 was seen three times)."""


class Name(NamedTuple):
    """A proper name in a text, half-open: its own part, then its ending."""

    start: int
    end: int
    ending: int
    """Where its ending begins."""


def find_titles(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of titles in 《》, their marks included."""
    return (match.span() for match in _TITLE.finditer(text))


def find_names(text: str) -> tuple[Name, ...]:
    """Return the proper names of a raw `text`, in order; none overlaps another.

    >>> text = "霁浦镇和苍坝水库两地的农村，全县各示范基地，江苏省"
    >>> [text[name.start : name.end] for name in find_names(text)]
    ['霁浦镇', '苍坝水库', '江苏省']
    """
    found: list[Name] = []
    done = 0
    for match in _ENDING.finditer(text):
        if (
            found and match.start() == found[-1].end
        ):  # 云坞湖 is the first part of 云坞湖新区
            if not _goes_on(text, *match.span(), jieba_words()):
                found[-1] = found[-1]._replace(end=match.end(), ending=match.start())
                done = match.end()
            continue
        length = _name_before(text, match.start(), match.end(), done)
        if length:
            start, end = match.start() - length, match.end()
            found.append(Name(start, end, match.start()))
            done = end
    return tuple(found)


def _name_before(text: str, at: int, end: int, done: int) -> int:
    """Return how many characters before the ending at `at` are a name; 0 for none."""
    words = jieba_words()
    if at < end < len(text) and _goes_on(text, at, end, words):
        return 0
    for length in (2, 3, 1, _LONGEST):
        start = at - length
        if start < done or not _is_han(text[start:at]):
            continue
        if _is_name(text, start, at, end, words):
            return length
    return 0


def _goes_on(text: str, at: int, end: int, words: Lexicon) -> bool:
    """Tell whether the ending is the beginning of another word: 乡村, 市场."""
    longer = (
        words.get(text[first : end + more])
        for more in (1, 2)
        for first in {at, end - 1}
        if end + more <= len(text)
    )
    return any(one and one.times >= _KNOWN and one.tag != "nt" for one in longer)


def _is_name(text: str, start: int, at: int, end: int, words: Lexicon) -> bool:
    name, whole = text[start:at], text[start:end]
    known = words.get(whole)
    if known:
        return known.tag == "ns" and whole not in _common_words()
    entry = words.get(name)
    if entry and len(name) > 1:
        return entry.tag == "ns" and _begins(text, start, words)
    if not _NO_NAME.isdisjoint(name if len(name) < 3 else name[0] + name[-1]):  # noqa: PLR2004
        return False
    inside = any(
        text[first:last] in words
        for first in range(start, at)
        for last in range(first + 2, min(end, first + 5) + 1)
        if (first, last) != (at, end) and first < at
    )
    return not inside and _begins(text, start, words) and len(name) > 1


def _begins(text: str, start: int, words: Lexicon) -> bool:
    """Tell whether something may begin at `start`: no word stands across it."""
    if start == 0 or text[start - 1] in _BEFORE or not _is_han(text[start - 1]):
        return True
    if any(text[start - n : start + 1] in words for n in (1, 2)):
        return False
    return any(text[max(start - n, 0) : start] in words for n in (2, 3, 4))


def _is_han(text: str) -> bool:
    return bool(text) and all("\u4e00" <= char <= "\u9fff" for char in text)


@cache
def _common_words() -> frozenset[str]:
    """Return what the lexicon takes for places and is none."""
    return frozenset(
        "城市 农村 乡村 城镇 全市 全省 全县 市区 城区 社区 地区 园区 山区 小区 街道 "
        "县区 市县 "
        "县城 小镇 新村 郊区 灾区 库区 老区 林区 牧区 矿区 辖区 特区 农场 林场 工厂 "
        "道路 铁路 公路 "
        "大路 一路 山路 马路 思路 出路 江山 火山 高山 河山 河流 江河 海港 大街 大桥 "
        "大山 水库 "
        f"江湖 三农 上市 入市 都市 门市 超市 街市 夜市 股市 楼市 集市 菜市 早市 "
        f"城中村 周边地区 "
        f"文明城市 {' '.join(NUMERAL)}".split()
    )
