"""What a fit says beyond its figures: those left out, and what to ask next, on numbers with a known answer."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sim.answers.fit.beyond import held_out_table, next_table, others_table, related_to
from sim.answers.fit.targets import Target
from sim.spec.measures import MEASURES

DRAWS = 400
LUCK = np.random.default_rng(3)


def organization(targets=(), looked_at=()):
    """Return one of which nothing but what is looked at is known."""
    seen = SimpleNamespace(
        targets=targets,
        measures=tuple(one.measure for one in targets),
        aim=np.array([one.value for one in targets]),
    )
    luck = lambda what, which=0: np.random.default_rng([what, which])  # noqa: E731
    prior = SimpleNamespace(places=("levers.latency", "levers.ambiguity"))
    return SimpleNamespace(seen=seen, luck=luck, prior=prior, looked_at=tuple(looked_at))


def runs_of(shares, slope):
    """Return the rounds of an organization that is late as far as its latency is high, and disputes likewise."""
    on_time = 0.9 - 0.5 * shares[:, 0] + LUCK.normal(0.0, 0.01, len(shares))
    disputes = 50.0 * slope * shares[:, 0] + LUCK.normal(0.0, 1.0, len(shares))
    runs = pd.DataFrame({"on_time_target": on_time, "bounces_per_100": disputes})
    noted = runs.to_numpy()
    return SimpleNamespace(
        shares=shares,
        runs=runs,
        noted=noted,
        counted=np.ones(len(shares)),
        sizes=(len(shares),),
        picture=SimpleNamespace(scatter=np.diag([1e-4, 1.0])),
    )


@pytest.mark.parametrize(("disputes", "inside"), [(25.0, True), (45.0, False)])
def test_a_figure_is_foretold_by_the_others(disputes, inside):
    """Who is on time in 65 % has a latency of half its range, and so about 25 disputes; 45 go with another one."""
    rounds = runs_of(LUCK.random((4000, 2)), 1.0)
    targets = (
        Target("on_time_target", 0.65, 0.64, 0.66),
        Target("bounces_per_100", disputes, disputes - 1, disputes + 1),
    )
    rows = held_out_table(organization(targets), rounds).set_index("measure")
    assert bool(rows["inside"]["bounces_per_100"]) is inside
    assert rows["low"]["bounces_per_100"] < 25.0 < rows["high"]["bounces_per_100"]
    assert rows["high"]["bounces_per_100"] - rows["low"]["bounces_per_100"] < 12.0


def test_one_figure_alone_is_foretold_by_nothing():
    """There is nothing to leave out."""
    assert held_out_table(organization((Target("trust", 0.5, 0.4, 0.6),)), runs_of(LUCK.random((50, 2)), 1.0)).empty


def test_what_goes_with_an_assumption_is_worth_asking():
    """By as much as a straight fit takes of the scatter; what goes with none is not told, nor what is known already."""
    drawn = LUCK.random((DRAWS, 2))
    predicted = pd.DataFrame(
        {
            "rework_share": 0.1 + 0.5 * drawn[:, 1],
            "trust": LUCK.random(DRAWS),
            "bounces_per_100": drawn[:, 0],
        }
    )
    made = SimpleNamespace(drawn=drawn, predicted=predicted, weights=np.ones(DRAWS))
    asked = organization((Target("bounces_per_100", 45.0, 40.0, 50.0),), predicted.columns)
    (row,) = next_table(asked, made, MEASURES).itertuples()
    assert (row.measure, row.assumption) == ("rework_share", "levers.ambiguity")
    assert row.correlation > 0.95
    assert row.narrower == pytest.approx(1.0 - np.sqrt(1.0 - row.correlation**2))


def test_what_nobody_gave_is_told_before_and_after():
    """By how much narrower it has become; what is the same everywhere tells nothing."""
    rounds = runs_of(LUCK.random((DRAWS, 2)), 1.0)
    rounds.runs = rounds.runs.assign(trust=np.linspace(0.0, 1.0, DRAWS), team_share=0.0)
    predicted = pd.DataFrame({"trust": np.linspace(0.4, 0.6, 100), "team_share": np.zeros(100)})
    made = SimpleNamespace(predicted=predicted, weights=np.ones(100))
    (row,) = others_table(organization((), ("trust", "team_share")), rounds, made, MEASURES).itertuples()
    assert row.measure == "trust"
    assert row.narrower == pytest.approx(0.8, abs=0.01)


def test_draws_that_count_for_nothing_do_not_count():
    """Weights are those of draws."""
    shares = np.array([[0.1, 0.5], [0.2, 0.4], [0.3, 0.6], [0.9, 0.5]])
    weights = np.array([1.0, 1.0, 1.0, 0.0]) / 3.0
    assert related_to(shares, np.array([1.0, 2.0, 3.0, -9.0]), weights)[0] == pytest.approx(1.0)
