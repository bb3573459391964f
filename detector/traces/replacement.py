"""Residue of find and replace: 社区村振兴, where 乡 became 社区 everywhere.

Whoever turns one organisation's report into another's replaces a word, and with it the
same characters inside of other words. What is left is no word; put the word back, and
it is one. Each place is weighed as the language of the genre does it: by how many bits
the neighbours say more about the original than about what stands there now.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detector.model.span import Span
from detector.text.lexicon import jieba_words, listed
from detector.text.names import find_names

Surprisal = Callable[[str], NDArray[np.float32]]
"""Bits of each character of a text of Chinese characters, after those before it."""

_BODIES = listed(
    "乡 镇 村 县 市 区 省 州 局 厅 委 办 处 科 室 部 院 校 站 厂 店 行 司 社 园 "
    "馆 街道 社区 公司 集团 学校 "
    "学院 大学 医院 银行 中心 机关 单位 企业 部门 协会 支行 分行 园区 开发区 新区 "
    "城区 农村 城市 乡镇 中学 小学 "
    "银行 卫生院 合作社 供销社 工厂 车间 幼儿园 旗 屯"
)
_PEOPLE = listed(
    "村民 居民 市民 农民 学生 学员 教师 老师 教职工 职工 员工 工人 干部 党员 客户 "
    "用户 患者 病人 医生 医师 护士 社员 会员 股东 "
    "业主 师生 群众 牧民 渔民 战士 官兵 队员 职员 讲师 教员 顾客 旅客 乘客 游客"
)
_PLACES = listed(
    "平安 和平 新民 太平 永安 长安 幸福 团结 光明 振兴 富民 兴隆 新华 胜利 民主 友谊 "
    "红旗 东方 解放 中山 长征 延安 前进 希望 阳光 "
    "青山 绿水 金山 银山 长江 黄河 长城 泰山 新兴 兴旺 繁荣 富强 文明 和谐 民族 民生 "
    "健康 安康 吉祥 如意 先锋 英雄 光荣 革命 复兴 "
    "建国 国庆 五一 八一 江南 江北 河南 河北 山东 山西 湖南 湖北 海南 云南 西部 东部 "
    "南方 北方 中原 中央 中心 高原 平原 草原 "
    "大同 太阳 明星 星火 春风 东风 西湖 龙泉 凤凰 清明 高新 创新 开放 改革 发展 建设 "
    "生态 绿色 红色 人和 共和 共和 永和 新农"
)
_CLASSES: Sequence[frozenset[str]] = (frozenset(_BODIES), frozenset(_PEOPLE))
_DIVISIONS = frozenset(
    listed(
        "乡 镇 村 县 市 区 省 州 旗 屯 街道 社区 新区 城区 园区 开发区 乡镇 农村 城市"
    )
)
_BEFORE = frozenset(
    "全各本该我每两多几某在到由向对与和及是为以从让使被把给将比按据下进入驻赴往去回出"
    "新老大"
    "的地得了着过等也都要可能会应须就又再还更最很不未没无有这那其此同个位名家座所东西"
    "南北上中前后内外"
    "一二三四五六七八九十百千万亿第做当任变成造建办管抓靠离跨兴强富治美活随省市县区乡"
    "镇村街"
)
"""Characters that go before any noun: they make no word with it."""
_AFTER = frozenset(
    "的地得了着过和与及或是将有等都也要为在向对把被让使从到以于于之者性化级长内里外中"
    "上下前后间旁边处所"
    "不未没无应须可能会就又再还更最很个位名人们员共全各已正新老大小多少一二三四五六七"
    "八九十"
    "党政委域派法商报交"
)
"""Characters that go after any noun."""
_SCHOOLS = frozenset("大中小")
_FEWEST = 3
"""Places of a word that may have been put in everywhere."""
STRONG, MODERATE, WEAK = 4.5, 3.0, 1.0
"""Bits of a place that is enough by itself, of one that needs another, and of one that
is told of a word that has been put in for sure."""
_NAME_STRONG, _NAME_MODERATE = 7.0, 6.0
"""The same of a name: any name may stand before any word."""
_FOREIGN, _SHORT = 3.0, 2.0
"""Bits to show besides: of a change from a division to what is none, or back; of one
character, which abbreviations hold, too (部市共建)."""
_COMMON = 20
"""Occurrences from which a word is one that stands there by itself."""
_RARE = 5
"""Occurrences of a word in the lexicon below which it proves nothing."""
_SHOWN = 4


class Place(NamedTuple):
    """One residue.

    Attributes
    ----------
    said, meant : str
        What stands there, and the word that it probably was.
    bits : float
        How much more its neighbours say about `meant`.
    """

    span: Span
    said: str
    meant: str
    bits: float


class Residue(NamedTuple):
    """A word that was replaced by another one everywhere, with what is left of it."""

    old: str
    new: str
    places: tuple[Place, ...]


def find_residue(
    text: str, surprisal: Surprisal, names: Sequence[str] = ()
) -> tuple[Residue, ...]:
    """Return the replacements that left non-words behind, in order of the text.

    Parameters
    ----------
    surprisal : callable
        As `detector.background.Background.surprisal`, of a text.
    names : sequence of str
        Names of the text's own organisation and places, as ``清水``.
    """
    search = _Search(text, _Language(surprisal))
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    named = bytearray(len(text))
    for name in find_names(text):
        named[name.start : name.end] = b"\1" * (name.end - name.start)
    for new in _candidates(text):
        for at in _occurrences(text, new):
            if not named[at] and (best := search.best(at, new)):
                found[best[0], new].append(best[1])
    for own in dict.fromkeys(names):
        if len(own) > 1 and text.count(own) >= _FEWEST:
            places = list(_occurrences(text, own))
            if best_of_all := search.best_name(places, own):
                found[best_of_all[0], own] += best_of_all[1]
    return tuple(sorted(_accepted(found, names), key=lambda one: one.places[0].span))


def _candidates(text: str) -> Iterator[str]:
    """Yield the words that may have been put in."""
    for words in _CLASSES:
        yield from (new for new in sorted(words) if text.count(new) >= _FEWEST)


def _occurrences(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _accepted(
    found: Mapping[tuple[str, str], Sequence[Place]], names: Sequence[str]
) -> Iterator[Residue]:
    """Yield the replacements with a strong place, or with two.

    A word that has been put in for sure has its weaker places told, too: whoever
    replaces one level of government replaces several.
    """
    sure: set[str] = set()
    for (_, new), places in found.items():
        telling = [place for place in places if place.bits >= MODERATE]
        strong = _NAME_STRONG if new in names else STRONG
        words = Counter(place.meant[:3] for place in telling)
        often = len(words) > 1 or max(words.values(), default=0) >= _FEWEST
        if often or any(place.bits >= strong for place in telling):
            sure.add(new)
    for (old, new), places in found.items():
        if new in sure:
            yield Residue(old, new, tuple(sorted(places)))


class _Language:
    """What neighbours say about a word, in bits (pointwise mutual information)."""

    def __init__(self, surprisal: Surprisal) -> None:
        self._bits = lru_cache(maxsize=4096)(
            lambda text: tuple(surprisal(text).tolist())
        )

    def binding(self, before: str, word: str, after: str) -> float:
        """Return the bits that `word` shares with what stands right beside it."""
        whole = self._bits(before + word + after)
        alone = self._bits(word)
        at = len(before)
        shared = 0.0
        if before:
            shared = alone[0] - whole[at]
        for place, char in enumerate(after):
            shared += self._bits(char)[0] - whole[at + len(word) + place]
        return shared


class _Search:
    """Asks of each place of a word what may have stood there."""

    def __init__(self, text: str, language: _Language) -> None:
        self._text = text
        self._language = language
        self._words = jieba_words()

    def best(self, at: int, new: str) -> tuple[str, Place] | None:
        """Return the word that `new` at `at` most probably stands for, if any does."""
        if self._is_part(at, new):
            return None
        end = at + len(new)
        before = _run(self._text[max(at - 3, 0) : at][::-1])[::-1]
        after = _run(self._text[end : end + 4])
        found = self._of_words(at, new, before, after)

        def likely(one: tuple[str, Place]) -> tuple[float, str]:
            return one[1].bits - _FOREIGN * _is_foreign(one[0], new), one[0]

        return max(found, key=likely, default=None)

    def best_name(
        self, places: Sequence[int], new: str
    ) -> tuple[str, list[Place]] | None:
        """Return the name that was `new` before, if one explains several places."""
        best: tuple[float, str, list[Place]] = (0.0, "", [])
        for old in _PLACES:
            if old in new or new in old:
                continue
            found = [place for at in places if (place := self._of_name(at, new, old))]
            telling = [place for place in found if place.bits >= _NAME_MODERATE]
            words = {place.meant[: len(old) + 1] for place in telling}
            total = sum(place.bits for place in telling)
            if len(words) > 1 and (total, old) > best[:2]:
                best = total, old, found
        return (best[1], best[2]) if best[1] else None

    def _of_words(
        self, at: int, new: str, before: str, after: str
    ) -> Iterator[tuple[str, Place]]:
        """Yield what makes a word of the neighbours of `new`, where it makes none."""
        known = _words_around()
        kind = next(kind for kind in _CLASSES if new in kind)
        for i in range(len(before) + 1):
            for j in range(min(len(after), _LONGEST_SIDE) + 1):
                left, right = before[len(before) - i :], after[:j]
                olds = [
                    old
                    for old in known.get((left, right), ())
                    if old in kind and old not in new and new not in old
                ]
                if not olds or left + new + right in self._words:
                    continue
                if self._is_natural(at, new, left, right):
                    continue
                for old in olds:
                    gain = self._gain(left, old, new, right, before)
                    if gain >= (MODERATE if _is_foreign(old, new) else WEAK):
                        span = Span(at - i, at + len(new) + j)
                        yield old, self._place(span, left, old, right, gain)

    def _gain(self, left: str, old: str, new: str, right: str, before: str) -> float:
        if new in _PEOPLE and left in _SCHOOLS:
            return MODERATE  # 大学员: what tells 学生 from 学员 is not beside 大
        if left:
            left = before  # a longer context says more
        was = self._language.binding(left, old, right)
        gain = was - self._language.binding(left, new, right)
        return gain - _FOREIGN * _is_foreign(old, new) - _SHORT * (len(new) == 1)

    def _is_part(self, at: int, new: str) -> bool:
        """Tell whether `new` is the beginning or the end of another word there."""
        end = at + len(new)
        pieces = (
            self._words.get(self._text[at - b : end + a])
            for b in (0, 1, 2)
            for a in (0, 1, 2)
            if (a or b) and at >= b
        )
        return any(piece and piece.times >= _COMMON for piece in pieces)

    def _is_natural(self, at: int, new: str, left: str, right: str) -> bool:
        """Tell whether what stands beside `new` is a word by itself, or part of one."""
        text, end = self._text, at + len(new)
        of_people = new in _PEOPLE and left in _SCHOOLS  # 大学员, where 学生 stood
        if len(left) == 1 and not right and left in _BEFORE and not of_people:
            return True
        if right and not left and right[0] in _AFTER:
            return True
        if right:
            longer = self._words.longest_at(text, end)
            if longer > len(right) or longer == len(right) > 1:
                return True
        starts = range(max(at - 4, 0), at - 1) if left else ()
        return any(text[start:at] in self._words for start in starts)

    def _of_name(self, at: int, new: str, old: str) -> Place | None:
        end = at + len(new)
        right = _run(self._text[end : end + 2])
        if len(right) < 2 or right[0] in _AFTER_NAMES:  # noqa: PLR2004
            return None
        was = self._language.binding("", old, right)
        gain = was - self._language.binding("", new, right)
        if gain < MODERATE:
            return None
        return self._place(Span(at, end + len(right)), "", old, right, gain)

    def _place(self, span: Span, left: str, old: str, right: str, bits: float) -> Place:
        start, end = span.start, span.end
        more = self._goes_on(left + old + right, end)
        said = self._text[start : end + more]
        meant = left + old + self._text[end - len(right) : end + more]
        return Place(Span(start, end + more), said, meant, bits)

    def _goes_on(self, word: str, end: int) -> int:
        """Return how many more characters a reader takes for part of the word."""
        after = _run(self._text[end : end + _SHOWN])
        for length in range(len(after), 1, -1):
            if after[:length] in self._words:
                return length
        return 0


_AFTER_NAMES = frozenset("镇乡村县市区省州局厅委办街社党人公集学医银")
"""What goes on the name of a place: 清水镇."""
_LONGEST_SIDE = 3


def _is_foreign(old: str, new: str) -> bool:
    """Tell whether one is a division of the country and the other is none."""
    return (old in _DIVISIONS) != (new in _DIVISIONS)


@cache
def _words_around() -> Mapping[tuple[str, str], Sequence[str]]:
    """Return which words of the classes make a word with what stands around them."""
    around = defaultdict(list)
    parts = {*_BODIES, *_PEOPLE}
    for left, old, right, count in jieba_words().around(parts, _LONGEST_SIDE):
        if count >= _RARE and (left or right):
            around[left, right].append(old)
    return dict(around)


def _run(text: str) -> str:
    """Return the Chinese characters that `text` begins with."""
    for at, char in enumerate(text):
        if not "\u4e00" <= char <= "\u9fff":
            return text[:at]
    return text
