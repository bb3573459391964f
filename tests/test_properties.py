"""What holds of every comparison, whatever the texts are made of."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import detector as d
from detector.alignment.options import AlignmentOptions
from detector.pipeline import Checker
from detector.text.rules import normalize
from detector.text.units import count_units

PIECES = (
    "坚持以人民为中心的发展思想，",
    "老渡口的浮桥改成了双车道，赶集的人不再排队等船。",
    "全年新修机耕路12.5公里，惠及三十余户。\n",
    "资金拨付及时、项目按期开工，用水问题得到解决；",
    "河道两岸补种了柳树一百二十株！",
    "The harbour board approved a second ferry for the island in spring. ",
    "Fishermen blocked the old pier until the lighthouse was repaired; ",
    "第七条 ",
    "½",
    "㎡",
    "\u200b",
    "柳",
    "the ",
    "2024年",
    "\n",
)
composed = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
documents = composed.map(d.Document.from_text)


def codes(text):
    return count_units(normalize(text)).codes.tolist()


@given(documents, documents)
def test_runs_say_what_they_are_and_the_ledger_adds_up(draft, source):
    report = d.compare(draft, source)

    ledger = report.ledger
    labels = (ledger.cited, ledger.copied, ledger.boilerplate, ledger.self_repeat)
    total = sum(labels) + ledger.set_phrase + ledger.own
    assert total == pytest.approx(ledger.counted)
    credited = [0, 0]
    for match in report.matches:
        credited[match.within] += match.credit
    assert credited[True] == ledger.self_repeat
    assert credited[False] == pytest.approx(ledger.copied + ledger.boilerplate)
    for match in report.matches:
        ours, theirs = match.draft.document.text, match.source.document.text
        for run in match.alignment.runs:
            one, other = run.draft.of(ours), run.source.of(theirs)
            assert (codes(one) == codes(other)) == (run.change == "equal")
        if match.kind == "verbatim":
            assert codes(match.draft.text) == codes(match.source.text)
        assert (
            match.evidence >= AlignmentOptions().evidence - 1e-6
            or match.alignment.equal >= AlignmentOptions().shortest
        )


@given(documents)
def test_a_text_is_found_in_itself_whole(text):
    report = d.compare(text, d.Document.from_text(text.text + "。"))

    found = {
        at
        for match in report.matches
        if not match.within
        for span in match.alignment.equal_spans()
        for at in range(span.start, span.end)
    }
    if report.ledger.counted >= 40 and report.ledger.set_phrase == 0:
        assert len(found) >= 0.8 * report.ledger.counted


@given(documents, documents)
def test_the_same_texts_give_the_same_report(draft, source):
    assert d.compare(draft, source).matches == d.compare(draft, source).matches


@given(documents, st.lists(documents, min_size=1, max_size=12))
def test_a_further_source_never_raises_the_originality(draft, sources):
    """Whoever adds documents finds more, or the same."""
    before = 100.0
    for count in range(1, len(sources) + 1):
        corpus = d.Corpus("sources", tuple(sources[:count]))
        report = Checker(corpus, spare=False).check(draft)

        assert report.originality <= before + 1e-9
        before = report.originality


@pytest.mark.parametrize("form", ["json", "html", "sarif"])
def test_the_same_bytes_in_every_process(form):
    """Whatever order sets have there: each process hashes with a seed of its own."""
    root = Path(__file__).parents[1]
    seed = next((root / "seeds").glob("*.txt"))
    call = ["check", seed, "--corpus", root / "corpora" / "demo", "--format", form]

    made = {
        subprocess.run(
            [sys.executable, "-m", "detector", *call, "--lang", "zh"],
            check=False,
            capture_output=True,
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": number},
        ).stdout
        for number in ("0", "1", "424242")
    }

    assert len(made) == 1
    assert made != {b""}


chinese = [piece for piece in PIECES if not piece[:1].isascii()]
different = st.lists(st.sampled_from(chinese), unique=True).map("".join)


@given(different, different)
def test_what_one_has_of_the_other_that_one_has_of_it(text, other):
    """Where nothing is repeated, so that it is plain which place is meant.

    A clause that says little by itself is told with the passage beside it: what stands
    between the two may be the draft's in one order and the source's in the other.
    """
    least = AlignmentOptions()
    one, two = d.Document.from_text(text), d.Document.from_text(other)
    there, back = d.compare(one, two), d.compare(two, one)

    for report, reverse in ((there, back), (back, there)):
        known = equal_places(reverse, "source")
        for match in report.matches:
            ours = equal_places(report, "draft", match)
            if match.within or (
                match.evidence < 2 * least.evidence or len(ours) < 2 * least.shortest
            ):
                continue
            missing = len(ours - known)
            assert missing <= 0.2 * len(ours) or missing < min(20, len(ours) / 2)


def equal_places(report, side, only=None):
    return {
        at
        for match in report.matches
        if not match.within and only in {None, match}
        for run in match.alignment.runs
        if run.change == "equal"
        for at in range(getattr(run, side).start, getattr(run, side).end)
    }
