"""Problems and measures: which problem of a report no measure takes up.

Reports on problems name them, look for causes and promise measures. A measure answers a
problem if it has the words that the problem's heading is made of, or several of its
rarer words. What is said is only whether the subject comes up again, not how well.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from math import log
from typing import NamedTuple

from detector.model.report import Answer
from detector.model.section import Section
from detector.model.span import Span
from detector.text.lexicon import jieba_words, listed
from detector.text.sentences import paragraphs

_PROBLEMS = re.compile(r"问题|不足|差距|短板|薄弱|查摆|检视")
_CAUSES = re.compile(r"原因|根源|剖析|成因")
_MEASURES = re.compile(r"措施|整改|打算|努力方向|计划|下一?步|改进|对策|建议|举措")
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_STOP = frozenset(
    listed(
        "问题 不足 不够 差距 工作 方面 存在 加强 提高 提升 推进 推动 进一步 进行 "
        "开展 落实 坚持 完善 强化 深入 切实 积极 有效 全面 "
        "主动 有的 个别 部分 一些 有时 没有 不强 不高 不到位 到位 比较 还有 仍然 "
        "需要 能够 通过 围绕 结合 按照 要求 情况 成员 班子 领导 "
        "领导班子 同志 党员干部 干部 党员 我们 自己 一个 一是 二是 三是 四是 五是 "
        "作为 成为 做好 做到 抓好 抓实 持续 不断 努力 确保 实现 "
        "发展 建设 方式 方法 能力 水平 作用 意识 重视 认真 组织 管理 服务 解决 任务 "
        "目标 重点 制度 机制 建立 健全 形成 真正 充分 更加 "
        "学习 思想 社会 经济 群众 基层 单位 部门 各项 相关 实际 具体 主要 重要 根本 "
        "长期 定期 及时 每周 以来 之后 对于 不能 有些 有待 "
        "质量 效果 成效 力度 深度 责任 担当 履行 履职 继续 增强 班子成员 政治 生活 "
        "活动 精神 时间 两个 不少 中心 人民"
    )
)
_FEWEST = 2
"""Problems and measures that a report on both has."""
_MOST_PAIRS = 10_000
"""Problems times measures beyond which a text is no report on both."""
_RARE = 3
"""A word that tells stands in one in so many parts at the most, or in two."""
_ENOUGH = 3
"""Rarer words of a problem that a measure may answer it by, without its heading's."""


class _Item(NamedTuple):
    head: Span
    span: Span
    title: frozenset[str]
    words: frozenset[str]
    text: str


def find_answers(text: str, outline: Sequence[Section]) -> tuple[Answer, ...]:
    """Return the problems of a report with the measures that answer them, in order.

    Empty if the report has no part on problems, or none on measures.
    """
    problems = _items(text, outline, _is_problems)
    measures = _items(text, outline, _is_measures)
    few = len(problems) < _FEWEST or not measures
    if few or len(problems) * len(measures) > _MOST_PAIRS:
        return ()
    texts = [item.text for item in (*problems, *measures)]
    words = frozenset().union(*(problem.words for problem in problems))
    counts = {word: sum(word in text for text in texts) for word in words}
    most = max(len(texts) / _RARE, 2)
    rarity = {
        word: log(len(texts) / count) for word, count in counts.items() if count <= most
    }
    return tuple(_answer(problem, measures, rarity) for problem in problems)


def _is_problems(title: str) -> bool:
    return bool(_PROBLEMS.search(title)) and not (
        _CAUSES.search(title) or _MEASURES.search(title)
    )


def _is_measures(title: str) -> bool:
    return bool(_MEASURES.search(title)) and not _CAUSES.search(title)


def _items(
    text: str, outline: Sequence[Section], wanted: Callable[[str], bool]
) -> list[_Item]:
    """Return the innermost headed parts below the headings that are wanted."""
    tops = [s for s in outline if s.level == 1 and s.title and wanted(s.title)]
    found = []
    for top in tops:
        below = [
            s for s in outline if s is not top and _within(s.span, top.span) and s.title
        ]
        following = [s.span for s in below[1:]]
        leaves = [
            s
            for s, after in zip_longest(below, following)
            if not after or not _within(after, s.span)
        ]
        found += [_item(text, s.heading, s.span) for s in leaves]
        if not leaves:
            found += _of_paragraphs(text, top)
    return found


def _of_paragraphs(text: str, top: Section) -> Iterable[_Item]:
    for line in paragraphs(top.span.of(text)):
        span = Span(top.span.start + line.start, top.span.start + line.end)
        if span.start > top.heading.start:
            first = re.match(r"[^。；;\n]*", span.of(text))
            head = Span(span.start, span.start + (first.end() if first else 0))
            yield _item(text, head, span)


def _item(text: str, head: Span, span: Span) -> _Item:
    said = span.of(text)
    return _Item(head, span, _words(head.of(text)), _words(said), said)


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _answer(
    problem: _Item, measures: Sequence[_Item], rarity: dict[str, float]
) -> Answer:
    def shared(measure: _Item) -> list[str]:
        words = [w for w in problem.words if w in rarity and w in measure.text]
        return sorted(
            words, key=lambda word: (word not in problem.title, -rarity[word], word)
        )

    def worth(measure: _Item) -> float:
        return sum(
            rarity[word] * (1 + (word in problem.title)) for word in shared(measure)
        )

    best = max(measures, key=lambda measure: (worth(measure), -measure.span.start))
    telling = shared(best)
    answered = any(word in problem.title for word in telling) or len(telling) >= _ENOUGH
    return Answer(problem.head, best.head if answered else None, tuple(telling[:5]))


def _words(text: str) -> frozenset[str]:
    """Return the words of two characters and more, by longest match."""
    known = jieba_words()
    found: set[str] = set()
    for run in _RUN.findall(text):
        at = 0
        while at < len(run):
            length = known.longest_at(run, at)
            if length and (word := run[at : at + length]) not in _STOP:
                found.add(word)
            at += length or 1
    return frozenset(found)
