"""Ways round the gate: each is refused, or found, or told. None passes in silence."""

import io
import sys
import zipfile

import pytest

from detector.errors import (
    AmbiguousRevisionError,
    BaselineFileError,
    ConfigFileError,
    DetectorError,
    LinkError,
    MissingFileError,
    NoBaselineError,
    NothingToReadError,
    OptionError,
    UnknownRevisionError,
)
from detector.gate import documents
from detector.model.finding import Level, State
from detector.model.verdict import Outcome
from detector.store.lock import locked
from tests.formats.files import make_docx, make_pdf, raw_docx
from tests.gating.repository import (
    COPIED,
    OTHERS,
    OWN,
    begun,
    codes,
    known,
    new,
    notices,
)

REPORT = "docs/2026/云岭乡.md"
WITH_COPY = f"{OWN}三、渡口\n{COPIED}\n"
FOUND = (REPORT, "COPY001")


def test_the_copy_is_found_without_any_trick(repo):
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    assert new(repo.gate()) == [FOUND]


# The document is made unreadable, or something that is not read.


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("docs/2026/云岭乡.bak", "D316", id="unknown suffix"),
        pytest.param("docs/2026/云岭乡", "D316", id="no suffix"),
        pytest.param("docs/2026/云岭乡.md.", "D316", id="a dot at the end"),
        pytest.param("docs/2026/云岭乡.md ", "D316", id="a space at the end"),
        pytest.param("docs/2026/云岭乡.ｍｄ", "D316", id="full-width suffix"),
        pytest.param("docs/2026/云岭乡.md\u200b", "D316", id="zero-width suffix"),
        pytest.param("docs/2026/云岭乡.rst", "D316", id="markup without a reader"),
        pytest.param("docs/2026/云岭乡.doc", "D307", id="legacy suffix"),
        pytest.param("docs/LICENSE", "D316", id="a licence by name only"),
    ],
)
def test_a_report_under_another_name_is_refused(repo, name, code):
    repo.write(name, WITH_COPY * 2)
    repo.commit()

    verdict = repo.gate()

    assert (verdict.outcome, codes(verdict)) == (Outcome.BROKEN, [code])


@pytest.mark.skipif(sys.platform == "win32", reason="names are of one case there")
def test_a_suffix_in_capitals_is_read(repo):
    repo.write("docs/2026/云岭乡.MD", WITH_COPY)
    repo.commit()

    assert new(repo.gate()) == [("docs/2026/云岭乡.MD", "COPY001")]


@pytest.mark.parametrize("suffix", [".json", ".dat", ".py"])
def test_renaming_a_document_to_what_is_not_read_is_refused(repo, suffix):
    old = "docs/2024/河湾镇工作总结.md"
    repo.git("mv", old, f"docs/2024/河湾镇工作总结{suffix}")
    repo.commit()

    assert codes(repo.gate()) == ["D316"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(make_docx([COPIED]), "图.png", id="docx"),
        pytest.param(make_pdf(["report"]), "data.bin", id="pdf"),
        pytest.param(b"{\\rtf1 text}", "notes.dat", id="rtf"),
        pytest.param(bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600, "a.x", id="ole"),
        pytest.param(WITH_COPY.encode("gb18030"), "稿子.tmp", id="gb18030"),
        pytest.param(WITH_COPY.encode("utf-16"), "稿子.tmp", id="utf-16"),
        pytest.param(b"The bridge was mended in May. " * 40, "n.x", id="words"),
    ],
)
def test_the_format_of_a_document_is_seen_under_any_name(repo, data, name):
    repo.write(f"docs/{name}", data)
    repo.commit()

    assert codes(repo.gate()) == ["D316"]


def test_documents_in_an_archive_are_refused(repo):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("云岭乡.md", WITH_COPY)
    repo.write("docs/材料.zip", packed.getvalue())
    repo.commit()

    assert codes(repo.gate()) == ["D316"]


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("../2024/河湾镇工作总结.md", id="to a document"),
        pytest.param("../../outside.md", id="out of the repository"),
        pytest.param("nowhere.md", id="to nothing"),
        pytest.param("../../../etc", id="to a folder outside"),
    ],
)
def test_a_link_in_place_of_a_document_is_refused(repo, target):
    (repo.folder.parent / "outside.md").write_text(COPIED, "utf-8")
    repo.write("docs/2026/x", "")
    (repo.folder / "docs/2026/链接.md").symlink_to(target)
    repo.commit()

    verdict = repo.gate()

    assert (verdict.outcome, codes(verdict)) == (Outcome.BROKEN, ["D313"])


def test_a_document_that_becomes_a_link_is_refused(repo):
    (repo.folder / "docs/2024/河湾镇工作总结.md").unlink()
    (repo.folder / "docs/2024/河湾镇工作总结.md").symlink_to("青石镇工作总结.txt")
    repo.commit()

    assert codes(repo.gate()) == ["D313"]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        pytest.param(b"", "空.md", "D303", id="empty"),
        pytest.param(b"PK\x03\x04broken", "坏.docx", "D308", id="damaged"),
        pytest.param(b"\x00\x01\x02" * 300, "二进制.txt", "D306", id="binary"),
        pytest.param(
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
            "大.md",
            "D315",
            id="a pointer of Git LFS",
        ),
    ],
)
def test_what_cannot_be_read_is_an_error(repo, data, name, code):
    repo.write(f"docs/{name}", data)
    repo.commit()

    verdict = repo.gate()

    assert (verdict.outcome, codes(verdict)) == (Outcome.BROKEN, [code])


