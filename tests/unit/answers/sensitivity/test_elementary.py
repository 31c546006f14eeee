"""Elementary effects: of functions where they are known, beside SALib, and with luck that makes effects of nothing."""

import numpy as np
import pandas as pd
from SALib.analyze import morris

from sim.answers.sensitivity.elementary import elementary_effects, screening
from sim.experiments.axes import Axis
from sim.experiments.designs import Morris

AXES = [Axis("a", low=2.0, high=4.0), Axis("b", low=-1.0, high=1.0), Axis("c", low=0.0, high=10.0)]
NAMES = [axis.name for axis in AXES]


def design(trajectories, seed=3):
    """Return the points of a design, as a store has them, and its columns."""
    made = Morris(trajectories=trajectories).points(AXES, seed)
    return pd.DataFrame(dict(made.beside)), made.columns()


def screened(y, points, luck=0.0, replications=4):
    """Return the table of what was measured, with luck of its own at every point."""
    drawn = luck * np.random.default_rng(7).standard_normal((len(y), replications))
    effects = elementary_effects(points, NAMES, y[:, None] + drawn)
    return screening(NAMES, effects, 1).set_index("assumption")


def test_a_straight_function_has_the_same_effect_everywhere():
    """Slope times range, whichever way a step goes; what does nothing has none, and luck alone is no effect."""
    points, x = design(6)
    found = screened(3.0 * x["a"] - 5.0 * x["b"] + 100.0, points)
    assert np.allclose(found["mu"], [6.0, -10.0, 0.0])
    assert np.allclose(found["mu_star"], [6.0, 10.0, 0.0])
    assert np.allclose(found[["sigma", "luck"]], 0.0)
    assert np.allclose(found["low"], found["mu_star"])
    assert found["sure"].tolist() == [True, True, False]


def test_without_luck_it_is_what_salib_finds():
    """Mean, mean size and spread of a function that bends and in which factors act together."""
    points, x = design(12)
    y = x["a"] ** 2 * x["b"] + np.sin(x["c"])
    found = screened(y, points)
    problem = {"num_vars": 3, "names": NAMES, "bounds": [[0.0, 1.0]] * 3}
    shares = np.column_stack([(x[axis.name] - axis.low) / (axis.high - axis.low) for axis in AXES])
    known = morris.analyze(problem, shares, y, num_levels=4, seed=1)
    for name in ("mu", "mu_star", "sigma"):
        assert np.allclose(found[name], np.asarray(known[name], dtype=float))


def test_what_does_nothing_is_as_large_as_luck_makes_it():
    """Its mean size is that of luck alone, which is told beside it, and it is not called sure."""
    points, x = design(40)
    found = screened(10.0 * x["b"], points, luck=3.0)
    assert np.isclose(found.loc["a", "mu_star"], found.loc["a", "luck"], rtol=0.25)
    assert found["sure"].tolist() == [False, True, False]


def test_idle_factors_are_rarely_called_sure(monkeypatch):
    """In one of twenty screenings of luck alone at most, as far as 200 of them can tell."""
    points, x = design(10)
    monkeypatch.setattr("sim.answers.sensitivity.elementary.RESAMPLES", 2)
    wrong = 0
    for seed in range(200):
        values = np.random.default_rng(seed).standard_normal((len(x["a"]), 4))
        wrong += screening(NAMES, elementary_effects(points, NAMES, values), 1)["sure"].any()
    assert wrong <= 18  # 95 % of binomial counts with p = .05 are below 16, 99.9 % below 20


def test_a_step_that_lacks_a_point_is_left_out():
    """Two steps of a trajectory meet at a point; all others stay."""
    points, x = design(6)
    y = 3.0 * x["a"]
    y[9] = np.nan
    found = screened(y, points)
    assert found["trajectories"].sum() == 3 * 6 - 2
    assert np.allclose(found.loc["a", "mu"], 6.0)
