"""Engines by name, as commands ask for them."""

import pytest

from sim.engine import EngineError, Threads, engine_named
from sim.engine.dask import Dask
from sim.engine.processes import Processes


def test_engines_are_made_as_asked_for():
    """Nothing is started before there is anything to do."""
    assert engine_named("threads", workers=3) == Threads(3)
    assert engine_named("threads") == Threads()
    processes, dask = engine_named("processes", workers=5), engine_named("dask", scheduler="tcp://there:8786")
    assert isinstance(processes, Processes)
    assert processes.count == 5
    assert isinstance(dask, Dask)
    assert dask.address == "tcp://there:8786"


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [
        ("thread", {}, "engine: found 'thread', expected one of threads, processes, dask; did you mean 'threads'?"),
        ("threads", {"scheduler": "a:1"}, "scheduler: found 'a:1', but the engine 'threads' has none"),
        ("dask", {"scheduler": "a:1", "workers": 2}, "workers: found a number of them and a scheduler as well"),
    ],
)
def test_what_cannot_be_had_is_said(name, more, said):
    """In one sentence."""
    with pytest.raises(EngineError) as caught:
        engine_named(name, **more)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("name", ["threads", "processes", "dask"])
def test_numbers_of_workers_are_looked_at(name):
    """As all numbers are."""
    with pytest.raises(ValueError, match=r"^workers: found 0, expected a whole number of at least 1$"):
        engine_named(name, workers=0)
