"""A report with other thresholds is what a check with them would give, and quicker."""

import copy
import pickle
from dataclasses import replace

import pytest

import detector as d
from detector import pipeline
from detector.alignment.options import AlignmentOptions
from detector.errors import NotKeptError, OptionError
from detector.formats.shipped import shipped_folder
from detector.model.match import Label

DEMO = shipped_folder() / "demo"
DRAFT = DEMO / "霁浦镇" / "2024-对照检查材料.txt"


@pytest.fixture(scope="module")
def corpus():
    return d.Corpus.open(str(DEMO))


@pytest.fixture(scope="module")
def report(corpus):
    return d.check(DRAFT, corpus)


def test_asked_for_nothing_it_is_the_report_itself(report):
    assert report.rethreshold() == report


@pytest.mark.parametrize(
    ("name", "least", "of"),
    [
        ("evidence", 200, lambda match: match.evidence),
        ("shortest", 40, lambda match: match.alignment.equal),
        ("identity", 0.9, lambda match: match.identity),
    ],
)
def test_only_passages_above_the_threshold_stay(report, name, least, of):
    kept = [match for match in report.matches if of(match) >= least]

    less = report.rethreshold(**{name: least})

    assert 0 < len(kept) < len(report.matches)
    assert [m.alignment for m in less.matches] == [m.alignment for m in kept]
    assert [m.id for m in less.matches] == [f"m{n}" for n in range(1, len(kept) + 1)]
    assert less.ledger.counted == report.ledger.counted
    assert less.ledger.own > report.ledger.own
    assert sum(
        part.ledger.counted for part in less.sections if part.section.level == 1
    ) == pytest.approx(less.ledger.counted)
    assert less.findings != report.findings
    assert less.settings != report.settings


def test_it_is_what_a_check_with_more_evidence_gives(corpus, report):
    config = d.Config(alignment=AlignmentOptions(evidence=70))

    checked = d.check(DRAFT, corpus, config)

    # What is weaker is cut another way now and then; nearly all is as it was.
    assert report.rethreshold(evidence=70).originality == pytest.approx(
        checked.originality, abs=3
    )


def test_nothing_is_aligned_again_and_it_begins_at_what_was_found(report, monkeypatch):
    monkeypatch.setattr(pipeline, "align_sources", None)
    monkeypatch.setattr(pipeline, "align_within", None)

    none = report.rethreshold(evidence=1e9)

    assert none.matches == ()
    assert none.ledger[Label.COPIED] == 0
    assert none.rethreshold(shortest=0) == report


def test_a_source_is_left_out(report):
    largest = report.largest_source.document.origin.path

    less = report.rethreshold(without=largest)

    assert less == report.rethreshold(without=[largest])

    assert largest not in {one.origin.path for one in less.sources.values()}
    assert less.largest_source.document.origin.path != largest
    assert less.originality >= report.originality
    with pytest.raises(OptionError, match=r"no such\.txt"):
        report.rethreshold(without=["no such.txt"])


def test_peers_stay_where_nothing_is_asked(corpus):
    report = d.check(DRAFT, corpus, peers=3)

    assert report.peers.reports == 3
    assert report.rethreshold() == report
    assert report.rethreshold(shortest=40).peers is None
    assert report.rethreshold(shortest=40).rethreshold() == report


def test_drafts_share_what_was_made_of_their_corpus(corpus):
    one, other = (
        d.check(path, corpus) for path in sorted(DRAFT.parent.glob("2022*"))[:2]
    )

    assert one.again.checker.sources is other.again.checker.sources
    assert pickle.loads(pickle.dumps(corpus)).ready == {}


def test_a_repeat_is_a_passage_like_others():
    paragraph = "不可抗力是指不能预见、不能避免且不能克服的客观情况，双方均不负责。"
    text = f"一、总则\n{paragraph}\n二、附则\n{paragraph}"
    report = d.check(d.Document.from_text(text))

    assert report.rethreshold(shortest=30).ledger.self_repeat == 30
    assert report.rethreshold(shortest=31).ledger.self_repeat == 0
    assert report.rethreshold(shortest=31).findings == ()


@pytest.mark.parametrize(
    "wrong", [{"evidence": -1}, {"identity": 1.1}, {"evidence": float("nan")}]
)
def test_a_threshold_that_is_none_is_refused(report, wrong):
    with pytest.raises(OptionError):
        report.rethreshold(**wrong)


def test_what_was_sent_or_is_one_of_many_keeps_nothing(report):
    assert copy.deepcopy(report).rethreshold() == report
    sent = pickle.loads(pickle.dumps(report))
    many = pipeline.check_files([str(DRAFT)], [str(DEMO)]).reports[0]

    assert sent == replace(report, again=None)
    for one in (sent, many):
        with pytest.raises(NotKeptError, match="2024-对照检查材料"):
            one.rethreshold(evidence=90)