@pytest.mark.parametrize(
    ("limit", "text"),
    [("max_file_bytes = 20000", "甲" * 30_000), ("max_blocks = 99", "甲\n\n" * 100)],
)
def test_what_is_beyond_a_limit_is_an_error(repo, limit, text):
    repo.write("detector.toml", f"[limits]\n{limit}\n")
    repo.commit()
    repo.merge()
    repo.write("docs/大.md", text)
    repo.commit()

    assert codes(repo.gate()) == ["D309"]


@pytest.mark.skipif("sys.platform != 'linux'", reason="bounds memory on Linux only")
def test_what_takes_too_much_memory_is_an_error(repo):
    repo.write("detector.toml", "[limits]\nmax_read_memory = 170000000\n")
    repo.commit()
    repo.merge()
    repo.write("docs/大.md", "".join(map(chr, range(0x4E00, 0x9FA0))) * 200)
    repo.commit()

    assert codes(repo.gate()) == ["D309"]


def test_what_takes_too_long_is_an_error(repo, monkeypatch):
    monkeypatch.setattr("detector.executors.processes._START", 0.0)
    repo.write("detector.toml", "[gate]\nseconds = 0.001\n")
    repo.commit()
    repo.merge()
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    verdict = repo.gate()

    assert (verdict.outcome, codes(verdict)) == (Outcome.BROKEN, ["D318"])


def test_what_brings_its_reader_down_is_an_error(repo, monkeypatch):
    monkeypatch.setattr("detector.executors.processes._MAIN", "import os; os.abort()")
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    assert "D319" in codes(repo.gate())


def test_a_submodule_is_an_error(repo):
    head = repo.git("rev-parse", "HEAD")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{head},docs/别处")
    repo.git("commit", "-q", "-m", "a repository inside")
    (repo.folder / "docs/别处").mkdir()

    assert codes(repo.gate()) == ["D314"]


@pytest.mark.parametrize(
    "twin",
    [
        pytest.param("Docs/2026/Report.md", id="in case"),
        pytest.param("docs/2026/report.md".replace("report", "REPORT"), id="of a name"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="needs names of both cases")
def test_twins_of_a_path_are_refused(repo, twin):
    repo.write("docs/2026/report.md", OWN)
    repo.write(twin, WITH_COPY)
    repo.commit()

    verdict = repo.gate()

    assert set(codes(verdict)) == {"D317"}
    assert (twin, "COPY001") in new(verdict)


@pytest.mark.skipif(sys.platform != "linux", reason="needs names of both forms")
def test_unicode_twins_of_a_path_are_refused(repo):
    repo.write("docs/caf\u00e9.md", OWN)
    repo.write("docs/cafe\u0301.md", OWN.replace("四眼", "九眼"))
    repo.commit()

    assert set(codes(repo.gate())) == {"D317"}


# The document is hidden.


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("docs/.2026.md", id="a hidden file"),
        pytest.param(".hidden/2026.md", id="a hidden folder"),
        pytest.param("docs/2026/README.md", id="a README"),
        pytest.param("docs/~$云岭乡.md", id="a lock file"),
        pytest.param("--help.md", id="a name that is an option"),
        pytest.param("docs/a\nb.md", id="a line end in the name"),
        pytest.param("docs/$(touch x);.md", id="a command in the name"),
        pytest.param(":(exclude)docs.md", id="a pathspec"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="no such names")
def test_no_name_hides_a_document(repo, path):
    repo.write(path, WITH_COPY)
    repo.commit()

    assert (path, "COPY001") in new(repo.gate())


def test_ignore_files_hide_nothing(repo):
    repo.write(".gitignore", "docs/2026/\n")
    repo.write(".gitattributes", "*.md -diff -text linguist-generated export-ignore\n")
    repo.write(REPORT, WITH_COPY)
    repo.git("add", "-f", ".")
    repo.git("commit", "-q", "-m", "ignored, and added by force")

    verdict = repo.gate()

    assert new(verdict) == [FOUND]
    assert ("G-around-changed", ".gitattributes") in notices(verdict)


def test_a_merge_commit_hides_nothing(repo):
    repo.git("checkout", "-q", "-b", "side", "main")
    repo.write("docs/2026/白沙乡.md", OWN.replace("云岭乡", "白沙乡"))
    repo.commit()
    repo.git("checkout", "-q", "request")
    repo.git("merge", "-q", "--no-ff", "--no-commit", "side")
    repo.write(REPORT, WITH_COPY)
    repo.commit("a merge that brings more than it merges")

    assert FOUND in new(repo.gate())


def test_zero_width_signs_and_spaces_hide_nothing(repo):
    hidden = "\u200b".join(COPIED[:60]) + " ".join(COPIED[60:])
    repo.write(REPORT, f"{OWN}三、渡口\n{hidden}\n")
    repo.commit()

    found = new(repo.gate())

    assert FOUND in found
    assert (REPORT, "HIDE001") in found


def test_parts_that_are_pushed_together_are_found(repo):
    between = (
        "坡上的{0}号地改种红薯，垄宽六尺，收成比去年{0}月多出两担，"
        "装车由队里的骡子拉，账目贴在{0}号仓门口。"
    )
    parts = COPIED.replace("；", "，").split("，")
    apart = "".join(f"{one}。{between.format(n)}" for n, one in enumerate(parts, 1))
    repo.write(REPORT, f"{OWN}三、渡口\n{apart}\n")
    repo.commit()
    at_once = repo.gate()
    repo.merge()
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    assert FOUND in new(at_once) + new(repo.gate())


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param("".join(f"&#{ord(sign)};" for sign in COPIED), id="decimal"),
        pytest.param("".join(f"&#x{ord(sign):x};" for sign in COPIED), id="hex"),
        pytest.param("&shy;".join(COPIED), id="soft hyphens between them"),
    ],
)
def test_characters_written_as_references_are_refused(repo, hidden):
    repo.write(REPORT, f"{OWN}三、渡口\n{hidden}\n")
    repo.commit()

    assert codes(repo.gate()) == ["D320"]


