"""YEAR002: a figure of results that is the same as in the earlier report."""

import re
from collections.abc import Iterator

from detector.model.finding import Finding, Level
from detector.model.report import Fact
from detector.rules._common import finding
from detector.rules.options import RuleOptions
from detector.rules.subject import Subject

_MEASURED = frozenset({"quantity", "percentage", "number"})
_NUMBER = re.compile(r"\d[\d.,，]*")
_SEPARATORS = re.compile(r"[.,，]|\A0\.?0*")
_PRECISE = 2
"""Significant digits from which a figure is no round one of a plan or a constant."""
_CALLED = re.compile(r"[”\"]?\s*(?:服务|便民)?(?:热线|专线|平台|号段|电话)")
"""What is dialled does not move."""
_LONGEST = 1000
"""Characters of a sentence, before a figure and after it."""
_RESULT = re.compile(
    r"全年|今年|本年|一年来|年内|累计|共[^同产享建识]|完成|实现|新增|新建|新修|新植|接待|发放|开展|举办|办理|办结|增长|下降|达到?|"
    r"投入|收入|产值|营收|利润|税收|率|培训|服务|走访|化解|调解|受理|处置|整改|销售|产量|引进|签约|招收|就诊|出院|手术|排查|检查|清理|解决|拆除|清运|整治|改造|建成|修建|安装|种植|救助|慰问|发展"
)
_CONSTANT = re.compile(
    r"面积为?$|辖|位于|总人口|户籍|海拔|编制|成立|始建|全长|建筑面积|占地|注册资本"
)
_GROWS = re.compile("新增|新建|完成|改造|流转|种植|新修|扩建")
_CLAUSE = "，。；！？、\n"
_SENTENCE = "。；！？\n"


def find(subject: Subject, options: RuleOptions) -> Iterator[Finding]:
    """Yield one finding for each precise figure of results that did not move."""
    del options
    carried = subject.report.carry_over
    if not carried:
        return
    year = carried.document.origin.year
    for fact in carried.unchanged:
        if _should_move(subject.text, fact):
            facts: dict[str, object] = {
                "said": fact.span.of(subject.text),
                "around": subject.around(fact.span),
                "year": year,
                "path": carried.document.origin.path,
            }
            yield finding(subject.report, "YEAR002", Level.WARNING, fact.span, **facts)


def _should_move(text: str, fact: Fact) -> bool:
    said = fact.span.of(text)
    number = _NUMBER.search(said)
    precise = number and _significant(number[0]) >= _PRECISE
    if fact.kind not in _MEASURED or not precise:
        return False
    if fact.kind == "number" and _CALLED.match(text, fact.span.end):
        return False
    first, last = max(0, fact.span.start - _LONGEST), fact.span.end + _LONGEST
    starts = [text.rfind(sign, first, fact.span.start) + 1 for sign in _SENTENCE]
    ends = [text.find(sign, fact.span.end, last) for sign in _SENTENCE]
    begin = max(first, *starts)
    sentence = text[begin : min((at for at in ends if at >= 0), default=last)]
    before = text[first : fact.span.start]
    before = before[max(map(before.rfind, _CLAUSE)) + 1 :]
    constant = _CONSTANT.search(before) and not _GROWS.search(before)
    return bool(_RESULT.search(sentence)) and not constant


def _significant(number: str) -> int:
    """Return the significant digits of a number; the zeros it ends with are none.

    >>> [_significant(one) for one in ("100", "1,000", "12", "0.85", "2.0", "20")]
    [1, 1, 2, 2, 1, 1]
    """
    return max(len(_SEPARATORS.sub("", number).rstrip("0")), 1)
