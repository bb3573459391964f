"""Every format: golden files, readers made by others, hostile text."""

import csv
import io
import json
import re
from dataclasses import replace
from operator import mul
from xml.etree import ElementTree as ET

import html5lib
import junitparser
import pytest
from markdown_it import MarkdownIt
from sarif_pydantic import Sarif

from detector.errors import EmptyFileError
from detector.formats import load_bytes
from detector.model.document import Document
from detector.model.finding import Level
from detector.model.report import Batch
from detector.pipeline import Checker
from detector.reporters import REPORTERS, SUFFIXES, render
from detector.reporters.github import MOST
from detector.reporters.paths import as_uri, relative
from tests.formats.files import raw_docx
from tests.reporters.builders import against_corpus, alone, everywhere
from tests.reporters.goldens import assert_golden, without_parts, without_version

FORMATS = [name for name in REPORTERS if name not in {"terminal", "docx"}]
HOSTILE = (
    "<script>alert(1)</script>\"'&--></script><img src=x onerror=alert(1)>\r\n"
    "::error::x\r\n=cmd|' /C calc'!A0 @user #1 *a* [a](javascript:x) ``` \x1b[31m"
    "\x00\u202e]]>\ufffe www.example.org https://example.org \u2028%0A,;: :smile:"
    " ##[error]y"
)
BATCHES = {"alone": alone, "against_corpus": against_corpus}


def output(name, batch=None, language="zh"):
    return render(batch or against_corpus(), name, language).decode()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_golden_file(name, language):
    made = render(against_corpus(), name, language).decode()
    made = without_parts(made) if name == "html" else made
    assert_golden(f"against_corpus.{language}.{name}", without_version(made))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("batch", [alone, against_corpus, lambda: everywhere(HOSTILE)])
def test_equal_batches_give_equal_bytes_in_utf_8(name, batch):
    first, second = (render(batch(), name, "zh") for _ in range(2))

    assert first == second
    assert first.decode()


COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)
"""What GitHub's runner obeys in what a step prints."""


@pytest.mark.parametrize("name", [*sorted(set(FORMATS) - {"github"}), "terminal"])
def test_no_format_holds_a_command_but_that_of_commands(name):
    assert not COMMAND.search(output(name, everywhere(HOSTILE)))


def test_every_suffix_names_a_format():
    assert SUFFIXES == {
        ".json": "json",
        ".html": "html",
        ".md": "markdown",
        ".csv": "csv",
        ".docx": "docx",
        ".sarif": "sarif",
        ".xml": "junit",
    }


