"""Twenty templates that nobody has seen, and fills of them, to be found again.

Written for this. Clauses end with a sign; a slot is ``{kind}``. A fill leaves clauses
out, exchanges neighbours and fills each slot anew; what it was made of is known unit by
unit.
"""

import random
from typing import NamedTuple

TEMPLATES = (
    "{year}年，{organisation}围绕中心工作，{any}，完成年度任务{number}项，同比增加{number}项。",
    "一是学习不够深入。对{any}的理解停留在字面上，结合{place}实际思考不多，存在以干代学的倾向。",
    "面对{any}，部分同志产生了畏难情绪，主动担当的劲头不足，工作标准有所降低。",
    "下一步，我们将以{any}为抓手，持续抓好问题整改，确保{year}年底前全部销号。",
    "截至{year}年{number}月，全{place}共排查隐患{number}处，已整改{number}处，其余正按计划推进。",
    "{organisation}党组高度重视，多次召开专题会议研究部署，明确由{any}牵头负责，形成了齐抓共管的格局。",
    "坚持问题导向，聚焦{any}，开展自查自纠，梳理问题清单，逐条制定措施，限期整改到位；",
    "本合同自双方签字盖章之日起生效，有效期至{year}年{number}月，一式{number}份，具有同等法律效力。",
    "乙方应于收到通知后{number}日内完成{any}，逾期未完成的，甲方有权解除合同并要求赔偿损失。",
    "因{any}引起的争议，双方应协商解决；协商不成的，提交{place}人民法院诉讼处理。",
    "公司董事会认为，{year}年度{any}的计提符合谨慎性原则，能够公允反映公司财务状况，不存在损害股东利益的情形。",
    "报告期内，{organisation}实现营业收入{number}万元，较上年增长{number}，主要系{any}所致。",
    "走访慰问{place}困难群众{number}户，发放慰问金{number}元，把组织的关怀送到群众心坎上。",
    "有的干部{any}时依赖经验、照抄照搬，深入基层调查研究少，解决实际问题的办法不多，群众满意度不高。",
    "严格落实{any}制度，压实各级责任，强化监督检查，对落实不力的单位和个人严肃追责问责。",
    "为做好{year}年{any}工作，根据上级有关要求，结合我{place}实际，特制定本方案。",
    "请各单位于{number}月{number}日前将{any}报送至{organisation}，联系人及电话附后。",
    "通过{any}，干部职工的思想认识得到提高，服务意识明显增强，为各项工作顺利开展提供了有力保障。",
    "在肯定成绩的同时，我们也清醒地看到，{any}等方面仍有短板，距离{place}群众的期盼还有差距。",
    "会后，{organisation}迅速传达会议精神，组织{number}名党员开展讨论，撰写心得体会{number}篇，营造了浓厚的氛围。",
)
CLAUSE_SIGNS = "，；。"
FEWEST_CLAUSES = 2
MISSING, EXCHANGED = 0.15, 0.1
_SURNAMES = "沐岚霁澄瑾栖槐漪砚珩蓼蘅"
_NAMES = "溪川坪岭渡塘峪浦湾岗洲埠"
_BODIES = ("镇人民政府", "县水务局", "区发展中心", "供销集团有限公司", "市管理委员会")
_PLACES = ("镇", "县", "区", "市", "村")
_THINGS = (
    "安全生产大检查",
    "河道清淤",
    "台账规范化管理",
    "窗口作风建设",
    "档案数字化",
    "林木管护",
    "粮食收储",
    "老旧管网更新",
    "节水改造",
    "信访积案化解",
    "村级账务公开",
    "防汛演练",
    "冬季取暖保供",
    "渔港整治",
    "学校食堂监管",
    "道路养护",
    "农机购置补贴审核",
    "夜市秩序维护",
    "不动产登记提速",
    "危房改造",
    "图书下乡",
    "种质资源普查",
    "厂区绿化",
    "消防通道清理",
    "物资采购比价",
    "应收账款清理",
    "设备折旧调整",
    "仓储费用核算",
    "职工技能比武",
    "水库除险",
)


class Fill(NamedTuple):
    """One fill: its text, and which of its characters are fixed wording."""

    template: int
    text: str
    fixed: list[bool]
    slots: list[tuple[int, int]]


def fills(count: int, rng: random.Random) -> list[Fill]:
    """Return so many fills of each template."""
    return [
        _filled(number, template, rng)
        for number, template in enumerate(TEMPLATES)
        for _ in range(count)
    ]


def _filled(number: int, template: str, rng: random.Random) -> Fill:
    clauses = _clauses(template)
    kept = [clause for clause in clauses if rng.random() >= MISSING]
    kept = kept if len(kept) >= FEWEST_CLAUSES else list(clauses)
    for at in range(len(kept) - 1):
        if rng.random() < EXCHANGED:
            kept[at], kept[at + 1] = kept[at + 1], kept[at]
    text, fixed, slots = "", [], []
    for at, clause in enumerate(kept):
        sign = "。" if at == len(kept) - 1 else "，"
        for kind, piece in _pieces(clause + sign):
            said = piece if kind == "fixed" else _value(piece, rng)
            if kind == "slot":
                slots.append((len(text), len(text) + len(said)))
            text += said
            fixed += [kind == "fixed"] * len(said)
    return Fill(number, text, fixed, slots)


def _clauses(template: str) -> list[str]:
    for sign in CLAUSE_SIGNS:
        template = template.replace(sign, "\n")
    return [clause for clause in template.split("\n") if clause]


def _pieces(clause: str) -> list[tuple[str, str]]:
    pieces, rest = [], clause
    while "{" in rest:
        before, _, rest = rest.partition("{")
        kind, _, rest = rest.partition("}")
        pieces += [("fixed", before)] * bool(before) + [("slot", kind)]
    return pieces + [("fixed", rest)] * bool(rest)


def _value(kind: str, rng: random.Random) -> str:
    name = rng.choice(_SURNAMES) + rng.choice(_NAMES)
    return {
        "year": lambda: str(rng.randint(2015, 2025)),
        "number": lambda: str(rng.randint(1, 400)),
        "organisation": lambda: name + rng.choice(_BODIES),
        "place": lambda: name + rng.choice(_PLACES),
        "any": lambda: rng.choice(_THINGS),
    }[kind]()
