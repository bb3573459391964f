"""What is told of characters that hide, in whole documents."""

from datetime import date

import pytest

from detector.formats import load_bytes
from detector.pipeline import Checker
from detector.rules import hide001

CLOCK = date(2026, 11, 25)
PASSAGE = "老渡口的浮桥改成了双车道，赶集的人不再排队等船，两岸菜农把鲜藕送进县城"


def _told(text, suffix=".md"):
    file = load_bytes(text.encode(), f"a{suffix}", suffix)
    report = Checker(None, today=CLOCK).check(file)
    return [one.message for one in report.findings if one.rule == "HIDE001"]


def test_the_markup_of_a_document_is_looked_for_once(monkeypatch):
    asked = []

    def find_markup(document):
        asked.append(document)
        return iter(())

    monkeypatch.setattr(hide001, "find_markup", find_markup)

    assert _told(f"{'枣'.join(PASSAGE * 2)}\n\n" * 9) == ["HIDE001.filler"] * 9
    assert len(asked) == 1


def test_of_a_long_line_the_beginning_of_what_hides_is_quoted():
    own = "水库大坝除险加固通过验收，下游三个村的灌溉用水得到保障。"
    file = load_bytes(f"{own * 9}{'ʼ'.join(PASSAGE)}".encode(), "a.txt", ".txt")

    (told,) = (
        one for one in Checker(None).check(file).findings if one.rule == "HIDE001"
    )

    assert told.facts["around"] == f"{own[-6:]}{'ʼ'.join(PASSAGE)[:30]}"


def test_what_marks_each_letter_up_is_no_filler():
    assert _told("".join(f"<b>{letter}</b>" for letter in PASSAGE * 3)) == []


@pytest.mark.parametrize("sign", ["<b></b>", "<!---->", "<wbr>", "[](x)"])
def test_words_that_markup_cuts_are_told(sign):
    text = (
        f"ha{sign}rbour th{sign}ree of woo{sign}den pi{sign}ers for re{sign}pair\n\n"
        * 3
    )

    assert _told(text) == ["HIDE001.set_apart"] * 3


@pytest.mark.parametrize(
    "line",
    [
        "| Apples<br>Pears<br>Plums<br>Figs<br>Dates | 1 |",
        "H<sub>a</sub>O<sub>b</sub>C<sub>c</sub>N<sub>d</sub>K<sub>e</sub>",
        "**The** harbour *board* has <b>approved</b> [three](x) of the <i>piers</i>.",
    ],
)
def test_markup_that_parts_words_is_not(line):
    assert _told(f"{line}\n\n" * 9) == []


def test_what_a_page_in_markdown_hides_is_told():
    hidden = "".join(f"{letter}<i hidden><b>枣</b></i>" for letter in PASSAGE)

    assert _told(f"{hidden}\n") == ["HIDE001.hidden"]
    assert _told("浮桥<i hidden>旧桥</i>改成了双车道。\n") == []
    assert _told(f"<style>\n.{'wide' * 9} {{}}\n</style>\n\n{PASSAGE}\n") == []
