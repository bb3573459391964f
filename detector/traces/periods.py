"""Years, meetings and documents that do not belong to the time of a report."""

import re
from calendar import isleap
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from detector.model.span import Span
from detector.text.provenance import arabic_years
from detector.text.sentences import line_before
from detector.traces.calendar import Calendar, Entry, Kind, months_before
from detector.traces.trace import Trace, apart

_YEAR = r"((?:19|20)\d{2})"
# What says which year a text is about; each has the year as its first group.
_PERIOD = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:现将|现就|下面将?|现对).{{0,16}}?{_YEAR}\s*年(?:度|"
        rf"以来)?[^。\r\n]{{0,30}}?(?:报告|汇报|总结|述职|自查|说明|通报)",
        rf"(?<!\d){_YEAR}\s*年度?(?:工作总结|工作回顾|工作情况|工作开展情况|主要工作|"
        rf"工作完成情况|述职报告|对照检查"
        rf"|(?:专题)?(?:民主|组织)生活会(?!上|后|整改))",
        rf"(?:今年|本年度|当年)(?:是|即|\(|（){_YEAR}\s*年",
        rf"(?:回顾|总结|一年来|过去的){_YEAR}\s*年(?:的?工作|，|,|度)",
        rf"(?:report|review|summary) (?:covers|for) (?:the )?(?:financial |fiscal |"
        rf"calendar )?(?:year )?(?:ended? [^.\n]{{0,20}})?{_YEAR}\b",
    )
)
_NAMED = _PERIOD[1]
_REST = 60
"""Characters from a period on that say what is told of it."""
_NUMBER_OF_HEADING = re.compile(
    r"[\s#]*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]+)?\s*"
)
_OF_BEFORE = re.compile(
    r"相比|比较|通报|查摆|整改|落实情况|评议|上年|去年|回头看|已作|较|问题清单"
)
_PLAN = re.compile(
    rf"(?m)^[ \t　#]*+(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|"
    rf"\d+[.、])?[ \t　]*+{_YEAR}\s*年度?"
    r"(?:的?(?:下步|下一步|主要|重点))?(?:工作)?(?:打算|计划|思路|安排|谋划|设想|"
    r"展望|目标(?:任务)?|重点工作|工作重点)"
)
# Forward in the text itself: 下一步，2024年我们将继续努力.
_AHEAD = re.compile(
    rf"(?:下一步|下步|今后|接下来|明年|来年)[^。；\r\n]{{0,12}}?(?<!\d){_YEAR}\s*年度?"
    r"(?=[^。；\r\n]{0,12}(?:将|要|拟|计划|打算|力争|继续))"
    rf"|(?<=[\r\n。；])[ \t　]*+{_YEAR}\s*年度?，?"
    r"(?:我[们镇乡县区局校院司村]|全[镇乡县区局校院])?(?:将继续|将进一步|将围绕|将以|拟重点|计划重点)"
    rf"|(?:预计|力争|确保)(?:到|在|于)?{_YEAR}年(?:底|末|内)"
)
_STEP = re.compile(
    rf"[（(；。]\s*{_YEAR}年\d{{1,2}}月(?:[^（）()\r\n；。]{{0,16}}[）)]"
    r"|[底初上中下旬]*前?(?:总结|评估|完成|启动|动员|部署|推进|验收|集中))"
)
"""When a step of a plan is taken: （2025年3月至4月）, 2025年9月总结评估."""
_DAY = re.compile(r"(?<![\d.:：/-])(?:(20\d{2})年)?(\d{1,2})月(\d{1,2})[日号]")
_ISO_DAY = re.compile(r"(?<![\d./-])(20\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-])")
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SIGNED = re.compile(rf"{_YEAR}\s*[年./-]\s*(\d{{1,2}})?")
_NAMED_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年")
_QUOTED = re.compile(r"《[^《》\r\n]*》")
_STUDIED = re.compile(
    r"(?:学习|贯彻|落实|宣传|领会|传达|学深悟透|围绕|宣讲|研读|吃透|践行|"
    r"深学)[^。；;！!\r\n]{0,40}\Z"
)
_OF_IT = re.compile(
    r"[”》]?(?:和[^，。；]{0,24})?(?:的?(?:重要)?(?:精神|部署|要求|决定|报告|战略|"
    r"决策|主题|文件|任务))"
)
_SINCE = re.compile(
    r"[”》]?(?:以来|以后|以前|之前|之后|召开|闭幕|开幕|胜利|期间|时|作出|提出|通过|上)"
)
_REPEALED = re.compile(
    r"(?:原|旧|已|废止的?|取代|代替|替代|纳入|吸收|有效的|当时的)(?:《[^》]{1,20}》[、和及]?)*[《“]?(?:中华人民共和国)?\Z"
)
_GONE = re.compile(
    r"[》”]?[^。；\r\n]{0,16}?(?:判决|判令|教材|读本|教程|废止|失效|被.{0,10}取代|不再施行|停止执行)"
)
_AIMED = re.compile(
    r"(?:抓好|落实|实施|推进|完成|围绕|按照|根据|紧扣|对照|实现|编制|谋划|助力|服务|"
    r"推动|对标|锚定|聚焦)[^。；，,\r\n]{0,14}\Z"
)
_OVER = re.compile(
    r"[”]?(?:规划)?(?:以来|期间(?!，?我?[们市县区镇乡]?(?:还要|要|将|力争|必须|计划))|时期的?(?:成就|发展|工作)|收官|圆满|末|期末|总结|"
    r"结束|建成|已|完成情况)"
)
_SLOW = 8
"""Months after which a newer meeting is expected to be known."""


