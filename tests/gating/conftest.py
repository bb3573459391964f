import pytest

from tests.gating.repository import begun


@pytest.fixture
def repo(tmp_path, monkeypatch):
    """A repository of four documents, in which a request has been begun."""
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return begun(folder)
