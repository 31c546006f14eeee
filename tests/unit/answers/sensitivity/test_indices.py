"""Sobol indices: those of functions whose indices are known, with luck and without, and those of SALib."""

import numpy as np
import pandas as pd
import pytest
from SALib.analyze import sobol

from sim.answers.sensitivity.indices import Samples, indices, samples_of, share_of_luck
from sim.experiments.axes import Axis
from sim.experiments.designs import SobolIndices

X = [Axis(name, low=-np.pi, high=np.pi) for name in ("x1", "x2", "x3")]
KNOWN = {"first": np.array([0.3139, 0.4424, 0.0]), "total": np.array([0.5576, 0.4424, 0.2437])}
"""Ishigami & Homma 1990, with a = 7 and b = 0.1; variance 13.84."""


def ishigami(columns):
    """Return the function that sensitivity analyses are tried on."""
    x1, x2, x3 = (columns[name] for name in ("x1", "x2", "x3"))
    return np.sin(x1) + 7.0 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


def design(samples, axes=X, **more):
    """Return the points of a design, as a store has them, and its columns."""
    made = SobolIndices(samples=samples, **more).points(axes, 3)
    return pd.DataFrame(dict(made.beside)), made.columns()


def measured(y, spread, replications=4, common=0.0):
    """Return numbers with luck of their own at every point, and some that all points share."""
    luck = np.random.default_rng(5)
    own = spread * luck.standard_normal((len(y), replications))
    return y[:, None] + own + common * luck.standard_normal(replications)


@pytest.mark.parametrize("spread", [0.0, 4.0])
def test_the_indices_of_ishigami_lie_within_their_intervals(spread):
    """With as much luck in a replication as there is variance, too: it is nobody's share."""
    points, columns = design(512)
    names = [axis.name for axis in X]
    found = indices(names, samples_of(points, names, measured(ishigami(columns), spread, common=30.0)), 1)
    for name, known in KNOWN.items():
        assert (found[f"{name}_low"] <= known).all(), found
        assert (found[f"{name}_high"] >= known).all(), found
        assert (found[f"{name}_high"] - found[f"{name}_low"] < 0.5).all()
    assert found["sure"].all()
    if spread:  # each total of the mean has the luck of two points in it, as if x3 did more
        assert (found["total_of_mean"] > KNOWN["total"] * 0.7 + 0.2).all()


def test_without_luck_indices_are_those_of_salib():
    """The same estimators, whatever is measured, and for factors that go together as for one."""
    points, columns = design(64)
    names, y = [axis.name for axis in X], ishigami(columns)
    found = indices(names, samples_of(points, names, np.repeat(y[:, None], 3, axis=1)), 1)
    known = sobol.analyze({"num_vars": 3, "names": names, "bounds": [[0, 1]] * 3}, y, calc_second_order=False, seed=1)
    for mine, theirs in (("first", "S1"), ("total", "ST"), ("first_of_mean", "S1"), ("total_of_mean", "ST")):
        assert np.allclose(found[mine], known[theirs], atol=1e-9)


def test_what_goes_together_has_the_share_of_all_of_it():
    """Of a sum, the shares of its parts; it is not counted among the five."""
    axes = [Axis(f"x{k}", low=0.0, high=1.0) for k in range(8)]
    points, columns = design(256, axes, together=[f"x{k}" for k in range(4, 8)])
    y = sum(columns[f"x{k}"] for k in range(8))
    names = ["x0", "x1", "x2", "x3", "*"]
    found = indices(names, samples_of(points, names, measured(y, 0.1)), 1, apart=["*"]).set_index("assumption")
    assert found.loc["*", "total_low"] < 0.5 < found.loc["*", "total_high"]
    assert (found["total_low"].iloc[:4] < 0.125).all()
    assert (found["total_high"].iloc[:4] > 0.125).all()
    assert found["among"].isna().tolist() == [False] * 4 + [True]


def test_of_luck_alone_there_are_no_shares():
    """Where nothing but luck makes points differ, and where nothing differs at all."""
    points, columns = design(32)
    names = [axis.name for axis in X]
    for y, spread in ((0.0 * columns["x1"], 1.0), (0.0 * columns["x1"], 0.0)):
        found = indices(names, samples_of(points, names, measured(y, spread, common=1.0)), 1)
        assert found["total"].isna().all()
        assert not found["sure"].any()


def test_what_is_sure_among_few_is_not_among_many():
    """The same numbers of the same factor: of two it does something, beside a hundred it may be the luckiest."""
    luck = np.random.default_rng(7)
    here, there, little = (size * luck.standard_normal((40, 1)) for size in (3.0, 3.0, 1.6))
    a, b, first, second = (one + luck.standard_normal((40, 3)) for one in (here, there, there, here + little))
    for idle, sure in ((0, True), (100, False)):
        several = np.stack([first, second, *[a] * idle], axis=1)
        found = indices([f"x{k}" for k in range(2 + idle)], Samples(a, several, b), 1)
        assert found["sure"][1] == sure


def test_luck_has_the_share_that_was_put_in():
    """A quarter of its variance in the mean of four; points with luck of their own would have that of all as well."""
    points, columns = design(1024)
    names = [axis.name for axis in X]
    values = measured(ishigami(columns), 4.0, common=2.0)
    shared, apart = share_of_luck(samples_of(points, names, values))
    assert np.isclose(shared, 4.0 / (4.0 + 13.84), atol=0.02)
    common = np.random.default_rng(5)
    common.standard_normal((len(values), 4))
    own = (16.0 + 4.0 * np.var(common.standard_normal(4), ddof=1)) / 4.0
    assert np.isclose(apart, own / (own + 13.84), atol=0.03)


def test_a_sample_that_lacks_a_point_is_left_out():
    """Whatever stands there, nothing else changes."""
    points, columns = design(64)
    names, values = [axis.name for axis in X], measured(ishigami(columns), 1.0)
    values[7, 2] = np.nan
    rest = samples_of(points, names, values)
    whole = rest.complete()
    assert whole.shape == (63, 4)
    assert not indices(names, rest, 1).isna().any(axis=None)


@pytest.mark.long
@pytest.mark.parametrize("spread", [0.0, 4.0])
def test_intervals_hold_the_known_indices_as_often_as_they_say(spread, monkeypatch):
    """Each of the six in 30 of 40 repeats at least: with a chance of .9, one of a thousand has fewer."""
    monkeypatch.setattr("sim.answers.sensitivity.indices.RESAMPLES", 300)
    names, held = [axis.name for axis in X], np.zeros((2, 3))
    for seed in range(40):
        made = SobolIndices(samples=128).points(X, seed)
        y = ishigami(made.columns())
        values = y[:, None] + spread * np.random.default_rng(1000 + seed).standard_normal((len(y), 4))
        found = indices(names, samples_of(pd.DataFrame(dict(made.beside)), names, values), seed)
        for place, (name, known) in enumerate(KNOWN.items()):
            held[place] += (found[f"{name}_low"] <= known) & (found[f"{name}_high"] >= known)
    assert (held >= 30).all(), held
