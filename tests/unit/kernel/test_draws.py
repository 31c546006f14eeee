"""Keyed draws: uniform over whatever varies, independent of whatever else is asked, and of the right shape."""

from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from sim.compile.basics import Basics, identity
from sim.kernel.draws import PER_E, TABLE, normal
from sim.kernel.machine import base_key
from sim.spec import Work
from sim.vocab import Purpose
from tests.worlds.probe import MANY, lognormals, params_of, plain, quantiles, streamed, uniforms

STEP = np.uint64(identity("order", "sign"))
PURPOSES = 200
"""Purposes that an address has room for, at least."""
AXES = ("replication", "case", "step", "purpose", "whom", "visit", "again", "seed", "process")


def asked(axis: str, shift: int = 0) -> np.ndarray:
    """Return the answers to questions that differ along one axis only; `shift` asks other questions."""
    n = np.arange(MANY)
    with np.errstate(over="ignore"):
        if axis in ("replication", "seed"):
            pairs = [(3 + shift, k) if axis == "replication" else (k, 3 + shift) for k in range(MANY)]
            keys = np.array([base_key(*pair) for pair in pairs])
        else:
            keys = np.zeros(MANY, np.uint64)
            ids = np.full(MANY, identity("order"), np.uint64)
            if axis == "process":
                ids = np.array([identity(f"process {k}") for k in n], np.uint64)
            ordinals = n if axis == "case" else np.full(MANY, 7 + shift)
            streamed(base_key(1, 0), ids, ordinals, keys)
        places = np.array([identity("order", f"step {k}") for k in n], np.uint64) if axis == "step" else None
        out = np.empty(MANY)
        uniforms(
            keys,
            np.full(MANY, STEP) if places is None else places,
            n % PURPOSES if axis == "purpose" else np.full(MANY, int(Purpose.DISPUTE)),
            n - 1 if axis == "whom" else np.full(MANY, shift),
            n if axis == "visit" else (n // PURPOSES if axis == "purpose" else np.full(MANY, shift)),
            n if axis == "again" else np.full(MANY, shift),
            out,
        )
    return out


@pytest.mark.parametrize("axis", AXES)
def test_uniform_along_every_axis(axis: str) -> None:
    """Whatever is varied alone, the draws are uniform, inside (0, 1), and no two are equal."""
    u = asked(axis)
    assert ((u > 0.0) & (u < 1.0)).all()
    assert len(np.unique(u)) == MANY
    assert stats.kstest(u, "uniform").pvalue > 1e-4


@pytest.mark.parametrize("axis", AXES)
def test_neighbors_are_independent(axis: str) -> None:
    """One question says nothing about the next, nor about the one after that; pairs fill the square."""
    u = asked(axis)
    for lag in (1, 2, 64):
        assert abs(np.corrcoef(u[:-lag], u[lag:])[0, 1]) < 4.5 / np.sqrt(MANY)
        cells = np.histogram2d(u[:-lag], u[lag:], bins=8, range=[[0, 1], [0, 1]])[0]
        assert stats.chisquare(cells.ravel()).pvalue > 1e-5


@pytest.mark.parametrize("axis", ["case", "step", "whom", "visit", "again"])
def test_other_questions_have_other_answers(axis: str) -> None:
    """The same cases (steps, departments, repetitions) asked something else answer independently."""
    answers = [asked(axis, shift) for shift in range(3)]
    for one, other in combinations(answers, 2):
        assert abs(np.corrcoef(one, other)[0, 1]) < 4.5 / np.sqrt(MANY)


EDGES = np.array([0, 1, 2**16, 2**31 - 1, 2**31])
"""Numbers from the smallest to the largest that anything realistic counts up to."""


def test_no_part_of_an_address_runs_into_another() -> None:
    """Every purpose with everybody, and with nobody, at the first and the last visit and time, is another draw."""
    axes = np.meshgrid(np.arange(PURPOSES), np.concatenate([[-1], EDGES]), EDGES, EDGES)
    purposes, whom, visits, agains = (axis.ravel() for axis in axes)
    out = np.empty(len(purposes))
    with np.errstate(over="ignore"):
        keys, places = np.zeros(len(out), np.uint64), np.full(len(out), STEP)
        uniforms(keys, places, purposes, whom, visits, agains, out)
    assert len(np.unique(out)) == len(out)
    assert stats.kstest(out, "uniform").pvalue > 1e-4


def test_there_is_room_for_more_purposes() -> None:
    """Purposes fit into their part of an address, and each is another."""
    assert len({int(one) for one in Purpose}) == len(Purpose)
    assert 0 < min(Purpose) <= max(Purpose) < PURPOSES


def test_the_same_question_has_the_same_answer() -> None:
    """A draw is a pure function of its key."""
    assert (asked("case") == asked("case")).all()


def written(family: str, cv: float) -> Work:
    """Return work of mean 3 hours."""
    return Work.model_validate({family: {"mean": 3.0, "cv": cv}})


WORKS = {
    **{f"{family} {cv}": (written(family, cv), cv) for family in ("gamma", "lognormal") for cv in (0.2, 0.6, 1.0, 2.0)},
    "exponential": (Work.exponential(3.0), 1.0),
    "deterministic": (Work.deterministic(3.0), 0.0),
    "uniform": (Work.model_validate({"uniform": {"low": 1.0, "high": 5.0}}), 2.0 / np.sqrt(3.0) / 3.0),
    "empirical": (Work.empirical([1.0, 5.0]), 2.0 / np.sqrt(3.0) / 3.0),
    "triangular": (Work.model_validate({"triangular": {"low": 1, "mode": 3, "high": 5}}), np.sqrt(2.0 / 3.0) / 3.0),
}


@pytest.mark.compiled
@pytest.mark.parametrize("name", WORKS)
def test_work_has_its_mean_and_spread(name: str) -> None:
    """The tables of quantiles have the mean exactly and the coefficient of variation to three digits."""
    work, cv = WORKS[name]
    basics = Basics()
    row = basics.work(work)
    per_unit = 100 * int(PER_E)
    e = (np.arange(36 * per_unit) + 0.5) / per_unit
    hours = np.empty(len(e))
    quantiles(params_of(basics), row, -np.expm1(-e), hours)
    weight = np.exp(-e) / per_unit
    weight /= weight.sum()
    mean = (hours * weight).sum()
    assert mean == pytest.approx(3.0, rel=1e-4)
    assert np.sqrt(((hours - mean) ** 2 * weight).sum()) / mean == pytest.approx(cv, rel=2e-3, abs=1e-9)


@pytest.mark.parametrize("name", WORKS)
def test_more_luck_is_never_less_work(name: str) -> None:
    """Hours grow with u, from nearly 0 to nearly 1: draws are coupled whatever the distribution."""
    basics = Basics()
    row = basics.work(WORKS[name][0])
    u = np.concatenate([[2.0**-54], np.linspace(1e-6, 1.0 - 1e-6, 500), [1.0 - 2.0**-53]])
    hours = np.empty(len(u))
    quantiles(params_of(basics), row, u, hours)
    assert (np.diff(hours) >= -1e-12).all()
    assert (hours >= 0.0).all()
    assert np.isfinite(hours).all()


def test_tables_reach_the_smallest_luck() -> None:
    """The longest work that a draw can mean lies within the table."""
    assert -np.log(2.0**-53) <= (TABLE - 1) / PER_E


def test_the_normal_quantile_is_accurate() -> None:
    """Within the stated error of the exact quantile, and symmetric."""
    u = np.concatenate([np.geomspace(1e-12, 0.5, 200), 1.0 - np.geomspace(1e-12, 0.5, 200)])
    z = np.array([plain(normal)(one) for one in u])
    assert z == pytest.approx(stats.norm.ppf(u), abs=1e-7)


@pytest.mark.parametrize("spread", [0.0, 0.5, 1.8])
def test_the_lognormal_quantile_has_the_mean(spread: float) -> None:
    """Without spread it is always the mean; with it the quantiles are those of the lognormal with that mean."""
    u = np.linspace(0.001, 0.999, 999)
    found = np.empty(999)
    lognormals(u, 3.0, spread, found)
    expected = np.full(999, 3.0)
    if spread > 0.0:
        expected = stats.lognorm.ppf(u, spread, scale=3.0 * np.exp(-0.5 * spread**2))
    assert found == pytest.approx(expected, rel=1e-6)
    lognormals(u, 0.0, spread, found)
    assert (found == 0.0).all()