def test_a_known_passage_hides_no_second_one(repo):
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    repo.merge()
    repo.write(REPORT, f"{WITH_COPY}四、又及\n{COPIED}\n")
    repo.commit()

    verdict = repo.gate()

    assert known(verdict) == [FOUND]
    assert FOUND in new(verdict)
    lines = [f.line for _, f in verdict.found(State.NEW) if f.rule == "COPY001"]
    assert lines == [9]


def test_a_known_passage_does_not_grow_in_silence(repo):
    text = OTHERS["docs/2024/青石镇工作总结.txt"].splitlines()[2]
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    repo.merge()
    repo.write(REPORT, f"{WITH_COPY.rstrip()}{text}\n")
    repo.commit()

    assert FOUND in new(repo.gate())


def test_a_comment_of_the_request_silences_nothing_in_it(repo):
    comment = '<!-- detector: ignore COPY001 COPY002 reason="agreed" -->'
    repo.write(REPORT, f"{comment}\n{OWN}三、渡口\n\n{comment}\n{COPIED}\n")
    repo.commit()

    verdict = repo.gate()

    assert new(verdict) == [FOUND]
    assert ("G-comment", REPORT) in notices(verdict)
    repo.merge()
    repo.write(REPORT, (repo.folder / REPORT).read_text("utf-8") + "四、其他\n修桥。\n")
    repo.commit()
    later = repo.gate()
    assert (new(later), known(later)) == ([], [])  # the base has the comment


# The settings, the baseline or the corpus are changed in the same request.

LENIENT = '[gate]\nignore = ["COPY001", "COPY002"]\nexclude = ["docs/2026/**"]\n'


def test_new_settings_are_not_in_force(repo):
    repo.write("detector.toml", LENIENT)
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    verdict = repo.gate()

    assert new(verdict) == [FOUND]
    assert ("G-policy-new", "detector.toml") in notices(verdict)


@pytest.mark.parametrize("name", ["detector.toml", "pyproject.toml"])
def test_changed_settings_are_not_in_force(repo, name):
    head = "[tool.detector]\n" if name == "pyproject.toml" else ""
    repo.write(name, f'{head}background = "shipped"\n')
    repo.commit()
    repo.merge()
    lenient = LENIENT.replace("[gate]", "[tool.detector.gate]") if head else LENIENT
    repo.write(name, lenient)
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    verdict = repo.gate()

    assert new(verdict) == [FOUND]
    assert ("G-policy-changed", name) in notices(verdict)


def test_settings_nearer_by_are_not_in_force(repo, monkeypatch):
    repo.write("docs/detector.toml", LENIENT)
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    monkeypatch.chdir(repo.folder / "docs")

    verdict = repo.gate()

    assert new(verdict) == [FOUND]
    assert ("G-policy-new", "docs/detector.toml") in notices(verdict)


def test_settings_that_the_request_breaks_are_an_error(repo):
    repo.write("detector.toml", "[gate]\n")
    repo.commit()
    repo.merge()
    repo.write("detector.toml", "[gate\n")
    repo.commit()

    with pytest.raises(ConfigFileError):
        repo.gate()


def test_settings_taken_away_stay_in_force(repo):
    repo.write("detector.toml", '[gate]\nerror = ["COPY001>=10字"]\n')
    repo.commit()
    repo.merge()
    repo.git("rm", "-q", "detector.toml")
    repo.write(REPORT, f"{OWN}三、渡口\n{COPIED[:48]}。\n")
    repo.commit()

    verdict = repo.gate()

    assert verdict.outcome is Outcome.STOPPED
    assert ("G-policy-changed", "detector.toml") in notices(verdict)


def test_a_baseline_of_the_request_is_not_in_force(repo):
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    repo.gate(baseline="b.jsonl", update=True)
    repo.commit("accept one's own copy")

    verdict = repo.gate(baseline="b.jsonl")

    assert new(verdict) == [FOUND]
    assert ("G-policy-new", "b.jsonl") in notices(verdict)


def test_a_changed_baseline_is_not_in_force(repo):
    repo.gate(baseline="b.jsonl", update=True, since=None)
    repo.commit()
    repo.merge()
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    repo.gate(baseline="b.jsonl", update=True)
    repo.commit("accept one's own copy")

    verdict = repo.gate(baseline="b.jsonl")

    assert new(verdict) == [FOUND]
    assert ("G-policy-changed", "b.jsonl") in notices(verdict)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("", id="empty"),
        pytest.param("[]\n", id="of another tool"),
        pytest.param('{"format": "detector/baseline/9"}\n', id="of another version"),
        pytest.param('{"format": "detector/baseline/1"}\n<<<<<<< x\n', id="a conflict"),
        pytest.param('{"format": "detector/baseline/1"}\n{"path": 1}\n', id="a line"),
    ],
)
@pytest.mark.parametrize("since", ["main", None])
def test_a_foreign_baseline_is_an_error(repo, data, since):
    repo.write("b.jsonl", data)
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    with pytest.raises(BaselineFileError):
        repo.gate(baseline="b.jsonl", since=since)


