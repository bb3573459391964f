"""The index that is kept from one run to the next."""

import pytest

from detector.errors import IndexLockedError
from detector.gating.cache import opened_cache
from detector.indexing import loose_of
from detector.store.writer import writing


def test_nobody_changes_the_index_while_it_is_in_use(tmp_path):
    with opened_cache(tmp_path, "index") as ours:
        ours.bring_up_to_date({}, {}, lambda _: iter(()), None)
        with pytest.raises(IndexLockedError), writing(ours.folder, loose_of):
            pass
        with opened_cache(tmp_path, "index") as theirs:
            assert theirs.folder != ours.folder
    with opened_cache(tmp_path, "index") as again:
        assert again.folder == ours.folder
