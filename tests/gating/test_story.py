"""One repository, from clean to clean: what the gate says at each step."""

from detector.model.finding import Level, State
from detector.model.verdict import Outcome
from tests.gating.repository import COPIED, OWN, begun, known, new, notices

BASELINE = "detector-baseline.jsonl"
FIRST, SECOND = "docs/2026/云岭乡.md", "docs/2026/白沙乡.md"
WITH_COPY = f"{OWN}三、渡口\n{COPIED}\n"


def fixed(verdict):
    return [(one.path, one.rule) for one in verdict.fixed]


def test_the_story_of_a_copied_paragraph(repo):  # noqa: PLR0915 - it is one story
    repo.write(FIRST, OWN)
    repo.commit("a report of one's own")
    clean = repo.gate()

    assert clean.outcome is Outcome.PASSED
    assert (clean.documents, clean.changed, new(clean)) == (4, 1, [])

    repo.write(FIRST, WITH_COPY)
    repo.commit("a paragraph of another report")
    copied = repo.gate()

    assert copied.outcome is Outcome.STOPPED
    assert new(copied) == [(FIRST, "COPY001")]
    report, finding = copied.found(State.NEW)[0]
    assert finding.span.of(report.draft.text).strip("。；") == COPIED.strip("。；")
    assert finding.facts["path"] == "docs/2024/河湾镇工作总结.md"

    accepted = repo.gate(baseline=BASELINE, update=True)

    assert accepted.outcome is Outcome.PASSED
    assert [(one.path, one.rule) for one in accepted.accepted] == [(FIRST, "COPY001")]
    repo.commit("accept it")
    not_yet = repo.gate(baseline=BASELINE)
    assert not_yet.outcome is Outcome.STOPPED  # the base has no such baseline yet
    assert ("G-policy-new", BASELINE) in notices(not_yet)
    everything = repo.gate(baseline=BASELINE, since=None)
    assert (everything.outcome, known(everything)) == (
        Outcome.STOPPED,
        [(FIRST, "COPY001")],
    )
    assert new(everything, Level.ERROR) == [("docs/2024/河湾镇工作总结.md", "COPY001")]
    repo.merge()
    quiet = repo.gate(baseline=BASELINE)
    assert (quiet.outcome, quiet.changed) == (Outcome.PASSED, 0)

    repo.write(SECOND, WITH_COPY.replace("云岭乡", "白沙乡").replace("四眼", "六眼"))
    repo.commit("copied again elsewhere")
    again = repo.gate(baseline=BASELINE)

    assert again.outcome is Outcome.STOPPED
    assert (SECOND, "COPY001") in new(again)
    assert {path for path, _ in new(again)} == {SECOND}
    repo.git("reset", "-q", "--hard", "main")

    edited_text = WITH_COPY.replace("二、用水", "二、饮水\n井台加了盖。")
    repo.write(FIRST, edited_text.replace("北坡", "南坡") + "四、明年\n再修一座桥。\n")
    repo.commit("edited around it")
    for since in ("main", None):
        edited = repo.gate(baseline=BASELINE, since=since, paths=["docs/2026"])
        assert (edited.outcome, new(edited)) == (Outcome.PASSED, [])
        assert known(edited) == [(FIRST, "COPY001")]

    renamed_path = "docs/2026/总结/云岭乡二〇二六年.md"
    (repo.folder / renamed_path).parent.mkdir()
    repo.git("mv", FIRST, renamed_path)
    repo.commit("renamed")
    for since in ("main", None):
        renamed = repo.gate(baseline=BASELINE, since=since, paths=["docs/2026"])
        assert (renamed.outcome, new(renamed)) == (Outcome.PASSED, [])
        assert known(renamed) == [(renamed_path, "COPY001")]
        assert fixed(renamed) == []

    repo.write(renamed_path, edited_text.replace(COPIED, "渡口今年没有动工。"))
    repo.commit("rewritten")
    rewritten = repo.gate(baseline=BASELINE)

    assert (rewritten.outcome, new(rewritten)) == (Outcome.PASSED, [])
    assert fixed(rewritten) == [(FIRST, "COPY001")]  # too little is left for a rename

    repo.git("rm", "-q", renamed_path)
    repo.commit("removed")
    removed = repo.gate(baseline=BASELINE)

    assert (removed.outcome, new(removed), known(removed)) == (Outcome.PASSED, [], [])
    assert fixed(removed) == [(FIRST, "COPY001")]
    assert ("G-removed", FIRST) in notices(removed)
    taken_out = repo.gate(baseline=BASELINE, update=True)
    assert (taken_out.accepted, fixed(taken_out)) == ((), [(FIRST, "COPY001")])
    assert len((repo.folder / BASELINE).read_text("utf-8").splitlines()) == 1


def test_a_blank_to_be_filled_in_is_known_whatever_is_edited_around_it(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    path = "docs/2026/云岭乡.md"
    repo = begun(tmp_path, **{path: f"{OWN}抄送：××××。\n"})
    repo.write(path, f"{OWN}抄送：××××。\n四、附件\n清单另附。\n")
    repo.commit()

    verdict = repo.gate()

    assert not new(verdict)
    assert (path, "SLOT001") in known(verdict)