class About(Enum):
    """What the year of a text is: the one that it reports on, or plans for."""

    REPORT = "report"
    PLAN = "plan"
    BOTH = "both"
    """A report to an assembly looks back on the year before and forward on its own."""


_PLANS = re.compile("计划|要点|方案|打算|意见|通知|预案|规划|部署|plan")


_TO_AN_ASSEMBLY = re.compile("代表大会|请予审议|请.{0,8}审议")
_OPENING = 1500
_LOOKS_BACK = re.compile("总结|回顾|述职")
"""In the first line: 2024年工作总结及2025年工作计划."""
_FIRST_LINE = 40


def about(genre: str, text: str) -> About:
    """Return what the year of a text of a genre is."""
    if "工作报告" in genre or _TO_AN_ASSEMBLY.search(text, 0, _OPENING):
        return About.BOTH
    if _PLANS.search(genre) and not _LOOKS_BACK.search(text, 0, _FIRST_LINE):
        return About.PLAN
    return About.REPORT


class Period(NamedTuple):
    """When a text was written, as far as it says so.

    Attributes
    ----------
    year : int
        What it reports on; 0 if not known.
    month : str
        The last month that it can know of, such as ``2024-12``; empty if not known. Of
        a text that says no year of itself, that of the year which it names most often.
    """

    year: int
    month: str


def period_of(year: str, signature: str, text: str) -> Period:
    """Return when a text was written.

    Parameters
    ----------
    year : str
        Of its title, its file or its metadata; empty if unknown.
    signature : str
        The lines that sign it.
    """
    signature, text = arabic_years(signature), arabic_years(text)
    signed = _SIGNED.search(signature)
    known = int(year) if year.isdigit() else 0
    stated = Counter(int(m[1]) for p in _PERIOD[:2] for m in p.finditer(text))
    known = known or (max(stated, key=lambda y: (stated[y], y)) if stated else 0)
    known = known or (int(signed[1]) if signed else 0)
    if not known:
        named = Counter(_NAMED_YEAR.findall(text))
        often = max(named, key=lambda year: (named[year], -int(year)), default="")
        return Period(0, f"{often}-12" if often else "")
    if signed and abs(int(signed[1]) - known) <= 1:
        return Period(known, f"{signed[1]}-{int(signed[2] or 12):02d}")
    return Period(known, f"{known}-12" if known else "")


def find_stale(
    text: str, period: Period, signature: Span | None, calendar: Calendar, about: About
) -> tuple[Trace, ...]:
    """Return what does not belong to the time of a text, in order.

    Parameters
    ----------
    about : About
    """
    text = arabic_years(text)
    found = list(_no_days(text))
    if period.month:
        found += _dated(text, period, calendar)
    if period.year:
        found += _years(text, period, signature, about)
    return apart(found)


def _years(
    text: str, period: Period, signature: Span | None, about: About
) -> Iterator[Trace]:
    plan, back = about is About.PLAN, int(about is About.BOTH)
    cited = [match.span() for match in _QUOTED.finditer(text)]
    for pattern in _PERIOD:
        for match in pattern.finditer(text):
            start, end = match.span(1)
            said = int(match[1])
            inside = any(a <= start < b for a, b in cited)
            right = {period.year, period.year - (plan or back)}
            if pattern is _NAMED and said == period.year - 1:
                inside |= _is_past(text, *match.span())
            if said not in right and not inside:
                yield _stale(start, end, "TIME001.period", said, period.year)
    yield from (
        _steps(text, period) if plan else _plans(text, period, period.year - back)
    )
    signed = _SIGNED.search(text, signature.start, signature.end) if signature else None
    if signed:
        said = int(signed[1])
        first = period.year - 1 if plan else period.year
        if not first <= said <= period.year + 1:
            yield _stale(*signed.span(1), "TIME001.signed", said, period.year)


