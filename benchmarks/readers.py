"""What readers and validators made by others say of every format, on the demo corpus.

    pip download --no-binary :all: --no-deps sarif-om==1.0.4 pytest==8.3.4
    python benchmarks/readers.py SARIF_SCHEMA JUNIT_XSD > benchmarks/results/readers.txt

SARIF_SCHEMA is the ``sarif-2.1.0-rtm.4.json`` in the first, JUNIT_XSD the schema of
Jenkins, ``junit-10.xsd``, in the second. Needs ``tidy`` and LibreOffice, and
``pip install commonmark mistletoe sarif-tools`` besides the extra ``test``.
"""

import argparse
import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import commonmark
import docx
import html5lib
import jsonschema
import junitparser
import mistletoe
import pandas as pd
import pypdfium2
from lxml import etree

import detector.reporters
from detector.formats import load
from detector.messages import LANGUAGES, Language
from detector.model.report import Batch
from detector.pairing import find_pairs
from detector.pipeline import Checker, check_files, open_corpus
from detector.reporters import render
from detector.reporters.html import render_pairs

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "corpora" / "demo"
OWN = Path(detector.reporters.__file__).parent / "report.schema.json"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sarif", type=Path)
    parser.add_argument("junit", type=Path)
    options = parser.parse_args()
    print("python benchmarks/readers.py SARIF_SCHEMA JUNIT_XSD")
    print("The seed and all reports of corpora/demo against corpora/demo.")
    batch = check_files([str(ROOT / "seeds"), str(DEMO)], [str(DEMO)])
    sarif = json.loads(options.sarif.read_bytes())
    xsd = etree.XMLSchema(etree.parse(str(options.junit)))
    readers: Mapping[str, Callable[[bytes], str]] = {
        "json": lambda made: _schema(made, json.loads(OWN.read_bytes())),
        "sarif": lambda made: f"{_schema(made, sarif)}; {_sarif_tools(made)}",
        "junit": lambda made: _junit(made, xsd),
        "csv": _csv,
        "markdown": _markdown,
        "gitlab": _gitlab,
        "github": _github,
        "html": _html,
    }
    for language in LANGUAGES:
        print(f"\n# {language}")
        for name, read in readers.items():
            print(f"{name:9} {read(render(batch, name, language))}")
        pairs = find_pairs(open_corpus([str(DEMO)]))
        print(f"{'pairs':9} {_html(render_pairs(pairs, (), language))}")
        print(f"{'docx':9} {_docx(language)}")


def _schema(made: bytes, schema: dict[str, object]) -> str:
    validator = jsonschema.validators.validator_for(schema)(schema)
    return f"{len(list(validator.iter_errors(json.loads(made))))} schema errors"


def _sarif_tools(made: bytes) -> str:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.sarif"
        file.write_bytes(made)
        command = [str(Path(sys.executable).with_name("sarif")), "summary", str(file)]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
    return "sarif-tools: " + ", ".join(re.findall(r"(?m)^\w+: \d+", told.stdout))


def _junit(made: bytes, xsd: etree.XMLSchema) -> str:
    suites = junitparser.JUnitXml.fromstring(made)
    tree = etree.fromstring(made)
    for case in tree.iter("testcase"):
        for extension in ("file", "line"):
            case.attrib.pop(extension, None)
    return (
        f"junitparser: {suites.tests} tests, {suites.failures} failures; junit-10.xsd, "
        f"but for file and line of a case: {'valid' if xsd.validate(tree) else 'not'}"
    )


def _csv(made: bytes) -> str:
    frame = pd.read_csv(io.BytesIO(made), encoding="utf-8-sig")
    cells = [
        c for row in csv.reader(io.StringIO(made.decode("utf-8-sig"))) for c in row
    ]
    formulas = sum(cell[:1] in tuple("=+-@\t\r") for cell in cells if cell)
    return f"pandas: {frame.shape[0]} × {frame.shape[1]}; {formulas} formulas"


def _markdown(made: bytes) -> str:
    text = made.decode()
    drawn = (mistletoe.markdown(text), commonmark.commonmark(text))
    raw = sum(len(re.findall(r"<(script|img|iframe|style)", one)) for one in drawn)
    return f"mistletoe, commonmark: {raw} elements of documents; {len(text):,} chars"


def _gitlab(made: bytes) -> str:
    issues = json.loads(made)
    fields = {"description", "check_name", "fingerprint", "severity", "location"}
    whole = sum(fields <= set(issue) for issue in issues)
    prints = len({issue["fingerprint"] for issue in issues})
    return f"{len(issues)} issues, {whole} with all fields, {prints} fingerprints"


def _github(made: bytes) -> str:
    command = re.compile(r"::(error|warning|notice)( [^:]*)?::")
    lines = made.decode().splitlines()
    return f"{len(lines)} lines, {sum(map(bool, map(command.match, lines)))} commands"


def _html(made: bytes) -> str:
    parser = html5lib.HTMLParser()
    parser.parse(made.decode())
    tidy = subprocess.run(
        [shutil.which("tidy") or "tidy", "-q", "-e", "-utf8"],
        input=made,
        capture_output=True,
        check=False,
    )
    wrong = re.findall(rb"Error: [^\n]*", tidy.stderr)
    warned = set(re.findall(rb"Warning: ([^\n]*)", tidy.stderr))
    said = ", ".join(sorted(one.decode() for one in warned)) or "none"
    return (
        f"html5lib: {len(parser.errors)} errors; tidy: {len(wrong)} errors, "
        f"warnings: {said}"
    )


def _docx(language: Language) -> str:
    with TemporaryDirectory() as folder:
        draft = Path(folder) / "seed.docx"
        word = docx.Document()
        seed = next((ROOT / "seeds").glob("*.txt")).read_text("utf-8")
        for line in seed.splitlines():
            word.add_paragraph(line)
        word.save(str(draft))
        report = Checker(open_corpus([str(DEMO)])).check(load(draft))
        copy = Path(folder) / "copy.docx"
        copy.write_bytes(render(Batch((report,)), "docx", language))
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run([*command, str(copy)], capture_output=True, check=True)
        pages = len(pypdfium2.PdfDocument(str(copy.with_suffix(".pdf"))))
        again = docx.Document(str(copy))
    same = [p.text for p in again.paragraphs] == [p.text for p in word.paragraphs]
    return (
        f"LibreOffice: {pages} pages; python-docx: {len(list(again.comments))} comments"
        f", text {'as it was' if same else 'changed'}"
    )


if __name__ == "__main__":
    main()
