"""Arrays in a file come back as they were, or not at all."""

import numpy as np
import pytest

from detector.errors import DamagedIndexError
from detector.store.container import ArrayFile, digest_of, write_arrays
from tests.altered import alter

ARRAYS = {
    "bytes": np.arange(7, dtype=np.uint8),
    "short": np.array([1, 65535], dtype=np.uint16),
    "table": np.arange(12, dtype=np.uint64).reshape(4, 3),
    "nothing": np.zeros(0, dtype=np.int32),
    "no_rows": np.zeros((0, 3), dtype=np.uint64),
}


def test_arrays_come_back_as_they_were(tmp_path):
    written = write_arrays(tmp_path / "a.seeds", ARRAYS)

    back = ArrayFile(tmp_path / "a.seeds", written)

    assert digest_of(tmp_path / "a.seeds") == written.sha256
    assert list(back.arrays) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert back[name].shape == array.shape
        assert back[name].tolist() == array.tolist()
        assert not back[name].flags.writeable or not array.size


def test_pieces_are_written_one_after_the_other(tmp_path):
    pieces = [ARRAYS["table"], ARRAYS["table"][:0], ARRAYS["table"][2:]]
    written = write_arrays(tmp_path / "a.seeds", {"table": pieces})

    back = ArrayFile(tmp_path / "a.seeds", written)["table"]

    assert back.tolist() == np.concatenate(pieces).tolist()


def test_big_endian_arrays_are_written_little_endian(tmp_path):
    written = write_arrays(tmp_path / "a.seeds", {"a": np.array([1, 2], dtype=">u4")})

    assert ArrayFile(tmp_path / "a.seeds", written)["a"].tolist() == [1, 2]


def test_a_file_is_never_written_over(tmp_path):
    write_arrays(tmp_path / "a.seeds", ARRAYS)

    with pytest.raises(FileExistsError):
        write_arrays(tmp_path / "a.seeds", ARRAYS)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: b"",
        lambda data: b"\x93NUMPY" + data[6:],
        lambda data: data[:8] + b"\xff" * 8 + data[16:],
        lambda data: data.replace(b'"<u8"', b'"|O8"'),
        lambda data: data.replace(b'"at": 64', b'"at": 9e'),
        lambda data: data[:16] + b"[" + data[17:],
        lambda data: data[:16] + b"[]".ljust(len(data) - 16),
    ],
)
def test_another_file_is_refused(tmp_path, damage):
    path = tmp_path / "a.seeds"
    written = write_arrays(path, ARRAYS)
    alter(path, damage(path.read_bytes()))

    with pytest.raises(DamagedIndexError):
        ArrayFile(path, written)


def test_a_file_that_was_touched_is_read_through(tmp_path):
    path = tmp_path / "a.seeds"
    written = write_arrays(path, ARRAYS)
    data = path.read_bytes()

    path.write_bytes(data)
    assert ArrayFile(path, written)["bytes"].tolist() == list(range(7))
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(DamagedIndexError, match="SHA-256"):
            ArrayFile(path, written)


@pytest.mark.parametrize(("low", "high"), [(-1, 1), (2, 4), (2, 1), (-9, -8)])
def test_rows_that_are_not_there_are_refused(tmp_path, low, high):
    path = tmp_path / "a"
    table = np.arange(9, dtype=np.uint16).reshape(3, 3)
    written = write_arrays(path, {"pairs": table})
    rows = ArrayFile(path, written).rows("pairs")

    with pytest.raises(ValueError, match="rows"):
        rows.read(np.array([0, low]), np.array([1, high]))
