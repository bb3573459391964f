"""Words that turn one organisation's report into another's, and what goes with any."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from detector.text.lexicon import jieba_words, listed

BODIES = listed(
    "乡 镇 村 县 市 区 省 州 局 厅 委 办 处 科 室 部 院 校 站 厂 店 行 司 社 园 "
    "馆 街道 社区 公司 集团 学校 "
    "学院 大学 医院 银行 中心 机关 单位 企业 部门 协会 支行 分行 园区 开发区 新区 "
    "城区 农村 城市 乡镇 中学 小学 "
    "银行 卫生院 合作社 供销社 工厂 车间 幼儿园 旗 屯"
)
PEOPLE = listed(
    "村民 居民 市民 农民 学生 学员 教师 老师 教职工 职工 员工 工人 干部 党员 客户 "
    "用户 患者 病人 医生 医师 护士 社员 会员 股东 "
    "业主 师生 群众 牧民 渔民 战士 官兵 队员 职员 讲师 教员 顾客 旅客 乘客 游客"
)
PLACES = listed(
    "平安 和平 新民 太平 永安 长安 幸福 团结 光明 振兴 富民 兴隆 新华 胜利 民主 友谊 "
    "红旗 东方 解放 中山 长征 延安 前进 希望 阳光 "
    "青山 绿水 金山 银山 长江 黄河 长城 泰山 新兴 兴旺 繁荣 富强 文明 和谐 民族 民生 "
    "健康 安康 吉祥 如意 先锋 英雄 光荣 革命 复兴 "
    "建国 国庆 五一 八一 江南 江北 河南 河北 山东 山西 湖南 湖北 海南 云南 西部 东部 "
    "南方 北方 中原 中央 中心 高原 平原 草原 "
    "大同 太阳 明星 星火 春风 东风 西湖 龙泉 凤凰 清明 高新 创新 开放 改革 发展 建设 "
    "生态 绿色 红色 人和 共和 共和 永和 新农"
)
CLASSES: Sequence[frozenset[str]] = (frozenset(BODIES), frozenset(PEOPLE))
DIVISIONS = frozenset(
    listed(
        "乡 镇 村 县 市 区 省 州 旗 屯 街道 社区 新区 城区 园区 开发区 乡镇 农村 城市"
    )
)
BEFORE_ANY = frozenset(
    "全各本该我每两多几某在到由向对与和及是为以从让使被把给将比按据新老大"
    "的地得了着过等也都要可能会应须就又再还更最很不未没无有这那其此同个位名家座所东西"
    "南北上中前后内外"
    "一二三四五六七八九十百千万亿第做当任"
)
"""Characters that go before any noun: they make no word with it."""
BEFORE_SOME = frozenset(
    "下进入驻赴往去回出变成造建办管抓靠离跨兴强富治美活随省市县区乡镇村街"
)
"""Characters that go before many of these words, and make a word with some."""
BEFORE = BEFORE_ANY | BEFORE_SOME
AFTER_ANY = frozenset(
    "的地得了着过和与及或是将有等都也要为在向对把被让使从到以于于之者性化级内里外中"
    "上下前后间旁边处所"
    "不未没无应须可能会就又再还更最很个位名人们员共全各已正新老大小多少一二三四五六七"
    "八九十域"
)
"""Characters that go after any noun."""
AFTER_SOME = frozenset("长党政委派法商报交")
AFTER = AFTER_ANY | AFTER_SOME
ONLY_BEFORE = frozenset("会系所组队班")
"""Stand in the names of bodies, and in too many words to be put in for another."""
LONGEST_SIDE = 3


def kind_of(word: str) -> frozenset[str]:
    """Return the words that may be replaced by `word`, a body or people."""
    kind = next(kind for kind in CLASSES if word in kind)
    return kind | ONLY_BEFORE if word in BODIES else kind


@cache
def words_around() -> Mapping[tuple[str, str], Sequence[tuple[str, int]]]:
    """Return which of these words make a word of the lexicon with what stands beside.

    By what stands before and after, with the frequency of the whole word.
    """
    around = defaultdict(list)
    parts = {*BODIES, *PEOPLE, *ONLY_BEFORE}
    for left, old, right, count in jieba_words().around(parts, LONGEST_SIDE):
        if left or right:
            around[left, right].append((old, count))
    return dict(around)
