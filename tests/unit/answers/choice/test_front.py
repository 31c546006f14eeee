"""The Pareto front, against its definition spelled out, and how sure it is."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.answers.choice.front import Objective, front_table, nondominated

points = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 3), min_size=width, max_size=width), min_size=1, max_size=12)
)


@settings(max_examples=60, deadline=None)
@given(points)
def test_the_front_is_what_nothing_dominates(found):
    """Few different values, so that many are equal."""

    def dominates(one, other):
        return all(a <= b for a, b in zip(one, other, strict=True)) and one != other

    expected = [not any(dominates(other, one) for other in found) for one in found]
    assert nondominated(np.array(found, dtype=float)).tolist() == expected


def test_what_is_not_defined_is_not_on_the_front_and_dominates_nothing():
    """A bundle whose conflicts nobody knows."""
    losses = np.array([[1.0, np.nan], [2.0, 2.0], [0.0, 0.0]])
    assert nondominated(losses).tolist() == [False, False, True]
    assert nondominated(losses[:2]).tolist() == [False, True]


def objectives(random, gains, hours, replications=30, luck=0.01):
    """Return on time with common luck of each replication, and hours that are known."""
    common = random.normal(0.0, 0.2, (replications, 1))
    values = pd.DataFrame(common + np.array(list(gains.values())) + random.normal(0, luck, (replications, len(gains))))
    return [
        Objective("on_time", True, values.set_axis(list(gains), axis=1)),
        Objective("hours", False, pd.DataFrame([hours], columns=list(gains))),
    ]


def test_common_luck_does_not_blur_the_front():
    """Bundles differ by a tenth of what replications do; pairing tells them apart in every resample."""
    gains = {"now": 0.0, "dear": 0.02, "good": 0.04, "same": 0.04}
    found = front_table(objectives(np.random.default_rng(1), gains, [0.0, 9.0, 5.0, 7.0], luck=0.001), 200)
    assert found["on_front"].tolist() == [True, False, True, found["on_front"][3]]
    assert found["probability"].tolist()[:3] == [1.0, 0.0, 1.0]
    assert found["on_time_low"][2] < found["on_time"][2] < found["on_time_high"][2]
    assert "hours_low" not in found


def test_two_that_cannot_be_told_apart_share_the_front():
    """At the same price one of them is on it in each resample; neither is in all."""
    found = front_table(objectives(np.random.default_rng(2), {"a": 0.0, "b": 0.0}, [5.0, 5.0]), 1000)
    assert abs(found["probability"].sum() - 1.0) < 1e-9
    assert (found["probability"] > 0.05).all()


def test_bundles_that_are_the_same_do_not_dominate_each_other():
    """Not even by the dust of sums, of whatever width the table is."""
    one = np.random.default_rng(3).random(25)
    for count in (2, 5, 17):
        values = pd.DataFrame(np.repeat(one[:, None], count, axis=1))
        found = front_table([Objective("x", True, values), Objective("y", False, values[:1] * 0.0 + 1.0)], 100)
        assert (found["probability"] == 1.0).all()


def test_replications_that_are_not_defined_are_left_out_for_all():
    """Else one bundle would be judged by other luck than the rest."""
    values = pd.DataFrame({"a": [1.0, 100.0, 3.0], "b": [2.0, np.nan, 4.0]})
    found = front_table([Objective("x", True, values)], 50)
    assert found["x"].tolist() == [2.0, 3.0]
    assert found["on_front"].tolist() == [False, True]
