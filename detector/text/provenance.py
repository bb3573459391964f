"""What a text says of itself: title, year, genre, and whose it is.

Read from the title block, the signature and the name of the file, in this order of
trust. In doubt nothing is said: an unknown organisation is better than a wrong one.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from detector.model.document import Document, Origin
from detector.text.furniture import SIGNATURE, TITLE, find_furniture

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_HAN = re.compile("[\u4e00-\u9fff]")
_YEAR_OF_NUMBER = re.compile(r"[〔\[]((?:19|20)\d{2})[〕\]]")
_VERSION = re.compile(r"\(((?:19|20)\d{2})-\d{1,2}-\d{1,2}\)")
"""The date of a version in the name of a file: its title tells when the first was."""
_YEAR_OF_TITLE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
ORGANISATION = (
    r"(?:委员会|管委会|工委|党委|党组|党总支|党支部|人民政府|政府|办公室|办公厅|管理局|总局"
    r"|分局|局|厅|法院|检察院|研究院|研究所|中心|有限责任公司|股份有限公司|有限公司|公司|集团"
    r"|支行|分行|信用社|银行|大学|学院|学校|中学|小学|幼儿园|医院|卫生院|供销社|合作社|协会|学会|工会|联合会"
    r"|基金会|图书馆|博物馆|文化馆|档案馆|体育馆|服务站|工作站|气象站|派出所|研究院|工作队|管理处"
    r"|街道办事处|街道办|街道|社区|乡|镇|村)"
)
_NAME = r"[\u4e00-\u9fff（）()]"
_ANY = rf"(?:{ORGANISATION}|[处科站所馆]|[大中支]队|车间)"
"""Endings of those who sign, and of whose the title is."""
_NO_NAME = r"(?!本|我|全|该|各|某|两|几)"
_OWNER = re.compile(
    rf"(?:中共|中国共产党)?({_NO_NAME}{_NAME}{{1,28}}?{_ANY}|国务院)(?:领导班子|班子|机关"
    r"|(?:党委|党工委|党组|党总支|党支部)?副?(?:书记|主任|局长|校长|院长|镇长|乡长|县长|区长|经理|站长|所长"
    r"|厂长|董事长|会长|主席|组长|部长))?"
    r"\s*(?=关于|[（(]?(?:19|20)\d{2}\s*年|年度|述职|述廉|对照检查|工作|自查|党建)"
)
_PLACE = re.compile(
    rf"({_NO_NAME}{_NAME}{{2,28}}?[省市县区州盟旗])(?=\s*[（(]?(?:19|20)\d{{2}}\s*年)"
)
"""A place in place of its government: 青禾县2024年工作总结, but no 城市 and no 我县."""
_SIGNER = re.compile(rf"(?:中共|中国共产党)?({_NO_NAME}{_NAME}{{1,30}}{_ANY})")
_ORGAN = re.compile(
    r"(?:(?:总支部|支部)委员会|党委|党组|党工委|党总支|党支部|领导班子)\Z"
    r"|(?<=[省市县区旗乡镇村道司团学院局校厂站行馆])委员会\Z"
    r"|(?<=[省市县区旗乡镇村道])(?:人民政府|政府|委员会|工委"
    r"|办事处|办|村民委员会|村委会|居民委员会|居委会|管理委员会|管委会|委)\Z"
)
_KINDS = tuple(
    re.compile(rf"(?:{one})\Z")
    for one in (
        "民族乡|乡|镇|街道",
        "村|社区",
        "自治县|县|市|区",
        "总?局|委员会|委|厅",
        "(?:股份|集团)?有限(?:责任)?公司|集团|公司|厂",
        "学院|大学",
        "支行|分行|营业部",
    )
)
"""What becomes of an organisation that keeps its name: one of these, then another."""
_NUMERAL_YEAR = re.compile(r"[一二][〇○零Ｏ九][〇○零Ｏ一二三四五六七八九]{2}(?=\s*年)")
_NUMERALS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_EARLY = re.compile(r"\s*[年./-]\s*0?[12](?!\d)")
_LOOKS_BACK = re.compile("总结|述职|对照检查|年度报告|自查|工作报告")
"""What is signed in the first two months is about the year before."""
_GENRES = (
    "对照检查材料",
    "政府工作报告",
    "述职述廉报告",
    "述职报告",
    "工作报告",
    "工作总结",
    "年度总结",
    "工作要点",
    "工作计划",
    "工作方案",
    "实施方案",
    "实施细则",
    "应急预案",
    "调研报告",
    "自查报告",
    "整改报告",
    "审计报告",
    "年度报告",
    "剖析材料",
    "心得体会",
    "汇报材料",
    "管理办法",
    "合同",
    "协议",
    "章程",
    "条例",
    "通知",
    "意见",
    "讲话",
    "总结",
    "annual report",
    "work report",
    "contract",
    "agreement",
    "licence",
    "license",
)


def arabic_years(text: str) -> str:
    """Return a text, as long as it was, with 二〇二五年 as 2025年."""
    return _NUMERAL_YEAR.sub(lambda match: match[0].translate(_NUMERALS), text)


def described(document: Document) -> Origin:
    r"""Return the origin of a document, with what it does not know itself filled in.

    >>> text = "青禾镇2024年工作总结\n一年来，全镇同心协力。\n青禾镇人民政府\n2025年"
    >>> origin = described(Document.from_text(text, "总结.txt"))
    >>> origin.organisation, origin.year, origin.genre
    ('青禾镇人民政府', '2024', '工作总结')
    """
    origin = document.origin
    parts = dict(find_furniture(document.text))
    title, signature = (
        arabic_years(_folded(parts[kind].of(document.text))) if kind in parts else ""
        for kind in (TITLE, SIGNATURE)
    )
    title = title.lstrip("# ")
    name = _folded(origin.path.replace("\\", "/").rpartition("/")[2])
    return replace(
        origin,
        title=origin.title or " ".join(title.split()),
        year=origin.year or _year(title, name, signature),
        genre=origin.genre or _genre(title) or _genre(name),
        organisation=origin.organisation or _owner(title, signature),
    )


def spelling(organisation: str, names: Collection[str]) -> str:
    """Return how some names spell an organisation; itself if none is it for sure.

    A town, its government and its Party committee are one organisation here.

    >>> spelling("青禾镇人民政府", ["青禾镇", "云溪镇"])
    '青禾镇'
    """
    if organisation in names:
        return organisation
    own = without_organ(organisation)
    same = [name for name in names if without_organ(name) == own]
    return same[0] if len(same) == 1 else organisation


@lru_cache(maxsize=1 << 14)
def without_organ(organisation: str) -> str:
    """Return an organisation without its government or Party committee.

    >>> without_organ("中共鹤鸣社区总支部委员会")
    '鹤鸣社区'
    """
    return _ORGAN.sub("", re.sub(r"\A(?:中共|中国共产党)", "", organisation))


def is_one_spelt(one: str, other: str) -> bool:
    """Tell whether two names are one organisation's, with its government or without."""
    return without_organ(one) == without_organ(other)


