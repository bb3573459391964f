"""Places of a form that nobody filled: xx, ××, 某某, 【】, ____, [Name], 20XX年."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detector.model.span import Span
from detector.text.names import Name
from detector.text.scripts import HAN
from detector.text.sentences import line_before

_SIGNS = "xXｘＸ×✕╳"
_FIELDS = (
    "单位|单位名称|公司|公司名称|企业名称|学校名称|部门|部门名称|姓名|职务|日期|年份|"
    "时间|地点|地址|金额|数字|"
    "数量|电话|联系人|联系电话|联系方式|项目|项目名称|标题|地名|人名|内容|文号|编号|"
    "甲方|乙方|签名|盖章处|"
    "具体时间|具体数字|具体金额|具体内容|具体数据|数据|百分比|镇名|村名|县名|"
    "街道名称|社区名称|领导姓名|[\u4e00-\u9fff]{1,4}(?:名称|全称|简称|姓名|职务)"
)
_ASKED = (
    "(?:请|此处|在此|需)+(?:填写|填入|填报|填|输入|插入|补充|注明|列出|列明|写明|"
    "说明|添加|替换|放置|附)"
    "|填写|填入|填报|插入|此处省略|待补|待填|待定|待核|待完善|待确认|待更新|待插入|"
    "待统计|根据实际情况填|视情况填"
)
_ENGLISH_FIELDS = (
    r"(?:(?:insert|enter|your|add|fill in|please|company|client|customer|name|date|"
    r"address|amount|title|"
    r"number|month|year|day|city|state|country|party|recipient|project|location|"
    r"department|position|yyyy|tbc|tbd|"
    r"todo|placeholder|xx+)\b|●|•|_+)"
)
_UNIT = "年月日时分号届次个名家户人项万亿元镇乡县市省区村局委办处"
_COUNTED = _UNIT + "件亩公米吨台套座条处场期批份篇所间%％"
_NAME_OF = (
    "省市县区镇乡村局厅委办处校院司厂公社街道同志主任书记局长项目工程单位部门企业"
    "学校医院集团"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余"
    "杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱"
    "严覃武戴莫孔汤常温康施文牛樊葛邢安齐易乔"
)


class Placeholder(NamedTuple):
    """An unfilled place.

    Attributes
    ----------
    span : Span
        The signs or the brackets, with what they hold.
    is_name : bool
        Whether a name belongs there: what follows is the rest of it.
    """

    span: Span
    is_name: bool


_PATTERNS: tuple[tuple[re.Pattern[str], bool], ...] = tuple(
    (re.compile(pattern, flags), named)
    for pattern, flags, named in (
        # 20XX年, X月X日, 第X届, ××年: signs right before what is counted
        (
            rf"(?<![A-Za-z0-9])\d{{0,3}}[{_SIGNS}＊]{{1,4}}(?=\s?(?:年(?!级)|[月日])|"
            rf"号(?![线码]))",
            0,
            False,
        ),
        (rf"第[{_SIGNS}]{{1,3}}(?=[届次期批章条])", 0, False),
        # xx, XX, ×××: nothing of a word
        (
            r"(?<![A-Za-z0-9.\-_&/])[xXｘＸ]{2,}(?![A-Za-z0-9\-_]|染色体|综合征|"
            r"世纪)",
            0,
            True,
        ),
        (r"(?<![\d\s])[×✕╳]{2,}|^[×✕╳]{2,}", re.MULTILINE, True),
        (rf"(?<=\s)[×✕╳]{{2,}}(?=[{_NAME_OF}])", 0, True),
        (
            r"(?<![A-Za-z0-9.\-_&/])[xXｘＸ](?=[%％]|季度|万元|亿元|[个项]|[名户件](?![字称]))",
            0,
            False,
        ),
        (r"(?<=年)[_＿]{2,}(?=月)|(?<![?？#＃])[?？#＃]{2,}(?=[万亿]?元)", 0, False),
        (
            r"(?<![A-Za-z0-9.\-_&/])[XＸ](?=[县市镇乡村]|书记|主任|局长|区(?!间|域))",
            0,
            True,
        ),
        (r"(?:时间|地点|金额|日期|联系人)[：:][ \t]*待定", 0, False),
        (r"\b(?:DD/MM|MM/DD)/Y{2,4}\b|«\w+»", 0, False),
        (r"(?<![\w/])XX/XX(?=/(?:20)?\d\d)", 0, False),
        (rf"(?<=[{HAN}])（[ \t　]*）(?=[{_UNIT}])|[￥¥][ \t　_]{{2,}}(?=元)", 0, False),
        (
            r"(?<!\d)20\*\*(?=年)|(?<![*A-Za-z0-9])\*{2,3}(?=[万亿]?元)(?![^*\r\n]*\*\*)",
            0,
            False,
        ),
        (
            r"错误[!！]未找到引用源|Error! Reference source not found|"
            r"#(?:REF|NAME|VALUE|DIV/0)[!?]|#N/A\b|单击(?:或点击)?此处(?:输入|添加|编辑)\w*|"
            r"\bClick(?: or tap)? here to (?:enter|add)\b",
            re.IGNORECASE,
            False,
        ),
        (
            r"(?<!\{)\{(?:name|amount|date|title|address|company|client|customer|year|"
            r"month|day|number|姓名|单位|日期|金额|单位名称|公司名称)\}(?!\})",
            re.IGNORECASE,
            False,
        ),
        (rf"(?<![\dA-Za-z×\s])[×✕╳](?=[{_NAME_OF}{_UNIT}])", 0, True),
        # 20__年, 2024年 月 日
        (r"(?<!\d)(?:19|20)\d{0,2}[_＿]{1,8}(?=\s?年)", 0, False),
        (r"(?<![\d年])20[ \t　]{2,6}(?=年)", 0, False),
        (r"(?<=年)[ \t　_＿]{1,12}月[ \t　_＿]{1,12}(?=日)", 0, False),
        # lines to write on
        (r"(?<![A-Za-z0-9_\\])_{3,}(?![A-Za-z0-9_])|＿{2,}", 0, False),
        (rf"(?<=[{HAN}])[_＿]{{2}}(?=[{_UNIT}%％])", 0, False),
        # brackets with nothing in them
        (r"【[ \t　]*】|〔[ \t　]*〕|《[ \t　]*》|〖[ \t　]*〗|［[ \t　]*］", 0, False),
        (rf"(?<=[{HAN}：:])（[ \t　]{{2,}}）|(?<=[{HAN}])\[[ \t　]+\]", 0, False),
        # brackets that ask
        (
            rf"[【\[〔《<＜{{][ \t]*(?:{_FIELDS})[ \t]*[】\]〕》>＞}}](?!\s?[(\[])",
            0,
            False,
        ),
        (
            rf"[【\[〔（(<＜{{][ "
            rf"\t]*(?:{_ASKED})[^【】\[\]〔〕（）()<>＜＞{{}}\r\n]{{0,30}}[】\]〕）)>＞}}](?!\s?[(\[])",
            0,
            False,
        ),
        (
            r"[【\[〔（(<＜{][^【】\[\]〔〕（）()<>＜＞{}\r\n]{1,24}(?:请?(?:填写|"
            r"填入|插入)|待补充|待填写|待填|待定|待核实)[】\]〕）)>＞}](?!\s?[(\[])",
            0,
            False,
        ),
        (
            r"(?<=[由为经报与和，、（])[【\[〔](?:责任(?:部门|单位|人)|牵头(?:部门|单位)|负责人|"
            r"经办人|完成时限)[】\]〕]",
            0,
            False,
        ),
        (rf"[【\[〔][ \t]*[{_SIGNS}○〇●△□＊]{{1,6}}[ \t]*[】\]〕]", 0, False),
        (r"\{\{[^{}\r\n]{1,40}\}\}|\$\{(?![A-Z_]+\})[^{}\r\n]{1,40}\}", 0, False),
        (
            rf"\[\s*{_ENGLISH_FIELDS}[^\[\]\r\n]{{0,40}}\](?!\s?[(\[:])",
            re.IGNORECASE,
            False,
        ),
        (
            r"<\s*(?:insert|enter|your|fill|company|client|name|date|"
            r"amount)\b[^<>\r\n]{0,40}>",
            re.IGNORECASE,
            False,
        ),
        # words
        (r"某某+", 0, True),
        (
            rf"\b(?:TODO|FIXME)\b(?=\s*[:：）)】\]{HAN}]|[ \t]*$)|"
            rf"(?<=[{HAN}])TODO(?=[{HAN}])|\b(?:todo|Todo)(?=\s?[:：])"
            r"|\bTODO(?= [a-z])",
            re.MULTILINE,
            False,
        ),
        (r"\b(?:TBD|TBC)\b(?! [A-Z])", 0, False),
        (r"\blorem ipsum\b", re.IGNORECASE, False),
        (
            r"(?<![有尚仍还亟急需正])待(?:补充|填写|填报|插入|"
            r"补录)(?=[。；，、）)】\]\s]|[元万亿户个人名家件项]|\Z)",
            0,
            False,
        ),
        (rf"(?<=[{HAN}，。“])[○〇◯△□●■＊]{{2,}}(?=[{HAN}])", 0, True),
        (r"(?<![*\w])\*{2,3}(?=[省市县区镇乡村局年月])(?![^*\r\n]*\*\*)", 0, True),
    )
)
_ENGLISH = re.compile(
    r"(?<![a-z]the )(?<![A-Z][a-z] )(?<![A-Z][a-z]{3} )XXX(?! (?:chromosome|rated))"
    r"(?=,? [a-z]| (?:Ltd|Inc|Co|Corp|Company|LLC|Limited|Department)\b)"
)
"""XXX employees, of XXX Ltd; no numeral of a chapter or of games."""
_MONTH = re.compile(
    r" (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b"
)
_DATE_PARTS = frozenset("年月")
_LONGEST_DATE = 40
_TO_SIGN = re.compile(
    r"^(?=[^\r\n]{0,60}(?:_{3}|＿{2}))[^\r\n]{0,60}?(?:签名|签字|签章|盖章|签收|承诺人|[Ss]ignature|[Ss]igned|^\s*By)"
    r"[^\r\n。；]*$(?:[\r\n]+[ \t　]*(?:日期|时间|[Dd]ate)?[:：]?"
    r"[\d_＿\s年月日/]*$)?",
    re.MULTILINE,
)
"""A line to be signed by hand, and the date below it."""
_SAMPLE = re.compile(
    r"^[^\r\n]{0,80}[（(](?:样式|样表|范本|式样|参考格式)[）)][ \t　]*$", re.MULTILINE
)
"""The title of a form that is appended."""
_END = r"(?=\n\n|\r\n\r\n|\r\r|\Z)"
_CODE = re.compile(
    rf"```(?:.*?```|.*?{_END})|^~~~(?:.*?^~~~|.*?{_END})|`[^`\r\n]++`"
    r"|https?://[^\s，。）]+|^(?: {4,}+|\t)(?=[^\r\n]*[={}|;\\$]|[^\r\n]*\w\()"
    r"[^\r\n\x80-\U0010ffff]++$",
    re.DOTALL | re.MULTILINE,
)
"""A fence that is never closed ends at the next empty line; what is merely set in is
prose, unless it has the signs of code."""
_BLANK = re.compile(r"_{3}|＿{2}")
_RULE_LINE = re.compile(r"(?m)^[ \t]*[_*\-＿]{3,}[ \t]*$")
_KIND = re.compile(
    r"(?:社区|街道|[镇乡村县区市局厅委厂站馆]|公司|集团|支行|分行|银行|医院|卫生院|中学|小学|学校|学院|"
    r"大学|合作社|协会|中心|供销社)\Z"
)
_NAME_ASKED = re.compile(
    r"(单位|社区|街道|镇|乡|村|县|公司|集团|银行|医院|学校|学院)名称?"
)
_FULL_NAMES = {"思想": "习近平新时代中国特色社会主义思想"}
_NUMERALS = "一二三四五六七八九十百千万零年月日"


def find_placeholders(text: str) -> tuple[Placeholder, ...]:
    """Return the unfilled places of a raw `text`, in order; none overlaps another.

    Code, addresses of the web, lines that only divide and lines to be signed hold none,
    nor do persons who are named without a name (张某某).

    >>> text = "xx镇党委于20XX年完成【】个项目，张某某反映，5×3米"
    >>> [one.span.of(text) for one in find_placeholders(text)]
    ['xx', '20XX', '【】']
    """
    taken = bytearray(len(text))
    for pattern in (_CODE, _RULE_LINE, _SAMPLE, _TO_SIGN):
        if pattern is _TO_SIGN and not _BLANK.search(text):
            continue
        for match in pattern.finditer(text):
            taken[match.start() : match.end()] = b"\1" * len(match[0])
    found = []
    for pattern, named in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if start < end and 1 not in taken[start:end] and _is_one(text, start, end):
                taken[start:end] = b"\1" * (end - start)
                found.append(Placeholder(Span(start, end), named))
    return tuple(_dates_joined(text, sorted(found)))


def _dates_joined(text: str, found: Sequence[Placeholder]) -> Iterator[Placeholder]:
    """Yield X月X日 as one place."""
    last: Placeholder | None = None
    for one in found:
        gap = text[last.span.end : one.span.start].strip() if last else ""
        if last and gap in _DATE_PARTS and len(last.span) < _LONGEST_DATE:
            last = Placeholder(Span(last.span.start, one.span.end), is_name=False)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _is_one(text: str, start: int, end: int) -> bool:
    said, before, after = (
        text[start:end],
        text[max(start - 1, 0) : start],
        text[end : end + 2],
    )
    if said.startswith("某"):
        anonymous = before in _SURNAMES and after[:1] not in _NAME_OF
        return not anonymous
    if said[0] in _SIGNS and _is_of_a_name(before, after):
        return False
    if said.startswith("**") and _is_closing(text, start):
        return False
    if said[0] in "〇○":  # 二〇〇八年
        return before not in _NUMERALS and after[:1] not in _NUMERALS
    if said in {"XX", "XXX"}:  # Title XX
        beside = text[max(start - 2, 0) : start] + after
        chinese = any(map(_is_han, beside))
        english = _ENGLISH.match(text, start) or _MONTH.match(text, end)
        return bool(after[:1] in {"%", "/"} or before == "$" or chinese or english)
    return True


def _is_of_a_name(before: str, after: str) -> bool:
    """Tell whether signs stand in a name that is left out: 张XX, 鄂A·XXXX, xx@a.b."""
    person = before in _SURNAMES and after[:1] not in _NAME_OF + _COUNTED
    return person or before in {"·", "•"} or after[:1] in {"@", "型"}


def _is_closing(text: str, start: int) -> bool:
    """Tell whether the signs at `start` close what is bold."""
    line = line_before(text, start)
    return line.count("**") % 2 == 1 and "20**" not in line


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def filled_form(
    text: str, one: Placeholder, names: Sequence[Name], owner: str = ""
) -> Span | None:
    """Return where the name stands that belongs in the place of a placeholder.

    That is a name with the ending, and two more characters, that follow the placeholder
    (xx镇党委, 青禾镇党委), a year before the same characters, a full name, or the owner
    of the text, if its kind follows the placeholder or is what that asks for.

    Parameters
    ----------
    names : sequence of Name
        As `find_names` returns them for `text`.
    owner : str
        The organisation whose text it is, where it says so.
    """
    return _elsewhere(text, one, names) or _owner(text, one, owner)


def _owner(text: str, one: Placeholder, owner: str) -> Span | None:
    kind = _KIND.search(owner)
    at = text.find(owner) if kind and owner else -1
    if kind is None or at < 0 or at <= one.span.start < at + len(owner):
        return None
    asked = _NAME_ASKED.search(one.span.of(text))
    after = text[one.span.end : one.span.end + 8]
    ends = range(len(kind[0]), len(after) + 1)
    follows = one.is_name and any(owner.endswith(after[:end]) for end in ends)
    same = asked and (asked[1] in {"单位", kind[0]} or kind[0].endswith(asked[1]))
    return Span(at, at + len(owner)) if follows or same else None


def _elsewhere(text: str, one: Placeholder, names: Sequence[Name]) -> Span | None:
    after = text[one.span.end : one.span.end + 12]
    if after.startswith("年"):
        if match := re.search(rf"(?:19|20)\d\d(?={re.escape(after[:3])})", text):
            return Span(*match.span())
        return None
    if not one.is_name:
        return None
    for ending, full in _FULL_NAMES.items():
        at = text.find(full) if after.startswith(ending) else -1
        if at >= 0:
            return Span(at, at + len(full))
    for name in names:
        ending = text[name.ending : name.end]
        more = text[name.end : name.end + 2]
        if ending and more.strip() and after.startswith(ending + more):
            return Span(name.start, name.end)
    return None
