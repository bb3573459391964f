"""What the gate says, in every format: goldens, validators, hostile text."""

import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import jsonschema
import junitparser
import pytest
from markdown_it import MarkdownIt
from sarif_pydantic import Sarif

from detector.errors import EmptyFileError, LinkError, ScannedFileError
from detector.model.finding import Level, State
from detector.model.verdict import Compared, Known, Notice, Outcome, Verdict
from detector.reporters import REPORTERS
from detector.reporters.terminal import write_verdict
from detector.reporters.verdict import json_verdict, render
from tests.reporters.builders import against_corpus, everywhere
from tests.reporters.goldens import assert_golden, without_version
from tests.reporters.test_formats import COMMAND, HOSTILE

OWN_FORMATS = ["terminal", "json", "markdown", "github", "sarif"]
MACHINES = [name for name in REPORTERS if name not in {"terminal", "docx"}]


def verdict(**facts) -> Verdict:
    """A verdict with something in each of its parts."""
    batch = against_corpus()
    states = [State.NEW, State.KNOWN, State.NEW]
    reports = [
        replace(
            report,
            findings=tuple(
                replace(finding, state=state)
                for finding, state in zip(report.findings, states, strict=False)
            ),
        )
        for report in batch.reports
    ]
    known = {
        "batch": replace(batch, reports=tuple(reports)),
        "documents": 318,
        "changed": 2,
        "excluded": 1,
        "compared": Compared("origin/main", "a" * 40, direct=False),
        "baseline": "detector-baseline.jsonl",
        "known_errors": (ScannedFileError(path="旧档/扫描.pdf", pages=3),),
        "fixed": (Known("旧.md", "COPY001", "坚持以网格为基础…", "f" * 32),),
        "notices": (
            Notice("G-policy-changed", {"path": "detector.toml"}),
            Notice("G-removed", {"count": 2, "first": "旧.md"}),
        ),
    }
    return Verdict(**{**known, **facts})


def hostile() -> Verdict:
    batch = everywhere(HOSTILE)
    report = batch.reports[0]
    loud = [replace(f, state=State.NEW, level=Level.ERROR) for f in report.findings]
    known = [replace(f, state=State.KNOWN, level=Level.ERROR) for f in report.findings]
    report = replace(report, findings=(*loud, *known))
    told = Known(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    facts = {"path": HOSTILE, "line": 1, "rule": "COPY001", "reason": HOSTILE}
    return verdict(
        batch=replace(
            batch,
            reports=(report,),
            errors=(LinkError(path=HOSTILE, target=HOSTILE),),
        ),
        compared=Compared(HOSTILE, HOSTILE, direct=True),
        baseline=HOSTILE,
        fixed=(told,),
        accepted=(told,),
        notices=(
            Notice("G-comment", facts),
            Notice("G-direct", {"ref": HOSTILE}),
            Notice("G-into-others", {"before": HOSTILE, "path": HOSTILE}),
        ),
    )


def made(name, found=None, language="en"):
    return render(found or verdict(), name, language).decode()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", OWN_FORMATS)
def test_golden_file(name, language):
    assert_golden(
        f"verdict.{language}.{name}", without_version(made(name, language=language))
    )


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        pytest.param({}, Outcome.BROKEN, id="an error"),
        pytest.param({"errors": ()}, Outcome.STOPPED, id="new, and loud"),
        pytest.param({"errors": (), "stops": None}, Outcome.PASSED, id="never stops"),
        pytest.param({"errors": (), "accepted": ()}, Outcome.PASSED, id="accepted"),
        pytest.param({"errors": (), "states": State.KNOWN}, Outcome.PASSED, id="known"),
    ],
)
def test_the_outcome_is_by_what_is_new_and_what_failed(facts, outcome):
    found = verdict()
    batch = replace(found.batch, errors=facts.pop("errors", found.batch.errors))
    if state := facts.pop("states", None):
        quiet = tuple(
            replace(r, findings=tuple(replace(f, state=state) for f in r.findings))
            for r in batch.reports
        )
        batch = replace(batch, reports=quiet)

    assert replace(found, batch=batch, **facts).outcome is outcome


@pytest.mark.parametrize("found", [verdict(), hostile()])
def test_json_is_by_its_schema(found):
    schema = json_verdict.schema()

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(made("json", found)), schema)
    assert schema["$id"] == json_verdict.SCHEMA


def test_the_schema_describes_everything_and_is_closed():
    def objects(schema):
        if isinstance(schema, dict):
            if schema.get("type") == "object":
                yield schema
            for part in schema.values():
                yield from objects(part)

    for one in objects(json_verdict.schema()):
        assert one["additionalProperties"] is False
        assert sorted(one["required"]) == sorted(one["properties"])
        assert all(part.get("description") for part in one["properties"].values())


