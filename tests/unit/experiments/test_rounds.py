"""In which order runs are made: every one once, in blocks that depend on counts and on what is stored."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiments.experiment import StoppingRule
from sim.experiments.rounds import ROUND, Schedule, goes_on


def plan(points, replications, block=64, scenarios=1, unit="share"):
    """Return what a schedule wants to know of a plan."""
    asked = SimpleNamespace(replications=replications, block=block)
    specs = {"trust": SimpleNamespace(unit=unit)}
    return SimpleNamespace(total=points, scenarios=range(scenarios), experiment=asked, specs=specs)


def rule(**fields):
    """Return a stopping rule."""
    usual = {"at_least": 4, "at_most": 20, "round": 3, "measure": "trust", "half_width": 1.0, "of": "mean"}
    return StoppingRule.model_validate(usual | fields)


def found(numbers):
    """Return what gives the values of runs, where they are a function of point and replication."""

    def values(one, _measure):
        for point in one.points:
            for replication in one.replications:
                value = numbers(point, replication)
                yield point, replication, value if value is not None else float("nan"), value is None

    return values


def rounds_of(plan, numbers=lambda point, replication: 0.0):
    """Return all rounds."""
    return [one for one, _ in Schedule(plan).rounds(found(numbers))]


def runs_of(rounds):
    """Return point and replication of all runs, block by block."""
    return [[(point, n) for point, numbers in block.spans for n in numbers] for one in rounds for block in one.blocks()]


@given(st.integers(1, 30), st.integers(1, 170), st.integers(1, 90))
def test_every_run_is_in_one_block(points, replications, block):
    """No block is too large, and none has half of a point that it has room for."""
    asked = plan(points, replications, block)
    rounds = rounds_of(asked)
    blocks = runs_of(rounds)
    assert sorted(run for one in blocks for run in one) == [(p, n) for p in range(points) for n in range(replications)]
    assert max(map(len, blocks)) <= block
    assert [one.number for each in rounds for one in each.blocks()] == list(range(rounds[-1].stop))
    assert sum(one.runs for one in rounds) == Schedule(asked).most
    if block >= ROUND:
        assert len({(run[0], run[1] // ROUND) for one in blocks for run in one}) == sum(
            len({run[0] for run in one}) for one in blocks
        )


@given(st.integers(1, 9), st.integers(1, 3), st.integers(0, 120), st.integers(1, 90))
def test_a_number_can_be_raised(points, before, more, block):
    """From whole rounds on: then the blocks that are there are those that there would have been."""
    then, now = before * ROUND, before * ROUND + more
    assert goes_on(then, now)
    first, all_of_them = (runs_of(rounds_of(plan(points, number, block))) for number in (then, now))
    assert all_of_them[: len(first)] == first


RULE = {"at_least": 10, "at_most": 40, "round": 10, "measure": "trust", "half_width": 1.0, "of": "mean"}


@pytest.mark.parametrize(
    ("then", "now", "fine"),
    [
        (30, 30, True),
        (30, 40, False),  # the first round would be longer
        (100, 50, False),
        (50, RULE, False),
        (RULE, 50, False),
        (RULE, RULE | {"at_most": 80}, True),
        (RULE | {"at_most": 35}, RULE, False),
        (RULE, RULE | {"at_most": 30}, False),
        (RULE, RULE | {"half_width": 0.5}, False),
        (RULE, RULE | {"round": 20}, False),
        (RULE, "many", False),
    ],
)
def test_what_goes_on_from_where(then, now, fine):
    """Only what leaves all finished blocks as they are."""
    assert goes_on(then, now) is fine


def test_points_end_when_they_are_known():
    """One that never differs ends after the first round, one that swings goes on to the end, in rounds."""
    swings = lambda point, n: 0.5 if point != 1 else float(n % 2)  # noqa: E731
    rounds = rounds_of(plan(3, rule()), swings)
    assert [list(one.points) for one in rounds] == [[0, 1, 2], *[[1]] * 6]
    assert [len(one.replications) for one in rounds] == [4, 3, 3, 3, 3, 3, 1]
    assert rounds[-1].replications.stop == 20


def test_shares_are_known_to_points():
    """Half a width of 1 is a hundredth of a share, and one hour of hours."""
    narrow = lambda point, n: 0.5 + 0.05 * (n % 2)  # noqa: E731
    assert len(rounds_of(plan(1, rule(at_most=7), unit="share"), narrow)) == 2
    assert len(rounds_of(plan(1, rule(at_most=7), unit="hours"), narrow)) == 1


def test_differences_keep_what_they_are_taken_from():
    """The first point of an organization goes on as long as any other of it, and differences are of the same luck."""
    luck = lambda n: float(n % 3)  # noqa: E731
    numbers = lambda point, n: luck(n) + (luck(n * n) if point == 5 else point)  # noqa: E731
    rounds = rounds_of(plan(6, rule(of="difference", half_width=0.5), scenarios=2, unit="hours"), numbers)
    assert [list(one.points) for one in rounds[:2]] == [[0, 1, 2, 3, 4, 5], [3, 5]]
    means = rounds_of(plan(6, rule(half_width=0.1), scenarios=2, unit="hours"), numbers)
    assert list(means[1].points) == [0, 1, 2, 3, 4, 5]


def test_what_cannot_be_known_ends():
    """A point all of whose runs failed is given up; one that a single run succeeded at goes on to the most."""
    numbers = lambda point, n: None if point == 0 or n else 0.5  # noqa: E731
    rounds = rounds_of(plan(2, rule()), numbers)
    assert [list(one.points) for one in rounds] == [[0, 1], *[[1]] * 6]


def test_how_many_there_may_be():
    """What may still come is told with every round."""
    later = [more for _, more in Schedule(plan(2, rule(at_most=7))).rounds(found(lambda p, n: float(n % 2)))]
    assert later == [2 * 3, 0]
    assert Schedule(plan(2, rule(at_most=7))).decides
    assert not Schedule(plan(2, 7)).decides
