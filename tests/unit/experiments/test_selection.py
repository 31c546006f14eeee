"""The procedure of Kim and Nelson keeps what it promises, on numbers whose best is known."""

import numpy as np
import pytest
from scipy.stats import binom

from sim.experiments.selection import BEHIND, TIED, UNKNOWN, Race, height

ZONE, ALPHA = 0.4, 0.05


def selected(rng, points, correlation=0.0, sign=1.0, first=10, step=5, spread=1.0, zone=ZONE):
    """Return which of some points was selected, and after how many replications; the last is better by the zone.

    All others are equal: no configuration makes it harder to find the best. Numbers of a replication have something in
    common, as they have under common random numbers.
    """
    race, values = Race(tuple(range(points)), zone, ALPHA, sign), np.zeros((points, 0))
    better = np.zeros((points, 1))
    better[-1] = sign * zone
    while not race.settled:
        many = step if values.size else first
        own, common = rng.normal(size=(points, many)), rng.normal(size=(1, many))
        more = better + spread * (np.sqrt(correlation) * common + np.sqrt(1.0 - correlation) * own)
        values = np.hstack([values, more])
        race.look({point: values[point] for point in race.left})
    return race.left[0], values.shape[1]


def kept(correct, often):
    """Tell whether so many correct selections are no fewer than were promised, tested at 0.001."""
    return correct > binom.ppf(0.001, often, 1.0 - ALPHA)


@pytest.mark.parametrize(("correlation", "sign"), [(0.0, 1.0), (0.5, -1.0)])
def test_the_best_is_selected_as_often_as_promised(correlation, sign):
    """Where more is better, and where less is; with common random numbers, and without."""
    rng = np.random.default_rng(11)
    found = [selected(rng, 3, correlation, sign)[0] for _ in range(300)]
    assert kept(found.count(2), 300)
    assert not kept(270, 300)  # as it would be if the promise were broken


@pytest.mark.long
@pytest.mark.parametrize("correlation", [0.0, 0.5])
@pytest.mark.parametrize("points", [2, 10])
def test_the_promise_holds_for_few_and_many(points, correlation):
    """Of two points nothing is given away to bounds, so that the procedure has no room there."""
    rng = np.random.default_rng(points)
    found = [selected(rng, points, correlation)[0] for _ in range(1000)]
    assert kept(found.count(points - 1), 1000)


def test_common_random_numbers_save_replications():
    """Since only differences count; so do smaller spreads and larger zones."""
    rng = np.random.default_rng(3)

    def usual(**given):
        return np.mean([selected(rng, 4, **given)[1] for _ in range(60)])

    plain = usual()
    assert usual(correlation=0.5) < 0.8 * plain
    assert usual(spread=0.5) < 0.6 * plain
    assert usual(zone=2 * ZONE) < 0.6 * plain


def test_the_height_of_the_triangle():
    """By hand, for ten points: η is 0.303 from twenty replications and 0.05."""
    assert height(20, 10, 0.05) == pytest.approx(2.0 * 0.30295 * 19.0, rel=1e-4)


def raced(values, points=None, **given):
    """Return a race after one look at some numbers."""
    race = Race(points or tuple(range(len(values))), **({"zone": 1.0, "alpha": ALPHA} | given))
    race.look(dict(zip(race.points, np.array(values, dtype=float), strict=True)))
    return race


def test_what_is_equal_to_the_last_bit_is_decided_by_its_place():
    """Else two points that do the same would be run for ever."""
    race = raced([[0.1, 0.2, 0.7]] * 3)
    assert race.left == [0]
    assert {out.why for out in race.out.values()} == {TIED}


def test_nothing_is_out_within_its_triangle():
    """Three replications that differ by chance tell nothing; ahead by far more than that is enough."""
    assert raced([[0.0, 9.0, 1.0], [1.0, -8.0, 7.0]]).left == [0, 1]
    race = raced([[50.0, 59.0, 51.0], [1.0, 8.0, 0.0]], points=(4, 7))
    assert race.left == [4]
    assert (race.out[7].by, race.out[7].why, race.out[7].after) == (4, BEHIND, 3)


@pytest.mark.parametrize(("last", "left"), [(1.3, [0, 1]), (1.4, [0])])
def test_how_far_behind_is_too_far(last, left):
    """By hand: five differences of variance 1 give h² = 8.649, so after six a sum of 8.649 / 2 - 6 / 2 = 1.325."""
    first = [1.0, -1.0, 1.0, -1.0, 0.0]
    race = raced([first, [0.0] * 5])
    assert race.left == [0, 1]
    race.look({0: [*first, last], 1: [0.0] * 6})
    assert race.left == left


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_less_is_better_where_that_is_said(sign):
    """The same numbers with the other sign give the same selection."""
    values = sign * np.array([[1.0, 1.1, 0.9], [5.0, 5.1, 4.8]])
    assert raced(values, sign=sign).left == [1]


def test_what_is_not_known_is_out():
    """Of a point that failed half of the time nothing is said; one number that is missing is left out in pairs."""
    gone = float("nan")
    race = raced([[1.0, 1.1, 0.9, 1.0], [gone, gone, gone, 9.0], [5.0, 5.1, gone, 4.9]])
    assert race.left == [2]
    assert (race.out[1].by, race.out[1].why) == (1, UNKNOWN)
    nothing = raced([[gone] * 3, [gone] * 3])
    assert nothing.settled
    assert nothing.left == []
    nothing.look({})
    assert nothing.left == []
