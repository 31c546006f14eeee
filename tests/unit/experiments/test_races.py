"""The best of every group is looked for at once, in rounds, and what is stored tells the same again."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from sim.experiments.experiment import SelectionRule
from sim.experiments.races import races_of, replayed, wrong_groups
from sim.experiments.rounds import Schedule, goes_on
from sim.scenario import ScenarioError
from tests.worlds.stores import small

USUAL = {"select": "best", "measure": "trust", "zone": 10.0, "at_least": 4, "at_most": 40, "round": 3}
SPEC = SimpleNamespace(unit="share", better="higher")
GROUPS = {"few": [0, 1], "all": [0, 1, 2, 3]}


def rule(**fields):
    """Return a rule of selection."""
    return SelectionRule.model_validate(USUAL | fields)


def numbers(points=8, replications=40, apart=0.05):
    """Return made-up shares: of every four points the last is best, and the second better than the first."""
    rng = np.random.default_rng(5)
    luck = rng.normal(size=(1, replications)) + 0.5 * rng.normal(size=(points, replications))
    return 0.5 + 0.1 * luck + apart * (np.arange(points) % 4)[:, None]


def rounds_of(asked, values, scenarios=1):
    """Return the rounds of a schedule that finds some values."""
    experiment = SimpleNamespace(replications=asked, block=64)
    rows = len(values) // scenarios
    plan = SimpleNamespace(
        total=len(values),
        scenarios=range(scenarios),
        experiment=experiment,
        specs={"trust": SPEC},
        design=SimpleNamespace(rows=range(rows)),
    )

    def found(one, _measure):
        for point in one.points:
            for replication in one.replications:
                yield point, replication, values[point, replication], False

    return [one for one, _ in Schedule(plan).rounds(found)]


@pytest.mark.parametrize("scenarios", [1, 2])
def test_every_group_gets_its_best(scenarios):
    """In every organization; points are run while any group needs them, and not longer."""
    values = numbers(4 * scenarios)
    rounds = rounds_of(rule(groups=GROUPS), values, scenarios)
    often = {point: sum(len(one.replications) for one in rounds if point in one.points) for point in range(len(values))}
    rows = [(point, n, values[point, n]) for point, many in often.items() for n in range(many)]
    runs = pd.DataFrame(rows, columns=["point", "replication", "trust"])
    races = replayed(rule(groups=GROUPS), SPEC, runs, scenarios, 4).by_group
    assert {key: race.left for key, race in races.items()} == {
        (place, name): [4 * place + best] for place in range(scenarios) for name, best in (("few", 1), ("all", 3))
    }
    last = {}
    for race in races.values():
        for point in race.points:
            out = race.out.get(point)
            ended = max(one.after for one in race.out.values()) if out is None else out.after
            last[point] = max(last.get(point, 0), ended)
    assert last == often
    assert min(often.values()) < max(often.values())


def test_it_ends_without_a_winner():
    """Where points are too much alike for the replications that there may be: then several are left."""
    values = numbers(4, apart=0.0)
    asked = rule(zone=0.01, at_most=10)
    rounds = rounds_of(asked, values)
    assert [len(one.replications) for one in rounds] == [4, 3, 3]
    rows = [(point, n, values[point, n]) for point in range(4) for n in range(10)]
    races = replayed(asked, SPEC, pd.DataFrame(rows, columns=["point", "replication", "trust"]), 1, 4)
    assert len(races.by_group[0, "all"].left) > 1


def test_all_selections_are_right_at_once():
    """The chance of an error is shared by groups and organizations, and shares are told in points."""
    races = races_of(rule(groups=GROUPS, confidence=0.9), SPEC, 2, 4).by_group
    assert [race.alpha for race in races.values()] == pytest.approx([0.1 / 4] * 4)
    assert {race.zone for race in races.values()} == {0.1}
    assert races[1, "few"].points == (4, 5)
    lower = SimpleNamespace(unit="hours", better="lower")
    (race,) = races_of(rule(), lower, 1, 3).by_group.values()
    assert (race.points, race.sign, race.zone) == ((0, 1, 2), -1.0, 10.0)


@pytest.mark.long
def test_all_groups_are_right_as_often_as_promised():
    """Three groups, each within the next, whose best is ahead of the rest by just the zone."""
    zone, right, rng = 0.4, 0, np.random.default_rng(9)
    means = zone * np.repeat([0.0, 1.0, 2.0, 3.0], [2, 3, 3, 1])[:, None]
    groups = {"three": [0, 1, 2], "six": [0, 1, 2, 3, 4, 5], "all": list(range(9))}
    asked = rule(zone=100.0 * zone, groups=groups)
    for _ in range(400):
        races, values, open_ = races_of(asked, SPEC, 1, 9), np.zeros((9, 0)), list(range(9))
        while open_:
            shape = (9, 10 if values.size else 20)
            more = means + np.sqrt(0.5) * (rng.normal(size=shape) + rng.normal(size=(1, shape[1])))
            values = np.hstack([values, more])
            open_ = races.after(dict(enumerate(values)))
        right += [race.left for race in races.by_group.values()] == [[2], [5], [8]]
    assert right > binom.ppf(0.001, 400, 0.95)


def test_only_the_end_can_be_raised():
    """By whole rounds: everything else decides which points are run."""
    then = rule().model_dump(mode="json")
    assert goes_on(then, {**then, "at_most": 43})
    assert not goes_on(then, {**then, "zone": 5.0})
    assert not goes_on(then, {**then, "groups": {"one": [0]}})


@pytest.mark.parametrize(
    ("fields", "where", "told"),
    [
        ({"groups": {"one": [0, 7]}}, "replications.groups.one", "found point 7, expected points from 0 to 3"),
        ({"groups": {"one": [1, 1]}}, "replications.groups.one", "found point 1 a second time"),
        ({"groups": {"one": []}}, "replications.groups.one", "found a group without points"),
        ({"measure": "promise_mean"}, "replications.measure", "neither more nor less is better"),
        ({"measure": "trusts"}, "replications.measure", "unknown measure 'trusts'"),
        ({"zone": 0.0}, "replications.zone", "found 0.0"),
        ({"confidence": 1.0}, "replications.confidence", "found 1.0"),
        ({"select": "worst"}, "replications.select", "worst"),
    ],
)
def test_what_cannot_be_selected_is_told(fields, where, told):
    """In one sentence, at its place."""
    with pytest.raises(ScenarioError) as refused:
        small(replications={**USUAL, **fields})
    (finding,) = refused.value.findings
    assert finding.field == where
    assert told in finding.message
    assert not list(wrong_groups(rule(groups=GROUPS), 4))