@pytest.mark.parametrize("found", [verdict(), hostile()])
def test_sarif_says_what_is_new_and_lowers_what_is_known(found):
    assert Sarif.model_validate_json(made("sarif", found))
    (run,) = json.loads(made("sarif", found))["runs"]
    states = [one["baselineState"] for one in run["results"]]
    findings = [f for report in found.batch.reports for f in report.findings]
    assert states == [
        "new" if finding.state is State.NEW else "unchanged" for finding in findings
    ]
    levels = [one["level"] for one in run["results"]]
    assert all(
        Level(level).rank
        == (f.level.rank if f.state is State.NEW else max(f.level.rank - 1, 0))
        for level, f in zip(levels, findings, strict=True)
    )
    assert all("detector/v1" in one["partialFingerprints"] for one in run["results"])


@pytest.mark.parametrize("name", ["gitlab", "junit", "github", "csv"])
def test_formats_of_pipelines_tell_what_is_new_only(name):
    new = made(name)
    quiet = verdict(batch=replace(verdict().batch, reports=()))

    assert "COPY001" in new
    assert "SELF001" not in new  # it is known
    assert "COPY001" not in made(name, quiet)


def test_gitlab_has_the_fields_that_are_asked_for():
    issues = json.loads(made("gitlab", hostile()))

    for one in issues:
        assert one.keys() == {
            "description",
            "check_name",
            "fingerprint",
            "severity",
            "location",
        }
        assert one["location"]["lines"]["begin"] >= 1
    assert len({one["fingerprint"] for one in issues}) == len(issues)


@pytest.mark.parametrize("found", [verdict(), hostile()])
def test_junit_is_read_by_others(found):
    suites = junitparser.JUnitXml.fromstring(made("junit", found).encode())

    assert suites.failures == found.count(State.NEW, Level.ERROR)
    assert suites.errors == len(found.batch.errors)
    assert ET.fromstring(made("junit", found))


_COMMAND = re.compile(
    r"::(?:error|warning|notice)"
    r"(?: (?:file|line|endLine|col|endColumn|title)=[^,:\r\n]*"
    r"(?:,(?:file|line|endLine|col|endColumn|title)=[^,:\r\n]*)*)?::[^\r\n]*\n"
)
"""https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""


@pytest.mark.parametrize("found", [verdict(), hostile()])
def test_annotations_are_commands_and_nothing_else(found):
    lines = made("github", found).splitlines(keepends=True)

    assert all(_COMMAND.fullmatch(line) for line in lines)
    for line in lines:
        said = line.rpartition("::")[2]
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", said)


def test_no_more_annotations_than_are_shown_and_notices_first():
    many = tuple(Notice("G-policy-changed", {"path": f"{n}.toml"}) for n in range(40))

    lines = made("github", verdict(notices=many)).splitlines()

    assert sum(line.startswith("::warning") for line in lines) <= 10
    assert lines[0].startswith("::warning file=0.toml")


def test_the_comment_can_be_found_again():
    assert made("markdown").startswith("<!-- detector gate -->\n")


def test_text_of_documents_makes_no_markup():
    comment = made("markdown", hostile()).rpartition("\n_")[0]  # our own notice
    page = MarkdownIt("gfm-like", {"html": True}).render(comment)

    assert not re.search(r"<(script|img|a|em|h1|pre)\b", page)
    assert "@user" not in comment


def test_a_comment_is_never_too_long_for_github():
    report = verdict().batch.reports[1]
    every = tuple(replace(report.findings[0], state=State.NEW) for _ in range(90))
    long = replace(report.draft.origin, path="很长的路径/" * 90 + "a.md")
    draft = replace(report.draft, origin=long)
    found = verdict(
        batch=replace(
            verdict().batch,
            reports=(replace(report, draft=draft, findings=every),),
            errors=tuple(EmptyFileError(path=f"{n}" * 900) for n in range(50)),
        )
    )

    assert len(made("markdown", found)) < 65_536


@pytest.mark.parametrize("name", [*MACHINES, "terminal"])
def test_no_escape_code_comes_out_of_any_format(name):
    out = made(name, hostile())

    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", out)
    if name not in {"json", "gitlab", "csv"}:  # a path is a path there
        assert not re.search(r"[\u202a-\u202e]", out)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_page(language):
    from rich.cells import cell_len

    for found in (verdict(), hostile()):
        for line in made("terminal", found, language).splitlines():
            assert cell_len(line) <= 80


def test_the_page_goes_to_a_stream_that_lacks_signs():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")

    write_verdict(verdict(), stream, "en")
    stream.flush()

    assert b"COPY001" in stream.buffer.getvalue()


@pytest.mark.parametrize("name", sorted({*REPORTERS} - {"github", "docx"}))
def test_no_format_holds_a_command_but_that_of_commands(name):
    assert not COMMAND.search(made(name, hostile()))
