"""Cited authority: what is said to come from somewhere else.

In official Chinese “ ” marks slogans far more often than quotations, so that quotation
marks excuse nothing; what counts is a title or a quotation that a cue introduces.
"""

import re

from detector.model.span import Span, merge
from detector.text.facts import document_numbers

_CUES = (
    "按照|根据|依据|依照|遵照|对照|贯彻|落实|执行|学习|印发|下发|转发|制定|出台|修订|颁布|"
    "指出|强调|要求|提出|明确|规定"
)
_KINDS = (
    "法|法典|条例|规定|规则|细则|办法|准则|章程|决定|决议|意见|通知|通报|公报|公告|通告|公示|批复|请示|申请|复函|函|纪要|"
    "方案|规划|纲要|大纲|计划|要点|报告|讲话|简报|清单|标准|规范|规程|目录|指南|指引|手册|制度|机制|体系|协议|合同|书|表|"
    "议程|措施|政策|公约|宣言|答复|解释|令|文件|选编|摘编|汇编|读本|论述|思想|安排|分工|任务|要求|事项|情况|问题|"
    "建议|汇报|总结|说明|解答|议案|提案|修正案"
)
_LONG = rf"[^《》\n。；！？]{{2,58}}(?:{_KINDS})(?:[（(][^（()）\n]{{1,12}}[）)])?"
_NAME = rf"《(?:[^《》\n。；]{{2,24}}|{_LONG}|[ -~’–—]{{2,60}})》"
"""A long Chinese title says of what kind it is, and holds no sentence: what merely
stands between such marks is no title."""
_TITLE = re.compile(
    rf"(?:{_CUES})[^。！？；\n《》]{{0,12}}(?P<cited>{_NAME}(?:[、和及与]{_NAME})*)"
)
_TITLE_THEN_CUE = re.compile(
    rf"(?P<cited>{_NAME})[^。！？；\n《》]{{0,12}}(?:指出|强调|要求|提出|明确|规定)"
)
# Both forms begin with one cue, so that the engine skips to where one may be.
_QUOTATION = re.compile(
    r"(?:指出|强调|要求|提出|明确|规定)(?:"
    r"[，,]?[：:]?\s*(?P<cited>[“\"][^”\"\n]{8,200}[。！？][”\"])"
    r"|(?<=指出|强调)[，,]?[：:]\s*(?P<spoken>[“\"][^”\"\n]{8,200}[”\"]))"
)
_NUMBER = re.compile(r"[〔\[]\d{4}[〕\]]\d{1,4}号")
# Each with the characters of which it needs one: to look for these is quicker.
_PATTERNS = (("《", _TITLE), ("《", _TITLE_THEN_CUE), ('“"', _QUOTATION))


def find_citations(text: str) -> tuple[Span, ...]:
    """Return the cited parts of a raw `text`, sorted and disjoint.

    A title in 《》 with a cue near it (按照、指出、要求 …), a quotation that a cue of
    speech introduces and that is a sentence, or a document number.
    """
    spans = [Span(*found) for found in document_numbers(text, _NUMBER)]
    for sign, pattern in _PATTERNS:
        if any(char in text for char in sign):
            spans += (
                Span(*match.span(match.lastgroup or 0))
                for match in pattern.finditer(text)
            )
    return merge(spans)
