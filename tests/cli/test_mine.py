"""`detector mine`, and `check` with what it found: printed, written, and with which
status."""

import json
import tomllib

import pytest

from detector.reporters.json_report import schema
from tests.cli.test_index import detector
from tests.templates.test_mining import PLACES, THINGS, own

SENTENCE = "{year}年，{place}围绕{thing}开展自查，全部整改到位，群众反映良好。"


def filled(n, thing=None):
    return SENTENCE.format(
        year=2015 + n, place=PLACES[n % 6], thing=thing or THINGS[n % 6]
    )


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    for n in range(6):
        file = folder / f"{PLACES[n]}" / f"{2015 + n}-工作总结.txt"
        file.parent.mkdir(parents=True)
        file.write_text(f"一、工作情况\n{own(n)}\n{filled(n)}\n{own(n + 50)}", "utf-8")
    layout = 'layout = "{organisation}/{year}-{genre}"'
    (folder / "corpus.toml").write_text(layout, "utf-8")
    return folder


@pytest.fixture
def draft(tmp_path):
    file = tmp_path / "draft.txt"
    text = f"一、工作情况\n{own(77)}\n{filled(9, '库房搬迁')}\n{own(78)}"
    file.write_text(text, "utf-8")
    return file


def templates(path):
    return tomllib.loads(path.read_text("utf-8"))["template"]


def checked(draft, library, *more):
    ran = detector("check", draft, "--library", library, "--format", "json", *more)
    assert not ran.stderr
    found = json.loads(ran.stdout)
    import jsonschema

    jsonschema.validate(found, schema())
    return found["reports"][0]


def test_templates_are_mined_written_and_found_in_a_draft(corpus, draft, tmp_path):
    library = tmp_path / "a.toml"

    ran = detector("mine", corpus, "-o", library)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("1 templates and 0 phrases of 6 documents (6 org")
    (one,) = templates(library)
    assert one["text"].startswith("〔年份〕年，〔地名〕围绕〔任意〕开展自查")
    assert (one["id"], one["organisations"]) == ("T-001", 6)
    assert one["years"] == ["2015", "2020"]

    report = checked(draft, library)
    (fit,) = report["templates"]
    assert fit["text"] == filled(9, "库房搬迁")[:-1]
    assert (fit["id"], fit["organisations"], fit["share"]) == ("T-001", 6, 1.0)
    (finding,) = report["findings"]
    assert finding["rule"] == "BOIL002"
    assert "T-001 (organisations that use it: 6)" in finding["message"]
    assert report["ledger"]["boilerplate"] == fit["equal"]
    assert report["ledger"]["copied"] == 0  # there is no source to name


def test_a_template_is_used_by_all_whose_sentences_fit_it(corpus, tmp_path):
    library = tmp_path / "a.toml"
    part = "2023年，第一小组围绕房屋修缮开展自查，全部整改到位。"
    (corpus / "旁岭镇").mkdir()
    (corpus / "旁岭镇/2024-工作总结.txt").write_text(f"{own(90)}\n{part}", "utf-8")

    assert detector("mine", corpus, "-o", library).returncode == 0

    (one,) = templates(library)
    found = [
        checked(file, library)["templates"] for file in sorted(corpus.rglob("*.txt"))
    ]
    assert one["organisations"] == one["documents"] == sum(map(bool, found)) == 7
    assert one["years"] == ["2015", "2024"]


def test_templates_of_which_a_check_says_nothing_are_not_listed(corpus, tmp_path):
    library = tmp_path / "a.toml"
    phrases = "增强“四个意识”、坚定“四个自信”、做到“两个维护”，坚持全面从严治党。"
    for file in corpus.rglob("*.txt"):
        file.write_text(f"{file.read_text('utf-8')}\n{phrases}", "utf-8")

    assert detector("mine", corpus, "-o", library).returncode == 0

    assert [one["text"][:8] for one in templates(library)] == ["〔年份〕年，〔地"]


def test_verdicts_are_kept_and_heard(corpus, draft, tmp_path):
    library = tmp_path / "a.toml"
    detector("mine", corpus, "-o", library, "-q")
    before = checked(draft, library)["ledger"]

    for verdict, rules in (("not_boilerplate", []), ("keep", ["BOIL002"])):
        text = library.read_text("utf-8")
        old = text[text.index("verdict = ") :].partition("\n")[0]
        library.write_text(text.replace(old, f'verdict = "{verdict}"'), "utf-8")

        again = detector("mine", corpus, "-o", library)

        assert again.returncode == 0
        assert [one["verdict"] for one in templates(library)] == [verdict]
        report = checked(draft, library)
        assert [finding["rule"] for finding in report["findings"]] == rules
        assert (report["ledger"] == before) == (verdict == "keep")


def test_a_template_that_is_a_set_phrase_is_counted_as_one(draft, tmp_path):
    library = tmp_path / "a.toml"
    library.write_text(
        'schema = "detector/library/1"\n[[template]]\nid = "T-1"\n'
        'verdict = "set_phrase"\ntext = "全部整改到位，群众反映良好"\n',
        "utf-8",
    )

    report = checked(draft, library)

    assert report["findings"] == report["templates"] == []
    assert report["ledger"]["set_phrase"] == 12


def test_a_phrase_counts_when_a_person_said_so(draft, tmp_path):
    library = tmp_path / "a.toml"
    for verdict, expected in (("", 0), ("no", 0), ("set_phrase", 6)):
        library.write_text(
            'schema = "detector/library/1"\n[[phrase]]\n'
            f'text = "全部整改到位"\nverdict = "{verdict}"\n',
            "utf-8",
        )

        assert checked(draft, library)["ledger"]["set_phrase"] == expected


def test_the_library_may_stand_in_the_configuration(corpus, draft, tmp_path):
    detector("mine", corpus, "-o", tmp_path / "a.toml")
    (tmp_path / "detector.toml").write_text('library = "a.toml"', "utf-8")

    ran = detector("check", draft, "--format", "json", cwd=tmp_path)

    assert len(json.loads(ran.stdout)["reports"][0]["templates"]) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mine", "{corpus}", "--min-organisations", "7"], "D205"),
        (["mine", "nowhere"], "D302"),
        (["mine", "{corpus}", "-o", "no/such/folder.toml"], "D311"),
        (["mine", "{corpus}", "-o", "bad.toml"], "D204"),
        (["check", "{corpus}", "--library", "nowhere.toml"], "D302"),
        (["check", "{corpus}", "--library", "bad.toml"], "D204"),
    ],
)
def test_what_cannot_be_done_is_one_line(corpus, tmp_path, arguments, said):
    (tmp_path / "bad.toml").write_text("schema = 3", "utf-8")
    given = [one.format(corpus=corpus) for one in arguments]

    ran = detector(*given, cwd=tmp_path)

    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert f" {said} " in ran.stderr


def test_a_library_of_another_suffix_is_refused(corpus, tmp_path):
    ran = detector("mine", corpus, "-o", tmp_path / "a.txt")

    assert ran.returncode == 2
    assert ".toml" in ran.stderr


def test_what_could_not_be_read_is_told_and_the_rest_is_mined(corpus, tmp_path):
    (corpus / PLACES[0] / "2023-空白.txt").write_text(" ", "utf-8")

    ran = detector("mine", corpus, "-o", tmp_path / "a.toml")

    assert ran.returncode == 2
    assert "D303" in ran.stderr
    assert len(templates(tmp_path / "a.toml")) == 1
