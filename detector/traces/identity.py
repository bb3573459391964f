"""Whose report it is, and what in it speaks as somebody else."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from detector.model.span import Span
from detector.text.names import Name
from detector.text.provenance import without_organ
from detector.text.sentences import line_before
from detector.traces.trace import Trace, apart


class Body(Enum):
    """Kinds of organisations by what they call themselves; divisions have a rank."""

    PROVINCE = 5
    CITY = 4
    COUNTY = 3
    TOWN = 2
    VILLAGE = 1
    OFFICE = "office"
    COMPANY = "company"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    SOCIETY = "society"

    @property
    def rank(self) -> int:
        """How high a division stands; 0 for what is no division."""
        return self.value if isinstance(self.value, int) else 0


_SELF: Mapping[str, Body] = {
    "省": Body.PROVINCE,
    "自治区": Body.PROVINCE,
    "市": Body.CITY,
    "州": Body.CITY,
    "县": Body.COUNTY,
    "区": Body.COUNTY,
    "旗": Body.COUNTY,
    "新区": Body.COUNTY,
    "镇": Body.TOWN,
    "乡": Body.TOWN,
    "街道": Body.TOWN,
    "街道办": Body.TOWN,
    "村": Body.VILLAGE,
    "社区": Body.VILLAGE,
    "局": Body.OFFICE,
    "委": Body.OFFICE,
    "处": Body.OFFICE,
    "馆": Body.OFFICE,
    "中心": Body.OFFICE,
    "厅": Body.OFFICE,
    "公司": Body.COMPANY,
    "集团": Body.COMPANY,
    "行": Body.COMPANY,
    "厂": Body.COMPANY,
    "校": Body.SCHOOL,
    "学校": Body.SCHOOL,
    "学院": Body.SCHOOL,
    "园": Body.SCHOOL,
    "院": Body.HOSPITAL,
    "医院": Body.HOSPITAL,
    "协会": Body.SOCIETY,
    "学会": Body.SOCIETY,
    "商会": Body.SOCIETY,
    "合作社": Body.SOCIETY,
}
"""What an organisation calls itself: 我局, 本镇, 公司党委."""
_SUFFIXES: Sequence[tuple[str, frozenset[str]]] = (
    (r"社区(?:居民委员会|居委会|党委|党总支|党支部|委员会)?", frozenset({"社区"})),
    (r"村(?:村民委员会|村委会|党总支|党支部|委员会)?", frozenset({"村"})),
    (r"街道(?:办事处|办|党工委|工委|工作委员会)?", frozenset({"街道", "街道办", "区"})),
    (r"镇(?:人民政府|政府|党委|委员会)?", frozenset({"镇"})),
    (r"乡(?:人民政府|政府|党委|委员会)?", frozenset({"乡"})),
    (
        r"(?:开发区|新区|高新区|园区)(?:管委会|管理委员会|党工委)?",
        frozenset({"区", "新区", "园", "委"}),
    ),
    (r"(?:县|旗)(?:人民政府|政府|委|委员会)?", frozenset({"县", "旗"})),
    (r"区(?:人民政府|政府|委|委员会)?", frozenset({"区"})),
    (r"市(?:人民政府|政府|委|委员会)?", frozenset({"市"})),
    (r"(?:省|自治区)(?:人民政府|政府|委|委员会)?", frozenset({"省", "自治区"})),
    (r"(?:大学|学院)", frozenset({"校", "学校", "学院", "院"})),
    (r"幼儿园", frozenset({"园"})),
    (r"(?:小学|中学|学校|附中|附小|党校|实验校)", frozenset({"校", "学校"})),
    (r"(?:医院|卫生院|保健院|疾控中心)", frozenset({"院", "医院"})),
    (r"(?:研究院|研究所|设计院|法院|检察院)", frozenset({"院"})),
    (r"(?:银行|支行|分行|信用社)", frozenset({"行", "公司"})),
    (r"(?:公司|集团|厂|企业)", frozenset({"公司", "集团", "厂"})),
    (r"(?:合作社|供销社)", frozenset({"合作社", "社"})),
    (r"(?:协会|学会|商会|联合会|工会|基金会)", frozenset({"协会", "学会", "商会"})),
    (
        r"(?:局|厅|委|委员会|办公室|管理处|中心|站|大队|所)",
        frozenset({"局", "厅", "委", "办", "处", "中心"}),
    ),
    (r"馆", frozenset({"馆"})),
    (r"(?:处|科)", frozenset({"处"})),
)
"""Endings of names, the most telling first, and what these call themselves."""
_FORMS = "|".join(sorted(_SELF, key=len, reverse=True))
_FIRST_PERSON = re.compile(
    rf"(?:(?<![自忘无敌小])我|"
    rf"(?<![资基根书版样文剧课日成标脚范读原副知])本)(?P<form>{_FORMS})"
    r"(?<!行(?=政|业|为))(?![国们人身质来期次着质源能届案文报约合职场民])"
)
_ORGANS = (
    "党委|党组|党工委|党总支|党支部|领导班子|班子成员|班子|党政班子|机关党委"
    "|工会|团委|纪委|行政"
)
_BARE = re.compile(
    rf"(?:^|(?<=[，。；：！？\s“（的]))(?P<form>{_FORMS})(?={_ORGANS})", re.MULTILINE
)
_OWN = re.compile(rf"(?<=[全xX×])(?P<form>{_FORMS})(?!民|场|委|级)")
"""Weaker signs of the owner: 全社区, xx社区党委."""
_SUBJECT = re.compile(
    r"(?:党委|党组|党工委|党总支|党支部|人民政府|政府|领导班子|班子|党委班子|党政|"
    r"管委会|全体|全镇|全乡)?"
    r"(?:将|对(?![口接])|坚持|始终|认真|紧紧围绕|紧扣|深入|积极|结合|针对|扎实|切实|严格|牢牢|"
    r"一直|高度重视|以|把|按照|党委|党组|"
    r"班子|领导班子|全体|政府|组织|聚焦|突出|着力|全面|持续|大力|立足|按|对照|成立|"
    r"召开|制定|共|累计|完成|实现|新)"
)
_WITH_OTHERS = re.compile(
    r"学习|考察|借鉴|交流|对口|帮扶|结对|协作|联合|共建|兄弟|相邻|毗邻|邻近|周边|比|"
    r"超过|签订|合作|相比|参观|取经"
    r"|经验|对接|等地|分别|以及|走访|调研|来自|赴|到|与|和|同(?!时)|例如|比如|其中|涉及|"
    r"包括|位于|对|向|指导|督促|推动"
)
_AUDIENCES: Mapping[Body, Sequence[str]] = {
    Body.VILLAGE: (
        "机关党建",
        "机关党员",
        "(?<!教)职工党员",
        "教职工党员",
        "(?<!大)学生党员",
        "国企党建",
        "局党组",
        "局机关",
        "公司党委",
    ),
    Body.TOWN: ("教职工党员", "(?<!大)学生党员", "国企党建", "校园党建"),
    Body.SCHOOL: (
        "农村党员",
        "村级党组织",
        "国企党建",
        "(?<!教)职工党员",
        "社区党员",
        "村干部",
        "医护党员",
    ),
    Body.HOSPITAL: (
        "农村党员",
        "村级党组织",
        "国企党建",
        "(?<!大)学生党员",
        "社区党员",
        "村干部",
    ),
    Body.COMPANY: (
        "农村党员",
        "村级党组织",
        "(?<!大)学生党员",
        "社区党员",
        "村干部",
        "教职工党员",
        "医护党员",
    ),
    Body.OFFICE: ("(?<!大)学生党员", "教职工党员", "国企党建"),
}
_BODIES_OF_OTHERS = frozenset("局公")
_OF_OTHERS = re.compile("小学|中学|学校|幼儿园|医院|企业|公司")
_PART_OF_A_NAME = frozenset("区县市省")
_CLAUSE = re.compile(r"[，。；：、！？\n]")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百]+条")
_MOST_ARTICLES = 2
_MOST_ALIEN = 2
"""Places beyond which an alien word is what the text is about."""


class Owner(NamedTuple):
    """Whose text it is.

    Attributes
    ----------
    name : str
        Empty if only its kind is known.
    forms : frozenset of str
        How it may call itself: ``镇``, ``局``.
    body : Body
    """

    name: str
    forms: frozenset[str]
    body: Body


def owner_of(organisation: str, text: str) -> Owner | None:
    """Return whose text it is: by its name, else by how it calls itself throughout."""
    organisation = without_organ(organisation)
    counts = Counter(match["form"] for match in _own_words(text))
    counts.update(match["form"] for match in _OWN.finditer(text))
    for suffix, forms in _SUFFIXES:
        if organisation and re.search(rf"{suffix}\Z", organisation):
            known = [form for form in forms if form in _SELF]
            body = _SELF[max(known, key=lambda f: (counts[f], f))]
            if body is Body.HOSPITAL and "医院" not in forms:  # 学院, 研究院
                body = Body.SCHOOL if "学院" in forms else Body.OFFICE
            return Owner(organisation, forms, body)
    if not counts:
        return None
    form, count = max(counts.items(), key=lambda one: (one[1], one[0]))
    if count < 3 or count * 2 < sum(counts.values()):  # noqa: PLR2004
        return None
    return Owner(organisation, frozenset({form}), _SELF[form])


def _own_words(text: str) -> Iterator[re.Match[str]]:
    yield from _FIRST_PERSON.finditer(text)
    yield from _BARE.finditer(text)


def find_aliens(
    text: str, owner: Owner, names: Sequence[Name], neighbours: Collection[str]
) -> tuple[Trace, ...]:
    """Return what in a text speaks as another organisation than its owner, in order.

    Parameters
    ----------
    names : sequence of Name
        As `find_names` returns them for `text`.
    neighbours : collection of str
        Names of other organisations of the corpus.
    """
    if len(_ARTICLE.findall(text)) > _MOST_ARTICLES:
        return ()  # a regulation speaks of all that it regulates
    found = [
        *_other_forms(text, owner),
        *_other_subjects(text, owner, names),
        *_other_audiences(text, owner),
        *_neighbours(text, owner, neighbours),
    ]
    return apart(found)


def _other_forms(text: str, owner: Owner) -> Iterator[Trace]:
    """Yield 我县 in the text of a town, 公司党委 in that of a school."""
    matches = list(_own_words(text))
    counts = Counter(match["form"] for match in matches)
    own = sum(counts[form] for form in owner.forms)
    for match in matches:
        form = match["form"]
        if form in owner.forms or _is_same(form, owner):
            continue
        if _is_quoted(text, match.start()):
            continue  # somebody else speaks indeed
        if not owner.name and match[0][0] != "我":
            continue
        if not owner.body.rank and _SELF[form].rank > Body.TOWN.rank:
            continue  # a bureau, a school or a company stands in a county
        bare = match[0] == form
        if bare and _SELF[form].rank > owner.body.rank:
            continue  # 县党委 would be the superior
        if counts[form] <= max(own, _MOST_ALIEN):
            facts: dict[str, object] = {
                "said": match[0],
                "owner": owner.name or _said(owner),
            }
            yield Trace(Span(*match.span()), "SUBS002.form", facts)


def _is_same(form: str, owner: Owner) -> bool:
    """Tell whether an organisation of this kind may call itself by `form`, too."""
    if owner.body.rank and _SELF[form].rank:
        return False
    if owner.body is Body.OFFICE is _SELF[form]:
        return False  # each has a word of its own: 我局, 我馆
    return _SELF[form] is owner.body or any(
        form in own or own in form for own in owner.forms
    )


def _said(owner: Owner) -> str:
    return "、".join(sorted(owner.forms))


def _other_subjects(text: str, owner: Owner, names: Sequence[Name]) -> Iterator[Trace]:
    """Yield 云溪镇党委坚持… in a report of 青禾镇."""
    level = owner.body.rank
    endings = {one for one in _SELF if _SELF[one].rank == level} if level else set()
    endings |= {form for form in owner.forms if form in _SELF}
    if not owner.name:
        return
    counts = Counter(text[name.start : name.end] for name in names)
    for name in names:
        said = text[name.start : name.end]
        if text[name.ending : name.end] not in endings or said in owner.name:
            continue
        if counts[said] > _MOST_ALIEN or owner.name.startswith(said):
            continue
        if any(_WITH_OTHERS.search(_clause_before(text, at)) for at in _at(text, said)):
            continue  # who was visited may be spoken of
        line = line_before(text, name.start)
        before = line[max(map(line.rfind, "。；！？：")) + 1 :]
        begins = not before.strip() or before.rstrip()[-1:] in "，、（“的"
        if (
            begins
            and _SUBJECT.match(text, name.end)
            and not _WITH_OTHERS.search(before)
        ):
            facts: dict[str, object] = {"said": said, "owner": owner.name}
            yield Trace(Span(name.start, name.end), "SUBS002.name", facts)


def _is_quoted(text: str, at: int) -> bool:
    """Tell whether a place stands in the quotation marks of its line."""
    line = line_before(text, at)
    return line.rfind("“") > line.rfind("”")


def _at(text: str, said: str) -> Iterator[int]:
    return (match.start() for match in re.finditer(re.escape(said), text))


def _clause_before(text: str, at: int) -> str:
    return _CLAUSE.split(text[max(at - 20, 0) : at])[-1]


def _other_audiences(text: str, owner: Owner) -> Iterator[Trace]:
    """Yield 机关党建 in a report of a community."""
    for word in _AUDIENCES.get(owner.body, ()):
        places = [match.span() for match in re.finditer(word, text)]
        if 0 < len(places) <= _MOST_ALIEN:
            for place in places:
                before = _clause_before(text, place[0])
                if _OF_OTHERS.search(before) or (
                    word[0] in _BODIES_OF_OTHERS
                    and (before[-1:] in _PART_OF_A_NAME or _WITH_OTHERS.search(before))
                ):
                    continue
                said = text[slice(*place)]
                facts: dict[str, object] = {
                    "said": said,
                    "owner": owner.name or _said(owner),
                }
                yield Trace(Span(*place), "SUBS002.audience", facts)


def _neighbours(
    text: str, owner: Owner, neighbours: Collection[str]
) -> Iterator[Trace]:
    """Yield the names of other organisations of the corpus."""
    for name in sorted(neighbours):
        short = _without_place(name)
        for form in filter(None, (name, short)):
            if form in owner.name or (owner.name and owner.name in form):
                continue
            places = [match.span() for match in re.finditer(re.escape(form), text)]
            if 0 < len(places) <= _MOST_ALIEN:
                facts: dict[str, object] = {
                    "said": form,
                    "owner": owner.name,
                    "name": name,
                }
                for place in places:
                    if not _WITH_OTHERS.search(_clause_before(text, place[0])):
                        yield Trace(Span(*place), "SUBS002.neighbour", facts)
                break


def _without_place(name: str) -> str:
    """Return 县水务局 for 槐漪县水务局; empty if nothing telling is left."""
    match = re.match(
        r"[\u4e00-\u9fff]{2,3}?([省市县区镇].{2,}[局委办院校司社会心])\Z", name
    )
    return match[1] if match else ""
