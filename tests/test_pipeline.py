"""A check as a notebook sees it: what is found, credited and said."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detector as d
from detector.formats import load_bytes
from detector.formats.library import save_library
from detector.model.document import Document, Omission, Origin
from detector.model.match import Label, MatchKind
from detector.model.template import Library, Template, Verdict
from detector.pipeline import Checker, check_files
from tests.formats.files import make_docx, make_html, make_pdf, seed_paragraphs
from tests.strategies import texts
from tests.templates.test_mining import own

SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt"))
ONE = "面对千头万绪的工作，产生了歇一歇、缓一缓的想法，缺乏越是艰难越向前的精气神"
TWO = "深入开展入户走访，逐户登记困难群众的实际需求，建立台账并按月销号办结"
OWN = "今年河堤加固三公里，清理沟渠两处，种植柳树四百棵"


@pytest.mark.parametrize(
    ("suffix", "make"),
    [
        pytest.param(".txt", lambda p: "\r\n".join(p).encode("gb18030"), id="GB18030"),
        pytest.param(".txt", lambda p: "\n".join(p).encode("utf-16"), id="UTF-16"),
        pytest.param(".md", lambda p: "\n\n".join(p).encode(), id="md"),
        pytest.param(".docx", make_docx, id="docx"),
        pytest.param(".html", make_html, id="html"),
        pytest.param(".pdf", make_pdf, id="pdf"),
    ],
)
def test_the_format_of_a_file_does_not_change_its_scores(suffix, make):
    plain = d.check(SEED)
    file = load_bytes(make(seed_paragraphs()), f"report{suffix}", suffix)

    report = d.check(file)

    assert report.ledger.counted == pytest.approx(plain.ledger.counted, abs=5)
    assert report.originality == pytest.approx(plain.originality, abs=0.2)
    assert report.self_repetition == pytest.approx(plain.self_repetition, abs=0.001)
    assert report.specificity == pytest.approx(plain.specificity, abs=0.1)
    assert rules(report) == rules(plain)


def document(text, path="draft.txt", organisation="", year=""):
    origin = {"organisation": organisation, "year": year}
    return Document.from_text(f"一、工作情况\n{text}。", path, **origin)


def against(draft, *sources):
    return Checker(d.Corpus("corpus", tuple(sources))).check(draft)


def rules(report):
    return [finding.rule for finding in report.findings]


class TestTheSeed:
    """The report that started the project."""

    report = d.check(SEED)

    def test_has_one_repeat_at_line_27_of_line_19(self):
        (finding,) = [f for f in self.report.findings if f.rule == "SELF001"]
        (match,) = self.report.matches

        assert (finding.rule, finding.line) == ("SELF001", 27)
        assert self.report.draft.line_and_column(match.source.start)[0] == 19
        assert (finding.facts["equal"], finding.facts["total"]) == (127, 135)

    def test_repeats_itself_by_2_7_percent(self):
        assert self.report.self_repetition == pytest.approx(0.027, abs=0.003)

    def test_says_what_was_changed(self):
        (match,) = self.report.matches

        assert ("经济", "全社区", 1) in match.substitutions
        assert ("念头", "想法", 1) in match.substitutions

    def test_its_echoes_are_structure(self):
        assert not any("带头" in match.draft.text for match in self.report.matches)


def test_a_copied_passage_names_its_source_on_both_sides():
    draft = document(f"{OWN}。{ONE}")
    source = document(f"{TWO}。{ONE}", "source.txt")

    report = against(draft, source)
    (match,) = report.matches

    assert match.draft.text == match.source.text == f"{ONE}。"
    assert (match.label, match.kind) == (Label.COPIED, MatchKind.VERBATIM)
    assert rules(report) == ["COPY001"]
    assert report.largest_source.document is source


def test_what_many_organisations_hold_is_boilerplate():
    holders = [document(ONE, f"{n}.txt", organisation=f"单位{n}") for n in range(8)]

    report = against(document(f"{OWN}。{ONE}"), *holders)

    assert report.ledger.copied == 0
    assert report.ledger.boilerplate == report.matches[0].alignment.equal
    assert rules(report) == ["BOIL001"]


def test_forty_drafts_of_one_organisation_count_once():
    files = [document(ONE, f"{n}.txt", organisation="同一单位") for n in range(40)]

    report = against(document(f"{OWN}。{ONE}"), *files)

    assert report.ledger.boilerplate == 0
    assert report.matches[0].organisations == 1


def test_ones_own_organisation_is_no_other_holder():
    draft = document(f"{OWN}。{ONE}", organisation="本单位", year="2024")
    last_year = document(ONE, "2023.txt", organisation="本单位", year="2023")

    (match,) = against(draft, last_year).matches

    assert match.organisations == 0


def test_each_character_is_credited_once_and_to_the_older_of_equals():
    newer = document(ONE, "a.txt", "甲", "2023")
    older = document(ONE, "b.txt", "乙", "2021")

    report = against(document(f"{OWN}。{ONE}"), newer, older)
    credit = {m.source.document.origin.path: m.credit for m in report.matches}

    assert credit["a.txt"] == 0
    assert credit["b.txt"] == report.matches[0].alignment.equal


def test_a_draft_in_the_corpus_is_not_its_own_source_but_a_twin_is():
    draft = document(f"{OWN}。{ONE}", "here.txt")
    same_file = document(f"{OWN}。{ONE}", "here.txt")
    twin = document(f"{OWN}。{ONE}", "there.txt")

    assert against(draft, same_file).matches == ()
    assert "COPY002" in rules(against(draft, same_file, twin))


def test_comparing_a_text_with_itself_finds_all_of_it():
    report = d.compare(document(f"{OWN}。{ONE}"), document(f"{OWN}。{ONE}"))

    assert report.ledger.copied > 0.8 * report.ledger.counted


def test_who_asks_for_the_matches_pays_for_nothing_else(monkeypatch):
    def asked(*_, **__):
        raise AssertionError

    for module, name in (
        ("pipeline", "find_facts"),
        ("pipeline", "outline"),
        ("judgement", "apply_rules"),
    ):
        monkeypatch.setattr(f"detector.{module}.{name}", asked)
    text = "青禾镇全年新修道路十二公里，三十余户群众受益，集市也搬进了新的大棚。"
    report = d.compare(Document.from_text(text), Document.from_text(f"另有：{text}"))
    assert [match.label for match in report.matches] == [Label.COPIED]
    assert report.originality == 0
    for name in ("facts", "sections", "findings", "remarks", "silenced", "advice"):
        with pytest.raises(AssertionError):
            len(getattr(report, name))


def test_a_settled_report_is_the_same_and_keeps_nothing():
    draft = Document.from_text(
        "一、概况\n青禾镇新修道路十二公里。\n二、打算\n再修三公里。"
    )
    report = d.check(draft)
    settled = report.settled()
    assert settled == report
    assert settled.again is None
    assert all(
        type(getattr(settled, name)) is tuple
        for name in ("facts", "sections", "paragraphs", "findings", "advice", "answers")
    )


def test_a_batch_keeps_nothing_of_what_its_reports_were_made_of(tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text("青禾镇新修道路十二公里，三十余户群众受益。", "utf-8")

    (report,) = check_files([str(path)]).reports

    assert report.again is None
    assert type(report.findings) is type(report.facts) is tuple


def test_a_comparison_has_no_answers():
    text = "一、存在的问题\n（一）学习不够。\n二、整改措施\n（一）加强学习。\n"
    draft = Document.from_text(text * 2)

    assert d.compare(draft, draft).answers == ()


def test_a_comparison_tells_what_hides():
    draft = document("ʼ".join(f"{OWN}，{ONE}"))

    assert rules(d.compare(draft, document(f"{OWN}，{ONE}"))) == ["HIDE001"]


def test_a_repeat_that_is_also_in_the_corpus_counts_once():
    draft = document(f"{ONE}。{OWN}。{ONE}")

    report = against(draft, document(ONE, "source.txt"))

    assert report.ledger.self_repeat == 0
    assert report.ledger.copied >= 2 * len(ONE.replace("，", "").replace("、", ""))


@pytest.mark.parametrize("copies", [2, 3, 5, 30, 200])
def test_every_further_copy_of_a_paragraph_is_a_repeat(copies):
    report = against(document("。\n".join([TWO] * copies)))
    one = len(TWO.replace("，", ""))

    # A little is lost where hundreds of copies can be paired in many ways.
    assert report.ledger.self_repeat == pytest.approx((copies - 1) * one, rel=0.01)


def test_a_formula_that_comes_again_without_end_is_a_repeat_too():
    formula = "我们要深入学习贯彻会议精神，扎实推进各项工作。"

    report = against(document(formula * 200))

    assert report.ledger.self_repeat > 0.99 * 199 / 200 * report.ledger.counted


def test_a_passage_that_stands_often_in_the_source_is_found():
    source = document("。\n".join([TWO] * 300), "source.txt")

    assert rules(against(document(f"{OWN}。{TWO}"), source)) == ["COPY001"]


@pytest.mark.parametrize(
    "numbered",
    [
        pytest.param("1. {}。", id="a numbered sentence on its own line"),
        pytest.param("一是{}。{}。", id="an inline item"),
    ],
)
def test_a_numbered_sentence_that_stands_twice_is_a_repeat(numbered):
    item = (
        numbered.format(TWO, OWN) if numbered.count("{}") > 1 else numbered.format(TWO)
    )

    report = against(Document.from_text(f"一、问题\n{item}\n二、措施\n{item}\n"))

    assert rules(report) == ["SELF001"]


def test_numbers_alone_are_no_passage():
    lines = "\n".join(str(number) for number in range(1, 60))

    report = against(Document.from_text(f"{OWN}。\n{lines}\n{TWO}。\n{lines}\n"))

    assert report.matches == ()


def test_a_corpus_of_the_draft_alone_is_no_corpus():
    draft = document(OWN, "here.txt")

    assert against(draft, document(OWN, "here.txt")).corpus is None
    assert (
        against(draft, document(OWN, "here.txt"), document(TWO)).corpus.documents == 1
    )


def test_a_doubtful_extraction_is_a_finding():
    doubt = Omission("X101", 3, doubtful=True, detail="gb18030")
    draft = Document(OWN, Origin("draft.txt"), omissions=(doubt,))

    (finding,) = Checker().check(draft).findings

    assert finding.rule == "EXTR001"
    assert "3" in finding.in_language("en")


def test_a_finding_keeps_its_fingerprint_when_the_file_changes_elsewhere():
    before = against(document(f"{ONE}。{OWN}。{ONE}"))
    after = against(document(f"{TWO}。{ONE}。{OWN}。{ONE}"))
    elsewhere = against(document(f"{ONE}。{OWN}。{ONE}", path="other.txt"))

    (one,), (same,), (new,) = before.findings, after.findings, elsewhere.findings
    assert one.fingerprint == same.fingerprint
    assert one.fingerprint != new.fingerprint


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("。，！", id="only punctuation"),
        pytest.param("\u200b\ufeff", id="only invisible characters"),
        pytest.param("哈" * 5000, id="one character"),
        pytest.param("word " * 50, id="one word"),
        pytest.param("\ud800" * 30, id="lone surrogates"),
    ],
)
def test_odd_texts_are_survived(text):
    report = against(Document.from_text(text), Document.from_text(text + "甲", "x"))

    assert report.ledger.counted >= 0


@settings(max_examples=60, deadline=None)
@given(texts, texts, st.sampled_from([ONE, TWO]))
def test_the_ledger_and_its_sections_add_up(before, after, passage):
    draft = Document.from_text(f"{before}\n{passage}\n{after}")

    report = against(draft, Document.from_text(after + passage, "source"))
    tops = [part.ledger for part in report.sections if part.section.level == 1]

    assert sum(ledger.counted for ledger in tops) == report.ledger.counted
    assert sum(ledger.copied for ledger in tops) == pytest.approx(report.ledger.copied)
    assert any(match.draft.text in draft.text for match in report.matches)


class TestWhatIsCommon:
    """Set phrases, one other organisation, several: what each of them makes."""

    SHORT = "码头夜间停泊的渔船由三十七艘减至九艘，老船工自发轮班看护灯塔与岸线"

    def organisations(self, text, count):
        return [
            document(f"{place}{OWN}。{text}", f"{place}.txt", f"{place}镇")
            for place in "甲乙丙丁戊己庚辛"[:count]
        ]

    def test_a_paragraph_of_set_phrases_alone_is_not_copied(self):
        phrases = "、".join(
            line
            for name in ("politics", "planning", "administration")
            for line in phrase_lines(name)[:60]
        )
        draft = document(phrases, organisation="本镇")

        report = against(draft, *self.organisations(phrases, 1))

        assert report.ledger.counted > 500
        assert report.ledger.copied == 0

    def test_a_sentence_that_one_other_organisation_has_is_copied(self):
        draft = document(self.SHORT, organisation="本镇")

        report = against(draft, *self.organisations(self.SHORT, 1))

        assert 28 <= report.ledger.copied <= 34
        assert [match.label for match in report.matches] == [Label.COPIED]

    def test_common_wording_that_says_little_is_boilerplate(self):
        little = "老船工自发轮班看护灯塔与岸线航标和浮筒"
        draft = document(f"{little}。{TWO}", organisation="本镇")

        few = against(draft, *self.organisations(little, 2))
        several = against(draft, *self.organisations(little, 3))

        assert {match.reason for match in few.matches} == {"C202"}
        assert {match.reason for match in several.matches} == {"C207"}
        assert several.ledger.copied == 0
        assert several.ledger.own == few.ledger.own

    def test_what_the_own_organisation_writes_does_not_make_it_common(self):
        draft = document(self.SHORT, organisation="甲镇")
        sources = [
            document(f"{n}{self.SHORT}", f"{n}.txt", "甲镇" if n else "乙镇")
            for n in range(5)
        ]

        report = against(draft, *sources)

        assert report.ledger.copied > 25
        assert {match.organisations for match in report.matches} == {1}


def phrase_lines(name):
    folder = Path(__file__).parents[1] / "corpora" / "set_phrases"
    lines = (folder / f"{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


class TestALibrary:
    """What templates change in the ledger, and what they do not."""

    SENTENCE = "2031年，松砚公司围绕库房搬迁开展自查，全部整改到位，群众反映良好"
    WORDING = "〔年份〕年，〔单位〕围绕〔任意〕开展自查，全部整改到位，群众反映良好。"

    def checked(self, tmp_path, draft, sources=(), **about):
        library = Library((Template("T-001", self.WORDING, **about),), 40, 40)
        save_library(library, tmp_path / "a.toml", "en")
        config = d.Config(library=str(tmp_path / "a.toml"))
        corpus = d.Corpus("corpus", tuple(sources)) if sources else None
        return Checker(corpus, config).check(draft)

    @pytest.mark.parametrize("organisations", [0, 1, 3, 40])
    def test_wording_of_a_template_alone_is_boilerplate(self, tmp_path, organisations):
        draft = document(f"{OWN}。{self.SENTENCE}")

        report = self.checked(tmp_path, draft, organisations=organisations)

        assert report.ledger.copied == 0
        assert report.ledger.boilerplate == report.fits[0].equal == 19

    def test_what_a_person_called_a_set_phrase_makes_no_match(self, tmp_path):
        sentence = self.SENTENCE.partition("围绕")[2].partition("开展")[2]
        draft = document(f"{OWN}。开展{sentence}")
        sources = [
            document(f"开展{sentence}", f"{n}.txt", f"单位{n}") for n in range(9)
        ]

        report = self.checked(
            tmp_path, draft, sources, organisations=40, verdict=Verdict.SET_PHRASE
        )

        assert report.ledger.copied == report.ledger.boilerplate == 0
        assert report.ledger.set_phrase == len("开展自查全部整改到位群众反映良好")
        assert report.originality == 100

    def test_a_template_of_set_phrases_only_is_none(self, tmp_path):
        phrases = (
            "深刻领悟两个确立的决定性意义，增强四个意识、坚定四个自信、做到两个维护。"
        )
        library = Library((Template("T-001", phrases),), 40, 40)
        save_library(library, tmp_path / "a.toml", "en")
        config = d.Config(library=str(tmp_path / "a.toml"))

        report = Checker(None, config).check(document(f"{OWN}。\n{phrases}"))

        assert report.ledger.boilerplate == 0
        assert report.ledger.set_phrase > 20
        assert report.fits == ()

    def test_what_no_template_has_counts_as_before(self, tmp_path):
        draft = document(f"{ONE}。{OWN}")
        sources = [document(ONE, f"{n}.txt", f"单位{n}") for n in range(3)]

        report = self.checked(tmp_path, draft, sources, organisations=40)

        assert report.ledger == against(draft, *sources).ledger

    def test_a_copied_passage_that_many_use_as_a_template_is_none(self, tmp_path):
        draft = document(f"{OWN}。{self.SENTENCE}")
        source = document(self.SENTENCE, "source.txt", "乙镇")
        plain = against(draft, source).ledger

        report = self.checked(tmp_path, draft, [source], organisations=40)

        assert plain.copied > 25
        assert report.ledger.own == plain.own
        assert report.ledger.copied == pytest.approx(plain.copied - 19)

    def test_sentences_of_one_template_that_follow_each_other_are_one_fit(
        self, tmp_path
    ):
        report = self.checked(tmp_path, document(f"{self.SENTENCE}。{self.SENTENCE}"))

        assert len(report.fits) == 1
        assert [f.rule for f in report.findings if f.rule == "BOIL002"] == ["BOIL002"]


@settings(deadline=None)
@given(texts, texts)
def test_with_a_library_the_ledger_adds_up_too(tmp_path_factory, text, other):
    path = tmp_path_factory.mktemp("library") / "a.toml"
    wording = TestALibrary.WORDING + (other if other.strip() else "")
    save_library(Library((Template("T-001", wording),)), path, "en")
    config = d.Config(library=str(path))
    draft = d.Document.from_text(f"{text}{TestALibrary.SENTENCE}。{other}")

    alone = Checker(None, config).check(draft)
    compared = Checker(d.Corpus("c", (document(other),)), config).check(draft)

    assert compared.originality <= alone.originality + 1e-9
    assert compared.ledger.counted == alone.ledger.counted


class TestWhatWasIssued:
    """A notice that a draft answers may be followed; too much of it is said."""

    def checked(self, tmp_path, text, notice, *sources):
        path = tmp_path / "通知.txt"
        path.write_text(f"关于开展工作的通知\n{notice}。", "utf-8")
        config = d.Config(issued=(str(path),))
        corpus = d.Corpus("corpus", sources) if sources else None
        return Checker(corpus, config).check(document(text))

    def test_what_a_draft_has_of_a_notice_is_cited(self, tmp_path):
        report = self.checked(tmp_path, f"{own(1, 120)}{TWO}", TWO)

        assert report.ledger.cited == report.matches[0].alignment.equal > 30
        assert report.ledger.copied == 0
        assert [match.reason for match in report.matches] == ["C205"]
        assert not {"COPY001", "UPST001"} & set(rules(report))

    def test_it_is_cited_though_others_have_it_too(self, tmp_path):
        source = document(TWO, "other.txt", "乙镇")

        report = self.checked(tmp_path, f"{own(1, 120)}{TWO}", TWO, source)

        assert report.ledger.copied == 0
        assert {match.label for match in report.matches} == {Label.CITED}

    def test_a_draft_that_restates_the_notice_is_told(self, tmp_path):
        report = self.checked(tmp_path, f"{ONE}。{TWO}。{OWN}", f"{ONE}。{TWO}")

        assert rules(report) == ["UPST001"]
        assert report.findings[0].facts["share"] > 0.6

    def test_a_notice_that_is_not_there_is_an_error(self):
        with pytest.raises(d.DetectorError):
            Checker(None, d.Config(issued=("nowhere.txt",)))