class TestSarif:
    @pytest.mark.parametrize("batch", [alone(), against_corpus(), everywhere(HOSTILE)])
    def test_a_reader_of_others_reads_it(self, batch):
        log = Sarif.model_validate_json(output("sarif", batch))

        (run,) = log.runs
        found = [f for report in batch.reports for f in report.findings]
        assert [one.rule_id for one in run.results] == [f.rule for f in found]
        rules = [rule.id for rule in run.tool.driver.rules]
        assert all(rules[one.rule_index] == one.rule_id for one in run.results)

    def test_a_region_is_the_finding(self):
        report = Checker(None).check(Document.from_text("青禾镇。\nxx镇党委。\nxx镇。"))
        batch = Batch((report,))
        first = next(f for f in report.findings if f.span)
        results = json.loads(output("sarif", batch))["runs"][0]["results"]

        regions = [one["locations"][0]["physicalLocation"]["region"] for one in results]
        assert {
            "charOffset": first.span.start,
            "charLength": len(first.span),
        }.items() <= (regions[report.findings.index(first)].items())

    @pytest.mark.parametrize(
        ("path", "uri"),
        [("s\udcff.txt", "s%FF.txt"), ("\ud800.txt", "%ED%A0%80.txt")],
    )
    def test_a_name_that_is_no_utf_8_is_percent_encoded(self, path, uri):
        report = Checker(None).check(Document.from_text("xx镇党委。", path))
        failed = EmptyFileError(path=path)

        made = json.loads(output("sarif", Batch((report,), (failed,))))

        place = made["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == uri

    def test_the_worst_are_kept_of_too_many(self, monkeypatch):
        monkeypatch.setattr("detector.reporters.sarif._MOST", 1)
        batch = against_corpus()
        worst = max(f.level.rank for r in batch.reports for f in r.findings)

        run = json.loads(output("sarif", batch))["runs"][0]

        assert [Level(one["level"]).rank for one in run["results"]] == [worst]
        assert run["invocations"][0]["toolExecutionNotifications"]

    def test_an_input_that_failed_is_a_notification(self):
        batch = replace(alone(), errors=(EmptyFileError(path="空.txt"),))

        (invocation,) = json.loads(output("sarif", batch))["runs"][0]["invocations"]

        assert invocation["executionSuccessful"] is False
        (told,) = invocation["toolExecutionNotifications"]
        assert told["descriptor"]["id"] == "D303"


class TestJunit:
    @pytest.mark.parametrize("batch", [alone(), against_corpus(), everywhere(HOSTILE)])
    def test_a_reader_of_others_counts_the_same(self, batch):
        suites = junitparser.JUnitXml.fromstring(output("junit", batch).encode())

        levels = [f.level for report in batch.reports for f in report.findings]
        assert suites.failures == levels.count(Level.ERROR)
        assert suites.errors == len(batch.errors)
        assert suites.tests >= len(levels) + len(batch.errors)

    def test_a_document_without_a_finding_is_seen(self):
        report = replace(alone().reports[0], findings=())

        root = ET.fromstring(output("junit", Batch((report,))))

        assert [len(suite.findall("testcase")) for suite in root] == [1]


class TestMarkdown:
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_text_of_documents_makes_no_markup(self, language):
        plain, hostile = (
            MarkdownIt("gfm-like", {"html": True}).render(
                output("markdown", everywhere(text), language)
            )
            for text in ("甲乙", HOSTILE)
        )

        tags = re.compile(r"</?(\w+)")
        assert set(tags.findall(hostile)) <= set(tags.findall(plain))
        assert "<a " not in hostile
        assert "javascript" not in "".join(re.findall(r'href="[^"]*', hostile))

    def test_nobody_is_mentioned(self):
        assert not re.search(
            r"@\w|(?<!&)#\d", output("markdown", everywhere("@user #1"))
        )

    def test_a_comment_is_not_too_long(self):
        batch = Batch(against_corpus().reports * 400)

        assert len(output("markdown", batch)) < 65_536


class TestCsv:
    def test_no_cell_is_a_formula(self):
        for text in ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1"):
            table = output("csv", everywhere(text)).removeprefix("\ufeff")
            for row in csv.reader(io.StringIO(table, newline="")):
                assert not [
                    cell for cell in row if cell[:1] and cell[0] in "=+-@\t\r＝"
                ]

    def test_it_has_a_row_for_each_finding_passage_and_error(self):
        batch = Batch(against_corpus().reports[:1], (EmptyFileError(path="空.txt"),))
        made = render(batch, "csv", "en")

        assert made.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))
        (report,) = batch.reports
        kinds = [row["record"] for row in rows]
        assert kinds.count("finding") == len(report.findings)
        assert kinds.count("passage") == len(report.matches)
        assert kinds.count("error") == 1


class TestGitlab:
    def test_an_issue_has_what_gitlab_asks_for(self):
        report = Checker(None).check(Document.from_text("xx镇党委。\nxx镇政府。"))
        batch = Batch((report,), (EmptyFileError(path="空.txt"),))

        issues = json.loads(output("gitlab", batch))

        for issue in issues:
            assert {"description", "check_name", "fingerprint"} <= issue.keys()
            assert issue["severity"] in {
                "info",
                "minor",
                "major",
                "critical",
                "blocker",
            }
            assert issue["location"]["lines"]["begin"] >= 1
        prints = [issue["fingerprint"] for issue in issues]
        assert len(set(prints)) == len(prints)


class TestGithub:
    GRAMMAR = re.compile(
        r"::(error|warning|notice)(?: (?:[a-zA-Z]+=[^,:\r\n]*(?:,|(?=::)))+)?::[^\r\n]*"
    )

    @pytest.mark.parametrize("text", ["甲", HOSTILE])
    def test_each_line_is_one_command(self, text):
        for line in output("github", everywhere(text)).splitlines():
            assert self.GRAMMAR.fullmatch(line)

    def test_ten_of_a_level_are_told_and_the_others_counted(self):
        batch = Batch(against_corpus().reports * 40)

        lines = output("github", batch, "en").splitlines()

        names = [line.split("::")[1].split(" ")[0] for line in lines]
        assert max(names.count(name) for name in set(names)) <= MOST
        assert "not shown here" in lines[-1]