def _is_past(text: str, start: int, end: int) -> bool:
    """Tell whether the report of the year before is spoken of as such.

    It is the text's own period at the beginning of a line, or after 现将, only.
    """
    stop = text.find("\n", end, start + _REST)
    rest = text[start : stop if stop >= 0 else start + _REST]
    before = line_before(text, start)
    own = _NUMBER_OF_HEADING.fullmatch(before) or before.rstrip("，,").endswith(
        ("现将", "现就", "下面将", "一年来")
    )
    return not own or bool(_OF_BEFORE.search(rest))


def _steps(text: str, period: Period) -> Iterator[Trace]:
    """Yield steps of a plan that are to be taken years before it."""
    for match in _STEP.finditer(text):
        if (said := int(match[1])) < period.year - 1:
            yield _stale(*match.span(1), "TIME001.period", said, period.year)


def _plans(text: str, period: Period, last: int) -> Iterator[Trace]:
    """Yield the years that are planned for and over.

    A heading plans for what comes after `last`; a sentence may plan for the rest of it.
    """
    for match in _PLAN.finditer(text):
        if int(match[1]) <= last:
            said = int(match[1])
            yield _stale(*match.span(1), "TIME001.plan", said, period.year + 1)
    for match in _AHEAD.finditer(text):
        group = match.lastindex or 1
        if (said := int(match[group])) < last:
            yield _stale(*match.span(group), "TIME001.plan", said, period.year + 1)


def _no_days(text: str) -> Iterator[Trace]:
    """Yield 2月30日 and the like."""
    found = [(match, match[1], match[2], match[3]) for match in _DAY.finditer(text)]
    found += [
        (match, match[1], match[3], match[4]) for match in _ISO_DAY.finditer(text)
    ]
    for match, year, month, day in found:
        if not _is_day(int(year or 0), int(month), int(day)):
            said = match[0]
            yield Trace(Span(*match.span()), "TIME001.no_day", {"said": said})


def _is_day(year: int, month: int, day: int) -> bool:
    days = _DAYS[month] if month < len(_DAYS) else 0
    if month == 2 and year and not isleap(year):  # noqa: PLR2004
        days = 28
    return 0 < day <= days


def _stale(start: int, end: int, code: str, said: int, expected: int) -> Trace:
    return Trace(Span(start, end), code, {"said": said, "expected": expected})


def _dated(text: str, period: Period, calendar: Calendar) -> Iterator[Trace]:
    mentions = list(calendar.mentions(text))
    named = {entry.names[0] for entry, _, _ in mentions}
    for entry, start, end in mentions:
        if entry.kind is Kind.DOCUMENT:
            stale = _is_repealed(text, start, end, entry, period)
            facts: dict[str, object] = {
                "name": entry.names[0],
                "until": entry.until,
                "by": entry.by,
            }
            if stale:
                code = "TIME001.document" if entry.by else "TIME001.repealed"
                yield Trace(Span(start, end), code, facts)
            continue
        ahead = entry.kind is not Kind.PLAN and entry.since > f"{period.year + 1}-06"
        if period.year and ahead:
            facts = {"name": entry.names[0], "since": entry.since, "year": period.year}
            yield Trace(Span(start, end), "TIME001.later", facts)
            continue
        known = months_before(period.month, _SLOW)
        newer = calendar.later(entry, known)
        if not newer or _names_newer(entry, named, calendar):
            continue
        if _is_current(text, start, end, entry, period):
            facts = {
                "name": entry.names[0],
                "newer": newer.names[0],
                "since": newer.since,
            }
            yield Trace(
                Span(start, end),
                "TIME001.meeting"
                if entry.kind is Kind.MEETING
                else "TIME001.plan_over",
                facts,
            )


def _names_newer(entry: Entry, named: set[str], calendar: Calendar) -> bool:
    return any(
        calendar.by_name[name].series == entry.series
        and calendar.by_name[name].since > entry.since
        for name in named
    )


def _is_current(text: str, start: int, end: int, entry: Entry, period: Period) -> bool:
    """Tell whether a text speaks of an older meeting or plan as the one of its day."""
    before, after = text[max(start - 60, 0) : start], text[end : end + 40]
    if entry.kind is Kind.MEETING:
        if _SINCE.match(after):
            return False
        return bool(_STUDIED.search(before) and _OF_IT.match(after))
    if not entry.until or period.month <= entry.until or _OVER.match(after):
        return False
    return bool(_AIMED.search(before))


def _is_repealed(text: str, start: int, end: int, entry: Entry, period: Period) -> bool:
    """Tell whether a text cites a document that was no longer in force."""
    if not entry.until or period.month <= entry.until:
        return False
    before, after = text[max(start - 12, 0) : start], text[end : end + 30]
    title = before.rpartition("《")[2] if "《" in before else None
    if title is None or "》" in title:
        cited = before.endswith("中华人民共和国") or text[start:end].startswith("中华")
    else:
        cited = title in {"", "中华人民共和国"} and text[end : end + 1] == "》"
    return cited and not _REPEALED.search(before) and not _GONE.match(after)
