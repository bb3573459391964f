"""The file that scripts read: its schema is a promise."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator, ValidationError

from detector.errors import EmptyFileError, OptionError
from detector.model.document import Block, Document, Origin, Place
from detector.model.report import Batch
from detector.model.span import Span
from detector.reporters import REPORTERS, SUFFIXES, json_report, render
from tests.reporters.builders import against_corpus, alone, match, report

validator = Draft202012Validator(json_report.schema())


def parsed(batch, language="zh"):
    return json.loads(render(batch, "json", language))


def subschemas(schema):
    yield schema
    for key, value in schema.items():
        inner = value.values() if key in {"properties", "$defs"} else [value]
        for part in inner if not isinstance(value, list) else value:
            if isinstance(part, dict):
                yield from subschemas(part)


def test_the_schema_is_valid_and_names_itself():
    Draft202012Validator.check_schema(json_report.schema())

    assert json_report.schema()["$id"] == json_report.SCHEMA == "detector/report/1"


def test_every_object_is_closed_and_every_property_described_in_one_line():
    objects = [s for s in subschemas(json_report.schema()) if s.get("type") == "object"]

    assert len(objects) > 10
    for schema in objects:
        assert schema["additionalProperties"] is False
        assert sorted(schema["required"]) == sorted(schema["properties"])
        for name, described in schema["properties"].items():
            text = described["description"]
            assert text.endswith("."), name
            assert "\n" not in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "batch",
    [
        pytest.param(alone(), id="one draft, no corpus"),
        pytest.param(against_corpus(), id="two drafts, a corpus, an error"),
        pytest.param(Batch((), (EmptyFileError(path="甲.txt"),)), id="only an error"),
    ],
)
def test_every_report_keeps_the_promise(batch, language):
    validator.validate(parsed(batch, language))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param(("reports", 0, "verdict"), "good", id="a key nobody promised"),
        pytest.param(("reports", 0, "ledger", "own"), -1, id="a negative column"),
        pytest.param(("reports", 0, "matches", 0, "kind"), "stolen", id="a new kind"),
        pytest.param(("reports", 0, "matches", 0, "identity"), 1.2, id="above one"),
        pytest.param(("reports", 0, "findings", 0, "line"), 0, id="a line from zero"),
        pytest.param(
            ("reports", 0, "scores", "largest_source"), 0.5, id="a bare share"
        ),
        pytest.param(("schema",), "detector/report/2", id="another version"),
    ],
)
def test_the_schema_refuses(path, value):
    made = deepcopy(parsed(alone()))
    *parents, last = path
    part = made
    for key in parents:
        part = part[key]
    part[last] = value

    with pytest.raises(ValidationError):
        validator.validate(made)


def test_the_schema_refuses_a_report_that_lacks_a_key():
    made = parsed(alone())
    del made["reports"][0]["ledger"]

    with pytest.raises(ValidationError):
        validator.validate(made)


def test_offsets_lead_to_the_texts_beside_them():
    made = parsed(alone())["reports"][0]
    text = alone().reports[0].draft.text

    for part in (*made["matches"], made["matches"][0]["source"], *made["facts"]):
        assert text[part["start"] : part["end"]] == part["text"]
    assert made["matches"][0]["source"]["document"] == made["sha256"]
    assert (made["matches"][0]["line"], made["matches"][0]["column"]) == (9, 1)


def test_the_figures_are_those_of_the_report():
    batch = against_corpus()
    found, made = batch.reports[1], parsed(batch)["reports"][1]

    assert made["scores"]["originality"] == pytest.approx(found.originality, abs=1e-6)
    assert made["scores"]["longest_match"] == {"characters": 77, "match": "m4"}
    assert made["scores"]["largest_source"]["path"] == "corpora/demo/青石镇2024.txt"
    assert sum(made["ledger"].values()) == pytest.approx(made["counted_characters"])
    assert made["omissions"] == [{"code": "X999", "message": "X999", "count": 2}]


def test_a_draft_alone_says_so():
    made = parsed(alone())

    assert made["corpus"] is None
    assert made["reports"][0]["scores"]["adequacy"] is None
    assert made["reports"][0]["scores"]["largest_source"] is None


def test_a_cell_of_a_table_has_its_place():
    block = Block(Span(0, 6), Place(table=2, row=5, column=1))
    draft = Document("层层压实责任", Origin("甲.docx", "docx"), (block,))
    found = match(draft, Span(0, 6), Document.from_text("层层压实责任"), Span(0, 6))

    made = parsed(Batch((report(draft, (found,)),)))["reports"][0]["matches"][0]

    assert made["place"] == {
        "page": None,
        "paragraph": None,
        "table": 2,
        "row": 5,
        "column": 1,
        "part": "body",
    }
    assert made["source"]["place"] is None


def test_what_could_not_be_read_is_listed():
    made = parsed(against_corpus(), "en")["errors"]

    assert made == [
        {
            "path": "reports/空白.txt",
            "code": "D303",
            "message": "D303 reports/空白.txt is empty: there is no text to check",
        }
    ]


def test_a_lone_surrogate_is_escaped_and_comes_back():
    draft = Document.from_text("\ud800层层压实责任", path="坏\udcff名.txt")
    written = render(Batch((report(draft),)), "json", "zh")

    assert b"\\udcff" in written
    assert json.loads(written)["reports"][0]["path"] == "坏\udcff名.txt"


def test_equal_batches_give_equal_bytes_in_plain_utf_8():
    assert render(alone(), "json", "zh") == render(alone(), "json", "zh")
    assert "云岭街道".encode() in render(alone(), "json", "zh")


def test_the_corpus_of_a_single_report_is_that_of_the_run():
    batch = replace(against_corpus(), corpus=None, settings="")

    assert parsed(batch)["corpus"]["organisations"] == 17
    assert parsed(batch)["settings_digest"] == "5" * 64


def test_an_unknown_format_is_refused():
    assert set(SUFFIXES.values()) <= set(REPORTERS)
    with pytest.raises(OptionError, match="terminal, json"):
        render(alone(), "yaml", "zh")
