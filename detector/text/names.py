"""Proper names by their last characters: 霁浦镇, 槐漪县水务局, 苍坝水库, 《…办法》.

A name is what stands before such an ending and is no word, or the name of a place in
the lexicon: 农村, 全县 and 示范基地 name nothing. In doubt nothing is a name.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from detector.text.lexicon import Lexicon, Word, jieba_words, listed
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
_KNOWN_NAMES = listed(
    "北京 天津 上海 重庆 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 "
    "江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 "
    "宁夏 新疆 香港 澳门 台湾 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 "
    "廊坊 太原 晋城 晋中 运城 呼和浩特 包头 赤峰 鄂尔多斯 呼伦贝尔 沈阳 大连 鞍山 "
    "丹东 锦州 营口 铁岭 长春 四平 延边 哈尔滨 齐齐哈尔 大庆 佳木斯 牡丹江 南京 "
    "无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 "
    "嘉兴 湖州 绍兴 金华 衢州 舟山 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 安庆 黄山 滁州 "
    "阜阳 亳州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 "
    "九江 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 "
    "威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 "
    "许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 "
    "荆门 孝感 荆州 黄冈 咸宁 恩施 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 "
    "郴州 永州 怀化 湘西 广州 深圳 珠海 汕头 佛山 韶关 湛江 肇庆 惠州 梅州 东莞 "
    "中山市 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海市 钦州 贵港 玉林 百色 河池 "
    "海口 三亚 儋州 成都 自贡 攀枝花 泸州 绵阳 遂宁 内江 乐山 南充 眉山 宜宾 雅安 "
    "巴中 阿坝 甘孜 凉山 贵阳 六盘水 遵义 毕节 铜仁 昆明 曲靖 玉溪 昭通 丽江 普洱 "
    "楚雄 红河州 文山州 西双版纳 大理 德宏 怒江 迪庆 拉萨 日喀则 昌都 林芝 西安 "
    "铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 商洛 兰州 嘉峪关 天水 武威 张掖 平凉 酒泉 "
    "庆阳 陇南 西宁 银川 石嘴山 吴忠 固原 乌鲁木齐 克拉玛依 吐鲁番 哈密 喀什 伊犁 "
    "京津冀 长三角 珠三角 粤港澳 成渝 长江 黄河 淮河 海河 雄安 浦东 滨海新区 "
    "国务院 发展改革委 教育部 科技部 工业和信息化部 公安部 民政部 司法部 财政部 "
    "人力资源社会保障部 自然资源部 生态环境部 住房城乡建设部 交通运输部 水利部 "
    "农业农村部 商务部 文化和旅游部 国家卫生健康委 应急管理部 人民银行 审计署 "
    "国务院国资委 税务总局 市场监管总局 国家医保局 国家药监局"
)
"""Places and organisations that are named without an ending."""
_MAY_BE_KNOWN = re.compile(
    f"[{''.join(sorted({name[0] for name in _KNOWN_NAMES}))}]"
    f"(?=[{''.join(sorted({name[1] for name in _KNOWN_NAMES}))}])"
)
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
_PLACE_TAGS = frozenset({"ns", "nr", "nrt", "nz"})
"""Tags of words that name places, too: 清溪 is a person for jieba."""
_DIVISION_ENDINGS = frozenset(DIVISIONS.split("|"))
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


@lru_cache(maxsize=2)
def find_names(text: str) -> tuple[Name, ...]:
    """Return the proper names of a raw `text`, in order; none overlaps another.

    Those of the last texts are kept: several rules ask for them.

    >>> text = "霁浦镇和苍坝水库两地的农村，全县各示范基地，江苏省"
    >>> [text[name.start : name.end] for name in find_names(text)]
    ['霁浦镇', '苍坝水库', '江苏省']

    Well-known places and organisations are names without an ending, too: 江苏, 财政部.
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
    taken = bytearray(len(text))
    for name in found:
        taken[name.start : name.end] = b"\1" * (name.end - name.start)
    for start, end in _find_known(text):
        if 1 not in taken[start:end]:
            found.append(Name(start, end, end))
    return tuple(sorted(found))


def _find_known(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the longest of the known names at each place stands."""
    by_head = _by_head()
    done = 0
    for match in _MAY_BE_KNOWN.finditer(text):
        start = match.start()
        for name in by_head.get(text[start : start + 2], ()):
            if start >= done and text.startswith(name, start):
                done = start + len(name)
                yield start, done
                break


@cache
def _by_head() -> dict[str, list[str]]:
    """Return the known names by their first two characters, the longest first."""
    heads: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(_KNOWN_NAMES, key=len, reverse=True):
        heads[name[:2]].append(name)
    return dict(heads)


def _name_before(text: str, at: int, end: int, done: int) -> int:
    """Return how many characters before the ending at `at` are a name; 0 for none."""
    words = jieba_words()
    if at < end < len(text) and _goes_on(text, at, end, words):
        return 0
    first = max(at - _LONGEST, done)
    room = 0
    while at - room > first and _is_han(text[at - room - 1]):
        room += 1
    for length in (2, 3, 1, _LONGEST):
        if length <= room and _is_name(text, at - length, at, end, words):
            return length
    return 0


def _goes_on(text: str, at: int, end: int, words: Lexicon) -> bool:
    """Tell whether the ending is the beginning of another word: 乡村, 市场."""
    for stop in range(end + 1, min(end + 2, len(text)) + 1):
        longer = words.get(text[at:stop])
        if longer and longer.times >= _KNOWN and longer.tag != "nt":
            return True
    return False


def _is_name(text: str, start: int, at: int, end: int, words: Lexicon) -> bool:
    name, whole = text[start:at], text[start:end]
    known = words.get(whole)
    if known:
        named = known.tag == "ns" or (
            len(name) > 1 and _names_place(text, known, at, end)
        )
        return named and whole not in _common_words()
    if len(name) == 1:
        return False
    entry = words.get(name)
    if entry:
        known_place = entry.tag == "ns" or _names_place(text, entry, at, end)
        return known_place and _begins(text, start, words)
    if not _NO_NAME.isdisjoint(name if len(name) < 3 else name[0] + name[-1]):  # noqa: PLR2004
        return False
    return _begins(text, start, words) and not any(
        text[first:last] in words
        for first in range(start, at)
        for last in range(first + 2, min(end, first + 5) + 1)
    )


def _names_place(text: str, entry: Word, at: int, end: int) -> bool:
    """Tell whether a word that is a name of some kind stands before a division."""
    return entry.tag in _PLACE_TAGS and text[at:end] in _DIVISION_ENDINGS


def _begins(text: str, start: int, words: Lexicon) -> bool:
    """Tell whether something may begin at `start`: no word stands across it."""
    if start == 0 or text[start - 1] in _BEFORE or not _is_han(text[start - 1]):
        return True
    if any(text[start - n : start + 1] in words for n in (1, 2)):
        return False
    return any(text[max(start - n, 0) : start] in words for n in (2, 3, 4))


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


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