@pytest.mark.parametrize("since", ["main", None])
def test_a_missing_baseline_is_an_error(repo, since):
    with pytest.raises(NoBaselineError):
        repo.gate(baseline="nowhere.jsonl", since=since)


def test_a_baseline_taken_away_stays_in_force_and_is_told(repo):
    repo.gate(baseline="b.jsonl", update=True, since=None)
    repo.commit()
    repo.merge()
    repo.git("rm", "-q", "b.jsonl")
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    verdict = repo.gate(baseline="b.jsonl")

    assert new(verdict) == [FOUND]
    assert ("G-policy-changed", "b.jsonl") in notices(verdict)


def test_a_corpus_that_the_request_empties_is_compared_with(repo):
    notice = "docs/来文/通知.md"
    repo.write("detector.toml", '[gate]\ncorpus = ["docs/来文"]\n')
    repo.write(notice, f"# 通知\n\n{COPIED.replace('四百一十', '五百二十')}\n")
    for path in OTHERS:
        repo.git("rm", "-q", path)
    repo.commit()
    repo.merge()
    repo.git("rm", "-q", notice)
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    verdict = repo.gate()

    assert FOUND in new(verdict)
    assert ("G-policy-changed", "docs/来文") in notices(verdict)


def test_a_new_path_with_lenient_rules_is_told(repo):
    repo.write("detector.toml", '[gate.paths."旧档/**"]\nignore = ["COPY001"]\n')
    repo.commit()
    repo.merge()
    (repo.folder / "旧档").mkdir()
    repo.git("mv", "docs/2024/河湾镇工作总结.md", "旧档/河湾镇工作总结.md")
    repo.commit()

    assert ("G-into-others", "旧档/河湾镇工作总结.md") in notices(repo.gate())


def test_a_document_renamed_into_what_is_excluded_is_told(repo):
    repo.write("detector.toml", '[gate]\nexclude = ["旧档/**"]\n')
    repo.commit()
    repo.merge()
    (repo.folder / "旧档").mkdir()
    repo.git("mv", "docs/2024/河湾镇工作总结.md", "旧档/河湾镇工作总结.md")
    repo.commit()

    verdict = repo.gate()

    assert ("G-into-excluded", "旧档/河湾镇工作总结.md") in notices(verdict)
    assert verdict.excluded == 1


@pytest.mark.parametrize(
    "path",
    [".github/workflows/gate.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"],
)
def test_a_changed_pipeline_is_told(repo, path):
    repo.write(path, "# nothing runs\n")
    repo.commit()

    assert ("G-around-changed", path) in notices(repo.gate())


# The job itself is made to look at nothing.


def test_a_tag_in_the_name_of_the_base_is_refused(repo):
    repo.git("update-ref", "refs/remotes/origin/main", "main")
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    repo.git("tag", "origin/main", "HEAD")

    with pytest.raises(AmbiguousRevisionError):
        repo.gate(since="origin/main")
    assert new(repo.gate(since="refs/remotes/origin/main")) == [FOUND]


@pytest.mark.parametrize(
    "ref",
    ["", " ", "nowhere", "0" * 40, "--output=x", "main\0", "HEAD:docs", "-h"],
)
def test_a_base_that_there_is_not_is_an_error(repo, ref):
    with pytest.raises(UnknownRevisionError):
        repo.gate(since=ref)


@pytest.mark.parametrize("path", ["", "nowhere", "../elsewhere", "/"])
def test_a_path_that_there_is_not_is_an_error(repo, path):
    with pytest.raises(MissingFileError):
        repo.gate(paths=[path])


def test_nothing_to_read_is_an_error(repo):
    repo.write("code/x.py", "print()\n")
    repo.commit()

    with pytest.raises(NothingToReadError):
        repo.gate(paths=["code"])


def test_taking_all_documents_away_is_an_error(repo):
    repo.git("rm", "-q", "-r", "docs")
    repo.commit()

    with pytest.raises(NothingToReadError):
        repo.gate()


def test_a_limit_on_what_has_no_size_is_an_error(repo):
    repo.write("detector.toml", '[gate]\nerror = ["SLOT001>=3字"]\n')
    repo.commit()
    repo.merge()

    with pytest.raises(OptionError):
        repo.gate()


def test_modules_of_the_repository_are_not_imported(repo):
    bad = "raise SystemExit('taken over')\n"
    for name in ("detector", "pickle", "numpy", "multiprocessing", "subprocess"):
        repo.write(f"{name}.py", bad)
        repo.write(f"{name}/__init__.py", bad)
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    assert new(repo.gate()) == [FOUND]


def test_a_cache_that_the_request_could_bring_is_refused(repo):
    repo.gate(cache=repo.folder / "cache", since=None)
    repo.write(REPORT, WITH_COPY)
    repo.commit("an index of one's own making")

    with pytest.raises(OptionError):
        repo.gate(cache=repo.folder / "cache")


def test_a_document_renamed_to_where_nobody_looks_is_told(repo):
    repo.git("mv", "docs/2024/河湾镇工作总结.md", "河湾镇工作总结.md")
    repo.commit()

    assert ("G-out-of-paths", "河湾镇工作总结.md") in notices(repo.gate(paths=["docs"]))