def contrast(one, other):
    """Return the contrast of two colours as WCAG defines it, 1–21."""

    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [
            p / 12.92 if p <= 0.04 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        ]
        return sum(map(mul, (0.2126, 0.7152, 0.0722), linear))

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


class TestHtml:
    @pytest.mark.parametrize("batch", [alone(), against_corpus(), everywhere(HOSTILE)])
    def test_it_is_html_without_an_error(self, batch):
        parser = html5lib.HTMLParser(strict=True)

        parser.parse(output("html", batch))

    def test_text_of_documents_adds_no_element_and_no_attribute(self):
        def shape(text):
            tree = html5lib.parse(
                output("html", everywhere(text)), namespaceHTMLElements=False
            )
            return {(e.tag, name) for e in tree.iter() for name in e.keys() or [""]}

        assert shape(HOSTILE) <= shape("甲乙丙丁")

    def test_it_asks_the_network_for_nothing(self):
        made = output("html")

        assert "default-src &#39;none&#39;" in made
        assert not re.search(r'(?:src|href)="(?!#)', made)
        assert not re.search(r"url\((?!#)|@import|fetch\(|XMLHttpRequest", made)
        assert not re.search(r' (?:style|on\w+)="', made)

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_all_text_can_be_read(self, theme):
        """WCAG 2.1, 1.4.3: 4.5 for text; 1.4.11: 3 for what is drawn."""
        style = re.search(r"(?s)<style>(.*?)</style>", output("html"))[1]
        rules = re.search(rf'(?s):root\[data-theme="{theme}"\][^{{]*{{(.*?)}}', style)
        first = re.search(r"(?s):root {(.*?)}", style)
        colour = dict(re.findall(r"--([\w-]+): (#\w{6})", first[1] + rules[1]))

        for ground in ("paper", "soft"):
            for text in ("ink", "dim", "link", "error", "warning", "note"):
                assert contrast(colour[text], colour[ground]) >= 4.5
        for label in ("copied", "boilerplate", "self_repeat", "cited", "set_phrase"):
            assert contrast(colour["ink"], colour[f"{label}-soft"]) >= 4.5
            assert contrast(colour[label], colour["paper"]) >= 3

    def test_a_definition_is_one_text(self):
        said = re.findall(r'(?s)<p class="definition">(.*?)</p>', output("html"))

        assert said
        assert not any("↵" in text or "_overlap" in text for text in said)

    def test_every_link_has_its_target(self):
        made = output("html")

        ids = re.findall(r' id="([^"]+)"', made)
        assert len(ids) == len(set(ids))
        named = re.findall(r'(?:href="#|aria-labelledby=")([^"]+)"', made)
        assert set(named) <= set(ids)

    def test_a_finding_of_several_places_has_one_anchor(self):
        text = "乡党委推进乡村振兴，乡亲们满意，乡贤参事，记得住乡愁。".replace(
            "乡", "社区"
        )
        report = Checker(None).check(Document.from_text(text))
        (found,) = (f for f in report.findings if f.rule == "SUBS001")

        ids = re.findall(r' id="([^"]+)"', output("html", Batch((report,))))

        assert len(found.places) > 1
        assert len(ids) == len(set(ids))

    def test_the_text_stands_in_it_as_it_is(self):
        report = against_corpus().reports[0]
        made = output("html", Batch((report,)))
        tree = html5lib.parse(made, namespaceHTMLElements=False)

        text = "".join(
            "".join(p.itertext())
            for p in tree.iter("p")
            if (p.get("class") or "").startswith("line")
        )
        assert text == "".join(report.draft.text.splitlines())


def test_paths_are_relative_to_where_it_runs(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    assert relative(str(tmp_path / "a" / "乙.md")) == "a/乙.md"
    assert relative("./a/../b.md") == "b.md"
    assert as_uri("报告 1.md") == "%E6%8A%A5%E5%91%8A%201.md"


@pytest.mark.parametrize("name", ["github", "gitlab", "sarif", "csv"])
def test_of_a_word_file_paragraphs_are_named_and_no_lines(name):
    body = "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("青禾镇", "xx镇党委。")
    )
    file = load_bytes(raw_docx(body), "a.docx", ".docx")

    made = output(name, Batch((Checker(None).check(file),)), "en")

    assert "para. 2" in made
    assert not re.search(r"line=2|startLine|\"begin\": 2", made)
