"""The background model knows what its genre writes, and forgets the rest."""

import random

import numpy as np
import pytest

from detector.background.estimate import Genre, estimate
from detector.background.model import UNKNOWN, Background
from detector.errors import DamagedFileError, OptionError
from detector.formats.background import load_background, save_background
from detector.text.rules import normalize
from detector.text.stems import find_stems
from detector.text.units import count_units

FORMULA = "坚持以人民为中心的发展思想，着力推动高质量发展"
OTHERS = ("水库大坝除险加固通过验收", "社区食堂为老人送餐上门", "码头岸线整治进入收尾")


def stems(text):
    units = count_units(normalize(text))
    return find_stems(units, text)


def model(**recipe):
    genre = [stems(f"{other}。{FORMULA}。{other}") for other in OTHERS]
    return estimate([Genre(genre, **recipe)])


def test_what_the_genre_writes_says_little_and_what_it_does_not_says_much():
    known, unknown = (
        model().surprisal(stems(text))[2:].mean()
        for text in (FORMULA, "鲸鱼在深海里唱着古老的歌")
    )

    assert known < 1.0
    assert unknown > 10.0


def test_the_surprisal_of_a_unit_depends_on_the_units_before_it():
    text = stems(FORMULA)
    bits = model().surprisal(text)

    assert bits[0] > bits[1]
    assert model().surprisal(text[::-1])[1:].mean() > bits[1:].mean()


def test_a_copy_of_a_document_of_the_model_still_says_something():
    # Else whoever copies a report that the model was made of copies nothing.
    letters = np.random.default_rng(0).choice(list("天地玄黄宇宙洪荒"), (3, 400))
    documents = [stems("".join(row)) for row in letters]

    kept, forgotten = (
        estimate([Genre(documents, lone=lone)]).surprisal(documents[0])[6:].mean()
        for lone in (0.0, 1.7)
    )

    assert kept < 1.0
    assert forgotten > 1.5


def test_a_long_text_is_judged_as_its_parts_are():
    text = stems("".join(random.Random(5).choices("甲乙丙丁", k=40_000)))
    long, before = estimate([Genre([text[:3000]])]), 5  # units that one is judged by

    bits = long.surprisal(text)

    assert len(text) == 40_000
    for start in range(0, len(text) - 997, 997):
        part = text[start : start + 997]
        expected = bits[start + before : start + 997]
        assert (long.surprisal(part)[before:] == expected).all()


@pytest.mark.parametrize("size", [1, 5, 6, 7])
def test_what_stands_before_a_block_counts_in_it(size, monkeypatch):
    # What follows five letters is sure, what follows four is not: a de Bruijn cycle.
    text = stems(_all_of_five("甲乙丙") * 3)
    known = estimate([Genre([text], lone=0.0)])
    whole = known.surprisal(text)

    monkeypatch.setattr("detector.background.model._BLOCK", size)

    assert (known.surprisal(text) == whole).all()
    assert (known.surprisal(text[-5:])[-1:] > whole[-1:]).all()


def _all_of_five(letters: str) -> str:
    """Return a cycle that has every row of five letters once (prefer-largest)."""
    cycle = letters[0] * 5
    seen = {cycle}
    while True:
        rows = (cycle[-4:] + letter for letter in reversed(letters))
        row = next((row for row in rows if row not in seen), None)
        if row is None:
            return cycle[4:]
        seen.add(row)
        cycle += row[-1]


def test_a_figure_is_expected_and_its_digits_are_not():
    grown = estimate([Genre([stems(f"产值增长{n}.5%左右。" * 2) for n in range(3)])])

    three, five = (
        grown.surprisal(stems(f"产值增长{figure}%左右"))[4]
        for figure in ("7.25", "7.2581")
    )

    assert three == pytest.approx(3 * 2.5, abs=1.5)
    assert five > three


def test_ngrams_of_too_few_documents_are_left_out():
    once = stems(OTHERS[0])

    assert model(documents=(1, 2, 2, 2, 2, 2)).surprisal(once).mean() > 2
    assert model(documents=(4,) * 6).surprisal(once).min() == UNKNOWN


def test_equal_documents_make_equal_models():
    assert model().digest == model().digest != model(gain=3.0).digest


def test_a_model_is_kept_in_a_folder(tmp_path):
    save_background(model(), tmp_path / "ours", {"origin": "three sentences"})

    kept = load_background(str(tmp_path / "ours"))

    assert kept.digest == model().digest


def test_a_damaged_or_missing_model_is_told(tmp_path):
    save_background(model(), tmp_path)
    cells = np.load(tmp_path / "cells.npy")
    cells[0] ^= 1
    np.save(tmp_path / "cells.npy", cells)

    with pytest.raises(DamagedFileError):
        load_background(str(tmp_path))
    with pytest.raises(OptionError, match="shipped"):
        load_background(str(tmp_path / "nothing"))
    with pytest.raises(DamagedFileError):
        Background(np.zeros(4, np.uint16), 0)


def test_the_shipped_model_knows_official_chinese_and_plain_english():
    shipped = load_background("shipped")

    official, drivel = (
        shipped.surprisal(stems(text))[3:].mean()
        for text in (
            "以习近平新时代中国特色社会主义思想为指导",
            "鲸歌以古铜弦外之月为羹汤",
        )
    )
    english = shipped.surprisal(stems("one of the most important parts of the"))

    assert official < 1.0
    assert drivel > 6.0
    assert english[1:].mean() < 5.0
    assert shipped.cells.nbytes < 8_000_000
    assert load_background("none") is None
