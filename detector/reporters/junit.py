"""JUnit XML: a suite a document, a test case a finding.

Errors of rules are failures, warnings and notes pass and are told in ``system-out``; an
input that could not be read is an error. A document without a finding is one case that
passes, so that it is seen to have been read.
"""

import re
from xml.etree import ElementTree as ET

from detector.messages import Language, say
from detector.model.finding import Finding, Level
from detector.model.report import Batch, Report
from detector.reporters.places import place
from detector.reporters.wording import NOTICE
from detector.text.visible import visible

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(batch: Batch, language: Language) -> bytes:
    """Return the suites as UTF-8 XML."""
    root = ET.Element("testsuites", name="detector")
    for report in batch.reports:
        _suite(root, report, language)
    if batch.errors:
        suite = _add_suite(root, say("R-failed-title", language))
        for error in batch.errors:
            case = _case(suite, error.code, str(error.facts.get("path", "")))
            told = _clean(error.in_language(language))
            ET.SubElement(case, "error", type=error.code, message=told)
    for suite in root:
        _count(suite)
    _count(root)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _suite(root: ET.Element, report: Report, language: Language) -> None:
    suite = _add_suite(root, report.draft.origin.path)
    for finding in report.findings:
        _finding(suite, report, finding, language)
    if not report.findings:
        _case(suite, say("R-findings-none", language), report.draft.origin.path)
    ET.SubElement(suite, "system-out").text = say(NOTICE, language)


def _finding(
    suite: ET.Element, report: Report, finding: Finding, language: Language
) -> None:
    where = say("R-place-whole", language)
    if finding.span:
        where = place(report.draft, finding.span.start, language)
    case = _case(suite, f"{finding.rule} {where}", report.draft.origin.path)
    case.set("file", _clean(report.draft.origin.path))
    case.set("line", str(finding.line))
    told = _clean(finding.in_language(language))
    if finding.level is Level.ERROR:
        failure = ET.SubElement(case, "failure", type=finding.rule, message=told)
        failure.text = _clean(f"{where}: {finding.in_language(language)}")
        return
    level = say(f"R-level-{finding.level.value}", language)
    ET.SubElement(case, "system-out").text = f"{level}: {told}"


def _add_suite(root: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(root, "testsuite", name=_clean(name))


def _case(suite: ET.Element, name: str, path: str) -> ET.Element:
    return ET.SubElement(
        suite, "testcase", name=_clean(name), classname=_clean(path), time="0"
    )


def _count(element: ET.Element) -> None:
    counted = ("tests", "testcase"), ("failures", "failure"), ("errors", "error")
    for name, tag in counted:
        element.set(name, str(len(list(element.iter(tag)))))


def _clean(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", visible(text))
