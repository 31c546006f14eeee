"""The self-test passes, is narrow enough to mean something, and catches small errors."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from sim.scenario import Scenario
from sim.verify import Experiment, networks, run_experiments, verify
from sim.verify.checks import CHECKS
from sim.verify.experiments import LOSS, NETWORK, experiments
from sim.verify.intervals import ROUNDING, WIDEST, CheckResult, Frames, judge
from sim.verify.networks import Window

QUICK = ("complex", "half", "office", "tandem0.0", "network", "pickup", "latency", "fork", "external", "contested")
CERTAIN = ("project", "closing", "due", "teams", "little")


def _judged(planned: Mapping[str, Experiment], seed: int = 1) -> dict[str, CheckResult]:
    """Return the verdicts of the checks that read nothing but the planned experiments."""
    frames: Frames = run_experiments(planned, seed)
    return {c.name.en: judge(c, frames, len(CHECKS)) for c in CHECKS if set(c.value.experiments) <= set(planned)}


def _only(*names: str) -> dict[str, Experiment]:
    every = experiments()
    return {name: every[name] for name in names}


def _changed(name: str, change: Callable[[Scenario], Scenario]) -> dict[str, Experiment]:
    experiment = experiments()[name]
    return {name: replace(experiment, scenario=change(experiment.scenario))}


def _slower(scenario: Scenario) -> Scenario:
    """Make all work 2 % longer, by people who are 2 % slower."""
    data = scenario.model_dump(mode="json", by_alias=True)
    for department in data["departments"].values():
        department["skill"] = 1.0 / 1.02
    return Scenario.model_validate(data)


def _first_come_first_served(scenario: Scenario) -> Scenario:
    """Lose the classes of the queue."""
    data = scenario.model_dump(mode="json", by_alias=True)
    data["queue"]["rule"] = "boost"
    return Scenario.model_validate(data)


def test_there_are_enough_checks_and_everybody_can_read_them() -> None:
    """At least 25, each under its own name in both languages."""
    assert len(CHECKS) >= 25
    assert len({check.name.en for check in CHECKS}) == len({check.name.zh for check in CHECKS}) == len(CHECKS)
    assert all(check.name.en.isascii() and not check.name.zh.isascii() for check in CHECKS)


def test_every_experiment_is_read_by_a_check() -> None:
    """Nothing is simulated for nothing, and nothing is missing."""
    assert {name for check in CHECKS for name in check.value.experiments} == set(experiments())


def test_what_leaves_nothing_to_chance() -> None:
    """The critical path, office hours and Little's law hold to rounding."""
    results = _judged({name: one.with_replications(2) for name, one in _only(*CERTAIN).items()})
    assert len(results) == len(CERTAIN)
    assert all(result.passed for result in results.values()), results
    assert all(abs(result.width) <= 2 * ROUNDING for result in results.values())


@pytest.mark.compiled
def test_the_quick_part_of_the_self_test() -> None:
    """The checks that take little time pass on a tenth of their replications."""
    results = _judged({name: e.with_replications(40) for name, e in _only(*QUICK).items()}, seed=5)
    assert len(results) >= len(QUICK)
    assert [name for name, result in results.items() if not result.passed] == []


@pytest.mark.compiled
@pytest.mark.parametrize("name", ["mm1", "md1", "office", "tandem0.0", "tandem0.1", "network", "fork"])
def test_people_who_are_two_per_cent_slower_are_noticed(name: str) -> None:
    """A small error in service fails every check of the experiment that has to do with time."""
    results = _judged(_changed(name, _slower))
    assert results
    assert [check for check, result in results.items() if result.passed] == []


@pytest.mark.compiled
def test_a_lost_priority_is_noticed() -> None:
    """First come, first served instead of two classes fails both classes, but not the conservation law."""
    results = _judged(_changed("priority", _first_come_first_served))
    assert [check.split(": ")[1] for check, result in results.items() if not result.passed] == [
        "wait of the first class",
        "wait of the second class",
    ]


@pytest.mark.compiled
def test_a_lost_time_of_steps_is_noticed() -> None:
    """Where nobody keeps the times of steps, work is not begun in the order of due dates."""

    def forgotten(scenario: Scenario) -> Scenario:
        return scenario.model_copy(update={"levers": {**scenario.levers, "step_agreement": 0.99}})

    assert [result.passed for result in _judged(_changed("due", forgotten)).values()] == [False]


@pytest.mark.compiled
def test_a_loss_of_trust_that_is_a_tenth_too_large_is_noticed() -> None:
    """Trust settles elsewhere when bad dealings count a little more."""

    def harsher(scenario: Scenario) -> Scenario:
        levers = {**scenario.levers, "trust_loss": 1.1 * LOSS}
        return scenario.model_copy(update={"levers": levers})

    assert [result.passed for result in _judged(_changed("trust", harsher)).values()] == [False]


@pytest.mark.compiled
def test_a_case_in_fifty_that_goes_astray_is_noticed() -> None:
    """Two per cent of the cases that should go on leaving instead fails the network's checks."""
    network = NETWORK._replace(routing=tuple(tuple(0.98 * share for share in row) for row in NETWORK.routing))
    scenario = networks.open_network(network, Window(300.0, 4100.0, 200.0))
    results = _judged(_changed("network", lambda _: scenario))
    assert [result.passed for result in results.values()] == [False, False]


@pytest.mark.long
def test_the_whole_self_test_is_narrow_and_passes() -> None:
    """Every check passes, on an interval of at most 5 % of the expected value."""
    result = verify(seed=1)
    assert [check for check in result.checks if not check.passed] == []
    assert [check for check in result.checks if check.width > WIDEST] == []
    assert result.passed


@pytest.mark.long
@pytest.mark.parametrize("seed", [2, 3])
def test_other_seeds_pass_as_well(seed: int) -> None:
    """The verdict does not hang on one seed, and the intervals stay narrow."""
    result = verify(seed=seed)
    assert result.passed, [check for check in result.checks if not check.passed]
    assert max(check.width for check in result.checks) <= WIDEST
