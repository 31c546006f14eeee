"""The kernel is the same program compiled, not compiled, and compiled with bounds checks."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.kernel.jit import COMPILED
from sim.vocab import Kind
from tests import ROOT
from tests.worlds.drawn import finished
from tests.worlds.witness import WITNESS, told


@pytest.fixture(scope="module")
def here() -> dict[str, Any]:
    """Return what happened in this process."""
    return told(finished(WITNESS))


def elsewhere(folder: Path, **settings: str) -> dict[str, Any]:
    """Return what happened in another process with other settings of the environment."""
    file = folder / "told.npz"
    command = [sys.executable, "-m", "tests.worlds.witness", str(file)]
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | settings, timeout=900)
    with np.load(file) as loaded:
        return dict(loaded)


def assert_same_story(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Compare counts and the order of events exactly, times to rounding."""
    for name, values in one.items():
        assert values.shape == other[name].shape, name
        if values.dtype.kind == "f":
            np.testing.assert_allclose(values, other[name], rtol=1e-9, atol=1e-7, err_msg=name)
        else:
            np.testing.assert_array_equal(values, other[name], err_msg=name)


def test_the_witness_has_seen_everything(here: dict[str, Any]) -> None:
    """Every kind of request that is logged happened, and every misfortune befell somebody."""
    logged = set(here["log_kind"]) - {len(Kind)}
    assert {Kind(kind) for kind in logged} == set(Kind) - {Kind.OWN}
    assert all(here[f"case_{name}"].any() for name in ("lost", "bounces", "conflicts", "reworks", "ping_pong"))


@pytest.mark.compiled
def test_the_same_events_in_the_same_order_without_compilation(here: dict[str, Any], tmp_path: Path) -> None:
    """Plain Python and machine code tell the same story."""
    assert_same_story(here, elsewhere(tmp_path, NUMBA_DISABLE_JIT="1" if COMPILED else "0"))


@pytest.mark.long
@pytest.mark.compiled
def test_nothing_is_read_or_written_out_of_bounds(here: dict[str, Any], tmp_path: Path) -> None:
    """With bounds checks compiled in, the same story is told to its end."""
    assert_same_story(here, elsewhere(tmp_path, DEPTSIM_CHECKED="1"))
