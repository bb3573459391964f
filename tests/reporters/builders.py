"""Reports made by hand: what a page shows, without the steps that find it."""

from dataclasses import replace
from difflib import SequenceMatcher

from detector.errors import EmptyFileError
from detector.model.alignment import Alignment, Run
from detector.model.document import Document, Omission
from detector.model.finding import Finding, Level
from detector.model.ledger import Ledger
from detector.model.match import Label, Match, MatchKind, Passage
from detector.model.report import Batch, CorpusFacts, Fact, Report, SectionLedger
from detector.model.section import Section
from detector.model.span import Span

REPEATED = (
    "在服务企业方面，主动性还不够强。面对群众反映集中的停车难、充电难问题，习惯于等通知、等安排，"
    "缺少主动上门、一线解决的劲头，“马上就办”的作风还没有完全树立起来，办结的时限也没有逐项写明。"
)
LATER = (
    "在服务企业方面，主动性仍然不够强。面对群众反映集中的停车难、充电难问题，等通知、等安排较多，"
    "缺少主动上门、一线解决的劲头，“马上就办”的作风还没有完全树立起来，办结的时限也没有逐项写明。"
)
SHARED = (
    "青石镇坚持以网格为基础，把全镇划分为四十六个网格，配齐网格员，做到小事不出网格、"
    "大事不出村，青石镇的网格员每周至少入户走访一次，收集的问题当天录入平台、三天内答复。"
)
TAKEN = (
    "云岭街道坚持以网格为基础，把全街道划分为四十六个网格，配齐网格员，做到小事不出网格、"
    "大事不出社区，云岭街道的网格员每周至少入户走访一次，收集的问题当天录入平台、三天内答复。"
)
COMMON = "切实提高思想认识，进一步加强组织领导，层层压实责任，确保各项工作落到实处。"

DRAFT = "\n".join(
    (
        "云岭街道2025年工作总结",
        "一、主要工作",
        "全年办结群众来电2,316件，平均用时41小时，比上年缩短9小时；新建充电车棚12处。",
        TAKEN,
        "二、存在的不足",
        REPEATED,
        COMMON,
        "三、下一步打算",
        LATER,
        "6月底前完成南苑、北苑两个小区的雨污管道改造，共1.8公里。",
    )
)

CORPUS = CorpusFacts("corpora/demo", 120, 17, "c" * 64)


def span_of(part: str, text: str) -> Span:
    at = text.index(part)
    return Span(at, at + len(part))


def align(draft: Document, ours: Span, source: Document, theirs: Span) -> Alignment:
    """Align two passages letter by letter; punctuation is between the runs."""
    here = [at for at in range(ours.start, ours.end) if draft.text[at].isalnum()]
    there = [at for at in range(theirs.start, theirs.end) if source.text[at].isalnum()]
    steps = SequenceMatcher(
        None, [source.text[i] for i in there], [draft.text[i] for i in here], False
    ).get_opcodes()
    runs = [
        Run(change, _span(here, c, d), _span(there, a, b), max(b - a, d - c))
        for change, a, b, c, d in steps
    ]
    inner = [at for at, run in enumerate(runs) if run.change == "equal"]
    return Alignment(tuple(runs[inner[0] : inner[-1] + 1]))


def _span(offsets: list[int], start: int, end: int) -> Span:
    if start == end:
        at = offsets[start - 1] + 1 if start else offsets[0]
        return Span(at, at)
    return Span(offsets[start], offsets[end - 1] + 1)


def match(draft: Document, ours: Span, source: Document, theirs: Span, **facts):
    alignment = align(draft, ours, source, theirs)
    verbatim = alignment.identity == 1
    known = {
        "id": "m1",
        "kind": MatchKind.VERBATIM if verbatim else MatchKind.EDITED,
        "label": Label.COPIED,
        "weight": 0.75,
        "credit": alignment.equal,
        "organisations": 1,
        "reason": "C202",
    }
    return Match(
        draft=Passage(draft, alignment.draft),
        source=Passage(source, alignment.source),
        alignment=alignment,
        **known | facts,
    )


def finding(draft: Document, found: Match, rule: str, level: Level, **facts) -> Finding:
    line, column = draft.line_and_column(found.draft.start)
    place = (found.draft.span, line, column)
    return Finding(rule, level, *place, rule, facts, (found.id,), "f" * 32)


def ledger_of(text: str, part: Span, matches: tuple[Match, ...] = ()) -> Ledger:
    """Count letters; a match labels those that no earlier one has."""
    counted = [at for at in range(part.start, part.end) if text[at].isalnum()]
    free, columns = set(counted), dict.fromkeys(Label, 0.0)
    for found in matches:
        held = free & set(range(found.draft.start, found.draft.end))
        free -= held
        shared = found.label in (Label.COPIED, Label.BOILERPLATE)
        weight = found.weight if shared else 1.0
        columns[Label.COPIED if shared else found.label] += len(held) * weight
        columns[Label.BOILERPLATE] += len(held) * (1 - weight)
    columns[Label.OWN] = len(free)
    whole = (Label.CITED, Label.SELF_REPEAT, Label.SET_PHRASE, Label.OWN)
    values = {k.value: int(v) if k in whole else v for k, v in columns.items()}
    return Ledger(len(counted), **values)