def has_another_kind(one: str, other: str) -> bool:
    """Tell whether two names may be one organisation's, of which the kind has changed.

    A township becomes a town, a bureau a commission, a company one by shares. They may
    as well be two: a county and the district in it.

    >>> has_another_kind("云岭乡人民政府", "云岭街道办事处")
    True
    >>> has_another_kind("云岭镇", "云岭村")
    False
    """
    ours, theirs = (without_organ(name) for name in (one, other))
    return ours != theirs and any(
        (own := kind.sub("", ours))
        and own == kind.sub("", theirs)
        and own not in {ours, theirs}
        for kind in _KINDS
    )


def _year(title: str, name: str, signature: str) -> str:
    """Return the year that a report is about, else the one that its date tells."""
    for found in (
        _VERSION.search(name),
        _YEAR_OF_NUMBER.search(title),
        _YEAR_OF_TITLE.search(title),
        None if _HAN.search(title) else _YEAR.search(title),
        _YEAR.search(name),
    ):
        if found:
            return found[1]
    signed = _YEAR.search(signature)
    if not signed:
        return ""
    early = _EARLY.match(signature, signed.end())
    back = _LOOKS_BACK.search(title)
    return str(int(signed[1]) - 1) if early and back else signed[1]


def _genre(title: str) -> str:
    """Return the genre that a title names last: a notice about a plan is a notice."""
    plain = title.lower()
    found = ((plain.rfind(one) + len(one), len(one), one) for one in _GENRES)
    return max((one for one in found if one[2] in plain), default=(0, 0, ""))[2]


def _owner(title: str, signature: str) -> str:
    for line in reversed(signature.split("\n")):
        found = _SIGNER.fullmatch(line.strip().replace(" ", ""))
        if found:
            return found[1]
    line = title.replace(" ", "").replace("\n", "")
    found = _OWNER.match(line) or _PLACE.match(line)
    return found[1] if found else ""


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\r", "\n")
