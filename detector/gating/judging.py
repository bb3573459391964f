"""What of the findings is new, by how loud each is, and what was there before."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from detector.errors import DetectorError
from detector.gate.baseline import Accepted, Entry
from detector.gate.options import GateOptions
from detector.gate.wording import Clause, digest
from detector.gating.looking import Looked, Stated
from detector.model.finding import Finding, Level, State
from detector.model.report import Report
from detector.model.verdict import Known, Notice
from detector.rules import RULES
from detector.text.provenance import is_one_spelt
from detector.text.visible import visible

_OF_PASSAGES = frozenset(
    {
        "BOIL001",
        "BOIL002",
        "COPY001",
        "COPY002",
        "COPY003",
        "SELF001",
        "UPST001",
        "VOID001",
        "YEAR001",
        "YEAR002",
    }
)
"""Rules about passages: one that a request leaves as it is, is none of its making, even
where an edit elsewhere in the document has moved its ends, its weight or its share.
Other rules look at several places together: what the base has of them is known."""


class Judged(NamedTuple):
    """What came of the documents that were looked at.

    Attributes
    ----------
    reports : tuple of Report
        With the findings that are not ignored, each new or known.
    entries : tuple of Entry
        What a baseline would have of them.
    fresh : tuple of Entry
        Those that are new.
    gone : tuple of Entry
        What was known, and is found no longer.
    """

    reports: tuple[Report, ...]
    entries: tuple[Entry, ...]
    fresh: tuple[Entry, ...]
    gone: tuple[Entry, ...]
    notices: tuple[Notice, ...]


def judge(
    looked: Sequence[Looked],
    known: Sequence[Entry],
    options: GateOptions,
    *,
    comments: bool,
) -> Judged:
    """Sort what was found into what is new and what was there before.

    Parameters
    ----------
    known : sequence of Entry
        The baseline, as far as it is about these documents or about none any more.
    comments : bool
        Whether comments keep rules silent that the base does not have.
    """
    before = [
        _entry(one.report.draft.origin.path, stated)
        for one in looked
        for stated in one.before
    ]
    accepted = Accepted([e for e in known if not _is_error(e)], before)
    reports, entries, fresh = [], [], []
    notices: list[Notice] = []
    for one in looked:
        origin = one.report.draft.origin
        kept: list[Finding] = []
        told = list(_told(one, comments=comments))
        # What nobody touched is met first: of two equal passages it is the known one.
        for stated, reason in sorted(told, key=lambda each: each[0].touched):
            finding = stated.finding
            met = accepted.take(origin.path, finding.rule, stated.clauses)
            old = not stated.touched and finding.rule in _OF_PASSAGES
            state = State.KNOWN if met or old else State.NEW
            if reason and state is State.KNOWN:
                continue  # it was kept silent before
            level = options.judged(finding, origin.path, origin.genre)
            if level is None:
                continue
            kept.append(replace(finding, level=level, state=state))
            if reason:
                notices.append(_of_comment(origin.path, finding, reason))
            if level is not Level.NOTE:
                entries.append(_entry(origin.path, stated))
                fresh += [entries[-1]] if state is State.NEW else []
        kept.sort(key=lambda finding: (finding.span, finding.rule))
        reports.append(replace(one.report, findings=tuple(kept)))
        notices += _moved(one, options)
    quiet = set(_quiet(looked, options))
    gone = [entry for entry in accepted.gone() if entry not in quiet]
    return Judged(
        tuple(reports), tuple(entries), tuple(fresh), tuple(gone), tuple(notices)
    )


class JudgedErrors(NamedTuple):
    """What came of what cannot be read; as `Judged`."""

    new: tuple[DetectorError, ...]
    known: tuple[DetectorError, ...]
    entries: tuple[Entry, ...]
    fresh: tuple[Entry, ...]
    gone: tuple[Entry, ...]


def judge_errors(
    errors: Iterable[DetectorError],
    known: Iterable[Entry],
    content: Callable[[str], bytes],
) -> JudgedErrors:
    """Sort what cannot be read into what is new and what has been accepted.

    Parameters
    ----------
    content : callable
        Returns of a path what stands for its content: what was accepted is new when
        that changes.
    """
    accepted = Accepted([e for e in known if _is_error(e)])
    new, met, entries, fresh = [], [], [], []
    for error in errors:
        path = str(error.facts.get("path", ""))
        mark = digest(content(path))
        entry = Entry(path, error.code, "", mark, (mark,))
        entries.append(entry)
        if accepted.take(path, error.code, [Clause(mark, 1)]):
            met.append(error)
        else:
            new.append(error)
            fresh.append(entry)
    gone = tuple(accepted.gone())
    return JudgedErrors(tuple(new), tuple(met), tuple(entries), tuple(fresh), gone)


def _is_error(entry: Entry) -> bool:
    return entry.rule not in RULES


def _entry(path: str, stated: Stated) -> Entry:
    """Return a finding as a baseline remembers it."""
    finding = stated.finding
    clauses = tuple(clause.digest for clause in stated.clauses)
    return Entry(path, finding.rule, stated.text, finding.fingerprint, clauses)


def known_of(entry: Entry) -> Known:
    """Return an entry as a verdict shows it."""
    return Known(entry.path, entry.rule, entry.text, entry.fingerprint)


def _told(one: Looked, *, comments: bool) -> Iterable[tuple[Stated, str]]:
    """Yield findings, and those kept silent by comments unless these are followed."""
    yield from ((stated, "") for stated in one.stated)
    if not comments:
        yield from ((silent.stated, silent.reason) for silent in one.silent)


def _quiet(looked: Sequence[Looked], options: GateOptions) -> Iterator[Entry]:
    """Yield what stood in the base and is not worth telling when it is gone."""
    for one in looked:
        origin = one.report.draft.origin
        for stated in one.before:
            level = options.judged(stated.finding, origin.path, one.genre_before)
            if level in {None, Level.NOTE}:
                yield _entry(origin.path, stated)


def _of_comment(path: str, finding: Finding, reason: str) -> Notice:
    facts = {
        "path": path,
        "line": finding.line,
        "rule": finding.rule,
        "reason": visible(reason),
    }
    return Notice("G-comment", facts)


def _moved(one: Looked, options: GateOptions) -> Iterator[Notice]:
    """Yield a notice if the document is another's, or of a genre with other levels."""
    origin = one.report.draft.origin
    if (was := one.owner_before) and not is_one_spelt(was, origin.organisation):
        facts = {"path": origin.path, "before": was, "now": origin.organisation or "–"}
        yield Notice("G-owner", facts)
    before = options.rules_of(origin.path, one.genre_before)
    if one.before and before != options.rules_of(origin.path, origin.genre):
        yield Notice(
            "G-genre",
            {
                "path": origin.path,
                "before": one.genre_before or "–",
                "now": origin.genre or "–",
            },
        )
