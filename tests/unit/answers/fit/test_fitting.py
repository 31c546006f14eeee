"""A fit from end to end: the same numbers however often it is interrupted, and what it says of figures nobody has."""

import shutil

import numpy as np
import pytest

import sim
from sim.answers.fit.checked import UNMET

pytestmark = pytest.mark.compiled

PLACES = ["levers.ambiguity", "levers.clarity"]


def fitted(folder, targets):
    scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 3})
    return sim.fit(scenario, targets, over=PLACES, points=100, rounds=1, replications=2, out=folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fit")


@pytest.fixture(scope="module")
def found(folder):
    return fitted(folder, {"bounces_per_100": (200.0, 210.0)})


def test_an_interrupted_fit_goes_on(folder, found):
    """What is gone is made again, to the bit."""
    for gone in ("posterior", "best"):
        shutil.rmtree(folder / "runs" / gone)
    again = fitted(folder, {"bounces_per_100": (200.0, 210.0)})
    assert again.to_json() == found.to_json()


def test_figures_that_no_organization_has_are_told(found):
    """With the nearest that can be reached, towards which assumptions go."""
    (row,) = found.tables["targets"].to_dict("records")
    assert not row["met"]
    assert found.about["misfit"] < UNMET
    assert row["prior"] < row["predicted"] < 150.0
    middles = found.tables["posterior"].set_index("assumption")["median"]
    assert middles["levers.ambiguity"] > 0.8
    assert not found.tables["best_figures"]["fits"].any()


def test_tables_belong_together(found):
    """Weights are shares of one; the best is the first of those that are alike; runs are counted."""
    tables = found.tables
    assert tables["draws"]["weight"].sum() == pytest.approx(1.0)
    best = tables["alike"].query("fit == 1")["value"].to_numpy()
    assert (tables["best"]["value"].to_numpy() == best).all()
    assert set(tables["alike"]["fit"]) == set(tables["alike_figures"]["fit"])
    assert np.isfinite(tables["draws"].to_numpy()).all()
    assert found.about["runs"] >= 100 + 2 + 4
