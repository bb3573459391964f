"""Where a figure stands among those of the genre; too few peers tell nothing."""

import pytest

import detector as d
from detector.errors import OptionError
from detector.pipeline import Checker, check_files
from detector.scoring.percentile import percentile
from tests.templates.test_mining import own
from tests.test_pairing import ONE


@pytest.mark.parametrize(
    ("value", "expected"), [(0, 0), (1, 0), (2, 25), (3, 75), (9, 100)]
)
def test_equal_figures_are_not_lower(value, expected):
    assert percentile(value, [1, 2, 2, 3]) == expected


def report(n, organisation="", genre="工作总结"):
    return d.Document.from_text(
        f"一、工作情况\n{ONE * (n % 3 == 0)}{own(n)}{own(n + 500)}",
        f"{n}.txt",
        organisation=organisation or f"单位{n}",
        genre=genre,
    )


def peers(*documents, most=100):
    checker = Checker(d.Corpus("corpus", documents))
    draft = report(0, "本单位")
    return checker.among_peers(checker.check(draft), most).peers


def test_figures_are_compared_with_those_of_thirty_and_more():
    found = peers(*map(report, range(1, 40)))

    assert found[:2] == ("工作总结", 39)
    # A third of them has the sentence, as the draft has; the others have nothing.
    assert found.percentiles["originality"] == pytest.approx(0, abs=1)
    assert found.percentiles["self_repetition"] == 0


def test_fewer_tell_nothing():
    found = peers(*map(report, range(1, 30)))

    assert (found.reports, found.percentiles) == (29, {})


def test_only_so_many_are_checked():
    assert peers(*map(report, range(1, 60)), most=31).reports == 31


def test_less_than_none_cannot_be_asked_for():
    with pytest.raises(OptionError):
        d.check(report(1), peers=-1)


def test_other_genres_and_the_own_organisation_are_no_peers():
    others = [report(n, genre="通知") for n in range(1, 40)]
    own_ones = [report(n, "本单位") for n in range(40, 80)]

    assert peers(*others, *own_ones).reports == 0


def test_peers_are_asked_for_with_files(tmp_path):
    for n in range(32):
        text = f"单位{n}镇2024年工作总结\n一、工作情况\n{own(n)}"
        (tmp_path / f"{n}.txt").write_text(text, "utf-8")

    batch = check_files([str(tmp_path / "0.txt")], [str(tmp_path)], peers=50)

    assert batch.reports[0].peers.reports == 31
    assert len(batch.reports[0].peers.percentiles) == 5
    assert len(batch.reports[0].peers.figures["originality"].others) == 31
    assert check_files([str(tmp_path / "0.txt")]).reports[0].peers is None
