"""The runs of an answer stay in a folder that is named, or are gone; what works on them may be named as well."""

import pytest

from sim.answers.room import RUNS, room
from sim.engine import EngineError, Threads


def test_a_room_without_a_folder_is_gone_afterwards(tmp_path):
    """And one in a folder of somebody's stands where its runs have always stood."""
    with room(None) as place:
        assert place.folder.is_dir()
        assert isinstance(place.engine, Threads)
    assert not place.folder.exists()
    with room(tmp_path) as kept:
        assert kept.folder == tmp_path / RUNS


def test_what_works_on_it_may_be_named(tmp_path):
    """An engine is taken as it is; a name that is none is refused before anything is run."""
    mine = Threads(1)
    with room(tmp_path, mine, progress=False) as place:
        assert (place.engine, place.progress) == (mine, None)
    with room(tmp_path, "threads") as place:
        assert isinstance(place.engine, Threads)
    with pytest.raises(EngineError, match="found 'thread'"), room(tmp_path, "thread"):
        pass