def test_a_fault_in_one_document_hides_no_other(repo, monkeypatch):
    monkeypatch.setattr(
        "detector.executors.processes._MAIN",
        "from detector.gating import looking\n"
        "real = looking.look\n"
        "def look(checker, asked, is_gone):\n"
        "    if '白沙' in asked.now.origin.path: raise ValueError('a fault')\n"
        "    return real(checker, asked, is_gone)\n"
        "looking.look = look\n"
        "from detector.executors.child import main; main()",
    )
    repo.write("docs/2026/白沙乡.md", OWN.replace("云岭乡", "白沙乡"))
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    verdict = repo.gate()

    assert (codes(verdict), FOUND in new(verdict)) == (["D319"], True)


def test_a_cache_that_was_broken_is_made_anew(repo):
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    repo.gate()
    for index in (repo.folder / ".git" / "detector").iterdir():
        (index / "index.json").write_text("{}", "utf-8")

    assert new(repo.gate()) == [FOUND]


@pytest.mark.parametrize("beside", ["outside", "repository-2"])
def test_a_link_in_place_of_a_folder_on_the_way_is_refused(repo, tmp_path, beside):
    outside = tmp_path / beside
    outside.mkdir()
    (outside / "云岭乡.md").write_text(WITH_COPY, "utf-8")
    repo.write(REPORT, OWN)
    repo.commit()
    (repo.folder / REPORT).unlink()
    (repo.folder / "docs/2026").rmdir()
    (repo.folder / "docs/2026").symlink_to(outside)

    with pytest.raises(documents.LinkError):
        documents.read(repo.folder, REPORT, 1 << 20)
    repo.commit()
    assert "D313" in codes(repo.gate())


# Markup comes between the characters, or carries them.


@pytest.mark.parametrize(
    "around",
    [
        "<b>{}</b>",
        "[{}](#a)",
        "<ruby>{}<rt>a</rt></ruby>",
        "**{}**",
        "{}<!-- x某 -->",
        "{}<span hidden>噪声字</span>",
        "{}<del>噪</del>",
        "{}[^1]",
        "{}&thinsp;",
        "{}&ic;",
        "{}&lrm;",
        r"$\text{{{}}}$",
    ],
)
def test_markup_around_each_character_hides_nothing(repo, around):
    dressed = "".join(map(around.format, COPIED))
    repo.write(REPORT, f"{OWN}三、渡口\n{dressed}\n")
    repo.commit()

    told = {FOUND, (REPORT, "HIDE001")} if "hidden" in around else {FOUND}
    assert set(new(repo.gate())) == told


@pytest.mark.parametrize(
    "carrier",
    [
        "<textarea>{}</textarea>",
        "<svg><text>{}</text></svg>",
        '<iframe srcdoc="&lt;p&gt;{}"></iframe>',
        '<input value="{}">',
        "<ruby>x<rt>{}</rt></ruby>",
    ],
)
def test_what_carries_the_text_in_a_page_hides_nothing(repo, carrier):
    page = "".join(f"<p>{line}</p>" for line in OWN.split("\n"))
    path = "docs/2026/云岭乡.html"
    repo.write(path, f"<html><body>{page}{carrier.format(COPIED)}</body></html>")
    repo.commit()

    assert new(repo.gate(), Level.ERROR) == [(path, "COPY001")]


# The copy is made to look as if something else had it, or as if everybody had.


def test_a_second_copy_of_ones_own_takes_no_credit(repo):
    for name in ("甲", "乙"):
        repo.write(f"docs/2026/云岭乡{name}.md", WITH_COPY)
    repo.commit()

    found = new(repo.gate(), Level.ERROR)

    assert found == [(f"docs/2026/云岭乡{name}.md", "COPY001") for name in "乙甲"]


