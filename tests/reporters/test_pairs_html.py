"""All pairs of a corpus as a page."""

import re

import html5lib
import pytest

import detector as d
from detector.errors import EmptyFileError
from detector.pairing import find_pairs
from detector.reporters.html import render_pairs
from tests.reporters.goldens import assert_golden, without_parts, without_version

SHARED = (
    "灌区管理站给每条支渠编了号，水量按亩到户，往年为争水红脸的事少了许多，群众很满意。"
)


def pairs(name):
    documents = [
        d.Document.from_text(
            f"{name}总结\n{SHARED * 2}第{n}处。",
            path=f"{name}{n}.txt",
            organisation=f"{name}{n}",
            year=f"202{n}",
        )
        for n in range(3)
    ]
    return find_pairs(d.Corpus(name, tuple(documents)))


def page(name, language="zh"):
    return render_pairs(pairs(name), (EmptyFileError(path=name),), language).decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_html_with_a_row_for_each_pair_and_organisation(language):
    made = page("青禾镇", language)

    html5lib.HTMLParser(strict=True).parse(made)
    assert made.count('<th scope="row" data-sort=') == len(pairs("青禾镇").pairs) == 3
    assert len(re.findall(r'<td class="x\d">', made)) == 9
    assert "D303" in made


@pytest.mark.parametrize("language", ["zh", "en"])
def test_golden_page(language):
    made = without_version(without_parts(page("青禾镇", language)))

    assert_golden(f"pairs.{language}.html", made)


def test_names_add_no_element_and_no_attribute():
    def shape(name):
        tree = html5lib.parse(page(name), namespaceHTMLElements=False)
        return {(e.tag, key) for e in tree.iter() for key in e.keys() or [""]}

    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e'
    assert shape(attack) <= shape("青禾镇")


def test_equal_pairs_give_equal_bytes():
    assert page("青禾镇") == page("青禾镇")
