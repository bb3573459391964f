"""The public names, and what the command line must not load to say what it can do."""

import subprocess
import sys

import pytest

import detector

HEAVY = (
    "sklearn",
    "jieba",
    "datasketch",
    "scipy",
    "pandas",
    "matplotlib",
    "opencc",
    "pypdfium2",
)


def loaded_by(*arguments):
    code = (
        "import sys; from detector.cli import app;"
        f"app({list(arguments)!r}, standalone_mode=False);"
        "print(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    return set(run.stderr.split())


def test_every_public_name_is_there_and_the_list_is_sorted():
    assert sorted(detector.__all__) == detector.__all__
    assert all(hasattr(detector, name) for name in detector.__all__)


def test_help_loads_nothing_heavy():
    loaded = loaded_by("--help")

    assert loaded.isdisjoint({*HEAVY, "numpy", "rapidfuzz", "lxml"})


@pytest.mark.parametrize("corpus", [False, True])
def test_a_plain_check_loads_nothing_heavy(tmp_path, corpus):
    draft = tmp_path / "draft.txt"
    draft.write_text("一、工作情况\n今年完成了各项任务，群众比较满意。", "utf-8")
    extra = ["--corpus", str(tmp_path)] if corpus else []

    loaded = loaded_by("check", str(draft), "--quiet", *extra)

    assert "numpy" in loaded
    assert loaded.isdisjoint(HEAVY)