def test_a_second_copy_in_an_older_document_takes_no_credit(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    older = {f"docs/2025/云岭乡{name}.md": f"{OWN}\n{name}组。\n" for name in "甲乙"}
    repo = begun(tmp_path, **older)
    for path, text in older.items():
        repo.write(path, f"{text}三、渡口\n{COPIED}\n")
    repo.commit()

    found = new(repo.gate(), Level.ERROR)

    assert found == [(path, "COPY001") for path in sorted(older)]


def test_what_many_copy_in_one_request_is_no_common_wording(repo):
    names = [f"docs/2026/{name}山镇.md" for name in "丙丁己庚戊甲乙壬癸辛"]
    for number, path in enumerate(names):
        own = "".join(chr(0x4E00 + (number * 211 + i * 37) % 9000) for i in range(400))
        repo.write(path, f"{path[10:13]}2026年工作总结\n{own}。\n{COPIED}\n")
    repo.commit()

    found = new(repo.gate(), Level.ERROR)

    assert set(found) == {(path, "COPY001") for path in names}


def test_another_owners_name_taken_off_again_makes_a_copy(repo):
    body = WITH_COPY.partition("\n")[2]
    repo.write(REPORT, f"# 河湾镇2026年工作总结\n{body}")
    repo.commit()
    assert not new(repo.gate(), Level.ERROR)  # it says that it is their own
    repo.merge()
    repo.write(REPORT, f"# 云岭乡2026年工作总结\n{body}")
    repo.commit()

    assert new(repo.gate(), Level.ERROR) == [FOUND]


def test_another_title_alone_makes_nothing_new(repo):
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    repo.merge()
    repo.write(REPORT, WITH_COPY.replace("云岭乡2026年", "云岭镇2026年"))
    repo.commit()

    assert not new(repo.gate())


def test_what_the_base_has_got_since_is_compared_with(repo):
    repo.git("checkout", "-q", "main")
    since = (
        "渡槽两头各砌了一座沉沙池，池底装上铁箅，雨后由看水员掏一次，"
        "往年堵到渡槽口的稻草今年一回也没有见着。"
    )
    repo.write("docs/2025/石塘乡.md", f"# 石塘乡2025年工作总结\n\n{since}\n")
    repo.commit()
    repo.git("checkout", "-q", "request")
    repo.write(REPORT, f"{OWN}三、渡槽\n{since}\n")
    repo.commit()

    assert new(repo.gate()) == [FOUND]


def test_a_document_renamed_here_and_edited_there_is_no_copy_of_itself(repo):
    old = "docs/2024/河湾镇工作总结.md"
    repo.git("checkout", "-q", "main")
    repo.write(old, OTHERS[old].replace("三十七次", "三十八次"))
    repo.commit()
    repo.git("checkout", "-q", "request")
    repo.git("mv", old, "docs/2024/河湾镇.md")
    repo.commit()

    assert not new(repo.gate())


# What is looked at is not what is committed; what decides leads elsewhere.


def test_what_is_staged_otherwise_than_it_lies_there_is_told(repo):
    repo.write(REPORT, WITH_COPY)
    repo.git("add", "-A")
    repo.write(REPORT, OWN)

    assert ("G-unstaged", REPORT) in notices(repo.gate(since="HEAD"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
@pytest.mark.parametrize("name", ["detector.toml", "detector-baseline.jsonl"])
def test_settings_and_baseline_that_are_links_in_the_base_are_refused(
    tmp_path, monkeypatch, name
):
    monkeypatch.chdir(tmp_path)
    repo = begun(tmp_path)
    repo.git("checkout", "-q", "main")
    said = "" if name == "detector.toml" else '{"format": "detector/baseline/1"}\n'
    repo.write("elsewhere", said)
    (tmp_path / name).symlink_to("elsewhere")
    repo.commit()
    repo.git("checkout", "-q", "-B", "request")
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    with pytest.raises(LinkError, match=name):
        repo.gate(baseline=None if name == "detector.toml" else name)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_baseline_is_not_written_through_a_link(repo, tmp_path):
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.write_text("mine")
    (repo.folder / "detector-baseline.jsonl").symlink_to(outside)

    with pytest.raises(DetectorError):
        repo.gate(update=True)
    assert outside.read_text() == "mine"


def test_a_run_beside_another_makes_an_index_of_its_own(repo):
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    repo.gate()
    present, past = sorted((repo.folder / ".git" / "detector").iterdir())

    with locked(present), locked(past):
        assert new(repo.gate()) == [FOUND]


def test_from_a_folder_below_everything_is_looked_at(repo, monkeypatch):
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    (repo.folder / "tools").mkdir()
    monkeypatch.chdir(repo.folder / "tools")

    assert new(repo.gate()) == [FOUND]


# The passage is taken out of its source, thinned, or brought in by small steps.

SOURCE = "docs/2024/河湾镇工作总结.md"


@pytest.mark.parametrize("left", ["渡口今年没有动工。", None])
def test_taking_the_passage_from_its_source_hides_nothing(repo, left):
    if left:
        repo.write(SOURCE, OTHERS[SOURCE].replace(COPIED, left))
    else:
        repo.git("rm", "-q", SOURCE)
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    verdict = repo.gate()

    assert new(verdict) == [FOUND]
    line = {s.origin.path for r in verdict.batch.reports for s in r.sources.values()}
    assert line == {SOURCE}


def test_ones_own_text_may_move_to_another_report(repo):
    repo.write(
        REPORT, WITH_COPY.replace(COPIED, f"{OTHERS[SOURCE][20:60]}{COPIED[::-1]}")
    )
    repo.commit()
    repo.merge()
    repo.write("docs/2026/云岭乡道路.md", OWN.replace("工作总结", "道路情况"))
    repo.git("rm", "-q", REPORT)
    repo.commit()

    assert not new(repo.gate())


@pytest.mark.parametrize(
    ("name", "found"), [("河湾街道", False), ("河湾乡", False), ("云岭乡", True)]
)
def test_a_report_under_another_name_is_new_if_that_is_another_organisations(
    repo, name, found
):
    renamed = SOURCE.replace("河湾镇", name)
    repo.git("mv", SOURCE, renamed)
    repo.write(renamed, OTHERS[SOURCE].replace("河湾镇", name))
    repo.commit()

    assert ((renamed, "COPY001") in new(repo.gate(), Level.ERROR)) is found


@pytest.mark.parametrize("title", ["渡口手册", "# How to run the ferry"])
def test_what_nobody_has_signed_may_be_split(repo, title):
    parts = [OTHERS[SOURCE].split("\n", 1)[1], OWN.split("\n", 1)[1]]
    repo.write("docs/手册.md", f"{title}\n\n{parts[0]}\n\n{parts[1]}")
    repo.commit()
    repo.merge()
    repo.git("rm", "-q", SOURCE)
    repo.commit()
    repo.merge()
    repo.write("docs/手册.md", f"{title}\n\n{parts[1]}")
    repo.write("docs/手册二.md", f"{title}\n\n{parts[0]}")
    repo.commit()

    assert not new(repo.gate(), Level.ERROR)


def test_text_of_another_body_with_a_name_alike_is_new(repo):
    """One of them has not become the other: both have been there before."""
    repo.write("docs/2023/河湾乡.md", OWN.replace("云岭乡", "河湾乡"))
    repo.commit()
    repo.merge()
    repo.write(SOURCE, OTHERS[SOURCE].replace(COPIED, "渡口今年没有动工。"))
    other = OWN.replace("云岭乡", "河湾乡").replace("机耕路", "石板桥")
    repo.write("docs/2026/河湾乡.md", f"{other}三、渡口\n{COPIED}\n")
    repo.commit()

    found = new(repo.gate(), Level.ERROR)

    assert ("docs/2026/河湾乡.md", "COPY001") in found


def test_a_removed_report_makes_no_other_body_of_its_stem_its_heir(repo):
    repo.git("rm", "-q", SOURCE)
    own = "".join(f"第{n}号机井水位{n * 37}毫米，水价每度{n}角。\n" for n in range(60))
    other = OWN.replace("云岭乡", "河湾乡")
    repo.write("docs/2026/河湾乡.md", f"{other}{own}三、渡口\n{COPIED}\n")
    repo.commit()

    found = new(repo.gate(), Level.ERROR)

    assert ("docs/2026/河湾乡.md", "COPY001") in found


@pytest.mark.parametrize("title", ["渡口纪事", "# Report of the ferry"])
def test_text_that_moves_between_unsigned_documents_is_told(repo, title):
    repo.write(SOURCE, OTHERS[SOURCE].replace("河湾镇2024年工作总结", title))
    repo.commit()
    repo.merge()
    repo.write(
        SOURCE,
        OTHERS[SOURCE]
        .replace("河湾镇2024年工作总结", title)
        .replace(COPIED, "渡口今年没有动工。"),
    )
    repo.write("docs/b.md", f"笔记\n{OWN[12:]}三、渡口\n{COPIED}\n")
    repo.commit()

    verdict = repo.gate()

    assert ("docs/b.md", "COPY001") in new(verdict)
    assert not new(verdict, Level.ERROR)


def test_a_county_signs_with_its_name(repo):
    repo.write(SOURCE, OTHERS[SOURCE].replace("河湾镇", "河湾县"))
    repo.commit()
    repo.merge()
    repo.write(
        SOURCE,
        OTHERS[SOURCE].replace("河湾镇", "河湾县").replace(COPIED, "今年没有动工。"),
    )
    repo.write(REPORT, WITH_COPY.replace("云岭乡", "云岭县"))
    repo.commit()

    assert FOUND in new(repo.gate(), Level.ERROR)


def sources_of_two(repo):
    """Give two organisations the same long text; return a draft that has it, too."""
    for name in ("河湾镇", "白沙乡"):
        repo.write(f"docs/{name}.md", f"# {name}2022年工作总结\n\n{COPIED}\n")
    repo.git("rm", "-q", SOURCE)
    repo.commit()
    repo.merge()
    return f"# 云岭乡2026年工作总结\n\n{COPIED}\n"


def test_an_edit_of_the_base_makes_nothing_common(repo):
    draft = sources_of_two(repo)
    repo.git("checkout", "-q", "main")
    for name in ("河湾镇", "白沙乡"):
        text = (repo.folder / f"docs/{name}.md").read_text("utf-8")
        repo.write(f"docs/{name}.md", f"{text}\n附：联系人老周。\n")
    repo.commit()
    repo.git("checkout", "-q", "request")
    repo.write(REPORT, draft)
    repo.commit()

    assert (REPORT, "COPY002") in new(repo.gate(), Level.ERROR)


def test_sources_under_other_names_are_no_more_than_they_were(repo):
    draft = sources_of_two(repo)
    for old, name in (("河湾镇", "石塘乡"), ("白沙乡", "黄坡乡")):
        repo.git("mv", f"docs/{old}.md", f"docs/{name}.md")
        repo.write(f"docs/{name}.md", f"# {name}2022年工作总结\n\n{COPIED}\n")
    repo.write(REPORT, draft)
    repo.commit()

    verdict = repo.gate()

    assert (REPORT, "COPY002") in new(verdict, Level.ERROR)
    assert ("G-owner", "docs/石塘乡.md") in notices(verdict)


@pytest.mark.parametrize("title", ["云岭乡2024年工作总结", "渡口改造"])
def test_a_document_that_is_signed_otherwise_is_told(repo, title):
    repo.write(SOURCE, OTHERS[SOURCE].replace("河湾镇2024年工作总结", title))
    repo.commit()

    assert ("G-owner", SOURCE) in notices(repo.gate())


def test_what_both_sides_take_from_its_source_is_compared_with(repo):
    repo.git("checkout", "-q", "main")
    repo.write(SOURCE, OTHERS[SOURCE].replace(COPIED, "渡口停用了。"))
    repo.commit()
    repo.git("checkout", "-q", "request")
    repo.write(SOURCE, OTHERS[SOURCE].replace(COPIED, "渡口没有动工。"))
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    assert FOUND in new(repo.gate(), Level.ERROR)


@pytest.mark.parametrize("kind", ["texts", "seeds"])
def test_a_damaged_cache_is_made_anew(repo, kind):
    repo.git("rm", "-q", SOURCE)
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    repo.gate()
    for file in (repo.folder / ".git" / "detector").glob(f"*/*.{kind}"):
        data = bytearray(file.read_bytes())
        data[-40:] = bytes(byte ^ 255 for byte in data[-40:])
        file.write_bytes(data)

    assert new(repo.gate()) == [FOUND]


def test_ten_copies_of_what_its_source_loses_are_copies(repo):
    repo.write(SOURCE, OTHERS[SOURCE].replace(COPIED, "".join(reversed(COPIED))))
    for name in "甲乙丙丁戊己庚辛壬癸":
        own = OWN.replace("云岭乡", f"{name}山镇")
        repo.write(f"docs/2026/{name}山镇.md", f"{own}三、渡口\n{COPIED}\n")
    repo.commit()

    copied = [path for path, rule in new(repo.gate(), Level.ERROR) if rule == "COPY001"]

    assert len(copied) == 10


def test_a_report_in_another_format_is_the_same_report(repo):
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    repo.merge()
    repo.git("rm", "-q", REPORT)
    repo.write(REPORT.replace(".md", ".docx"), make_docx(WITH_COPY.split("\n")))
    repo.commit()

    assert not new(repo.gate(), Level.ERROR)


@pytest.mark.parametrize("every", [1, 2, 4])
def test_thinning_that_is_taken_out_again_is_found(repo, every):
    thinned = "".join(
        c + "葭苘蓼薏苡菰"[n % 6] * (n % every == 0) for n, c in enumerate(COPIED)
    )
    repo.write(REPORT, WITH_COPY.replace(COPIED, thinned))
    repo.commit()
    first = new(repo.gate(), Level.ERROR)
    repo.merge()
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    assert first or new(repo.gate(), Level.ERROR) == [FOUND]


def test_a_copy_that_grows_by_little_is_new_when_it_is_an_error(repo):
    found = []
    for length in (20, 40, 60, 80, len(COPIED)):
        repo.write(REPORT, f"{OWN}三、渡口\n{COPIED[:length]}\n")
        repo.commit()
        found += new(repo.gate(), Level.ERROR)
        repo.merge()

    assert FOUND in found


@pytest.mark.parametrize("first", ["data/x.csv", "旧档/云岭乡.md"])
def test_what_was_no_document_in_the_base_is_new_when_it_becomes_one(repo, first):
    repo.write("detector.toml", '[gate]\nexclude = ["旧档"]\n')
    repo.commit()
    repo.merge()
    table = "".join(f"{n},{line}\n" for n, line in enumerate(WITH_COPY.split("\n")))
    repo.write(first, table if first.endswith("csv") else WITH_COPY)
    repo.commit()
    assert not new(repo.gate())
    repo.merge()
    (repo.folder / "docs" / "2026").mkdir()
    repo.git("mv", first, REPORT)
    repo.commit()

    assert FOUND in new(repo.gate())


def test_a_copy_in_place_of_a_long_old_passage_is_new(repo):
    common = (
        "".join(sorted(set(COPIED + "的一是在不了有和人这中大为上个国我以要他"))) * 90
    )
    repo.write(REPORT, WITH_COPY.replace(COPIED, common))
    repo.commit()
    repo.merge()
    repo.write(REPORT, WITH_COPY)
    repo.commit()

    assert FOUND in new(repo.gate())


def test_what_was_accepted_of_a_removed_report_is_new_in_another_of_its_name(repo):
    repo.write(REPORT, WITH_COPY)
    repo.gate(since=None, update=True, paths=[REPORT])
    repo.commit()
    repo.merge()
    repo.git("rm", "-q", REPORT)
    repo.commit()
    repo.merge()
    other = OWN.replace("云岭乡", "白沙乡").replace("机耕路", "石板桥")
    repo.write(REPORT, f"{other}三、渡口\n{COPIED}\n")
    repo.commit()

    assert FOUND in new(repo.gate(baseline="detector-baseline.jsonl"))


def test_what_the_base_has_just_so_is_none_of_the_request(repo):
    """Of two commits that both sides come from, git names one."""
    repo.write("a.md", OWN)
    first = repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write("docs/2027/白沙乡.md", WITH_COPY.replace("云岭乡", "白沙乡"))
    second = repo.commit()
    repo.git("merge", "-q", "--no-ff", "-m", "one way", first)
    repo.git("checkout", "-q", "request")
    repo.git("merge", "-q", "--no-ff", "-m", "the other way", second)

    assert not new(repo.gate())


def test_a_tag_called_like_a_branch_with_an_at_is_refused(repo):
    repo.git("branch", "release@2024", "main")
    repo.write(REPORT, WITH_COPY)
    repo.commit()
    repo.git("tag", "release@2024", "HEAD")

    with pytest.raises(AmbiguousRevisionError):
        repo.gate(since="release@2024")


def test_noise_that_nobody_sees_in_a_word_file_hides_nothing(repo):
    def run(text, properties=""):
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"

    noise = run("噪声", '<w:color w:val="FFFFFF"/>')
    paragraphs = [run(line) for line in OWN.split("\n")]
    paragraphs.append("".join(f"{run(char)}{noise}" for char in COPIED))
    body = "".join(f"<w:p>{one}</w:p>" for one in paragraphs)
    path = "docs/2026/云岭乡.docx"
    repo.write(path, raw_docx(body))
    repo.commit()

    found = new(repo.gate())

    assert (path, "COPY001") in found
    assert found.count((path, "HIDE001")) == 1


def test_without_git_that_less_is_compared_with_is_told(repo, monkeypatch):
    monkeypatch.setenv("PATH", "")
    repo.write(REPORT, WITH_COPY)

    verdict = repo.gate(since=None, paths=["docs/2026"])

    assert [one.code for one in verdict.notices] == ["G-no-git"]
