"""Nominators name the source of a copy among many; nothing is lost by default."""

import pytest

from detector.errors import OptionError
from detector.index.nominate import RetrievalOptions, Retriever
from detector.model.candidate import Nominator
from detector.text.rules import normalize
from detector.text.units import count_units

TOPICS = (
    "供水管网",
    "乡村道路",
    "图书馆",
    "茶叶种植",
    "养老服务",
    "垃圾分类",
    "防汛演练",
)
TEXTS = [
    f"{topic}改造工作有序推进，全年安排专题会议研究{topic}中的突出困难，"
    f"明确由分管同志牵头负责{topic}的进度、质量和资金，按月通报{topic}的完成情况。"
    for topic in TOPICS
]


def folded(text):
    normalized = normalize(text)
    return normalized, count_units(normalized)


SOURCES = [folded(text) for text in TEXTS]


@pytest.mark.parametrize("nominator", ["minhash", "tfidf"])
@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_the_source_of_a_copy_comes_first(nominator, at):
    options = RetrievalOptions(nominators=(nominator,), align_all=0, most=1)
    draft = folded("会议要求：" + TEXTS[at][:60])

    (found,) = Retriever(SOURCES, options).nominate(draft)

    assert (found.source, found.nominators) == (at, {Nominator(nominator)})


def test_a_small_corpus_is_aligned_whole():
    found = Retriever(SOURCES, RetrievalOptions()).nominate(folded("毫不相干"))

    assert [candidate.source for candidate in found] == list(range(len(TEXTS)))


def test_an_empty_draft_resembles_nothing():
    options = RetrievalOptions(nominators=("minhash",), align_all=0)

    assert Retriever([*SOURCES, folded("")], options).nominate(folded("")) == []


@pytest.mark.parametrize(
    "options", [{"nominators": ("magic",)}, {"most": 0}, {"align_all": -1}]
)
def test_impossible_options_are_refused(options):
    with pytest.raises(OptionError):
        RetrievalOptions(**options)
