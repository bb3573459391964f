"""Shared passages: whole, with honest ends, however they were edited."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.alignment import scattered
from detector.alignment.nominees import nominate, sow
from detector.alignment.options import AlignmentOptions
from detector.alignment.passages import Aligned, align_sources, is_enough, weigh
from detector.alignment.rows import Row
from detector.alignment.weighed import Weighed
from detector.errors import AlignmentError, OptionError
from detector.model.alignment import Alignment, Run
from detector.model.span import Span
from tests.alignment.texts import (
    AFTER,
    AHEAD,
    BEFORE,
    BEHIND,
    OTHER,
    PASSAGE,
    repeats,
    shared,
    weighed,
)


@pytest.mark.parametrize(
    ("edited", "changes"),
    [
        pytest.param(PASSAGE, [], id="verbatim"),
        pytest.param(
            PASSAGE.replace("想法", "念头"), [("想法", "念头")], id="replaced"
        ),
        pytest.param(PASSAGE.replace("，", ""), [], id="without punctuation"),
        pytest.param("\u200b".join(PASSAGE), [], id="zero-width characters"),
        pytest.param(PASSAGE.replace("艰难", "艰\n难"), [], id="a hard line break"),
        pytest.param(PASSAGE.replace("还存在", "仍然还是存在着"), [], id="inserted"),
    ],
)
def test_an_edited_passage_is_one_match_with_exact_ends(edited, changes):
    draft, source = BEFORE + edited + AFTER, AHEAD + PASSAGE + BEHIND

    (found,) = shared(draft, source)

    assert found.draft.of(draft) == edited.rstrip("。\u200b")
    assert found.source.of(source) == PASSAGE.rstrip("。")
    assert set(changes) <= set(found.substitutions(draft, source))


def test_a_common_passage_is_enough_by_what_is_left_of_it():
    options = AlignmentOptions()
    run = Run("equal", Span(0, 100), Span(0, 100), 100)
    equal = np.ones(100, dtype=np.bool_)
    rows = (Row(0, np.full(40, 0.1)), Row(40, np.full(60, 1.5)))
    lost = np.zeros(100, dtype=np.float32)
    lost[:10] = 1.0

    def enough(bits, toll, rows=(), lost=lost, in_rows=lost):
        passage = Aligned(Alignment((run,)), bits, toll, rows)
        return is_enough(passage, equal, lost, in_rows, options)

    assert enough(63.0, 10.0)  # 53 bits but for the toll, and 10 of them are lost
    assert not enough(61.0, 10.0)
    assert enough(61.0, 30.0)  # taken for its neighbours' sake
    assert not enough(61.0, 30.0, lost=lost * 4)
    assert enough(61.0, 30.0, rows)  # one of them is
    assert not enough(61.0, 30.0, rows, in_rows=np.float32(np.inf) + lost)
    assert enough(63.0, 10.0, rows, in_rows=np.float32(np.inf) + lost)


def test_a_text_of_words_asks_for_more():
    options = AlignmentOptions().fitted(to_words=True)

    assert (options.shortest, options.tile) == (22, 32)


@pytest.mark.parametrize(
    ("to_words", "shortest", "evidence"), [(False, 18, 37.8), (True, 22, 67.2)]
)
def test_a_repeat_pays_no_toll_but_is_longer(to_words, shortest, evidence):
    options = AlignmentOptions().fitted(to_words=to_words, within=True)

    assert (options.shortest, options.toll) == (shortest, 0.0)
    assert options.evidence == pytest.approx(evidence)
    longest = AlignmentOptions(shortest=1000, evidence=1.0)
    bound = longest.fitted(to_words=to_words, within=True)
    assert (bound.shortest, bound.evidence) == (1000, 1.6 if to_words else 1.0)


def test_a_repeat_is_longer_than_a_passage_of_another_text():
    signs = [chr(0x4E00 + 41 * n) for n in range(200)]
    piece = "".join(signs[:17])
    text = f"{piece}。{''.join(signs[17:120])}。{piece}。{''.join(signs[120:])}"

    assert not repeats(text)
    assert shared(text, f"{AHEAD}{piece}，{BEHIND}")
    assert not shared(text, f"{AHEAD}{piece[1:]}，{BEHIND}")
    assert repeats(text.replace(piece, f"{piece}甲"))


def test_a_sentence_of_22_words_that_stands_twice_is_a_repeat():
    words = [f"{a}{b}{c}" for a in "bdgklm" for b in "aeiou" for c in "nrstxz"]
    piece = " ".join(words[:22])
    between = " ".join(words[30:120])

    (found,) = repeats(f"{piece}. {between}. {piece}.")

    assert found.equal == 22
    assert not repeats(f"{piece[: piece.rindex(' ')]}. {between}. {piece}.")


def test_a_command_of_ten_words_among_characters_is_a_passage():
    command = "rsync --archive --partial --exclude=cache harbour:/srv/ledger ./mirror"
    draft = f"{BEFORE}先停下服务，再运行：{command}。{AFTER}"

    (found,) = shared(draft, f"{AHEAD}备份时可以用 {command} 来做，{BEHIND}")

    assert found.draft.of(draft) == command
    assert not shared(f"{BEFORE}harbour ledger mirror{AFTER}", f"{command}，{BEHIND}")


@pytest.mark.parametrize(
    ("units", "bits", "edit", "is_one"),
    [
        pytest.param(40, 1.5, None, True, id="long, exact, worth more than its toll"),
        pytest.param(30, 1.9, None, False, id="as many bits in a shorter one"),
        pytest.param(40, 1.5, 20, False, id="as many, but amid it a word was changed"),
        pytest.param(120, 0.45, None, False, id="long and exact, a formula all of it"),
    ],
)
def test_what_is_long_and_exact_pays_no_toll_if_it_is_no_formula(
    units, bits, edit, is_one
):
    rng = random.Random(3)
    signs = "".join(map(chr, rng.sample(range(0x4E00, 0x9000), units + 200)))
    passage, before, after = signs[:units], signs[units:-100], signs[-100:]
    edited = list(passage)
    if edit:
        edited[edit] = "〇"
    draft = weighed(before + "".join(edited), model="none")
    said = np.full(len(draft), 9.0, dtype=np.float32)
    said[len(before) :] = bits

    (found,) = align_sources(
        draft.with_bits(said),
        [weighed(passage + after, model="none")],
        AlignmentOptions(),
    )

    assert bool(found) is is_one
    if is_one:
        assert found[0].bits >= AlignmentOptions().evidence
        assert [len(row.bits) for row in found[0].rows] == [units]


def test_a_clause_left_out_does_not_split_the_match():
    edited = PASSAGE.replace("产生了歇一歇的想法，", "")

    (found,) = shared(BEFORE + edited + AFTER, PASSAGE)

    assert [run.change for run in found.runs] == ["equal", "delete", "equal"]


def test_passages_that_changed_places_are_one_match_called_reordered():
    draft, source = BEFORE + OTHER + PASSAGE + AFTER, AHEAD + PASSAGE + OTHER + BEHIND

    (found,) = shared(draft, source)

    assert found.reordered
    assert found.draft.of(draft) == (OTHER + PASSAGE).rstrip("。")
    assert found.source.of(source) == (PASSAGE + OTHER).rstrip("。")
    assert found.equal == found.runs[0].units + found.runs[-1].units


def test_a_passage_put_into_the_middle_of_another_is_found_too():
    middle = len(PASSAGE) // 2
    draft = PASSAGE[:middle] + OTHER + PASSAGE[middle:]
    far = "".join(chr(0x4E00 + 7 * n % 9000) for n in range(400))

    found = shared(draft, OTHER + far + PASSAGE)

    assert OTHER[:-1] in {match.source.of(OTHER + far) for match in found}
    assert len(found) == 2


def test_paragraphs_that_come_again_in_any_order_are_all_repeats():
    rng = random.Random(1)
    paragraphs = [
        "".join(chr(rng.randrange(0x4E00, 0x5A00)) for _ in range(60))
        for _ in range(20)
    ]
    order = [one for one in paragraphs for _ in range(5)]
    rng.shuffle(order)

    found = repeats("".join(order))

    spans = [span for one in found for span in one.equal_spans()]
    repeated = {at for span in spans for at in range(span.start, span.end)}
    assert len(repeated) > 0.99 * 60 * 80


def test_passages_far_apart_are_two_matches():
    far = "".join(chr(0x4E00 + 7 * n % 9000) for n in range(400))

    found = shared(PASSAGE + far + OTHER, PASSAGE + far[::-1] + OTHER)

    assert len(found) == 2


def test_a_short_run_is_no_match():
    assert shared(BEFORE + "因循守旧求稳怕乱" + AFTER, AHEAD + PASSAGE) == []


def test_what_the_genre_always_says_is_no_match_and_what_nobody_says_is_one():
    formula = "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神"
    news = "老渡口的浮桥改成了双车道，赶集的人不再排队等船"

    assert len(formula) > len(news)
    assert shared(BEFORE + formula + AFTER, AHEAD + formula + BEHIND) == []
    assert len(shared(BEFORE + news + AFTER, AHEAD + news + BEHIND)) == 1
    plain = align_sources(
        weighed(BEFORE + formula, model="none"),
        [weighed(formula + BEHIND)],
        AlignmentOptions(),
    )
    assert len(plain[0]) == 1  # without a model both say the same


def test_set_phrases_alone_are_no_match():
    phrase = "渔光互补一号工程和柳编非遗传承人驻村计划"
    draft = weighed(BEFORE + phrase + AFTER)
    known = np.array([char in phrase for char in draft.units.text])
    lighter = Weighed(draft.units, draft.stems, weigh(draft.bits, known))
    source = weighed(AHEAD + phrase + BEHIND)

    found = [
        align_sources(one, [source], AlignmentOptions())[0] for one in (draft, lighter)
    ]

    assert [len(each) for each in found] == [1, 0]


def test_each_source_has_its_own_passages():
    sources = [weighed(text) for text in (AHEAD + PASSAGE, BEHIND, PASSAGE + BEHIND)]

    found = align_sources(weighed(PASSAGE), sources, AlignmentOptions())

    assert [len(each) for each in found] == [1, 0, 1]


def test_of_many_sources_those_are_aligned_that_share_something():
    fillers = [
        "".join(chr(0x4E00 + (7 * n + m) % 9000) for n in range(300)) for m in range(20)
    ]
    fillers[7] += PASSAGE.replace("想法", "念头")
    sources = [weighed(text) for text in fillers]
    draft, seeds = weighed(BEFORE + PASSAGE + AFTER), sow(sources)

    assert 7 in nominate(draft, seeds, AlignmentOptions()) != list(range(20))
    found = align_sources(draft, sources, AlignmentOptions())
    assert [at for at, each in enumerate(found) if each] == [7]


ENGLISH = (
    "The harbour board approved a second ferry for the island in spring, and the "
    "fishermen who had blocked the old pier went home after the mayor promised to "
    "repair the lighthouse before the storms of the coming autumn."
)


def test_english_passages_are_found_by_stems_and_in_any_order():
    source = f"Nothing else was on the agenda. {ENGLISH} The session closed at noon."
    clauses = (
        "fishermen blocking the old pier went home when the mayor promised repairs of "
        "the lighthouse before the coming autumn storms; a second ferry for the island "
        "was approved by the harbour board in spring"
    )
    draft = f"My cat likes warm milk and music. {clauses}. Bread was cheap that year."

    (found,) = shared(draft, source)

    assert found.reordered
    assert clauses[10:-10] in found.draft.of(draft)
    for run in found.runs:
        if run.change == "equal":
            ours, theirs = run.draft.of(draft), run.source.of(source)
            assert ours.casefold() == theirs.casefold()


def summary():
    """Return a draft that says briefly what a source says here and there."""
    facts = [
        "glaciologist Ingeborg measured crevasse Tindvik",
        "avalanche buried seventeen reindeer herders",
        "helicopter pilots dropped turbine lubricants",
        "parliament ratified hydroelectric moratorium",
        "volcanic ash grounded Reykjavik airliners",
        "archaeologists unearthed Viking chessmen",
        "cod quotas infuriated Lofoten trawlermen",
        "orchestra premiered Sibelius fragments",
        "geologists drilled permafrost boreholes beneath Svalbard",
        "customs officers confiscated smuggled narwhal tusks",
        "a beekeeper won the sixth lottery jackpot",
    ]
    rng = random.Random(3)
    filler = [
        " ".join("".join(rng.choices("bcdfglmnprst", k=6)) for _ in range(90))
        for _ in facts
    ]
    source = ". ".join(
        f"{fact} {noise}" for fact, noise in zip(facts, filler, strict=True)
    )
    return "Yesterday it rained. " + ", ".join(facts) + ". We had soup.", source


def test_a_summary_has_one_match_with_a_source_that_lies_scattered():
    draft, source = summary()

    (found,) = shared(draft, source)

    assert len(found.source) > 0.8 * len(source)
    assert "glaciologist Ingeborg" in found.draft.of(draft)
    assert "lottery jackpot" in found.draft.of(draft)


def test_what_is_scattered_is_found_whatever_evidence_it_takes(monkeypatch):
    asked = range(20, 400, 4)
    found = [shared(*summary(), evidence=bits) for bits in asked]

    monkeypatch.setattr(scattered, "most_of_stretches", lambda *_: np.array([np.inf]))

    assert found == [shared(*summary(), evidence=bits) for bits in asked]
    assert 5 < sum(map(bool, found)) < len(asked) - 5


def test_a_repeat_inside_a_text_points_back_to_the_first():
    (found,) = repeats(PASSAGE + BEFORE + PASSAGE + AFTER)

    assert found.source == Span(0, len(PASSAGE) - 1)
    assert found.draft.start == len(PASSAGE + BEFORE)


def test_a_paragraph_that_stands_four_times_in_a_row_is_repeated_three_times():
    found = repeats(PASSAGE * 4)

    covered = {at for one in found for at in range(one.draft.start, one.draft.end)}
    counted = {at for at, char in enumerate(PASSAGE * 4) if char not in "，、。"}
    assert covered >= {at for at in counted if at >= len(PASSAGE)}
    assert all(one.source.end <= one.draft.start for one in found)


@pytest.mark.parametrize(
    "unit", ["哈", "哈呀", "甲乙丙丁", "今年的工作总结如下", "ha "]
)
def test_a_text_that_repeats_itself_without_end_is_survived(unit):
    text = unit * 30_000

    repeats(text)
    (found,) = shared(text, text)

    assert len(found.draft) == len(text.strip())


words = st.text("甲乙丙丁", max_size=60)


@given(words, words)
def test_equal_runs_are_equal(draft, source):
    for found in shared(draft, source, shortest=4, evidence=1.0):
        for run in found.runs:
            if run.change == "equal":
                assert run.draft.of(draft) == run.source.of(source)


@given(words, words)
def test_a_text_contains_itself(before, after):
    copy = "今年共走访困难群众三百户发放慰问金二十万元"

    found = shared(before + copy + after, copy)

    assert any(match.source == Span(0, len(copy)) for match in found)


def test_an_alignment_begins_and_ends_with_something_shared():
    gap = Run("replace", Span(0, 1), Span(0, 1), 1)

    with pytest.raises(AlignmentError):
        Alignment((gap,))


@pytest.mark.parametrize("other", [Span(2, 6), Span(4, 5)])
def test_no_part_of_a_source_is_in_two_runs(other):
    runs = Run("equal", Span(0, 4), Span(2, 6), 4), Run("equal", Span(5, 9), other, 4)

    with pytest.raises(AlignmentError):
        Alignment(runs)


@pytest.mark.parametrize(
    "options",
    [
        {"evidence": 0.0},
        {"shortest": 0},
        {"frequent": 0},
        {"tile": 10**6},
        {"exact": 1},
        {"exact": 10_001},
        {"exact": 32.0},
    ],
)
def test_impossible_options_are_refused(options):
    with pytest.raises(OptionError):
        AlignmentOptions(**options)


def test_tiles_of_passages_that_reach_into_one_another_are_used_once():
    from detector.alignment.scattered import _disjoint
    from detector.alignment.tiling import Tiles

    tiles = Tiles(
        np.array([0, 3, 10, 20]),
        np.array([50, 80, 20, 81]),
        np.array([5, 4, 6, 3]),
        np.array([9.0, 4.0, 7.0, 3.0]),
    )

    kept = _disjoint(tiles, (30, 90))

    assert kept.first.tolist() == [0, 10, 20]