def report(
    draft: Document,
    matches: tuple[Match, ...] = (),
    findings: tuple[Finding, ...] = (),
    corpus: CorpusFacts | None = CORPUS,
) -> Report:
    """Return a report whose sections are the lines that begin like 一、."""
    body = Span(draft.text.find("\n") + 1, len(draft.text))
    others = [found.source.document for found in matches if not found.within]
    return Report(
        draft=draft,
        sources={source.id: source for source in others},
        matches=matches,
        findings=findings,
        ledger=ledger_of(draft.text, body, matches),
        sections=tuple(
            SectionLedger(s, ledger_of(draft.text, s.span, matches))
            for s in _sections(draft.text)
        ),
        facts=(),
        not_counted=(("N101", Span(0, body.start - 1)),) if body.start else (),
        corpus=corpus,
        settings="5" * 64,
    )


def _sections(text: str) -> list[Section]:
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
    heads = [at for at, line in enumerate(lines) if line[1:2] == "、"]
    ends = [*(starts[at] for at in heads), len(text)][1:]
    return [
        Section(
            lines[at][0],
            1,
            lines[at][2:],
            Span(starts[at], starts[at] + len(lines[at])),
            Span(starts[at], end),
        )
        for at, end in zip(heads, ends, strict=True)
    ]


def alone() -> Batch:
    """One draft with a repeated paragraph, compared with nothing."""
    draft = Document.from_text(DRAFT, path="reports/云岭街道2025.txt")
    repeat = match(
        draft,
        span_of(LATER, DRAFT),
        draft,
        span_of(REPEATED, DRAFT),
        label=Label.SELF_REPEAT,
        organisations=0,
        reason="C204",
    )
    facts = {"equal": repeat.alignment.equal, "total": 81, "share": 77 / 81}
    stated = finding(draft, repeat, "SELF001", Level.ERROR, **facts)
    made = report(draft, (repeat,), (stated,), corpus=None)
    return Batch((replace(made, facts=_facts()),), settings=made.settings)


def against_corpus() -> Batch:
    """Two drafts against a corpus: one with four kinds of passages, one clean."""
    draft = Document.from_text(DRAFT, path="reports/云岭街道2025.txt")
    draft = replace(draft, omissions=(Omission("X999", 2, doubtful=True),))
    first = Document.from_text(f"总结\n{SHARED}", path="corpora/demo/青石镇2024.txt")
    second = Document.from_text(SHARED[:62], path="corpora/demo/河湾镇2023.txt")
    third = Document.from_text(f"要求\n\n{COMMON}", path="corpora/demo/南坪局2024.txt")
    taken, common = span_of(TAKEN, DRAFT), span_of(COMMON, DRAFT)
    shorter = Span(taken.start, taken.start + 60)
    source = span_of(SHARED, first.text)
    boilerplate = {"label": Label.BOILERPLATE, "weight": 0.1, "reason": "C203"}
    repeat = alone().reports[0].matches[0]
    matches = (
        match(draft, taken, first, source, organisations=2),
        match(draft, shorter, second, Span(0, 62), id="m2", credit=0),
        match(
            draft,
            common,
            third,
            span_of(COMMON, third.text),
            id="m3",
            organisations=14,
            **boilerplate,
        ),
        replace(repeat, id="m4"),
    )
    best = matches[0].alignment
    copied = {
        "equal": best.equal,
        "path": first.origin.path,
        "identity": best.identity,
    }
    twin = {"equal": 62, "path": first.origin.path, "share": 0.175}
    stated = (
        finding(draft, matches[0], "COPY001", Level.ERROR, organisations=2, **copied),
        finding(
            draft,
            matches[3],
            "SELF001",
            Level.WARNING,
            equal=77,
            total=81,
            share=77 / 81,
        ),
        Finding("COPY002", Level.NOTE, Span(0, 0), 1, 1, "COPY002", twin),
    )
    made = report(draft, matches, stated)
    own = made.originality
    made = replace(
        made, facts=_facts(), saturation=(own + 7.0, own + 2.1, own + 0.8, own)
    )
    clean = Document.from_text(
        "一、概况\n全年降雨量812毫米。", path="reports/清水村.txt"
    )
    errors = (EmptyFileError(path="reports/空白.txt"),)
    return Batch((report(clean), made), errors, CORPUS, made.settings)


def _facts() -> tuple[Fact, ...]:
    specifics = ("2,316件", "41小时", "12处", "1.8公里")
    return tuple(Fact("quantity", span_of(part, DRAFT)) for part in specifics)


def everywhere(text):
    """Return a batch in which `text` stands wherever a document may put it."""
    draft = Document.from_text(
        f"{text}\n甲始{text}终", path=f"名{text}.txt", title=text
    )
    source = Document.from_text(f"{text}始乙{text}终", path=text)
    ours = Span(len(text) + 1, len(draft.text))
    found = match(draft, ours, source, Span(0, len(source.text)), id="m1")
    stated = finding(
        draft,
        found,
        "COPY001",
        Level.NOTE,
        equal=1,
        identity=1,
        path=text,
        organisations=1,
    )
    corpus = CorpusFacts(text, 1, 0, "")
    made = report(draft, (found,), (stated,), corpus)
    return Batch((made, made), (EmptyFileError(path=text),))
